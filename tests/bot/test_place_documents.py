"""Places as plain values: read back as they were, with the faults of the files told by field."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.opening_hours import CLOSED, DayHours, Interval, OpeningHours, Season
from bot.domain.swedish_days import Eve
from bot.marked_yaml import mark_plain
from bot.place_documents import DocumentUnreadable, FieldFault, document_of, hours_document, place_of
from bot.place_files import load_places
from bot.place_hours import LONGEST_EXCEPTION_DAYS, read_hours
from tests.sample_places import DOCUMENT, document, place

CONFIG = Path(__file__).parents[2] / "config" / "places"


def test_the_shipped_places_are_the_same_as_documents() -> None:
    shipped = load_places(CONFIG)
    assert len(shipped) >= 12
    for one in shipped:
        assert place_of(document_of(one), one.municipality) == one


def test_a_document_comes_back_as_it_was() -> None:
    assert document_of(place()) == DOCUMENT
    whole = document(
        address="Storgatan 1", valid_from="2026-01-01", valid_to="2027-06-30",
        hours={**DOCUMENT["hours"], "closed_on_holidays": False, "closed_eves": ["julafton"]},
    )  # fmt: skip
    assert document_of(place_of(whole, "Kalmar")) == whole
    sample = document(verified_at="sample", verified_by=None, sample=True)
    assert document_of(place_of(sample, "Kalmar")) == sample


_minutes = st.lists(st.integers(0, 24 * 60 - 1), min_size=2, max_size=6, unique=True).map(sorted)


def _day_hours(staffed: list[int], unstaffed: list[int]) -> DayHours:
    def spans(minutes: list[int]) -> tuple[Interval, ...]:
        clocks = [time(minute // 60, minute % 60) for minute in minutes]
        return tuple(Interval(a, b) for a, b in zip(clocks[::2], clocks[1::2], strict=False))

    return DayHours(spans(staffed), spans(unstaffed))


_hours_of_day = st.builds(_day_hours, _minutes, st.one_of(st.just([]), _minutes))
_weeks = st.dictionaries(st.integers(0, 6), _hours_of_day, min_size=1)
_days = st.integers(0, 400).map(lambda ahead: date(2026, 11, 23) + timedelta(days=ahead))
_of_year = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: (day.month, day.day))


@given(
    st.builds(
        OpeningHours,
        _weeks,
        st.dictionaries(_days, st.one_of(st.just(CLOSED), _hours_of_day), max_size=5),
        st.lists(st.builds(Season, _of_year, _of_year, _weeks), max_size=2).map(tuple),
        st.booleans(),
        st.frozensets(st.sampled_from(Eve)),
    )
)
def test_any_hours_come_back_as_they_were(hours: OpeningHours) -> None:
    marked, _ = mark_plain(hours_document(hours))
    assert read_hours(marked) == hours


def test_a_long_closure_is_kept_in_parts_that_can_be_read() -> None:
    days = {date(2026, 1, 1) + timedelta(days=ahead): CLOSED for ahead in range(LONGEST_EXCEPTION_DAYS + 30)}
    hours = OpeningHours({0: _day_hours([600, 700], [])}, days)
    marked, _ = mark_plain(hours_document(hours))
    assert read_hours(marked) == hours


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"kind": "shop"}, [("kind", "'shop' is no kind of place")]),
        ({"lat": 16.4}, [("lat", "outside Sweden")]),
        ({"phone": 1}, [("phone", "a place has no 'phone'")]),
        ({"name": None}, [("", "the place has no 'name'")]),
        ({"hours": {"staffed": {"monday": "10-8"}}}, [("hours.staffed.monday", "must close after it opens")]),
        ({"hours": {"staffed": {"monday": "9-12, 11-14"}}}, [("hours", "overlap")]),
        ({"hours": {"unstaffed": {"monday": "9-12"}}}, [("hours", "nobody is ever there")]),
        (
            {
                "hours": {
                    "staffed": {"monday": "9-12"},
                    "exceptions": [{"date": "2026-12-01", "closed": True}, {"date": "2026-02-31", "closed": True}],
                }
            },
            [("hours.exceptions.2.date", "is no date")],
        ),
        ({"directions": {"sv": "Hej"}}, [("directions", "missing in 'en'")]),
        (
            {"town": "", "lon": "east", "verified_at": "2026-13-01"},
            [("town", "must be a text"), ("lon", "no number"), ("verified_at", "no date")],
        ),
    ],
)
def test_every_fault_is_told_with_its_field(changes: dict[str, object], faults: list[tuple[str, str]]) -> None:
    with pytest.raises(DocumentUnreadable) as raised:
        place(**changes)
    found = raised.value.faults
    assert [fault.field for fault in found] == [field for field, _ in faults]
    for fault, (_, words) in zip(found, faults, strict=True):
        assert words in fault.message


def test_a_fault_reads_as_field_and_message() -> None:
    assert str(FieldFault("hours.staffed", "is wrong")) == "hours.staffed: is wrong"
    assert str(FieldFault("", "the place has no 'name'")) == "the place has no 'name'"
