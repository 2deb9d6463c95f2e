"""Nobody is forgotten: what waits is told of to more and more people, once each; what was left alone goes back to the queue; and nights are nights."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.address import Address
from bot.domain.case import Reason, Status, Urgency
from bot.domain.delivery import Delivery
from bot.domain.duty import DutyPerson
from bot.domain.opening_hours import STOCKHOLM
from bot.domain.waiting import Alerts
from bot.services.attendance import AttendanceDesk
from bot.services.call_back import CallDesk, CallResult
from bot.services.tend_cases import tend_cases
from bot.services.tending import Tending
from bot.services.work_cases import CaseDesk
from bot.store import cases, conversations, users
from bot.store.database import Database
from bot.store.tables import CaseNoteRow, CaseRow, ConversationRow, OutboxRow, UserRow
from tests.stand_ins import DUTY_PHONE, KURT, MONDAY, ORGANISATION, SVEA, WORLD, Post

CHEF = "+46701740698"
LIST = (DutyPerson("first", DUTY_PHONE), DutyPerson("later", CHEF, after=timedelta(minutes=15)))
KALMAR, VARA = ORGANISATION.municipalities
KALMAR = replace(KALMAR, units=(replace(KALMAR.units[0], team=replace(KALMAR.units[0].team, duty_list=LIST)),))
TENDED = replace(
    ORGANISATION,
    municipalities=(KALMAR, VARA),
    alerts=Alerts(timedelta(minutes=10), 3),
    writes_email=True,
    console="https://l.example/console",
)


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database, world=replace(WORLD, organisation=TENDED))


def _tend(post: Post) -> int:
    return tend_cases(Tending(post.database, lambda: post.world, post.clock, post.wakeup))


def _case(
    post: Post,
    urgency: Urgency = Urgency.NORMAL,
    address: str | None = SVEA,
    municipality: str | None = "kalmar",
    unit: str | None = "library",
) -> int:
    with post.database.writing() as session:
        conversation = None
        if address:
            _, row = conversations.begin(session, Address(address), municipality, unit, post.clock())
            conversation = row.id
        new = cases.NewCase(
            conversation,
            address,
            "sms",
            "sv",
            municipality,
            unit,
            "kalmar",
            Reason.ASKED,
            urgency,
            None,
            "Skrev: hemligt",
        )
        return cases.open_or_add(session, new, post.clock())[0].id


def _user(
    post: Post,
    name: str = "Anna",
    role: str = "handledare",
    municipality: str | None = "kalmar",
    unit: str | None = None,
    **more: object,
) -> UserRow:
    with post.database.writing() as session:
        user = users.add(session, f"{name}@kalmar.example".casefold(), name, role, "hash", MONDAY, municipality, unit)
        user.seen_at = post.clock()
        for key, value in more.items():
            setattr(user, key, value)
        return user


def _row(post: Post, case_id: int = 1) -> CaseRow:
    with post.database.reading() as session:
        return session.get_one(CaseRow, case_id)


def _out(post: Post, channel: str = "email") -> list[str]:
    with post.database.reading() as session:
        return list(
            session.scalars(select(OutboxRow.address).where(OutboxRow.channel == channel).order_by(OutboxRow.id))
        )


def _notes(post: Post, case_id: int = 1) -> list[str]:
    with post.database.reading() as session:
        return list(
            session.scalars(select(CaseNoteRow.text).where(CaseNoteRow.case_id == case_id).order_by(CaseNoteRow.id))
        )


def _desk(post: Post) -> CaseDesk:
    return CaseDesk(post.database, post.world, post.clock, post.wakeup)


def _at(post: Post, *when: int) -> None:
    post.clock.at = datetime(*when, tzinfo=STOCKHOLM).astimezone(UTC)  # type: ignore[arg-type, misc]


# Waiting for too long


def test_more_and_more_are_told_and_only_the_samordnare_by_e_mail(post: Post) -> None:
    _user(post, "Sara", "samordnare")
    _case(post)
    version = _row(post).version
    for minutes, alarm, letters in ((59, 0, 0), (1, 1, 0), (119, 1, 0), (1, 2, 1), (170, 2, 1)):
        post.clock.pass_(minutes=minutes)
        _tend(post)
        assert (_row(post).alarm, len(_out(post))) == (alarm, letters), post.clock()
    assert _row(post).version == version + 2, "open pages see that something changed, and only then"
    _at(post, 2026, 11, 24, 12, 1)  # 350 minutes on Monday, 180 on Tuesday
    _tend(post)
    assert (_row(post).alarm, _out(post)) == (3, ["sara@kalmar.example"])
    assert _out(post, "sms") == [], "a normal case wakes nobody"


def test_who_was_told_of_a_wait_is_not_told_again_when_the_case_is_put_back(post: Post) -> None:
    anna = _user(post)
    _user(post, "Sara", "samordnare")
    _case(post)
    post.clock.pass_(hours=3)
    assert _tend(post) == 1
    with post.database.writing() as session:
        session.execute(update(OutboxRow).values(status=Delivery.SENT))
    _desk(post).claim(1, anna)
    _desk(post).release(1, anna)
    assert _tend(post) == 0
    assert (_row(post).alarm, _out(post)) == (2, ["sara@kalmar.example"]), (
        "the screens say so again, the letter does not"
    )
    _user(post, "Siv", "samordnare")
    _desk(post).claim(1, anna)
    _desk(post).release(1, anna)
    _tend(post)
    assert _out(post) == ["sara@kalmar.example", "siv@kalmar.example"], "who has not been told is told"


def test_a_letter_that_was_taken_back_before_it_went_is_written_again(post: Post) -> None:
    anna = _user(post)
    _user(post, "Sara", "samordnare")
    _case(post)
    post.clock.pass_(hours=3)
    _tend(post)
    _desk(post).claim(1, anna)
    _desk(post).release(1, anna)
    _tend(post)
    with post.database.reading() as session:
        assert list(session.scalars(select(OutboxRow.status).order_by(OutboxRow.id))) == [
            Delivery.CANCELLED,
            Delivery.QUEUED,
        ]


def test_a_new_wait_in_the_same_case_is_told_of_anew(post: Post) -> None:
    anna = _user(post)
    _user(post, "Sara", "samordnare")
    _case(post)
    post.clock.pass_(hours=3)
    _tend(post)
    with post.database.writing() as session:
        session.execute(update(OutboxRow).values(status=Delivery.SENT))
    _desk(post).reply(1, anna, "Hej")
    post.clock.pass_(minutes=5)
    with post.database.writing() as session:
        row = session.get_one(CaseRow, 1)
        row.status, row.claimed_by, row.waiting_since = Status.WAITING, None, post.clock()
    assert _tend(post) == 0
    _at(post, 2026, 11, 24, 16, 0)
    assert _tend(post) == 1
    assert _out(post) == ["sara@kalmar.example"] * 2


def test_a_letter_tells_no_more_than_the_number(post: Post) -> None:
    _user(post, "Sara", "samordnare")
    _case(post)
    post.clock.pass_(hours=3)
    assert _tend(post) == 1
    assert post.wakeup.woken_for_outbox == 1
    with post.database.reading() as session:
        letter = session.scalars(select(OutboxRow)).one()
    assert letter.text.splitlines()[0] == "Ärende 1 i Lotsen har väntat länge"
    assert "https://l.example/console/cases/1" in letter.text
    assert not any(secret in letter.text for secret in (SVEA, "hemligt", "0605"))


def test_over_a_night_and_a_christmas_a_normal_case_does_not_wait(post: Post) -> None:
    _at(post, 2026, 12, 23, 15, 30)
    _case(post)
    for when in ((2026, 12, 23, 22, 0), (2026, 12, 24, 10, 0), (2026, 12, 26, 12, 0), (2026, 12, 28, 9, 29)):
        _at(post, *when)
        _tend(post)
        assert _row(post).alarm == 0, when
    _at(post, 2026, 12, 28, 9, 30)
    _tend(post)
    assert _row(post).alarm == 1


def test_an_urgent_one_waits_on_christmas_eve_too(post: Post) -> None:
    _at(post, 2026, 12, 24, 23, 50)
    _case(post, Urgency.CRITICAL)
    post.clock.pass_(minutes=10)
    _tend(post)
    assert _row(post).alarm == 3


def test_a_mail_server_is_not_needed(post: Post) -> None:
    post.world = replace(WORLD, organisation=replace(TENDED, writes_email=False))
    _user(post, "Sara", "samordnare")
    _case(post)
    post.clock.pass_(hours=3)
    assert _tend(post) == 0
    assert (_row(post).alarm, _out(post)) == (2, [])


def test_the_letter_goes_to_the_samordnare_who_may_see_the_case(post: Post) -> None:
    _user(post, "Sara", "samordnare", "kalmar")
    _user(post, "Lena", "samordnare", "Kalmar", "library")
    _user(post, "Dan", "samordnare", "kalmar", "another")
    _user(post, "Vera", "samordnare", "vara")
    _user(post, "Alla", "samordnare", None)
    _user(post, "Slut", "samordnare", "kalmar", disabled_at=MONDAY)
    _user(post, "Anna", "handledare", "kalmar")
    _case(post)
    post.clock.pass_(hours=3)
    _tend(post)
    assert _out(post) == ["lena@kalmar.example", "sara@kalmar.example"]


def test_who_is_away_is_written_to_only_when_nobody_else_is_there(post: Post) -> None:
    _user(post, "Sara", "samordnare", away_since=MONDAY)
    _case(post)
    _case(post, address=KURT, municipality=None, unit=None)
    _user(post, "Alla", "samordnare", None)
    post.clock.pass_(hours=3)
    _tend(post)
    assert sorted(_out(post)) == ["alla@kalmar.example", "sara@kalmar.example"]


def test_taking_it_ends_the_alarm_and_giving_it_back_begins_it_again(post: Post) -> None:
    anna = _user(post)
    _case(post)
    post.clock.pass_(hours=3)
    _tend(post)
    _desk(post).claim(1, anna)
    assert _row(post).alarm == 0
    _tend(post)
    assert _row(post).alarm == 0
    _desk(post).release(1, anna)
    assert _row(post).alarm == 0
    _tend(post)
    assert _row(post).alarm == 2


def _seen(post: Post, user: UserRow, **time: float) -> None:
    """So much later, with their screen open all the while."""
    post.clock.pass_(**time)
    with post.database.writing() as session:
        session.get_one(UserRow, user.id).seen_at = post.clock()
    _tend(post)


@pytest.mark.parametrize("urgency", list(Urgency))
def test_what_somebody_has_and_does_not_answer_is_told_of_too(post: Post, urgency: Urgency) -> None:
    anna = _user(post)
    _user(post, "Sara", "samordnare")
    _case(post, urgency)
    _desk(post).claim(1, anna)
    for minutes, alarm in ((59, 0), (1, 1), (119, 1), (1, 2)):
        _seen(post, anna, minutes=minutes)
        assert (_row(post).status, _row(post).alarm) == (Status.CLAIMED, alarm), post.clock()
    with post.database.reading() as session:
        (letter,) = session.scalars(select(OutboxRow.text).where(OutboxRow.channel == "email"))
    assert "Någon har tagit det, men personen har inte fått svar." in letter
    _desk(post).reply(1, anna, "Hej")
    assert _row(post).alarm == 0
    _seen(post, anna, hours=3)
    assert (_row(post).status, _row(post).alarm) == (Status.ANSWERED, 0)


def test_a_call_is_an_answer_for_a_while(post: Post) -> None:
    anna = _user(post)
    _case(post)
    _desk(post).claim(1, anna)
    _seen(post, anna, minutes=60)
    assert _row(post).alarm == 1
    CallDesk(post.database, lambda: post.world, post.clock).phoned(1, anna, CallResult.ANSWERED)
    assert _row(post).alarm == 0
    _seen(post, anna, minutes=59)
    assert _row(post).alarm == 0
    _seen(post, anna, minutes=1)
    assert _row(post).alarm == 1


def test_a_letter_about_what_nobody_has_taken_says_so(post: Post) -> None:
    _user(post, "Sara", "samordnare")
    _case(post)
    post.clock.pass_(hours=3)
    _tend(post)
    with post.database.reading() as session:
        assert "Ingen har tagit det än." in session.scalars(select(OutboxRow.text)).one()


# Those on duty


def test_those_on_duty_are_written_to_at_night_until_somebody_takes_it(post: Post) -> None:
    anna = _user(post)
    _at(post, 2026, 12, 25, 2, 0)
    _case(post, Urgency.HIGH)
    told = []
    for _ in range(36):
        before = len(_out(post, "sms"))
        _tend(post)
        told += [
            (round((post.clock() - _row(post).opened_at).total_seconds()) // 60, to)
            for to in _out(post, "sms")[before:]
        ]
        post.clock.pass_(minutes=1)
    assert told == [(0, DUTY_PHONE), (10, DUTY_PHONE), (15, CHEF), (20, DUTY_PHONE), (25, CHEF), (35, CHEF)]
    _desk(post).claim(1, anna)
    post.clock.pass_(minutes=30)
    _tend(post)
    assert len(_out(post, "sms")) == 6


def test_taking_it_takes_back_what_waits_to_be_sent(post: Post) -> None:
    anna = _user(post)
    _case(post, Urgency.HIGH)
    assert _tend(post) == 1
    _desk(post).claim(1, anna)
    with post.database.reading() as session:
        assert list(session.scalars(select(OutboxRow.status))) == ["cancelled"]
    assert (_row(post).alerts, _row(post).alert_at) == (0, None)


def test_the_residents_own_answers_are_not_taken_back_with_it(post: Post) -> None:
    anna = _user(post)
    post.says("någon har blivit lurad", "fraud_suspected")
    with post.database.reading() as session:
        before = {row.id for row in session.scalars(select(OutboxRow)) if row.address == SVEA}
    _desk(post).claim(1, anna)
    with post.database.reading() as session:
        assert {row.status for row in session.scalars(select(OutboxRow).where(OutboxRow.id.in_(before)))} == {"queued"}
        assert {row.status for row in session.scalars(select(OutboxRow).where(OutboxRow.address == DUTY_PHONE))} == {
            "cancelled"
        }


def test_what_comes_back_to_the_queue_reaches_them_again(post: Post) -> None:
    anna = _user(post)
    _case(post, Urgency.HIGH)
    _desk(post).claim(1, anna)
    AttendanceDesk(post.database, post.clock).go(anna, anna.id, TENDED)
    assert _tend(post) == 1
    assert _out(post, "sms") == [DUTY_PHONE]


def test_a_team_with_nobody_on_its_list_stops_nothing(post: Post) -> None:
    _case(post, Urgency.HIGH, municipality="vara")
    _case(post, Urgency.HIGH, address=KURT)
    assert _tend(post) == 1
    assert _out(post, "sms") == [DUTY_PHONE]


# Left alone


def test_a_case_of_somebody_who_was_not_seen_for_an_hour_of_duty_goes_back(post: Post) -> None:
    anna = _user(post)
    _case(post)
    waiting_since = _row(post).waiting_since
    _desk(post).claim(1, anna)
    post.clock.pass_(minutes=59)
    _tend(post)
    assert _row(post).claimed_by == anna.id
    post.clock.pass_(minutes=1)
    _tend(post)
    row = _row(post)
    assert (row.status, row.claimed_by, row.claimed_at, row.waiting_since) == (
        Status.WAITING,
        None,
        None,
        waiting_since,
    )
    assert row.alarm == 1, "and it has waited for long"
    assert _notes(post) == ["Anna har inte varit på plats på ett tag. Ärendet ligger i kön igen."]
    with post.database.reading() as session:
        assert session.scalars(select(ConversationRow.version)).one() == 2, "a turn under way is done again"


def test_nights_and_holidays_are_nobodys_fault(post: Post) -> None:
    _at(post, 2026, 12, 23, 15, 45)
    anna = _user(post)
    _case(post)
    _desk(post).claim(1, anna)
    for when in ((2026, 12, 24, 12, 0), (2026, 12, 28, 9, 44)):
        _at(post, *when)
        _tend(post)
        assert _row(post).claimed_by == anna.id
    _at(post, 2026, 12, 28, 9, 45)
    _tend(post)
    assert _row(post).claimed_by is None


def test_an_urgent_one_does_not_wait_for_the_morning(post: Post) -> None:
    _at(post, 2026, 12, 23, 15, 45)
    anna = _user(post)
    _case(post, Urgency.HIGH)
    _desk(post).claim(1, anna)
    post.clock.pass_(hours=1)
    _tend(post)
    assert _row(post).claimed_by is None
    assert _out(post, "sms") == [DUTY_PHONE]


def test_who_is_seen_keeps_their_case_and_so_does_who_waits_for_the_resident(post: Post) -> None:
    anna = _user(post)
    _case(post)
    _case(post, address=KURT)
    _desk(post).claim(1, anna)
    _desk(post).reply(2, anna, "Hej!")
    post.clock.pass_(minutes=50)
    with post.database.writing() as session:
        users.seen(session, anna.id, post.clock())
    post.clock.pass_(minutes=50)
    _tend(post)
    assert [(_row(post, i).status, _row(post, i).claimed_by) for i in (1, 2)] == [
        ("claimed", anna.id),
        ("answered", anna.id),
    ]
    post.clock.pass_(hours=30)
    _tend(post)
    assert [_row(post, i).status for i in (1, 2)] == ["waiting", "answered"]


def test_who_was_given_a_case_has_an_hour_though_nobody_saw_them(post: Post) -> None:
    anna = _user(post, seen_at=None)
    _case(post)
    with post.database.writing() as session:
        row = session.get_one(CaseRow, 1)
        row.status, row.claimed_by, row.claimed_at = Status.CLAIMED, anna.id, post.clock()
    post.clock.pass_(minutes=59)
    _tend(post)
    assert _row(post).claimed_by == anna.id
    post.clock.pass_(minutes=1)
    _tend(post)
    assert _row(post).claimed_by is None


@pytest.mark.parametrize("gone", ["disabled", "nobody"])
def test_a_case_of_nobody_goes_back_at_once(post: Post, gone: str) -> None:
    anna = _user(post)
    _case(post)
    _desk(post).claim(1, anna)
    with post.database.writing() as session:
        if gone == "disabled":
            session.get_one(UserRow, anna.id).disabled_at = post.clock()
        else:
            session.get_one(CaseRow, 1).claimed_by = None
    _tend(post)
    assert _row(post).status == "waiting"


def test_a_case_without_a_conversation_is_tended_too(post: Post) -> None:
    anna = _user(post)
    _case(post, Urgency.HIGH, address=None)
    assert _tend(post) == 1
    _desk(post).claim(1, anna)
    post.clock.pass_(hours=1)
    assert _tend(post) == 1
    assert _row(post).status == "waiting"


# Many at once


def test_one_broken_case_does_not_keep_the_others(post: Post) -> None:
    _case(post, Urgency.HIGH)
    _case(post, Urgency.HIGH, address=KURT)
    with post.database.writing() as session:
        session.get_one(CaseRow, 1).urgency = "high"
        session.get_one(CaseRow, 1).municipality = "kalmar"
        session.get_one(CaseRow, 1).alert_at, session.get_one(CaseRow, 1).alerts = (
            MONDAY,
            -99,
        )  # no such place in the list
    post.clock.pass_(minutes=10)
    _tend(post)
    assert _row(post, 2).alerts == 1


def test_several_at_once_tell_once(post: Post) -> None:
    _user(post, "Sara", "samordnare")
    for i in range(5):
        _case(post, Urgency.HIGH, address=f"+467017406{10 + i}")
    post.clock.pass_(minutes=30)
    threads = [threading.Thread(target=_tend, args=(post,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _out(post) == ["sara@kalmar.example"] * 5
    assert _out(post, "sms") == [DUTY_PHONE] * 5
    assert [_row(post, i).alarm for i in range(1, 6)] == [2] * 5


def test_what_changed_without_a_word_is_calmed(post: Post) -> None:
    anna = _user(post)
    _case(post, Urgency.HIGH)
    _tend(post)
    with post.database.writing() as session:
        row = session.get_one(CaseRow, 1)
        row.status, row.claimed_by, row.claimed_at = Status.CLAIMED, anna.id, post.clock()
    _tend(post)
    assert (_row(post).alarm, _row(post).alerts, _row(post).alert_at) == (0, 0, None)
