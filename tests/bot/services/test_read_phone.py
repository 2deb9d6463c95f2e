from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.address import Address
from bot.domain.delivery import Delivery
from bot.services.read_phone import LONGEST, Screen, read_phone
from bot.store import clock, conversations
from bot.store.database import Database
from bot.store.tables import InboxRow, MessageRow, OutboxRow

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
GUNVOR, KIM, DUTY = Address("+46701740605"), Address("tg:4711"), Address("+46701740692")
ALL = (GUNVOR.text, "+46701740606", KIM.text, DUTY.text)


def wrote(database: Database, address: Address, text: str, second: int, handled: bool = True, kept: bool = True) -> int:
    """An incoming message, `second` seconds after NOW; with `kept` False its row in the inbox has been purged."""
    at = NOW + timedelta(seconds=second)
    with database.writing() as session:
        found = conversations.of_address(session, address) or conversations.begin(session, address, None, None, at)
        message = MessageRow(
            conversation_id=found[1].id,
            at=at,
            direction="in",
            author="resident",
            channel=address.channel,
            text=text,
            incoming_key=f"{address.channel}:+46701740690:k-{second}",
        )
        session.add(message)
        session.flush()
        if kept:
            session.add(
                InboxRow(
                    message_id=message.id,
                    conversation_id=found[1].id,
                    received_at=at,
                    gathers=False,
                    kind="text",
                    removed=["kod"],
                    handled_at=at if handled else None,
                )
            )
        return message.id


def went(
    database: Database,
    address: Address,
    text: str,
    second: int,
    status: Delivery = Delivery.SENT,
    author: str | None = "bot",
) -> int:
    """An outgoing message, sent `second` seconds after NOW; without an author it is an alert to somebody on duty."""
    at = NOW + timedelta(seconds=second)
    with database.writing() as session:
        found = conversations.of_address(session, address)
        row = OutboxRow(
            address=address.text,
            channel=address.channel,
            sender="+46701740690",
            text=text,
            buttons=[{"label": "Klart", "says": "KLART"}],
            segments=2,
            priority=10,
            status=status,
            queued_at=at,
            next_attempt_at=at,
            sent_at=at if status in (Delivery.SENT, Delivery.DELIVERED) else None,
        )
        if author and found:
            message = MessageRow(
                conversation_id=found[1].id, at=at, direction="out", author=author, channel=address.channel, text=text
            )
            session.add(message)
            session.flush()
            row.conversation_id, row.message_id = found[1].id, message.id
        session.add(row)
        session.flush()
        return row.id


def look(database: Database, address: Address = GUNVOR) -> Screen:
    return read_phone(database, address, ALL, NOW + timedelta(minutes=5))


def texts(screen: Screen) -> list[str]:
    return [bubble.text for bubble in screen.bubbles]


def test_nobody_has_written(database: Database) -> None:
    assert look(database) == Screen((), NOW + timedelta(minutes=5), False, {})


def test_both_directions_in_the_order_they_came_to_the_phone(database: Database) -> None:
    wrote(database, GUNVOR, "ett", 1)
    wrote(database, GUNVOR, "tre", 3)
    went(database, GUNVOR, "fyra", 4)
    went(database, GUNVOR, "två", 2)  # was sent before, though it was queued last: danger overtakes
    assert texts(look(database)) == ["ett", "två", "tre", "fyra"]


def test_a_bubble_tells_all_there_is_to_tell(database: Database) -> None:
    wrote(database, GUNVOR, "å" * 161, 1)
    went(database, GUNVOR, "svar", 2, author="handledare")
    asked, answered = look(database).bubbles
    assert (asked.author, asked.segments, asked.key, asked.receiver, asked.removed, asked.status) == (
        "resident", 2, "k-1", "+46701740690", ("kod",), "",
    )  # fmt: skip
    assert (answered.author, answered.segments, answered.status, answered.buttons) == (
        "handledare", 2, "sent", (("Klart", "KLART"),),
    )  # fmt: skip
    assert (asked.id[:3], answered.id[:4]) == ("in-", "out-")


def test_nobody_sees_another_s_messages(database: Database) -> None:
    wrote(database, GUNVOR, "hemligt", 1)
    went(database, GUNVOR, "svar", 2)
    wrote(database, KIM, "mitt", 3)
    assert texts(look(database, KIM)) == ["mitt"]


@pytest.mark.parametrize("status", [Delivery.QUEUED, Delivery.SENDING, Delivery.DOUBTFUL])
def test_what_waits_is_not_shown_but_told_of(database: Database, status: Delivery) -> None:
    wrote(database, GUNVOR, "hej", 1)
    assert not look(database).answering
    went(database, GUNVOR, "svar", 2, status)
    seen = look(database)
    assert texts(seen) == ["hej"]
    assert seen.answering
    assert seen.newest == {GUNVOR.text: 0}


def test_what_was_taken_back_is_never_shown(database: Database) -> None:
    wrote(database, GUNVOR, "STOPP", 1)
    went(database, GUNVOR, "svar", 2, Delivery.CANCELLED)
    assert texts(look(database)) == ["STOPP"]
    assert not look(database).answering


def test_what_failed_is_shown_as_such(database: Database) -> None:
    wrote(database, GUNVOR, "hej", 1)
    went(database, GUNVOR, "svar", 2, Delivery.FAILED)
    assert look(database).bubbles[1].status == "failed"


def test_a_message_that_no_turn_has_dealt_with_is_being_answered(database: Database) -> None:
    wrote(database, GUNVOR, "hej", 1, handled=False)
    assert look(database).answering


def test_a_message_whose_inbox_row_was_purged_is_shown_in_its_place(database: Database) -> None:
    wrote(database, GUNVOR, "förr", 1, kept=False)
    went(database, GUNVOR, "svar", 2)
    wrote(database, GUNVOR, "nu", 3)
    seen = look(database)
    assert texts(seen) == ["förr", "svar", "nu"]
    assert seen.bubbles[0].removed == ()


def test_an_alert_reaches_the_phone_of_somebody_on_duty_who_never_wrote(database: Database) -> None:
    last = went(database, DUTY, "Lotsen: ärende 1 är akut.", 1, author=None)
    seen = look(database, DUTY)
    assert [(bubble.text, bubble.author) for bubble in seen.bubbles] == [("Lotsen: ärende 1 är akut.", "duty")]
    assert seen.newest == {DUTY.text: last}


def test_news_of_the_others(database: Database) -> None:
    wrote(database, GUNVOR, "hej", 1)
    wrote(database, KIM, "hej", 2)
    went(database, KIM, "svar 1", 3)
    last = went(database, KIM, "svar 2", 4)
    assert look(database).newest == {GUNVOR.text: 0, KIM.text: last}


def test_times_follow_the_business_clock(database: Database) -> None:
    with database.writing() as session:
        clock.move(session, timedelta(days=14))
    went(database, DUTY, "larm", 0, author=None)
    seen = look(database, DUTY)
    assert seen.now == NOW + timedelta(days=14, minutes=5)
    assert seen.bubbles[0].at == NOW + timedelta(days=14)


def test_a_long_history_shows_its_end(database: Database) -> None:
    for second in range(LONGEST + 5):
        wrote(database, GUNVOR, str(second), second)
    assert texts(look(database)) == [str(second) for second in range(5, LONGEST + 5)]
