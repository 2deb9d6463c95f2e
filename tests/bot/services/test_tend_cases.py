"""What waits for too long is told of to more and more people, once each."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from bot.domain.case import Status, Urgency
from bot.domain.delivery import Delivery
from bot.services.call_back import CallDesk, CallResult
from bot.store.database import Database
from bot.store.tables import CaseRow, OutboxRow, UserRow
from tests.bot.services.tended import (
    TENDED,
    account,
    at,
    desk_of,
    open_case,
    row_of,
    tend,
    tended_post,
    written_to,
)
from tests.stand_ins import DUTY_PHONE, KURT, MONDAY, SVEA, WORLD, Post


@pytest.fixture
def post(database: Database) -> Post:
    return tended_post(database)


def test_more_and_more_are_told_and_only_the_samordnare_by_e_mail(post: Post) -> None:
    account(post, "Sara", "samordnare")
    open_case(post)
    version = row_of(post).version
    for minutes, alarm, letters in ((59, 0, 0), (1, 1, 0), (119, 1, 0), (1, 2, 1), (170, 2, 1)):
        post.clock.pass_(minutes=minutes)
        tend(post)
        assert (row_of(post).alarm, len(written_to(post))) == (alarm, letters), post.clock()
    assert row_of(post).version == version + 2, "open pages see that something changed, and only then"
    at(post, 2026, 11, 24, 12, 1)  # 350 minutes on Monday, 180 on Tuesday
    tend(post)
    assert (row_of(post).alarm, written_to(post)) == (3, ["sara@kalmar.example"])
    assert written_to(post, "sms") == [], "a normal case wakes nobody"


def test_who_was_told_of_a_wait_is_not_told_again_when_the_case_is_put_back(post: Post) -> None:
    anna = account(post)
    account(post, "Sara", "samordnare")
    open_case(post)
    post.clock.pass_(hours=3)
    assert tend(post) == 1
    with post.database.writing() as session:
        session.execute(update(OutboxRow).values(status=Delivery.SENT))
    desk_of(post).claim(1, anna)
    desk_of(post).release(1, anna)
    assert tend(post) == 0
    assert (row_of(post).alarm, written_to(post)) == (2, ["sara@kalmar.example"]), (
        "the screens say so again, the letter does not"
    )
    account(post, "Siv", "samordnare")
    desk_of(post).claim(1, anna)
    desk_of(post).release(1, anna)
    tend(post)
    assert written_to(post) == ["sara@kalmar.example", "siv@kalmar.example"], "who has not been told is told"


def test_a_letter_that_was_taken_back_before_it_went_is_written_again(post: Post) -> None:
    anna = account(post)
    account(post, "Sara", "samordnare")
    open_case(post)
    post.clock.pass_(hours=3)
    tend(post)
    desk_of(post).claim(1, anna)
    desk_of(post).release(1, anna)
    tend(post)
    with post.database.reading() as session:
        assert list(session.scalars(select(OutboxRow.status).order_by(OutboxRow.id))) == [
            Delivery.CANCELLED,
            Delivery.QUEUED,
        ]


def test_a_new_wait_in_the_same_case_is_told_of_anew(post: Post) -> None:
    anna = account(post)
    account(post, "Sara", "samordnare")
    open_case(post)
    post.clock.pass_(hours=3)
    tend(post)
    with post.database.writing() as session:
        session.execute(update(OutboxRow).values(status=Delivery.SENT))
    desk_of(post).reply(1, anna, "Hej")
    post.clock.pass_(minutes=5)
    with post.database.writing() as session:
        row = session.get_one(CaseRow, 1)
        row.status, row.claimed_by, row.waiting_since = Status.WAITING, None, post.clock()
    assert tend(post) == 0
    at(post, 2026, 11, 24, 16, 0)
    assert tend(post) == 1
    assert written_to(post) == ["sara@kalmar.example"] * 2


def test_a_letter_tells_no_more_than_the_number(post: Post) -> None:
    account(post, "Sara", "samordnare")
    open_case(post)
    post.clock.pass_(hours=3)
    assert tend(post) == 1
    assert post.wakeup.woken_for_outbox == 1
    with post.database.reading() as session:
        letter = session.scalars(select(OutboxRow)).one()
    assert letter.text.splitlines()[0] == "Ärende 1 i Lotsen har väntat länge"
    assert "https://l.example/console/cases/1" in letter.text
    assert not any(secret in letter.text for secret in (SVEA, "hemligt", "0605"))


def test_over_a_night_and_a_christmas_a_normal_case_does_not_wait(post: Post) -> None:
    at(post, 2026, 12, 23, 15, 30)
    open_case(post)
    for when in ((2026, 12, 23, 22, 0), (2026, 12, 24, 10, 0), (2026, 12, 26, 12, 0), (2026, 12, 28, 9, 29)):
        at(post, *when)
        tend(post)
        assert row_of(post).alarm == 0, when
    at(post, 2026, 12, 28, 9, 30)
    tend(post)
    assert row_of(post).alarm == 1


def test_an_urgent_one_waits_on_christmas_eve_too(post: Post) -> None:
    at(post, 2026, 12, 24, 23, 50)
    open_case(post, Urgency.CRITICAL)
    post.clock.pass_(minutes=10)
    tend(post)
    assert row_of(post).alarm == 3


def test_a_mail_server_is_not_needed(post: Post) -> None:
    post.world = replace(WORLD, organisation=replace(TENDED, writes_email=False))
    account(post, "Sara", "samordnare")
    open_case(post)
    post.clock.pass_(hours=3)
    assert tend(post) == 0
    assert (row_of(post).alarm, written_to(post)) == (2, [])


def test_the_letter_goes_to_the_samordnare_who_may_see_the_case(post: Post) -> None:
    account(post, "Sara", "samordnare", "kalmar")
    account(post, "Lena", "samordnare", "Kalmar", "library")
    account(post, "Dan", "samordnare", "kalmar", "another")
    account(post, "Vera", "samordnare", "vara")
    account(post, "Alla", "samordnare", None)
    account(post, "Slut", "samordnare", "kalmar", disabled_at=MONDAY)
    account(post, "Anna", "handledare", "kalmar")
    open_case(post)
    post.clock.pass_(hours=3)
    tend(post)
    assert written_to(post) == ["lena@kalmar.example", "sara@kalmar.example"]


def test_who_is_away_is_written_to_only_when_nobody_else_is_there(post: Post) -> None:
    account(post, "Sara", "samordnare", away_since=MONDAY)
    open_case(post)
    open_case(post, address=KURT, municipality=None, unit=None)
    account(post, "Alla", "samordnare", None)
    post.clock.pass_(hours=3)
    tend(post)
    assert sorted(written_to(post)) == ["alla@kalmar.example", "sara@kalmar.example"]


def test_taking_it_ends_the_alarm_and_giving_it_back_begins_it_again(post: Post) -> None:
    anna = account(post)
    open_case(post)
    post.clock.pass_(hours=3)
    tend(post)
    desk_of(post).claim(1, anna)
    assert row_of(post).alarm == 0
    tend(post)
    assert row_of(post).alarm == 0
    desk_of(post).release(1, anna)
    assert row_of(post).alarm == 0
    tend(post)
    assert row_of(post).alarm == 2


def _seen(post: Post, user: UserRow, **time: float) -> None:
    """So much later, with their screen open all the while."""
    post.clock.pass_(**time)
    with post.database.writing() as session:
        session.get_one(UserRow, user.id).seen_at = post.clock()
    tend(post)


@pytest.mark.parametrize("urgency", list(Urgency))
def test_what_somebody_has_and_does_not_answer_is_told_of_too(post: Post, urgency: Urgency) -> None:
    anna = account(post)
    account(post, "Sara", "samordnare")
    open_case(post, urgency)
    desk_of(post).claim(1, anna)
    for minutes, alarm in ((59, 0), (1, 1), (119, 1), (1, 2)):
        _seen(post, anna, minutes=minutes)
        assert (row_of(post).status, row_of(post).alarm) == (Status.CLAIMED, alarm), post.clock()
    with post.database.reading() as session:
        (letter,) = session.scalars(select(OutboxRow.text).where(OutboxRow.channel == "email"))
    assert "Någon har tagit det, men personen har inte fått svar." in letter
    desk_of(post).reply(1, anna, "Hej")
    assert row_of(post).alarm == 0
    _seen(post, anna, hours=3)
    assert (row_of(post).status, row_of(post).alarm) == (Status.ANSWERED, 0)


def test_a_call_is_an_answer_for_a_while(post: Post) -> None:
    anna = account(post)
    open_case(post)
    desk_of(post).claim(1, anna)
    _seen(post, anna, minutes=60)
    assert row_of(post).alarm == 1
    CallDesk(post.database, lambda: post.world, post.clock).phoned(1, anna, CallResult.ANSWERED)
    assert row_of(post).alarm == 0
    _seen(post, anna, minutes=59)
    assert row_of(post).alarm == 0
    _seen(post, anna, minutes=1)
    assert row_of(post).alarm == 1


def test_a_letter_about_what_nobody_has_taken_says_so(post: Post) -> None:
    account(post, "Sara", "samordnare")
    open_case(post)
    post.clock.pass_(hours=3)
    tend(post)
    with post.database.reading() as session:
        assert "Ingen har tagit det än." in session.scalars(select(OutboxRow.text)).one()


def test_one_broken_case_does_not_keep_the_others(post: Post) -> None:
    open_case(post, Urgency.HIGH)
    open_case(post, Urgency.HIGH, address=KURT)
    with post.database.writing() as session:
        session.get_one(CaseRow, 1).urgency = "high"
        session.get_one(CaseRow, 1).municipality = "kalmar"
        session.get_one(CaseRow, 1).alert_at, session.get_one(CaseRow, 1).alerts = (
            MONDAY,
            -99,
        )  # no such place in the list
    post.clock.pass_(minutes=10)
    tend(post)
    assert row_of(post, 2).alerts == 1


def test_several_at_once_tell_once(post: Post) -> None:
    account(post, "Sara", "samordnare")
    for i in range(5):
        open_case(post, Urgency.HIGH, address=f"+467017406{10 + i}")
    post.clock.pass_(minutes=30)
    threads = [threading.Thread(target=tend, args=(post,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert written_to(post) == ["sara@kalmar.example"] * 5
    assert written_to(post, "sms") == [DUTY_PHONE] * 5
    assert [row_of(post, i).alarm for i in range(1, 6)] == [2] * 5


def test_what_changed_without_a_word_is_calmed(post: Post) -> None:
    anna = account(post)
    open_case(post, Urgency.HIGH)
    tend(post)
    with post.database.writing() as session:
        row = session.get_one(CaseRow, 1)
        row.status, row.claimed_by, row.claimed_at = Status.CLAIMED, anna.id, post.clock()
    tend(post)
    assert (row_of(post).alarm, row_of(post).alerts, row_of(post).alert_at) == (0, 0, None)
