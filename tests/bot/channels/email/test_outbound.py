"""E-mail over a real connection to a real SMTP server: encrypted, signed in, once if it can be, and told apart when it cannot."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.email import outbound
from bot.channels.email.outbound import SmtpSender
from bot.services.deliver_outbox import LEASE, Delivering, deliver_one
from bot.services.ports import Refused, Sent, TryLater
from bot.services.write_email import queue_email
from bot.store.database import Database
from bot.store.outbox import Outgoing
from bot.store.tables import OutboxRow
from tests.bot.channels.answering import free_port
from tests.bot.channels.email.mail_server import PASSWORD, MailServer, silent_port, trusting
from tests.stand_ins import MONDAY, WORLD, SettableClock

pytestmark = pytest.mark.filterwarnings(
    "ignore:Requiring AUTH while not:UserWarning"
)  # the server of the tests says so of an encrypted connection
FROM = "lotsen@kommunen.example"
TO = "jour@kommunen.example"
TEXT = "Ärende 12 i Lotsen är akut\n\nÄrende 12 är akut och väntar.\n.\nhttps://lotsen.example/console/cases/12"


@pytest.fixture
def server_of() -> Iterator[Callable[..., MailServer]]:
    running: list[MailServer] = []

    def make(encryption: str = "starttls", asks_password: bool = True) -> MailServer:
        running.append(MailServer(encryption, asks_password))
        return running[-1]

    yield make
    for server in running:
        server.close()


def _sender(server: MailServer, password: str | None = PASSWORD, context: ssl.SSLContext | None = None) -> SmtpSender:
    return SmtpSender(server.url, password, FROM, context or trusting())


def _outgoing(number: int = 12, text: str = TEXT, to: str = TO) -> Outgoing:
    return Outgoing(number, to, "email", "", text, (), 1, False, datetime.now(UTC))


def test_a_letter_as_a_mail_program_shows_it(server_of: Callable[..., MailServer]) -> None:
    server = server_of()
    assert isinstance(_sender(server).send(_outgoing()), Sent)
    (letter,) = server.taken
    assert (letter["Subject"], letter["From"], letter["To"]) == ("Ärende 12 i Lotsen är akut", f"Lotsen <{FROM}>", TO)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert abs(letter["Date"].datetime - datetime.now(UTC)) < timedelta(minutes=1)
    assert (
        letter.get_content().replace("\r\n", "\n")
        == "Ärende 12 är akut och väntar.\n.\nhttps://lotsen.example/console/cases/12\n"
    )
    assert server.recipients == [TO]


@pytest.mark.parametrize("encryption", ["starttls", "implicit"])
def test_it_is_encrypted_and_signed_in(server_of: Callable[..., MailServer], encryption: str) -> None:
    server = server_of(encryption)
    assert isinstance(_sender(server).send(_outgoing()), Sent)
    assert len(server.signed_in) == 1
    assert server.encrypted == [True] or encryption == "implicit"


def test_on_this_machine_a_relay_needs_neither_password_nor_encryption(server_of: Callable[..., MailServer]) -> None:
    server = server_of("none", asks_password=False)
    assert isinstance(_sender(server, None).send(_outgoing()), Sent)
    assert server.signed_in == []


def test_elsewhere_nothing_is_said_without_encryption(
    server_of: Callable[..., MailServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = server_of("none")
    monkeypatch.setattr(outbound, "_LOOPBACK", ())
    result = _sender(server).send(_outgoing())
    assert isinstance(result, TryLater)
    assert "no encryption" in result.error
    assert (server.signed_in, server.taken) == ([], [])


def test_a_certificate_that_is_not_trusted_gets_no_password(server_of: Callable[..., MailServer]) -> None:
    for encryption in ("starttls", "implicit"):
        server = server_of(encryption)
        result = _sender(server, context=ssl.create_default_context()).send(_outgoing())
        assert isinstance(result, TryLater)
        assert "not trusted" in result.error
        assert server.signed_in == []


def test_a_wrong_password_is_ours_to_mend_and_is_not_told(server_of: Callable[..., MailServer]) -> None:
    result = _sender(server_of(), "wrong and secret").send(_outgoing())
    assert isinstance(result, TryLater)
    assert result.after == timedelta(minutes=1)
    assert not result.doubtful
    assert "535" in result.error
    assert "secret" not in result.error


def test_the_message_id_is_the_same_at_each_attempt_and_of_each_message_another(
    server_of: Callable[..., MailServer],
) -> None:
    server = server_of()
    sender = _sender(server)
    for outgoing in (
        _outgoing(),
        _outgoing(),
        _outgoing(13),
        _outgoing(text="Annat\nText"),
        _outgoing(to="chef@kommunen.example"),
    ):
        assert isinstance(sender.send(outgoing), Sent)
    ids = [letter["Message-ID"] for letter in server.taken]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 4
    assert all(one.endswith("@kommunen.example>") for one in ids)


@pytest.mark.parametrize(
    ("command", "answer", "result"),
    [
        ("RCPT", "550 5.1.1 No such user", Refused("550 from the mail server", unreachable=True)),
        ("RCPT", "450 4.2.0 Greylisted", TryLater("the mail server answers 450")),
        ("RCPT", "452 4.2.2 Mailbox full", TryLater("the mail server answers 452")),
        ("MAIL", "550 5.7.1 Not your address", TryLater("the mail server answers 550", after=timedelta(minutes=1))),
        ("MAIL", "451 4.3.0 Try later", TryLater("the mail server answers 451")),
        ("DATA", "554 5.7.1 Looks like spam", Refused("554 from the mail server")),
        ("DATA", "451 4.3.0 Try later", TryLater("the mail server answers 451")),
    ],
)
def test_what_the_server_answers(
    server_of: Callable[..., MailServer], command: str, answer: str, result: Refused | TryLater
) -> None:
    server = server_of()
    server.answers[command] = answer
    assert _sender(server).send(_outgoing()) == result
    assert server.taken == []


def test_a_lost_answer_is_doubtful_and_an_answer_that_came_is_kept(server_of: Callable[..., MailServer]) -> None:
    server = server_of()
    server.hangs_up = True
    result = _sender(server).send(_outgoing())
    assert isinstance(result, TryLater)
    assert result.doubtful
    assert len(server.taken) == 1


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_server_that_is_away_or_says_nothing_is_tried_later(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setattr(outbound, "TIMEOUT_S", 0.3)
    listener, silent = silent_port()
    with listener:
        for port in (free_port(), silent):
            began = time.monotonic()
            result = SmtpSender(f"{scheme}://127.0.0.1:{port}", None, FROM).send(_outgoing())
            assert isinstance(result, TryLater)
            assert not result.doubtful
            assert time.monotonic() - began < 5


def test_a_slow_server_is_left_before_the_lease_ends(
    server_of: Callable[..., MailServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LEASE.total_seconds() > outbound.IN_ALL_S + outbound.TIMEOUT_S
    monkeypatch.setattr(outbound, "IN_ALL_S", 0.0)
    server = server_of()
    result = _sender(server).send(_outgoing())
    assert result == TryLater("the mail server cannot be reached (TimeoutError)")
    assert server.taken == []


def test_a_header_cannot_be_smuggled_in(server_of: Callable[..., MailServer]) -> None:
    server = server_of()
    assert isinstance(_sender(server).send(_outgoing(text="Rubrik\r\nBcc: x@example.org\nText")), Sent)
    (letter,) = server.taken
    assert letter["Bcc"] is None
    assert server.recipients == [TO]


def test_out_of_the_outbox_and_into_the_letter_box(database: Database, server_of: Callable[..., MailServer]) -> None:
    server, clock = server_of(), SettableClock()
    with database.writing() as session:
        queue_email(session, TO, TEXT, MONDAY)
        queue_email(session, "nobody@kommunen.example", TEXT, MONDAY)
    delivering = Delivering(database, _sender(server), clock, "me", 0, WORLD)
    assert deliver_one(delivering)
    server.answers["RCPT"] = "550 No such user"
    assert deliver_one(delivering)
    assert not deliver_one(delivering)
    with database.reading() as session:
        first, second = (session.get_one(OutboxRow, i) for i in (1, 2))
    assert (first.status, second.status, second.error) == ("sent", "failed", "550 from the mail server")
    assert f"<{first.provider_id}>" == server.taken[0]["Message-ID"]
