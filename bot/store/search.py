"""Finds cases by words and by numbers, in one way on both databases. What may be seen is the caller's to say, as conditions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, column, desc, func, or_, select, table, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.domain.found_words import WHOLE_BELOW
from bot.store.tables import NOTED, SAID, TOLD, AddressRow, CaseNoteRow, CaseRow, ConversationRow, MessageRow
from bot.store.tables.word_indexes import WordIndex

_FIRST_SLICE = 25_000
_TRUE_PRICE = {"cpu_operator_cost": "0.1", "max_parallel_workers_per_gather": "0", "jit": "off"}
"""What it costs to take a text apart, which PostgreSQL thinks forty times cheaper than it is, and then does for every message instead of asking the index
(measured with a million messages: 3 s against 0.07). Until the transaction ends."""
_PRICED = "price of taking texts apart is set"
_SPARED = ("Pd", "Cf")
"""Dashes of every length, and the unseen marks of direction that numbers bring along when they are copied."""
_TRUNK_ZERO = re.compile(r"^(\+46|0046)\(0\)")
_SUFFIX_FROM, _INFIX_FROM = 2, 4
"""So many digits are looked for at the end of a number, and anywhere in it."""


@dataclass(frozen=True, slots=True)
class FoundMessage:
    """A message that has the words."""

    conversation_id: int
    at: datetime
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note of a case that has the words."""

    case_id: int
    status: str
    at: datetime
    text: str


def said(session: Session, words: Sequence[str], seen: Sequence[ColumnElement[bool]], most: int) -> list[FoundMessage]:
    """The newest messages that have every one of the words. `seen` are conditions on MessageRow."""
    query = select(MessageRow.conversation_id, MessageRow.at, MessageRow.author, MessageRow.text).where(*seen)
    return [FoundMessage(*row) for row in _newest(session, SAID, query, MessageRow.id, words, most)]


def noted(session: Session, words: Sequence[str], seen: Sequence[ColumnElement[bool]], most: int) -> list[FoundNote]:
    """The newest notes that have every one of the words. `seen` are conditions on CaseRow."""
    query = select(CaseNoteRow.case_id, CaseRow.status, CaseNoteRow.at, CaseNoteRow.text)
    query = query.join(CaseRow, CaseRow.id == CaseNoteRow.case_id).where(*seen)
    return [FoundNote(*row) for row in _newest(session, NOTED, query, CaseNoteRow.id, words, most)]


def told(session: Session, words: Sequence[str], seen: Sequence[ColumnElement[bool]], most: int) -> list[CaseRow]:
    """The newest cases whose name, summary and what helped have every one of the words between them."""
    return [row for (row,) in _newest(session, TOLD, select(CaseRow).where(*seen), CaseRow.id, words, most)]


def numbered(session: Session, query: str, seen: Sequence[ColumnElement[bool]], most: int) -> list[CaseRow]:
    """The newest cases of people whose number or chat `query` is, begins or ends; none when it is no number."""
    fits = _like(query)
    if not fits:
        return []
    # From the numbers to the cases, in steps that SQLite does not turn around.
    people = select(AddressRow.person_id).where(or_(*(AddressRow.text.like(like) for like in fits)))
    spoken = select(ConversationRow.id).where(ConversationRow.person_id.in_(people))
    known = select(CaseRow.id).where(CaseRow.conversation_id.in_(spoken), *seen)
    at_desk = select(CaseRow.id).where(
        CaseRow.conversation_id.is_(None), or_(*(CaseRow.address.like(like) for like in fits)), *seen
    )
    newest = session.scalars(known.union(at_desk).order_by(desc("id")).limit(most)).all()
    return list(session.scalars(select(CaseRow).where(CaseRow.id.in_(newest)).order_by(CaseRow.id.desc())))


def _like(query: str) -> list[str]:
    """070-174 06, +46 (0)70 174, 0046..., the last digits, tg:4711: as patterns of LIKE. Copied dashes and marks of direction count for nothing."""
    written = "".join(query.split())
    if written.startswith("tg:") and written[3:].lstrip("-").isdecimal():
        return [written]
    written = "".join(c for c in written if unicodedata.category(c) not in _SPARED)
    written = _TRUNK_ZERO.sub(r"\1", written)
    digits = written.lstrip("+").translate(str.maketrans("", "", "/()."))
    if not (digits.isascii() and digits.isdecimal()) or len(digits) < _SUFFIX_FROM:
        return []
    if written.startswith("+"):
        return [f"+{digits}%"]
    if digits.startswith("00"):
        return [f"+{digits[2:]}%"]
    patterns = [f"%{digits}"]
    if digits.startswith("0") and len(digits) >= _INFIX_FROM:
        patterns.append(f"+46{digits[1:]}%")
    return [*patterns, f"%{digits}%"] if len(digits) >= _INFIX_FROM else patterns


def _newest(
    session: Session, index: WordIndex, query: Any, id_: InstrumentedAttribute[int], words: Sequence[str], most: int
) -> list[Any]:
    """What of the query has the words, newest first."""
    if session.get_bind().dialect.name == "sqlite":
        found = table(index.name, column("rowid"))
        wanted = " ".join(f'"{word}"*' if len(word) >= WHOLE_BELOW else f'"{word}"' for word in words)
        has = text(f"{index.name} MATCH :words").bindparams(words=wanted)
        fitting = query.join(found, found.c.rowid == id_).where(has).order_by(found.c.rowid.desc())
        return list(session.execute(fitting.limit(most)))
    wanted = " & ".join(f"{word}:*" if len(word) >= WHOLE_BELOW else word for word in words)
    has = text(f"{index.vector.replace(':', chr(92) + ':')} @@ to_tsquery('simple', :words)").bindparams(words=wanted)
    if not session.info.get(_PRICED):
        session.execute(select(*(func.set_config(name, value, True) for name, value in _TRUE_PRICE.items())))
        session.info[_PRICED] = True
    rows: list[Any] = []
    upto, slice_ = session.scalar(select(func.max(id_))) or 0, _FIRST_SLICE
    while upto > 0 and len(rows) < most:
        after = upto - slice_
        fitting = _in_slice(index, query, id_, has, after, upto)
        rows += session.execute(fitting.limit(most - len(rows)))
        upto, slice_ = after, slice_ * 8
    return rows


def _in_slice(index: WordIndex, query: Any, id_: InstrumentedAttribute[int], has: Any, after: int, upto: int) -> Any:
    """GIN knows no order: a word that a fifth of all messages have would be fetched a fifth of a million times for the newest few. So one looks among
    the newest first, and further back while there is too little. What has the words is found before anything else is asked: with an end in sight,
    PostgreSQL may walk the messages backwards instead and take each apart.
    """
    ids = select(id_.label("id")).where(has, id_ > after, id_ <= upto).cte(f"in_{index.name}")
    found = ids.prefix_with("MATERIALIZED", dialect="postgresql")
    return query.join(found, found.c.id == id_).order_by(found.c.id.desc())
