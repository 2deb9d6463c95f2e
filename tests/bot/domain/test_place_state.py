"""What there is to see to about a place, and its coming days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from bot.domain.opening_hours import STOCKHOLM, Interval
from bot.domain.place_state import Concern, concerns, days_ahead, is_open
from tests.sample_places import DOCUMENT, place

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ()),
        ({"valid_to": "2026-11-22"}, (Concern.EXPIRED,)),
        ({"valid_to": "2026-11-23"}, ()),
        ({"valid_from": "2026-11-24"}, (Concern.NOT_YET,)),
        ({"verified_at": "2026-05-24"}, (Concern.GROWING_OLD,)),
        ({"verified_at": "2026-05-23"}, (Concern.UNVERIFIED,)),
        ({"verified_at": "2026-06-24"}, ()),
        ({"verified_at": "2026-06-23"}, (Concern.GROWING_OLD,)),
        ({"verified_at": "sample", "sample": True}, (Concern.SAMPLE,)),
        (
            {
                "hours": {
                    "staffed": {"monday": "10-12"},
                    "exceptions": [{"from": "2026-11-23", "to": "2026-12-10", "closed": True}],
                }
            },
            (Concern.NEVER_OPEN,),
        ),
        ({"valid_to": "2026-11-22", "verified_at": "2020-01-01"}, (Concern.EXPIRED, Concern.UNVERIFIED)),
    ],
)
def test_what_there_is_to_see_to(changes: dict[str, object], expected: tuple[Concern, ...]) -> None:
    assert concerns(place(**changes), NOW) == expected


def test_a_place_that_is_shut_for_a_while_is_open_over_a_longer_time() -> None:
    shut = place(
        hours={
            "staffed": {"monday": "10-12"},
            "exceptions": [{"from": "2026-11-23", "to": "2026-12-10", "closed": True}],
        }
    )
    assert concerns(shut, NOW, horizon_days=60) == ()


def test_the_coming_two_weeks() -> None:
    days = days_ahead(place(valid_to="2026-12-02"), date(2026, 11, 23))
    assert len(days) == 14 and days[0].day == date(2026, 11, 23)
    assert days[0].staffed == (Interval(time(10), time(18)),)
    assert days[0].unstaffed == (Interval(time(6), time(22)),)
    assert (days[2].staffed, days[2].unstaffed, days[2].there) == ((), (), True)
    assert [ahead.there for ahead in days[8:]] == [True, True, False, False, False, False]
    assert days_ahead(place(), date(2026, 12, 7))[0].exception


def test_a_course_needs_an_open_door_all_the_time_staffed_or_not() -> None:
    def at(day: int, start: str, end: str) -> tuple[datetime, datetime]:
        on = date(2026, 11, day)
        return tuple(datetime.combine(on, time.fromisoformat(clock), STOCKHOLM) for clock in (start, end))  # type: ignore[return-value]

    library = place(
        hours={
            **DOCUMENT["hours"],
            "staffed": {"monday": "10-12, 12-14"},
            "unstaffed": {"monday": "14-16", "sunday": "6-22"},
        }
    )
    assert is_open(library, *at(23, "11:00", "15:30"))
    assert is_open(library, *at(29, "10:00", "12:00")), "only unstaffed"
    assert not is_open(library, *at(23, "15:00", "16:30"))
    assert not is_open(library, *at(23, "09:30", "11:00"))
    assert not is_open(library, *at(24, "10:00", "12:00"))
    assert not is_open(place(valid_to="2026-11-22"), *at(23, "11:00", "12:00"))
