from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.opening_hours import (
    CLOSED,
    STOCKHOLM,
    DayHours,
    Interval,
    OpeningHours,
    OpenNow,
    OpensAt,
    OpenState,
    Season,
    describe,
    describe_day,
)
from bot.domain.swedish_days import CLOSED_BY_DEFAULT, Eve, eve, is_public_holiday


def span(start: str, end: str) -> Interval:
    return Interval(time.fromisoformat(start), time.fromisoformat(end))


def staffed(*spans: Interval) -> DayHours:
    return DayHours(staffed=spans)


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=STOCKHOLM)  # type: ignore[arg-type, misc]


OFFICE = staffed(span("10:00", "18:00"))
WEEKDAYS = OpeningHours(dict.fromkeys(range(5), OFFICE))


def test_an_interval_must_last() -> None:
    with pytest.raises(ValueError, match="close after it opens"):
        span("18:00", "10:00")
    with pytest.raises(ValueError, match="without a zone"):
        Interval(time(10, tzinfo=UTC), time(18, tzinfo=UTC))


def test_hours_of_one_sort_must_not_overlap_but_the_two_sorts_may() -> None:
    with pytest.raises(ValueError, match="overlap"):
        staffed(span("10:00", "14:00"), span("13:00", "18:00"))
    DayHours(staffed=(span("10:00", "14:00"),), unstaffed=(span("06:00", "22:00"),))


def test_intervals_come_in_order() -> None:
    assert staffed(span("13:00", "18:00"), span("10:00", "12:00")).staffed == (
        span("10:00", "12:00"),
        span("13:00", "18:00"),
    )


def test_open_now_says_until_when() -> None:
    assert WEEKDAYS.open_state(local(2026, 11, 23, 10, 0)) == OpenNow(local(2026, 11, 23, 18, 0))


def test_the_closing_minute_is_closed() -> None:
    assert WEEKDAYS.open_state(local(2026, 11, 23, 18, 0)) == OpensAt(local(2026, 11, 24, 10, 0))


def test_over_the_weekend() -> None:
    assert WEEKDAYS.open_state(local(2026, 11, 20, 18, 30)) == OpensAt(local(2026, 11, 23, 10, 0))


def test_now_may_be_in_any_zone() -> None:
    assert WEEKDAYS.open_state(datetime(2026, 11, 23, 9, 30, tzinfo=UTC)) == OpenNow(local(2026, 11, 23, 18, 0))


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        WEEKDAYS.open_state(datetime(2026, 11, 23, 10, 0))


def test_hours_that_meet_are_one() -> None:
    hours = OpeningHours({0: staffed(span("10:00", "12:00"), span("12:00", "15:00"))})
    assert hours.open_state(local(2026, 11, 23, 11, 0)) == OpenNow(local(2026, 11, 23, 15, 0))


def test_unstaffed_hours_never_count_as_open() -> None:
    hours = OpeningHours({day: DayHours(unstaffed=(span("06:00", "22:00"),)) for day in range(7)})
    assert hours.open_state(local(2026, 11, 23, 10, 0)) is None
    assert hours.unstaffed(date(2026, 11, 23)) == (span("06:00", "22:00"),)
    assert hours.staffed(date(2026, 11, 23)) == ()


def test_closed_on_holidays_and_the_three_eves() -> None:
    for day in (date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2026, 1, 1), date(2026, 6, 19)):
        assert WEEKDAYS.day(day) == CLOSED
    assert WEEKDAYS.staffed(date(2026, 4, 30)) == OFFICE.staffed


def test_holidays_and_eves_can_be_opened_and_closed() -> None:
    hours = OpeningHours(WEEKDAYS.week, closed_on_holidays=False, closed_eves=frozenset({Eve.WALPURGIS_EVE}))
    assert hours.staffed(date(2026, 1, 1)) == OFFICE.staffed
    assert hours.staffed(date(2026, 12, 24)) == OFFICE.staffed
    assert hours.staffed(date(2026, 4, 30)) == ()


def test_an_exception_is_stronger_than_a_holiday_and_the_week() -> None:
    hours = OpeningHours(
        WEEKDAYS.week, exceptions={date(2026, 12, 24): staffed(span("10:00", "12:00")), date(2026, 11, 23): CLOSED}
    )
    assert hours.staffed(date(2026, 12, 24)) == (span("10:00", "12:00"),)
    assert hours.open_state(local(2026, 11, 23, 11, 0)) == OpensAt(local(2026, 11, 24, 10, 0))


