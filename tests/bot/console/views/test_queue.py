"""The queue page."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.domain.case import Reason, Urgency
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
