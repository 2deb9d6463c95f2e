"""Signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from bot.console.site import GUEST_COOKIE, SESSION_COOKIE, Site, Staff
from bot.console.trust import HOME, NotSignedIn, check_form, local_path
from bot.services import sign_in
from bot.services.sign_in import SESSION_LASTS, TRIES_WITHIN, TooManyTries, WrongPassword

_GUEST_LASTS = 30 * 24 * 3600
"""A sign-in page may stand open for days."""


def add(router: APIRouter, site: Site) -> None:
    """/console/sign-in and /console/sign-out."""

    def page(request: Request, wanted: str, status: int = 200, fault: str = "", email: str = "") -> Response:
        guest = site.guest(request)
        response = site.page("sign_in.html", guest, status=status, wanted=local_path(wanted), fault=fault, email=email)
        site.remember(response, GUEST_COOKIE, guest.cookie, _GUEST_LASTS)
        return response

    @router.get("/sign-in")
    def show(request: Request, next: str = HOME) -> Response:
        try:
            site.staff(request)
        except NotSignedIn:
            return page(request, next)
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
        network = request.client.host if request.client else ""
        try:
            token = sign_in.sign_in(site.database, site.clock, email, password, network)
        except TooManyTries:
            response = page(request, next, 429, "sign_in.too_many", email)
            response.headers["Retry-After"] = str(int(TRIES_WITHIN.total_seconds()))
            return response
        except WrongPassword:
            return page(request, next, 401, "sign_in.wrong", email)
        response = site.go_to(local_path(next))
        site.remember(response, SESSION_COOKIE, token, int(SESSION_LASTS.total_seconds()))
        site.forget(response, GUEST_COOKIE)
        return response

    @router.post("/sign-out")
    def leave(request: Request, staff: Staff = Depends(site.sender)) -> Response:
        sign_in.sign_out(site.database, request.cookies.get(SESSION_COOKIE, ""))
        response = site.go_to(f"{HOME}/sign-in")
        site.forget(response, SESSION_COOKIE)
        return response
