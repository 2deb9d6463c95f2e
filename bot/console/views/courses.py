"""Courses and times: the list by day, one group, and the forms that make and change one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from bot.console.course_teller import CourseTeller
from bot.console.course_typed import LANGUAGES, Typed, draft_of, typed_meeting, typed_of, wording_of
from bot.console.site import Site, Staff
from bot.console.teller import Teller
from bot.console.trust import HOME
from bot.console.words import has
from bot.domain.course import CourseKind
from bot.domain.course_draft import LEVELS, MOST_MEETINGS, CourseFaults, Fault
from bot.domain.quiet_hours import is_quiet
from bot.services import read_cases, read_courses
from bot.services.read_courses import Period, Wanted
from bot.services.read_queue import CaseLine
from bot.services.run_courses import CourseDesk


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that could not be done: which one, what is wrong, and what had been typed."""

    form: str = ""
    faults: tuple[Fault, ...] = ()
    typed: Typed = field(default_factory=dict)

    def of(self, form: str) -> tuple[Fault, ...]:
        """What is wrong with that form."""
        return self.faults if form == self.form else ()


async def typed_in(request: Request) -> dict[str, str]:
    """Every field of the form that was sent, as text with plain line ends."""
    fields = await request.form()
    return {name: text.replace("\r\n", "\n") for name, text in fields.items() if isinstance(text, str)}


def course_path(course_id: int, done: str, at: str = "") -> str:
    """Where a form about a group leads."""
    return f"{HOME}/courses/{course_id}?done={done}{at}"


def group_response(
    site: Site,
    staff: Staff,
    course_id: int,
    status: int = 200,
    done: str = "",
    case: CaseLine | None = None,
    refused: Refused | None = None,
) -> Response:
    """The page of a group. Raises CourseNotFound, DatabaseAway."""
    page = read_courses.group_page(site.database, site.clock, staff.who, course_id, staff.may_act)
    told = done if has(f"flash.{done}") else ""
    return site.page(
        "course.html",
        staff,
        page.now,
        status,
        c=CourseTeller(Teller(staff.language, site.world(), page.now)),
        page=page,
        group=page.group,
        case=case,
        done=told,
        flash=f"flash.{told}" if told else "",
        refused=refused or Refused(),
        typed_meeting=typed_meeting,
        night=is_quiet(page.now),
        pulse=site.pulse(staff),
    )


def case_of(site: Site, staff: Staff, case_id: int | None) -> CaseLine | None:
    """The case that somebody books from. Raises CaseNotFound, DatabaseAway."""
    return read_cases.case_line(site.database, staff.who, case_id) if case_id is not None else None


def homes(site: Site, staff: Staff) -> dict[str, str]:
    """The municipality of each place that this person may plan for, by their ids."""
    found = CourseTeller(Teller(staff.language, site.world(), site.clock())).homes(staff.who.municipalities)
    return {place.id: home.id for home in found for place in home.places}


def add(router: APIRouter, site: Site) -> None:
    """/console/courses, /console/courses/new, /console/courses/{id} and its /change."""
    desk = CourseDesk(site.database, site.world, site.clock)

    def form(
        staff: Staff, typed: Typed, faults: tuple[Fault, ...] = (), course_id: int | None = None, status: int = 200
    ) -> Response:
        t = Teller(staff.language, site.world(), site.clock())
        return site.page(
            "course_form.html",
            staff,
            status=status,
            typed={"key": secrets.token_urlsafe(16), **typed},
            faults=faults,
            course_id=course_id,
            homes=CourseTeller(t).homes(staff.who.municipalities),
            kinds=tuple(CourseKind),
            levels=LEVELS,
            languages=LANGUAGES,
            most_meetings=MOST_MEETINGS,
            pulse=site.pulse(staff),
        )

    @router.get("/courses")
    def listed(
        period: Period = Period.COMING,
        municipality: str = "",
        place: str = "",
        kind: str = "",
        case: int | None = None,
        done: str = "",
        staff: Staff = Depends(site.staff),
    ) -> Response:
        booking = case_of(site, site.acting(staff), case) if case is not None else None
        wanted = Wanted(period, municipality, place, kind if kind in tuple(CourseKind) else "")
        found = read_courses.course_list(site.database, site.clock, staff.who, wanted, staff.may_act)
        c = CourseTeller(Teller(staff.language, site.world(), found.now))
        chosen = {"municipality": wanted.municipality, "place": wanted.place, "kind": wanted.kind, "case": case or ""}
        return site.page(
            "courses.html",
            staff,
            found.now,
            c=c,
            days=c.days(found.lines),
            found=found,
            wanted=wanted,
            homes=c.homes(staff.who.municipalities),
            kinds=tuple(CourseKind),
            periods={each: urlencode({"period": each, **{k: v for k, v in chosen.items() if v}}) for each in Period},
            most=read_courses.MOST_LINES,
            case=booking,
            pulse=site.pulse(staff),
        )

    @router.get("/courses/new")
    def new(staff: Staff = Depends(site.staff)) -> Response:
        return form(site.planning(staff), {"count": "1", "kind": CourseKind.COURSE})

    @router.post("/courses/new")
    def make(typed: Annotated[dict[str, str], Depends(typed_in)], staff: Staff = Depends(site.planner)) -> Response:
        now = read_courses.now(site.database, site.clock)
        try:
            course_id = desk.add(staff.user, draft_of(typed, homes(site, staff), now))
        except CourseFaults as wrong:
            return form(staff, typed, wrong.faults, status=422)
        return site.go_to(course_path(course_id, "course_add"))

    @router.get("/courses/{course_id}")
    def one(course_id: int, done: str = "", case: int | None = None, staff: Staff = Depends(site.staff)) -> Response:
        booking = case_of(site, site.acting(staff), case) if case is not None else None
        response = group_response(site, staff, course_id, done=done, case=booking)
        if staff.may_act:
            read_courses.note_view(site.database, site.clock, staff.who, course_id)
        return response

    @router.get("/courses/{course_id}/change")
    def change(course_id: int, staff: Staff = Depends(site.staff)) -> Response:
        site.planning(staff)
        page = read_courses.group_page(site.database, site.clock, staff.who, course_id)
        return form(staff, typed_of(page.group.wording), course_id=course_id)

    @router.post("/courses/{course_id}/change")
    def changed(
        course_id: int, typed: Annotated[dict[str, str], Depends(typed_in)], staff: Staff = Depends(site.planner)
    ) -> Response:
        try:
            desk.change(staff.user, course_id, wording_of(typed, homes(site, staff)))
        except CourseFaults as wrong:
            return form(staff, typed, wrong.faults, course_id, 422)
        return site.go_to(course_path(course_id, "course_change"))
