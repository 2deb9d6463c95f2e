"""Places of the files and of the database, and how a process follows them."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.place import Place
from bot.services.edit_places import PlaceDesk
from bot.services.keep_places import LOOK_EVERY, CurrentWorld, keep_places, samples_of_the_console
from bot.services.viewer import Viewer
from bot.store import places, users
from bot.store.database import Database
from bot.store.tables import PlaceRow
from tests.sample_places import document, place
from tests.stand_ins import WORLD, SettableClock

ANYBODY = Viewer(1)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def desk(database: Database, clock: SettableClock) -> PlaceDesk:
    with database.writing() as session:
        users.add(session, "sam@kalmar.example", "Sam", "samordnare", "none", clock())
    return PlaceDesk(database, clock)


def row(database: Database, place_id: str = "kalmar-bibliotek") -> PlaceRow:
    with database.reading() as session:
        return session.get_one(PlaceRow, place_id)


def test_places_of_the_files_come_into_the_database_once(database: Database, clock: SettableClock) -> None:
    configured = [place(), place(id="kalmar-b", name="B")]
    assert keep_places(database, configured, clock) == 2
    assert keep_places(database, configured, clock) == 0
    assert (row(database).origin, row(database).version, row(database).municipality) == ("config", 1, "Kalmar")


def test_a_changed_file_counts_and_a_place_that_left_it_leaves(database: Database, clock: SettableClock) -> None:
    keep_places(database, [place(), place(id="kalmar-b", name="B")], clock)
    assert keep_places(database, [place(name="Nytt namn")], clock) == 2
    assert row(database).document["name"] == "Nytt namn" and row(database).version == 2
    assert row(database, "kalmar-b").removed_at == clock()
    assert keep_places(database, [place(name="Nytt namn"), place(id="kalmar-b", name="B")], clock) == 1
    assert row(database, "kalmar-b").removed_at is None


def test_what_the_console_edited_wins_over_the_file(database: Database, clock: SettableClock, desk: PlaceDesk) -> None:
    keep_places(database, [place(), place(id="kalmar-b", name="B")], clock)
    desk.change(ANYBODY, "kalmar-bibliotek", "Kalmar", document(name="Ändrat"), version=1)
    desk.remove(ANYBODY, "kalmar-b")
    assert keep_places(database, [place(name="Filens"), place(id="kalmar-b", name="B")], clock) == 0
    assert row(database).document["name"] == "Ändrat"
    assert row(database, "kalmar-b").removed_at is not None
    assert keep_places(database, [], clock) == 0, "nor does it leave with the file"


def test_two_processes_fill_an_empty_database_at_once(database: Database, clock: SettableClock) -> None:
    configured = [place(id=f"kalmar-{number}") for number in range(8)]
    together = threading.Barrier(2)
    done: list[int] = []

    def start() -> None:
        together.wait(10)
        done.append(keep_places(database, configured, clock))

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sum(done) == 8 and len(done) == 2
    with database.reading() as session:
        assert places.sign(session) == (8, 8)


def names(world: CurrentWorld) -> list[str]:
    return [one.name for one in world().places]


def test_an_edit_counts_for_the_next_answer_in_its_own_process_and_soon_in_others(
    database: Database, clock: SettableClock
) -> None:
    keep_places(database, [place()], clock)
    here, there = (CurrentWorld(database, WORLD, clock) for _ in range(2))
    with database.writing() as session:
        users.add(session, "sam@kalmar.example", "Sam", "samordnare", "none", clock())
    desk = PlaceDesk(database, clock, here.look_again)
    assert names(here) == names(there) == ["Kalmar bibliotek"]
    desk.change(ANYBODY, "kalmar-bibliotek", "Kalmar", document(name="Ändrat"), version=1)
    assert names(here) == ["Ändrat"]
    assert names(there) == ["Kalmar bibliotek"]
    clock.at += LOOK_EVERY
    assert names(there) == ["Ändrat"]


def test_nothing_is_read_again_while_nothing_changed(database: Database, clock: SettableClock) -> None:
    keep_places(database, [place()], clock)
    world = CurrentWorld(database, WORLD, clock)
    first = world()
    clock.pass_(seconds=5)
    assert world() is first


def test_without_places_in_the_database_those_of_the_configuration_count(
    database: Database, clock: SettableClock
) -> None:
    configured = replace(WORLD, places=(place(),))
    assert CurrentWorld(database, configured, clock)().places == (place(),)


def test_a_database_that_is_away_or_empty_leaves_what_is_known(empty_database_url: str, clock: SettableClock) -> None:
    empty = Database(empty_database_url)
    assert CurrentWorld(empty, replace(WORLD, places=(place(),)), clock)().places == (place(),)
    assert samples_of_the_console(empty) == []
    empty.close()
    away = Database("postgresql://lotsen@127.0.0.1:1/lotsen")
    assert CurrentWorld(away, replace(WORLD, places=(place(),)), clock)().places == (place(),)
    assert samples_of_the_console(away) == []


def test_a_removed_place_is_known_by_name_and_never_current(
    database: Database, clock: SettableClock, desk: PlaceDesk
) -> None:
    keep_places(database, [place()], clock)
    desk.remove(ANYBODY, "kalmar-bibliotek")
    (gone,) = CurrentWorld(database, WORLD, clock)().places
    assert gone.name == "Kalmar bibliotek" and gone.valid_to == date(2026, 11, 22)
    assert gone.open_state(clock()) is None
    desk.restore(ANYBODY, "kalmar-bibliotek")
    (back,) = CurrentWorld(database, WORLD, clock)().places
    assert back.open_state(clock()) is not None


def test_a_document_that_cannot_be_read_is_left_out(database: Database, clock: SettableClock) -> None:
    keep_places(database, [place(), place(id="kalmar-b", name="B")], clock)
    with database.writing() as session:
        spoilt = session.get_one(PlaceRow, "kalmar-b")
        spoilt.document = {**spoilt.document, "kind": "shop"}
        spoilt.version += 1
    assert names(CurrentWorld(database, WORLD, clock)) == ["Kalmar bibliotek"]


def test_samples_are_left_out_beside_live_providers(database: Database, clock: SettableClock, desk: PlaceDesk) -> None:
    sample: Place = place(id="kalmar-s", verified_at="sample", verified_by=None, sample=True)
    keep_places(database, [place(), sample], clock)
    assert samples_of_the_console(database) == [], "the files answer for theirs"
    desk.change(
        ANYBODY,
        "kalmar-s",
        "Kalmar",
        document(id="kalmar-s", verified_at="sample", verified_by=None, sample=True, town="Lindsdal"),
        version=1,
    )
    assert samples_of_the_console(database) == ["kalmar-s"]
    assert len(CurrentWorld(database, WORLD, clock)().places) == 2
    assert [one.id for one in CurrentWorld(database, WORLD, clock, samples=False)().places] == ["kalmar-bibliotek"]
    desk.verify(ANYBODY, "kalmar-s", "Enhetschefen")
    assert samples_of_the_console(database) == []


def test_a_clock_that_is_set_back_does_not_stop_the_looking(database: Database, clock: SettableClock) -> None:
    keep_places(database, [place()], clock)
    world = CurrentWorld(database, WORLD, clock)
    world()
    clock.at -= timedelta(hours=1)
    keep_places(database, [place(name="Nytt")], clock)
    assert names(world) == ["Nytt"]
