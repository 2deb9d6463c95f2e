"""Sending by Twilio's own client against a server on loopback."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from benchmarks.carrier import ACCOUNT, Carrier
from bot.channels.twilio_sms import outbound
from bot.channels.twilio_sms.outbound import TwilioSender
from bot.domain.delivery import Delivery
from bot.services.deliver_outbox import Delivering, deliver_one
from bot.services.ports import LookUpAway, Refused, SendResult, Sent, TryLater
from bot.store import outbox
from bot.store.database import Database
from bot.store.outbox import Outgoing
from tests.bot.channels.answering import Answer, AnsweringServer, Told, free_port
from tests.stand_ins import MONDAY, OUR_NUMBER, SVEA, WORLD, Post, SettableClock

TOKEN = "hemlig-nyckel"
SERVICE = "MG" + "0" * 32
TEXT = "Hej! Tryck på Å, & skriv KLART + 1"
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


def resource(
    sid: str = "SM" + "a" * 32, body: str = TEXT, to: str = SVEA, created: datetime = MONDAY
) -> dict[str, Any]:
    """A Message resource, as far as it is read."""
    return {
        "sid": sid,
        "body": body,
        "to": to,
        "from": OUR_NUMBER,
        "status": "queued",
        "date_created": format_datetime(created.astimezone(UTC)),
    }


def fault(code: int | str | None, status: int) -> Answer:
    return Answer(
        status, {"code": code, "message": "Twilio says no to +46701740605", "more_info": "", "status": status}
    )


def listing(*resources: dict[str, Any]) -> Answer:
    return Answer(200, {"messages": list(resources), "page": 0, "page_size": 50, "next_page_uri": None, "uri": PATH})


def message(**more: Any) -> Outgoing:
    made = {"id": 17, "address": SVEA, "channel": "sms", "sender": OUR_NUMBER, "text": TEXT, "buttons": (("Klart", "KLART"),),
            "attempts": 1, "doubtful": False, "tried_at": MONDAY, **more}  # fmt: skip
    return Outgoing(**made)


def sender(url: str, number: str | None = OUR_NUMBER, service: str | None = None) -> TwilioSender:
    return TwilioSender(ACCOUNT, TOKEN, url, "https://lotsen.example.se/twilio/status", number, service)


@pytest.fixture
def told() -> Told:
    return Told(Answer(201, resource()))


@pytest.fixture
def twilio(told: Told) -> Iterator[AnsweringServer]:
    made = AnsweringServer(told)
    yield made
    made.close()


def test_a_message_is_handed_over_as_twilio_wants_it(twilio: AnsweringServer) -> None:
    assert sender(twilio.url).send(message()) == Sent("SM" + "a" * 32)
    (asked,) = twilio.asked
    assert (asked.method, asked.path) == ("POST", PATH)
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert base64.b64decode(asked.headers["Authorization"].removeprefix("Basic ")).decode() == f"{ACCOUNT}:{TOKEN}"
    callback = "https://lotsen.example.se/twilio/status?outbox=17"
    assert asked.form == {"To": SVEA, "From": OUR_NUMBER, "Body": TEXT, "StatusCallback": callback}


@pytest.mark.parametrize(
    ("sent_from", "number", "service", "field"),
    [
        ("+46701740691", OUR_NUMBER, None, ("From", "+46701740691")),  # the number that the person wrote to
        ("+46701740691", OUR_NUMBER, SERVICE, ("From", "+46701740691")),
        ("", OUR_NUMBER, None, ("From", OUR_NUMBER)),
        ("", None, SERVICE, ("MessagingServiceSid", SERVICE)),
        ("", OUR_NUMBER, SERVICE, ("MessagingServiceSid", SERVICE)),
    ],
)
def test_the_number_that_it_comes_from(
    twilio: AnsweringServer, sent_from: str, number: str | None, service: str | None, field: tuple[str, str]
) -> None:
    sender(twilio.url, number, service).send(message(sender=sent_from))
    form = twilio.asked[0].form
    assert {name: value for name, value in form.items() if name in ("From", "MessagingServiceSid")} == dict([field])


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (fault(21610, 400), Refused("21610", opted_out=True)),
        (fault(21211, 400), Refused("21211", unreachable=True)),
        (fault(21614, 400), Refused("21614", unreachable=True)),
        (fault(21635, 400), Refused("21635", unreachable=True)),
        (fault(21408, 403), Refused("21408", unreachable=True)),
        (fault(21612, 404), Refused("21612", unreachable=True)),
        (fault(21617, 400), Refused("21617")),
        (fault(21602, 400), Refused("21602")),
        (fault(None, 400), Refused("400")),
        (Answer(400, raw=b"<html>"), Refused("400")),
        (fault(20429, 429), TryLater("Twilio asks us to wait (429)")),
        (Answer(429, raw=b""), TryLater("Twilio asks us to wait (429)")),
        (fault(21611, 400), TryLater("Twilio's queue is full (21611)", after=timedelta(minutes=1))),
        (fault(20003, 401), TryLater("Twilio refuses the account (401, 20003)", after=timedelta(minutes=1))),
        (fault(20404, 404), TryLater("Twilio refuses the account (404, 20404)", after=timedelta(minutes=1))),
        (fault(21660, 400), TryLater("Twilio refuses the account (400, 21660)", after=timedelta(minutes=1))),
        (fault(21212, 400), TryLater("Twilio refuses the account (400, 21212)", after=timedelta(minutes=1))),
        (fault(20500, 500), TryLater("Twilio has a fault (500)", doubtful=True)),
        (fault("E_ODD", 503), TryLater("Twilio has a fault (503)", doubtful=True)),
        (Answer(502, raw=b"<html>Bad gateway</html>"), TryLater("Twilio has a fault (502)", doubtful=True)),
        (
            Answer(504, {"type": "about:blank", "title": "t", "status": 504, "code": 20504}),
            TryLater("Twilio has a fault (504)", doubtful=True),
        ),
        (Answer(400, {"type": "x", "title": "t", "status": 400, "code": 21211}), Refused("21211", unreachable=True)),
    ],
    ids=lambda value: f"{value.status}-{(value.data or {}).get('code')}" if isinstance(value, Answer) else "",
)
def test_what_twilio_answers_decides_what_is_done(
    twilio: AnsweringServer, told: Told, answer: Answer, result: SendResult
) -> None:
    told.then = answer
    assert sender(twilio.url).send(message()) == result
    assert len(twilio.asked) == 1, "it is the outbox that tries again, not the sender"


def test_no_number_stands_in_what_is_kept_of_an_error(twilio: AnsweringServer, told: Told) -> None:
    for status in (400, 401, 429, 500):
        told.then = fault(99999, status)
        assert SVEA not in repr(sender(twilio.url).send(message()))


@pytest.mark.parametrize(
    "answer",
    [
        Answer(201, raw=b"<html>"),
        Answer(201, raw=b""),
        Answer(200, []),
        Answer(201, {}),
        Answer(201, {"sid": None}),
        Answer(closes=True),
    ],
    ids=["html", "nothing", "list", "empty", "no-id", "closed"],
)
def test_an_answer_that_cannot_be_read_leaves_a_doubt(twilio: AnsweringServer, told: Told, answer: Answer) -> None:
    told.then = answer
    result = sender(twilio.url).send(message())
    assert isinstance(result, TryLater) and result.doubtful
    assert len(twilio.asked) == 1


def test_an_answer_that_takes_too_long_leaves_a_doubt(
    twilio: AnsweringServer, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbound, "TIMEOUT_S", 0.2)
    told.then = Answer(201, resource(), waits=1.0)
    result = sender(twilio.url).send(message())
    assert isinstance(result, TryLater) and result.doubtful
    assert len(twilio.asked) == 1


def test_a_refused_connection_is_no_doubt() -> None:
    result = sender(f"http://127.0.0.1:{free_port()}").send(message())
    assert isinstance(result, TryLater) and not result.doubtful


def test_a_name_that_does_not_exist_is_no_doubt() -> None:
    result = sender("http://no-such-host.invalid:1").send(message())
    assert isinstance(result, TryLater) and not result.doubtful


# look-up


def test_the_list_is_asked_for_by_number(twilio: AnsweringServer, told: Told) -> None:
    told.then = listing()
    assert sender(twilio.url).candidates(message()) == ()
    assert twilio.asked[0].path == PATH
    assert {name: twilio.asked[0].query.get(name) for name in ("To", "From", "PageSize")} == {
        "To": SVEA,
        "From": OUR_NUMBER,
        "PageSize": "50",
    }


def test_by_a_messaging_service_any_of_its_numbers_may_have_sent_it(twilio: AnsweringServer, told: Told) -> None:
    told.then = listing(resource("SM1"))
    assert sender(twilio.url, None, SERVICE).candidates(message(sender="")) == ("SM1",)
    assert "From" not in twilio.asked[0].query


def test_only_this_very_text_since_the_attempt_is_a_candidate_oldest_first(twilio: AnsweringServer, told: Told) -> None:
    told.then = listing(
        resource("SM4", created=MONDAY + timedelta(seconds=3)),
        resource("SM3", body=TEXT + "."),
        resource("SM2", created=MONDAY - timedelta(minutes=4)),
        resource("SM1", created=MONDAY - timedelta(minutes=6)),
    )
    assert sender(twilio.url).candidates(message()) == ("SM2", "SM4")


def test_a_message_whose_time_cannot_be_read_is_a_candidate(twilio: AnsweringServer, told: Told) -> None:
    told.then = listing({**resource("SM1"), "date_created": "nyss"}, {**resource("SM2"), "date_created": None})
    assert sender(twilio.url).candidates(message()) == ("SM2", "SM1")


@pytest.mark.parametrize(
    "answer",
    [
        fault(20500, 500),
        fault(20003, 401),
        Answer(200, raw=b"<html>"),
        Answer(200, []),
        Answer(200, {}),
        Answer(closes=True),
    ],
)
def test_a_list_that_cannot_be_read_is_told(twilio: AnsweringServer, told: Told, answer: Answer) -> None:
    told.then = answer
    with pytest.raises(LookUpAway):
        sender(twilio.url).candidates(message())


def test_a_list_that_cannot_be_reached_is_told() -> None:
    with pytest.raises(LookUpAway):
        sender(f"http://127.0.0.1:{free_port()}").candidates(message())


# through the outbox


class Line:
    """The outbox, the real sender and a carrier."""

    def __init__(self, database: Database, carrier: Carrier) -> None:
        self.clock = SettableClock(datetime.now(UTC))
        self.post = Post(database, clock=self.clock)
        self.delivering = Delivering(database, sender(carrier.url), self.clock, "test", 0, WORLD)

    def delivered(self) -> None:
        for _ in range(5):
            self.clock.pass_(seconds=3)
            while deliver_one(self.delivering):
                pass

    def rows(self) -> list[tuple[str, int, int, str | None]]:
        with self.post.database.reading() as session:
            return [(row.status, row.attempts, row.doubts, row.provider_id) for row in outbox.listed(session)]


@pytest.fixture
def carrier() -> Iterator[Carrier]:
    made = Carrier()
    yield made
    made.close()


def test_a_message_taken_without_an_answer_is_found_and_not_sent_again(database: Database, carrier: Carrier) -> None:
    carrier.vanishes = 1.0
    line = Line(database, carrier)
    line.post.says("meny")
    line.delivered()
    assert [(status, attempts, doubts) for status, attempts, doubts, _ in line.rows()] == [(Delivery.SENT, 1, 1)] * len(
        carrier.taken
    )
    assert [sid for _, _, _, sid in line.rows()] == [taken.sid for taken in carrier.taken]
    assert carrier.taken


def test_the_same_text_taken_twice_without_an_answer_is_two_messages(database: Database, carrier: Carrier) -> None:
    carrier.vanishes = 1.0
    line = Line(database, carrier)
    for _ in range(2):
        line.post.says("meny")
        line.delivered()
    ids = [sid for _, _, _, sid in line.rows()]
    assert ids == [taken.sid for taken in carrier.taken]
    assert len(set(ids)) == len(ids) >= 2
