"""Sends e-mail by SMTP (RFC 5321), with Python's own client: one connection for each message, since there are few.

A mail server cannot be asked whether it took a message, so it is at least once: when the answer to a message is lost it is sent again, under the same
Message-ID, by which mail programs may know that it is the same.
"""

from __future__ import annotations

import hashlib
import smtplib
import ssl
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from urllib.parse import unquote, urlsplit

from bot.services.ports import Refused, SendResult, Sent, TryLater
from bot.store.outbox import Outgoing

TIMEOUT_S = 10.0
"""For each answer of the server."""
IN_ALL_S = 30.0
"""For the whole of it, but for the last answer, so that it ends before the lease does (bot/services/deliver_outbox.py)."""
_OURS_PAUSE = timedelta(minutes=1)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_NAME = "Lotsen"


class SmtpSender:
    """The way out by e-mail.

    `url` is smtps://user@host:465, which is encrypted from the first byte, or smtp://user@host:587, which is encrypted by STARTTLS before anything is said;
    without encryption only on this machine. `context` is for certificates that are not the system's.
    """

    channel = "email"

    def __init__(self, url: str, password: str | None, sender: str, context: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or ""
        self._implicit = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._implicit else 587)
        self._user, self._password = unquote(parts.username or ""), password or ""
        self._sender = sender
        self._context = context or ssl.create_default_context()

    def send(self, outgoing: Outgoing) -> SendResult:
        """Hands one message to the mail server."""
        until = time.monotonic() + IN_ALL_S
        message = self.letter(outgoing, datetime.now(UTC))
        server: smtplib.SMTP | None = None
        try:
            server = self._connected(until)
            result = self._hand_over(server, outgoing, message, until)
        except _NotSecure as error:
            result = TryLater(str(error), after=_OURS_PAUSE)
        except smtplib.SMTPAuthenticationError as error:
            result = TryLater(f"the mail server refuses the account ({error.smtp_code})", after=_OURS_PAUSE)
        except ssl.SSLCertVerificationError:
            result = TryLater("the mail server's certificate is not trusted", after=_OURS_PAUSE)
        except smtplib.SMTPResponseException as error:
            result = _later(error.smtp_code)
        except (smtplib.SMTPException, OSError) as error:
            result = TryLater(f"the mail server cannot be reached ({type(error).__name__})")
        if server is not None:
            with suppress(smtplib.SMTPException, OSError):  # what came of the message is known already
                server.quit()
            server.close()
        return result

    def candidates(self, outgoing: Outgoing) -> tuple[str, ...]:
        """There is no look-up."""
        return ()

    def letter(self, outgoing: Outgoing, now: datetime) -> EmailMessage:
        """The message as it is sent: the first line of the text is the subject."""
        subject, _, body = outgoing.text.partition("\n")
        message = EmailMessage()
        message["From"] = formataddr((_NAME, self._sender))
        message["To"] = outgoing.address
        message["Subject"] = subject.strip()
        message["Date"] = format_datetime(now)
        message["Message-ID"] = self.message_id(outgoing)
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no away messages in answer
        message.set_content((body.strip() or subject.strip()) + "\n", cte="quoted-printable")
        return message

    def message_id(self, outgoing: Outgoing) -> str:
        """The same each time the message is tried, and another for every message."""
        own = hashlib.sha256(f"{outgoing.address}\n{outgoing.text}".encode()).hexdigest()[:12]
        return f"<lotsen.{outgoing.id}.{own}@{self._sender.rpartition('@')[2]}>"

    def _connected(self, until: float) -> smtplib.SMTP:
        if self._implicit:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=TIMEOUT_S, context=self._context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT_S)
        try:
            _hurry(server, until)
            server.ehlo_or_helo_if_needed()
            if not self._implicit:
                self._encrypt(server, until)
            if self._user:
                _hurry(server, until)
                server.login(self._user, self._password)
        except Exception:
            server.close()
            raise
        return server

    def _encrypt(self, server: smtplib.SMTP, until: float) -> None:
        if server.has_extn("starttls"):
            _hurry(server, until)
            server.starttls(context=self._context)
            server.ehlo()
        elif self._host not in _LOOPBACK:
            raise _NotSecure("the mail server offers no encryption")

    def _hand_over(self, server: smtplib.SMTP, outgoing: Outgoing, message: EmailMessage, until: float) -> SendResult:
        _hurry(server, until)
        code, _ = server.mail(self._sender)
        if code != 250:
            return _later(code)
        _hurry(server, until)
        code, _ = server.rcpt(outgoing.address)
        if code not in (250, 251):
            return Refused(f"{code} from the mail server", unreachable=True) if code >= 500 else _later(code)
        _hurry(server, until)
        try:
            code, _ = server.data(message.as_bytes(policy=SMTP))
        except smtplib.SMTPDataError as error:
            code = error.smtp_code
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            return TryLater(f"no answer from the mail server ({type(error).__name__})", doubtful=True)
        if code == 250:
            return Sent(self.message_id(outgoing)[1:-1][:64])
        return Refused(f"{code} from the mail server") if code >= 500 else _later(code)


class _NotSecure(Exception):
    """Passwords and addresses would be readable on the way."""


def _later(code: int) -> TryLater:
    """4xx passes by itself; 5xx before any recipient was named is a fault of ours or the server's, which an operator mends."""
    return TryLater(f"the mail server answers {code}", after=_OURS_PAUSE if code >= 500 else None)


def _hurry(server: smtplib.SMTP, until: float) -> None:
    """The next answer must come within its time, and before all of it takes too long. Raises TimeoutError."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("the mail server is too slow")
    if server.sock is not None:
        server.sock.settimeout(min(TIMEOUT_S, left))
