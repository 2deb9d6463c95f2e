"""Words and numbers are found in the same way on both databases, and as soon as they are written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, inspect, text, true, update

from bot.domain.address import Address
from bot.domain.case import Reason, Urgency
from bot.domain.found_words import words_in
from bot.store import cases, conversations, search
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.tables import WORD_INDEXES, Base, CaseNoteRow, CaseRow, MessageRow

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def resident(database: Database, address: str, *texts: str) -> tuple[int, int]:
    """Somebody with a case who has written: the conversation and the case."""
    with database.writing() as session:
        _, conversation = conversations.begin(session, Address(address), "kalmar", None, NOON)
        for i, said in enumerate(texts):
            session.add(_message(conversation.id, said, i))
        new = cases.NewCase(
            conversation.id, address, "sms", "sv", "kalmar", None, "team", Reason.ASKED, Urgency.NORMAL, None, "kort"
        )
        row, _ = cases.open_or_add(session, new, NOON)
        return conversation.id, row.id


def _message(conversation_id: int, said: str, minute: int = 0) -> MessageRow:
    at = NOON + timedelta(minutes=minute)
    return MessageRow(
        conversation_id=conversation_id, at=at, direction="in", author="resident", channel="sms", text=said
    )


def said(database: Database, query: str) -> list[str]:
    with database.reading() as session:
        return [found.text for found in search.said(session, words_in(query), [true()], 100)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("räkning", True),
        ("rakning", True),
        ("RÄKN", True),
        ("räkningen elbolaget", True),
        ("elbolaget rakn", True),
        ("räkningen swish", False),
        ("åkning", False),
        ("he", False),
        ("hej", True),
        ("174", True),
        ("070-174", True),
        ("exempel.se", True),
        ("anna", True),
        ("se", True),
        ("nyckel", True),
        ("бан", True),
        ("OR", False),
        ("NOT swish", False),
        ("krangel's", False),
    ],
)
def test_words_are_found_by_their_beginning_in_any_case_and_without_dots(
    database: Database, query: str, found: bool
) -> None:
    text = "Hej! Räkningen från elbolaget, ring 070-174 06 05 eller anna@exempel.se/hjälp (nyckel_1) банк"
    resident(database, "+46701740605", text, "inget")
    assert said(database, query) == ([text] if found else [])


@pytest.mark.parametrize(
    "query", ["'", '"', "a:*", "& |", "(swish", "swish & !", "NEAR(a b)", "*", "-swish", "<->", "\\"]
)
def test_signs_of_the_databases_own_languages_are_only_signs(database: Database, query: str) -> None:
    resident(database, "+46701740605", "swish krånglar")
    words = words_in(query)
    if words:
        assert len(said(database, query)) <= 1


def test_what_is_changed_or_removed_is_so_at_once(database: Database) -> None:
    conversation, case = resident(database, "+46701740605", "koden är hemlig")
    with database.writing() as session:
        session.execute(update(MessageRow).where(MessageRow.conversation_id == conversation).values(text="[kod]"))
    assert said(database, "hemlig") == []
    assert said(database, "kod") == ["[kod]"]
    with database.writing() as session:
        session.add(_message(conversation, "en ny rad"))
    assert said(database, "ny") == ["en ny rad"]
    with database.writing() as session:
        session.execute(delete(MessageRow))
    assert said(database, "kod") == said(database, "rad") == []
    with database.writing() as session:
        session.get_one(CaseRow, case).person_name = "Svea Ek"
        session.get_one(CaseRow, case).helped = "Vi bytte sladd"
    with database.reading() as session:
        for query in ("svea", "sladd", "kort", "svea sladd"):
            assert [row.id for row in search.told(session, words_in(query), [true()], 9)] == [case], query
        assert search.told(session, words_in("svea swish"), [true()], 9) == []
    with database.writing() as session:
        cases.note(session, case, "Ringde henne", NOON, "note")
    with database.reading() as session:
        assert [(note.case_id, note.text) for note in search.noted(session, ("ringde",), [true()], 9)] == [
            (case, "Ringde henne")
        ]
    with database.writing() as session:
        session.execute(delete(CaseNoteRow))
        session.execute(delete(CaseRow))
    with database.reading() as session:
        assert search.noted(session, ("ringde",), [true()], 9) == search.told(session, ("svea",), [true()], 9) == []


def test_what_is_rolled_back_is_not_found(database: Database) -> None:
    conversation, _ = resident(database, "+46701740605")
    with database.writing() as session:
        session.add(_message(conversation, "kvar"))
        with session.begin_nested() as part:
            session.add(_message(conversation, "ångrat"))
            session.flush()
            part.rollback()
    assert said(database, "ångrat") == []
    assert said(database, "kvar") == ["kvar"]


def test_the_newest_come_first_and_no_more_than_asked_for(database: Database) -> None:
    resident(database, "+46701740605", *(f"swish {i}" for i in range(10)))
    with database.reading() as session:
        found = search.said(session, ("swish",), [true()], 3)
    assert [message.text for message in found] == ["swish 9", "swish 8", "swish 7"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("070-174 06 05", {"svea"}),
        ("0701740605", {"svea"}),
        ("+46701740605", {"svea"}),
        ("+46 70 174", {"svea", "kurt"}),
        ("0046701740605", {"svea"}),
        ("+46 (0)70-174 06 05", {"svea"}),
        ("0046 (0)70 174 06 05", {"svea"}),
        ("070\u2013174\u00a006\u00a005", {"svea"}),
        ("\u202a+46 70\u2011174 06 05\u202c", {"svea"}),
        ("070-174", {"svea", "kurt"}),
        ("70174", {"svea", "kurt"}),
        ("05", {"svea"}),
        ("0605", {"svea"}),
        ("4711", {"tg"}),
        ("tg:4711", {"tg"}),
        ("tg:471", set()),
        ("5", set()),
        ("05 hej", set()),
        ("%", set()),
    ],
)
def test_people_are_found_by_their_number(database: Database, query: str, found: set[str]) -> None:
    ids = {
        name: resident(database, a)[1]
        for name, a in (("svea", "+46701740605"), ("kurt", "+46701740606"), ("tg", "tg:4711"))
    }
    with database.reading() as session:
        assert {row.id for row in search.numbered(session, query, [true()], 9)} == {ids[name] for name in found}


def test_a_case_without_a_conversation_is_found_by_its_number(database: Database) -> None:
    new = cases.NewCase(
        None, "+46701740607", "phone", "sv", "kalmar", None, "team", Reason.ASKED, Urgency.NORMAL, None, ""
    )
    with database.writing() as session:
        case = cases.open_or_add(session, new, NOON)[0].id
    with database.reading() as session:
        assert [row.id for row in search.numbered(session, "0607", [true()], 9)] == [case]


def test_migrated_databases_have_the_same_indexes_as_made_ones(empty_database_url: str) -> None:
    migrate(empty_database_url)
    database = Database(empty_database_url)
    migrated = _described(database)
    Base.metadata.drop_all(database.engine)
    Base.metadata.create_all(database.engine)
    assert migrated == _described(database)
    assert sum(name.startswith("words_") for name in migrated) == (12 if database.is_sqlite else 3)
    database.close()


def _described(database: Database) -> dict[str, str]:
    if database.is_sqlite:
        asked = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'trigger') AND name IN ({})"
        names = [index.name + end for index in WORD_INDEXES for end in ("", "_insert", "_delete", "_update")]
    else:
        asked = "SELECT indexname, indexdef FROM pg_indexes WHERE indexname IN ({})"
        names = [index.name for index in WORD_INDEXES]
    with database.reading() as session:
        rows = session.execute(text(asked.format(", ".join(f"'{name}'" for name in names)))).all()
    assert inspect(database.engine).has_table("messages")
    return {name: sql.replace("IF NOT EXISTS ", "") for name, sql in rows}


def test_what_was_written_before_the_migration_is_found_after_it(empty_database_url: str) -> None:
    """As when an installation that has run for years is brought to this version."""
    database = Database(empty_database_url)
    Base.metadata.create_all(database.engine)
    with database.engine.begin() as connection:
        for index in WORD_INDEXES:
            for kind in ("insert", "delete", "update") if database.is_sqlite else ():
                connection.exec_driver_sql(f"DROP TRIGGER {index.name}_{kind}")
            connection.exec_driver_sql(f"DROP {'TABLE' if database.is_sqlite else 'INDEX'} {index.name}")
    resident(database, "+46701740605", "gammal räkning")
    Base.metadata.create_all(database.engine)
    assert said(database, "räkning") == ["gammal räkning"]
    database.close()


def test_what_is_long_ago_is_found_too(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL looks among the newest first, and further back while there is too little."""
    monkeypatch.setattr(search, "_FIRST_SLICE", 2)
    texts = [f"swish {i}" if i % 3 == 0 else f"annat {i}" for i in range(30)]
    resident(database, "+46701740605", *texts)
    with database.reading() as session:
        for most in (1, 3, 10, 100):
            found = search.said(session, ("swish",), [true()], most)
            assert [message.text for message in found] == [f"swish {i}" for i in range(27, -1, -3)][:most]
        assert [m.text for m in search.said(session, ("swish", "0"), [true()], 9)] == ["swish 0"]
