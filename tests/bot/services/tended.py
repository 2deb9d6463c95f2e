"""Cases that wait, who is told of them, and the round that tends them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.domain.address import Address
from bot.domain.case import Reason, Urgency
from bot.domain.duty import DutyPerson
from bot.domain.opening_hours import STOCKHOLM
from bot.domain.waiting import Alerts
from bot.services.tend_cases import tend_cases
from bot.services.tending import Tending
from bot.services.work_cases import CaseDesk
from bot.store import cases, conversations, users
from bot.store.database import Database
from bot.store.tables import CaseNoteRow, CaseRow, OutboxRow, UserRow
from tests.stand_ins import DUTY_PHONE, MONDAY, ORGANISATION, SVEA, WORLD, Post

CHEF = "+46701740698"
LIST = (DutyPerson("first", DUTY_PHONE), DutyPerson("later", CHEF, after=timedelta(minutes=15)))
KALMAR, VARA = ORGANISATION.municipalities
KALMAR = replace(KALMAR, units=(replace(KALMAR.units[0], team=replace(KALMAR.units[0].team, duty_list=LIST)),))
TENDED = replace(
    ORGANISATION,
    municipalities=(KALMAR, VARA),
    alerts=Alerts(timedelta(minutes=10), 3),
    writes_email=True,
    console="https://l.example/console",
)


def tended_post(database: Database) -> Post:
    """Kalmar with a list of those on duty, and letters to the samordnare."""
    return Post(database, world=replace(WORLD, organisation=TENDED))


def tend(post: Post) -> int:
    """One round of tending."""
    return tend_cases(Tending(post.database, lambda: post.world, post.clock, post.wakeup))


def open_case(
    post: Post,
    urgency: Urgency = Urgency.NORMAL,
    address: str | None = SVEA,
    municipality: str | None = "kalmar",
    unit: str | None = "library",
) -> int:
    """A case that somebody waits in."""
    with post.database.writing() as session:
        conversation = None
        if address:
            _, row = conversations.begin(session, Address(address), municipality, unit, post.clock())
            conversation = row.id
        new = cases.NewCase(
            conversation,
            address,
            "sms",
            "sv",
            municipality,
            unit,
            "kalmar",
            Reason.ASKED,
            urgency,
            None,
            "Skrev: hemligt",
        )
        return cases.open_or_add(session, new, post.clock())[0].id


def account(
    post: Post,
    name: str = "Anna",
    role: str = "handledare",
    municipality: str | None = "kalmar",
    unit: str | None = None,
    **more: object,
) -> UserRow:
    """Somebody who was seen just now."""
    with post.database.writing() as session:
        user = users.add(session, f"{name}@kalmar.example".casefold(), name, role, "hash", MONDAY, municipality, unit)
        user.seen_at = post.clock()
        for key, value in more.items():
            setattr(user, key, value)
        return user


def row_of(post: Post, case_id: int = 1) -> CaseRow:
    """The case as it is kept."""
    with post.database.reading() as session:
        return session.get_one(CaseRow, case_id)


def written_to(post: Post, channel: str = "email") -> list[str]:
    """The addresses that letters, or short messages, wait for or went to."""
    with post.database.reading() as session:
        return list(
            session.scalars(select(OutboxRow.address).where(OutboxRow.channel == channel).order_by(OutboxRow.id))
        )


def notes(post: Post, case_id: int = 1) -> list[str]:
    """What Lotsen noted in the case."""
    with post.database.reading() as session:
        return list(
            session.scalars(select(CaseNoteRow.text).where(CaseNoteRow.case_id == case_id).order_by(CaseNoteRow.id))
        )


def desk_of(post: Post) -> CaseDesk:
    """Where a handledare works."""
    return CaseDesk(post.database, post.world, post.clock, post.wakeup)


def at(post: Post, *when: int) -> None:
    """Sets the clock to a Swedish time."""
    post.clock.at = datetime(*when, tzinfo=STOCKHOLM).astimezone(UTC)  # type: ignore[arg-type, misc]
