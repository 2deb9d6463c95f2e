"""Where the link of an invitation leads, or of a new password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from bot.console.browsers import browser_of
from bot.console.site import GUEST_COOKIE, Site
from bot.console.trust import HOME, check_form
from bot.domain.password import LONGEST, SHORTEST
from bot.services import invitations
from bot.services.invitations import LinkOver, NameWanted
from bot.services.passwords import PasswordFault
from bot.services.sign_in import CodeWanted

_GUEST_LASTS = 24 * 3600


def add(router: APIRouter, site: Site) -> None:
    """/console/invitation/{token}."""

    def page(
        request: Request, token: str, faults: dict[str, str] | None = None, name: str = "", shown_as: str = ""
    ) -> Response:
        guest = site.guest(request)
        try:
            link = invitations.follow(site.database, site.clock, token)
        except LinkOver:
            return site.page("invitation_over.html", guest, status=410)
        response = site.page(
            "invitation.html", guest, status=422 if faults else 200, link=link, action=f"{HOME}/invitation/{token}", faults=faults or {},
            name=name, shown_as=shown_as, shortest=SHORTEST, longest=LONGEST,
        )  # fmt: skip
        site.remember(response, GUEST_COOKIE, guest.cookie, _GUEST_LASTS)
        return response

    @router.get("/invitation/{token}")
    def show(request: Request, token: str) -> Response:
        return page(request, token)

    @router.post("/invitation/{token}")
    def take(
        request: Request,
        token: str,
        name: Annotated[str, Form()] = "",
        shown_as: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        form: Annotated[str, Form()] = "",
    ) -> Response:
        check_form(request, site.guest(request).form_token, form)
        agent = browser_of(request.headers.get("user-agent", ""))
        try:
            session = invitations.accept(site.database, site.clock, token, name, shown_as, password, agent)
        except LinkOver:
            return page(request, token)
        except NameWanted:
            return page(request, token, {"name": "account_fault.name"}, name, shown_as)
        except PasswordFault as fault:
            return page(request, token, {"password": f"account_fault.password_{fault.why}"}, name, shown_as)
        except CodeWanted as half:
            return site.half_in(HOME, half)
        return site.let_in(site.go_to(f"{HOME}/account?done=welcome"), session)
