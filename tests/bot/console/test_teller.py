"""What pages say of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.console.teller import LONGEST_LINE, Teller
from bot.domain.case import Reason, Status, Urgency
from bot.domain.conversation import Position
from bot.domain.delivery import Delivery
from bot.services.read_cases import Done, Noted, Said
from bot.services.read_queue import CaseLine
from tests.bot.console.stand import CONSOLE_WORLD
from tests.stand_ins import MONDAY

SV = Teller("sv", CONSOLE_WORLD, MONDAY)
EN = Teller("en", CONSOLE_WORLD, MONDAY)
CASE = CaseLine(
    id=1,
    status=Status.WAITING,
    urgency=Urgency.NORMAL,
    reasons=(Reason.ASKED, Reason.STUCK),
    topic="swish",
    summary="",
    municipality="kalmar",
    channel="sms",
    language="sv",
    address="+46701740605",
    opened_at=MONDAY - timedelta(hours=2),
    waiting_since=MONDAY - timedelta(minutes=12),
    resolved_at=None,
    outcome=None,
    claimed_by=None,
    handledare=None,
    version=0,
)
SAID = Said(1, MONDAY, "bot", None, "sms", "text", "Hej", 1, ())


def test_a_topic_is_told_by_its_title_and_a_reason_in_words() -> None:
    assert SV.topic(CASE) == "Skaffa och använda Swish"
    assert EN.topic(CASE) == "Get and use Swish"
    assert SV.topic(replace(CASE, topic=None)) == "Ämnet är inte känt"
    assert SV.reasons(CASE) == "bad om en människa, fastnade i ett steg"


def test_a_reason_that_was_added_is_told_in_words() -> None:
    added = Noted(1, MONDAY, "event", None, 'Ny anledning: emergency. Skrev: "hjälp"')
    assert SV.noted(added) == 'Ny anledning: fara för liv eller hälsa. Skrev: "hjälp"'
    assert EN.noted(added) == 'New reason: danger to life or health. Skrev: "hjälp"'
    for other in (
        replace(added, kind="note"),
        replace(added, text="Ny anledning: no_such. Hej"),
        replace(added, text="Bo tog ärendet."),
    ):
        assert SV.noted(other) == other.text


def test_a_municipality_is_told_by_its_name() -> None:
    assert SV.municipality("kalmar") == "Kalmar"
    assert SV.municipality("elsewhere") == "elsewhere"
    assert SV.municipality(None) == "Okänd kommun"


def test_the_line_begins_with_the_resident_and_leaves_out_the_topic() -> None:
    case = replace(CASE, summary='Behov: Swish. Bank: Swedbank. Skrev: "det blinkar. hela tiden"')
    assert SV.one_line(case) == '"det blinkar. hela tiden" Bank: Swedbank.'
    assert SV.one_line(replace(CASE, summary="Svaret kom inte fram.")) == "Svaret kom inte fram."
    assert SV.one_line(replace(CASE, summary="Behov: Swish.")) == "Behov: Swish."


def test_the_line_is_short_and_holds_no_secret() -> None:
    long = SV.one_line(replace(CASE, summary='Behov: Swish. Skrev: "' + "ord " * 100 + '"'))
    assert len(long) <= LONGEST_LINE + 4
    assert long.endswith(" ...")
    told = SV.one_line(replace(CASE, summary='Skrev: "jag är 19121212-1212"'))
    assert "1212" not in told
    assert "[personnummer]" in told


def test_how_long_somebody_has_waited() -> None:
    assert SV.waited(CASE) == "väntar 12 min"
    assert SV.waited(replace(CASE, waiting_since=None)) == "väntar 2 tim"
    assert SV.waited(replace(CASE, status=Status.ANSWERED)) == "väntar på invånaren"
    assert SV.waited(replace(CASE, status=Status.RESOLVED, resolved_at=MONDAY)) == "avslutat i dag 10.00"


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((), ""),
        (((Delivery.SENT, None),), "skickat"),
        (((Delivery.DELIVERED, None), (Delivery.DELIVERED, None)), "framme"),
        (((Delivery.DELIVERED, None), (Delivery.SENT, None)), "skickat"),
        (((Delivery.DELIVERED, None), (Delivery.FAILED, "21211")), "kom inte fram: numret är fel"),
        (((Delivery.UNDELIVERED, "30003"),), "kom inte fram: telefonen är avstängd eller utan täckning"),
        (((Delivery.UNDELIVERED, None),), "kom inte fram: operatören säger inte varför"),
        (
            ((Delivery.FAILED, "403 Forbidden: bot was blocked"),),
            "kom inte fram: personen har blockerat oss i Telegram",
        ),
        (((Delivery.FAILED, "odd"),), "kom inte fram: okänt fel (odd)"),
        (((Delivery.CANCELLED, None),), "togs tillbaka, personen skrev STOPP"),
    ],
)
def test_how_far_a_message_has_come(parts: tuple[tuple[Delivery, str | None], ...], words: str) -> None:
    assert SV.delivery(replace(SAID, parts=parts)) == words


def test_who_said_it() -> None:
    assert SV.author(SAID) == "Lotsen, automatiskt svar"
    assert SV.author(replace(SAID, author="resident")) == "Invånaren"
    assert SV.author(replace(SAID, author="handledare", name="Karin")) == "Karin, handledare"
    assert SV.author(replace(SAID, author="handledare")) == "En handledare"


def test_what_came_instead_of_text() -> None:
    assert SV.text_of(replace(SAID, text=" ", kind="photo")) == "(skickade en bild)"
    assert SV.text_of(replace(SAID, text="", kind="something new")) == "(skickade något som inte är text)"
    assert SV.text_of(SAID) == "Hej"


def test_what_was_done() -> None:
    done = Done(1, MONDAY, "resolve", "Karin", "solved")
    assert SV.done(done) == "Karin avslutade ärendet: Löst, invånaren kom vidare"
    assert EN.done(replace(done, act="hand_back", detail="bot")) == "Karin let Lotsen go on"


def test_where_in_a_guide() -> None:
    assert SV.place_in_guide(Position("swish", "swish-2")) == "Skaffa och använda Swish, steg 2 av 3"
    assert SV.place_in_guide(None) == ""
    assert SV.place_in_guide(Position("gone", "step")) == ""


@pytest.mark.parametrize(
    ("address", "shown"),
    [("+46701740605", "070-174 06 05"), ("+4531701740", "+4531701740"), ("tg:4711", ""), (None, ""), ("1177", "")],
)
def test_a_number_as_people_write_it(address: str | None, shown: str) -> None:
    assert SV.phone(address) == shown


def test_codes_without_a_word_are_shown_as_they_are() -> None:
    assert (SV.channel("fax"), SV.language_name("tlh"), SV.outcome("old")) == ("fax", "tlh", "old")
    assert SV.outcome(None) == ""
