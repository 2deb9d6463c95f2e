"""Drafts are kept masked, for their writer alone, and not after they were sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.answer_case import HELD
from bot.services.keep_drafts import LONGEST, keep_draft, look_at
from bot.services.read_answering import Answering, answering
from bot.services.read_cases import CaseNotFound
from bot.services.viewer import Viewer
from bot.services.work_cases import CaseDesk
from bot.store import clock as moved
from bot.store import drafts
from bot.store.database import Database
from bot.store.held_replies import latest_of
from bot.store.tables import CaseRow, UserRow
from tests.bot.store.staffed import Staffed, staffed
from tests.stand_ins import ORGANISATION, WORLD, CountedWakeup, SettableClock


@pytest.fixture
def there(database: Database) -> Staffed:
    return staffed(database)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def desk(database: Database, clock: SettableClock) -> CaseDesk:
    return CaseDesk(database, WORLD, clock, CountedWakeup())


def _user(database: Database, user_id: int) -> UserRow:
    with database.reading() as session:
        return session.get_one(UserRow, user_id)


def _beside(database: Database, clock: SettableClock, user_id: int) -> Answering:
    return answering(database, clock, ORGANISATION, _user(database, user_id), 1)


def _draft(database: Database, user_id: int, kind: str = "reply") -> str:
    with database.reading() as session:
        return drafts.of(session, 1, user_id).get(kind, "")


def test_a_draft_is_masked_cut_and_removed_when_it_is_emptied(
    database: Database, there: Staffed, clock: SettableClock
) -> None:
    keep_draft(database, clock, Viewer(there.anna), there.case, "reply", "Du är 19121212-1212")
    assert _draft(database, there.anna) == "Du är [personnummer]"
    keep_draft(database, clock, Viewer(there.anna), there.case, "reply", "å" * (LONGEST + 1))
    assert len(_draft(database, there.anna)) == LONGEST
    keep_draft(database, clock, Viewer(there.anna), there.case, "reply", " \n")
    assert _draft(database, there.anna) == ""


def test_a_kind_that_is_none_and_a_case_that_is_not_seen_are_refused(
    database: Database, there: Staffed, clock: SettableClock
) -> None:
    with pytest.raises(ValueError, match="poem"):
        keep_draft(database, clock, Viewer(there.anna), there.case, "poem", "ros")
    stranger = Viewer(there.anna, ("Vara",))
    with pytest.raises(CaseNotFound):
        keep_draft(database, clock, stranger, there.case, "reply", "Hej")
    with pytest.raises(CaseNotFound):
        look_at(database, clock, stranger, there.case, True)
    assert _draft(database, there.anna) == ""


def test_a_stage_of_what_was_just_sent_is_not_kept(
    database: Database, there: Staffed, clock: SettableClock, desk: CaseDesk
) -> None:
    who, anna = Viewer(there.anna), _user(database, there.anna)
    desk.reply(there.case, anna, "Hej Svea \u2013 ring banken")
    for late in ("Hej Svea \u2013 ring ban", "Hej Svea \u2013 ring banken ", "Hej"):
        keep_draft(database, clock, who, there.case, "reply", late)
        assert _draft(database, there.anna) == ""
    keep_draft(database, clock, who, there.case, "reply", "Hej Svea, en sak till")
    assert _draft(database, there.anna) == "Hej Svea, en sak till"
    clock.pass_(minutes=2)
    keep_draft(database, clock, who, there.case, "reply", "Hej")
    assert _draft(database, there.anna) == "Hej"
    assert keep_draft(database, clock, who, there.case, "reply", "Hej Svea", left_over=True)
    assert not keep_draft(database, clock, who, there.case, "reply", "Hej Svea \u2013 ring banken", left_over=True)
    assert _draft(database, there.anna) == "Hej Svea"
    desk.note(there.case, anna, "ringde henne")
    keep_draft(database, clock, who, there.case, "note", "ringde")
    assert _draft(database, there.anna, "note") == ""


def test_after_undo_the_same_words_are_a_draft_again(
    database: Database, there: Staffed, clock: SettableClock, desk: CaseDesk
) -> None:
    anna = _user(database, there.anna)
    desk.reply(there.case, anna, "Hej Svea")
    with database.reading() as session:
        held = latest_of(session, there.case, there.anna)
    assert held
    desk.undo(there.case, anna, held.message_id)
    keep_draft(database, clock, Viewer(there.anna), there.case, "reply", "Hej")
    assert _draft(database, there.anna) == "Hej"


def test_what_stands_beside_the_box(database: Database, there: Staffed, clock: SettableClock, desk: CaseDesk) -> None:
    anna = _user(database, there.anna)
    keep_draft(database, clock, Viewer(there.anna), there.case, "note", "mitt")
    keep_draft(database, clock, Viewer(there.bo), there.case, "reply", "hemligt")
    look_at(database, clock, Viewer(there.anna), there.case, True)
    found = _beside(database, clock, there.anna)
    assert (found.drafts, found.sending, found.present) == ({"note": "mitt"}, (), ())
    assert (found.begun, found.introduction) == ((("Bo", clock()),), "Anna: ")
    look_at(database, clock, Viewer(there.bo), there.case, True)
    found = _beside(database, clock, there.anna)
    assert [(one.name, one.types) for one in found.present] == [("Bo", True)]
    assert found.begun == ()  # it is said already that he writes
    desk.reply(there.case, anna, "Hej")
    clock.pass_(seconds=3)
    found = _beside(database, clock, there.anna)
    assert [one.seconds for one in found.sending] == [7]
    assert found.introduction == ""
    assert _beside(database, clock, there.bo).sending == ()
    clock.at += HELD
    assert [one.seconds for one in _beside(database, clock, there.anna).sending] == [0]  # no sender has had it yet
    clock.pass_(hours=13)
    assert _beside(database, clock, there.anna).begun == ()


def test_a_case_without_a_conversation_needs_no_introduction(
    database: Database, there: Staffed, clock: SettableClock
) -> None:
    with database.writing() as session:
        session.get_one(CaseRow, there.case).conversation_id = None
    assert _beside(database, clock, there.anna).introduction == ""


def test_business_time_moves_drafts_and_real_time_presence(
    database: Database, there: Staffed, clock: SettableClock
) -> None:
    look_at(database, clock, Viewer(there.bo), there.case, False)
    with database.writing() as session:
        moved.move(session, timedelta(days=3))
    keep_draft(database, clock, Viewer(there.bo), there.case, "reply", "Hej")
    found = _beside(database, clock, there.anna)
    assert len(found.present) == 1
    assert found.begun == (("Bo", clock() + timedelta(days=3)),)
