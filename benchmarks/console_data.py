"""A console that has been worked in for years: cases with their conversations, in numbers, made of what residents wrote in the development set."""

from __future__ import annotations

import csv
import hashlib
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from sqlalchemy import insert, text

from benchmarks.server import ROOT
from bot.store import users
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.tables import AddressRow, CaseNoteRow, CaseRow, ConversationRow, MessageRow, Person

MESSAGES_EACH = 10
TOKENS = {who: f"token-of-{who}" for who in ("everybody", "unit")}
"""Of browsers that are signed in: of one who sees everything, and of one who sees a unit only."""
_BATCH = 5_000
_UNITS = (("kalmar", "bibliotek"), ("vara", "bibliotek"), ("mjolby", "medborgarservice"), ("kungsbacka", "bibliotek"))
_TOPICS = (
    "swish",
    "bankid_get",
    "online_banking",
    "health_1177",
    "pension",
    "app_install",
    "email_account",
    "tax_return",
)
_NAMES = ("Svea", "Kurt", "Astrid", "Gunnar", "Elsa", "Bengt", "Ingrid", "Rolf")


def number(person: int) -> str:
    """A number of no carrier's customers, for the benchmark's own carrier only."""
    return f"+4673{person:07d}"


def fill(database_url: str, open_cases: int, resolved: int) -> dict[str, str]:
    """Makes the schema and everything in it; tokens of signed-in browsers: of one who sees everything, and of one who sees a unit only.

    Persons are numbered from 1, and so are their conversations and cases; the first `open_cases` have an open case.
    """
    migrate(database_url)
    database = Database(database_url)
    now = datetime.now(UTC)
    with database.writing() as session:
        for who, (municipality, unit) in (("everybody", (None, None)), ("unit", _UNITS[0])):
            user = users.add(
                session, f"{who}@bibliotek.example", who.title(), "handledare", "none", now, municipality, unit
            )
            users.open_session(
                session, hashlib.sha256(TOKENS[who].encode()).hexdigest(), user.id, now, timedelta(hours=12)
            )
    people = range(1, open_cases + resolved + 1)
    for table, rows in (
        (Person, ({"id": i, "created_at": now} for i in people)),
        (AddressRow, ({"id": i, "person_id": i, "text": number(i), "channel": "sms"} for i in people)),
        (ConversationRow, (_conversation(i) for i in people)),
        (CaseRow, (_case(i, open_cases, now) for i in people)),
        (MessageRow, (message for i in people for message in _messages(i, open_cases, now))),
        (
            CaseNoteRow,
            (
                {"case_id": i, "at": now, "user_id": 1, "kind": "note", "text": f"Ringde {_NAMES[i % 8]}"}
                for i in people
                if i % 4 == 0
            ),
        ),
    ):
        for batch in _batches(rows):
            with database.writing() as session:
                session.execute(insert(table), batch)
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            for table in ("persons", "conversations", "addresses", "cases", "users"):
                connection.execute(
                    text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
                )
    # What the database itself does within minutes of so much being written; until then PostgreSQL reads the tables where an index would do.
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if database.is_sqlite else "VACUUM (ANALYZE)"))
    database.close()
    return TOKENS


def _conversation(i: int) -> dict[str, object]:
    municipality, unit = _UNITS[i % 4]
    return {
        "id": i,
        "person_id": i,
        "municipality": municipality,
        "unit": unit,
        "state": {"municipality": municipality, "unit": unit},
        "attempts": 0,
        "version": 0,
    }


def _case(i: int, open_cases: int, now: datetime) -> dict[str, object]:
    municipality, unit = _UNITS[i % 4]
    opened = _opened(i, open_cases, now)
    resolved = i > open_cases
    claimed = resolved or i % 3 != 0
    status = "resolved" if resolved else ("claimed" if i % 3 == 1 else "answered") if claimed else "waiting"
    return {
        "id": i, "conversation_id": i, "address": number(i), "channel": "sms", "language": "sv", "municipality": municipality, "unit": unit, "team": "team",
        "status": status, "urgency": "high" if i % 50 == 0 else "normal", "reasons": ["stuck"], "topic": _TOPICS[i % 8],
        "summary": f'Behov: {_TOPICS[i % 8]}. Skrev: "{_said(i)}"', "opened_at": opened, "waiting_since": None if resolved else opened,
        "claimed_by": 1 if claimed else None, "claimed_at": opened if claimed else None, "resolved_at": opened + timedelta(hours=2) if resolved else None,
        "outcome": "solved" if resolved else None, "version": 1, "person_name": f"{_NAMES[i % 8]} {i}" if i % 3 == 0 else None, "helped": "",
    }  # fmt: skip


def _messages(i: int, open_cases: int, now: datetime) -> Iterator[dict[str, object]]:
    opened = _opened(i, open_cases, now)
    for place in range(MESSAGES_EACH):
        comes_in = place % 2 == 0
        yield {
            "conversation_id": i, "at": opened + timedelta(minutes=place), "direction": "in" if comes_in else "out",
            "author": "resident" if comes_in else "bot", "channel": "sms", "kind": "text", "text": f"{_said(i * 31 + place)} {_rare(i, place)}",
        }  # fmt: skip


def _opened(i: int, open_cases: int, now: datetime) -> datetime:
    return now - timedelta(minutes=i) if i <= open_cases else now - timedelta(days=3) - timedelta(minutes=9 * i)


def _rare(i: int, place: int) -> str:
    """Something that few have said: a word of letters made of the numbers."""
    return "".join(chr(97 + int(digit)) for digit in str(i * 7919 + place))


def _texts() -> list[str]:
    with (ROOT / "data" / "evaluation" / "development.tsv").open(encoding="utf-8") as file:
        written = [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    random.Random(7).shuffle(written)
    return written


_TEXTS: list[str] = []


def _said(i: int) -> str:
    if not _TEXTS:
        _TEXTS.extend(_texts())
    return _TEXTS[i % len(_TEXTS)]


def rare_word(person: int) -> str:
    """A word that this person alone has written."""
    return _rare(person, 0)


def _batches(rows: Iterable[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    rows = iter(rows)
    while batch := list(islice(rows, _BATCH)):
        yield batch
