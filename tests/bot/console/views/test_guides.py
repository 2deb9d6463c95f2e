"""The guides as residents see them."""

from __future__ import annotations

from tests.bot.console.stand import Desk


def test_every_guide_is_listed_and_leads_to_its_page(karin: Desk) -> None:
    page = karin.get("/console/guides").text
    assert page.count('href="/console/guides/') >= 29
    assert "Flytta BankID till en ny telefon" in page
    guide = karin.get("/console/guides/bankid_new_phone").text
    assert "Behåll den gamla telefonen" in guide
    assert "Keep the old phone" in guide
    assert "När man fastnat" in guide
    assert "Källor" in guide


def test_what_is_no_guide_is_not_found(karin: Desk) -> None:
    for name in ("human", "nothing", "../texts"):
        assert karin.get(f"/console/guides/{name}").status_code == 404


def test_one_must_be_signed_in(karin: Desk) -> None:
    karin.client.cookies.clear()
    answer = karin.client.get("/console/guides", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/sign-in?next=/console/guides")
