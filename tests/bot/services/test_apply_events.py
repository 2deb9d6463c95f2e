"""A turn's events become rows."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.address import Address
from bot.domain.case import Reason, Status, Urgency
from bot.domain.conversation import Conversation
from bot.domain.events import (
    Answered,
    Button,
    CaseNoted,
    CaseOpened,
    CaseReopened,
    Event,
    OptedIn,
    OptedOut,
    Priority,
    Remarked,
)
from bot.engine.advance import Turn
from bot.services.apply_events import apply_events
from bot.store import cases, conversations, outbox, users
from bot.store.database import Database
from bot.store.tables import AddressRow, CaseRow, MessageRow, OutboxRow, RemarkRow
from tests.stand_ins import DUTY_PHONE, MONDAY, OUR_NUMBER, SVEA, WORLD

LATER = MONDAY + timedelta(days=14)
"""Business time, when it has been moved."""


@pytest.fixture
def svea(database: Database) -> int:
    with database.writing() as session:
        address, conversation = conversations.begin(session, Address(SVEA), "kalmar", "library", MONDAY)
        address.sender = OUR_NUMBER
        session.add(AddressRow(person_id=address.person_id, text="tg:4711", channel="telegram", sender="telegram"))
        return conversation.id


def _apply(database: Database, conversation: int, *events: Event, channel: str = "sms") -> bool:
    turn = Turn(Conversation(municipality="kalmar", unit="library"), events)
    with database.writing() as session:
        return apply_events(session, WORLD, conversation, turn, channel, LATER, MONDAY)


def _outbox(database: Database) -> list[OutboxRow]:
    with database.reading() as session:
        return outbox.listed(session)


def _case(database: Database) -> CaseRow:
    with database.reading() as session:
        return session.scalars(select(CaseRow)).one()


def _opened(reason: Reason = Reason.ASKED, urgency: Urgency = Urgency.NORMAL) -> CaseOpened:
    return CaseOpened(reason, urgency, "swish", "Behov: Swish.")


def test_nothing_happened_changes_nothing_and_wakes_nobody(database: Database, svea: int) -> None:
    assert not _apply(database, svea)
    assert _outbox(database) == []


def test_an_answer_is_stored_and_queued(database: Database, svea: int) -> None:
    assert _apply(database, svea, Answered("Hej \u201dSvea\u201d", (Button("Klart", "KLART"),), Priority.DANGER))
    (row,) = _outbox(database)
    assert (row.text, row.address, row.sender, row.channel, row.priority) == ('Hej "Svea"', SVEA, OUR_NUMBER, "sms", 0)
    assert (row.buttons, row.status, row.queued_at, row.next_attempt_at) == (
        [{"label": "Klart", "says": "KLART"}],
        "queued",
        MONDAY,
        MONDAY,
    )
    with database.reading() as session:
        message = session.get_one(MessageRow, row.message_id)
    assert (message.text, message.direction, message.author, message.at) == ('Hej "Svea"', "out", "bot", LATER)


def test_an_answer_goes_out_where_the_question_came_from(database: Database, svea: int) -> None:
    _apply(database, svea, Answered("Hej \u201dSvea\u201d"), channel="telegram")
    (row,) = _outbox(database)
    assert (row.address, row.channel, row.text, row.segments) == ("tg:4711", "telegram", "Hej \u201dSvea\u201d", 1)


def test_segments_are_counted_for_the_rate(database: Database, svea: int) -> None:
    _apply(database, svea, Answered("å" * 161))
    assert _outbox(database)[0].segments == 2


def test_a_very_long_answer_has_its_buttons_on_the_last_part(database: Database, svea: int) -> None:
    _apply(database, svea, Answered("En mening. " * 400, (Button("Klart", "KLART"),)))
    rows = _outbox(database)
    assert [bool(row.buttons) for row in rows] == [False] * (len(rows) - 1) + [True]
    assert len({row.message_id for row in rows}) == 1


def test_a_case_is_opened_in_its_units_team(database: Database, svea: int) -> None:
    assert not _apply(database, svea, _opened())
    case = _case(database)
    assert (case.team, case.municipality, case.unit, case.address, case.channel) == (
        "kalmar",
        "kalmar",
        "library",
        SVEA,
        "sms",
    )
    assert (case.status, case.topic, case.opened_at, case.waiting_since) == ("waiting", "swish", LATER, LATER)


def test_an_urgent_case_alerts_those_on_duty_once_and_again_when_it_grows(database: Database, svea: int) -> None:
    high, critical = _opened(Reason.FRAUD, Urgency.HIGH), _opened(Reason.EMERGENCY, Urgency.CRITICAL)
    assert _apply(database, svea, high)
    assert not _apply(database, svea, high)
    assert _apply(database, svea, critical)
    assert not _apply(database, svea, high)
    assert [row.address for row in _outbox(database)] == [DUTY_PHONE] * 2
    assert (_case(database).urgency, _case(database).reasons) == ("critical", ["fraud", "emergency"])


def test_what_the_resident_adds_is_noted_on_the_open_case_or_nowhere(database: Database, svea: int) -> None:
    _apply(database, svea, CaseNoted("i morgon klockan 9"))
    _apply(database, svea, _opened(), CaseNoted("i morgon klockan 10"))
    with database.reading() as session:
        assert [(note.text, note.kind) for note in cases.notes(session, 1)] == [("i morgon klockan 10", "resident")]


def test_a_case_is_reopened_only_when_it_is_closed(database: Database, svea: int) -> None:
    _apply(database, svea, CaseReopened())
    _apply(database, svea, _opened())
    _apply(database, svea, CaseReopened())
    with database.reading() as session:
        assert cases.notes(session, 1) == []
    with database.writing() as session:
        row = session.get_one(CaseRow, 1)
        row.status, row.resolved_at, row.waiting_since = Status.RESOLVED, MONDAY, None
    _apply(database, svea, CaseReopened())
    case = _case(database)
    assert (case.status, case.resolved_at, case.waiting_since, case.claimed_by) == ("waiting", None, LATER, None)


def test_stopp_takes_back_what_waits_and_leaves_its_own_confirmation(database: Database, svea: int) -> None:
    _apply(database, svea, Answered("Ett svar som väntar"))
    _apply(database, svea, OptedOut(), Answered("Inga fler meddelanden"))
    assert [row.status for row in _outbox(database)] == ["cancelled", "queued"]
    with database.reading() as session:
        opted_out = {row.text: row.opted_out_at for row in session.scalars(select(AddressRow))}
    assert opted_out == {SVEA: LATER, "tg:4711": None}
    _apply(database, svea, OptedIn())
    with database.reading() as session:
        assert not any(session.scalars(select(AddressRow.opted_out_at)))


@pytest.mark.parametrize("kind", ["wish", "feedback"])
def test_wishes_and_opinions_are_kept_for_those_who_plan(database: Database, svea: int, kind: str) -> None:
    _apply(database, svea, Remarked(kind, "Kurs i Excel"))
    with database.reading() as session:
        row = session.scalars(select(RemarkRow)).one()
    assert (row.kind, row.text, row.municipality, row.at, row.conversation_id) == (
        kind,
        "Kurs i Excel",
        "kalmar",
        LATER,
        svea,
    )


def _given(database: Database, status: Status, seen_at: datetime | None, **user: object) -> int:
    """The open case in somebody's hands; who was last seen then."""
    with database.writing() as session:
        anna = users.add(session, "anna@kalmar.example", "Anna", "handledare", "hash", MONDAY)
        anna.seen_at = seen_at
        for key, value in user.items():
            setattr(anna, key, value)
        row = session.get_one(CaseRow, 1)
        row.status, row.claimed_by = status, anna.id
        row.waiting_since = None if status == Status.ANSWERED else MONDAY
        return anna.id


