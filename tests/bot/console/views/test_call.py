"""Calling back, and what the person is called."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.case import Reason
from tests.bot.console.stand import Desk, Stand


def test_who_wants_to_be_phoned_is_phoned_and_the_call_is_shown(karin: Desk, stand: Stand) -> None:
    case = stand.case(reason=Reason.CALLBACK)
    page = karin.get(f"/console/cases/{case}").text
    assert "Ring 070-174 06 05" in page
    assert "Ta ärendet innan du ringer" in page
    answer = karin.act(case, "call", result="no_answer", text="Provar igen")
    assert answer.headers["location"] == f"/console/cases/{case}?done=call_no_answer#call"
    page = karin.get(f"/console/cases/{case}?done=call_no_answer").text
    for words in (
        "Karin ringde",
        "Svarade inte. Provar igen",
        f'href="/console/cases/{case}?reply=ringde#reply-text"',
        "Karin tog ärendet",
    ):
        assert words in page, words
    answer = karin.act(case, "call", result="answered", text="Löst")
    assert answer.headers["location"] == f"/console/cases/{case}?done=call#latest"
    assert "Svarade. Löst" in karin.get(f"/console/cases/{case}").text
    assert stand.acts(case).count("call") == 2


def test_a_telegram_case_has_no_number_to_phone_unless_that_was_asked_for(karin: Desk, stand: Stand) -> None:
    asked = stand.case("tg:4711", channel="telegram", reason=Reason.CALLBACK)
    other = stand.case("tg:4712", channel="telegram")
    assert "Vi har inget nummer att ringa." in karin.get(f"/console/cases/{asked}").text
    assert 'id="call"' not in karin.get(f"/console/cases/{other}").text


def test_what_is_missing_is_told(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    answer = karin.act(case, "call", result="", text="Sa något")
    assert answer.status_code == 422
    assert "Välj hur samtalet gick." in answer.text
    assert ">Sa något</textarea>" in answer.text
    assert karin.act(case, "call", result="answered", text="x" * 4001).status_code == 422
    assert stand.acts(case) == []


def test_a_colleagues_case_is_not_phoned_in(karin: Desk, at_desk: Callable[..., Desk], stand: Stand) -> None:
    case = stand.case(reason=Reason.CALLBACK)
    at_desk("Bo").act(case, "claim")
    page = karin.get(f"/console/cases/{case}").text
    assert 'id="call"' not in page
    assert "Ring 070" not in page
    answer = karin.act(case, "call", result="answered", text="Pratade")
    assert (answer.status_code, "Pratade" in answer.text) == (409, True)


def test_the_name_is_shown_and_changed(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    answer = karin.act(case, "name", name="Gunvor <b>")
    assert "Namnet är sparat." in karin.get(answer.headers["location"]).text
    page = karin.get(f"/console/cases/{case}").text
    assert "Gunvor &lt;b&gt;" in page
    karin.act(case, "name", name="")
    assert stand.row(case).person_name is None
