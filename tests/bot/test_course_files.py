"""Plans of courses as an editor writes them; every fault with its line and what to do."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.course_files import read_courses
from bot.domain.course import CourseKind
from bot.domain.course_plan import CoursePlan, Weekly, groups
from bot.domain.opening_hours import STOCKHOLM
from bot.marked_yaml import FileFault
from bot.place_files import load_places

CONFIG = Path(__file__).resolve().parents[2] / "config"
COURSE = """\
municipality: Vara
courses:
  - id: vara-mobilen
    kind: course
    title: {sv: Mobilen från början, en: Your phone from the start}
    place: vara-bibliotek
    handledare: [Karin]
    weekly: {day: tuesday, hours: "10-12"}
"""
WEEKLY = '    weekly: {day: tuesday, hours: "10-12"}\n'


def _read(tmp_path: Path, text: str) -> tuple[list[CoursePlan], list[FileFault]]:
    (tmp_path / "vara.yml").write_text(text, encoding="utf-8")
    return read_courses(tmp_path)


def _plan(tmp_path: Path, text: str) -> CoursePlan:
    plans, faults = _read(tmp_path, text)
    assert faults == []
    return plans[0]


def _with_dates(*dates: str) -> str:
    return COURSE.replace(WEEKLY, f"    dates: {list(dates)}\n")


def test_a_course_with_the_least_that_is_needed(tmp_path: Path) -> None:
    assert _plan(tmp_path, COURSE) == CoursePlan(
        id="vara-mobilen",
        kind=CourseKind.COURSE,
        title={"sv": "Mobilen från början", "en": "Your phone from the start"},
        municipality="Vara",
        place="vara-bibliotek",
        handledare=("Karin",),
        weekly=Weekly(1, time(10), time(12), 1),
    )


def test_a_course_with_everything(tmp_path: Path) -> None:
    more = """\
    helpers: [Ung handledare]
    language: ar
    level: used
    about: {sv: Vi övar., en: We practise.}
    bring: {sv: Ta med din mobil., en: Bring your phone.}
    cost: {sv: Det är gratis., en: It is free.}
    tags: ["mobil*", bank id]
    sample: true
