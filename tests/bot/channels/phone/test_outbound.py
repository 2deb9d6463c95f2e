from datetime import timedelta
from typing import Literal

import pytest
from sqlalchemy import select

from bot.channels.phone.outbound import PhoneSender
from bot.services.ports import Sender, Sent
from bot.store import outbox
from bot.store.outbox import Outgoing
from bot.store.tables import OutboxRow
from tests.bot.channels.phone.stand import Phone, real_time

OUTGOING = Outgoing(17, "+46701740605", "sms", "+46701740690", "Hej", (), 1, False, None)


@pytest.mark.parametrize("channel", ["sms", "telegram"])
def test_every_message_is_taken_under_the_outbox_s_own_id(channel: Literal["sms", "telegram"]) -> None:
    sender: Sender = PhoneSender(channel)
    assert sender.channel == channel
    assert sender.send(OUTGOING) == Sent("PH17")


def test_a_doubtful_message_is_found_again_under_the_same_id() -> None:
    sender = PhoneSender("sms")
    assert sender.candidates(OUTGOING) == ("PH17",)


def test_a_message_that_a_killed_sender_had_is_on_the_screen_once(phone: Phone) -> None:
    phone.put_out("+46701740605", "Hej")
    sender = PhoneSender("sms")
    with phone.database.writing() as session:
        assert outbox.claim(session, "sms", "killed", real_time(), timedelta(seconds=30), 0)
    later = real_time() + timedelta(minutes=1)
    with phone.database.writing() as session:
        doubtful = outbox.claim(session, "sms", "next", later, timedelta(seconds=30), 0)
        assert doubtful is not None
        assert doubtful.doubtful
        (found,) = sender.candidates(doubtful)
        assert outbox.known_provider_ids(session, [found]) == set()
        outbox.sent(session, doubtful.id, found, later)
    with phone.database.reading() as session:
        rows = session.scalars(select(OutboxRow)).all()
    assert [(row.status, row.provider_id) for row in rows] == [("sent", f"PH{rows[0].id}")]
    bubbles = phone.client().get("/phone/messages", params={"address": "+46701740605"}).json()["bubbles"]
    assert [bubble["text"] for bubble in bubbles] == ["Hej"]