def test_an_answered_case_waits_for_its_handledare_again_when_the_resident_writes(
    database: Database, svea: int
) -> None:
    _apply(database, svea, _opened())
    anna = _given(database, Status.ANSWERED, LATER - timedelta(minutes=60))
    _apply(database, svea)
    case = _case(database)
    assert (case.status, case.waiting_since, case.claimed_by) == ("claimed", LATER, anna)


@pytest.mark.parametrize(
    ("seen_at", "user"),
    [
        (None, {}),
        (LATER - timedelta(minutes=61), {}),
        (LATER, {"away_since": LATER - timedelta(minutes=1)}),
        (LATER, {"away_since": MONDAY, "back_at": LATER + timedelta(seconds=1)}),
        (LATER, {"disabled_at": MONDAY}),
    ],
)
def test_an_answered_case_of_somebody_who_is_not_there_goes_to_the_queue(
    database: Database, svea: int, seen_at: datetime | None, user: dict[str, datetime]
) -> None:
    _apply(database, svea, _opened())
    _given(database, Status.ANSWERED, seen_at, **user)
    _apply(database, svea)
    case = _case(database)
    assert (case.status, case.waiting_since, case.claimed_by, case.claimed_at) == ("waiting", LATER, None, None)
    with database.reading() as session:
        (note,) = cases.notes(session, 1)
    assert (note.kind, note.text) == ("event", "Invånaren skrev. Anna är inte på plats. Ärendet ligger i kön.")