def test_stops_by_date_are_exceptions_to_an_empty_week() -> None:
    hours = OpeningHours({}, exceptions={date(2026, 11, 26): staffed(span("13:00", "15:00"))})
    assert hours.open_state(local(2026, 11, 23, 11, 0)) == OpensAt(local(2026, 11, 26, 13, 0))
    assert hours.open_state(local(2026, 11, 26, 15, 0)) is None


@pytest.mark.parametrize(
    ("day", "inside"),
    [(date(2026, 12, 20), True), (date(2027, 1, 6), True), (date(2027, 1, 7), False), (date(2026, 7, 1), False)],
)
def test_a_season_may_span_the_new_year(day: date, inside: bool) -> None:
    assert Season((12, 20), (1, 6), {}).covers(day) is inside


def test_a_season_replaces_the_week() -> None:
    summer = Season((6, 22), (8, 9), {0: staffed(span("12:00", "15:00"))})
    hours = OpeningHours(WEEKDAYS.week, seasons=(summer,))
    assert hours.staffed(date(2026, 7, 6)) == (span("12:00", "15:00"),)
    assert hours.staffed(date(2026, 7, 7)) == ()
    assert hours.staffed(date(2026, 8, 10)) == OFFICE.staffed


def test_days_outside_validity_are_closed() -> None:
    now = local(2026, 11, 23, 11, 0)
    assert WEEKDAYS.open_state(now, valid_from=date(2026, 11, 25)) == OpensAt(local(2026, 11, 25, 10, 0))
    assert WEEKDAYS.open_state(now, valid_to=date(2026, 11, 22)) is None
    assert WEEKDAYS.open_state(local(2026, 11, 23, 19, 0), valid_to=date(2026, 11, 23)) is None


def test_nothing_within_the_horizon_is_none() -> None:
    hours = OpeningHours({}, exceptions={date(2026, 12, 8): OFFICE})
    assert hours.open_state(local(2026, 11, 23, 11, 0)) is None
    assert hours.open_state(local(2026, 11, 24, 11, 0)) == OpensAt(local(2026, 12, 8, 10, 0))


class TestClockChanges:
    """2026: clocks go from 02:00 to 03:00 on 29 March, and from 03:00 to 02:00 on 25 October."""

    def test_wall_clock_hours_stay_on_both_sides(self) -> None:
        every_day = OpeningHours(dict.fromkeys(range(7), OFFICE))
        for day in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)):
            state = every_day.open_state(datetime.combine(day, time(9, 59), STOCKHOLM))
            assert state == OpensAt(datetime.combine(day, time(10), STOCKHOLM))

    def test_the_long_way_to_tomorrow_is_measured_in_real_time(self) -> None:
        every_day = OpeningHours(dict.fromkeys(range(7), OFFICE))
        state = every_day.open_state(local(2026, 10, 24, 18, 0))
        assert isinstance(state, OpensAt)
        assert state.at.astimezone(UTC) - local(2026, 10, 24, 18, 0).astimezone(UTC) == timedelta(hours=17)

    def test_hours_inside_the_skipped_hour_do_not_happen(self) -> None:
        night = OpeningHours({}, exceptions={date(2026, 3, 29): staffed(span("02:10", "02:50"))})
        assert night.open_state(local(2026, 3, 29, 0, 30)) is None

    def test_hours_that_end_in_the_skipped_hour_end_when_it_begins(self) -> None:
        night = OpeningHours({}, exceptions={date(2026, 3, 29): staffed(span("01:00", "02:30"))})
        assert night.open_state(local(2026, 3, 29, 1, 30)) == OpenNow(local(2026, 3, 29, 3, 0))

    def test_the_hour_that_comes_twice_begins_the_first_time(self) -> None:
        night = OpeningHours({}, exceptions={date(2026, 10, 25): staffed(span("02:30", "04:00"))})
        state = night.open_state(datetime(2026, 10, 24, 23, 0, tzinfo=UTC))
        assert isinstance(state, OpensAt)
        assert state.at.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@st.composite
def day_hours(draw: st.DrawFn) -> DayHours:
    minutes = sorted(draw(st.sets(st.integers(0, 24 * 60 - 1), max_size=6)))
    times = [time(*divmod(minute, 60)) for minute in minutes]
    spans = tuple(Interval(start, end) for start, end in zip(times[::2], times[1::2], strict=False))
    return DayHours(spans, tuple(draw(st.permutations(spans))) if draw(st.booleans()) else ())


