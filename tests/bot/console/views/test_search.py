"""The search page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.services import search_cases
from tests.bot.console.stand import Desk, Stand
from tests.bot.console.views.test_queue import shown
from tests.stand_ins import KURT, SVEA


def test_a_hit_says_where_and_marks_the_words(karin: Desk, stand: Stand) -> None:
    case = stand.case(SVEA, said=(("resident", "Räkningen från elbolaget kom"), ("bot", "Ett ögonblick.")))
    stand.case(KURT)
    page = karin.get("/console/search?q=rakning").text
    assert shown(page) == [case]
    assert "<mark>Räkningen</mark> från elbolaget" in page
    assert "Konversation, Invånaren" in page
    assert 'value="rakning"' in page
    assert "1 ärende" in page
    assert "Nummer slutar på 05" in page


def test_what_is_found_is_text(karin: Desk, stand: Stand) -> None:
    stand.case(said=(("resident", "<script>alert(1)</script> swish <b>x</b>"),))
    page = karin.get('/console/search?q=<i>"swish').text
    assert "<script>alert" not in page
    assert "<b>x" not in page
    assert 'value="&lt;i&gt;' in page
    page = karin.get("/console/search?q=swish").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>swish</mark> &lt;b&gt;x" in page


def test_nothing_found_and_nothing_asked(karin: Desk, stand: Stand) -> None:
    stand.case()
    assert "Inget hittades" in karin.get("/console/search?q=finnsinte").text
    assert "minst ett ord" in karin.get("/console/search?q=!!").text
    page = karin.get("/console/search").text
    assert "Inget hittades" not in page
    assert "Sök" in page
    assert karin.get("/console/search?q=" + "x" * 2000).status_code == 400
    assert karin.get("/console/search?q=" + "x" * 900).status_code == 200


def test_only_ones_own_municipality_is_searched(at_desk: Callable[..., Desk], stand: Stand) -> None:
    kalmar, vara = stand.case(SVEA, municipality="kalmar"), stand.case(KURT, municipality="vara")
    assert shown(at_desk("Karin", municipality="kalmar").get("/console/search?q=swish").text) == [kalmar]
    assert shown(at_desk("Vera", municipality="vara").get("/console/search?q=swish").text) == [vara]


def test_one_must_be_signed_in(karin: Desk) -> None:
    karin.client.cookies.clear()
    answer = karin.get("/console/search?q=swish")
    assert answer.status_code == 303
    assert "/console/sign-in" in answer.headers["location"]


def test_too_many_hits_say_so(karin: Desk, stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_cases, "MOST_HITS", 2)
    for i in range(3):
        stand.case(f"+4670174061{i}")
    page = karin.get("/console/search?q=swish").text
    assert len(shown(page)) == 2
    assert "som passar bäst" in page
