from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.duty import DutyPerson, Municipality, Organisation, SendingNumber, Shift, Team, Unit, is_holiday

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
