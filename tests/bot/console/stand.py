"""A console to try: accounts, cases with a conversation, somebody at a desk, somebody at a browser."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import threading
from dataclasses import dataclass, field, replace
from datetime import timedelta

import httpx
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.console import routes
from bot.console.site import SESSION_COOKIE
from bot.console.trust import form_token
from bot.domain.address import Address
from bot.domain.case import Reason, Urgency
from bot.engine.flow import Bilingual
from bot.engine.world import World
from bot.services.work_cases import CaseDesk
from bot.store import cases, conversations, users
from bot.store.database import Database
from bot.store.tables import AuditRow, CaseRow, MessageRow, OutboxRow, UserRow
from tests.groups import PLACES
from tests.stand_ins import SVEA, WORLD, CountedWakeup, SettableClock

SECRET_KEY = b"a key for tests only"
SWISH = replace(WORLD.flows["swish"], title=Bilingual("Skaffa och använda Swish", "Get and use Swish"))
CONSOLE_WORLD = replace(WORLD, flows={**WORLD.flows, "swish": SWISH}, places=PLACES)


@dataclass
class Stand:
    """The console, and what stands behind it."""

    database: Database
    clock: SettableClock = field(default_factory=SettableClock)
    wakeup: CountedWakeup = field(default_factory=CountedWakeup)
    closing: threading.Event = field(default_factory=threading.Event)
    secure: bool = False
    rasa_away: bool = False
    require_codes: bool = False
    world: World = CONSOLE_WORLD
    sessions: dict[int, str] = field(default_factory=dict)

    def app(self) -> FastAPI:
        app = FastAPI()
        app.mount("/console/static", StaticFiles(directory=routes.STATIC))
        desk = CaseDesk(self.database, self.world, self.clock, self.wakeup)
        console = routes.make_console(
            desk,
            self.database,
            lambda: self.world,
            self.clock,
            SECRET_KEY,
            self.secure,
            self.closing,
            rasa_away=lambda: self.rasa_away,
            require_codes=self.require_codes,
        )
        app.include_router(console)
        return app

    def account(self, name: str = "Karin", role: str = "handledare", municipality: str | None = None) -> UserRow:
        """Somebody who can sign in, signed in."""
        with self.database.writing() as session:
            email = f"{name}{len(self.sessions)}@bibliotek.example"
            user = users.add(session, email, name, role, "no password", self.clock(), municipality)
            token = secrets.token_urlsafe(8)
            hashed = hashlib.sha256(token.encode()).hexdigest()
            users.open_session(session, hashed, user.id, self.clock(), timedelta(hours=12))
        self.sessions[user.id] = token
        return user

    def case(
        self,
        address: str = SVEA,
        said: tuple[tuple[str, str], ...] = (("resident", "swish säger fel"), ("bot", "En människa svarar dig.")),
        urgency: Urgency = Urgency.NORMAL,
        reason: Reason = Reason.STUCK,
        municipality: str | None = "kalmar",
        topic: str | None = "swish",
        summary: str = 'Behov: Swish. Bank: Swedbank. Skrev: "swish säger fel"',
        waited: int = 10,
        channel: str = "sms",
    ) -> int:
        """A case that has waited so many minutes, with the conversation before it."""
        opened = self.clock() - timedelta(minutes=waited)
        with self.database.writing() as session:
            row, conversation = conversations.begin(session, Address(address), municipality, None, opened)
            for i, (author, text) in enumerate(said):
                at = opened - timedelta(minutes=len(said) - i)
                direction = "in" if author == "resident" else "out"
                message = MessageRow(
                    conversation_id=conversation.id,
                    at=at,
                    direction=direction,
                    author=author,
                    channel=channel,
                    text=text,
                )
                session.add(message)
                session.flush()
                if direction == "out":
                    self._sent(session, conversation.id, message, address, channel)
            new = cases.NewCase(
                conversation.id, row.text, channel, "sv", municipality, None, "team", reason, urgency, topic, summary
            )
            case, _ = cases.open_or_add(session, new, opened)
            return case.id

    def says(self, case_id: int, text: str, author: str = "resident") -> None:
        """One more message in the conversation of a case."""
        with self.database.writing() as session:
            case = session.get_one(CaseRow, case_id)
            session.add(
                MessageRow(
                    conversation_id=case.conversation_id,
                    at=self.clock(),
                    direction="in",
                    author=author,
                    channel=case.channel,
                    text=text,
                )
            )
            case.version += 1

    def sent(self, case_id: int) -> list[str]:
        """What handledare have written to the resident of a case."""
        with self.database.reading() as session:
            case = session.get_one(CaseRow, case_id)
            wanted = select(MessageRow.text).where(
                MessageRow.conversation_id == case.conversation_id, MessageRow.author == "handledare"
            )
            return list(session.scalars(wanted.order_by(MessageRow.id)))

    def row(self, case_id: int) -> CaseRow:
        with self.database.reading() as session:
            return session.get_one(CaseRow, case_id)

    def acts(self, case_id: int) -> list[str]:
        """What the audit log says was done with a case."""
        with self.database.reading() as session:
            return list(session.scalars(select(AuditRow.act).where(AuditRow.case_id == case_id).order_by(AuditRow.id)))

    @staticmethod
    def _sent(session: Session, conversation_id: int, message: MessageRow, address: str, channel: str) -> None:
        session.add(
            OutboxRow(
                conversation_id=conversation_id,
                message_id=message.id,
                address=address,
                channel=channel,
                sender="",
                text=message.text,
                buttons=[],
                priority=10,
                status="delivered",
                queued_at=message.at,
                next_attempt_at=message.at,
            )
        )


class InProcess(httpx.BaseTransport):
    """Hands requests to an application without a server, one at a time."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return asyncio.run(self._handle(request))

    async def _handle(self, request: httpx.Request) -> httpx.Response:
        response = await httpx.ASGITransport(self._app, client=("127.0.0.1", 4711)).handle_async_request(request)
        return httpx.Response(response.status_code, headers=response.headers, content=await response.aread())


def browser_of(app: FastAPI) -> httpx.Client:
    """A browser without scripts that nobody has signed in with."""
    return httpx.Client(transport=InProcess(app), base_url="http://lotsen.example")


@dataclass
class Desk:
    """One signed-in person at a browser without scripts."""

    stand: Stand
    user: UserRow
    client: httpx.Client

    @property
    def form(self) -> str:
        return form_token(SECRET_KEY, self.stand.sessions[self.user.id])

    def get(self, path: str) -> httpx.Response:
        return self.client.get(path)

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: object) -> httpx.Response:
        """Sends a form as a page of ours would."""
        return self.client.post(path, data={"form": self.form, **fields}, headers=headers)

    def act(self, case_id: int, what: str, **fields: object) -> httpx.Response:
        return self.post(f"/console/cases/{case_id}/{what}", **fields)


@dataclass
class Window:
    """Opens pages for somebody who is signed in."""

    browser: Browser
    server: str
    stand: Stand
    opened: list[BrowserContext] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(self, user: UserRow | None, path: str = "/console", **options: object) -> Page:
        """A page in a context of its own; what a script complains of ends up in `faults`."""
        context = self.browser.new_context(base_url=self.server, **options)  # type: ignore[arg-type]
        self.opened.append(context)
        if user is not None:
            token = self.stand.sessions[user.id]
            context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": self.server + "/console"}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda line: self.faults.append(line.text) if line.type == "error" else None)
        page.goto(path)
        return page
