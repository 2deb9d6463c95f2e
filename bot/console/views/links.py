"""Relatives and elders: the list of links, one link with what can be done about it, and making one from a case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from bot.console import queue_view
from bot.console.link_teller import LinkTeller
from bot.console.queue_view import Asked
from bot.console.site import Site, Staff
from bot.console.trust import HOME
from bot.console.views.courses import typed_in
from bot.console.words import has
from bot.domain.link import Scope
from bot.domain.quiet_hours import is_quiet
from bot.services import read_cases, read_links
from bot.services.link_work import LONGEST_NAME, LONGEST_REASON, LinkChanged, LinkFault
from bot.services.make_link import NewLink, Side
from bot.services.read_links import Standing, Wanted
from bot.services.run_links import LinkDesk

_Typed = Annotated[dict[str, str], Depends(typed_in)]
_HOW = ("ask", "said_yes")
_MOST = {"reason": LONGEST_REASON, "name": LONGEST_NAME, "called": LONGEST_NAME}


def add(router: APIRouter, site: Site) -> None:
    """/console/links, /console/links/{id} with its forms, and /console/cases/{id}/link."""
    desk = LinkDesk(site.database, site.world, site.clock, site.desk.wakeup)

    def one(
        staff: Staff,
        link_id: int,
        done: str = "",
        fault: LinkFault | None = None,
        typed: dict[str, str] | None = None,
        status: int = 200,
    ) -> Response:
        found = read_links.link_page(site.database, site.clock, staff.who, link_id)
        return site.page(
            "link.html", staff, found.now, status, found=found, link=found.link, l=LinkTeller(site.teller(staff, found.now)),
            flash=_flash(done), fault=_word(fault), field=fault.field if fault else "", at=(typed or {}).get("do", ""),
            typed=typed or {}, scopes=tuple(Scope), most=LONGEST_REASON, quiet=is_quiet(found.now),
        )  # fmt: skip

    def does(staff: Staff, link_id: int, done: str, typed: dict[str, str], act: Callable[[], object]) -> Response:
        typed = {**typed, "do": done}
        try:
            act()
        except LinkFault as fault:
            return one(staff, link_id, fault=fault, typed=typed, status=422)
        except LinkChanged:
            return one(staff, link_id, fault=LinkFault("", "changed"), status=409)
        return site.go_to(f"{HOME}/links/{link_id}?done={done}")

    def form(staff: Staff, case_id: int, typed: dict[str, str], faults: list[LinkFault], status: int = 200) -> Response:
        case = read_cases.case_line(site.database, staff.who, case_id)
        now = read_cases.case_page(site.database, site.clock, staff.who, case_id).now
        link_id = next((fault.link_id for fault in faults if fault.link_id), None)
        return site.page(
            "link_new.html", staff, now, status, case=case, typed=typed, faults={fault.field: _word(fault) for fault in faults},
            known_link=link_id, sides=tuple(Side), ways=_HOW, scopes=tuple(Scope), longest_name=LONGEST_NAME, most=LONGEST_REASON,
            quiet=is_quiet(now),
        )  # fmt: skip

    @router.get("/links")
    def listed(
        show: Standing = Standing.LIVING,
        page: Annotated[int, Query(ge=1, le=10_000)] = 1,
        municipality: Annotated[str, Query(max_length=80)] = "",
        unit: Annotated[str, Query(max_length=80)] = "",
        staff: Staff = Depends(site.staff),
    ) -> Response:
        staff, organisation = site.acting(staff), site.world().organisation
        asked = Asked(municipality=municipality, unit=unit)
        chosen = asked.filter(organisation)
        wanted = Wanted(show, chosen.municipalities, chosen.unit)
        found = read_links.link_list(site.database, site.clock, staff.who, wanted, page)
        ours = queue_view.municipalities(organisation, staff.who)
        return site.page(
            "links.html", staff, found.now, found=found, show=show, asked=asked, l=LinkTeller(site.teller(staff, found.now)),
            standings=tuple(Standing), municipalities=[(m.id, m.name) for m in ours] if len(ours) > 1 else [],
            units=queue_view.units(ours, staff.who),
            path=lambda standing, number=1: _path(standing, number, asked),
        )  # fmt: skip

    @router.get("/links/{link_id}")
    def page(link_id: int, done: str = "", staff: Staff = Depends(site.staff)) -> Response:
        response = one(site.acting(staff), link_id, done)
        read_links.note_view(site.database, site.clock, staff.who, link_id)
        return response

    @router.post("/links/{link_id}/ask")
    def ask(link_id: int, typed: _Typed, staff: Staff = Depends(site.actor)) -> Response:
        return does(staff, link_id, "ask", typed, lambda: desk.ask(staff.user, link_id, typed.get("name", "")))

    @router.post("/links/{link_id}/begin")
    def begin(link_id: int, typed: _Typed, staff: Staff = Depends(site.actor)) -> Response:
        reason = typed.get("reason", "")
        return does(staff, link_id, "begin", typed, lambda: desk.begin(staff.user, link_id, _scope(typed), reason))

    @router.post("/links/{link_id}/decline")
    def decline(link_id: int, typed: _Typed, staff: Staff = Depends(site.actor)) -> Response:
        return does(
            staff, link_id, "decline", typed, lambda: desk.decline(staff.user, link_id, typed.get("reason", ""))
        )

    @router.post("/links/{link_id}/scope")
    def change_scope(link_id: int, typed: _Typed, staff: Staff = Depends(site.actor)) -> Response:
        reason = typed.get("reason", "")
        return does(
            staff, link_id, "scope", typed, lambda: desk.change_scope(staff.user, link_id, _scope(typed), reason)
        )

    @router.post("/links/{link_id}/end")
    def end(link_id: int, typed: _Typed, staff: Staff = Depends(site.actor)) -> Response:
        return does(staff, link_id, "end", typed, lambda: desk.end(staff.user, link_id, typed.get("reason", "")))

    @router.get("/cases/{case_id}/link")
    def new(case_id: int, staff: Staff = Depends(site.staff)) -> Response:
        return form(site.acting(staff), case_id, {}, [])

    @router.post("/cases/{case_id}/link")
    def make(case_id: int, typed: _Typed, staff: Staff = Depends(site.actor)) -> Response:
        wanted, faults = _read(typed)
        if wanted is None:
            return form(staff, case_id, typed, faults, 422)
        try:
            link_id = desk.make(staff.user, case_id, wanted)
        except LinkFault as fault:
            return form(staff, case_id, typed, [fault], 422)
        return site.go_to(f"{HOME}/links/{link_id}?done={'make' if wanted.said_yes else 'ask'}")


def _read(typed: dict[str, str]) -> tuple[NewLink | None, list[LinkFault]]:
    """What was typed; None with every fault that can be seen without looking anything up."""
    faults = []
    side, how, scope = typed.get("case_of", ""), typed.get("how", ""), typed.get("scope", "")
    if side not in tuple(Side):
        faults.append(LinkFault("case_of", "choose"))
    if not typed.get("other", "").strip():
        faults.append(LinkFault("other", "number"))
    if not typed.get("name", "").strip():
        faults.append(LinkFault("name", "empty"))
    if how not in _HOW:
        faults.append(LinkFault("how", "choose"))
    if how == "said_yes" and scope not in tuple(Scope):
        faults.append(LinkFault("scope", "choose"))
    if not typed.get("reason", "").strip():
        faults.append(LinkFault("reason", "empty"))
    if faults:
        return None, faults
    may = Scope(scope) if scope in tuple(Scope) else Scope.FOLLOW
    other, name, called, reason = (typed.get(field, "") for field in ("other", "name", "called", "reason"))
    return NewLink(Side(side), other, name, called, how == "said_yes", may, reason), []


def _scope(typed: dict[str, str]) -> Scope:
    """Raises LinkFault."""
    if typed.get("scope", "") not in tuple(Scope):
        raise LinkFault("scope", "choose")
    return Scope(typed["scope"])


def _word(fault: LinkFault | None) -> tuple[str, dict[str, object]] | None:
    """The key of the word that says what is wrong, with its values."""
    if fault is None:
        return None
    key = f"link_fault.{fault.field}_{fault.why}" if fault.field else f"link_fault.{fault.why}"
    return key, {"most": _MOST[fault.field]} if fault.why == "long" else {}


def _path(standing: Standing, number: int, asked: Asked) -> str:
    return f"{HOME}/links?show={standing}" + "".join(
        f"&{part}" for part in (asked.query().partition("&")[2], f"page={number}" if number > 1 else "") if part
    )


def _flash(done: str) -> str:
    return f"link_done.{done}" if has(f"link_done.{done}") else ""
