"""Hours and days as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.console.typed_hours import NotADay, NotHours, day_typed, hours_typed, season_day_typed, week_typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10-18", "10:00-18:00"),
        (" 9.30–12, 13-18:30 ", "09:30-12:00 13:00-18:30"),
        ("10-12 och 13-18", "10:00-12:00 13:00-18:00"),
        ("13-18, 10-12", "10:00-12:00 13:00-18:00"),
        ("kl 9-17", "09:00-17:00"),
        ("Kl. 9-17", "09:00-17:00"),
        ("6-24", "06:00-23:59"),
        ("6-24.00", "06:00-23:59"),
        ("10-12,", "10:00-12:00"),
        ("", ""),
        ("Stängt", ""),
        ("-", ""),
        ("closed", ""),
    ],
)
def test_hours(typed: str, meant: str) -> None:
    assert " ".join(map(str, hours_typed(typed))) == meant


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("tio till fem", "unreadable"),
        ("10", "unreadable"),
        ("10-25", "unreadable"),
        ("18-10", "backwards"),
        ("10-10", "backwards"),
        ("9-12, 11-14", "overlap"),
        ("10-12, x", "unreadable"),
    ],
)
def test_what_are_no_hours(typed: str, why: str) -> None:
    with pytest.raises(NotHours) as raised:
        hours_typed(typed)
    assert raised.value.why == why


@pytest.mark.parametrize(
    ("line", "days", "hours"),
    [
        ("måndag-torsdag 10-16", range(4), "10:00-16:00"),
        ("Mån–tors: 10-16", range(4), "10:00-16:00"),
        ("lör 10-13", range(5, 6), "10:00-13:00"),
        ("lordag 10-13", range(5, 6), "10:00-13:00"),
        ("alla dagar 8-20", range(7), "08:00-20:00"),
        ("Monday - Friday 9-12, 13-17", range(5), "09:00-12:00 13:00-17:00"),
    ],
)
def test_a_line_of_a_week(line: str, days: range, hours: str) -> None:
    found, intervals = week_typed(line)
    assert (found, " ".join(map(str, intervals))) == (days, hours)


@pytest.mark.parametrize(
    "line", ["10-16", "fredag-måndag 10-16", "någon gång 10-16", "måndag", "måndag tio", "x" * 5000]
)
def test_what_is_no_line_of_a_week(line: str) -> None:
    with pytest.raises(NotHours):
        week_typed(line)


@pytest.mark.parametrize("typed", ["2026-12-23", "23/12 2026", "23/12-2026", "23 december 2026", "23 dec 2026"])
def test_days(typed: str) -> None:
    assert day_typed(typed) == date(2026, 12, 23)


@pytest.mark.parametrize(
    "typed",
    ["2026-02-31", "31/2 2026", "31 februari 2026", "23 foo 2026", "20261223", "i morgon", "2026-1-1", "0000-01-01"],
)
def test_what_is_no_day(typed: str) -> None:
    with pytest.raises(NotADay):
        day_typed(typed)


@pytest.mark.parametrize("typed", ["22/6", "06-22", "22 juni", "22 June"])
def test_days_of_the_year(typed: str) -> None:
    assert season_day_typed(typed) == "06-22"


def test_the_leap_day_is_a_day_of_the_year() -> None:
    assert season_day_typed("29/2") == "02-29"


@pytest.mark.parametrize("typed", ["31/6", "06-31", "sommar", "", "1/13"])
def test_what_is_no_day_of_the_year(typed: str) -> None:
    with pytest.raises(NotADay):
        season_day_typed(typed)
