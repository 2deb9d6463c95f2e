"""Rows of places: their sign changes with every change, and ids are taken once."""

from __future__ import annotations

from bot.store import places
from bot.store.database import Database
from bot.store.tables import PlaceRow
from tests.stand_ins import MONDAY


def add(database: Database, place_id: str, municipality: str = "Kalmar") -> bool:
    with database.writing() as session:
        return places.add(
            session, place_id, municipality, {"name": "Åsa", "hours": {"staffed": {}}}, places.CONFIG, MONDAY
        )


def sign(database: Database) -> places.Sign:
    with database.reading() as session:
        return places.sign(session)


def test_an_id_is_taken_once(database: Database) -> None:
    assert add(database, "a") and not add(database, "a", "Vara")
    with database.reading() as session:
        (row,) = places.listed(session)
        assert (row.municipality, row.document["name"], row.version, row.changed_at, row.removed_at) == (
            "Kalmar",
            "Åsa",
            1,
            MONDAY,
            None,
        )
        assert places.locked(session, "b") is None


def test_they_are_listed_by_municipality(database: Database) -> None:
    for place_id, municipality in (("c", "Vara"), ("b", "Kalmar"), ("a", "Vara")):
        add(database, place_id, municipality)
    with database.reading() as session:
        assert [row.id for row in places.listed(session)] == ["b", "a", "c"]


def test_every_change_gives_another_sign(database: Database) -> None:
    seen = [sign(database)]

    def changed() -> None:
        seen.append(sign(database))

    add(database, "a")
    changed()
    for change in (
        lambda row: places.change(row, {"name": "Ny"}, places.CONSOLE, MONDAY),
        lambda row: places.remove(row, places.CONSOLE, MONDAY),
        lambda row: places.restore(row, MONDAY),
    ):
        with database.writing() as session:
            change(session.get_one(PlaceRow, "a"))
        changed()
    add(database, "b")
    changed()
    assert len(set(seen)) == len(seen) == 6
