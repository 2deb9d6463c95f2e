from datetime import date, time
from pathlib import Path

import pytest

from bot.domain.opening_hours import CLOSED, Interval, OpeningHours
from bot.domain.swedish_days import Eve
from bot.marked_yaml import YamlFault, read_marked
from bot.place_hours import read_hours

MONDAY = "staffed: {monday: 10-18}\n"


def read(tmp_path: Path, text: str) -> OpeningHours:
    path = tmp_path / "hours.yml"
    path.write_text(text, encoding="utf-8")
    return read_hours(read_marked(path))


def span(start: str, end: str) -> Interval:
    return Interval(time.fromisoformat(start), time.fromisoformat(end))


def test_a_week(tmp_path: Path) -> None:
    hours = read(
        tmp_path,
        "staffed:\n  monday-thursday: 9-19\n  friday: 9-12, 13.15-18:30\n  sunday: closed\n"
        "unstaffed:\n  monday-sunday: 6-22\n",
    )
    assert hours.staffed(date(2026, 11, 26)) == (span("09:00", "19:00"),)
    assert hours.staffed(date(2026, 11, 27)) == (span("09:00", "12:00"), span("13:15", "18:30"))
    assert hours.staffed(date(2026, 11, 29)) == ()
    assert hours.unstaffed(date(2026, 11, 29)) == (span("06:00", "22:00"),)


def test_seasons_exceptions_holidays_and_eves(tmp_path: Path) -> None:
    hours = read(
        tmp_path,
        MONDAY
        + "seasons:\n  - {from: 06-22, to: 08-09, staffed: {monday: 12-15}}\n"
        + "exceptions:\n"
        + "  - {date: 2026-11-23, staffed: 10-12}\n"
        + "  - {from: 2026-11-30, to: 2026-12-07, closed: true}\n"
        + "closed_on_holidays: false\n"
        + "closed_eves: [valborgsmassoafton]\n",
    )
    assert hours.staffed(date(2026, 7, 6)) == (span("12:00", "15:00"),)
    assert hours.staffed(date(2026, 11, 23)) == (span("10:00", "12:00"),)
    assert hours.day(date(2026, 11, 30)) == hours.day(date(2026, 12, 7)) == CLOSED
    assert hours.staffed(date(2026, 12, 14)) == (span("10:00", "18:00"),)
    assert hours.closed_on_holidays is False
    assert hours.closed_eves == {Eve.WALPURGIS_EVE}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("staffed: {mondag: 10-18}\n", 1, "'mondag' is no weekday"),
        ("staffed: {friday-monday: 10-18}\n", 1, "goes backwards"),
        ("staffed:\n  monday: 10-18\n  monday-friday: 9-12\n", 3, "monday is there twice"),
        ("staffed:\n  monday: 10-18\n  friday: tio till fem\n", 3, "'tio till fem' is no opening time: write 10-18"),
        ("staffed:\n  monday: 18-10\n", 2, "must close after it opens"),
        ("staffed:\n  monday: 10-25\n", 2, "no opening time"),
        ("staffed:\n  monday: 9-12, 11-14\n", 1, "overlap"),
        ("unstaffed: {monday: 6-22}\n", 1, "nobody is ever there"),
        ("staffed: {monday: closed}\n", 1, "nobody is ever there"),
        (MONDAY + "opening: 10\n", 2, "hours has no 'opening'"),
        (MONDAY + "seasons:\n  - {from: 06-31, to: 08-09}\n", 3, "'06-31' is no day of the year"),
        (MONDAY + "seasons:\n  - {from: 06-22}\n", 3, "a season needs 'to'"),
        (MONDAY + "exceptions:\n  - {date: 2026-02-31, closed: true}\n", 3, "'2026-02-31' is no date"),
        (MONDAY + "exceptions:\n  - {date: 20261223, closed: true}\n", 3, "is no date"),
        (MONDAY + "exceptions:\n  - {closed: true}\n", 3, "either date, or from and to"),
        (MONDAY + "exceptions:\n  - {from: 2026-12-24, to: 2026-12-20, closed: true}\n", 3, "must go forward"),
        (MONDAY + "exceptions:\n  - {date: 2026-12-23}\n", 3, "either closed: true, or staffed"),
        (MONDAY + "exceptions:\n  - {date: 2026-12-23, closed: true, staffed: 10-12}\n", 3, "either closed: true"),
        (
            MONDAY + "exceptions:\n  - {date: 2026-12-23, closed: true}\n  - {date: 2026-12-23, staffed: 9-10}\n",
            4,
            "two exceptions",
        ),
        (MONDAY + "closed_eves: [lillejulafton]\n", 2, "'lillejulafton' is no eve"),
        (MONDAY + "closed_on_holidays: kanske\n", 2, "must be true or false"),
    ],
)
def test_faults_say_the_line_and_what_to_do(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(YamlFault, match=message) as raised:
        read(tmp_path, text)
    assert raised.value.line == line
