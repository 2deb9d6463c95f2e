"""Somebody at the desk or on the line, page by page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.store.tables import CaseRow, OutboxRow
from tests.bot.console.stand import Desk, Stand
from tests.stand_ins import SVEA

FORM = {"came": "desk", "about": "Får inte igång plattan", "language": "sv"}


def test_the_form_is_a_press_away_from_the_queue(karin: Desk) -> None:
    assert 'href="/console/cases/new"' in karin.get("/console").text
    page = karin.get("/console/cases/new").text
    assert '<option value="swish">Skaffa och använda Swish</option>' in page
    assert 'value="human"' not in page, "only guides are topics"


def test_a_case_without_a_number_is_noted_in_and_closed(karin: Desk, stand: Stand) -> None:
    answer = karin.post("/console/cases/new", **FORM, name="Gunvor", topic="swish")
    case = int(re.search(r"/cases/(\d+)\?done=open", answer.headers["location"])[1])  # type: ignore[index]
    page = karin.get(answer.headers["location"]).text
    for words in (
        "Ärendet är öppnat och är ditt.",
        "Gunvor",
        "Får inte igång plattan",
        "vid disken",
        "Karin öppnade ärendet vid disken",
    ):
        assert words in page, words
    for absent in ('id="reply-text"', 'id="book"', 'id="hand-back"', 'href="tel:', 'id="call"'):
        assert absent not in page, absent
    karin.act(case, "note", text="Visade", version=2)
    assert karin.act(case, "hand-back", guide="swish").status_code == 409
    assert karin.act(case, "reply", text="Hej", version=2).status_code == 409
    answer = karin.act(case, "resolve", outcome="solved", helped="Ladda först")
    page = karin.get(answer.headers["location"]).text
    assert "Det här hjälpte:" in page
    assert "Ladda först" in page
    assert "öppnas det igen" not in page, "nobody can write to it"


def test_with_a_number_an_sms_can_be_sent(karin: Desk, stand: Stand) -> None:
    answer = karin.post("/console/cases/new", **{**FORM, "came": "phone"}, number="070-174 06 05")
    page = karin.get(answer.headers["location"]).text
    assert 'id="reply-text"' in page
    assert 'href="tel:+46701740605"' in page
    assert "Karin öppnade ärendet under ett samtal" in page
    assert "Inget är skrivet än." in page
    with stand.database.reading() as session:
        assert session.scalars(select(OutboxRow)).all() == []
        case = session.scalars(select(CaseRow)).one().id
    assert karin.act(case, "reply", text="Hej", version=1).status_code == 303
    with stand.database.reading() as session:
        assert [row.address for row in session.scalars(select(OutboxRow))] == [SVEA]


def test_an_open_case_is_shown_instead(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    answer = karin.post("/console/cases/new", **FORM, number=SVEA)
    assert answer.headers["location"] == f"/console/cases/{case}?done=open_already"
    assert "Personen hade redan ett öppet ärende." in karin.get(answer.headers["location"]).text


def test_one_of_another_municipality_is_not_told_of(at_desk: Callable[..., Desk], stand: Stand) -> None:
    stand.case()
    vera = at_desk("Vera", municipality="vara")
    answer = vera.post("/console/cases/new", **FORM, number=SVEA, name="Svea")
    assert answer.status_code == 409
    assert "Det går inte att öppna ett ärende för det numret här." in answer.text
    assert 'value="Svea"' in answer.text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"about": " "}, "Skriv kort vad det gäller."),
        ({"about": "x" * 1001}, "Skriv högst 1000 tecken."),
        ({"name": "x" * 81}, "Skriv högst 80 tecken."),
        ({"number": "hej"}, "Det är inget telefonnummer."),
        ({"number": "tg:4711"}, "Det är inget telefonnummer."),
        ({"came": "letter"}, "Välj om personen är här eller i telefon."),
        ({"home": "gone/gone"}, "Välj en enhet i listan."),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    karin: Desk, stand: Stand, fields: dict[str, str], told: str
) -> None:
    answer = karin.post("/console/cases/new", **{**FORM, "number": "", **fields})
    assert answer.status_code == 422
    assert told in answer.text
    if "about" not in fields:
        assert ">Får inte igång plattan</textarea>" in answer.text
    with stand.database.reading() as session:
        assert session.scalars(select(CaseRow)).all() == []


def test_what_was_typed_is_text(karin: Desk) -> None:
    bad = '"><script>alert(1)</script>'
    page = karin.post("/console/cases/new", came="desk", about=bad, name=bad, number=bad).text
    assert "<script>alert" not in page
    answer = karin.post("/console/cases/new", came="desk", about=bad, name=bad)
    assert "<script>alert" not in karin.get(answer.headers["location"]).text


def test_an_unknown_topic_is_none(karin: Desk, stand: Stand) -> None:
    karin.post("/console/cases/new", **FORM, topic="human")
    assert stand.row(1).topic is None


def test_readers_open_nothing(at_desk: Callable[..., Desk]) -> None:
    reader = at_desk("Lars", role="reader")
    assert reader.get("/console/cases/new").status_code == 403
    assert reader.post("/console/cases/new", **FORM).status_code == 403
    assert "/console/cases/new" not in reader.get("/console").text


def test_pressed_again_after_going_back_asks_whether_it_is_the_same_person(karin: Desk, stand: Stand) -> None:
    karin.post("/console/cases/new", **FORM)
    stand.clock.pass_(minutes=2)
    page = karin.post("/console/cases/new", **FORM, number="070-174 06 05")
    assert page.status_code == 409
    for words in ("Är det samma person?", 'href="/console/cases/1#person"', 'name="not_of" value="1"', "070-174 06 05"):
        assert words in page.text, words
    answer = karin.post("/console/cases/new", **FORM, not_of="1")
    assert answer.headers["location"] == "/console/cases/2?done=open"
    assert karin.post("/console/cases/new", **FORM, not_of="x" * 30).status_code == 303


def test_a_number_that_comes_later_is_written_in_the_case(karin: Desk, stand: Stand) -> None:
    karin.post("/console/cases/new", **FORM)
    page = karin.get("/console/cases/1").text
    assert "Skriv personens nummer" in page
    assert 'id="reply-text"' not in page
    answer = karin.act(1, "number", number="min syster har det")
    assert (answer.status_code, "Det är inget telefonnummer" in answer.text) == (422, True)
    assert 'value="min syster har det"' in answer.text
    answer = karin.act(1, "number", number="070-174 06 05")
    assert answer.headers["location"] == "/console/cases/1?done=number"
    page = karin.get("/console/cases/1?done=number").text
    for words in ("Numret är sparat.", 'id="reply-text"', 'href="tel:+46701740605"'):
        assert words in page, words
    assert 'id="person-number"' not in page
    answer = karin.act(1, "number", number="070-174 06 06")
    assert (answer.status_code, "kan inte ändras" in answer.text) == (409, True)


def test_a_number_whose_person_has_an_open_case_leads_there(karin: Desk, stand: Stand) -> None:
    stand.case(SVEA)
    karin.post("/console/cases/new", **FORM)
    answer = karin.act(2, "number", number=SVEA)
    assert (answer.status_code, "ärende 1." in answer.text) == (409, True)
    assert stand.row(2).address is None
