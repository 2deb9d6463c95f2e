"""The ``hours`` of a place file, from text to opening hours.

staffed:
  monday-thursday: 9-19
  friday: 9-12, 13-18:30
unstaffed:
  monday-sunday: 6-22
seasons:
  - from: 06-22
    to: 08-09
    staffed: {monday-friday: 10-16}
exceptions:
  - date: 2026-12-23
    staffed: 10-14
  - from: 2027-01-02
    to: 2027-01-05
    closed: true
closed_on_holidays: true
closed_eves: [midsommarafton, julafton, nyarsafton]
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from bot.domain.opening_hours import CLOSED, DayHours, Interval, OpeningHours, Season
from bot.domain.swedish_days import CLOSED_BY_DEFAULT, Eve
from bot.marked_yaml import Marked, YamlFault

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# A closure for longer than this is no exception: use valid_to, or a season.
LONGEST_EXCEPTION_DAYS = 120

_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*-\s*(\d{1,2})(?:[:.](\d{2}))?")
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


def read_hours(marked: Marked) -> OpeningHours:
    """The opening hours. Raises YamlFault at the first thing that cannot be meant."""
    given = known_keys(
        marked, "hours", {"staffed", "unstaffed", "seasons", "exceptions", "closed_on_holidays", "closed_eves"}
    )
    exceptions: dict[date, DayHours] = {}
    for entry in given["exceptions"].items("exceptions") if "exceptions" in given else []:
        for day, day_hours in _exception(entry).items():
            if day in exceptions:
                raise YamlFault(entry.line, f"{day} has two exceptions: remove one of them")
            exceptions[day] = day_hours
    seasons = given["seasons"].items("seasons") if "seasons" in given else []
    hours = OpeningHours(
        week=_week(marked.line, given),
        exceptions=exceptions,
        seasons=tuple(_season(entry) for entry in seasons),
        closed_on_holidays=read_truth(given["closed_on_holidays"], "closed_on_holidays")
        if "closed_on_holidays" in given
        else True,
        closed_eves=frozenset(_eve(entry) for entry in given["closed_eves"].items("closed_eves"))
        if "closed_eves" in given
        else CLOSED_BY_DEFAULT,
    )
    if not any(day.staffed for day in (*hours.week.values(), *exceptions.values())):
        raise YamlFault(marked.line, "nobody is ever there to help: give staffed hours, or remove the place")
    return hours


def known_keys(marked: Marked, what: str, known: set[str]) -> dict[str, Marked]:
    """The mapping, when it has no key beside ``known``. Raises YamlFault at the first other one."""
    given = marked.mapping(what)
    for key, value in given.items():
        if key not in known:
            raise YamlFault(value.line, f"{what} has no {key!r}: remove it, or use one of {', '.join(sorted(known))}")
    return given


def read_date(marked: Marked, what: str) -> date:
    """A date as 2026-12-23. Raises YamlFault for any other."""
    text = marked.text(what)
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise YamlFault(marked.line, f"{what} {text!r} is no date: write it as 2026-12-23") from None


def read_truth(marked: Marked, what: str) -> bool:
    """true or false. Raises YamlFault for anything else."""
    text = marked.text(what).casefold()
    if text not in _TRUTH:
        raise YamlFault(marked.line, f"{what} must be true or false, not {text!r}")
    return _TRUTH[text]


def read_spans(text: str) -> tuple[Interval, ...]:
    """The intervals of "10-12, 13-18:30"; none of "closed". Raises ValueError for what cannot be meant."""
    if text.casefold() == "closed":
        return ()
    found = []
    for part in text.split(","):
        span = _SPAN.fullmatch(part.strip())
        if span is None:
            raise ValueError(f"{part.strip()!r} is no opening time: write 10-18, or 9:30-12, 13-18")
        start_hour, start_minute, end_hour, end_minute = (int(number or 0) for number in span.groups())
        try:
            found.append(Interval(time(start_hour, start_minute), time(end_hour, end_minute)))
        except ValueError as error:
            raise ValueError(f"{part.strip()!r} is no opening time: {error}") from None
    return tuple(found)


def _exception(marked: Marked) -> dict[date, DayHours]:
    given = known_keys(marked, "an exception", {"date", "from", "to", "closed", "staffed", "unstaffed"})
    if "date" in given and not {"from", "to"} & set(given):
        first = last = read_date(given["date"], "date")
    elif {"from", "to"} <= set(given) and "date" not in given:
        first, last = read_date(given["from"], "from"), read_date(given["to"], "to")
    else:
        raise YamlFault(marked.line, "an exception needs either date, or from and to")
    if not 0 <= (last - first).days <= LONGEST_EXCEPTION_DAYS:
        raise YamlFault(
            marked.line, f"from {first} to {last} must go forward, and at most {LONGEST_EXCEPTION_DAYS} days"
        )
    closed = "closed" in given and read_truth(given["closed"], "closed")
    if closed == bool({"staffed", "unstaffed"} & set(given)):
        raise YamlFault(marked.line, "an exception needs either closed: true, or staffed and unstaffed hours")
    hours = CLOSED
    if not closed:
        hours = _day_hours(
            marked.line,
            _intervals(given["staffed"], "staffed") if "staffed" in given else (),
            _intervals(given["unstaffed"], "unstaffed") if "unstaffed" in given else (),
        )
    return {first + timedelta(days=ahead): hours for ahead in range((last - first).days + 1)}


def _season(marked: Marked) -> Season:
    given = known_keys(marked, "a season", {"from", "to", "staffed", "unstaffed"})
    for key in ("from", "to"):
        if key not in given:
            raise YamlFault(marked.line, f"a season needs {key!r}, as 06-22 (month and day)")
    return Season(_month_day(given["from"]), _month_day(given["to"]), _week(marked.line, given))


def _month_day(marked: Marked) -> tuple[int, int]:
    text = marked.text("the day")
    try:
        if not re.fullmatch(r"\d{2}-\d{2}", text):
            raise ValueError
        day = date.fromisoformat(f"2024-{text}")  # a leap year, so that 29 February is a day
    except ValueError:
        raise YamlFault(marked.line, f"{text!r} is no day of the year: write month and day as 06-22") from None
    return day.month, day.day


def _week(line: int, given: dict[str, Marked]) -> dict[int, DayHours]:
    hours: dict[str, dict[int, tuple[Interval, ...]]] = {"staffed": {}, "unstaffed": {}}
    for sort, by_day in hours.items():
        for days, spans in given[sort].mapping(sort).items() if sort in given else ():
            for day in _weekdays(spans.line, days):
                if day in by_day:
                    raise YamlFault(spans.line, f"{WEEKDAYS[day]} is there twice in {sort}: remove one of them")
                by_day[day] = _intervals(spans, days)
    return {
        day: _day_hours(line, hours["staffed"].get(day, ()), hours["unstaffed"].get(day, ()))
        for day in sorted({*hours["staffed"], *hours["unstaffed"]})
    }


def _weekdays(line: int, text: str) -> range:
    first, _, last = text.partition("-")
    if first not in WEEKDAYS or (last or first) not in WEEKDAYS:
        raise YamlFault(line, f"{text!r} is no weekday: write monday, or monday-friday")
    start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
    if end < start:
        raise YamlFault(line, f"{text!r} goes backwards: the week starts on monday; write two lines")
    return range(start, end + 1)


def _intervals(marked: Marked, what: str) -> tuple[Interval, ...]:
    try:
        return read_spans(marked.text(what))
    except ValueError as error:
        raise YamlFault(marked.line, str(error)) from None


def _day_hours(line: int, staffed: tuple[Interval, ...], unstaffed: tuple[Interval, ...]) -> DayHours:
    try:
        return DayHours(staffed, unstaffed)
    except ValueError as error:
        raise YamlFault(line, str(error)) from None


def _eve(marked: Marked) -> Eve:
    text = marked.text("an eve")
    try:
        return Eve(text)
    except ValueError:
        raise YamlFault(marked.line, f"{text!r} is no eve: use one of {', '.join(Eve)}") from None
