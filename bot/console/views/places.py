"""Places: all of them with what there is to see to, one with its coming two weeks, and the form that changes it. Samordnare and admin edit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from bot.console import place_form
from bot.console.place_form import FieldFault, Fields
from bot.console.place_teller import PlaceTeller
from bot.console.site import Site, Staff
from bot.console.trust import HOME
from bot.console.words import Language
from bot.domain.opening_hours import STOCKHOLM
from bot.domain.place import DIGITAL, PlaceKind
from bot.domain.place_state import days_ahead
from bot.domain.swedish_days import Eve, day_name, eve_name
from bot.engine.world import World
from bot.place_documents import DocumentUnreadable
from bot.services import read_places
from bot.services.edit_places import PlaceChanged, PlaceNotFound, may_edit
from bot.services.read_places import PlaceLine

LONGEST_NAME = 120


async def typed(request: Request) -> Fields:
    """Everything that was typed, by field."""
    form = await request.form()
    return {name: tuple(str(value) for value in form.getlist(name)) for name in form}


def add(router: APIRouter, site: Site) -> None:
    """/console/places and what lies under it."""

    def one(staff: Staff, place_id: str, fault: str = "", status: int = 200, by: str = "", done: str = "") -> Response:
        line, now = read_places.place_page(site.database, site.clock, staff.who, place_id)
        today = now.astimezone(STOCKHOLM).date()
        days = [(ahead, day_name(ahead.day, staff.language)) for ahead in days_ahead(line.place, today)]
        titles = _titles(site.world(), staff.language)
        return site.page(
            "place.html", staff, now, status, line=line, days=days, titles=titles, everything=DIGITAL,
            may_edit=staff.may_plan and line.may_edit, fault=fault, by=by, done=done, pulse=site.pulse(staff),
            courses=read_places.courses_to_come(site.database, site.clock, place_id),
        )  # fmt: skip

    def form(
        staff: Staff,
        fields: Fields,
        line: PlaceLine | None = None,
        faults: dict[str, FieldFault] | None = None,
        status: int = 200,
        taken: str | None = None,
        version: int | None = None,
    ) -> Response:
        world, p = site.world(), PlaceTeller(site.teller(staff))
        homes = [home for home in world.organisation.municipalities if may_edit(staff.who, home.name)]
        shown_version = version if version is not None else line.version if line else 0
        return site.page(
            "place_form.html", staff, status=status, line=line, fields=fields, faults=faults or {}, taken=taken, version=shown_version,
            owners=[(f"{home.name}/{unit.id}", f"{home.name}: {unit.name}") for home in homes for unit in home.units],
            kinds=tuple(PlaceKind), topics=_topics(world, staff.language, fields), access=[(code, p.access(code)) for code in _with(place_form.ACCESS, fields.get("access", ()))],
            languages=[(code, p.spoken(code)) for code in _with(place_form.LANGUAGES, fields.get("language", ()))],
            eves=[(str(eve), eve_name(eve, staff.language)) for eve in Eve],
            seasons=place_form.rows_of(fields, "season", place_form.SPARE_SEASONS),
            day_rows=place_form.rows_of(fields, "day", place_form.SPARE_DAYS), pulse=site.pulse(staff),
        )  # fmt: skip

    def saved(
        staff: Staff, fields: Fields, line: PlaceLine | None, save: Callable[[place_form.Meant], str]
    ) -> Response:
        """What was typed as a place, or the form again with everything that is wrong."""
        meant = place_form.read_form(fields, site.world().gazetteer, line.place if line else None)
        _owner_known(site.world(), staff, meant)
        if meant.faults:
            return form(staff, fields, line, meant.faults, 422, version=_version(fields))
        try:
            place_id = save(meant)
        except DocumentUnreadable:
            return form(
                staff, fields, line, {"name": FieldFault("place_fault.unreadable")}, 422, version=_version(fields)
            )
        except PlaceChanged as changed:
            return form(staff, fields, line, None, 409, taken=str(changed), version=line.version if line else 0)
        return site.go_to(f"{HOME}/places/{place_id}?done=saved")

    def editable(staff: Staff, place_id: str) -> PlaceLine:
        line, _ = read_places.place_page(site.database, site.clock, staff.who, place_id)
        if not line.may_edit:
            raise PlaceNotFound(place_id)
        return line

    @router.get("/places")
    def listed(kommun: str = "", done: str = "", staff: Staff = Depends(site.staff)) -> Response:
        page = read_places.places_page(site.database, site.clock, staff.who)
        named = list(dict.fromkeys(line.place.municipality for line in page.lines))
        chosen = kommun if kommun in named else ""
        groups = [
            (name, [line for line in page.lines if line.place.municipality == name])
            for name in named
            if chosen in ("", name)
        ]
        return site.page(
            "places.html",
            staff,
            page.now,
            page=page,
            groups=groups,
            named=named,
            chosen=chosen,
            done=done,
            pulse=site.pulse(staff),
        )

    @router.get("/places/new")
    def new(staff: Staff = Depends(site.staff)) -> Response:
        return form(site.planning(staff), place_form.empty_fields())

    @router.post("/places/new")
    def create(staff: Staff = Depends(site.planner), fields: Fields = Depends(typed)) -> Response:
        return saved(staff, fields, None, lambda meant: site.places.add(staff.who, meant.municipality, meant.document))

    @router.get("/places/{place_id}")
    def shown(place_id: str, done: str = "", staff: Staff = Depends(site.staff)) -> Response:
        return one(staff, place_id, done=done)

    @router.get("/places/{place_id}/edit")
    def edit(place_id: str, staff: Staff = Depends(site.staff)) -> Response:
        line = editable(site.planning(staff), place_id)
        return form(staff, place_form.fields_of(line.place), line)

    @router.post("/places/{place_id}/edit")
    def change(place_id: str, staff: Staff = Depends(site.planner), fields: Fields = Depends(typed)) -> Response:
        line = editable(staff, place_id)

        def save(meant: place_form.Meant) -> str:
            site.places.change(staff.who, place_id, meant.municipality, meant.document, _version(fields))
            return place_id

        return saved(staff, fields, line, save)

    @router.post("/places/{place_id}/verify")
    def verify(place_id: str, by: Annotated[str, Form()] = "", staff: Staff = Depends(site.planner)) -> Response:
        editable(staff, place_id)
        written = " ".join(by.split())
        if not written or len(written) > LONGEST_NAME:
            return one(staff, place_id, "place_fault.verified_by", 422, written)
        site.places.verify(staff.who, place_id, written)
        return site.go_to(f"{HOME}/places/{place_id}?done=verified")

    @router.post("/places/{place_id}/remove")
    def remove(place_id: str, sure: Annotated[str, Form()] = "", staff: Staff = Depends(site.planner)) -> Response:
        editable(staff, place_id)
        if not sure:
            return one(staff, place_id, "place_fault.sure", 422)
        site.places.remove(staff.who, place_id)
        return site.go_to(f"{HOME}/places?done=removed")

    @router.post("/places/{place_id}/restore")
    def restore(place_id: str, staff: Staff = Depends(site.planner)) -> Response:
        site.places.restore(staff.who, place_id)
        return site.go_to(f"{HOME}/places/{place_id}?done=restored")


def _owner_known(world: World, staff: Staff, meant: place_form.Meant) -> None:
    home = world.organisation.municipality(meant.municipality)
    ours = home is not None and home.name == meant.municipality and may_edit(staff.who, home.name)
    if home is None or not ours or meant.document["unit"] not in {unit.id for unit in home.units}:
        meant.faults.setdefault("owner", FieldFault("place_fault.owner"))


def _version(fields: Fields) -> int:
    written = next(iter(fields.get("version", ())), "")
    return int(written) if written.isdecimal() and len(written) < 10 else -1


def _titles(world: World, language: Language) -> dict[str, str]:
    """Titles of topics by intent."""
    return {intent: flow.title.in_(language) for flow in world.flows.values() for intent in flow.intents}


def _topics(world: World, language: Language, fields: Fields) -> list[tuple[str, str]]:
    """What a place may be said to help with: what there are guides for, and whatever it has already."""
    guides = {
        intent: flow.title.in_(language)
        for flow in world.flows.values()
        if flow.kind == "guide"
        for intent in flow.intents
    }
    chosen = {topic: topic for topic in fields.get("topic", ()) if topic not in guides}
    return sorted({**guides, **chosen}.items(), key=lambda topic: topic[1].casefold())


def _with(known: tuple[str, ...], chosen: tuple[str, ...]) -> list[str]:
    """What can be ticked: what is known, and what the place has besides."""
    return [*known, *(value for value in dict.fromkeys(chosen) if value and value not in known)]
