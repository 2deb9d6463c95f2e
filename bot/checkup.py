"""Gathers every fault of an installation at once: settings, configuration, flows, texts, examples and places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ProgrammingError

from bot.checks import check_flows, intents, needs, text_keys
from bot.checks.configuration import check as check_configuration
from bot.checks.configuration import check_reach
from bot.checks.kept import Kept, check_kept
from bot.checks.places import Held, check_courses, growing_old
from bot.checks.places import check as check_places
from bot.checks.replies import check as check_replies
from bot.configuration import Configuration, load_configuration
from bot.course_files import course_lines
from bot.domain.course_plan import CoursePlan, Times, groups
from bot.domain.finding import ContentError, Finding
from bot.domain.opening_hours import STOCKHOLM
from bot.flows import load
from bot.place_files import read_place_files
from bot.reply_files import reply_lines
from bot.settings import ROOT, Settings, load_settings
from bot.store.database import Database, DatabaseAway
from bot.wiring import database_url

EXAMPLES = "data/intents"


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found, and remarks that are no faults."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


def check_up(today: date) -> Checkup:
    """Looks at everything, however much of it is broken."""
    found: list[Finding] = []
    notes: list[str] = []
    settings: Settings | None = None
    configuration: Configuration | None = None
    try:
        settings = load_settings()
        found += settings.findings()
        configuration = load_configuration(settings.config_folder, settings.twilio_number)
        found += check_configuration(configuration.organisation, configuration.places, today)
        found += check_reach(configuration.organisation, settings.smtp_on)
        found += _replies(settings, configuration)
        kept = _places_and_courses(settings, configuration, datetime.combine(today, time(0), STOCKHOLM))
        found += kept.findings
        notes += kept.notes
    except ContentError as error:
        found += error.findings
    content = load()
    asked = text_keys.asked_for(text_keys.askings())
    found += check_flows(content, asked, today, configuration.organisation if configuration else None)
    examples, unreadable = intents.read(ROOT / EXAMPLES)
    found += [*unreadable, *intents.check(examples, EXAMPLES)]
    without = needs.without_flow(content)
    notes += (
        [f"needs without a guide yet, answered with the nearest place and a person: {', '.join(without)}"]
        if without
        else []
    )
    return Checkup(tuple(sorted(set(found))), tuple(notes))


def _replies(settings: Settings, configuration: Configuration) -> list[Finding]:
    path = settings.config_folder / "replies.yml"
    file = _named(path, settings.config_folder)
    return check_replies(configuration.replies, reply_lines(path), configuration.organisation, load().texts, file)


def _places_and_courses(settings: Settings, configuration: Configuration, now: datetime) -> Kept:
    """Those of the files, and those of the database when it can be read."""
    folder = settings.config_folder
    where = {
        place_id: (_named(path, folder), line)
        for place_id, (path, line) in read_place_files(folder / "places").where.items()
    }
    lines = {
        course_id: (_named(path, folder), line) for course_id, (path, line) in course_lines(folder / "courses").items()
    }
    held = [
        Held(plan.id, plan.place, len(plan.handledare), _meetings(plan, now), lines[plan.id])
        for plan in configuration.courses
    ]
    found = [*check_places(configuration.places, where, now), *check_courses(held, configuration.places)]
    kept = _kept(settings, configuration, now)
    return Kept((*found, *kept.findings), (*growing_old(configuration.places, now), *kept.notes))


def _meetings(plan: CoursePlan, now: datetime) -> Times:
    return tuple(meeting for _, times in groups(plan, now) for meeting in times)


def _kept(settings: Settings, configuration: Configuration, now: datetime) -> Kept:
    url = make_url(database_url(settings))
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return Kept((), ())  # nothing has been started yet, and looking must not make a file
    database = Database(database_url(settings))
    try:
        with database.reading() as session:
            return check_kept(
                session, configuration.organisation, now, frozenset(plan.id for plan in configuration.courses)
            )
    except (DatabaseAway, ProgrammingError):  # the second: PostgreSQL without our tables
        return Kept(
            (), ("the database cannot be read, so the places and courses that the console keeps were not looked at",)
        )
    finally:
        database.close()


def _named(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder.parent)) if path.is_relative_to(folder.parent) else str(path)
