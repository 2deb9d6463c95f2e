from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.case import Urgency
from bot.domain.duty import DutyPerson, Municipality, Organisation, SendingNumber, Shift, Team, Unit, is_holiday
from bot.domain.waiting import Alarm

SWEDEN = ZoneInfo("Europe/Stockholm")
OFFICE = Shift(frozenset(range(5)), time(9), time(16))
EVENING = Shift(frozenset({3}), time(17), time(19))
HOLIDAY_DUTY = Shift(frozenset(range(7)), time(12), time(14), on_holidays=True)
TEAM = Team("t", "Teamet", (OFFICE, EVENING))


def local(*when: int) -> datetime:
    return datetime(*when, tzinfo=SWEDEN)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-01",
        "2026-01-06",
        "2026-04-03",
        "2026-04-05",
        "2026-04-06",
        "2026-05-01",
        "2026-05-14",
        "2026-06-06",
        "2026-06-19",
        "2026-06-20",
        "2026-10-31",
        "2026-12-24",
        "2026-12-25",
        "2026-12-26",
        "2026-12-31",
        "2027-06-25",
    ],
)
def test_holidays_and_the_eves_that_count(day: str) -> None:
    assert is_holiday(date.fromisoformat(day))


@pytest.mark.parametrize(
    "day", ["2026-11-22", "2026-11-23", "2026-04-02", "2026-04-30", "2026-12-23", "2027-06-18", "2026-01-05"]
)
def test_other_days_and_sundays_are_none(day: str) -> None:
    assert not is_holiday(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("when", "on"),
    [
        (local(2026, 11, 23, 8, 59, 59), False),
        (local(2026, 11, 23, 9, 0), True),
        (local(2026, 11, 23, 15, 59, 59), True),
        (local(2026, 11, 23, 16, 0), False),
        (local(2026, 11, 22, 12, 0), False),  # a Sunday
        (local(2026, 11, 26, 18, 0), True),  # Thursday evening
        (local(2026, 11, 25, 18, 0), False),
        (local(2026, 12, 24, 10, 0), False),  # Christmas Eve, a Thursday
        (local(2026, 6, 19, 10, 0), False),  # Midsummer Eve, a Friday
    ],
)
def test_on_duty(when: datetime, on: bool) -> None:
    assert TEAM.on_duty(when) is on


def test_any_time_zone_means_the_same_moment() -> None:
    assert TEAM.on_duty(datetime(2026, 11, 23, 8, 0, tzinfo=UTC))  # winter: 9 in Sweden
    assert not TEAM.on_duty(datetime(2026, 11, 23, 7, 59, tzinfo=UTC))
    assert TEAM.on_duty(datetime(2026, 6, 23, 7, 0, tzinfo=UTC))  # summer: 9 in Sweden
    assert not TEAM.on_duty(datetime(2026, 6, 23, 14, 0, tzinfo=UTC))
    assert TEAM.on_duty(local(2026, 11, 23, 10).astimezone(ZoneInfo("America/New_York")))


def test_duty_on_holidays_is_a_shifts_own_choice() -> None:
    team = Team("t", "Teamet", (OFFICE, HOLIDAY_DUTY))
    assert team.on_duty(local(2026, 12, 25, 13))
    assert not team.on_duty(local(2026, 12, 25, 10))
    assert team.next_on_duty(local(2026, 12, 24, 20)) == local(2026, 12, 25, 12)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (local(2026, 11, 23, 8), local(2026, 11, 23, 9)),
        (local(2026, 11, 23, 16), local(2026, 11, 24, 9)),
        (local(2026, 11, 26, 16, 30), local(2026, 11, 26, 17)),  # between two shifts of one day
        (local(2026, 11, 27, 17), local(2026, 11, 30, 9)),  # over a weekend
        (local(2026, 12, 23, 17), local(2026, 12, 28, 9)),  # over Christmas
        (local(2026, 12, 30, 17), local(2027, 1, 4, 9)),  # over the New Year
        (local(2026, 4, 2, 20), local(2026, 4, 7, 9)),  # over Easter
        (local(2026, 3, 27, 17), local(2026, 3, 30, 9)),  # clocks go forward
        (local(2026, 10, 23, 17), local(2026, 10, 26, 9)),  # clocks go back
    ],
)
def test_next_on_duty(now: datetime, then: datetime) -> None:
    assert TEAM.next_on_duty(now) == then
    assert TEAM.next_on_duty(now.astimezone(UTC)) == then


