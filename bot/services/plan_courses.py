"""Makes the groups that the plans of config/courses beget. What is in the database is left as it is: a samordnare may have changed it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.domain.course_plan import CoursePlan, Times, groups
from bot.services.ports import Clock
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import CourseLeaderRow, CourseRow, MeetingRow


def plan_courses(database: Database, plans: Iterable[CoursePlan], clock: Clock) -> int:
    """Adds the groups that are not there yet; how many. Safe to run in several processes at once."""
    with database.reading() as session:
        now = business_time(session, clock())
        known = set(session.scalars(select(CourseRow.key).where(CourseRow.key.is_not(None))))
    missing = [(plan, key, times) for plan in plans for key, times in groups(plan, now) if key not in known]
    return sum(_add(database, plan, key, times, now) for plan, key, times in missing)


def _add(database: Database, plan: CoursePlan, key: str, times: Times, now: datetime) -> bool:
    """One group; False when another process was first."""
    try:
        return _add_unless_there(database, plan, key, times, now)
    except IntegrityError:  # another process has made it between looking and writing; if not, this fails again
        return _add_unless_there(database, plan, key, times, now)


def _add_unless_there(database: Database, plan: CoursePlan, key: str, times: Times, now: datetime) -> bool:
    with database.writing() as session:
        if session.scalar(select(CourseRow.id).where(CourseRow.key == key)) is not None:
            return False
        row = CourseRow(
            key=key,
            kind=plan.kind,
            title=dict(plan.title),
            bring=dict(plan.bring),
            cost=dict(plan.cost),
            about=dict(plan.about),
            tags=list(plan.tags),
            municipality=plan.municipality,
            place=plan.place,
            language=plan.language,
            level=plan.level,
            starts_at=times[0][0],
            ends_at=times[-1][1],
            created_at=now,
        )
        session.add(row)
        session.flush()
        _add_parts(session, row.id, plan, times)
    return True


def _add_parts(session: Session, course_id: int, plan: CoursePlan, times: Times) -> None:
    session.add_all(MeetingRow(course_id=course_id, starts_at=start, ends_at=end) for start, end in times)
    session.add_all(CourseLeaderRow(course_id=course_id, name=name) for name in plan.handledare)
    session.add_all(CourseLeaderRow(course_id=course_id, name=name, helper=True) for name in plan.helpers)
