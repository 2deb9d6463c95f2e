"""The handledare's console as a router. Whoever includes it serves STATIC at /console/static first, since it takes every other path."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from fastapi import APIRouter

from bot.console.site import Site
from bot.console.trust import HOME
from bot.console.views import (
    account,
    accounts,
    act,
    answer,
    attachments,
    audit,
    calendar,
    call,
    case,
    course_acts,
    courses,
    duty,
    guides,
    hand_back,
    invitation,
    language,
    links,
    live,
    loans,
    missing,
    new_case,
    parting,
    places,
    queue,
    remarks,
    search,
    shell,
    sign_in,
    transfer,
)
from bot.engine.world import World
from bot.pages import guarded_by
from bot.services.ports import Clock
from bot.services.work_cases import CaseDesk
from bot.store.database import Database

STATIC = Path(__file__).parent / "static"
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",  # with no-referrer a browser sends "Origin: null" with our own forms
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
"""Keep other sites out, and pages out of every store."""


def make_console(
    desk: CaseDesk,
    database: Database,
    world: Callable[[], World],
    clock: Clock,
    secret_key: bytes,
    secure_cookies: bool,
    closing: threading.Event | None = None,
    rasa_away: Callable[[], bool] = lambda: False,
    places_changed: Callable[[], None] = lambda: None,
    public_url: str = "",
    require_codes: bool = False,
) -> APIRouter:
    """All pages under /console. Set `closing` when the process is to end: live connections then let go within a second.

    While `rasa_away` is true every page that somebody is signed in to says so. `places_changed` is called after each change of a place.
    `public_url` begins the addresses that calendars subscribe to; without it the request's own host does. With `require_codes` nobody gets further than their own account before they have a code at sign-in.
    """
    ending = closing or threading.Event()
    site = Site(
        desk,
        database,
        world,
        clock,
        secret_key,
        secure_cookies,
        ending,
        rasa_away,
        places_changed,
        public_url,
        require_codes,
    )
    router = APIRouter(prefix=HOME, route_class=guarded_by(site.refuse, HEADERS), include_in_schema=False)
    for view in (
        sign_in,
        invitation,
        account,
        accounts,
        audit,
        language,
        queue,
        new_case,  # before case, whose path takes any number
        transfer,
        links,  # before case as well, for what it has below a case
        attachments,
        case,
        call,
        parting,
        act,
        answer,
        hand_back,
        live,
        remarks,
        search,
        guides,
        courses,
        course_acts,
        places,
        calendar,
        loans,
        duty,
        shell,
        missing,
    ):  # missing takes every other path, so it is last
        view.add(router, site)
    return router
