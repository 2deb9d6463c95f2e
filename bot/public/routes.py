"""The public pages as a router. Whoever includes it serves STATIC at /program/static first, since it takes every other path below /program."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.domain.conversation import Language
from bot.domain.duty import Municipality
from bot.engine.world import World
from bot.pages import guarded_by
from bot.public.calendar_feed import own_feed, public_feed
from bot.public.leaflet import Leaflet, make_leaflet
from bot.public.poster import poster
from bot.public.site import (
    FILE_POLICY,
    HEADERS,
    PRIVATE,
    NoSuchCalendar,
    NoSuchProgram,
    PublicSite,
    answered,
    language_of,
)
from bot.public.words import word
from bot.services.ports import Clock
from bot.services.read_program import read_calendar, read_own_calendar, read_programs
from bot.store.database import Database

STATIC = Path(__file__).parent / "static"
FIRST_OF_ALL = 3
"""Courses and places of each municipality on the page of all."""
_CALENDAR = "text/calendar"


def make_public(
    database: Database,
    world: Callable[[], World],
    clock: Clock,
    public_url: str,
    telegram: Callable[[], str] = lambda: "",
) -> APIRouter:
    """/program and what is below it, and /kalender. `telegram` tells the bot's name, or "" while it is not known."""
    site = PublicSite(database, world, clock, public_url, telegram)
    router = APIRouter(route_class=guarded_by(site.refuse, HEADERS), include_in_schema=False)
    get = partial(router.api_route, methods=["GET", "HEAD"])

    @get("/program")
    def all_programs(request: Request, kommun: str = "") -> Response:
        if kommun.strip():
            return _program_page(site, request, site.municipality(kommun))
        language = language_of(request)
        programs = read_programs(site.database, site.clock, site.world(), site.world().organisation.municipalities)
        leaflets = [
            make_leaflet(program, site.contact(None), language, site.address(None, language)) for program in programs
        ]
        return site.page(
            request,
            "all.html",
            leaflets=leaflets,
            contact=site.contact(None),
            first=FIRST_OF_ALL,
            is_sample=any(leaflet.is_sample for leaflet in leaflets),
        )

    @get("/program/plats/{place_id}.ics")
    def place_calendar(request: Request, place_id: str) -> Response:
        language, now_known = language_of(request), site.world()
        place = next((place for place in now_known.places if place.id == place_id), None)
        home = now_known.organisation.municipality(place.municipality) if place else None
        if place is None or home is None:
            raise NoSuchProgram
        courses = read_calendar(site.database, site.clock, now_known, place=place)
        name = word("feed.place", language, name=place.name)
        return _calendar(
            request, public_feed(name, courses, site.contact(home), language, site.address(home, language)), place.id
        )

    @get("/program/{municipality}.ics")
    def calendar(request: Request, municipality: str) -> Response:
        home, language = site.municipality(municipality), language_of(request)
        courses = read_calendar(site.database, site.clock, site.world(), municipality=home)
        name = word("feed.program", language, name=home.name)
        return _calendar(
            request, public_feed(name, courses, site.contact(home), language, site.address(home, language)), home.id
        )

    @get("/program/{municipality}.pdf")
    def printed(request: Request, municipality: str) -> Response:
        home = site.municipality(municipality)
        body = poster(_leaflet(site, home, language_of(request)))
        return answered(
            request,
            body,
            "application/pdf",
            {"Content-Disposition": f'inline; filename="lotsen-{home.id}.pdf"', "Content-Security-Policy": FILE_POLICY},
        )

    @get("/program/{municipality}")
    def program(request: Request, municipality: str) -> Response:
        return _program_page(site, request, site.municipality(municipality))

    @get("/kalender/{token}.ics")
    def own_calendar(request: Request, token: str) -> Response:
        groups = read_own_calendar(site.database, site.clock, site.world(), token)
        if groups is None:
            raise NoSuchCalendar
        language = language_of(request)
        body = own_feed(word("feed.own", language), groups, language, site.address(None, language))
        return _calendar(request, body, "lotsen", {"Cache-Control": PRIVATE, "X-Robots-Tag": "noindex, nofollow"})

    @get("/program/{path:path}")
    def missing(path: str) -> Response:
        raise NoSuchProgram

    @get("/kalender/{path:path}")
    def no_calendar(path: str) -> Response:
        raise NoSuchCalendar

    return router


def _program_page(site: PublicSite, request: Request, municipality: Municipality) -> Response:
    leaflet = _leaflet(site, municipality, language_of(request))
    return site.page(request, "program.html", leaflet=leaflet, contact=leaflet.contact, is_sample=leaflet.is_sample)


def _leaflet(site: PublicSite, municipality: Municipality, language: Language) -> Leaflet:
    (program,) = read_programs(site.database, site.clock, site.world(), (municipality,))
    return make_leaflet(program, site.contact(municipality), language, site.address(municipality, language))


def _calendar(request: Request, body: bytes, name: str, headers: dict[str, str] | None = None) -> Response:
    return answered(
        request, body, _CALENDAR, {"Content-Disposition": f'inline; filename="{name}.ics"', **(headers or {})}
    )