weeks = st.dictionaries(st.integers(0, 6), day_hours(), max_size=7)
month_days = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: (day.month, day.day))
opening_hours = st.builds(
    OpeningHours,
    week=weeks,
    exceptions=st.dictionaries(st.dates(date(2026, 3, 20), date(2026, 4, 10)), day_hours(), max_size=4),
    seasons=st.lists(st.builds(Season, month_days, month_days, weeks), max_size=2).map(tuple),
    closed_on_holidays=st.booleans(),
    closed_eves=st.frozensets(st.sampled_from(Eve)),
)
# Around both clock changes, Easter, midsummer, Christmas and ordinary weeks.
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 31), timezones=st.just(UTC))


@given(opening_hours, moments)
def test_open_now_is_within_the_days_staffed_hours(hours: OpeningHours, now: datetime) -> None:
    state = hours.open_state(now)
    if isinstance(state, OpenNow):
        here = now.astimezone(STOCKHOLM)
        assert any(spell.start <= here.time() < spell.end for spell in hours.staffed(here.date()))
        assert state.until > now
        assert state.until.tzinfo is STOCKHOLM


@given(opening_hours, moments)
def test_the_next_opening_is_really_open_and_not_before(hours: OpeningHours, now: datetime) -> None:
    state = hours.open_state(now)
    if isinstance(state, OpensAt):
        assert state.at > now
        then = hours.open_state(state.at)
        assert isinstance(then, OpenNow)
        just_before = hours.open_state(state.at - timedelta(seconds=1))
        assert just_before == state or isinstance(just_before, OpensAt)


@given(opening_hours, moments)
def test_none_means_closed_for_a_fortnight(hours: OpeningHours, now: datetime) -> None:
    if hours.open_state(now) is None:
        today = now.astimezone(STOCKHOLM).date()
        for ahead in range(1, 15):
            day = today + timedelta(days=ahead)
            skipped = day == date(2026, 3, 29)
            assert skipped or hours.staffed(day) == ()


@given(weeks, st.dates(date(2024, 1, 1), date(2040, 12, 31)))
def test_never_open_on_a_closed_day(week: dict[int, DayHours], day: date) -> None:
    hours = OpeningHours(week)
    if is_public_holiday(day) or eve(day) in CLOSED_BY_DEFAULT:
        assert hours.day(day) == CLOSED
        noon = datetime.combine(day, time(12), STOCKHOLM)
        assert not isinstance(hours.open_state(noon), OpenNow)


@given(st.datetimes(datetime(2026, 3, 27), datetime(2026, 3, 31)), opening_hours)
def test_any_second_of_a_clock_change_has_an_answer(naive: datetime, hours: OpeningHours) -> None:
    for fold in (0, 1):
        hours.open_state(naive.replace(tzinfo=STOCKHOLM, fold=fold))


NOW = datetime(2026, 11, 22, 16, 30, tzinfo=STOCKHOLM)


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("state", "swedish", "english"),
    [
        (OpenNow(on(22, 18)), "öppet nu till 18", "open now until 18:00"),
        (OpenNow(on(22, 18, 30)), "öppet nu till 18.30", "open now until 18:30"),
        (OpensAt(on(22, 17)), "öppnar i dag kl 17", "opens today at 17:00"),
        (OpensAt(on(23, 10)), "öppnar i morgon kl 10", "opens tomorrow at 10:00"),
        (OpensAt(on(30, 9, 5)), "öppnar måndag 30 november kl 9.05", "opens on Monday 30 November at 09:05"),
        (None, "ingen känd öppettid", "no known opening hours"),
    ],
)
def test_states_in_words(state: OpenState | None, swedish: str, english: str) -> None:
    assert describe(state, NOW, "sv") == swedish
    assert describe(state, NOW, "en") == english


def test_a_late_utc_evening_is_already_tomorrow_here() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=STOCKHOLM)
    assert describe(OpensAt(on(23, 10)), late, "sv") == "öppnar i morgon kl 10"
    assert describe(OpensAt(on(23, 10)), on(23, 0, 30), "sv") == "öppnar i dag kl 10"


def test_a_day_in_words() -> None:
    split = DayHours((Interval(time(10), time(12)), Interval(time(13), time(18, 30))))
    hours = OpeningHours({0: split})
    assert describe_day(hours, date(2026, 11, 23), "sv") == "10-12 och 13-18.30"
    assert describe_day(hours, date(2026, 11, 23), "en") == "10:00-12:00 and 13:00-18:30"
    assert describe_day(hours, date(2026, 11, 24), "sv") == "stängt"
    assert describe_day(hours, date(2026, 11, 24), "en") == "closed"
