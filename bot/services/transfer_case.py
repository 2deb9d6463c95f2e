"""A case changes hands: to a colleague by name, or to another unit's queue. Whoever gets it gets what was noted, too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.attendance import is_away
from bot.domain.case import Status
from bot.domain.duty import Organisation
from bot.domain.handing_over import Home, needs_consent
from bot.domain.secrets import mask
from bot.engine.world import World
from bot.services.alert_duty import alert_duty
from bot.services.hold_case import change_status, hold_case, refuse_if_taken
from bot.services.ports import Clock, Wakeup
from bot.services.read_cases import CaseNotFound
from bot.services.viewer import sees_case, viewer
from bot.store import cases, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import CaseRow, UserRow

_MAY_RECEIVE = ("handledare", "samordnare", "admin")


class NoReceiver(Exception):
    """Whoever was chosen cannot get the case: away, gone, without leave to see it, or the unit that has it already."""


class NoConsent(Exception):
    """The person has not said yes to that another unit reads their case."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may get the case and is not away."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Queue:
    """A unit whose queue the case may go to; `needs_consent` when the person must have said yes to it."""

    municipality: str
    unit: str
    municipality_name: str
    name: str
    needs_consent: bool

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.municipality}/{self.unit}"


@dataclass(frozen=True, slots=True)
class Receivers:
    """Everybody a case may go to; the own municipality's units first."""

    colleagues: tuple[Colleague, ...]
    queues: tuple[Queue, ...]


class TransferDesk:
    """Every method is one transaction. Raises CaseNotFound, CaseTaken, CaseRefusal, DatabaseAway."""

    def __init__(self, database: Database, world: Callable[[], World], clock: Clock, wakeup: Wakeup) -> None:
        self._database = database
        self._world = world
        self._clock = clock
        self._wakeup = wakeup

    def receivers(self, user: UserRow, case_id: int) -> Receivers:
        """Who may get the case."""
        organisation = self._world().organisation
        with self._database.reading() as session:
            row = session.get(CaseRow, case_id)
            if row is None or not sees_case(viewer(user, organisation), row):
                raise CaseNotFound(f"user {user.id} finds no case {case_id}")
            now = business_time(session, self._clock())
            staff = session.scalars(select(UserRow).order_by(UserRow.name, UserRow.id)).all()
            colleagues = tuple(
                Colleague(one.id, one.name) for one in staff if _may_get(one, user, row, organisation, now)
            )
            return Receivers(colleagues, _queues(organisation, user, row))

    def to_colleague(self, case_id: int, user: UserRow, colleague_id: int, note: str = "") -> None:
        """Makes the case a colleague's. Raises NoReceiver."""
        organisation = self._world().organisation
        with self._database.writing() as session:
            row = hold_case(session, viewer(user, organisation), case_id)
            if row.claimed_by == colleague_id and row.status in (Status.CLAIMED, Status.ANSWERED):
                return  # pressed twice
            refuse_if_taken(session, row, user)
            now = business_time(session, self._clock())
            colleague = session.get(UserRow, colleague_id)
            if colleague is None or not _may_get(colleague, user, row, organisation, now):
                raise NoReceiver(f"user {colleague_id} cannot get case {case_id}")
            change_status(session, row, "give")
            row.claimed_by, row.claimed_at = colleague.id, now
            _note(session, row, user, note, now)
            cases.note(session, row.id, f"{user.name} lämnade ärendet till {colleague.name}.", now, kind="event")
            users.audit(session, now, user.id, "transfer", row.id, f"user:{colleague.id}")

    def to_unit(self, case_id: int, user: UserRow, key: str, consent: bool, note: str = "") -> bool:
        """Puts the case in a unit's queue; from then on the unit sees it and nobody else. False when the giver sees it no more.

        Raises NoReceiver, and NoConsent when the person's yes is needed and missing.
        """
        organisation = self._world().organisation
        real = self._clock()
        with self._database.writing() as session:
            who = viewer(user, organisation)
            row = hold_case(session, who, case_id)
            at = _home(organisation, row.municipality, row.unit)
            if row.status == Status.WAITING and f"{at.municipality}/{at.unit}" == key:
                return True  # pressed twice
            refuse_if_taken(session, row, user)
            now = business_time(session, real)
            to = next((queue for queue in _queues(organisation, user, row) if queue.key == key), None)
            if to is None:
                raise NoReceiver(f"there is no unit {key!r} to send case {case_id} to")
            if to.needs_consent and not consent:
                raise NoConsent(f"case {case_id} goes to {key} only with the person's yes")
            change_status(session, row, "move")
            team = organisation.team(to.municipality, to.unit)
            row.municipality, row.unit, row.team = to.municipality, to.unit, team.id
            row.claimed_by = row.claimed_at = None
            row.waiting_since = row.waiting_since or now
            _note(session, row, user, note, now)
            said_yes = f" Personen har sagt ja till att {to.name} får läsa ärendet." if to.needs_consent else ""
            cases.note(session, row.id, f"{user.name} lämnade ärendet till {to.name}.{said_yes}", now, kind="event")
            detail = f"unit:{to.key}" + (" with the person's consent" if to.needs_consent else "")
            users.audit(session, now, user.id, "transfer", row.id, detail)
            alerted = alert_duty(session, row, team, organisation, real)
            still_seen = sees_case(who, row)
        if alerted:
            self._wakeup.outbox()
        return still_seen


def _may_get(colleague: UserRow, giver: UserRow, row: CaseRow, organisation: Organisation, now: datetime) -> bool:
    away = is_away(colleague.away_since, colleague.back_at, now)
    able = colleague.role in _MAY_RECEIVE and colleague.disabled_at is None and not away
    return able and colleague.id not in (giver.id, row.claimed_by) and sees_case(viewer(colleague, organisation), row)


def _queues(organisation: Organisation, giver: UserRow, row: CaseRow) -> tuple[Queue, ...]:
    at, from_ = _home(organisation, row.municipality, row.unit), _home(organisation, giver.municipality, giver.unit)
    found = [
        Queue(m.id, unit.id, m.name, unit.name, needs_consent(at, from_, Home(m.id, unit.id)))
        for m in organisation.municipalities
        for unit in m.units
        if (m.id, unit.id) != (at.municipality, at.unit)
    ]
    own = at.municipality or from_.municipality
    return tuple(sorted(found, key=lambda queue: queue.municipality != own))


def _home(organisation: Organisation, municipality: str | None, unit: str | None) -> Home:
    """By id: a case's municipality may be stored by its name."""
    known = organisation.municipality(municipality) if municipality else None
    return Home(known.id if known else municipality or None, unit or None)


def _note(session: Session, row: CaseRow, user: UserRow, text: str, now: datetime) -> None:
    if text.strip():
        cases.note(session, row.id, mask(text).text, now, "note", user.id)
