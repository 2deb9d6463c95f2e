"""What a search finds, for whom, and what it leaves in the audit log; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.address import Address
from bot.domain.case import Reason, Status, Urgency
from bot.services.search_cases import MOST_HITS, Found, Place, search_cases
from bot.services.viewer import Viewer
from bot.store import cases, conversations
from bot.store.database import Database
from bot.store.tables import AuditRow, CaseRow, MessageRow, OutboxRow, UserRow
from tests.stand_ins import KURT, MONDAY, SVEA, SettableClock

CLOCK = SettableClock()
LIBRARY = Viewer(1, ("kalmar", "Kalmar"), "library")
SCHOOL = Viewer(1, ("kalmar", "Kalmar"), "school")
EVERYTHING = Viewer(1)


@pytest.fixture(autouse=True)
def _account(database: Database) -> None:
    with database.writing() as session:
        session.add(
            UserRow(id=1, email="a@b.example", name="Anna", role="handledare", password_hash="", created_at=MONDAY)
        )


def a_case(
    database: Database,
    address: str = SVEA,
    unit: str | None = "library",
    hours: tuple[int, int | None] = (0, None),
    name: str | None = None,
    summary: str = "kort",
    municipality: str | None = "kalmar",
) -> int:
    """A case opened at one hour after MONDAY and resolved at another."""
    with database.writing() as session:
        found = conversations.of_address(session, Address(address))
        _, conversation = found or conversations.begin(session, Address(address), municipality, unit, MONDAY)
        new = cases.NewCase(
            conversation.id,
            address,
            "sms",
            "sv",
            municipality,
            unit,
            "team",
            Reason.ASKED,
            Urgency.NORMAL,
            None,
            summary,
        )
        row, _ = cases.open_or_add(session, new, MONDAY + timedelta(hours=hours[0]))
        row.person_name = name
        if hours[1] is not None:
            row.status, row.resolved_at = Status.RESOLVED, MONDAY + timedelta(hours=hours[1])
        return row.id


def says(database: Database, case_id: int, text: str, hour: float, answer_of: int | None = None) -> None:
    """A message of the case's person; an answer in another case when that is named."""
    with database.writing() as session:
        case = session.get_one(CaseRow, case_id)
        message = MessageRow(
            conversation_id=case.conversation_id,
            at=MONDAY + timedelta(hours=hour),
            direction="out" if answer_of else "in",
            author="handledare" if answer_of else "resident",
            channel="sms",
            text=text,
        )
        session.add(message)
        session.flush()
        if answer_of:
            session.add(
                OutboxRow(
                    conversation_id=case.conversation_id, message_id=message.id, case_id=answer_of, address=SVEA, channel="sms", sender="",
                    text=text, buttons=[], priority=1, queued_at=MONDAY, next_attempt_at=MONDAY,
                )
            )  # fmt: skip


def ids(found: Found) -> list[int]:
    return [hit.case.id for hit in found.hits]


def looks(database: Database, query: str, who: Viewer = EVERYTHING) -> list[int]:
    return ids(search_cases(database, CLOCK, who, query))


def test_a_case_is_found_by_each_thing_that_is_known_of_it(database: Database) -> None:
    case = a_case(database, name="Svea Ek", summary='Behov: Swish. Skrev: "appen är borta"')
    a_case(database, KURT)
    says(database, case, "fakturan kom från elbolaget", 1)
    with database.writing() as session:
        cases.note(session, case, "Ringde, ingen svarade", MONDAY, "call")
        session.get_one(CaseRow, case).helped = "Nytt lösenord"
    for query, place in (
        ("0605", Place.NUMBER),
        ("070-174 06 05", Place.NUMBER),
        ("sve", Place.NAME),
        ("borta", Place.SUMMARY),
        ("losenord", Place.HELPED),
        ("svarade", Place.NOTED),
        ("faktura", Place.SAID),
        (f"#{case}", Place.CASE),
        (f"Ärende {case}", Place.CASE),
        (f" arende #{case} ", Place.CASE),
        (f"case {case}", Place.CASE),
    ):
        (hit,) = search_cases(database, CLOCK, EVERYTHING, query).hits
        assert (hit.case.id, hit.passages[0].place) == (case, place), query


def test_number_and_name_come_before_words_and_open_cases_before_resolved_ones(database: Database) -> None:
    resolved = a_case(database, "+46701740610", hours=(0, 1), summary="svea nämns")
    older, newer = (
        a_case(database, "+46701740611", summary="svea nämns"),
        a_case(database, "+46701740612", summary="svea nämns"),
    )
    named = a_case(database, "+46701740613", hours=(0, 1), name="Svea")
    assert looks(database, "svea") == [named, newer, older, resolved]


