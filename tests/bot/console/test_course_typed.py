"""What people type for days, times and names."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.course_typed import (
    day_of,
    draft_of,
    meeting_of,
    names_of,
    time_of,
    typed_meeting,
    typed_of,
    wording_of,
)
from bot.domain.course import CourseKind
from bot.domain.course_draft import CourseFaults, Wording
from tests.stand_ins import MONDAY

TODAY = date(2026, 11, 23)
HOME = {"kalmar-stadsbibliotek": "kalmar"}
TYPED = {
    "title": " Mobilen ",
    "kind": "course",
    "place": "kalmar-stadsbibliotek",
    "day": "8 december",
    "start": "10",
    "end": "12.30",
    "count": "2",
    "handledare": "Karin\n\n Bo  Ek \nKarin",
    "helpers": "Elsa",
    "key": "abcdefgh-1",
}


def _whys(faults: CourseFaults) -> list[tuple[str, str]]:
    return [(fault.field, fault.why) for fault in faults.faults]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("8 december", date(2026, 12, 8)),
        ("  tisdag   8 dec ", date(2026, 12, 8)),
        ("den 8:e december", date(2026, 12, 8)),
        ("8/12", date(2026, 12, 8)),
        ("2026-12-08", date(2026, 12, 8)),
        ("2026-1-8", date(2026, 1, 8)),
        ("7 januari", date(2027, 1, 7)),
        ("8 december 2027", date(2027, 12, 8)),
        ("8/12 2027", date(2027, 12, 8)),
        ("8/12/2027", date(2027, 12, 8)),
        ("29 februari 2028", date(2028, 2, 29)),
        ("i morgon", date(2026, 11, 24)),
        ("5 november", date(2026, 11, 5)),
    ],
)
def test_a_day(text: str, day: date) -> None:
    assert day_of(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no_day"),
        ("   ", "no_day"),
        ("31 februari", "no_such_day"),
        ("2026-02-31", "no_such_day"),
        ("29 februari 2027", "no_such_day"),
        ("31/4 2027", "no_such_day"),
        ("tisdag", "unclear_day"),
        ("snart", "unclear_day"),
        ("2026", "unclear_day"),
    ],
)
def test_no_day(text: str, why: str) -> None:
    with pytest.raises(CourseFaults) as refused:
        day_of(text, TODAY)
    assert _whys(refused.value) == [("day", why)]


@pytest.mark.parametrize(
    ("text", "at"),
    [("10", time(10)), ("9.30", time(9, 30)), (" kl. 09:15 ", time(9, 15)), ("Kl 13", time(13)), ("0", time(0))],
)
def test_a_time(text: str, at: time) -> None:
    assert time_of(text, "start") == at


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no_time"),
        ("24", "unclear_time"),
        ("10.75", "unclear_time"),
        ("tio", "unclear_time"),
        ("10-12", "unclear_time"),
    ],
)
def test_no_time(text: str, why: str) -> None:
    with pytest.raises(CourseFaults) as refused:
        time_of(text, "end")
    assert _whys(refused.value) == [("end", why)]


def test_a_whole_group() -> None:
    draft = draft_of(TYPED, HOME, MONDAY)
    assert (draft.kind, draft.handledare, draft.helpers, draft.key) == (
        CourseKind.COURSE,
        ("Karin", "Bo Ek"),
        ("Elsa",),
        "console:abcdefgh-1",
    )
    assert draft.wording == Wording({"sv": "Mobilen"}, "kalmar", "kalmar-stadsbibliotek")
    assert draft.times[0] == (datetime(2026, 12, 8, 9, tzinfo=UTC), datetime(2026, 12, 8, 11, 30, tzinfo=UTC))
    assert len(draft.times) == 2


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(CourseFaults) as refused:
        draft_of({"day": "31 februari", "start": "x", "count": "21", "kind": "lecture"}, HOME, MONDAY)
    assert _whys(refused.value) == [
        ("title", "no_title"), ("place", "no_place"), ("kind", "no_kind"), ("day", "no_such_day"),
        ("start", "unclear_time"), ("end", "no_time"), ("count", "bad_count"), ("handledare", "no_handledare"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"start": "12", "end": "10"}, ("end", "end_before_start")),
        ({"day": "5 november"}, ("day", "in_the_past")),
        ({"count": "0"}, ("count", "bad_count")),
        ({"count": "²"}, ("count", "bad_count")),
        ({"count": "2.5"}, ("count", "bad_count")),
        ({"place": "elsewhere"}, ("place", "no_place")),
        ({"bring": "x" * 161}, ("bring", "too_long")),
        ({"bring_en": "x" * 161}, ("bring_en", "too_long")),
        ({"helpers": "Karin"}, ("helpers", "both")),
    ],
)
def test_one_thing_that_is_wrong(change: dict[str, str], fault: tuple[str, str]) -> None:
    with pytest.raises(CourseFaults) as refused:
        draft_of({**TYPED, **change}, HOME, MONDAY)
    assert _whys(refused.value) == [fault]


def test_a_key_that_is_no_key_is_none() -> None:
    assert draft_of({**TYPED, "key": "kalmar-mobilen:2026-11-24"}, HOME, MONDAY).key is None


def test_names() -> None:
    assert names_of(" \n\n") == ()


def test_what_is_shown_to_be_changed_comes_back_the_same() -> None:
    wording = Wording(
        {"sv": "Mobilen", "en": "Phone"},
        "kalmar",
        "kalmar-stadsbibliotek",
        {"sv": "Om"},
        {"sv": "Mobil"},
        {"en": "Free"},
        "fi",
        "some",
        ("foto*", "bild*"),
    )
    assert wording_of(typed_of(wording), HOME) == wording
    times = (datetime(2027, 7, 1, 8, tzinfo=UTC), datetime(2027, 7, 1, 9, 30, tzinfo=UTC))
    assert meeting_of(typed_meeting(*times), MONDAY) == times


@given(st.text(max_size=30))
def test_nothing_that_is_typed_breaks_anything(text: str) -> None:
    with suppress(CourseFaults):
        draft_of(dict.fromkeys(TYPED, text), HOME, MONDAY)


@given(st.text(alphabet="0123456789/-. :mardecjnufb", max_size=20))
def test_no_date_breaks_anything(text: str) -> None:
    with suppress(CourseFaults):
        assert isinstance(day_of(text, TODAY), date)
    with suppress(CourseFaults):
        assert isinstance(time_of(text, "start"), time)
