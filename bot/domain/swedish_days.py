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


_EVES_IN_ENGLISH = {
    Eve.TWELFTH_NIGHT: "Twelfth Night",
    Eve.MAUNDY_THURSDAY: "Maundy Thursday",
    Eve.EASTER_EVE: "Easter Eve",
    Eve.WALPURGIS_EVE: "Walpurgis Eve",
    Eve.WHITSUN_EVE: "Whitsun Eve",
    Eve.MIDSUMMER_EVE: "Midsummer Eve",
    Eve.ALL_SAINTS_EVE: "All Saints' Eve",
    Eve.CHRISTMAS_EVE: "Christmas Eve",
    Eve.NEW_YEARS_EVE: "New Year's Eve",
}
_EVES_IN_SWEDISH = {
    Eve.TWELFTH_NIGHT: "Trettondagsafton",
    Eve.MAUNDY_THURSDAY: "Skärtorsdagen",
    Eve.EASTER_EVE: "Påskafton",
    Eve.WALPURGIS_EVE: "Valborgsmässoafton",
    Eve.WHITSUN_EVE: "Pingstafton",
    Eve.MIDSUMMER_EVE: "Midsommarafton",
    Eve.ALL_SAINTS_EVE: "Allhelgonaafton",
    Eve.CHRISTMAS_EVE: "Julafton",
    Eve.NEW_YEARS_EVE: "Nyårsafton",
}


def eve_name(which: Eve, language: str) -> str:
    """ "Julafton"; in English for any language but "sv"."""
    return _EVES_IN_SWEDISH[which] if language == "sv" else _EVES_IN_ENGLISH[which]


def day_name(day: date, language: str) -> str | None:
    """What the day is called when it is a public holiday or an eve: "Juldagen", "Julafton"; in English for any language but "sv"."""
    if is_public_holiday(day):
        return _holiday_names(day.year, "sv" if language == "sv" else "en_US")[day].split("; ")[0]
    found = eve(day)
    return eve_name(found, language) if found else None


def is_public_holiday(day: date) -> bool:
    """Whether the day is an allmän helgdag, apart from ordinary Sundays."""
    return day in _public_holidays(day.year)


def eve(day: date) -> Eve | None:
    """Which eve the day is, if any."""
    return _eves(day.year).get(day)


@lru_cache(maxsize=32)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("SE", years=year, categories=("public",)))


@lru_cache(maxsize=64)
def _holiday_names(year: int, language: str) -> dict[date, str]:
    return dict(holidays.country_holidays("SE", years=year, categories=("public",), language=language).items())


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
