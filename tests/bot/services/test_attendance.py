"""Going home leaves no case behind, and nobody sends home people of another municipality."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.address import Address
from bot.domain.case import Reason, Urgency
from bot.domain.opening_hours import STOCKHOLM
from bot.services.attendance import AttendanceDesk, BadDay, NotYours
from bot.services.work_cases import CaseDesk
from bot.store import attendance, cases, conversations, users
from bot.store.database import Database
from bot.store.tables import AuditRow, CaseRow, ConversationRow, OutboxRow, UserRow
from tests.stand_ins import ASTRID, KURT, MONDAY, ORGANISATION, SVEA, Post


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database)


@pytest.fixture
def desk(post: Post) -> AttendanceDesk:
    return AttendanceDesk(post.database, post.clock)


def _user(
    post: Post,
    name: str = "Anna",
    role: str = "handledare",
    municipality: str | None = "kalmar",
    unit: str | None = None,
) -> UserRow:
    with post.database.writing() as session:
        return users.add(session, f"{name}@kalmar.example".casefold(), name, role, "hash", MONDAY, municipality, unit)


def _account(post: Post, user: UserRow) -> UserRow:
    with post.database.reading() as session:
        return session.get_one(UserRow, user.id)


def _case(post: Post, address: str) -> int:
    with post.database.writing() as session:
        _, row = conversations.begin(session, Address(address), "kalmar", "library", post.clock())
        new = cases.NewCase(
            row.id, address, "sms", "sv", "kalmar", "library", "kalmar", Reason.ASKED, Urgency.NORMAL, None, ""
        )
        return cases.open_or_add(session, new, post.clock())[0].id


def _rows(post: Post) -> list[CaseRow]:
    with post.database.reading() as session:
        return list(session.scalars(select(CaseRow).order_by(CaseRow.id)))


def test_what_waits_for_them_goes_to_the_queue_and_what_waits_for_the_resident_is_nobodys(
    post: Post, desk: AttendanceDesk
) -> None:
    anna, bo = _user(post), _user(post, "Bo")
    work = CaseDesk(post.database, post.world, post.clock, post.wakeup)
    for address in (SVEA, KURT, ASTRID):
        _case(post, address)
    work.claim(1, anna)
    work.reply(2, anna, "Hej!")
    work.claim(3, bo)
    with post.database.reading() as session:
        versions = list(session.scalars(select(ConversationRow.version).order_by(ConversationRow.id)))
    post.clock.pass_(minutes=5)
    assert desk.go(anna, anna.id, ORGANISATION) == 2
    one, two, three = _rows(post)
    assert (one.status, one.claimed_by, one.claimed_at, one.waiting_since) == ("waiting", None, None, MONDAY)
    assert (two.status, two.claimed_by, two.waiting_since) == ("answered", None, None)
    assert (three.status, three.claimed_by) == ("claimed", bo.id)
    with post.database.reading() as session:
        assert [note.text for i in (1, 2) for note in cases.notes(session, i) if note.kind == "event"] == [
            "Anna gick hem. Ärendet ligger i kön igen.",
            "Anna gick hem.",
        ]
        after = list(session.scalars(select(ConversationRow.version).order_by(ConversationRow.id)))
        acts = list(
            session.execute(
                select(AuditRow.act, AuditRow.case_id, AuditRow.about_id)
                .where(AuditRow.act.like("away%"))
                .order_by(AuditRow.id)
            ).all()
        )
    assert [b - a for a, b in zip(versions, after, strict=True)] == [1, 1, 0]
    assert [tuple(act) for act in acts] == [
        ("away_release", 1, anna.id),
        ("away_release", 2, anna.id),
        ("away", None, anna.id),
    ]
    assert (_account(post, anna).away_since, _account(post, anna).back_at) == (post.clock(), None)


def test_the_next_message_to_an_answered_case_is_read_by_somebody(post: Post, desk: AttendanceDesk) -> None:
    anna = _user(post)
    work = CaseDesk(post.database, post.world, post.clock, post.wakeup)
    post.says("MÄNNISKA")
    work.reply(1, anna, "Hej!")
    desk.go(anna, anna.id, ORGANISATION)
    post.clock.pass_(hours=2)
    post.says("det funkar inte")
    (row,) = _rows(post)
    assert (row.status, row.waiting_since) == ("waiting", post.clock())
    with post.database.reading() as session:
        last = session.scalars(select(OutboxRow).where(OutboxRow.address == SVEA).order_by(OutboxRow.id.desc())).first()
    assert last
    assert last.text == "waiting", "and the resident is told that somebody will"


def test_a_message_while_she_is_there_reaches_her_in_silence(post: Post, desk: AttendanceDesk) -> None:
    anna = _user(post)
    work = CaseDesk(post.database, post.world, post.clock, post.wakeup)
    post.says("MÄNNISKA")
    work.reply(1, anna, "Hej!")
    post.clock.pass_(minutes=30)
    post.says("det funkar inte")
    assert [(row.status, row.claimed_by) for row in _rows(post)] == [("claimed", anna.id)]
    with post.database.reading() as session:
        texts = list(session.scalars(select(OutboxRow.text).where(OutboxRow.address == SVEA).order_by(OutboxRow.id)))
    assert texts[-1].endswith("Hej!")


def test_back_on_a_day_is_from_its_beginning_in_swedish_time(post: Post, desk: AttendanceDesk) -> None:
    anna = _user(post)
    desk.go(anna, anna.id, ORGANISATION, date(2026, 12, 28))
    assert _account(post, anna).back_at == datetime(2026, 12, 27, 23, tzinfo=UTC)
    desk.go(anna, anna.id, ORGANISATION, date(2027, 6, 28))
    assert _account(post, anna).back_at == datetime(2027, 6, 27, 22, tzinfo=UTC)
    with post.database.writing() as session:
        users.seen(session, anna.id, datetime(2027, 6, 28, tzinfo=STOCKHOLM).astimezone(UTC))
    with post.database.reading() as session:
        assert not attendance.is_at_work(session, anna.id, datetime(2027, 6, 27, 21, 59, tzinfo=UTC))
        assert attendance.is_at_work(session, anna.id, datetime(2027, 6, 27, 22, 0, tzinfo=UTC))


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 1), date(2027, 11, 25)])
def test_a_day_that_has_been_or_is_far_away_is_refused_and_changes_nothing(
    post: Post, desk: AttendanceDesk, day: date
) -> None:
    anna = _user(post)
    with pytest.raises(BadDay):
        desk.go(anna, anna.id, ORGANISATION, day)
    assert _account(post, anna).away_since is None


def test_coming_back(post: Post, desk: AttendanceDesk) -> None:
    anna = _user(post)
    desk.go(anna, anna.id, ORGANISATION, date(2026, 12, 28))
    post.clock.pass_(minutes=5)
    desk.come(anna, anna.id, ORGANISATION)
    account = _account(post, anna)
    assert (account.away_since, account.back_at, account.seen_at) == (None, None, post.clock())
    with post.database.reading() as session:
        assert attendance.is_at_work(session, anna.id, post.clock())


def test_that_a_samordnare_says_that_she_is_back_does_not_make_her_seen(post: Post, desk: AttendanceDesk) -> None:
    anna, sara = _user(post), _user(post, "Sara", "samordnare")
    desk.go(sara, anna.id, ORGANISATION)
    desk.come(sara, anna.id, ORGANISATION)
    assert (_account(post, anna).away_since, _account(post, anna).seen_at) == (None, None)


@pytest.mark.parametrize(
    ("role", "municipality", "unit", "may"),
    [
        ("samordnare", "kalmar", None, True),
        ("samordnare", "Kalmar", "library", True),
        ("samordnare", "kalmar", "another", False),
        ("samordnare", "vara", None, False),
        ("samordnare", None, None, True),
        ("admin", None, None, True),
        ("handledare", "kalmar", "library", False),
        ("reader", "kalmar", None, False),
    ],
)
def test_who_may_say_so_for_others(
    post: Post, desk: AttendanceDesk, role: str, municipality: str | None, unit: str | None, may: bool
) -> None:
    anna = _user(post, unit="library")
    other = _user(post, "Other", role, municipality, unit)
    if may:
        desk.go(other, anna.id, ORGANISATION)
        desk.come(other, anna.id, ORGANISATION)
        return
    for act in (desk.go, desk.come):
        with pytest.raises(NotYours):
            act(other, anna.id, ORGANISATION)
    assert _account(post, anna).away_since is None


def test_nobody_is_nobody(post: Post, desk: AttendanceDesk) -> None:
    sara = _user(post, "Sara", "samordnare")
    with pytest.raises(NotYours):
        desk.go(sara, 4711, ORGANISATION)
    with post.database.reading() as session:
        assert not attendance.is_at_work(session, None, post.clock())
        assert not attendance.is_at_work(session, 4711, post.clock())


def test_a_disabled_account_is_not_at_work(post: Post) -> None:
    anna = _user(post)
    with post.database.writing() as session:
        row = session.get_one(UserRow, anna.id)
        row.seen_at, row.disabled_at = post.clock(), post.clock() - timedelta(days=1)
    with post.database.reading() as session:
        assert not attendance.is_at_work(session, anna.id, post.clock())
