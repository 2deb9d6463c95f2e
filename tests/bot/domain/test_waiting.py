from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.case import Urgency
from bot.domain.waiting import Alarm, Alerts, Limits, WaitingLimits, in_duty_hours, in_minutes, plan

TEN, THIRTY, SIXTY = (timedelta(minutes=m) for m in (10, 30, 60))


@pytest.mark.parametrize(
    ("minutes", "alarm"),
    [
        (0, Alarm.NOBODY),
        (9, Alarm.NOBODY),
        (10, Alarm.TEAM),
        (29, Alarm.TEAM),
        (30, Alarm.SAMORDNARE),
        (60, Alarm.EVERYONE),
        (9999, Alarm.EVERYONE),
    ],
)
def test_more_and_more_are_told(minutes: int, alarm: Alarm) -> None:
    assert Limits(TEN, THIRTY, SIXTY).reached(timedelta(minutes=minutes)) is alarm


def test_each_urgency_has_its_limits_and_only_normal_ones_sleep() -> None:
    limits = WaitingLimits()
    assert limits.of(Urgency.CRITICAL).everyone < limits.of(Urgency.HIGH).everyone < limits.of(Urgency.NORMAL).everyone
    assert [urgency for urgency in Urgency if in_duty_hours(urgency)] == [Urgency.NORMAL]
    assert all(limits.of(urgency).rise for urgency in Urgency)


@pytest.mark.parametrize(
    ("minutes", "rise"),
    [((1, 2, 3), True), ((0, 1, 2), False), ((1, 1, 2), False), ((1, 3, 3), False), ((3, 2, 1), False)],
)
def test_limits_that_do_not_rise(minutes: tuple[int, int, int], rise: bool) -> None:
    assert in_minutes(*minutes).rise is rise


def test_each_is_written_to_in_their_own_time_and_again() -> None:
    zero = timedelta(0)
    times = plan([(zero, "first"), (zero, "beside"), (timedelta(minutes=15), "later")], Alerts(TEN, 3))
    assert [(int(at.total_seconds()) // 60, who) for at, who in times] == [
        (0, "first"), (0, "beside"), (10, "first"), (10, "beside"), (15, "later"), (20, "first"), (20, "beside"), (25, "later"), (35, "later"),
    ]  # fmt: skip
    assert plan([], Alerts()) == ()


@given(st.lists(st.integers(0, 600), max_size=5), st.integers(1, 60), st.integers(1, 20))
def test_the_plan_is_in_order_and_nobody_gets_more_than_the_most(after: list[int], every: int, at_most: int) -> None:
    times = plan([(timedelta(minutes=m), i) for i, m in enumerate(after)], Alerts(timedelta(minutes=every), at_most))
    assert [at for at, _ in times] == sorted(at for at, _ in times)
    for i, minutes in enumerate(after):
        own = [at for at, who in times if who == i]
        assert own == [timedelta(minutes=minutes + every * n) for n in range(at_most)]
