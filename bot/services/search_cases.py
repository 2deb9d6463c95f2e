"""Finds cases: by number, by name, by words that were said, noted or summed up. Only what one may see is found, and that somebody looked is audited."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import exists, not_, select
from sqlalchemy.orm import Session, aliased

from bot.domain.case import Status
from bot.domain.found_words import is_in, words_in
from bot.services.ports import Clock
from bot.services.read_queue import CaseLine, lines_of
from bot.services.secrecy import hidden_from
from bot.services.viewer import Viewer, seen_by
from bot.store import search, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.search import FoundMessage
from bot.store.tables import CaseRow, MessageRow

MOST_HITS = 50
LONGEST_QUERY = 100
_CASE_NUMBER = re.compile(r"\s*(?:(?:ärende|arende|case)\b)?\s*#?\s*([0-9]{1,9})\s*", re.IGNORECASE)
"""12, #12, ärende 12: as pages, letters and colleagues name a case."""
_MOST_MESSAGES = 200
"""One person may have written the word several times."""
_MOST_PASSAGES = 2
"""Of one case; those that tell most are first."""


class Place(StrEnum):
    """Where something was found, beginning with what tells most."""

    CASE = "case"
    NUMBER = "number"
    NAME = "name"
    SUMMARY = "summary"
    HELPED = "helped"
    NOTED = "noted"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text in which something was found. `author` and `at` are those of a message or note."""

    place: Place
    text: str
    author: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A case, and where in it something was found."""

    case: CaseLine
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found at the business time `now`, best first: by number and name, then open cases, then the newest. `more` tells that not all is here."""

    hits: tuple[Hit, ...]
    words: tuple[str, ...]
    more: bool
    now: datetime


@dataclass(frozen=True, slots=True)
class _Lasted:
    """A case, and until when it was open."""

    id: int
    status: str
    resolved_at: datetime | None


@dataclass
class _Finds:
    """Passages by case as they are found, and whether the case is resolved."""

    resolved: dict[int, bool] = field(default_factory=dict)
    passages: dict[int, list[Passage]] = field(default_factory=dict)
    more: bool = False

    def add(self, case_id: int, status: str, passage: Passage) -> None:
        self.resolved[case_id] = status == Status.RESOLVED
        self.passages.setdefault(case_id, []).append(passage)

    def best_first(self) -> list[int]:
        """All cases that were found."""
        return sorted(self.passages, key=lambda case_id: (self._told_by(case_id), self.resolved[case_id], -case_id))

    def _told_by(self, case_id: int) -> int:
        places = {passage.place for passage in self.passages[case_id]}
        return next((i for i, place in enumerate((Place.CASE, Place.NUMBER, Place.NAME)) if place in places), 3)


def search_cases(database: Database, clock: Clock, who: Viewer, query: str) -> Found:
    """What fits the query. Every word must be in the same text, or each in the case's name, summary or what helped. Raises DatabaseAway."""
    query = query[:LONGEST_QUERY]
    words = words_in(query)
    with database.reading() as session:
        now = business_time(session, clock())
        finds = _find(session, who, query, words) if words else _Finds()
        best = finds.best_first()
        rows = {row.id: row for row in session.scalars(select(CaseRow).where(CaseRow.id.in_(best[:MOST_HITS])))}
        lines = lines_of(session, [rows[case_id] for case_id in best[:MOST_HITS]])
    hits = tuple(Hit(line, _shown(finds.passages[line.id])) for line in lines)
    more = finds.more or len(best) > MOST_HITS
    if words:
        with database.writing() as session:
            users.audit(session, now, who.user_id, "search", detail=f"{len(best)}{'+' if more else ''} found")
    return Found(hits, words, more, now)


def _find(session: Session, who: Viewer, query: str, words: tuple[str, ...]) -> _Finds:
    finds = _Finds()
    seen = [seen_by(who)]
    named = _CASE_NUMBER.fullmatch(query)
    if named:
        number = named[1]
        for row in session.scalars(select(CaseRow).where(CaseRow.id == int(number), *seen)):
            finds.add(row.id, row.status, Passage(Place.CASE, number))
    for row in search.numbered(session, query, seen, MOST_HITS + 1):
        finds.add(row.id, row.status, Passage(Place.NUMBER, row.address or ""))
    for row in search.told(session, words, seen, MOST_HITS + 1):
        for place, text in ((Place.NAME, row.person_name), (Place.SUMMARY, row.summary), (Place.HELPED, row.helped)):
            if text and is_in(text, words):
                finds.add(row.id, row.status, Passage(place, text))
    for note in search.noted(session, words, seen, MOST_HITS + 1):
        finds.add(note.case_id, note.status, Passage(Place.NOTED, note.text, at=note.at))
    _add_said(session, who, words, finds)
    return finds


def _add_said(session: Session, who: Viewer, words: tuple[str, ...], finds: _Finds) -> None:
    case = aliased(CaseRow)
    in_a_case = exists().where(case.conversation_id == MessageRow.conversation_id, seen_by(who, case))
    # What Lotsen itself wrote is left out: its guides name every topic to everybody.
    by_somebody = MessageRow.author != "bot"
    messages = search.said(session, words, [by_somebody, in_a_case, not_(hidden_from(who))], _MOST_MESSAGES)
    finds.more = len(messages) == _MOST_MESSAGES
    theirs: dict[int, list[_Lasted]] = {}
    columns = select(CaseRow.conversation_id, CaseRow.id, CaseRow.status, CaseRow.resolved_at).order_by(CaseRow.id)
    spoken = {message.conversation_id for message in messages}
    for conversation_id, id_, status, until in session.execute(
        columns.where(CaseRow.conversation_id.in_(spoken), seen_by(who))
    ):
        theirs.setdefault(conversation_id or 0, []).append(_Lasted(id_, status, until))
    for message in messages:
        found = _case_of(message, theirs.get(message.conversation_id, []))
        if found is not None:
            finds.add(found.id, found.status, Passage(Place.SAID, message.text, message.author, message.at))


def _case_of(message: FoundMessage, cases: list[_Lasted]) -> _Lasted | None:
    """The case that was open when it was said, or that it led to; else the person's last one."""
    later = (case for case in cases if case.resolved_at is None or case.resolved_at >= message.at)
    return next(later, cases[-1] if cases else None)


def _shown(passages: list[Passage]) -> tuple[Passage, ...]:
    order = list(Place)
    ranked = sorted(dict.fromkeys(passages), key=lambda passage: order.index(passage.place))
    return tuple(ranked[:_MOST_PASSAGES])
