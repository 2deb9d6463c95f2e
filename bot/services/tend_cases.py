"""Nobody is forgotten: cases of those who have gone home go back to the queue, those that wait for too long are told of to more and more people, and
those on duty are written to until somebody takes an urgent one.

Runs every half minute in every process, by the rules of bot/services/tending.py, in the quiet hours too. What a case has been through stands on it
(alarm, alerts, alert_at), so that each is done once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from bot.domain.attendance import GONE_FOR, is_away
from bot.domain.case import Status, Urgency
from bot.domain.duty import Organisation, Team
from bot.domain.waiting import Alarm
from bot.services.alert_duty import alert_again, alert_duty, calm, link
from bot.services.put_back import hold, put_back
from bot.services.tending import Step, Tending, Turn, tend
from bot.services.viewer import sees_case, viewer
from bot.services.write_email import emailed, queue_email
from bot.store import attendance
from bot.store.attendance import DueCase
from bot.store.tables import CaseRow, UserRow


@dataclass(frozen=True, slots=True)
class _Turn(Turn):
    """What can be done for one case."""

    @property
    def organisation(self) -> Organisation:
        return self.world.organisation

    def team(self, row: CaseRow) -> Team:
        return self.organisation.team(row.municipality, row.unit)


def tend_cases(tending: Tending) -> int:
    """Does what is due; about how many cases somebody was written to. Raises DatabaseAway."""
    organisation = tending.world().organisation
    return tend(
        tending,
        _Turn,
        (
            Step(partial(_find_left_alone, organisation), _put_back, knows_its_hours=True),
            Step(partial(_find_waiting_too_long, organisation), _raise_alarm, knows_its_hours=True),
            Step(_find_to_alert, _alert, knows_its_hours=True),
            Step(_find_not_calmed, _calm, knows_its_hours=True),
        ),
    )


def _find_left_alone(organisation: Organisation, session: Session, now: datetime) -> list[DueCase]:
    found = attendance.taken_and_waiting(session)
    return [DueCase(row.id, row.conversation_id) for row, user in found if _left_alone(organisation, row, user, now)]


def _left_alone(organisation: Organisation, row: CaseRow, user: UserRow | None, now: datetime) -> bool:
    """Whether the resident waits for somebody who has not been seen for an hour of duty; in an urgent case, for an hour."""
    if user is None or user.disabled_at is not None:
        return True
    signs = [at for at in (row.claimed_at, user.seen_at) if at is not None]
    last = max(signs, default=row.opened_at)
    team = organisation.team(row.municipality, row.unit)
    return organisation.waited(Urgency(row.urgency), team, last, now) >= GONE_FOR


def _put_back(turn: _Turn, due: DueCase) -> bool:
    row = hold(turn.session, due)
    user = turn.session.get(UserRow, row.claimed_by, populate_existing=True) if row.claimed_by else None
    if (
        row.status != Status.CLAIMED
        or row.waiting_since is None
        or not _left_alone(turn.organisation, row, user, turn.now)
    ):
        return False
    why = f"{user.name} har inte varit på plats på ett tag." if user else "Ingen hade ärendet."
    put_back(turn.session, row, why, turn.now)
    return False


def _find_waiting_too_long(organisation: Organisation, session: Session, now: datetime) -> list[DueCase]:
    found = attendance.not_all_told(session)
    due = [row for row, noted in found if _alarm(organisation, row, noted, now) > row.alarm]
    return [DueCase(row.id, row.conversation_id) for row in due]


def _alarm(organisation: Organisation, row: CaseRow, noted: datetime | None, now: datetime) -> Alarm:
    """What somebody has waits by the limits of a normal case, from when they last did something: with the urgent ones they are on the phone."""
    team = organisation.team(row.municipality, row.unit)
    since = row.waiting_since or row.opened_at
    if row.status == Status.WAITING:
        return organisation.alarm(Urgency(row.urgency), team, since, now)
    return organisation.alarm(Urgency.NORMAL, team, max(filter(None, (since, row.claimed_at, noted))), now)


def _raise_alarm(turn: _Turn, due: DueCase) -> bool:
    """Tells those next in turn: the team and everyone by what their screens show, the samordnare by e-mail as well.

    Nobody gets the same letter twice of one and the same wait, though somebody took the case in between and put it back.
    """
    row = hold(turn.session, due)
    if row.status not in (Status.WAITING, Status.CLAIMED) or (
        row.status == Status.CLAIMED and row.waiting_since is None
    ):
        return False
    before, alarm = row.alarm, _alarm(turn.organisation, row, attendance.last_noted(turn.session, row.id), turn.now)
    if alarm <= before:
        return False
    row.alarm = alarm
    row.version += 1
    if not before < Alarm.SAMORDNARE <= alarm or not turn.organisation.writes_email:
        return False
    letter = _letter(row, turn.organisation)
    began = (row.waiting_since or row.opened_at) - (turn.now - turn.real)  # in real time
    told = [user for user in _samordnare(turn, row) if not emailed(turn.session, user.email, letter, began, row.id)]
    for user in told:
        queue_email(turn.session, user.email, letter, turn.real, row.id)
    return bool(told)


def _samordnare(turn: _Turn, row: CaseRow) -> Iterable[UserRow]:
    """Those who may see the case: of its municipality, else of all; who is away only when nobody else is there."""
    able = [
        user
        for user in attendance.staff(turn.session, ("samordnare",))
        if sees_case(viewer(user, turn.organisation), row)
    ]
    own = [user for user in able if user.municipality] if row.municipality else []
    chosen = own or able
    here = [user for user in chosen if not is_away(user.away_since, user.back_at, turn.now)]
    return here or chosen


def _letter(row: CaseRow, organisation: Organisation) -> str:
    taken = "Någon har tagit det, men personen har inte fått svar." if row.claimed_by else "Ingen har tagit det än."
    return (
        f"Ärende {row.id} i Lotsen har väntat länge\n\n"
        f"Ärende {row.id} väntar på en människa. {taken}\n"
        f"{link(organisation, row)}\n\n"
        "Du får det här för att du är samordnare."
    )


def _find_to_alert(session: Session, now: datetime) -> list[DueCase]:
    return attendance.to_alert(session, now)


def _alert(turn: _Turn, due: DueCase) -> bool:
    row = hold(turn.session, due)
    if row.status != Status.WAITING:
        return False
    if row.alert_at is None and row.alerts == 0:  # it came back to the queue, or was opened again
        return alert_duty(turn.session, row, turn.team(row), turn.organisation, turn.real)
    return alert_again(turn.session, row, turn.team(row), turn.organisation, turn.now, turn.real)


def _find_not_calmed(session: Session, _: datetime) -> list[DueCase]:
    return attendance.not_calmed(session)


def _calm(turn: _Turn, due: DueCase) -> bool:
    row = hold(turn.session, due)
    alarm = row.alarm if row.status == Status.CLAIMED else Alarm.NOBODY  # whoever has it may have let it lie
    if row.status != Status.WAITING:
        calm(turn.session, row)
        row.alarm = alarm
    return False
