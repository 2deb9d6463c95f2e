"""Order and pauses on Telegram, where a provider tells us to wait and a talk is read as one."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.address import Address
from bot.domain.delivery import Delivery
from bot.domain.events import Priority
from bot.services.deliver_outbox import Delivering, deliver_one
from bot.services.ports import Sent, TryLater
from bot.store import conversations, outbox
from bot.store.database import Database
from bot.store.tables import OutboxRow
from tests.stand_ins import MONDAY, WORLD, CarrierStandIn, SettableClock

GUNVOR, BERTIL, BOT = "tg:4711", "tg:4712", "bot:4711"


def queue(
    database: Database, text: str, to: str = GUNVOR, at: datetime = MONDAY, priority: Priority = Priority.ANSWER
) -> None:
    with database.writing() as session:
        found = conversations.of_address(session, Address(to))
        _, conversation = found or conversations.begin(session, Address(to), None, None, MONDAY)
        row = OutboxRow(
            conversation_id=conversation.id, address=to, channel="telegram", sender=BOT, text=text, buttons=[], segments=1,
            priority=priority, queued_at=at, next_attempt_at=at,
        )  # fmt: skip
        session.add(row)


def delivering(database: Database, carrier: CarrierStandIn, clock: SettableClock) -> Delivering:
    return Delivering(database, carrier, clock, "a", 0, WORLD)


def deliver_all(made: Delivering) -> None:
    while deliver_one(made):
        pass


def test_told_to_wait_the_whole_chat_waits_and_then_goes_on_in_order(database: Database) -> None:
    carrier, clock = CarrierStandIn("telegram"), SettableClock()
    carrier.will = [TryLater("Telegram asks us to wait", after=timedelta(minutes=5))]
    made = delivering(database, carrier, clock)
    queue(database, "one")
    deliver_all(made)
    clock.pass_(minutes=3)  # longer than a stuck message of another channel would hold the next
    queue(database, "two", at=clock())
    queue(database, "danger", at=clock(), priority=Priority.DANGER)
    queue(database, "to Bertil", BERTIL, at=clock())
    deliver_all(made)
    assert carrier.texts == ["one", "to Bertil"]
    clock.pass_(minutes=2)
    deliver_all(made)
    assert carrier.texts[2:] == ["danger", "one", "two"]


def test_told_to_wait_for_two_chats_at_once_everybody_waits(database: Database) -> None:
    carrier, clock = CarrierStandIn("telegram"), SettableClock()
    carrier.will = [TryLater("wait", after=timedelta(seconds=30)), TryLater("wait", after=timedelta(seconds=40))]
    made = delivering(database, carrier, clock)
    for number, who in enumerate((GUNVOR, BERTIL, "tg:4713")):
        queue(database, f"{number}", who)
    deliver_all(made)
    assert carrier.texts == ["0", "1"]
    clock.pass_(seconds=39)
    deliver_all(made)
    assert carrier.texts == ["0", "1"]
    clock.pass_(seconds=1)
    deliver_all(made)
    assert sorted(carrier.texts[2:]) == ["0", "1", "2"]


def test_a_later_message_never_overtakes_an_earlier_of_its_kind(database: Database) -> None:
    carrier, clock = CarrierStandIn("telegram"), SettableClock()
    carrier.will = [TryLater("no answer", doubtful=True)] * 9
    made = delivering(database, carrier, clock)
    queue(database, "one")
    queue(database, "two")
    for _ in range(9):
        deliver_all(made)
        clock.pass_(minutes=10)
    carrier.will = [Sent("TG1"), Sent("TG2")]
    deliver_all(made)
    assert set(carrier.texts[:-1]) == {"one"} and carrier.texts[-2:] == ["one", "two"]


def test_one_of_another_kind_goes_when_the_earlier_is_stuck(database: Database) -> None:
    clock = SettableClock()
    queue(database, "reminder", priority=Priority.REMINDER)
    with database.writing() as session:
        held = outbox.claim(session, "telegram", "a", clock(), timedelta(seconds=45), 0)
        assert held is not None
        outbox.put_off(session, held.id, "a", clock() + timedelta(hours=1), Delivery.QUEUED, "x")
    clock.pass_(minutes=3)
    queue(database, "answer", at=clock())
    with database.writing() as session:
        claimed = outbox.claim(session, "telegram", "a", clock(), timedelta(seconds=45), 0)
    assert claimed is not None and claimed.text == "answer"


def test_the_next_look_is_when_the_pause_ends_and_pauses_are_forgotten(database: Database) -> None:
    until = MONDAY + timedelta(minutes=5)
    queue(database, "one")
    with database.writing() as session:
        outbox.pause(session, GUNVOR, BOT, MONDAY, until)
        session.flush()
        assert outbox.next_attempt(session, "telegram") == until
        outbox.forget_pauses(session, until + timedelta(seconds=1))
        session.flush()
        assert outbox.next_attempt(session, "telegram") == MONDAY
