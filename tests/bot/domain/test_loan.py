"""What can happen to a loan, and when it is to be back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.loan import (
    LoanRefusal,
    LoanStatus,
    Shelf,
    UnitState,
    is_late,
    last_moment,
    loan_after,
    longer,
    unit_after,
)
from bot.domain.opening_hours import STOCKHOLM
from tests.bot.lending import LAPTOP, TABLET

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _always(_: date) -> bool:
    return True


@pytest.mark.parametrize(
    ("events", "ends"),
    [
        (("offer", "hand_out", "extend", "receive"), LoanStatus.RETURNED),
        (("hand_out", "receive"), LoanStatus.RETURNED),
        (("offer", "cancel"), LoanStatus.CANCELLED),
        (("cancel",), LoanStatus.CANCELLED),
    ],
)
def test_the_ways_of_a_loan(events: tuple[str, ...], ends: LoanStatus) -> None:
    status = LoanStatus.QUEUED
    for event in events:
        status = loan_after(status, event)
    assert status == ends


@pytest.mark.parametrize(
    ("status", "event"),
    [
        (LoanStatus.OUT, "cancel"),
        (LoanStatus.RETURNED, "hand_out"),
        (LoanStatus.CANCELLED, "offer"),
        (LoanStatus.QUEUED, "receive"),
        (LoanStatus.OUT, "hand_out"),
    ],
)
def test_what_cannot_be_is_refused_by_name(status: LoanStatus, event: str) -> None:
    with pytest.raises(LoanRefusal, match=f"what is {status} cannot be asked to {event}"):
        loan_after(status, event)


def test_a_unit_is_wiped_before_anyone_gets_it_again() -> None:
    state = unit_after(unit_after(UnitState.IN, "hand_out"), "receive")
    assert state == UnitState.TO_WIPE
    with pytest.raises(LoanRefusal):
        unit_after(state, "hand_out")
    assert unit_after(state, "wipe") == UnitState.IN
    assert unit_after(unit_after(UnitState.IN, "set_aside"), "put_back") == UnitState.TO_WIPE


def test_the_last_moment_is_the_end_of_the_swedish_day() -> None:
    late_evening = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # half past midnight on Tuesday in Sweden
    assert last_moment(late_evening, 7, _always).astimezone(STOCKHOLM).isoformat() == "2026-12-01T23:59:00+01:00"


@pytest.mark.parametrize(
    ("now", "ends"), [("2026-10-20", "2026-10-27T23:59:00+01:00"), ("2027-03-25", "2027-04-01T23:59:00+02:00")]
)
def test_clocks_may_change_meanwhile(now: str, ends: str) -> None:
    at = datetime.fromisoformat(now).replace(hour=9, tzinfo=UTC)
    assert last_moment(at, 7, _always).astimezone(STOCKHOLM).isoformat() == ends


def test_a_day_on_which_nobody_is_there_moves_on() -> None:
    wednesday = last_moment(MONDAY, 5, lambda day: day.weekday() == 2)  # Saturday is the fifth day
    assert wednesday.astimezone(STOCKHOLM).date() == date(2026, 12, 2)
    never = last_moment(MONDAY, 5, lambda _: False)
    assert never.astimezone(STOCKHOLM).date() == date(2026, 11, 28)


def test_asking_twice_for_more_time_gives_no_more_than_once() -> None:
    due = last_moment(MONDAY, 28, _always)
    later = MONDAY + timedelta(days=20)
    once = longer(later, due, 28, _always)
    assert once - due == timedelta(days=20)
    assert longer(later, once, 28, _always) == once


@given(st.integers(0, 60), st.integers(1, 60))
def test_more_time_is_never_less(passed: int, days: int) -> None:
    due = last_moment(MONDAY, days, _always)
    assert longer(MONDAY + timedelta(days=passed), due, days, _always) >= due


def test_late_is_after_the_last_moment() -> None:
    due = last_moment(MONDAY, 1, _always)
    assert not is_late(due, due)
    assert is_late(due, due + timedelta(minutes=1))
    assert not is_late(None, due)


def test_those_who_wait_come_before_a_newcomer() -> None:
    assert not TABLET.is_out
    assert LAPTOP.is_out
    assert Shelf((TABLET,)).own(TABLET.id) is None
