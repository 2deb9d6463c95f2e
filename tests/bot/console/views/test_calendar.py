"""A handledare's own calendar address: made, shown once, made anew, revoked."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx

from bot.services.read_program import read_own_calendar
from tests.bot.console.stand import CONSOLE_WORLD, Desk, browser_of

_ADDRESS = re.compile(r'href="(http://lotsen\.example/kalender/([A-Za-z0-9_-]{40,})\.ics)"')


def _made(answer: httpx.Response) -> str:
    """The token on the page."""
    assert answer.status_code == 200
    found = _ADDRESS.search(answer.text)
    assert found, answer.text
    return found[2]


def _works(desk: Desk, token: str) -> bool:
    return read_own_calendar(desk.stand.database, desk.stand.clock, CONSOLE_WORLD, token) is not None


def test_none_at_first(karin: Desk) -> None:
    page = karin.get("/console/calendar").text
    assert "Du har ingen kalenderadress än." in page and "Gör en kalenderadress" in page
    assert "/kalender/" not in page and "Ta bort adressen" not in page


def test_it_is_shown_once_and_works(karin: Desk) -> None:
    answer = karin.post("/console/calendar/make")
    token = _made(answer)
    assert "Den visas bara den här gången." in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert _works(karin, token)
    again = karin.get("/console/calendar").text
    assert token not in again and "Din kalenderadress gjordes i dag" in again


def test_a_new_one_ends_the_old_one(karin: Desk) -> None:
    old, new = _made(karin.post("/console/calendar/make")), _made(karin.post("/console/calendar/make"))
    assert [_works(karin, token) for token in (old, new)] == [False, True]


def test_it_is_revoked(karin: Desk) -> None:
    token = _made(karin.post("/console/calendar/make"))
    answer = karin.post("/console/calendar/revoke")
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/calendar?done=revoked")
    assert not _works(karin, token)
    page = karin.get("/console/calendar?done=revoked").text
    assert "Adressen är borttagen" in page and "Du har ingen kalenderadress än." in page
    assert "Adressen är borttagen" not in karin.get("/console/calendar?done=x").text


def test_everybody_has_their_own(at_desk: Callable[..., Desk]) -> None:
    karin, lars = at_desk("Karin"), at_desk("Lars", role="reader")
    token = _made(karin.post("/console/calendar/make"))
    assert "Du har ingen kalenderadress än." in lars.get("/console/calendar").text
    lars.post("/console/calendar/revoke")
    assert _works(karin, token)


def test_it_speaks_english_to_who_does(karin: Desk) -> None:
    karin.get("/console/language/en")
    karin.client.cookies.set("lotsen_language", "en")
    answer = karin.post("/console/calendar/make")
    assert "Copy the address now." in answer.text and ".ics?lang=en" in answer.text


def test_nobody_else_makes_or_ends_it(karin: Desk) -> None:
    token = _made(karin.post("/console/calendar/make"))
    for act in ("make", "revoke"):
        assert karin.client.post(f"/console/calendar/{act}", data={"form": "forged"}).status_code == 403
        assert karin.post(f"/console/calendar/{act}", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
        stranger = browser_of(karin.stand.app()).post(f"/console/calendar/{act}")
        assert (stranger.status_code, stranger.headers["location"].partition("?")[0]) == (303, "/console/sign-in")
    assert _works(karin, token)
