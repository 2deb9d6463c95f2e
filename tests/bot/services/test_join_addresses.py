"""One person on SMS and Telegram: asked by SMS, joined by a yes from that number and by nothing else."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import func, select

from bot.domain.case import Reason, Status, Urgency
from bot.domain.course import BookingStatus, CourseKind
from bot.domain.joining import JoinStatus
from bot.domain.link import EndedBy, LinkStatus
from bot.domain.loan import LoanStatus
from bot.services import join_addresses
from bot.services.join_addresses import tend_joins
from bot.services.tending import Tending
from bot.store import cases
from bot.store.database import Database
from bot.store.moving import referring
from bot.store.tables import (
    BookingRow,
    CaseNoteRow,
    CaseRow,
    ConversationRow,
    CourseRow,
    FollowUpRow,
    LoanRow,
    LoanTypeRow,
    LoanUnitRow,
    MessageRow,
    OutboxRow,
)
from tests.bot.joining import (
    OTHER_TG,
    TG,
    conversation_of,
    gives_number,
    joined,
    post_with_telegram,
    said_to,
    state_of,
    wishes,
)
from tests.bot.kin import link, row_of
from tests.stand_ins import ASTRID, KURT, MONDAY, OUR_NUMBER, SVEA, Post

ASKED = "own_question"
LANDLINE, NORWEGIAN = "+46480450000", "+4791234567"


@pytest.fixture
def post(database: Database) -> Post:
    return post_with_telegram(database)


def _tending(post: Post) -> Tending:
    return Tending(post.database, lambda: post.world, post.clock, post.wakeup)


def _case(post: Post, address: str, reason: Reason, urgency: Urgency, minutes: int = 0) -> int:
    with post.database.writing() as session:
        conversation = conversation_of(post.database, address)
        channel = "telegram" if address.startswith("tg:") else "sms"
        new = cases.NewCase(
            conversation, address, channel, "sv", "kalmar", "library", "kalmar", reason, urgency, None, "Behöver hjälp"
        )
        row, _ = cases.open_or_add(session, new, MONDAY + timedelta(minutes=minutes))
        return row.id


def test_a_yes_by_sms_makes_one_conversation_with_everything_in_it(post: Post) -> None:
    post.says("swish", "swish")
    post.says("hej", "greet", sender=TG)
    gives_number(post)
    assert said_to(post.database, SVEA)[-1] == ASKED
    assert said_to(post.database, TG)[-1] == "own_asked"
    assert conversation_of(post.database, TG) != conversation_of(post.database, SVEA)
    post.says("JA")
    assert conversation_of(post.database, TG) == conversation_of(post.database, SVEA)
    assert said_to(post.database, SVEA)[-1] == "own_joined"
    assert said_to(post.database, TG)[-1] == "own_joined_there"
    with post.database.reading() as session:
        assert set(session.scalars(select(MessageRow.conversation_id))) == {conversation_of(post.database, SVEA)}
    assert [row.status for row in wishes(post.database)] == [JoinStatus.JOINED]


def test_a_guide_that_was_begun_by_sms_goes_on_from_telegram_at_the_same_step_and_back(post: Post) -> None:
    post.says("swish", "swish")
    post.says("KLART")
    joined(post)
    post.says("KLART", sender=TG)
    assert "swish 3." in said_to(post.database, TG)[-1]
    post.says("TILLBAKA")
    assert "swish 2." in said_to(post.database, SVEA)[-1]


def test_the_number_is_asked_once_however_often_it_is_given(post: Post) -> None:
    for _ in range(4):
        gives_number(post)
    assert said_to(post.database, SVEA).count(ASKED) == 1
    assert said_to(post.database, TG)[1:] == ["own_asked"] * 3


def test_the_answer_is_the_same_whatever_is_known_of_the_number(post: Post) -> None:
    """Unknown, known, silenced by STOPP, asked by somebody else already, and one that said no."""
    post.says("hej", "greet", sender=KURT)
    post.says("STOPP", sender=ASTRID)
    post.says("JA", sender=ASTRID)
    answers = set()
    for i, number in enumerate((SVEA, KURT, ASTRID, SVEA, KURT, "+46701740610", "+46701740611", "+46701740612")):
        sender = TG if i < 3 else f"tg:{9000 + i}"
        post.says("hej", "greet", sender=sender)
        gives_number(post, number, sender)
        answers.add(said_to(post.database, sender)[-1])
    assert answers == {"own_asked"}
    assert ASKED not in said_to(post.database, ASTRID)
    assert said_to(post.database, SVEA).count(ASKED) == 1, "one question at a time"


def test_only_three_numbers_are_asked_for_one_person_in_three_days(post: Post) -> None:
    numbers = [f"+4670174061{i}" for i in range(5)]
    for number in numbers:
        gives_number(post, number)
    assert [bool(said_to(post.database, number)) for number in numbers] == [True, True, True, False, False]
    post.clock.pass_(hours=73)
    gives_number(post, numbers[4], text="mitt nummer är ett annat")
    assert said_to(post.database, numbers[4]) == [ASKED]


@pytest.mark.parametrize("number", [LANDLINE, NORWEGIAN])
def test_landlines_and_foreign_numbers_are_declined_by_their_form(post: Post, number: str) -> None:
    gives_number(post, number)
    assert "own_not_mobile" in said_to(post.database, TG)[-1]
    assert said_to(post.database, number) == []
    assert wishes(post.database) == []


def test_no_is_final_and_the_one_who_asked_is_told_nothing(post: Post) -> None:
    gives_number(post)
    before = said_to(post.database, TG)
    post.says("NEJ")
    assert said_to(post.database, SVEA)[-1].endswith("own_declined")
    assert said_to(post.database, TG) == before
    post.clock.pass_(days=10)
    gives_number(post, text="mitt nummer är det här")
    assert said_to(post.database, SVEA).count(ASKED) == 1
    assert conversation_of(post.database, TG) != conversation_of(post.database, SVEA)


def test_a_yes_from_another_number_or_from_telegram_itself_joins_nothing(post: Post) -> None:
    gives_number(post)
    post.says("JA", sender=KURT)
    post.says("JA", sender=TG)
    assert conversation_of(post.database, TG) != conversation_of(post.database, SVEA)
    assert wishes(post.database)[0].status == JoinStatus.ASKED


def test_after_three_days_the_question_is_over(post: Post) -> None:
    gives_number(post)
    post.clock.pass_(hours=72, minutes=1)
    post.says("JA")
    assert conversation_of(post.database, TG) != conversation_of(post.database, SVEA)
    tend_joins(_tending(post))
    assert wishes(post.database)[0].status == JoinStatus.UNANSWERED


def test_the_question_stays_open_through_other_talk(post: Post) -> None:
    gives_number(post)
    post.says("swish", "swish")
    post.says("vem frågar")
    post.says("JA")
    assert conversation_of(post.database, TG) == conversation_of(post.database, SVEA)


def test_one_yes_never_answers_a_relative_and_a_joining_both(post: Post) -> None:
    post.says("hej", "greet")
    elder = conversation_of(post.database, SVEA)
    post.says("hej", "greet", sender=OTHER_TG)
    asked = link(
        post.database, elder, conversation_of(post.database, OTHER_TG), LinkStatus.ASKED, number=SVEA, at=post.clock()
    )
    gives_number(post)
    post.says("JA")
    assert row_of(post.database, asked).status == LinkStatus.ACTIVE
    assert wishes(post.database)[0].status == JoinStatus.ASKED


def test_a_process_that_dies_after_the_yes_leaves_it_to_tending(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    gives_number(post)
    monkeypatch.setattr(join_addresses, "carry_out", lambda *_: False)
    post.says("JA")
    assert wishes(post.database)[0].status == JoinStatus.ACCEPTED
    assert tend_joins(_tending(post)) == 1
    assert conversation_of(post.database, TG) == conversation_of(post.database, SVEA)
    assert tend_joins(_tending(post)) == 0
    assert said_to(post.database, TG).count("own_joined_there") == 1


def test_what_waits_on_telegram_is_answered_there_after_the_joining(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    gives_number(post)
    monkeypatch.setattr(join_addresses, "carry_out", lambda *_: False)
    post.says("JA")
    post.comes("swish", "swish", sender=TG)
    tend_joins(_tending(post))
    post.clock.pass_(seconds=5)
    post.think()
    assert "swish 1." in said_to(post.database, TG)[-1]


def test_a_turn_that_was_under_way_on_telegram_is_taken_again(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    gives_number(post)
    monkeypatch.setattr(join_addresses, "carry_out", lambda *_: False)
    post.says("JA")
    post.comes("swish", "swish", sender=TG)
    post.clock.pass_(seconds=5)
    done: list[int] = []

    def joins(text: str) -> None:
        if not done:
            done.append(tend_joins(_tending(post)))

    post.interpreter.before = joins
    post.think()
    assert done == [1]
    assert [text for text in said_to(post.database, TG) if "swish 1." in text], "the message was lost"
    assert sum("swish 1." in text for text in said_to(post.database, TG)) == 1


def test_two_open_cases_become_the_older_one(post: Post) -> None:
    post.says("hej", "greet")
    gives_number(post)
    older = _case(post, TG, Reason.STUCK, Urgency.NORMAL)
    newer = _case(post, SVEA, Reason.FRAUD, Urgency.HIGH, minutes=30)
    post.says("JA")
    with post.database.reading() as session:
        kept, closed = session.get_one(CaseRow, older), session.get_one(CaseRow, newer)
        assert (kept.status, kept.urgency, set(kept.reasons)) == (
            Status.WAITING,
            Urgency.HIGH,
            {Reason.STUCK, Reason.FRAUD},
        )
        assert (closed.status, closed.outcome, closed.resolved_at is not None) == (Status.RESOLVED, "joined", True)
        assert kept.conversation_id == closed.conversation_id == conversation_of(post.database, SVEA)
        notes = session.scalars(select(CaseNoteRow.text).where(CaseNoteRow.case_id == newer)).all()
        assert any(f"ärende {older}" in note for note in notes)


def test_of_two_chairs_at_the_same_course_one_stays(post: Post) -> None:
    post.says("hej", "greet")
    gives_number(post)
    with post.database.writing() as session:
        course = CourseRow(
            kind=CourseKind.COURSE, title={"sv": "Swish"}, bring={}, cost={}, about={}, tags=[], municipality="kalmar", place="p",
            starts_at=MONDAY + timedelta(days=9), ends_at=MONDAY + timedelta(days=9, hours=1), created_at=MONDAY,
        )  # fmt: skip
        session.add(course)
        session.flush()
        for address, channel, status in (
            (SVEA, "sms", BookingStatus.WAITLISTED),
            (TG, "telegram", BookingStatus.BOOKED),
        ):
            session.add(
                BookingRow(
                    course_id=course.id,
                    conversation_id=conversation_of(post.database, address),
                    channel=channel,
                    status=status,
                    booked_at=MONDAY,
                    queued_at=MONDAY,
                )
            )
    post.says("JA")
    with post.database.reading() as session:
        rows = session.scalars(select(BookingRow).order_by(BookingRow.id)).all()
        assert [row.status for row in rows] == [BookingStatus.CANCELLED, BookingStatus.BOOKED]
        assert {row.conversation_id for row in rows} == {conversation_of(post.database, SVEA)}


def test_a_link_between_the_two_ends_and_relatives_stay(post: Post) -> None:
    post.says("hej", "greet")
    gives_number(post)
    sms, telegram = conversation_of(post.database, SVEA), conversation_of(post.database, TG)
    post.says("hej", "greet", sender=OTHER_TG)
    own = link(post.database, sms, telegram, number=SVEA)
    of_anna = link(post.database, telegram, conversation_of(post.database, OTHER_TG), number="+46701740620")
    post.says("JA")
    assert (row_of(post.database, own).status, row_of(post.database, own).ended_by) == (
        LinkStatus.ENDED,
        EndedBy.RELATIVE,
    )
    kept = row_of(post.database, of_anna)
    assert (kept.status, kept.elder_id) == (LinkStatus.ACTIVE, sms)


def test_one_question_about_a_guide_is_planned_at_most(post: Post) -> None:
    post.says("hej", "greet")
    gives_number(post)
    with post.database.writing() as session:
        for days, address, flow in ((3, SVEA, "swish"), (5, TG, "print_scan")):
            session.add(
                FollowUpRow(
                    conversation_id=conversation_of(post.database, address),
                    flow=flow,
                    channel="sms",
                    due_at=MONDAY + timedelta(days=days),
                )
            )
    post.says("JA")
    with post.database.reading() as session:
        assert [(row.conversation_id, row.flow) for row in session.scalars(select(FollowUpRow))] == [
            (conversation_of(post.database, SVEA), "print_scan")
        ]


def test_nothing_refers_to_the_empty_conversation_but_the_wish(post: Post) -> None:
    post.says("hej", "greet")
    gives_number(post)
    post.says("swish", "swish", sender=TG)
    post.says("MÄNNISKA", sender=TG)
    empty = wishes(post.database)[0].asker_id
    post.says("JA")
    with post.database.reading() as session:
        assert session.scalars(select(CaseRow.conversation_id)).all() == [conversation_of(post.database, SVEA)]
        for table, column in referring():
            found = session.scalar(select(func.count()).select_from(table).where(column == empty))
            assert found == (1 if (table.name, column.name) == ("joins", "asker_id") else 0), (table.name, column.name)


def test_an_older_telegram_account_of_the_number_begins_anew(post: Post) -> None:
    post.says("swish", "swish")
    joined(post)
    gives_number(post, sender=OTHER_TG, text="mitt nummer också")
    post.says("JA")
    assert conversation_of(post.database, OTHER_TG) == conversation_of(post.database, SVEA)
    assert conversation_of(post.database, TG) != conversation_of(post.database, SVEA)
    post.says("FORTSÄTT", sender=TG)
    assert "swish" not in said_to(post.database, TG)[-1]


def test_who_stopped_on_telegram_meanwhile_is_not_joined(post: Post) -> None:
    gives_number(post)
    post.says("STOPP", sender=TG)
    post.says("JA", sender=TG)
    post.says("JA")
    assert conversation_of(post.database, TG) != conversation_of(post.database, SVEA)
    assert wishes(post.database)[0].status == JoinStatus.VOID


def test_after_the_joining_the_number_is_known_as_theirs(post: Post) -> None:
    joined(post)
    gives_number(post, text="mitt nummer igen")
    assert said_to(post.database, TG)[-1] == "own_already"
    gives_number(post, KURT)
    assert said_to(post.database, TG)[-1] == "own_has_number"
    assert said_to(post.database, KURT) == []


def test_the_number_of_ours_stands_on_the_question_to_an_unknown_number(post: Post) -> None:
    gives_number(post)
    with post.database.reading() as session:
        assert session.scalars(select(OutboxRow.sender).where(OutboxRow.address == SVEA)).all() == [OUR_NUMBER]
        assert session.scalars(select(ConversationRow.id)).all()
    assert state_of(post.database, SVEA).introduced_at is None


def test_two_processes_join_once(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    gives_number(post)
    monkeypatch.setattr(join_addresses, "carry_out", lambda *_: False)
    post.says("JA")
    threads = [Thread(target=tend_joins, args=(_tending(post),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert conversation_of(post.database, TG) == conversation_of(post.database, SVEA)
    assert said_to(post.database, TG).count("own_joined_there") == 1


def test_two_of_the_same_on_loan_are_left_to_a_person(post: Post) -> None:
    post.says("hej", "greet")
    gives_number(post)
    with post.database.writing() as session:
        kind = LoanTypeRow(
            title={"sv": "Surfplatta"},
            municipality="kalmar",
            unit="library",
            days=14,
            contents={},
            wiping=[],
            tags=[],
            created_at=MONDAY,
        )
        session.add(kind)
        session.flush()
        for label, address in (("1", SVEA), ("2", TG)):
            unit = LoanUnitRow(type_id=kind.id, label=label, home="p", place="p", state="in", changed_at=MONDAY)
            session.add(unit)
            session.flush()
            session.add(
                LoanRow(
                    type_id=kind.id,
                    unit_id=unit.id,
                    conversation_id=conversation_of(post.database, address),
                    channel="sms",
                    status=LoanStatus.OUT,
                    queued_at=MONDAY,
                )
            )
    post.says("JA")
    assert conversation_of(post.database, TG) != conversation_of(post.database, SVEA)
    assert said_to(post.database, SVEA)[-1] == "own_not_joined"
    assert wishes(post.database)[0].status == JoinStatus.VOID
    with post.database.reading() as session:
        assert session.scalars(select(CaseRow.conversation_id)).all() == [conversation_of(post.database, SVEA)]
