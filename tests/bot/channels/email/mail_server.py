"""A real SMTP server on loopback that keeps what it takes, and answers as a test tells it to."""

from __future__ import annotations

import email
import socket
import ssl
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

CERTIFICATE = Path(__file__).parent / "loopback.pem"
USER, PASSWORD = "lotsen", "a password of the tests"


class MailServer:
    """`answers` gives, by command (MAIL, RCPT, DATA), the line to answer instead of taking it; `hangs_up` after DATA."""

    def __init__(self, encryption: str = "starttls", asks_password: bool = True) -> None:
        self.taken: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.signed_in: list[str] = []
        self.encrypted: list[bool] = []
        self.answers: dict[str, str] = {}
        self.hangs_up = False
        self._asks = asks_password
        options: dict[str, Any] = {"authenticator": self._authenticate, "auth_required": asks_password}
        if encryption == "none":
            options["auth_require_tls"] = False
        elif encryption == "starttls":
            options |= {"tls_context": _server_context(), "require_starttls": True}
        else:
            options["auth_require_tls"] = (
                False  # the whole connection is encrypted, which the server's own check does not see
            )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        context = _server_context() if encryption == "implicit" else None
        scheme = "smtps" if encryption == "implicit" else "smtp"
        self.url = f"{scheme}://{USER + '@' if asks_password else ''}127.0.0.1:{self.port}"
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, ssl_context=context, **options)
        self._controller.start()

    def close(self) -> None:
        self._controller.stop()

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        if good:
            self.signed_in.append(mechanism)
        return AuthResult(success=good, handled=good)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.answers.get("MAIL"):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.answers.get("RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if answer := self.answers.get("DATA"):
            return answer
        assert isinstance(envelope.content, bytes)
        message = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        self.recipients += envelope.rcpt_tos
        self.encrypted.append(session.ssl is not None)
        if self.hangs_up:
            assert server.transport
            server.transport.close()
        return "250 Taken"


def trusting() -> ssl.SSLContext:
    """A client's context that knows the certificate of the tests."""
    return ssl.create_default_context(cafile=str(CERTIFICATE))


def silent_port() -> tuple[socket.socket, int]:
    """A listener that takes connections and never says a word."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener, listener.getsockname()[1]


def _server_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


__all__ = ["PASSWORD", "USER", "MailServer", "silent_port", "trusting"]
