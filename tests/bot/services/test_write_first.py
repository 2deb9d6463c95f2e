"""What we begin ourselves: never after STOPP, and a JA is always for the question it was meant for."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.case import Reason, Urgency
from bot.domain.conversation import Conversation, Language, Position, Question
from bot.domain.sms_text import segments, unusual
from bot.flows import load
from bot.services import write_first as write_first_module
from bot.services.write_first import STILL_TALKING, conversation_of, is_answering, write_first
from bot.store import cases, conversations
from bot.store.database import Database
from bot.store.tables import AddressRow, ConversationRow, MessageRow, OutboxRow
from tests.course_stand import leave_with, opt_out, state_of, told
from tests.groups import COURSE_WORLD, add_resident
from tests.stand_ins import MONDAY, OUR_NUMBER, SVEA

NOW = MONDAY
REAL = MONDAY - timedelta(days=3)
"""Business time has been moved ahead."""
FIRST = {"sv": "Hej från kommunens automatiska hjälp. ", "en": "Hello from the municipality's automatic help. "}
UNASKED = (
    *("follow_up", "remind_booking", "seat_free", "offer_over", "no_seat", "course_called_off", "course_moved"),
    *(
        "booked_for_you",
        "waits_for_you",
        "booking_taken_back",
        "loan_ready",
        "loan_not_fetched",
        "loan_due",
        "loan_late",
    ),
    *(
        "elder_unanswered",
        "elder_asked_again",
        "elder_leave_over",
        "elder_time_is_out",
        "elder_remind",
        "deed_told",
        "deed_told_after",
    ),
    *(
        f"link_by_staff_{what}_{who}"
        for what in ("started", "scope", "ended", "declined")
        for who in ("elder", "relative")
    ),
)
LONGEST = {
    "sv": {
        "when": "torsdag 24 september kl 10.30",
        "until": "torsdag 24 september kl 10.30",
        "day": "torsdag 24 september",
    },
    "en": {
        "when": "Wednesday 30 September at 10:30",
        "until": "Wednesday 30 September at 10:30",
        "day": "Wednesday 30 September",
    },
}
COMING = Question("coming", options=("1",), soft=True)


@pytest.fixture
def svea(database: Database) -> int:
    conversation = add_resident(database, SVEA)
    with database.writing() as session:
        address = conversations.address_of(session, conversation)
        address.sender = OUR_NUMBER
        session.add(AddressRow(person_id=address.person_id, text="tg:4711", channel="telegram", sender="telegram"))
    return conversation


def _write(
    database: Database,
    conversation: int,
    asks: Question | None = None,
    channel: str = "sms",
    key: str = "remind_booking",
) -> bool:
    with database.writing() as session:
        return write_first(session, COURSE_WORLD, conversation, channel, key, {"when": "i morgon"}, NOW, REAL, asks)


def _out(database: Database) -> OutboxRow:
    with database.reading() as session:
        return session.scalars(select(OutboxRow)).one()


def test_a_message_in_the_outbox_as_a_reminder(database: Database, svea: int) -> None:
    assert _write(database, svea)
    row = _out(database)
    assert (row.text, row.address, row.sender, row.priority, row.buttons) == (
        "remind_booking",
        SVEA,
        OUR_NUMBER,
        20,
        [],
    )
    assert (row.queued_at, row.next_attempt_at) == (REAL, REAL)
    with database.reading() as session:
        message = session.get_one(MessageRow, row.message_id)
    assert (message.at, message.author, message.direction) == (NOW, "bot", "out")
    assert state_of(database, svea).question is None


def test_a_question_is_opened_with_its_buttons(database: Database, svea: int) -> None:
    with database.reading() as session:
        before = session.get_one(ConversationRow, svea).version
    assert _write(database, svea, COMING)
    assert _out(database).buttons == [{"label": "button_yes", "says": "JA"}, {"label": "button_no", "says": "NEJ"}]
    assert state_of(database, svea).question == COMING
    with database.reading() as session:
        assert session.get_one(ConversationRow, svea).version == before + 1, "a turn under way must be done again"


def test_on_the_channel_that_was_booked_from(database: Database, svea: int) -> None:
    assert _write(database, svea, channel="telegram")
    assert (_out(database).address, _out(database).channel) == ("tg:4711", "telegram")


def test_in_the_language_of_the_conversation(database: Database, svea: int) -> None:
    leave_with(database, svea, None, language="en")
    _write(database, svea, COMING)
    assert (_out(database).text, _out(database).buttons[0]["label"]) == (
        "remind_booking in English",
        "button_yes in English",
    )


def test_never_after_stopp(database: Database, svea: int) -> None:
    opt_out(database, svea)
    assert not _write(database, svea, COMING)
    assert told(database) == []
    assert state_of(database, svea).question is None


@pytest.mark.parametrize("since", ["opted_out_at", "blocked_at"])
def test_never_to_an_address_that_is_shut(database: Database, svea: int, since: str) -> None:
    with database.writing() as session:
        setattr(conversations.address_of(session, svea, "sms"), since, MONDAY)
    assert not _write(database, svea, COMING)
    assert told(database) == []
    assert _write(database, svea, COMING, channel="telegram")


@pytest.mark.parametrize(
    "open_question",
    [
        None,
        Question("course", options=("1",), labels=("Mobilen",), soft=True),
        Question("seat", options=("9",), soft=True),
    ],
)
def test_what_may_give_way_does(database: Database, svea: int, open_question: Question | None) -> None:
    leave_with(database, svea, open_question, heard_at=NOW)
    assert _write(database, svea, COMING)
    assert state_of(database, svea).question == COMING


def test_a_question_that_is_being_answered_stays(database: Database, svea: int) -> None:
    asked = Question("book", options=("1",))
    leave_with(database, svea, asked, heard_at=NOW - timedelta(minutes=1))
    assert _write(database, svea, COMING)
    assert told(database) == ["remind_booking"]
    assert _out(database).buttons == []
    assert state_of(database, svea).question == asked


def test_a_question_that_has_waited_for_long_gives_way(database: Database, svea: int) -> None:
    leave_with(database, svea, Question("person", about="stuck"), heard_at=NOW - STILL_TALKING)
    assert _write(database, svea, COMING)
    assert state_of(database, svea).question == COMING


@pytest.mark.parametrize("kind", ["danger", "time", "meanwhile"])
def test_what_is_asked_of_one_in_danger_or_waiting_for_a_person_never_gives_way(
    database: Database, svea: int, kind: str
) -> None:
    asked = Question(kind, options=("swish",))
    leave_with(database, svea, asked, heard_at=NOW - timedelta(days=1))
    assert _write(database, svea, COMING)
    assert told(database) == ["remind_booking"]
    assert state_of(database, svea).question == asked


def test_a_guides_own_question_gives_way_since_it_comes_back(database: Database, svea: int) -> None:
    position = Position("swish", "swish-1")
    leave_with(
        database,
        svea,
        Question("choose", options=("a", "b"), labels=("A", "B"), about="swish-1"),
        heard_at=NOW,
        position=position,
    )
    assert _write(database, svea, COMING)
    assert state_of(database, svea).question == COMING
    assert state_of(database, svea).position == position


def test_who_is_about_to_answer(database: Database) -> None:
    hard = Conversation(question=Question("book", options=("1",)), heard_at=NOW - STILL_TALKING + timedelta(seconds=1))
    assert is_answering(hard, NOW)
    assert not is_answering(hard.with_(heard_at=NOW - STILL_TALKING), NOW)
    assert not is_answering(hard.with_(heard_at=None), NOW)
    assert not is_answering(hard.with_(question=None), NOW)
    assert not is_answering(hard.with_(question=COMING), NOW)
    assert not is_answering(hard.with_(question=Question("choose")), NOW)


def test_the_conversation_is_read_with_its_case(database: Database, svea: int) -> None:
    with database.writing() as session:
        assert conversation_of(session, svea).case is None
        new = cases.NewCase(svea, SVEA, "sms", "sv", None, None, "default", Reason.ASKED, Urgency.NORMAL, None, "")
        cases.open_or_add(session, new, MONDAY)
        case = conversation_of(session, svea).case
    assert case and case.reasons == (Reason.ASKED,)


@pytest.mark.parametrize("key", UNASKED)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_nobody_asked_for_says_first_who_writes(key: str, language: Language) -> None:
    """An SMS out of nowhere looks like fraud until one knows who sends it. It has no link, and costs two segments at most."""
    content = load()
    values = {
        "place": "Fyrens bibliotek, Kulturhuset Fyren",
        "title": "x" * 60,
        "name": "n" * 30,
        "called": "c" * 30,
        "who": "n" * 30,
        "whom": "c" * 30,
        "deeds": "d" * 120,
        "may": "m" * 52,
        **LONGEST[language],
    }
    text = content.texts.by_key[key].in_(language).format(**values)
    assert text.startswith(FIRST[language])
    assert not re.search(r"https?:|www|\b[a-z]+\.se\b", text)
    assert not unusual(text)
    assert segments(text) <= 2


def test_every_text_that_is_written_first_is_looked_at() -> None:
    services = Path(write_first_module.__file__).parent
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in services.glob("*.py")
        if "write_first" in path.read_text(encoding="utf-8")
    )
    assert [key for key in UNASKED if f'"{key}"' not in code] == []
    keys = load().texts.by_key
    named = {found for found in re.findall(r'"([a-z_]+)"', code) if found in keys}
    of_something_else = {"button_yes", "button_no", "bibliotek", "full", "course_book", "link_scope"}
    assert named - set(UNASKED) <= of_something_else
