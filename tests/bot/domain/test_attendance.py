from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.attendance import SEEN_WITHIN, at_work, is_away

NOW = datetime(2026, 12, 23, 15, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_whoever_was_seen_within_the_hour_is_at_work() -> None:
    assert at_work(NOW, None, None, NOW)
    assert at_work(NOW - SEEN_WITHIN, None, None, NOW)
    assert not at_work(NOW - SEEN_WITHIN - MINUTE, None, None, NOW)
    assert not at_work(None, None, None, NOW)


def test_a_clock_that_was_set_back_sends_nobody_home() -> None:
    assert at_work(NOW + timedelta(days=14), None, None, NOW)


def test_who_is_away_is_not_at_work_though_just_seen() -> None:
    assert not at_work(NOW, NOW - MINUTE, None, NOW)
    assert at_work(NOW, NOW + MINUTE, None, NOW)


@pytest.mark.parametrize(
    ("away_since", "back_at", "away"),
    [
        (None, None, False),
        (None, NOW + MINUTE, False),
        (NOW, None, True),
        (NOW - timedelta(days=90), None, True),
        (NOW + MINUTE, None, False),
        (NOW - MINUTE, NOW + MINUTE, True),
        (NOW - MINUTE, NOW, False),
        (NOW - timedelta(days=9), NOW - MINUTE, False),
    ],
)
def test_away_from_then_until_then(away_since: datetime | None, back_at: datetime | None, away: bool) -> None:
    assert is_away(away_since, back_at, NOW) is away
