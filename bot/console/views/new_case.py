"""A case for somebody who walked in or phoned."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from bot.console.site import Site, Staff
from bot.console.views.act import case_path
from bot.console.views.courses import typed_in
from bot.domain.address import Address, AddressError
from bot.domain.conversation import Language
from bot.domain.duty import Municipality, Unit
from bot.services.call_back import LONGEST_NAME
from bot.services.open_case_for import Came, CaseElsewhere, Perhaps, Visitor, open_case_for

LONGEST_ABOUT = 1000
_LONGEST_ID = 19
_LANGUAGES: tuple[Language, ...] = ("sv", "en")
_Typed = Annotated[dict[str, str], Depends(typed_in)]
_Faults = dict[str, tuple[str, dict[str, object]]]


def add(router: APIRouter, site: Site) -> None:
    """/console/cases/new."""

    def shown(staff: Staff, typed: dict[str, str], faults: _Faults, status: int = 200, perhaps: int = 0) -> Response:
        guides = sorted(
            (flow for flow in site.world().flows.values() if flow.kind == "guide"),
            key=lambda flow: flow.title.in_(staff.language).casefold(),
        )
        return site.page(
            "new_case.html",
            staff,
            status=status,
            typed={"came": "desk", "language": "sv", **typed},
            faults=faults,
            perhaps=perhaps,
            guides=guides,
            homes=homes(staff),
            ways=tuple(Came),
            languages=_LANGUAGES,
            longest_about=LONGEST_ABOUT,
            longest_name=LONGEST_NAME,
            pulse=site.pulse(staff),
        )

    def homes(staff: Staff) -> list[tuple[Municipality, Unit]]:
        """The units that the case may be of; none to choose for whoever works at one."""
        if staff.who.unit:
            return []
        ours = [
            m
            for m in site.world().organisation.municipalities
            if not staff.who.municipalities or m.id in staff.who.municipalities
        ]
        return [(municipality, unit) for municipality in ours for unit in municipality.units]

    @router.get("/cases/new")
    def page(request: Request, staff: Staff = Depends(site.staff)) -> Response:
        known = {name: request.query_params[name] for name in ("came", "number") if name in request.query_params}
        return shown(site.acting(staff), known, {})

    @router.post("/cases/new")
    def open_it(fields: _Typed, staff: Staff = Depends(site.actor)) -> Response:
        typed = {name: text.strip() for name, text in fields.items() if name != "form"}
        flow = site.world().flows.get(typed.get("topic", ""))
        topic = flow.name if flow and flow.kind == "guide" else None
        visitor, faults = _visitor(typed, topic, {f"{m.id}/{u.id}" for m, u in homes(staff)})
        if faults:
            return shown(staff, typed, faults, 422)
        try:
            opened = open_case_for(site.database, site.world, site.clock, staff.user, visitor)
        except CaseElsewhere:
            return shown(staff, typed, {"number": ("new.elsewhere", {})}, 409)
        except Perhaps as asked:
            return shown(staff, typed, {}, 409, asked.case_id)
        return site.go_to(case_path(opened.case_id, "open" if opened.new else "open_already"))


def _visitor(typed: dict[str, str], topic: str | None, homes: set[str]) -> tuple[Visitor, _Faults]:
    """What was typed, and what is wrong with it, by field."""
    faults: _Faults = {}
    came, about, name, home = (typed.get(field, "") for field in ("came", "about", "name", "home"))
    if came not in tuple(Came):
        faults["came"] = ("new.fault_came", {})
    if not about:
        faults["about"] = ("new.fault_about", {})
    elif len(about) > LONGEST_ABOUT:
        faults["about"] = ("new.fault_about_long", {"most": LONGEST_ABOUT})
    if len(name) > LONGEST_NAME:
        faults["name"] = ("new.fault_name", {"most": LONGEST_NAME})
    if home and home not in homes:
        faults["home"] = ("new.fault_unit", {})
    number = number_in(typed["number"]) if typed.get("number") else None
    if typed.get("number") and number is None:
        faults["number"] = ("new.fault_number", {})
    municipality, _, unit = home.partition("/")
    language: Language = "en" if typed.get("language") == "en" else "sv"
    way = Came.PHONE if came == Came.PHONE else Came.DESK
    last = typed.get("not_of", "")
    not_of = int(last) if last.isascii() and last.isdigit() and len(last) < _LONGEST_ID else 0
    return Visitor(way, about, name, number, topic, language, municipality, unit, not_of), faults


def number_in(written: str) -> Address | None:
    """The phone number that somebody typed; None when it is none."""
    try:
        number = Address.parse(written)
    except AddressError:
        return None
    return number if number.channel == "sms" else None
