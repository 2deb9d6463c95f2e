"""Adding, changing, verifying and removing places."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from bot.place_documents import DocumentUnreadable
from bot.services.edit_places import PlaceChanged, PlaceDesk, PlaceNotFound
from bot.services.keep_places import keep_places
from bot.services.read_places import place_page, places_page
from bot.services.viewer import Viewer
from bot.store import users
from bot.store.database import Database
from bot.store.tables import AuditRow, PlaceRow
from tests.sample_places import document, place
from tests.stand_ins import SettableClock


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def kalmar(database: Database, clock: SettableClock) -> Viewer:
    with database.writing() as session:
        return Viewer(
            users.add(session, "sam@kalmar.example", "Sam", "samordnare", "none", clock()).id, ("kalmar", "Kalmar")
        )


@pytest.fixture
def desk(database: Database, clock: SettableClock, kalmar: Viewer) -> PlaceDesk:
    keep_places(database, [place(), place("Vara", id="vara-bibliotek", name="Vara bibliotek")], clock)
    return PlaceDesk(database, clock)


def audited(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        return [(row.act, row.detail) for row in session.scalars(select(AuditRow).order_by(AuditRow.id))]


def row(database: Database, place_id: str = "kalmar-bibliotek") -> PlaceRow:
    with database.reading() as session:
        return session.get_one(PlaceRow, place_id)


def test_a_new_place_gets_an_id_of_its_name(
    database: Database, desk: PlaceDesk, kalmar: Viewer, clock: SettableClock
) -> None:
    assert desk.add(kalmar, "Kalmar", document(id="new", name="Träffpunkt Åsikten")) == "kalmar-traffpunkt-asikten"
    assert desk.add(kalmar, "Kalmar", document(id="new", name="Träffpunkt Åsikten")) == "kalmar-traffpunkt-asikten-2"
    assert desk.add(kalmar, "Kalmar", document(id="new", name="!!!")) == "kalmar"
    line, now = place_page(database, clock, kalmar, "kalmar-traffpunkt-asikten")
    assert (line.place.name, line.changed_by, line.changed_at, now) == ("Träffpunkt Åsikten", "Sam", clock(), clock())
    assert audited(database)[0] == ("place_add", "kalmar-traffpunkt-asikten")


def test_a_change_says_which_fields_and_is_the_consoles_from_now_on(
    database: Database, desk: PlaceDesk, kalmar: Viewer
) -> None:
    desk.change(kalmar, "kalmar-bibliotek", "Kalmar", document(name="Nytt", town="Lindsdal"), version=1)
    kept = row(database)
    assert (kept.document["name"], kept.origin, kept.version, kept.changed_by) == ("Nytt", "console", 2, kalmar.user_id)
    assert audited(database) == [("place_change", "kalmar-bibliotek: name, town")]


def test_saving_what_is_there_already_changes_nothing(database: Database, desk: PlaceDesk, kalmar: Viewer) -> None:
    for version in (1, 7):
        desk.change(kalmar, "kalmar-bibliotek", "Kalmar", document(), version)
    assert (row(database).version, row(database).origin, audited(database)) == (1, "config", [])


def test_who_saves_over_a_newer_version_is_told_whose_it_is(
    database: Database, desk: PlaceDesk, kalmar: Viewer
) -> None:
    desk.change(kalmar, "kalmar-bibliotek", "Kalmar", document(name="Första"), version=1)
    with pytest.raises(PlaceChanged, match=r"^Sam$"):
        desk.change(kalmar, "kalmar-bibliotek", "Kalmar", document(name="Andra"), version=1)
    assert row(database).document["name"] == "Första"


def test_of_two_who_save_at_once_exactly_one_wins(database: Database, desk: PlaceDesk, kalmar: Viewer) -> None:
    together, lost = threading.Barrier(2), []

    def save(name: str) -> None:
        together.wait(10)
        try:
            desk.change(kalmar, "kalmar-bibliotek", "Kalmar", document(name=name), version=1)
        except PlaceChanged:
            lost.append(name)

    threads = [threading.Thread(target=save, args=(name,)) for name in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(lost) == 1 and row(database).version == 2
    assert row(database).document["name"] not in lost


def test_what_is_no_place_is_never_kept(database: Database, desk: PlaceDesk, kalmar: Viewer) -> None:
    with pytest.raises(DocumentUnreadable):
        desk.change(kalmar, "kalmar-bibliotek", "Kalmar", document(kind="shop"), version=1)
    with pytest.raises(DocumentUnreadable):
        desk.add(kalmar, "Kalmar", document(hours={}))
    assert row(database).version == 1 and audited(database) == []


def test_a_municipality_changes_its_own_places_only(database: Database, desk: PlaceDesk, kalmar: Viewer) -> None:
    attempts = (
        lambda: desk.add(kalmar, "Vara", document()),
        lambda: desk.change(kalmar, "vara-bibliotek", "Vara", document(), 1),
        lambda: desk.change(kalmar, "vara-bibliotek", "Kalmar", document(), 1),
        lambda: desk.change(kalmar, "kalmar-bibliotek", "Vara", document(), 1),
        lambda: desk.verify(kalmar, "vara-bibliotek", "Sam"),
        lambda: desk.remove(kalmar, "vara-bibliotek"),
        lambda: desk.restore(kalmar, "vara-bibliotek"),
        lambda: desk.remove(kalmar, "nowhere"),
    )
    for attempt in attempts:
        with pytest.raises(PlaceNotFound):
            attempt()
    assert row(database, "vara-bibliotek").version == 1 and audited(database) == []


def test_verifying_makes_a_sample_real(
    database: Database, clock: SettableClock, desk: PlaceDesk, kalmar: Viewer
) -> None:
    keep_places(
        database,
        [
            place(verified_at="sample", verified_by=None, sample=True),
            place("Vara", id="vara-bibliotek", name="Vara bibliotek"),
        ],
        clock,
    )
    clock.pass_(hours=14, minutes=30)
    desk.verify(kalmar, "kalmar-bibliotek", "Bibliotekschefen")
    line, _ = place_page(database, clock, kalmar, "kalmar-bibliotek")
    assert (str(line.place.verified_at), line.place.sample) == ("2026-11-24", False), "the Swedish day"
    assert audited(database) == [("place_verify", "kalmar-bibliotek")]


def test_removing_and_bringing_back(database: Database, clock: SettableClock, desk: PlaceDesk, kalmar: Viewer) -> None:
    for _ in range(2):
        desk.remove(kalmar, "kalmar-bibliotek")
    page = places_page(database, clock, kalmar)
    assert [line.place.id for line in page.lines] == ["vara-bibliotek"]
    assert [line.place.id for line in page.removed] == ["kalmar-bibliotek"]
    for _ in range(2):
        desk.restore(kalmar, "kalmar-bibliotek")
    assert len(places_page(database, clock, kalmar).lines) == 2
    assert [act for act, _ in audited(database)] == ["place_remove", "place_restore"]


def test_every_change_is_told_of_and_nothing_else(
    database: Database, clock: SettableClock, desk: PlaceDesk, kalmar: Viewer
) -> None:
    told: list[int] = []
    telling = PlaceDesk(database, clock, lambda: told.append(1))
    telling.change(kalmar, "kalmar-bibliotek", "Kalmar", document(name="Nytt"), 1)
    telling.remove(kalmar, "kalmar-bibliotek")
    assert len(told) == 2
    with pytest.raises(PlaceNotFound):
        telling.remove(kalmar, "nowhere")
    assert len(told) == 2


def test_a_document_that_cannot_be_read_is_named(
    database: Database, clock: SettableClock, desk: PlaceDesk, kalmar: Viewer
) -> None:
    with database.writing() as session:
        session.get_one(PlaceRow, "vara-bibliotek").document = {"name": "x"}
    assert places_page(database, clock, kalmar).unreadable == ("vara-bibliotek",)
    with pytest.raises(PlaceNotFound):
        place_page(database, clock, kalmar, "vara-bibliotek")
