"""Who is there, and going home: whoever goes leaves no case behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.responses import Response

from bot.console import times
from bot.console.site import Site, Staff
from bot.console.trust import HOME, NotAllowed
from bot.domain.opening_hours import STOCKHOLM
from bot.services.attendance import AttendanceDesk, BadDay, NotYours
from bot.services.read_duty import DutyPage, Person, duty_page


def add(router: APIRouter, site: Site) -> None:
    """/console/duty and its forms."""
    desk = AttendanceDesk(site.database, site.clock)

    def shown(
        staff: Staff, done: str = "", of: int = 0, returned: int = 0, fault: str = "", typed: str = "", at: int = 0
    ) -> Response:
        found = duty_page(site.database, site.clock, staff.user, staff.who, site.world().organisation)
        today = found.now.astimezone(STOCKHOLM).date()
        return site.page(
            "duty.html", staff, found.now, 422 if fault else 200, found=found, day=_day(staff, found), spans=times.spans,
            until=lambda person: _until(staff, found, person), flash=_flash(staff, found, done, of, returned), fault=fault, typed=typed, at=at,
            today=today, pulse=site.pulse(staff),
        )  # fmt: skip

    def _flash(staff: Staff, found: DutyPage, done: str, of: int, returned: int) -> str:
        if done not in ("away", "back"):
            return ""
        word = site.teller(staff, found.now).w
        other = (
            next((person for team in found.teams for person in team.people if person.id == of), None)
            if of != staff.user.id
            else None
        )
        if of != staff.user.id and other is None:
            return ""
        said = word(f"duty_done.{done}_other", name=other.name) if other else word(f"duty_done.{done}")
        if done == "back":
            return said
        counted = "duty.returned_none" if returned < 1 else "duty.returned_one" if returned == 1 else "duty.returned"
        return f"{said} {word(counted, n=returned)}" if returned > 1 else f"{said} {word(counted)}"

    @router.get("/duty")
    def page(done: str = "", of: int = 0, n: int = 0, staff: Staff = Depends(site.staff)) -> Response:
        return shown(staff, done, of, n)

    @router.post("/duty/{user_id}/away")
    def away(user_id: int, back_on: Annotated[str, Form()] = "", staff: Staff = Depends(site.actor)) -> Response:
        written = back_on.strip()[:20]
        try:
            day = date.fromisoformat(written) if written else None
            returned = desk.go(staff.user, user_id, site.world().organisation, day)
        except NotYours as error:
            raise NotAllowed(str(error)) from None
        except (BadDay, ValueError):
            return shown(staff, fault="duty.bad_day", typed=written, at=user_id)
        return site.go_to(f"{HOME}/duty?done=away&of={user_id}&n={returned}")

    @router.post("/duty/{user_id}/back")
    def back(user_id: int, staff: Staff = Depends(site.actor)) -> Response:
        try:
            desk.come(staff.user, user_id, site.world().organisation)
        except NotYours as error:
            raise NotAllowed(str(error)) from None
        return site.go_to(f"{HOME}/duty?done=back&of={user_id}")


def _day(staff: Staff, found: DutyPage) -> Callable[[date], str]:
    return lambda when: times.coming_day(when, found.now, staff.language)


def _until(staff: Staff, found: DutyPage, person: Person) -> str:
    """The day on which somebody counts as back; empty when they have named none."""
    return (
        times.coming_day(person.back_at.astimezone(STOCKHOLM).date(), found.now, staff.language)
        if person.back_at
        else ""
    )