def test_who_is_back_again_has_their_case(database: Database, svea: int) -> None:
    _apply(database, svea, _opened())
    anna = _given(database, Status.ANSWERED, LATER, away_since=MONDAY, back_at=LATER)
    _apply(database, svea)
    assert (_case(database).status, _case(database).claimed_by) == ("claimed", anna)


def test_a_case_that_was_taken_keeps_its_place_when_nobody_is_there(database: Database, svea: int) -> None:
    _apply(database, svea, _opened())
    _given(database, Status.CLAIMED, None)
    _apply(database, svea)
    assert (_case(database).status, _case(database).waiting_since) == ("waiting", MONDAY)


def test_an_answered_case_of_nobody_goes_to_the_queue(database: Database, svea: int) -> None:
    _apply(database, svea, _opened())
    with database.writing() as session:
        row = session.get_one(CaseRow, 1)
        row.status, row.waiting_since = Status.ANSWERED, None
    _apply(database, svea)
    assert (_case(database).status, _case(database).waiting_since) == ("waiting", LATER)


def test_what_grows_urgent_while_nobody_is_there_reaches_the_duty_list(database: Database, svea: int) -> None:
    _apply(database, svea, _opened())
    _given(database, Status.ANSWERED, None)
    assert _apply(database, svea, _opened(Reason.FRAUD, Urgency.HIGH))
    assert [(row.address, row.status) for row in _outbox(database)] == [(DUTY_PHONE, "queued")]
    case = _case(database)
    assert (case.status, case.urgency, case.alerts) == ("waiting", "high", 1)
    assert case.alert_at == MONDAY + timedelta(minutes=10)


def test_an_urgent_case_that_somebody_has_alerts_once(database: Database, svea: int) -> None:
    _apply(database, svea, _opened())
    _given(database, Status.CLAIMED, LATER)
    assert _apply(database, svea, _opened(Reason.FRAUD, Urgency.HIGH))
    case = _case(database)
    assert (case.status, case.alerts, case.alert_at) == ("claimed", 0, None)
    assert [row.address for row in _outbox(database)] == [DUTY_PHONE]


def test_writing_again_does_not_lose_ones_place_in_the_queue(database: Database, svea: int) -> None:
    _apply(database, svea, _opened())
    with database.writing() as session:
        session.get_one(CaseRow, 1).waiting_since = MONDAY
    _apply(database, svea)
    assert (_case(database).status, _case(database).waiting_since) == ("waiting", MONDAY)
