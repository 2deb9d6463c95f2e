"""Going home and coming back. Whoever goes leaves no case behind."""

from __future__ import annotations

from datetime import date, datetime, time

from bot.domain.case import OPEN
from bot.domain.duty import Organisation
from bot.domain.opening_hours import STOCKHOLM
from bot.services.ports import Clock
from bot.services.put_back import hold, put_back
from bot.services.viewer import viewer
from bot.store import attendance, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import UserRow

LONGEST_DAYS = 366
"""Who is away for longer has an account to disable instead."""
_FOR_OTHERS = ("samordnare", "admin")


class NotYours(Exception):
    """Only samordnare say so for others, and for those of their own municipality."""


class BadDay(ValueError):
    """The day to come back on is not one of the coming year."""


def may_say_for(actor: UserRow, other: UserRow, organisation: Organisation) -> bool:
    """Whether `actor` may say that `other` is away or back."""
    if actor.id == other.id:
        return True
    if actor.role not in _FOR_OTHERS or other.disabled_at is not None:
        return False
    who, whom = viewer(actor, organisation), viewer(other, organisation)
    same = not who.municipalities or bool(set(who.municipalities) & set(whom.municipalities))
    return same and who.unit in (None, whom.unit)


class AttendanceDesk:
    """Every method is one transaction. Raises NotYours, DatabaseAway."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def go(self, actor: UserRow, user_id: int, organisation: Organisation, back_on: date | None = None) -> int:
        """They are away, until the beginning of the day `back_on` or until they say so; how many cases they left. Raises BadDay."""
        with self._database.writing() as session:
            now = business_time(session, self._clock())
            user = _whom(session.get(UserRow, user_id), actor, organisation)
            back_at = _morning(back_on, now) if back_on else None
            returned = 0
            for due in attendance.open_cases_of(session, user_id):
                row = hold(session, due)
                if row.claimed_by != user_id or row.status not in OPEN:  # a colleague was quicker
                    continue
                put_back(session, row, f"{user.name} gick hem.", now)
                users.audit(session, now, actor.id, "away_release", row.id, about=user_id)
                returned += 1
            attendance.leaves(
                session, user_id, now, back_at
            )  # after the cases: whoever works on a case holds it before the account
            users.audit(session, now, actor.id, "away", about=user_id)
            return returned

    def come(self, actor: UserRow, user_id: int, organisation: Organisation) -> None:
        """They are back."""
        with self._database.writing() as session:
            now = business_time(session, self._clock())
            _whom(session.get(UserRow, user_id), actor, organisation)
            attendance.returns(session, user_id)
            users.audit(session, now, actor.id, "back", about=user_id)
            if actor.id == user_id:
                users.seen(session, user_id, now)


def _whom(user: UserRow | None, actor: UserRow, organisation: Organisation) -> UserRow:
    if user is None or not may_say_for(actor, user, organisation):
        raise NotYours(f"user {actor.id} may not say so for another account")
    return user


def _morning(day: date, now: datetime) -> datetime:
    ahead = (day - now.astimezone(STOCKHOLM).date()).days
    if not 0 < ahead <= LONGEST_DAYS:
        raise BadDay("the day must be a coming one, within a year")
    return datetime.combine(day, time(0), STOCKHOLM).astimezone(now.tzinfo)
