from datetime import date

import pytest

from bot.domain.swedish_days import Eve, day_name, eve, eve_name, is_public_holiday


@pytest.mark.parametrize(
    "day", [(1, 1), (1, 6), (4, 3), (4, 5), (4, 6), (5, 1), (5, 14), (6, 6), (6, 20), (10, 31), (12, 25), (12, 26)]
)
def test_the_public_holidays_of_2026(day: tuple[int, int]) -> None:
    assert is_public_holiday(date(2026, *day))


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 12, 24), date(2026, 6, 19), date(2026, 11, 23)])
def test_sundays_eves_and_weekdays_are_no_holidays(day: date) -> None:
    assert not is_public_holiday(day)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 6, 19), Eve.MIDSUMMER_EVE),
        (date(2027, 6, 25), Eve.MIDSUMMER_EVE),
        (date(2026, 4, 4), Eve.EASTER_EVE),
        (date(2026, 4, 2), Eve.MAUNDY_THURSDAY),
        (date(2026, 10, 30), Eve.ALL_SAINTS_EVE),
        (date(2026, 5, 23), Eve.WHITSUN_EVE),
        (date(2026, 12, 24), Eve.CHRISTMAS_EVE),
        (date(2026, 12, 31), Eve.NEW_YEARS_EVE),
        (date(2026, 1, 5), Eve.TWELFTH_NIGHT),
        (date(2026, 4, 30), Eve.WALPURGIS_EVE),
        (date(2026, 12, 23), None),
    ],
)
def test_the_eves(day: date, name: Eve | None) -> None:
    assert eve(day) is name


@pytest.mark.parametrize("year", range(2024, 2045))
def test_every_year_has_nine_eves(year: int) -> None:
    days = [
        date.fromordinal(number) for number in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
    ]
    assert sorted(found for day in days if (found := eve(day))) == sorted(Eve)


@pytest.mark.parametrize(
    ("day", "swedish", "english"),
    [
        (date(2026, 12, 24), "Julafton", "Christmas Eve"),
        (date(2026, 12, 25), "Juldagen", "Christmas Day"),
        (date(2027, 1, 6), "Trettondedag jul", "Epiphany"),
        (date(2026, 11, 23), None, None),
        (date(2026, 11, 22), None, None),
    ],
)
def test_days_are_named(day: date, swedish: str | None, english: str | None) -> None:
    assert (day_name(day, "sv"), day_name(day, "en")) == (swedish, english)


def test_every_eve_has_a_name_in_both_languages() -> None:
    assert all(eve_name(eve, language) for eve in Eve for language in ("sv", "en"))
    assert len({eve_name(eve, "sv") for eve in Eve}) == len(Eve)
