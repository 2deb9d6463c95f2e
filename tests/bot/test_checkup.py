"""What `lotsen check` looks at beyond guides: places and courses, in the files and in the database."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot import checkup
from bot.checks.places import Held, check_courses
from bot.checkup import check_up
from bot.configuration import load_configuration
from bot.domain.course_plan import groups
from bot.domain.opening_hours import STOCKHOLM
from bot.settings import ROOT
from bot.store import places
from bot.store.database import Database
from tests.sample_places import document
from tests.stand_ins import MONDAY

TODAY = date(2026, 11, 23)
UNREAD = "the database cannot be read, so the places and courses that the console keeps were not looked at"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("LOTSEN_")]:
        monkeypatch.delenv(name)
    shutil.copytree(ROOT / "config", tmp_path / "config")
    monkeypatch.setenv("LOTSEN_CONFIG", str(tmp_path / "config"))
    # Guides, texts and examples have tests of their own, and take seconds.
    monkeypatch.setattr(checkup, "check_flows", lambda *_: [])
    monkeypatch.setattr(checkup.text_keys, "askings", list)
    monkeypatch.setattr(checkup.intents, "read", lambda _: ([], []))
    monkeypatch.setattr(checkup.intents, "check", lambda *_: [])


def test_faults_of_files_and_database_are_told_together(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database: Database
) -> None:
    monkeypatch.setenv("LOTSEN_DATABASE_URL", database.engine.url.render_as_string(hide_password=False))
    vara = tmp_path / "config" / "places" / "vara.yml"
    text = vara.read_text(encoding="utf-8").replace(
        "    verified_at: sample\n", "    verified_at: sample\n    valid_to: 2026-10-31\n", 1
    )
    vara.write_text(text, encoding="utf-8")
    kalmar = tmp_path / "config" / "courses" / "kalmar.yml"
    kalmar.write_text(
        kalmar.read_text(encoding="utf-8").replace(
            '{day: tuesday, hours: "10-12"}', '{day: sunday, hours: "18-20"}', 1
        ),
        encoding="utf-8",
    )
    line = 1 + kalmar.read_text(encoding="utf-8").splitlines().index("  - id: kalmar-mobilen")
    with database.writing() as session:
        places.add(
            session,
            "kalmar-ny",
            "Kalmar",
            document(id="kalmar-ny", unit="bibliotek", verified_at="2026-05-01"),
            places.CONSOLE,
            MONDAY,
        )
        places.add(
            session,
            "kalmar-snart",
            "Kalmar",
            document(id="kalmar-snart", unit="bibliotek", verified_at="2026-06-01"),
            places.CONSOLE,
            MONDAY,
        )
    report = check_up(TODAY)
    told = [str(finding) for finding in report.findings if finding.id.startswith(("place-", "course-"))]
    assert any(
        one.startswith("config/places/vara.yml:6: the place 'vara-bibliotek' was there until 2026-10-31")
        for one in told
    )
    closed = f"config/courses/kalmar.yml:{line}: the course 'kalmar-mobilen' meets 2026-11-29 18:00-20:00, when 'kalmar-stadsbibliotek' is closed"
    assert any(one.startswith(closed) for one in told)
    assert any(
        one.startswith("places of the console:1: nobody has verified the place 'kalmar-ny' since 2026-05-01")
        for one in told
    )
    assert not any("kalmar-snart" in one for one in told)
    assert "places to verify soon, before they are half a year old: kalmar-snart (2026-06-01)" in report.notes


def test_faults_of_canned_replies_are_told(tmp_path: Path) -> None:
    path = tmp_path / "config" / "replies.yml"
    written = path.read_text(encoding="utf-8")
    line = 1 + written.splitlines().index("  - id: tack")
    path.write_text(written.replace("Vad bra att det", "Vad bra, {name}, att det"), encoding="utf-8")
    told = [str(finding) for finding in check_up(TODAY).findings if finding.id.startswith("reply-")]
    assert len(told) == 1
    assert told[0].startswith(f"config/replies.yml:{line}: the reply 'tack' in sv has {{name}}")
    path.write_text(written.replace(", en: Thanks and goodbye}", "}"), encoding="utf-8")
    told = [str(finding) for finding in check_up(TODAY).findings if finding.id == "bad-reply"]
    assert told == [
        f"config/replies.yml:{line + 1}: title is missing in 'en': residents read both languages [bad-reply]"
    ]


def test_looking_makes_no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "lotsen.db"
    monkeypatch.setenv("LOTSEN_DATABASE_URL", f"sqlite:///{path}")
    report = check_up(TODAY)
    assert not path.parent.exists() and UNREAD not in report.notes
    assert [finding for finding in report.findings if finding.id.startswith(("place-", "course-"))] == []


def test_a_database_that_cannot_be_read_is_said_and_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, empty_database_url: str
) -> None:
    if empty_database_url.startswith("sqlite"):
        Path(empty_database_url.removeprefix("sqlite:///")).touch()
    monkeypatch.setenv("LOTSEN_DATABASE_URL", empty_database_url)
    assert UNREAD in check_up(TODAY).notes


def test_the_shipped_courses_never_meet_behind_a_closed_door_the_whole_year() -> None:
    configuration = load_configuration(ROOT / "config")
    found: set[str] = set()
    for weeks in range(0, 54, 4):
        now = datetime(2026, 11, 23, tzinfo=STOCKHOLM) + timedelta(weeks=weeks)
        held = [
            Held(plan.id, plan.place, 1, tuple(m for _, times in groups(plan, now) for m in times), ("", 1))
            for plan in configuration.courses
        ]
        assert any(course.meetings for course in held)
        found |= {finding.message for finding in check_courses(held, configuration.places)}
    assert sorted(found) == []
