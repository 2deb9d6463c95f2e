"""A phone over a real database, with a small machine that answers instead of the engine."""

from __future__ import annotations

import socket
import threading
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import uvicorn
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from sqlalchemy import select

from bot.channels.phone.outbound import PhoneSender
from bot.channels.phone.webhook import STATIC, make_phone
from bot.domain.address import Address
from bot.domain.delivery import Delivery
from bot.domain.duty import Municipality, Organisation, SendingNumber, Team, Unit
from bot.domain.sms_text import prepare
from bot.services.receive_message import Intake
from bot.store import conversations, outbox
from bot.store.database import Database
from bot.store.tables import AddressRow, ConversationRow, InboxRow, MessageRow, OutboxRow
from nlu.danger import DangerRules

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette 1.10 asks for httpx2, which the project does not use
    from fastapi.testclient import TestClient

HELP_NUMBER = "+46701740690"
KALMAR_NUMBER = "+46701740691"
BOTH = frozenset({"sms", "telegram"})

TEAM = Team("kc", "Kontaktcenter", ())
ORGANISATION = Organisation(
    name="E-hjälpen",
    municipalities=(Municipality("kalmar", "Kalmar", "0880", (Unit("kc", "Kontaktcenter", TEAM),)),),
    default_team=TEAM,
    numbers=(SendingNumber(HELP_NUMBER), SendingNumber(KALMAR_NUMBER, "kalmar")),
)

Says = list[tuple[str, tuple[tuple[str, str], ...]]]
"""What is answered: texts, each with its buttons (label, says)."""


class NoWakeup:
    """Nobody needs to be woken: the answering machine looks by itself."""

    def turns(self) -> None: ...

    def outbox(self) -> None: ...


def real_time() -> datetime:
    return datetime.now(UTC)


@dataclass
class Phone:
    """The phone under test and what it stands on."""

    database: Database
    channels: frozenset[str] = BOTH
    organisation: Organisation = ORGANISATION
    clock: Callable[[], datetime] = real_time
    app: FastAPI = field(init=False)

    def __post_init__(self) -> None:
        intake = Intake(self.database, self.organisation, DangerRules((), {}), NoWakeup(), timedelta(0))
        self.app = FastAPI()
        self.app.mount("/phone/static", StaticFiles(directory=STATIC))
        self.app.include_router(make_phone(intake, self.database, self.clock, self.channels, HELP_NUMBER))

    def client(self, client: str = "127.0.0.1", base_url: str = "http://127.0.0.1:8000") -> TestClient:
        return TestClient(self.app, base_url=base_url, client=(client, 50000))

    def messages(self) -> list[MessageRow]:
        with self.database.reading() as session:
            return list(session.scalars(select(MessageRow).order_by(MessageRow.id)))

    def put_out(
        self,
        address: str,
        text: str,
        buttons: tuple[tuple[str, str], ...] = (),
        author: str = "bot",
        status: str = "queued",
    ) -> int:
        """A message on its way to an address that has written before, or to one on duty; answers the outbox row's id."""
        channel = "telegram" if address.startswith("tg:") else "sms"
        with self.database.writing() as session:
            row = OutboxRow(
                address=address,
                channel=channel,
                sender=HELP_NUMBER,
                text=text,
                buttons=[{"label": label, "says": says} for label, says in buttons],
                segments=prepare(text).segments if channel == "sms" else 1,
                priority=10,
                status=status,
                queued_at=self.clock(),
                next_attempt_at=self.clock(),
            )
            found = conversations.of_address(session, Address(address))
            if found:
                message = MessageRow(
                    conversation_id=found[1].id,
                    at=self.clock(),
                    direction="out",
                    author=author,
                    channel=channel,
                    text=text,
                )
                session.add(message)
                session.flush()
                row.conversation_id, row.message_id = found[1].id, message.id
            session.add(row)
            session.flush()
            return row.id

    def deliver(self) -> int:
        """Hands everything queued to the phone's senders, as the real sender does; answers how many."""
        count = 0
        for channel in ("sms", "telegram"):
            sender = PhoneSender(channel)
            while True:
                with self.database.writing() as session:
                    claimed = outbox.claim(session, channel, "test", self.clock(), timedelta(seconds=30), 0)
                if claimed is None:
                    break
                result = sender.send(claimed)
                with self.database.writing() as session:
                    outbox.sent(session, claimed.id, result.provider_id, self.clock())
                count += 1
        return count


class AnsweringMachine:
    """Answers whatever comes in, as the turns and senders of the product do. `answers` maps a text in capitals to what is said."""

    def __init__(self, phone: Phone, answers: dict[str, Says]) -> None:
        self.phone = phone
        self.answers = answers
        self.paused = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> AnsweringMachine:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(5)

    def _run(self) -> None:
        while not self._stop.wait(0.05):
            if not self.paused.is_set() and self._has_work():
                self.turn()

    def _has_work(self) -> bool:
        """Looks without writing: who looks twenty times a second must not stand in the way of who writes."""
        with self.phone.database.reading() as session:
            came = session.scalar(select(InboxRow.message_id).where(InboxRow.handled_at.is_(None)).limit(1))
            return (
                came is not None
                or session.scalar(select(OutboxRow.id).where(OutboxRow.status == Delivery.QUEUED).limit(1)) is not None
            )

    def turn(self) -> None:
        with self.phone.database.writing() as session:
            waiting = session.execute(
                select(InboxRow, MessageRow, AddressRow.text)
                .join(MessageRow, MessageRow.id == InboxRow.message_id)
                .join(ConversationRow, ConversationRow.id == InboxRow.conversation_id)
                .join(AddressRow, AddressRow.person_id == ConversationRow.person_id)
                .where(InboxRow.handled_at.is_(None))
                .order_by(InboxRow.message_id)
            ).all()
            for row, _, _ in waiting:
                row.handled_at = self.phone.clock()
        for _, message, address in waiting:
            said = (
                self.answers.get(message.text.upper()) or self.answers.get(message.kind) or self.answers.get("*") or []
            )
            for text, buttons in said:
                self.phone.put_out(address, text, buttons)
        self.phone.deliver()


class Served:
    """The phone on a real port, that can be stopped and started again on the same one."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.port = _free_port()
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/phone"

    def start(self) -> None:
        config = uvicorn.Config(
            self.phone.app, host="127.0.0.1", port=self.port, log_level="warning", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        until = time.monotonic() + 10
        while not self._server.started:
            assert time.monotonic() < until, "the server did not start within 10 s"
            time.sleep(0.02)

    def stop(self) -> None:
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join(10)
            self._server = None


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
