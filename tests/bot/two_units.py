"""Kalmar with two units, the library and the contact centre, and Vara beside it: between them runs secrecy."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.duty import DutyPerson, Municipality, Organisation, Unit
from bot.engine.world import World
from bot.store import users
from bot.store.database import Database
from bot.store.tables import UserRow
from tests.stand_ins import KALMAR_TEAM, MONDAY, ORGANISATION, VARA_TEAM, WORLD

CENTRE_PHONE = "+46701740698"
CENTRE_TEAM = replace(
    KALMAR_TEAM, id="kalmar-centre", name="The contact centre", duty_list=(DutyPerson("first", CENTRE_PHONE),)
)
UNITS: Organisation = replace(
    ORGANISATION,
    municipalities=(
        Municipality(
            "kalmar",
            "Kalmar",
            "0880",
            (Unit("library", "Kalmar bibliotek", KALMAR_TEAM), Unit("centre", "Kontaktcenter", CENTRE_TEAM)),
        ),
        Municipality("vara", "Vara", "1470", (Unit("library", "Vara bibliotek", VARA_TEAM),)),
    ),
)


def with_units(world: World = WORLD) -> World:
    """The world, organised so."""
    return replace(world, organisation=UNITS)


def staff(
    database: Database,
    name: str,
    municipality: str | None = "kalmar",
    unit: str | None = None,
    role: str = "handledare",
) -> UserRow:
    """An account of a unit, seen at work just now."""
    with database.writing() as session:
        user = users.add(session, f"{name.casefold()}@kommun.example", name, role, "hash", MONDAY, municipality, unit)
        user.seen_at = MONDAY
    return user