def test_real_hours_over_the_change_of_clocks() -> None:
    then = TEAM.next_on_duty(local(2026, 10, 23, 17))
    assert then is not None
    assert then.astimezone(UTC) == datetime(2026, 10, 26, 8, tzinfo=UTC)
    assert then.astimezone(UTC) - local(2026, 10, 23, 17).astimezone(UTC) == timedelta(hours=65)


def test_while_somebody_is_on_duty_it_is_now() -> None:
    now = local(2026, 11, 23, 10)
    assert TEAM.next_on_duty(now) == now


def test_no_shifts_no_duty() -> None:
    assert Team("t", "Teamet", ()).next_on_duty(local(2026, 11, 23, 10)) is None


def test_one_weekday_may_be_lost_to_two_holidays_in_a_row() -> None:
    fridays = Team("t", "Teamet", (Shift(frozenset({4}), time(9), time(12)),))
    assert fridays.next_on_duty(local(2026, 12, 18, 12)) == local(2027, 1, 8, 9)


@settings(deadline=None)
@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC)),
    st.sets(st.integers(0, 6), min_size=1),
)
def test_the_next_duty_is_duty_and_nothing_before_it_is(now: datetime, weekdays: set[int]) -> None:
    team = Team("t", "Teamet", (Shift(frozenset(weekdays), time(9), time(16)),))
    then = team.next_on_duty(now)
    assert then is not None
    assert then >= now
    assert team.on_duty(then)
    day = now
    while day < then - timedelta(minutes=1):
        assert not team.on_duty(day)
        day += timedelta(hours=5, minutes=7)


def test_hours_of_a_day_are_in_order_and_those_that_meet_are_one() -> None:
    evening_first = Team("t", "Teamet", (EVENING, OFFICE))
    assert [str(span) for span in evening_first.hours(date(2026, 11, 26))] == ["09:00-16:00", "17:00-19:00"]
    overlapping = Team(
        "t", "Teamet", (OFFICE, Shift(frozenset({0}), time(16), time(18)), Shift(frozenset({0}), time(10), time(11)))
    )
    assert [str(span) for span in overlapping.hours(date(2026, 11, 23))] == ["09:00-18:00"]
    assert overlapping.hours(date(2026, 11, 22)) == ()
    assert TEAM.hours(date(2026, 12, 24)) == ()


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 11, 23), date(2026, 11, 24)),
        (date(2026, 11, 27), date(2026, 11, 30)),
        (date(2026, 12, 23), date(2026, 12, 28)),  # the 24th, 25th and 26th are holidays, the 27th is a Sunday
    ],
)
def test_the_next_day_with_hours(day: date, following: date) -> None:
    assert TEAM.next_day(day) == following
    assert Team("t", "Teamet", ()).next_day(day) is None


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("since", "until", "hours"),
    [
        (local(2026, 11, 23, 10), local(2026, 11, 23, 11), 1),
        (local(2026, 11, 23, 15), local(2026, 11, 24, 10), 2),  # over a night
        (local(2026, 11, 23, 17), local(2026, 11, 24, 8), 0),
        (local(2026, 11, 26, 15), local(2026, 11, 26, 18), 2),  # over the pause before the evening
        (local(2026, 11, 27, 15), local(2026, 11, 30, 10), 2),  # over a weekend
        (local(2026, 12, 23, 15), local(2026, 12, 28, 10), 2),  # over Christmas: 24, 25 and 26 December, and a Sunday
        (local(2026, 12, 24, 9), local(2026, 12, 27, 23), 0),
        (local(2026, 4, 2, 15), local(2026, 4, 7, 10), 4),  # a Thursday evening (2 h), then over Easter
        (local(2026, 11, 24, 10), local(2026, 11, 23, 10), 0),  # backwards
    ],
)
def test_time_on_duty(since: datetime, until: datetime, hours: int) -> None:
    assert TEAM.duty_time(since, until) == hours * HOUR
    assert TEAM.duty_time(since.astimezone(UTC), until.astimezone(UTC)) == hours * HOUR


