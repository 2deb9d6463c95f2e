"""Groups of a plan: each once, on its days, never on a holiday, at the same hour in summer and in winter."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.course import CourseKind
from bot.domain.course_plan import WEEKS_AHEAD, CoursePlan, Times, Weekly, groups
from bot.domain.opening_hours import STOCKHOLM
from bot.domain.swedish_days import CLOSED_BY_DEFAULT, eve, is_public_holiday

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _plan(weekly: Weekly | None = None, dates: Times = ()) -> CoursePlan:
    return CoursePlan(
        "mobilen", CourseKind.COURSE, {"sv": "M", "en": "M"}, "vara", "vara-bibliotek", ("A",), weekly, dates
    )


def _weekly(weekday: int = 1, start: int = 10, meetings: int = 1) -> Weekly:
    return Weekly(weekday, time(start), time(start + 2), meetings)


def _at(day: str, hour: int) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour), STOCKHOLM)


def _days(plan: CoursePlan, now: datetime) -> dict[str, list[str]]:
    return {
        key: [f"{start.astimezone(STOCKHOLM):%m-%d %H:%M}" for start, _ in times] for key, times in groups(plan, now)
    }


def test_every_week_for_four_weeks() -> None:
    assert _days(_plan(_weekly()), MONDAY) == {
        "mobilen:2026-11-24": ["11-24 10:00"],
        "mobilen:2026-12-01": ["12-01 10:00"],
        "mobilen:2026-12-08": ["12-08 10:00"],
        "mobilen:2026-12-15": ["12-15 10:00"],
    }


def test_each_meeting_has_its_end() -> None:
    ((start, end),) = next(times for _, times in groups(_plan(_weekly()), MONDAY))
    assert end - start == timedelta(hours=2)


@pytest.mark.parametrize(("hour", "today"), [(9, False), (10, False), (11, True)])
def test_todays_group_while_it_has_not_begun(hour: int, today: bool) -> None:
    found = _days(_plan(_weekly(weekday=0, start=hour)), MONDAY)
    assert ("mobilen:2026-11-23" in found) is today
    assert "mobilen:2026-12-21" in found


def test_today_is_the_swedish_day() -> None:
    late_on_sunday_in_utc = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert "mobilen:2026-11-23" in _days(_plan(_weekly(weekday=0)), late_on_sunday_in_utc)


def test_not_on_holidays_nor_on_the_eves_when_doors_are_shut() -> None:
    thursdays = _days(_plan(_weekly(weekday=3)), datetime(2026, 12, 7, 12, 0, tzinfo=UTC))
    assert list(thursdays) == ["mobilen:2026-12-10", "mobilen:2026-12-17"]  # julafton and nyårsafton are Thursdays


def test_groups_of_several_weeks_follow_each_other() -> None:
    found = _days(_plan(_weekly(weekday=2, meetings=2)), MONDAY)
    assert list(found.values()) == [["11-25 10:00", "12-02 10:00"], ["12-09 10:00", "12-16 10:00"]]


def test_a_holiday_in_the_middle_is_left_out_and_the_next_group_keeps_its_week() -> None:
    """25 December and New Year's Day are Fridays."""
    found = _days(_plan(_weekly(weekday=4, meetings=3)), datetime(2026, 12, 8, tzinfo=UTC))
    assert found == {
        "mobilen:2026-12-11": ["12-11 10:00", "12-18 10:00"],
        "mobilen:2027-01-01": ["01-08 10:00", "01-15 10:00"],
    }


def test_a_group_whose_first_day_is_a_holiday_is_found_until_it_begins() -> None:
    plan = _plan(_weekly(weekday=4, meetings=3))
    assert "mobilen:2027-01-01" in _days(plan, datetime(2027, 1, 8, 8, 59, tzinfo=UTC))
    assert "mobilen:2027-01-01" not in _days(plan, datetime(2027, 1, 8, 9, 0, tzinfo=UTC))


@pytest.mark.parametrize("meetings", [2, 3, 4])
def test_a_groups_key_is_the_same_whenever_it_is_looked_at(meetings: int) -> None:
    """Also across the new year, when weeks begin at one again."""
    plan, seen = _plan(_weekly(weekday=1, meetings=meetings)), dict[str, list[str]]()
    for ahead in range(120):
        for key, days in _days(plan, MONDAY + timedelta(days=ahead)).items():
            assert seen.setdefault(key, days) == days
    begun = sorted(date.fromisoformat(key.partition(":")[2]) for key in seen)
    assert {(later - earlier).days for earlier, later in pairwise(begun)} == {7 * meetings}


def test_a_group_that_has_begun_is_not_begotten_again() -> None:
    plan = _plan(_weekly(weekday=2, meetings=2))
    first = next(iter(_days(plan, MONDAY)))
    begins = datetime.fromisoformat(first.partition(":")[2]).replace(hour=12, tzinfo=UTC)
    assert first not in _days(plan, begins)
    assert first not in _days(plan, begins + timedelta(days=3))


def test_dates_are_one_group_until_it_begins() -> None:
    dates = ((_at("2026-12-01", 10), _at("2026-12-01", 12)), (_at("2026-12-08", 10), _at("2026-12-08", 12)))
    assert list(groups(_plan(dates=dates), MONDAY)) == [("mobilen", dates)]
    assert list(groups(_plan(dates=dates), dates[0][0].astimezone(UTC))) == []
    assert list(groups(_plan(), MONDAY)) == []


@pytest.mark.parametrize(
    ("day", "in_utc"),
    [
        ("2026-03-22", "09:00"),
        ("2026-03-29", "08:00"),
        ("2027-03-21", "09:00"),
        ("2027-04-04", "08:00"),
        ("2026-10-18", "08:00"),
        ("2026-10-25", "09:00"),
        ("2026-11-01", "09:00"),
    ],
)
def test_ten_is_ten_on_either_side_of_a_clock_change(day: str, in_utc: str) -> None:
    """The clock goes forward in the nights to 29 March 2026 and 28 March 2027, and back in the night to 25 October 2026."""
    now = datetime.fromisoformat(f"{day}T00:00:00+00:00") - timedelta(days=2)
    times = dict(groups(_plan(_weekly(weekday=6)), now)).get(f"mobilen:{day}")
    assert times
    start, end = (moment.astimezone(UTC) for moment in times[0])
    assert f"{start:%H:%M}" == in_utc
    assert end - start == timedelta(hours=2)


def test_easter_sunday_is_left_out_though_the_clock_is_changed_then() -> None:
    assert list(_days(_plan(_weekly(weekday=6)), datetime(2027, 3, 22, tzinfo=UTC))) == [
        "mobilen:2027-04-04",
        "mobilen:2027-04-11",
        "mobilen:2027-04-18",
    ]


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    weekday=st.integers(0, 6),
    start=st.integers(0, 21),
    meetings=st.integers(1, 6),
)
def test_every_group_is_to_come_on_its_weekday_and_on_no_holiday(
    now: datetime, weekday: int, start: int, meetings: int
) -> None:
    found = list(groups(_plan(_weekly(weekday, start, meetings)), now))
    assert len({key for key, _ in found}) == len(found)
    for _, times in found:
        assert 1 <= len(times) <= meetings
        assert now < times[0][0] <= now + timedelta(weeks=WEEKS_AHEAD + meetings)
        for begins, _ in times:
            day = begins.astimezone(STOCKHOLM).date()
            assert day.weekday() == weekday
            assert not is_public_holiday(day) and eve(day) not in CLOSED_BY_DEFAULT
    starts = [begins for _, times in found for begins, _ in times]
    assert starts == sorted(starts)