def test_each_unit_finds_its_own_cases_only(database: Database) -> None:
    ours, theirs = a_case(database, SVEA, "library", name="Elsa"), a_case(database, KURT, "school", name="Elsa")
    nobodys = a_case(database, "+46701740608", None, name="Elsa")
    elsewhere = a_case(database, "+46701740609", "library", name="Elsa", municipality="vara")
    for case in (ours, theirs, nobodys, elsewhere):
        says(database, case, "hemligheten", 1)
        with database.writing() as session:
            cases.note(session, case, "anteckning", MONDAY)
    for query in ("elsa", "hemligheten", "anteckning", "kort", "070-174"):
        assert set(looks(database, query, LIBRARY)) == {ours, nobodys}, query
        assert set(looks(database, query, SCHOOL)) == {theirs, nobodys}, query
        assert set(looks(database, query)) == {ours, theirs, nobodys, elsewhere}, query
    assert looks(database, f"#{theirs}", LIBRARY) == []
    assert looks(database, "0606", LIBRARY) == []


def test_what_was_said_while_another_units_case_was_open_is_not_found(database: Database) -> None:
    theirs = a_case(database, SVEA, "school", hours=(0, 5))
    ours = a_case(database, SVEA, "library", hours=(10, None))
    says(database, ours, "under deras", 3)
    says(database, ours, "vid deras slut", 5)
    says(database, ours, "mellan ärendena", 7)
    says(database, ours, "under vårt", 11)
    says(database, ours, "sent svar", 12, answer_of=theirs)
    for query, for_us, for_them in (
        ("under deras", [], [theirs]),
        ("deras slut", [], [theirs]),
        ("mellan", [ours], [theirs]),
        ("under vårt", [ours], []),
        ("sent svar", [], []),
    ):
        assert looks(database, query, LIBRARY) == for_us, query
        assert looks(database, query, SCHOOL) == for_them, query
    assert looks(database, "under deras") == [theirs]
    assert looks(database, "mellan") == [ours]


def test_a_message_belongs_to_the_case_it_was_said_in_or_led_to(database: Database) -> None:
    first = a_case(database, hours=(0, 5))
    second = a_case(database, hours=(10, 15))
    for hour, text in ((1, "första"), (7, "andra"), (12, "tredje"), (20, "fjärde")):
        says(database, first, text, hour)
    assert [looks(database, word)[0] for word in ("första", "andra", "tredje", "fjärde")] == [
        first,
        second,
        second,
        second,
    ]


def test_a_conversation_that_no_case_was_opened_for_is_not_found(database: Database) -> None:
    case = a_case(database)
    says(database, case, "hej hopp", 1)
    with database.writing() as session:
        _, conversation = conversations.begin(session, Address(KURT), "kalmar", None, MONDAY)
        session.add(
            MessageRow(
                conversation_id=conversation.id,
                at=MONDAY,
                direction="in",
                author="resident",
                channel="sms",
                text="hej hopp",
            )
        )
    assert looks(database, "hopp") == [case]


def test_there_is_an_end_to_what_is_shown(database: Database) -> None:
    made = [a_case(database, f"+4670174{i:04}", summary="samma sak") for i in range(MOST_HITS + 2)]
    found = search_cases(database, CLOCK, EVERYTHING, "samma")
    assert found.more
    assert ids(found) == made[: -MOST_HITS - 1 : -1]
    assert not search_cases(database, CLOCK, EVERYTHING, f"#{made[0]}").more


def test_that_somebody_searched_is_kept_and_not_for_what(database: Database) -> None:
    a_case(database, name="Svea")
    looks(database, "svea")
    looks(database, "hemligt ord")
    assert search_cases(database, CLOCK, EVERYTHING, " ?! ").words == ()
    with database.reading() as session:
        rows = session.execute(select(AuditRow.user_id, AuditRow.act, AuditRow.case_id, AuditRow.detail)).all()
    assert rows == [(1, "search", None, "1 found"), (1, "search", None, "0 found")]


def test_what_lotsen_itself_wrote_is_not_found(database: Database) -> None:
    case = a_case(database)
    says(database, case, "Öppna Swish nu", 1)
    assert looks(database, "swish") == [case]
    with database.writing() as session:
        session.scalars(select(MessageRow)).one().author = "bot"
    assert looks(database, "swish") == []
