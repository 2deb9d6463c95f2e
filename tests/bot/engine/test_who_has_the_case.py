"""A resident whose case somebody has is told who, and when to expect an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.case import Status
from bot.domain.conversation import Language, OpenCase
from bot.domain.duty import Shift
from tests.bot.engine.talk import SATURDAY, Talk, world

DAY_BEFORE_CHRISTMAS_EVE = datetime(2026, 12, 23, 17, 0, tzinfo=UTC)
"""A Wednesday, six in the evening. The 24th to 26th nobody works, the 27th is a Sunday."""


def _taken(name: str | None, unit: str | None = None, language: Language = "sv", now: datetime | None = None) -> Talk:
    talk = Talk(language=language, now=now) if now else Talk(language=language)
    talk.says("MÄNNISKA")
    case = talk.case
    assert case
    talk._save(replace(case, status=Status.CLAIMED, handledare=name, works_at=("vara", unit)))
    return talk


def _unit() -> tuple[str, str]:
    home = world().organisation.municipality("vara")
    assert home
    return home.units[0].id, home.units[0].name


@pytest.mark.parametrize(("language", "at", "has"), [("sv", "på", "har ditt ärende"), ("en", "at", "has your case")])
def test_by_first_name_and_unit(language: Language, at: str, has: str) -> None:
    unit, named = _unit()
    talk = _taken("Anna", unit, language)
    assert f"Anna {at} {named} {has}" in talk.says("vem har mitt ärende", "case_status")
    assert talk.segments <= 2


def test_without_a_unit_by_name_alone_and_without_a_name_as_a_person() -> None:
    assert "Anna har ditt ärende" in _taken("Anna").says("MÄNNISKA")
    assert "Anna har ditt ärende" in _taken("Anna", "gone").says("MÄNNISKA")
    assert "En människa har ditt ärende" in _taken(None).says("MÄNNISKA")


def test_outside_hours_and_over_christmas_when() -> None:
    assert "svarar dig här på måndag efter klockan 8" in _taken("Anna", now=SATURDAY).says("MÄNNISKA")
    talk = _taken("Anna", now=DAY_BEFORE_CHRISTMAS_EVE)
    assert "svarar dig här på måndag efter klockan 8" in talk.says("MÄNNISKA")
    talk.pass_(days=13)  # the evening before Twelfth Night's day, a Tuesday
    assert "svarar dig här på torsdag efter klockan 8" in talk.says("MÄNNISKA")


def test_the_hours_are_those_of_the_unit_that_has_the_case(monkeypatch: pytest.MonkeyPatch) -> None:
    organisation = world().organisation
    home = organisation.municipalities[0]
    late = replace(
        home.units[0].team, shifts=tuple(replace(shift, weekdays=frozenset({2})) for shift in home.units[0].team.shifts)
    )
    assert all(isinstance(shift, Shift) for shift in late.shifts)
    moved = replace(home, units=(replace(home.units[0], team=late), *home.units[1:]))
    changed = replace(organisation, municipalities=(moved, *organisation.municipalities[1:]))
    monkeypatch.setattr("tests.bot.engine.talk.world", lambda: replace(world(), organisation=changed))
    talk = Talk(now=SATURDAY)
    talk.says("MÄNNISKA")
    case = talk.case
    assert isinstance(case, OpenCase)
    talk._save(replace(case, home=(home.id, home.units[0].id)))
    assert "på onsdag" in talk.says("MÄNNISKA")
