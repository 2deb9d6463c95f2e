"""The queue page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from bot.domain.case import Reason, Urgency
from bot.services import read_queue
from bot.store.tables import CaseRow
from tests.bot.console.stand import Desk, Stand
from tests.stand_ins import ASTRID, KURT, SVEA


def shown(page: str) -> list[int]:
    """The cases on a page, in order."""
    return [int(number) for number in re.findall(r'id="case-(\d+)"', page)]


def test_urgent_ones_come_first_then_who_waited_longest(karin: Desk, stand: Stand) -> None:
    short = stand.case(SVEA, waited=5)
    long = stand.case(KURT, waited=50)
    fraud = stand.case(ASTRID, waited=1, urgency=Urgency.HIGH, reason=Reason.FRAUD)
    fire = stand.case("tg:1", waited=0, urgency=Urgency.CRITICAL, reason=Reason.EMERGENCY, channel="telegram")
    assert shown(karin.get("/console").text) == [fire, fraud, long, short]


def test_a_row_says_what_one_must_know(karin: Desk, stand: Stand) -> None:
    stand.case(waited=12, urgency=Urgency.HIGH, reason=Reason.FRAUD)
    page = karin.get("/console").text
    for words in (
        "Brådskande",
        "väntar 12 min",
        "Skaffa och använda Swish",
        "misstänkt bedrägeri",
        "swish säger fel",
        "Kalmar",
        "SMS, svenska",
        "Ingen",
    ):
        assert words in page, words
    assert '<svg aria-hidden="true"' in page
    assert "<title>(1 brådskande) Väntar" in page


def test_each_list_holds_its_own(karin: Desk, stand: Stand, at_desk: Callable[..., Desk]) -> None:
    bo = at_desk("Bo")
    waiting, mine, his, answered, over = (stand.case(f"+4670174061{i}") for i in range(5))
    karin.act(mine, "claim")
    bo.act(his, "claim")
    karin.act(answered, "reply", text="Hej", version=0)
    karin.act(over, "resolve", outcome="solved")
    lists = {
        view: set(shown(karin.get(f"/console?view={view}").text))
        for view in ("waiting", "mine", "open", "answered", "resolved")
    }
    assert lists == {
        "waiting": {waiting},
        "mine": {mine, answered},
        "open": {waiting, mine, his, answered},
        "answered": {answered},
        "resolved": {over},
    }
    page = karin.get("/console?view=open").text
    counts = re.findall(r'id="view-(\w+)".*?<span class="count">(\d+)</span>', page)
    assert counts == [("waiting", "1"), ("mine", "2"), ("open", "4"), ("answered", "1"), ("resolved", "1")]
    assert 'id="view-open" href="/console?view=open" aria-current="page"' in page
    assert "Bo" in page


def test_a_municipality_sees_its_own_and_nobodys(at_desk: Callable[..., Desk], stand: Stand) -> None:
    kalmar = stand.case(SVEA, municipality="kalmar")
    named = stand.case(ASTRID, municipality="Kalmar")
    vara = stand.case(KURT, municipality="vara")
    unknown = stand.case("tg:7", municipality=None, channel="telegram")
    assert set(shown(at_desk("Karin", municipality="kalmar").get("/console").text)) == {kalmar, named, unknown}
    assert set(shown(at_desk("Vera", municipality="vara").get("/console").text)) == {vara, unknown}
    assert set(shown(at_desk("Alla").get("/console").text)) == {kalmar, named, vara, unknown}
    assert "Okänd kommun" in at_desk("Kim", municipality="kalmar").get("/console").text


def test_what_a_resident_writes_is_text(karin: Desk, stand: Stand) -> None:
    stand.case(summary='Behov: Swish. Skrev: "<script>alert(1)</script><b>x</b>"')
    page = karin.get("/console").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<b>x" not in page


def test_an_empty_queue_says_so(karin: Desk) -> None:
    assert "Ingen väntar på svar just nu." in karin.get("/console").text
    assert "Inga ärenden här." in karin.get("/console?view=mine").text


def test_the_changing_part_is_only_a_part(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    part = karin.get("/console/queue-part?view=waiting").text
    assert shown(part) == [case]
    assert "<html" not in part


def test_who_it_is_is_told_by_name_and_the_numbers_end(karin: Desk, stand: Stand) -> None:
    case, chat = stand.case(SVEA), stand.case("tg:4711", channel="telegram")
    with stand.database.writing() as session:
        session.get_one(CaseRow, case).person_name = "Svea <b>Ek"
    page = karin.get("/console").text
    assert "Svea &lt;b&gt;Ek, nummer slutar på 05" in page
    assert "slutar på 11" not in page
    assert SVEA not in page
    assert chat in shown(page)


def test_filters_are_kept_in_every_link_and_cleared_by_one(karin: Desk, stand: Stand) -> None:
    fraud = stand.case(SVEA, urgency=Urgency.HIGH, reason=Reason.FRAUD)
    stand.case(KURT)
    page = karin.get("/console?view=open&urgency=high&municipality=kalmar").text
    assert shown(page) == [fraud]
    assert 'href="/console?view=mine&amp;municipality=kalmar&amp;urgency=high"' in page
    assert 'hx-get="/console/queue-part?view=open&amp;municipality=kalmar&amp;urgency=high"' in page
    assert '<option value="high" selected>Brådskande</option>' in page
    assert "Filter på: 2" in page
    assert 'id="clear-filter" href="/console?view=open"' in page
    assert re.findall(r'id="view-open".*?<span class="count">(\d+)</span>', page) == ["1"]
    assert "clear-filter" not in karin.get("/console").text
    assert "Inga ärenden passar filtret." in karin.get("/console?topic=finns-inte").text
    part = karin.get("/console/queue-part?view=open&urgency=high").text
    assert shown(part) == [fraud]
    assert 'hx-swap-oob="innerHTML"' in part


def test_a_unit_is_one_of_a_municipality(karin: Desk, stand: Stand) -> None:
    kalmar, vara = stand.case(SVEA, municipality="kalmar"), stand.case(KURT, municipality="Vara")
    with stand.database.writing() as session:
        for case in (kalmar, vara):
            session.get_one(CaseRow, case).unit = "library"
    page = karin.get("/console?unit=kalmar/library").text
    assert shown(page) == [kalmar]
    assert '<option value="vara/library">Vara: The library</option>' in page
    assert shown(karin.get("/console?unit=vara/library&municipality=vara").text) == [vara]
    assert shown(karin.get("/console?unit=vara/library&municipality=kalmar").text) == []


def test_only_ones_own_municipalities_are_there_to_choose(at_desk: Callable[..., Desk], stand: Stand) -> None:
    stand.case()
    page = at_desk("Karin", municipality="kalmar").get("/console").text
    assert 'name="municipality"' not in page
    assert 'name="unit"' not in page
    assert 'name="urgency"' in page


def test_what_is_wrong_in_the_address_is_refused(karin: Desk) -> None:
    for query in ("page=0", "page=x", "view=x", "alarm=9", "topic=" + "x" * 100):
        assert karin.get(f"/console?{query}").status_code == 400, query


def test_a_long_list_has_pages(karin: Desk, stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_queue, "PAGE", 2)
    made = [stand.case(f"+4670174061{i}", waited=50 - i) for i in range(3)]
    first = karin.get("/console?urgency=normal").text
    assert shown(first) == made[:2]
    assert 'id="next-page" href="/console?view=waiting&amp;urgency=normal&amp;page=2"' in first
    assert "previous-page" not in first
    last = karin.get("/console?view=waiting&urgency=normal&page=2").text
    assert shown(last) == made[2:]
    assert "next-page" not in last
    assert 'hx-get="/console/queue-part?view=waiting&amp;urgency=normal&amp;page=2"' in last
    assert "previous-page" not in karin.get("/console?view=mine").text


def test_alarms_are_told_in_words_and_on_every_page(karin: Desk, stand: Stand) -> None:
    case, other = stand.case(SVEA), stand.case(KURT)
    assert "Har väntat länge" not in karin.get("/console").text
    for number, alarm in ((case, 1), (other, 3)):
        with stand.database.writing() as session:
            session.get_one(CaseRow, number).alarm = alarm
    page = karin.get("/console").text
    assert page.count("Har väntat länge") == 2
    for path in ("/console", "/console/remarks", f"/console/cases/{case}", "/console/search"):
        page = karin.get(path).text
        assert "<strong>En person har väntat för länge.</strong>" in page, path
        assert 'id="alarms"' in page
    assert shown(karin.get("/console?view=open&alarm=3").text) == [other]
    karin.act(other, "resolve", outcome="solved")
    assert "hidden>" in karin.get("/console/remarks").text.split('id="alarms"')[1].split("<strong>")[0]
