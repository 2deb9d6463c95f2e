"""What every sender promises, the real ones and their stand-ins alike (bot/services/ports.py, Sender)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from telegram import Bot

from benchmarks.carrier import ACCOUNT, Carrier
from bot.channels.email.outbound import SmtpSender
from bot.channels.phone.outbound import PhoneSender
from bot.channels.telegram.outbound import TelegramSender
from bot.channels.telegram.webhook import make_bot
from bot.channels.twilio_sms.outbound import TwilioSender
from bot.services.ports import LookUpAway, Sender, Sent, TryLater
from bot.store.outbox import Outgoing
from tests.bot.channels.answering import free_port
from tests.bot.channels.email.mail_server import MailServer
from tests.bot.channels.telegram.bot_api import TOKEN, BotApi
from tests.stand_ins import OUR_NUMBER, CarrierStandIn

KINDS = ("twilio", "telegram", "email", "phone sms", "phone telegram", "stand-in")
NETWORKED = ("twilio", "telegram", "email")
LOOKED_UP = {"twilio": True, "telegram": False, "email": False, "phone sms": True, "phone telegram": True}


@dataclass
class Case:
    """A sender, and what has arrived at the other end."""

    kind: str
    sender: Sender
    arrived: Callable[[], list[str]]


class Makes:
    """Makes senders and clears up after them."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.ends: list[Callable[[], object]] = []

    def make(self, kind: str, reachable: bool = True) -> Case:
        away = f"http://127.0.0.1:{free_port()}"
        if kind == "twilio":
            carrier = Carrier()
            self.ends.append(carrier.close)
            sender = TwilioSender(
                ACCOUNT, "x", carrier.url if reachable else away, "http://127.0.0.1/twilio/status", OUR_NUMBER
            )
            return Case(kind, sender, lambda: [taken.body for taken in carrier.taken])
        if kind == "telegram":
            api = BotApi()
            bot = make_bot(TOKEN, api.url if reachable else away)
            self.ends += [lambda: self._shut(bot), api.close]
            return Case(
                kind, TelegramSender(bot, self.loop), lambda: [call["text"] for call in api.calls("sendMessage")]
            )
        if kind == "email":
            server = MailServer("none", asks_password=False)
            self.ends.append(server.close)
            url = server.url if reachable else f"smtp://127.0.0.1:{free_port()}"
            return Case(
                kind,
                SmtpSender(url, None, "lotsen@kommunen.example"),
                lambda: [letter["Subject"] for letter in server.taken],
            )
        if kind == "stand-in":
            stand_in = CarrierStandIn()
            return Case(kind, stand_in, lambda: stand_in.texts)
        shown: list[str] = []
        return Case(kind, PhoneSender("sms" if kind.endswith("sms") else "telegram"), lambda: shown)

    def _shut(self, bot: Bot) -> None:
        for request in bot._request:
            asyncio.run_coroutine_threadsafe(request.shutdown(), self.loop).result(5)

    def close(self) -> None:
        for end in self.ends:
            end()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)
        self.loop.close()


@pytest.fixture
def makes() -> Iterator[Makes]:
    made = Makes()
    yield made
    made.close()


def message(sender: Sender, number: int = 1, text: str = "Hej å ö 👵", doubtful: bool = False) -> Outgoing:
    by_channel = {"telegram": ("tg:815", "bot:4711"), "email": ("jour@kommunen.example", "")}
    address, ours = by_channel.get(sender.channel, ("+46701740605", OUR_NUMBER))
    return Outgoing(number, address, sender.channel, ours, text, (("Klart", "KLART"),), 1, doubtful, datetime.now(UTC))


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_arrives_as_it_was_and_has_an_id_of_its_own(makes: Makes, kind: str) -> None:
    case = makes.make(kind)
    results = [case.sender.send(message(case.sender, number, f"text {number} å 👵")) for number in (1, 2)]
    ids = [result.provider_id for result in results if isinstance(result, Sent)]
    assert len(set(ids)) == 2 and all(0 < len(provider_id) <= 64 for provider_id in ids)
    if not kind.startswith("phone"):  # its page reads the outbox itself
        assert case.arrived() == ["text 1 å 👵", "text 2 å 👵"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_channel_is_one_that_addresses_have_or_staffs_own(makes: Makes, kind: str) -> None:
    expected = "email" if kind == "email" else "telegram" if kind.endswith("telegram") else "sms"
    assert makes.make(kind).sender.channel == expected


@pytest.mark.parametrize("kind", NETWORKED)
def test_a_provider_that_is_away_is_a_result_and_no_exception(makes: Makes, kind: str) -> None:
    result = makes.make(kind, reachable=False).sender.send(message(makes.make(kind).sender))
    assert isinstance(result, TryLater) and not result.doubtful


@pytest.mark.parametrize("kind", LOOKED_UP)
def test_what_was_sent_is_found_by_a_channel_with_a_look_up(makes: Makes, kind: str) -> None:
    case = makes.make(kind)
    outgoing = message(case.sender)
    sent = case.sender.send(outgoing)
    assert isinstance(sent, Sent)
    assert (sent.provider_id in case.sender.candidates(outgoing)) is LOOKED_UP[kind]


@pytest.mark.parametrize("kind", ["twilio", "telegram", "stand-in"])
def test_what_was_never_sent_is_not_found(makes: Makes, kind: str) -> None:
    case = makes.make(kind)
    case.sender.send(message(case.sender, 1, "another text"))
    assert case.sender.candidates(message(case.sender, 2, doubtful=True)) == ()


def test_a_look_up_that_cannot_be_made_says_so(makes: Makes) -> None:
    sender = makes.make("twilio", reachable=False).sender
    with pytest.raises(LookUpAway):
        sender.candidates(message(sender))
    stand_in = CarrierStandIn()
    stand_in.look_up_away = True
    with pytest.raises(LookUpAway):
        stand_in.candidates(message(stand_in))
