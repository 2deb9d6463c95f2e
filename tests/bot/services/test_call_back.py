"""Calls and names, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.services.call_back import CallDesk, CallResult
from bot.services.hold_case import CaseTaken
from bot.services.read_cases import CaseNotFound
from bot.services.work_cases import CaseDesk
from bot.store import cases
from bot.store.database import Database
from bot.store.tables import AuditRow, CaseRow, UserRow
from tests.bot.two_units import staff, with_units
from tests.stand_ins import Post


@pytest.fixture
def post(database: Database) -> Post:
    made = Post(database, world=with_units())
    made.says("MÄNNISKA")
    return made


@pytest.fixture
def calls(post: Post) -> CallDesk:
    return CallDesk(post.database, lambda: post.world, post.clock)


@pytest.fixture
def anna(database: Database) -> UserRow:
    return staff(database, "Anna", unit="library")


def _case(post: Post) -> CaseRow:
    with post.database.reading() as session:
        return session.get_one(CaseRow, 1)


def _calls(post: Post) -> list[str]:
    with post.database.reading() as session:
        return [note.text for note in cases.notes(session, 1) if note.kind == "call"]


def _acts(post: Post) -> list[tuple[str, str]]:
    with post.database.reading() as session:
        return [(row.act, row.detail) for row in session.scalars(select(AuditRow).order_by(AuditRow.id))]


def test_a_call_is_noted_and_the_case_becomes_the_callers(post: Post, calls: CallDesk, anna: UserRow) -> None:
    calls.phoned(1, anna, CallResult.NO_ANSWER, "Provar efter lunch, 19121212-1212")
    assert _calls(post) == ["Svarade inte. Provar efter lunch, [personnummer]"]
    assert (_case(post).status, _case(post).claimed_by) == ("claimed", anna.id)
    assert _acts(post) == [("claim", ""), ("call", "no_answer")]


def test_pressed_twice_is_one_call_and_a_later_one_is_another(post: Post, calls: CallDesk, anna: UserRow) -> None:
    for _ in range(2):
        calls.phoned(1, anna, CallResult.BUSY)
    post.clock.pass_(minutes=2)
    calls.phoned(1, anna, CallResult.BUSY)
    calls.phoned(1, anna, CallResult.ANSWERED, "Allt löst")
    calls.phoned(1, anna, CallResult.WRONG_PERSON)
    assert _calls(post) == ["Upptaget.", "Upptaget.", "Svarade. Allt löst", "Fel person svarade."]


def test_nobody_phones_in_a_colleagues_case(post: Post, calls: CallDesk, anna: UserRow, database: Database) -> None:
    bo, cilla = staff(database, "Bo", unit="library"), staff(database, "Cilla", unit="centre")
    CaseDesk(database, post.world, post.clock, post.wakeup).claim(1, bo)
    with pytest.raises(CaseTaken, match="Bo"):
        calls.phoned(1, anna, CallResult.ANSWERED)
    for act in (lambda: calls.phoned(1, cilla, CallResult.ANSWERED), lambda: calls.name_person(1, cilla, "Gunvor")):
        with pytest.raises(CaseNotFound):
            act()
    assert _calls(post) == []


def test_what_the_person_is_called(post: Post, calls: CallDesk, anna: UserRow) -> None:
    version = _case(post).version
    calls.name_person(1, anna, "  Gunvor   19121212-1212 ")
    calls.name_person(1, anna, "Gunvor [personnummer]")
    assert (_case(post).person_name, _case(post).version) == ("Gunvor [personnummer]", version + 1)
    calls.name_person(1, anna, "x" * 200)
    assert _case(post).person_name == "x" * 80
    calls.name_person(1, anna, " ")
    assert _case(post).person_name is None
    assert _acts(post) == [("name", "")] * 3