def test_time_on_duty_is_time_that_passes_when_the_clocks_change() -> None:
    nights = Team("t", "Teamet", (Shift(frozenset(range(7)), time(0), time(6), on_holidays=True),))
    assert nights.duty_time(local(2026, 3, 28, 20), local(2026, 3, 29, 12)) == 5 * HOUR
    assert nights.duty_time(local(2026, 10, 24, 20), local(2026, 10, 25, 12)) == 7 * HOUR
    assert nights.duty_time(local(2026, 10, 23, 20), local(2026, 10, 24, 12)) == 6 * HOUR


@settings(deadline=None, max_examples=30)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC)),
    st.integers(0, 8 * 24 * 4),
    st.lists(
        st.tuples(st.sets(st.integers(0, 6), min_size=1), st.integers(3, 20), st.integers(1, 3), st.booleans()),
        max_size=3,
    ),
)
def test_time_on_duty_is_the_moments_on_duty(
    now: datetime, quarters: int, shifts: list[tuple[set[int], int, int, bool]]
) -> None:
    team = Team(
        "t",
        "Teamet",
        tuple(
            Shift(frozenset(days), time(start), time(start + lasts), holidays)
            for days, start, lasts, holidays in shifts
        ),
    )
    since = now.replace(minute=0, second=0, microsecond=0)
    step = timedelta(minutes=15)
    counted = sum((step for i in range(quarters) if team.on_duty(since + i * step)), timedelta(0))
    assert team.duty_time(since, since + quarters * step) == counted


def test_a_normal_case_sleeps_when_the_team_does_and_an_urgent_one_never() -> None:
    group = Organisation("Gruppen", (), TEAM)
    friday, monday = local(2026, 11, 27, 15, 30), local(2026, 11, 30, 9, 20)
    assert group.alarm(Urgency.NORMAL, TEAM, friday, monday) is Alarm.NOBODY
    assert group.alarm(Urgency.NORMAL, TEAM, friday, local(2026, 11, 30, 9, 30)) is Alarm.TEAM
    assert group.alarm(Urgency.NORMAL, TEAM, local(2026, 12, 23, 15, 30), local(2026, 12, 28, 9, 29)) is Alarm.NOBODY
    assert group.alarm(Urgency.HIGH, TEAM, friday, monday) is Alarm.EVERYONE
    assert group.alarm(Urgency.CRITICAL, TEAM, local(2026, 12, 24, 23), local(2026, 12, 24, 23, 5)) is Alarm.SAMORDNARE


ELSEWHERE = Team("default", "Gemensamt", ())
LIBRARY = Unit("bibliotek", "Biblioteket", TEAM)
DESK = Unit("kontaktcenter", "Kontaktcenter", Team("d", "Desken", (), (DutyPerson("jour", "+46701740606"),)))
KALMAR = Municipality("kalmar", "Kalmar", "0880", (LIBRARY, DESK))
GROUP = Organisation("Gruppen", (KALMAR,), ELSEWHERE, (SendingNumber("+46701740690", "kalmar", "bibliotek"),))


def test_a_municipality_is_found_by_id_or_name() -> None:
    assert GROUP.municipality("kalmar") is GROUP.municipality("Kalmar") is KALMAR
    assert GROUP.municipality("Vara") is None
    assert GROUP.municipality(None) is None


def test_a_case_lands_with_its_unit_else_the_first_else_the_default_team() -> None:
    assert GROUP.team("kalmar", "kontaktcenter").id == "d"
    assert GROUP.team("kalmar") is GROUP.team("kalmar", "okänd") is TEAM
    assert GROUP.team(None) is GROUP.team("Vara", "bibliotek") is ELSEWHERE


def test_a_number_that_is_not_configured_serves_everybody() -> None:
    assert GROUP.number("+46701740690").municipality == "kalmar"
    assert GROUP.number("+46701740691") == SendingNumber("+46701740691")
