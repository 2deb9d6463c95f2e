"""Days as residents name them. Monday 23 November 2026 is today unless a test says otherwise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.said_day import NoSuchDay, SaidDay, said_day

TODAY = date(2026, 11, 23)
_MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
_WEEKDAYS = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]


@pytest.mark.parametrize(
    "said",
    ["3/12", "den 3/12", "3/12?", "03/12", "3/12/2026", "3/12-26", "3 december", "den 3 december", "3:e dec", "den 3:e december", "3 DECEMBER!", "3dec", "3 decembr", "3 desember", "3rd of december", "tisdag 3 december", "kl 10 den 3 dec."],
)  # fmt: skip
def test_a_date_in_many_writings(said: str) -> None:
    assert said_day(said, TODAY) == SaidDay(date(2026, 12, 3))


@pytest.mark.parametrize(
    ("said", "ahead"),
    [
        ("finns det något i dag", 0), ("idag", 0), ("ikväll då", 0), ("tonight", 0), ("i morgon", 1), ("imorgon bitti", 1), ("imorron", 1), ("i morrn", 1),
        ("tomorrow please", 1), ("i övermorgon", 2), ("överimorgon", 2), ("the day after tomorrow", 2),
    ],
)  # fmt: skip
def test_days_from_today(said: str, ahead: int) -> None:
    assert said_day(said, TODAY) == SaidDay(TODAY + timedelta(days=ahead))


@pytest.mark.parametrize(("weekday", "name"), [*enumerate(_WEEKDAYS)])
@pytest.mark.parametrize("form", ["på {}", "{}ar", "{}en passar", "NÄSTA {}", "{}?"])
def test_a_weekday(weekday: int, name: str, form: str) -> None:
    assert said_day(form.format(name), TODAY) == SaidDay(weekday=weekday)


@pytest.mark.parametrize(
    ("weekday", "name"), [*enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])]
)
def test_a_weekday_in_english(weekday: int, name: str) -> None:
    assert said_day(f"on {name}s", TODAY) == SaidDay(weekday=weekday)


def test_tisdag_said_on_a_tuesday_is_today_and_in_a_week() -> None:
    tuesday = date(2026, 11, 24)
    said = said_day("på tisdag", tuesday)
    assert said
    assert [ahead for ahead in range(15) if said.covers(tuesday + timedelta(days=ahead))] == [0, 7, 14]


def test_a_date_covers_that_day_alone() -> None:
    said = SaidDay(date(2026, 12, 1))
    assert said.covers(date(2026, 12, 1))
    assert not said.covers(date(2026, 12, 8))


def test_a_weekday_with_its_date_is_the_date() -> None:
    assert said_day("onsdag 1 december", TODAY) == SaidDay(date(2026, 12, 1))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("31 februari", "31/2"),
        ("31/2", "31/2"),
        ("30 feb", "30/2"),
        ("den 31:a november", "31/11"),
        ("0/5", "0/5"),
        ("5/13", "5/13"),
        ("32/1", "32/1"),
    ],
)
def test_what_no_calendar_has(said: str, shown: str) -> None:
    with pytest.raises(NoSuchDay, match=f"^{shown}$"):
        said_day(said, TODAY)


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2027, 11, 1), date(2028, 2, 29)),
        (date(2028, 1, 5), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2028, 3, 1), date(2028, 2, 29)),
    ],
)
def test_a_leap_day_when_there_is_one(today: date, day: date) -> None:
    assert said_day("29/2", today) == said_day("29 februari", today) == SaidDay(day)


@pytest.mark.parametrize("today", [TODAY, date(2025, 3, 1), date(2028, 12, 1)])
def test_a_leap_day_when_there_is_none(today: date) -> None:
    with pytest.raises(NoSuchDay, match="29/2"):
        said_day("29 februari", today)


@pytest.mark.parametrize(
    ("said", "today", "day"),
    [
        ("7 januari", date(2026, 12, 30), date(2027, 1, 7)),
        ("1/1", date(2026, 12, 31), date(2027, 1, 1)),
        ("31/12", date(2026, 12, 31), date(2026, 12, 31)),
        ("28/12", date(2027, 1, 2), date(2027, 12, 28)),
        ("i morgon", date(2026, 12, 31), date(2027, 1, 1)),
        ("i morgon", date(2028, 2, 28), date(2028, 2, 29)),
        ("i övermorgon", date(2027, 2, 27), date(2027, 3, 1)),
        ("20/11", TODAY, date(2026, 11, 20)),
    ],
)
def test_over_the_new_year(said: str, today: date, day: date) -> None:
    assert said_day(said, today) == SaidDay(day)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "kurser i Kalmar",
        "2 marknader",
        "jag har 2 marsvin",
        "3 julkort",
        "2 deciliter",
        "1177",
        "595 30",
        "12",
        "kl 10",
        "10-12",
        "3 mobiler",
        "vi är 2 maktlösa",
        "070-174 06 05",
        "10 och 12",
        "dagen efter",
        "månadskort",
    ],
)
def test_what_names_no_day(said: str) -> None:
    assert said_day(said, TODAY) is None


@given(day=st.dates(date(2026, 11, 23), date(2027, 5, 1)))
def test_any_date_of_the_coming_months_is_found_in_each_writing(day: date) -> None:
    for said in (
        f"{day.day}/{day.month}",
        f"den {day.day} {_MONTHS[day.month - 1]}",
        f"{day.day} {_MONTHS[day.month - 1][:3]}",
    ):
        assert said_day(said, TODAY) == SaidDay(day)


@given(text=st.text(max_size=80), today=st.dates(date(2026, 1, 1), date(2100, 1, 1)))
def test_any_text_is_read_or_refused(text: str, today: date) -> None:
    try:
        said = said_day(text, today)
    except NoSuchDay:
        return
    if said:
        assert (said.day is None) != (said.weekday is None)


@given(
    text=st.from_regex(r"[0-9]{1,2}/[0-9]{1,2}|[0-9]{1,2} (jan|mars|maj|dec)[a-z]{0,3}", fullmatch=True),
    today=st.dates(date(2026, 1, 1), date(2100, 1, 1)),
)
def test_numbers_that_look_like_a_date_are_a_day_near_today_or_refused(text: str, today: date) -> None:
    try:
        said = said_day(text, today)
    except NoSuchDay:
        return
    if said and said.day:
        assert -200 <= (said.day - today).days <= 366