"""
    text = COURSE.replace("[Karin]", "[Karin, Per]").replace('"10-12"}', '"9.30-15:45", meetings: 3}')
    plan = _plan(tmp_path, text + more)
    assert (plan.handledare, plan.helpers, plan.language, plan.level) == (
        ("Karin", "Per"),
        ("Ung handledare",),
        "ar",
        "used",
    )
    assert (plan.about["sv"], plan.bring["en"], plan.cost["sv"]) == ("Vi övar.", "Bring your phone.", "Det är gratis.")
    assert (plan.tags, plan.sample) == (("mobil*", "bank id"), True)
    assert plan.weekly == Weekly(1, time(9, 30), time(15, 45), 3)


@pytest.mark.parametrize("kind", list(CourseKind))
def test_each_kind(tmp_path: Path, kind: CourseKind) -> None:
    assert _plan(tmp_path, COURSE.replace("kind: course", f"kind: {kind}")).kind == kind


def test_dates_are_swedish_time_also_when_the_clock_is_changed(tmp_path: Path) -> None:
    """The clock goes back in the night to 25 October 2026, and forward in the night to 28 March 2027."""
    plan = _plan(
        tmp_path, _with_dates("2026-10-24 10-12", "2026-10-25 10-12", "2027-03-27 13.30-15", "2027-03-28 13.30-15")
    )
    begins = [start.astimezone(UTC) for start, _ in plan.dates]
    assert [f"{at:%m-%d %H:%M}" for at in begins] == ["10-24 08:00", "10-25 09:00", "03-27 12:30", "03-28 11:30"]
    assert plan.dates[0][1] == datetime(2026, 10, 24, 12, tzinfo=STOCKHOLM)
    assert plan.weekly is None


def test_a_leap_day(tmp_path: Path) -> None:
    assert _plan(tmp_path, _with_dates("2028-02-29 10-12")).dates[0][0] == datetime(2028, 2, 29, 10, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("municipality: Vara\n", "", 1, "'municipality' is missing: add it at the top level"),
        ("courses:", "kurser:", 2, "the file has no 'kurser': remove it, or use one of courses, municipality"),
        ("municipality: Vara", "municipality:", 1, "municipality must be a text: write it after the colon"),
        (COURSE[COURSE.index("courses:") :], "courses: none\n", 2, "courses must be a list: [one, two] or a line with - for each"),
        ("    kind: course\n", "    kind: lektion\n", 4, "'lektion' is no kind of course: use one of course, workshop, drop_in, coaching"),
        (", en: Your phone from the start", "", 5, "title is missing in 'en': residents read both languages"),
        ("sv: Mobilen från början, ", "", 5, "title is missing in 'sv': residents read both languages"),
        ("en: Your phone", "fi: Puhelin, en: Your phone", 5, "title has no 'fi': remove it, or use one of en, sv"),
        ("title: {sv: Mobilen från början, en: Your phone from the start}", "title: Mobilen", 5, "title must have keys of its own: indent them on the lines below"),
        ("[Karin]", "[]", 7, "a course without handledare has no seats: name at least one"),
        ("[Karin]", "Karin", 7, "handledare must be a list: [one, two] or a line with - for each"),
        ("[Karin]", "[Karin, '']", 7, "handledare must be a text: write it after the colon"),
        (WEEKLY, "", 3, "write either weekly: or dates: for when the course is"),
        (WEEKLY, f'{WEEKLY}    dates: ["2026-12-01 10-12"]\n', 3, "write either weekly: or dates: for when the course is"),
        (WEEKLY, "    weekly: tuesday\n", 8, "weekly must have keys of its own: indent them on the lines below"),
        ('day: tuesday, ', "", 8, "weekly has no 'day': write it as {day: tuesday, hours: \"10-12\"}"),
        (', hours: "10-12"', "", 8, "weekly has no 'hours': write it as {day: tuesday, hours: \"10-12\"}"),
        ("tuesday", "tisdag", 8, "'tisdag' is no day: use one of monday, tuesday, wednesday, thursday, friday, saturday, sunday"),
        ('"10-12"', '"12-10"', 8, "'12-10' are no hours: write them as \"10-12\" or \"13.30-15\""),
        ('"10-12"', '"10-10"', 8, "'10-10' are no hours: write them as \"10-12\" or \"13.30-15\""),
        ('"10-12"', '"10-25"', 8, "'10-25' are no hours: write them as \"10-12\" or \"13.30-15\""),
        ('"10-12"', '"tio"', 8, "'tio' are no hours: write them as \"10-12\" or \"13.30-15\""),
        ('"10-12"', '"10-12", meetings: 0', 8, "meetings is '0': write a number from 1 to 20"),
        ('"10-12"', '"10-12", meetings: 21', 8, "meetings is '21': write a number from 1 to 20"),
        ('"10-12"', '"10-12", meetings: två', 8, "meetings is 'två': write a number from 1 to 20"),
        ('"10-12"', '"10-12", rum: 3', 8, "weekly has no 'rum': remove it, or use one of day, hours, meetings"),
        (WEEKLY, "    dates: []\n", 8, "dates must hold at least one meeting, the earliest first"),
        (WEEKLY, '    dates: ["2027-02-31 10-12"]\n', 8, "'2027-02-31 10-12' is no meeting: write it as \"2026-12-01 10-12\""),
        (WEEKLY, '    dates: ["2027-02-29 10-12"]\n', 8, "'2027-02-29 10-12' is no meeting: write it as \"2026-12-01 10-12\""),
        (WEEKLY, '    dates: ["20261201 10-12"]\n', 8, "'20261201 10-12' is no meeting: write it as \"2026-12-01 10-12\""),
        (WEEKLY, '    dates: ["1/12 10-12"]\n', 8, "'1/12 10-12' is no meeting: write it as \"2026-12-01 10-12\""),
        (WEEKLY, '    dates: ["2026-12-01"]\n', 8, "'' are no hours: write them as \"10-12\" or \"13.30-15\""),
        (WEEKLY, '    dates:\n      - "2026-12-01 10-12"\n      - "2026-12-08 10"\n', 10, "'10' are no hours: write them as \"10-12\" or \"13.30-15\""),
        (WEEKLY, '    dates: ["2026-12-08 10-12", "2026-12-01 10-12"]\n', 8, "dates must hold at least one meeting, the earliest first"),
        (WEEKLY, '    dates: ["2026-12-01 10-12", "2026-12-01 11-13"]\n', 8, "dates has two meetings at once: mend a time or remove one"),
        (WEEKLY, '    dates: ["2026-12-01 10-12", "2026-12-01 10-12"]\n', 8, "dates has two meetings at once: mend a time or remove one"),
        (WEEKLY, f"{WEEKLY}    level: expert\n", 9, "'expert' is no level: use one of beginner, some, used"),
        (WEEKLY, f"{WEEKLY}    sample: kanske\n", 9, "sample must be true or false, not 'kanske'"),
        (WEEKLY, f"{WEEKLY}    bring: {{sv: Mobil}}\n", 9, "bring is missing in 'en': residents read both languages"),
        (WEEKLY, f"{WEEKLY}    tags: foto\n", 9, "tags must be a list: [one, two] or a line with - for each"),
        (WEEKLY, f"{WEEKLY}    platser: 8\n", 9, "a course has no 'platser': remove it, or use one of about, bring, cost, dates, handledare, helpers, id, kind, language, level, place, sample, tags, title, weekly"),
        (WEEKLY, f"{WEEKLY}    kind: course\n", 9, "'kind' is there twice: remove one of them"),
    ],
)  # fmt: skip
def test_each_fault_with_its_line(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in COURSE
    plans, faults = _read(tmp_path, COURSE.replace(old, new, 1))
    assert (plans, faults) == ([], [FileFault(tmp_path / "vara.yml", line, message)])


@pytest.mark.parametrize("key", ["id", "kind", "title", "place", "handledare"])
def test_what_is_missing_is_said_at_the_course(tmp_path: Path, key: str) -> None:
    plans, faults = _read(
        tmp_path,
        "".join(
            f"  - {line[4:]}" if key == "id" and "kind:" in line else line
            for line in COURSE.splitlines(keepends=True)
            if f" {key}:" not in line
        ),
    )
    assert plans == []
    assert [(fault.line, fault.message) for fault in faults] == [(3, f"the course has no {key!r}: add it")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty: fill it in or remove it"),
        ("courses: [", "this is not YAML: "),
        ("- one\n", "the file must have keys of its own"),
        ("municipality: Vara\ncourses: [mobilen]\n", "a course must have keys of its own"),
    ],
)
def test_what_is_no_file_of_courses(tmp_path: Path, text: str, message: str) -> None:
    plans, (fault,) = _read(tmp_path, text)
    assert plans == []
    assert fault.message.startswith(message)


def test_a_fault_in_one_course_leaves_the_others(tmp_path: Path) -> None:
    second = COURSE[COURSE.index("  - id") :].replace("vara-mobilen", "vara-bankid")
    plans, faults = _read(tmp_path, COURSE.replace("kind: course", "kind: lektion") + second)
    assert [plan.id for plan in plans] == ["vara-bankid"]
    assert [fault.line for fault in faults] == [4]


def test_two_courses_of_one_id_in_different_files(tmp_path: Path) -> None:
    (tmp_path / "kalmar.yml").write_text(COURSE.replace("Vara", "Kalmar"), encoding="utf-8")
    plans, faults = _read(tmp_path, COURSE)
    assert [plan.municipality for plan in plans] == ["Kalmar"]
    assert faults == [FileFault(tmp_path / "vara.yml", 3, "'vara-mobilen' is the id of two courses: change one")]


def test_no_folder_is_no_courses(tmp_path: Path) -> None:
    assert read_courses(tmp_path / "courses") == ([], [])


def test_the_shipped_courses() -> None:
    plans, faults = read_courses(CONFIG / "courses")
    assert faults == []
    assert {plan.municipality for plan in plans} == {"Kalmar", "Mjölby", "Kungsbacka", "Vara"}
    assert len(plans) > 10
    assert all(plan.sample for plan in plans)
    homes = {place.id: place.municipality for place in load_places(CONFIG / "places")}
    assert {plan.id: homes.get(plan.place) for plan in plans} == {plan.id: plan.municipality for plan in plans}


def test_the_shipped_course_listed_first_in_vara_has_one_handledare() -> None:
    """Acceptance conversations fill its eight seats."""
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    coming = [
        (times[0][0], plan)
        for plan in read_courses(CONFIG / "courses")[0]
        if plan.municipality == "Vara"
        for _, times in groups(plan, now)
    ]
    first = min(coming, key=lambda entry: entry[0])[1]
    assert first.kind == CourseKind.COURSE
    assert len(first.handledare) == 1


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 23, tzinfo=UTC),
        datetime(2026, 12, 23, tzinfo=UTC),
        datetime(2027, 3, 26, tzinfo=UTC),
        datetime(2027, 6, 24, tzinfo=UTC),
    ],
)
def test_every_shipped_course_is_always_in_the_coming_weeks(now: datetime) -> None:
    for plan in read_courses(CONFIG / "courses")[0]:
        assert list(groups(plan, now)), plan.id
