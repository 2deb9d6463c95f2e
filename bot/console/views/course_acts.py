"""The forms on the page of a group. Each leads to a page that shows what came of it; one that cannot be done keeps what was typed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from bot.console.course_typed import Typed, meeting_of
from bot.console.site import Site, Staff
from bot.console.trust import HOME
from bot.console.views.courses import Refused, case_of, course_path, group_response, typed_in
from bot.domain.course_draft import CourseFaults, Fault
from bot.services import read_courses
from bot.services.book_for import Booked, BookingDesk, Told
from bot.services.run_courses import CourseDesk

_Typed = Annotated[dict[str, str], Depends(typed_in)]
_ENDINGS = {Told.NOW: "", Told.LATER: "_later", Told.NOT: "_untold", Told.UNSAID: "_unsaid"}
"""Of the sentence that says what was done, by whether the person is told."""
_CAME = {"yes": True, "no": False, "": None}


def _number(typed: Typed, name: str) -> int:
    """An id that a form of ours holds; 0, which nothing has, for anything else."""
    text = typed.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _told(booked: Booked, done: str) -> str:
    return done + _ENDINGS[booked.told]


def add(router: APIRouter, site: Site) -> None:
    """POST /console/courses/{id}/..."""
    desk = CourseDesk(site.database, site.world, site.clock)
    chairs = BookingDesk(site.database, site.world, site.clock, site.desk.wakeup)
    one_at_a_time = threading.Lock()

    def tried(course_id: int, staff: Staff, form: str, typed: Typed, act: Callable[[], str]) -> Response:
        """`act` gives the path to go to; when it refuses, the page is shown again with what is wrong beside the form."""
        try:
            with one_at_a_time:
                path = act()
        except CourseFaults as wrong:
            case = case_of(site, staff, _number(typed, "case") or None)
            return group_response(site, staff, course_id, 422, case=case, refused=Refused(form, wrong.faults, typed))
        return site.go_to(path)

    @router.post("/courses/{course_id}/book")
    def book(course_id: int, typed: _Typed, staff: Staff = Depends(site.actor)) -> Response:
        def act() -> str:
            may_wait, for_whom = bool(typed.get("may_wait")), typed.get("for_whom", "")
            if case_id := _number(typed, "case"):
                booked = chairs.for_case(staff.user, course_id, case_id, for_whom, may_wait)
                return (
                    f"{HOME}/cases/{case_id}?done={_told(booked, 'course_waits' if booked.waits else 'course_booked')}"
                )
            booked = chairs.for_number(staff.user, course_id, typed.get("number", ""), for_whom, may_wait)
            return course_path(course_id, _told(booked, "course_waits" if booked.waits else "course_booked"))

        return tried(course_id, staff, "book", typed, act)

    @router.post("/courses/{course_id}/cancel")
    def cancel(course_id: int, typed: _Typed, staff: Staff = Depends(site.actor)) -> Response:
        def act() -> str:
            return course_path(
                course_id, _told(chairs.cancel(staff.user, course_id, _number(typed, "booking")), "course_cancelled")
            )

        return tried(course_id, staff, "cancel", typed, act)

    @router.post("/courses/{course_id}/attendance")
    def attendance(course_id: int, typed: _Typed, staff: Staff = Depends(site.actor)) -> Response:
        came = {
            _number({"id": name.removeprefix("came-")}, "id"): _CAME.get(value)
            for name, value in typed.items()
            if name.startswith("came-")
        }

        def act() -> str:
            desk.note_attendance(staff.user, course_id, came)
            return course_path(course_id, "course_attendance")

        return tried(course_id, staff, "attendance", typed, act)

    @router.post("/courses/{course_id}/away")
    def away(course_id: int, typed: _Typed, staff: Staff = Depends(site.actor)) -> Response:
        def act() -> str:
            desk.set_away(staff.user, course_id, _number(typed, "leader"), typed.get("away") == "1")
            return course_path(course_id, "course_leaders")

        return tried(course_id, staff, "leaders", typed, act)

    @router.post("/courses/{course_id}/add-leader")
    def add_leader(course_id: int, typed: _Typed, staff: Staff = Depends(site.planner)) -> Response:
        def act() -> str:
            desk.add_leader(staff.user, course_id, typed.get("name", ""), bool(typed.get("helper")))
            return course_path(course_id, "course_leaders")

        return tried(course_id, staff, "add-leader", typed, act)

    @router.post("/courses/{course_id}/remove-leader")
    def remove_leader(course_id: int, typed: _Typed, staff: Staff = Depends(site.planner)) -> Response:
        def act() -> str:
            desk.remove_leader(staff.user, course_id, _number(typed, "leader"))
            return course_path(course_id, "course_leaders")

        return tried(course_id, staff, "leaders", typed, act)

    @router.post("/courses/{course_id}/move")
    def move(course_id: int, typed: _Typed, staff: Staff = Depends(site.planner)) -> Response:
        meeting_id = _number(typed, "meeting")

        def act() -> str:
            starts_at, ends_at = meeting_of(typed, read_courses.now(site.database, site.clock))
            desk.move(staff.user, course_id, meeting_id, starts_at, ends_at)
            return course_path(course_id, "course_move")

        return tried(course_id, staff, f"move-{meeting_id}", typed, act)

    @router.post("/courses/{course_id}/add-meeting")
    def add_meeting(course_id: int, typed: _Typed, staff: Staff = Depends(site.planner)) -> Response:
        def act() -> str:
            starts_at, ends_at = meeting_of(typed, read_courses.now(site.database, site.clock))
            desk.add_meeting(staff.user, course_id, starts_at, ends_at)
            return course_path(course_id, "course_add_meeting")

        return tried(course_id, staff, "add-meeting", typed, act)

    @router.post("/courses/{course_id}/call-off")
    def call_off(course_id: int, typed: _Typed, staff: Staff = Depends(site.planner)) -> Response:
        def act() -> str:
            if not typed.get("sure"):
                raise CourseFaults(Fault("sure", "not_sure"))
            desk.call_off(staff.user, course_id)
            return course_path(course_id, "course_call_off")

        return tried(course_id, staff, "call-off", typed, act)
