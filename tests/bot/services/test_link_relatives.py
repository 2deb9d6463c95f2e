"""Linking as it happens between telephones: one question, one answer that counts, and the relative never the wiser."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.domain.address import Address
from bot.domain.link import ASKED_AT_ONCE, TRIES, Scope
from bot.domain.message import Kind
from bot.domain.sms_text import segments
from bot.services.work_cases import CaseDesk
from bot.store import conversations, users
from bot.store.database import Database
from bot.store.tables import AddressRow, CaseNoteRow, MessageRow, OutboxRow
from tests.bot.engine.talk import world
from tests.bot.linking import ELDER, OTHER, RELATIVE, TELEGRAM, Linking
from tests.stand_ins import MONDAY, OUR_NUMBER

WISH = "jag heter Anna och vill följa min pappas ärende, hans nummer är 070-174 06 05"


@pytest.fixture
def town(database: Database) -> Linking:
    return Linking(database)


# --- asking


def test_the_elder_gets_one_sms_that_says_who_what_and_how(town: Linking) -> None:
    sent = town.sends(RELATIVE, WISH, "relative_help")
    to_elder = [text for to, text in sent if to == ELDER]
    assert len(to_elder) == 1
    for said in (
        "Hej från kommunens automatiska hjälp.",
        "Kalmar",
        "Lotsen",
        "Anna",
        "ärenden",
        "tider",
        "Inte det du skriver",
        "JA",
        "NEJ",
        "inte känner",
    ):
        assert said in to_elder[0]
    assert segments(to_elder[0]) <= 2
    assert "Anna" not in " ".join(text for to, text in sent if to == RELATIVE)
    with town.database.reading() as session:
        out = session.scalars(select(OutboxRow).where(OutboxRow.address == ELDER)).one()
        assert (out.channel, out.sender, [b["says"] for b in out.buttons]) == (
            "sms",
            world().organisation.own_number("kalmar"),
            ["JA", "NEJ"],
        )


def test_asking_again_sends_no_second_one_and_answers_the_same(town: Linking) -> None:
    town.says(RELATIVE, "hej", "greet")
    first = town.asks()
    assert town.asks() == first
    assert len(town.to(ELDER)) == 1
    assert town.status() == ["asked"]


def test_it_goes_out_in_the_night(town: Linking) -> None:
    town.clock.pass_(hours=14)
    town.asks()
    with town.database.reading() as session:
        out = session.scalars(select(OutboxRow).where(OutboxRow.address == ELDER)).one()
        assert out.next_attempt_at <= town.clock()


def test_the_number_may_come_afterwards(town: Linking) -> None:
    assert "mobilnummer" in town.says(RELATIVE, "jag vill följa min pappas ärende", "relative_help")[0]
    town.says(RELATIVE, "070-174 06 05")
    assert [(link.called, link.relation, link.elder_address) for link in town.links()] == [
        ("din pappa", "pappa", ELDER)
    ]


def test_the_question_for_the_number_gives_way(town: Linking) -> None:
    town.says(RELATIVE, "jag vill följa min pappas ärende", "relative_help")
    assert "1 av" in town.says(RELATIVE, "hjälp med swish", "swish")[0]
    assert town.links() == []


def test_a_contact_card_is_a_wish(town: Linking) -> None:
    town.says(TELEGRAM, "+46701740605 Mamma", kind=Kind.CONTACT, to="bot")
    link = town.links()[0]
    assert (link.called, link.relation, link.relative_channel, link.elder_address) == (
        "din mamma",
        "mamma",
        "telegram",
        ELDER,
    )
    assert "en anhörig på Telegram" in town.to(ELDER)[0]


def test_who_gives_no_name_is_told_of_by_number(town: Linking) -> None:
    town.says(RELATIVE, "jag vill följa min pappa, 070-174 06 05", "relative_help")
    assert "den som har nummer 070-174 06 06" in town.to(ELDER)[0]


@pytest.mark.parametrize(
    "told", ["hej jag heter Lena Berg", "Hej! Det är Lena Berg.", "min pappa behöver hjälp. mvh Lena Berg"]
)
def test_the_name_that_was_told_before(town: Linking, told: str) -> None:
    town.says(RELATIVE, told, "greet")
    town.says(RELATIVE, "jag vill följa min pappas ärenden", "relative_help")
    assert any(to == ELDER and "Får Lena Berg hjälpa dig" in text for to, text in town.sends(RELATIVE, "0701740605"))


def test_a_name_that_is_a_banks_is_not_kept(town: Linking) -> None:
    town.says(RELATIVE, "jag heter Swedbank", "greet")
    town.says(RELATIVE, "jag vill följa min pappas ärenden", "relative_help")
    assert any(to == ELDER and "Får den som har nummer" in text for to, text in town.sends(RELATIVE, "0701740605"))


@pytest.mark.parametrize(
    ("text", "called"), [("kan jag få följa honom", "din pappa"), ("kan jag få följa henne", "personen")]
)
def test_whom_was_told_before(town: Linking, text: str, called: str) -> None:
    town.says(RELATIVE, "pappa har glömt koden", "bankid_locked")
    assert f"följa {called}" in town.says(RELATIVE, text, "relative_help")[0]


def test_the_name_that_telegram_tells(town: Linking) -> None:
    town.says(TELEGRAM, "hej", "greet", to="bot")
    with town.database.writing() as session:
        session.scalars(select(AddressRow).where(AddressRow.text == TELEGRAM)).one().name = "Sofia"
    town.says(TELEGRAM, "jag vill följa min pappa, 070-174 06 05", "relative_help", to="bot")
    assert "Sofia" in town.to(ELDER)[0]


@pytest.mark.parametrize(
    "number", ["070-174 06 06", "0480-45 00 00", "+44 7911 123456", "+47 406 12 345", "070-174 06 90"]
)
def test_declined_by_its_form_alone(town: Linking, number: str) -> None:
    answer = town.asks(number=number)
    assert answer
    assert [to for to in (ELDER, OTHER) if town.to(to)] == []
    assert town.links() == []
    town.says(RELATIVE, "070-174 06 05")
    assert town.status() == ["asked"]


@pytest.mark.parametrize(("text", "means"), [
    ("ring mig på 070-174 06 05", "callback"), ("kan ni ringa mamma på 070-174 06 05", "callback"),
    ("min mamma kommer inte åt BankID", "bankid_error"), ("mamma blev uppringd från 070-174 06 05", "fraud_suspected"),
    ("070-174 06 05", None), ("boka kurs åt mamma 070-174 06 05", "course_book"),
])  # fmt: skip
def test_no_wish(town: Linking, text: str, means: str | None) -> None:
    town.says(RELATIVE, text, means)
    assert town.links() == []


def test_a_need_told_with_it_is_offered_next(town: Linking) -> None:
    answer = town.says(RELATIVE, "jag vill hjälpa min pappa med swish, hans nummer är 070-174 06 05", "swish")[0]
    assert "Swish" in answer
    assert town.status() == ["asked"]
    assert "1 av" in town.says(RELATIVE, "JA")[0]


# --- the relative is never the wiser


def test_the_same_answer_whoever_has_the_number(town: Linking) -> None:
    for who in (RELATIVE, OTHER, ELDER, "+46701740611", "+46701740612"):
        town.says(who, "hej", "greet")
    answers = []
    answers += town.asks(number="070-174 06 20")  # never wrote
    answers += town.asks(number="070-174 06 05")  # known
    town.says("+46701740621", "STOPP")
    answers += town.asks(number="070-174 06 21")  # stopped
    answers += town.asks(number="070-174 06 22")  # one number too many
    answers += town.asks(number="070-174 06 05")  # asked already
    town.says(ELDER, "NEJ")
    answers += town.asks(number="070-174 06 05")  # declined
    for who in ("+46701740611", "+46701740612", OTHER):
        answers += town.asks(who, number="070-174 06 20")  # asked by many
    answers += town.says(
        OTHER,
        "jag heter Anna och vill följa min pappas ärende, skicka hans koder till mig, han har 070-174 06 23",
        "relative_help",
    )  # doubt
    assert len(answers) == 10
    assert len(set(answers)) == 1


def test_stopped_is_not_written_to_and_nothing_waits_for_its_yes(town: Linking) -> None:
    town.says(ELDER, "STOPP")
    before = len(town.to(ELDER))
    town.asks()
    assert [(link.status, link.silent) for link in town.links()] == [("asked", True)]
    assert len(town.to(ELDER)) == before
    town.says(ELDER, "START")
    town.says(ELDER, "JA")
    assert town.status() == ["asked"]


def test_no_more_numbers_than_a_few(town: Linking) -> None:
    for last in range(20, 30):
        town.asks(number=f"070-174 06 {last}")
    assert len(town.links()) == ASKED_AT_ONCE


def test_no_more_questions_to_one_number_than_a_few(town: Linking) -> None:
    for last in range(20, 30):
        town.asks(f"+467017406{last}")
    assert len(town.to(ELDER)) == ASKED_AT_ONCE
    assert sum(not link.silent for link in town.links()) == ASKED_AT_ONCE


def test_unanswered_is_asked_again_a_few_times(town: Linking) -> None:
    for _ in range(TRIES + 3):
        town.asks()
        town.clock.pass_(hours=73)
    assert len(town.to(ELDER)) == TRIES


def test_after_a_no_never_again(town: Linking) -> None:
    town.asks()
    town.says(ELDER, "NEJ")
    town.clock.pass_(days=100)
    town.asks()
    assert len(town.to(ELDER)) == 2
    assert town.status() == ["declined"]


@pytest.mark.parametrize("name", ["Skatteverket", "Swedbank säkerhet", "polisen", "Kalmar kommun"])
def test_who_calls_themselves_an_authority_is_looked_at_first(town: Linking, name: str) -> None:
    town.says(
        RELATIVE, f"jag heter {name} och vill följa min pappas ärende, hans nummer är 070-174 06 05", "relative_help"
    )
    assert town.status() == ["held"]
    assert town.to(ELDER) == []
    assert [(case.address, list(case.reasons)) for case in town.cases()] == [(RELATIVE, ["asked"])]


def test_who_asks_for_codes_is_looked_at_first(town: Linking) -> None:
    town.says(
        RELATIVE, "jag vill följa min pappas ärende och få hans bankid koder, nummer 070-174 06 05", "relative_help"
    )
    assert town.to(ELDER) == []
    case = town.cases()[0]
    assert (case.address, list(case.reasons), case.urgency) == (RELATIVE, ["fraud"], "high")
    with town.database.reading() as session:
        assert any("koder" in note.text for note in session.scalars(select(CaseNoteRow)))


# --- the elder's answer


def test_yes_begins_it_and_both_are_told(town: Linking) -> None:
    town.asks()
    sent = town.sends(ELDER, "JA")
    link = town.links()[0]
    assert (link.status, link.scope, link.ends_at) == (
        "active",
        "follow",
        MONDAY.replace(year=2027) + (town.clock() - MONDAY),
    )
    to_elder, to_relative = ([text for to, text in sent if to == who] for who in (ELDER, RELATIVE))
    assert len(to_elder) == len(to_relative) == 1
    assert "Anna" in to_elder[0]
    assert "ANHÖRIG STOPP" in to_elder[0]
    assert "din pappa" in to_relative[0]


@pytest.mark.parametrize(("number", "scope"), [("1", Scope.FOLLOW), ("2", Scope.REMINDERS), ("3", Scope.BOOK)])
def test_the_elder_chooses_the_scope(town: Linking, number: str, scope: Scope) -> None:
    town.agreed()
    told = town.sends(ELDER, number)
    assert town.links()[0].scope == scope
    assert any(to == RELATIVE for to, _ in told) == (scope != Scope.FOLLOW)


def test_nej_to_more_leaves_it_at_following(town: Linking) -> None:
    town.agreed()
    assert "Anna" in town.says(ELDER, "NEJ")[0]
    assert [(link.status, link.scope) for link in town.links()] == [("active", "follow")]


def test_no_declines_it_and_the_relative_hears_only_that(town: Linking) -> None:
    town.asks()
    sent = town.sends(ELDER, "nej absolut inte", "deny")
    assert town.status() == ["declined"]
    told = [text for to, text in sent if to == RELATIVE]
    assert len(told) == 1
    assert "inget samtycke" in told[0]


def test_other_talk_leaves_it_open(town: Linking) -> None:
    town.says(ELDER, "swish", "swish")
    town.asks()
    town.says(ELDER, "vem är du?", "about_bot")
    town.says(ELDER, "KLART")
    assert town.status() == ["asked"]
    town.says(ELDER, "JA")
    assert town.status() == ["active"]


def test_yes_from_another_number_is_nothing(town: Linking) -> None:
    town.asks()
    for who in (OTHER, RELATIVE, TELEGRAM):
        town.says(who, "JA", to="bot" if who == TELEGRAM else OUR_NUMBER)
    assert town.status() == ["asked"]


def test_an_edited_message_is_no_answer(town: Linking) -> None:
    town.asks()
    town.says(ELDER, "JA", kind=Kind.EDIT)
    assert town.status() == ["asked"]


def test_a_replay_after_the_end_starts_nothing(town: Linking) -> None:
    town.asks()
    town.says(ELDER, "JA", key="one")
    town.says(ELDER, "ANHÖRIG STOPP")
    assert not town.post.comes("JA", sender=ELDER, key="one")
    town.says(ELDER, "JA")
    assert town.status() == ["ended"]


def test_two_devices_are_two_messages_and_one_question(town: Linking) -> None:
    town.post.comes(WISH, "relative_help", RELATIVE)
    town.post.comes(WISH, "relative_help", RELATIVE)
    town.clock.pass_(seconds=5)
    town.post.think()
    assert len(town.to(ELDER)) == 1


def test_two_who_ask_are_told_apart(town: Linking) -> None:
    town.asks()
    town.says(OTHER, "jag heter Bo och vill följa min pappa, 070-174 06 05", "relative_help")
    asked = town.says(ELDER, "JA")[0]
    assert "1 Anna. 2 Bo." in asked
    assert town.status() == ["asked", "asked"]
    town.says(ELDER, "2")
    assert town.status() == ["asked", "active"]
    town.says(ELDER, "NEJ")
    assert town.status() == ["declined", "active"], "the question that is open is whether Anna may"


def test_both(town: Linking) -> None:
    town.asks()
    town.says(OTHER, "jag heter Bo och vill följa min pappa, 070-174 06 05", "relative_help")
    town.says(ELDER, "JA")
    town.says(ELDER, "båda")
    assert town.status() == ["active", "active"]


def test_no_to_two_is_no_to_both(town: Linking) -> None:
    town.asks()
    town.says(OTHER, "jag heter Bo och vill följa min pappa, 070-174 06 05", "relative_help")
    town.says(ELDER, "NEJ")
    assert town.status() == ["declined", "declined"]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("han säger att jag måste svara ja", "affirm"),
        ("jag vågar inte säga nej", "deny"),
        ("ja, annars blir hon arg på mig", "affirm"),
    ],
)
def test_who_is_pressed_starts_nothing_and_gets_a_person(town: Linking, text: str, means: str) -> None:
    town.asks()
    answer = town.says(ELDER, text, means)[0]
    assert town.status() == ["held"]
    assert "112" in answer
    assert [(case.address, case.urgency) for case in town.cases()] == [(ELDER, "high")]
    before = len(town.to(RELATIVE))
    town.says(ELDER, "JA")
    assert town.status() == ["held"]
    assert len(town.to(RELATIVE)) == before


def test_danger_is_answered_first_and_holds_the_link(town: Linking) -> None:
    town.asks()
    assert "112" in town.says(ELDER, "han tvingar mig och hotar mig", "emergency")[0]
    assert town.status() == ["held"]


def test_a_handledare_who_wrote_after_has_the_yes(town: Linking) -> None:
    with town.database.writing() as session:
        karin = users.add(session, "karin@kalmar.example", "Karin", "admin", "hash", MONDAY)
    town.says(ELDER, "MÄNNISKA")
    town.asks()
    desk = CaseDesk(town.database, town.post.world, town.clock, town.post.wakeup)
    desk.claim(town.cases()[0].id, karin)
    with town.database.writing() as session:
        elder = conversations.of_address(session, Address(ELDER))
        assert elder
        session.add(
            MessageRow(
                conversation_id=elder[1].id,
                at=town.clock.pass_(minutes=1),
                direction="out",
                author="handledare",
                channel="sms",
                text="Ska jag ringa?",
            )
        )
    town.says(ELDER, "JA")
    assert town.status() == ["asked"]
