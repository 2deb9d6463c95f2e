"""One's own account: name, password, code at sign-in, and where one is signed in."""

from __future__ import annotations

from typing import Annotated

import segno
from fastapi import APIRouter, Depends, Form, Request
from markupsafe import Markup
from starlette.responses import Response

from bot.console.site import SESSION_COOKIE, Site, Staff
from bot.console.trust import HOME
from bot.console.views.accounts import where
from bot.console.words import has
from bot.domain.account import LONGEST_NAME, LONGEST_SHOWN
from bot.domain.password import LONGEST, SHORTEST
from bot.services import own_account, sign_in_codes
from bot.services.brake import TooManyTries
from bot.services.invitations import NameWanted
from bot.services.passwords import PasswordFault, WrongPassword
from bot.services.sign_in_codes import WrongCode

_QUIET_ZONE = 4
"""Modules of white around a code, as ISO/IEC 18004 asks for."""


def add(router: APIRouter, site: Site) -> None:
    """/console/account and what is below it."""

    def page(
        request: Request,
        staff: Staff,
        done: str = "",
        faults: dict[str, str] | None = None,
        status: int = 200,
        typed: tuple[str, str] | None = None,
    ) -> Response:
        token = request.cookies.get(SESSION_COOKIE, "")
        name, shown_as = typed or (staff.user.name, staff.user.shown_as)
        return site.page(
            "account.html", staff, status=status, sessions=own_account.sessions(site.database, site.clock, staff.user.id, token),
            real=site.teller(staff, site.clock()), done=done if has(f"account_done.{done}") else "", faults=faults or {},
            name=name, shown_as=shown_as, longest_name=LONGEST_NAME, longest_shown=LONGEST_SHOWN, shortest=SHORTEST, longest=LONGEST,
            required=site.require_codes, where=where(site, staff.user.municipality, staff.user.unit), left=len(staff.user.recovery_hashes), pulse=_pulse(site, staff),
        )  # fmt: skip

    def code_page(staff: Staff, secret: str, fault: str = "", status: int = 200) -> Response:
        address = sign_in_codes.address(secret, staff.user.email)
        return site.page(
            "account_code.html", staff, status=status, secret=secret, groups=sign_in_codes.in_groups(secret), address=address,
            picture=_as_svg(address), fault=fault, required=site.require_codes and not staff.user.totp_secret, pulse=_pulse(site, staff),
        )  # fmt: skip

    @router.get("/account")
    def show(request: Request, done: str = "", staff: Staff = Depends(site.staff)) -> Response:
        return page(request, staff, done)

    @router.post("/account/name")
    def rename(
        request: Request,
        name: Annotated[str, Form()] = "",
        shown_as: Annotated[str, Form()] = "",
        staff: Staff = Depends(site.sender),
    ) -> Response:
        try:
            own_account.rename(site.database, site.clock, staff.user.id, name, shown_as)
        except NameWanted:
            return page(request, staff, faults={"name": "account_fault.name"}, status=422, typed=(name, shown_as))
        return site.go_to(f"{HOME}/account?done=name")

    @router.post("/account/password")
    def change_password(
        request: Request,
        old: Annotated[str, Form()] = "",
        new: Annotated[str, Form()] = "",
        staff: Staff = Depends(site.sender),
    ) -> Response:
        token = request.cookies.get(SESSION_COOKIE, "")
        try:
            own_account.change_password(site.database, site.clock, staff.user.id, token, old, new)
        except WrongPassword:
            return page(request, staff, faults={"old": "account_fault.old"}, status=422)
        except TooManyTries:
            return page(request, staff, faults={"old": "sign_in.too_many"}, status=429)
        except PasswordFault as fault:
            return page(request, staff, faults={"new": f"account_fault.password_{fault.why}"}, status=422)
        return site.go_to(f"{HOME}/account?done=password")

    @router.post("/account/sessions/end")
    def end_one(key: Annotated[str, Form()] = "", staff: Staff = Depends(site.sender)) -> Response:
        own_account.end_session(site.database, site.clock, staff.user.id, key)
        return site.go_to(f"{HOME}/account?done=session")

    @router.post("/account/sessions/end-others")
    def end_others(request: Request, staff: Staff = Depends(site.sender)) -> Response:
        own_account.end_others(site.database, site.clock, staff.user.id, request.cookies.get(SESSION_COOKIE, ""))
        return site.go_to(f"{HOME}/account?done=sessions")

    @router.get("/account/code")
    def begin_code(staff: Staff = Depends(site.staff)) -> Response:
        if staff.user.totp_secret:
            return site.go_to(f"{HOME}/account")
        return code_page(staff, sign_in_codes.new_secret())

    @router.post("/account/code")
    def turn_on(
        secret: Annotated[str, Form()] = "", code: Annotated[str, Form()] = "", staff: Staff = Depends(site.sender)
    ) -> Response:
        try:
            codes = sign_in_codes.turn_on(site.database, site.clock, staff.user.id, secret, code)
        except WrongCode:
            if staff.user.totp_secret or not sign_in_codes.is_secret(secret):
                return site.go_to(f"{HOME}/account/code")
            return code_page(staff, secret, "account_fault.code", 422)
        return site.page("account_recovery.html", staff, codes=codes, first=True, pulse=_pulse(site, staff))

    @router.post("/account/code/off")
    def turn_off(
        request: Request, password: Annotated[str, Form()] = "", staff: Staff = Depends(site.sender)
    ) -> Response:
        try:
            sign_in_codes.turn_off(site.database, site.clock, staff.user.id, password)
        except WrongPassword:
            return page(request, staff, faults={"off": "account_fault.old"}, status=422)
        except TooManyTries:
            return page(request, staff, faults={"off": "sign_in.too_many"}, status=429)
        return site.go_to(f"{HOME}/account/code" if site.require_codes else f"{HOME}/account?done=code_off")

    @router.post("/account/code/recovery")
    def renew(request: Request, password: Annotated[str, Form()] = "", staff: Staff = Depends(site.sender)) -> Response:
        try:
            codes = sign_in_codes.renew_recovery_codes(site.database, site.clock, staff.user.id, password)
        except WrongPassword:
            return page(request, staff, faults={"recovery": "account_fault.old"}, status=422)
        except TooManyTries:
            return page(request, staff, faults={"recovery": "sign_in.too_many"}, status=429)
        except WrongCode:
            return site.go_to(f"{HOME}/account")
        return site.page("account_recovery.html", staff, codes=codes, first=False, pulse=_pulse(site, staff))


def _pulse(site: Site, staff: Staff) -> object:
    """Nothing of the cases while a code must be set up first."""
    return site.pulse(staff) if staff.user.totp_secret or not site.require_codes else None


def _as_svg(content: str) -> Markup:
    """A QR code as part of the page: no styles, no size of its own, black on white in any colour scheme."""
    made = segno.make(content, error="m", micro=False)
    picture = made.svg_inline(
        omitsize=True, border=_QUIET_ZONE, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return Markup(picture)  # noqa: S704 - of our own making
