"""Signing in, by a password and then a code where the account has one, and signing out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from bot.console.browsers import browser_of
from bot.console.site import GUEST_COOKIE, HALF_COOKIE, SESSION_COOKIE, Site, Staff
from bot.console.trust import HOME, NotSignedIn, check_form, local_path
from bot.services import sign_in
from bot.services.brake import TRIES_WITHIN, TooManyTries
from bot.services.passwords import WrongPassword
from bot.services.sign_in import CodeWanted, HalfOver
from bot.services.sign_in_codes import WrongCode

_GUEST_LASTS = 30 * 24 * 3600
"""A sign-in page may stand open for days."""


def add(router: APIRouter, site: Site) -> None:
    """/console/sign-in, /console/sign-in/code and /console/sign-out."""

    def page(
        request: Request, wanted: str, status: int = 200, fault: str = "", email: str = "", step: str = "sign_in"
    ) -> Response:
        guest = site.guest(request)
        response = site.page(f"{step}.html", guest, status=status, wanted=local_path(wanted), fault=fault, email=email)
        site.remember(response, GUEST_COOKIE, guest.cookie, _GUEST_LASTS)
        if status == 429:
            response.headers["Retry-After"] = str(int(TRIES_WITHIN.total_seconds()))
        return response

    @router.get("/sign-in")
    def show(request: Request, next: str = HOME, over: str = "") -> Response:
        try:
            site.staff(request)
        except NotSignedIn:
            return page(request, next, fault="sign_in.over" if over else "")
        return site.go_to(local_path(next))

    @router.post("/sign-in")
    def enter(
        request: Request,
        email: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        form: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = HOME,
    ) -> Response:
        check_form(request, site.guest(request).form_token, form)
        try:
            token = sign_in.sign_in(site.database, site.clock, email, password, _network(request), _agent(request))
        except TooManyTries:
            return page(request, next, 429, "sign_in.too_many", email)
        except WrongPassword:
            return page(request, next, 401, "sign_in.wrong", email)
        except CodeWanted as half:
            return site.half_in(local_path(next), half)
        return site.let_in(site.go_to(local_path(next)), token)

    @router.get("/sign-in/code")
    def ask_code(request: Request, next: str = HOME) -> Response:
        return page(request, next, step="sign_in_code") if site.half(request) else site.go_to(f"{HOME}/sign-in")

    @router.post("/sign-in/code")
    def enter_code(
        request: Request,
        code: Annotated[str, Form()] = "",
        recovery: Annotated[str, Form()] = "",
        form: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = HOME,
    ) -> Response:
        check_form(request, site.guest(request).form_token, form)
        half = site.half(request)
        try:
            if half is None:
                raise HalfOver
            token = sign_in.give_code(
                site.database, site.clock, *half, code, recovery, _network(request), _agent(request)
            )
        except TooManyTries:
            return page(request, next, 429, "sign_in.too_many_codes", step="sign_in_code")
        except WrongCode:
            return page(request, next, 401, "sign_in.wrong_code", step="sign_in_code")
        except HalfOver:
            response = site.go_to(f"{HOME}/sign-in?over=1")
            site.forget(response, HALF_COOKIE)
            return response
        return site.let_in(site.go_to(local_path(next)), token)

    @router.post("/sign-out")
    def leave(request: Request, staff: Staff = Depends(site.sender)) -> Response:
        sign_in.sign_out(site.database, site.clock, request.cookies.get(SESSION_COOKIE, ""))
        response = site.go_to(f"{HOME}/sign-in")
        site.forget(response, SESSION_COOKIE)
        return response


def _network(request: Request) -> str:
    return request.client.host if request.client else ""


def _agent(request: Request) -> str:
    return browser_of(request.headers.get("user-agent", ""))
