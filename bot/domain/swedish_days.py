"""Swedish public holidays, and the eves on which most doors are shut although the law names only three.

Public holidays: lag (1989:253) om allmänna helgdagar, as the library ``holidays`` works them out. Midsommarafton,
julafton and nyårsafton count as Sundays in semesterlagen (1977:480) 7 §. The other eves are custom.
Ordinary Sundays are no holidays here: opening hours name Sunday themselves.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import holidays


class Eve(StrEnum):
    """A day before a holiday on which a place may be closed."""

    TWELFTH_NIGHT = "trettondagsafton"
    MAUNDY_THURSDAY = "skartorsdagen"
    EASTER_EVE = "paskafton"
    WALPURGIS_EVE = "valborgsmassoafton"
    WHITSUN_EVE = "pingstafton"
    MIDSUMMER_EVE = "midsommarafton"
    ALL_SAINTS_EVE = "allhelgonaafton"
    CHRISTMAS_EVE = "julafton"
    NEW_YEARS_EVE = "nyarsafton"


CLOSED_BY_DEFAULT = frozenset({Eve.MIDSUMMER_EVE, Eve.CHRISTMAS_EVE, Eve.NEW_YEARS_EVE})


def is_public_holiday(day: date) -> bool:
    """Whether the day is an allmän helgdag, apart from ordinary Sundays."""
    return day in _public_holidays(day.year)


def eve(day: date) -> Eve | None:
    """Which eve the day is, if any."""
    return _eves(day.year).get(day)


@lru_cache(maxsize=32)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("SE", years=year, categories=("public",)))


@lru_cache(maxsize=32)
def _eves(year: int) -> dict[date, Eve]:
    easter = _easter_sunday(year)
    saturday_after_midsummer = _first_saturday(date(year, 6, 20))
    all_saints = _first_saturday(date(year, 10, 31))
    return {
        date(year, 1, 5): Eve.TWELFTH_NIGHT,
        easter - timedelta(days=3): Eve.MAUNDY_THURSDAY,
        easter - timedelta(days=1): Eve.EASTER_EVE,
        date(year, 4, 30): Eve.WALPURGIS_EVE,
        easter + timedelta(days=48): Eve.WHITSUN_EVE,
        saturday_after_midsummer - timedelta(days=1): Eve.MIDSUMMER_EVE,
        all_saints - timedelta(days=1): Eve.ALL_SAINTS_EVE,
        date(year, 12, 24): Eve.CHRISTMAS_EVE,
        date(year, 12, 31): Eve.NEW_YEARS_EVE,
    }


def _easter_sunday(year: int) -> date:
    """The calendar of the library, so that holidays and eves can never disagree."""
    names = holidays.country_holidays("SE", years=year, categories=("public",), language="sv")
    return next(day for day, name in names.items() if "Påskdagen" in name)


def _first_saturday(first: date) -> date:
    return first + timedelta(days=(5 - first.weekday()) % 7)
