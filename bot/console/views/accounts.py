"""Looking after accounts: who has one, invitations, roles, and links for a new password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from bot.console.site import Site, Staff
from bot.console.trust import HOME
from bot.console.words import has
from bot.domain.account import gives
from bot.services.accounts import AccountRefusal
from bot.services.invitations import Made

Place = tuple[str | None, str | None]


def add(router: APIRouter, site: Site) -> None:
    """/console/accounts and what is below it. A link is shown on the very answer to the form, since only a hash of its token is kept."""

    def listed(
        staff: Staff,
        request: Request,
        done: str = "",
        fault: str = "",
        made: Made | None = None,
        typed: tuple[str, str, str] = ("", "", ""),
    ) -> Response:
        lines, now = site.accounts.listed(staff.user)
        return site.page(
            "accounts.html", staff, now, status=422 if fault else 200, lines=lines, links=site.invitations.waiting(staff.user), places=places(staff),
            roles=gives(staff.user.role), where=named, done=_done(done), fault=fault, made=made, address=address(request, made), typed=typed,
            pulse=site.pulse(staff),
        )  # fmt: skip

    def one(
        staff: Staff,
        request: Request,
        user_id: int,
        done: str = "",
        fault: str = "",
        status: int = 200,
        made: Made | None = None,
    ) -> Response:
        line = site.accounts.one(staff.user, user_id)
        return site.page(
            "account_of.html", staff, status=status, line=line, places=places(staff), roles=gives(staff.user.role), where=named, done=_done(done),
            fault=fault, made=made, address=address(request, made), value=value, pulse=site.pulse(staff),
        )  # fmt: skip

    def address(request: Request, made: Made | None) -> str:
        base = site.public_url or str(request.base_url).rstrip("/")
        return f"{base}{HOME}/invitation/{made.token}" if made else ""

    def named(municipality: str | None, unit: str | None) -> str:
        return where(site, municipality, unit)

    def value(municipality: str | None, unit: str | None) -> str:
        """The place as a form sends it."""
        town = site.world().organisation.municipality(municipality) if municipality else None
        return f"{town.id if town else municipality or ''}/{unit or ''}"

    def places(staff: Staff) -> list[tuple[str, str, bool]]:
        """What may be chosen: value, name, and whether it is a unit."""
        return [(value(*each), named(*each), each[1] is not None) for each in site.accounts.places(staff.user)]

    def does(staff: Staff, request: Request, user_id: int, done: str, act: Callable[[], None]) -> Response:
        """The page of the account, with what came of it."""
        try:
            act()
        except AccountRefusal as refused:
            return one(staff, request, user_id, fault=f"account_fault.{refused.why}", status=409)
        return site.go_to(f"{HOME}/accounts/{user_id}?done={done}")

    @router.get("/accounts")
    def page(request: Request, done: str = "", staff: Staff = Depends(site.overseer)) -> Response:
        return listed(staff, request, done)

    @router.post("/accounts/invite")
    def invite(
        request: Request,
        email: Annotated[str, Form()] = "",
        role: Annotated[str, Form()] = "",
        at: Annotated[str, Form()] = "",
        staff: Staff = Depends(site.manager),
    ) -> Response:
        try:
            made = site.invitations.invite(staff.user, email, role, *_place(at))
        except AccountRefusal as refused:
            return listed(staff, request, fault=f"account_fault.{refused.why}", typed=(email, role, at))
        return listed(staff, request, made=made)

    @router.post("/accounts/invitations/{link_id}/withdraw")
    def withdraw(link_id: int, staff: Staff = Depends(site.manager)) -> Response:
        site.invitations.withdraw(staff.user, link_id)
        return site.go_to(f"{HOME}/accounts?done=withdrawn")

    @router.get("/accounts/{user_id}")
    def show(request: Request, user_id: int, done: str = "", staff: Staff = Depends(site.overseer)) -> Response:
        return one(staff, request, user_id, done)

    @router.post("/accounts/{user_id}/role")
    def change(
        request: Request,
        user_id: int,
        role: Annotated[str, Form()] = "",
        at: Annotated[str, Form()] = "",
        staff: Staff = Depends(site.manager),
    ) -> Response:
        return does(
            staff, request, user_id, "role", lambda: site.accounts.change(staff.user, user_id, role, *_place(at))
        )

    @router.post("/accounts/{user_id}/disable")
    def disable(request: Request, user_id: int, staff: Staff = Depends(site.manager)) -> Response:
        return does(staff, request, user_id, "disabled", lambda: site.accounts.disable(staff.user, user_id))

    @router.post("/accounts/{user_id}/enable")
    def enable(request: Request, user_id: int, staff: Staff = Depends(site.manager)) -> Response:
        return does(staff, request, user_id, "enabled", lambda: site.accounts.enable(staff.user, user_id))

    @router.post("/accounts/{user_id}/sessions/end")
    def end_sessions(request: Request, user_id: int, staff: Staff = Depends(site.manager)) -> Response:
        return does(staff, request, user_id, "signed_out", lambda: site.accounts.end_sessions(staff.user, user_id))

    @router.post("/accounts/{user_id}/code/reset")
    def reset_code(request: Request, user_id: int, staff: Staff = Depends(site.manager)) -> Response:
        return does(staff, request, user_id, "code_reset", lambda: site.accounts.reset_code(staff.user, user_id))

    @router.post("/accounts/{user_id}/password-link")
    def password_link(request: Request, user_id: int, staff: Staff = Depends(site.manager)) -> Response:
        try:
            made = site.invitations.password_link(staff.user, user_id)
        except AccountRefusal as refused:
            return one(staff, request, user_id, fault=f"account_fault.{refused.why}", status=409)
        return one(staff, request, user_id, made=made)


def where(site: Site, municipality: str | None, unit: str | None) -> str:
    """The unit and municipality by name; empty for all of them."""
    town = site.world().organisation.municipality(municipality) if municipality else None
    named = next((each.name for each in town.units if each.id == unit), unit) if town else unit
    return ", ".join(filter(None, (named, town.name if town else municipality)))


def _place(at: str) -> Place:
    """What a form says: "kalmar/library", "kalmar/", or "/" for everywhere. Nothing chosen is no place at all."""
    if not at:
        return "", None
    municipality, _, unit = at.partition("/")
    return municipality or None, unit or None


def _done(done: str) -> str:
    return f"account_done.{done}" if has(f"account_done.{done}") else ""
