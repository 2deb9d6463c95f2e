"""What holds for every page: headers, friendly refusals, language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bot.console.site import SESSION_COOKIE
from bot.services import read_queue
from bot.store.database import DatabaseAway
from tests.bot.console.stand import Desk, Stand, browser_of

PAGES = (
    "/console",
    "/console/remarks",
    "/console/sign-in",
    "/console/nowhere",
    "/console/cases/999",
    "/console/cases/x",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_keeps_other_sites_out(karin: Desk, path: str) -> None:
    headers = karin.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


def test_no_page_has_scripts_or_styles_of_its_own(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    for path in ("/console", f"/console/cases/{case}", f"/console/cases/{case}/hand-back", "/console/remarks"):
        page = karin.get(path).text
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert page.count("<script") == page.count('<script src="/console/static/')


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/console/nowhere", 404, "Sidan finns inte"),
        ("/console/cases/999", 404, "Sidan finns inte"),
        ("/console/cases/x", 404, "Sidan finns inte"),
        ("/console?view=no-such", 400, "Sidan förstod inte frågan"),
        ("/console/live?case=999", 404, "Sidan finns inte"),
    ],
)
def test_what_is_not_there_is_told_kindly(karin: Desk, path: str, status: int, title: str) -> None:
    answer = karin.get(path)
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in answer.text
    assert "Traceback" not in answer.text


MENU = 'id="menu"'
"""What the way around stands in."""


@pytest.mark.parametrize(
    "path", ["/console/nowhere", "/console/cases/999", "/console/cases/x", "/console?view=no-such", "/console/accounts"]
)
def test_a_refusal_keeps_the_menu_for_whoever_is_signed_in(karin: Desk, stand: Stand, path: str) -> None:
    stand.case()
    refused = karin.get(path).text
    assert MENU in refused
    assert 'action="/console/sign-out"' in refused
    assert 'id="awaits"><span>1</span>' in refused
    stranger = browser_of(stand.app()).get(path)
    assert MENU not in stranger.text


def test_a_forged_form_is_refused_with_the_menu(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    answer = karin.client.post(f"/console/cases/{case}/claim", data={"form": "x"})
    assert answer.status_code == 403
    assert MENU in answer.text
    assert f'href="/console/cases/{case}"' in answer.text


def test_whoever_must_set_up_a_code_first_gets_no_menu_with_a_refusal(stand: Stand) -> None:
    stand.require_codes = True
    client = browser_of(stand.app())
    client.cookies.set(SESSION_COOKIE, stand.sessions[stand.account().id])
    assert client.get("/console/nowhere").status_code == 404
    assert MENU not in client.get("/console/nowhere").text


def test_the_database_is_away(karin: Desk, stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def away() -> Iterator[None]:
        raise DatabaseAway("secret host name")
        yield

    monkeypatch.setattr(stand.database, "reading", away)
    answer = karin.get("/console")
    assert answer.status_code == 503
    assert "Databasen svarar inte" in answer.text
    assert "secret host name" not in answer.text
    assert answer.headers["retry-after"] == "30"
    assert MENU not in answer.text
    assert karin.get("/console/sign-in").status_code == 503


def test_a_fault_of_ours_tells_nothing(karin: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("an inner secret")

    monkeypatch.setattr(read_queue, "queue", broken)
    answer = karin.get("/console")
    assert answer.status_code == 500
    assert "Något gick fel hos oss" in answer.text
    assert "inner secret" not in answer.text


def test_static_files_are_served(karin: Desk) -> None:
    for name in ("console.css", "htmx.min.js", "live.js", "reply.js", "sms.js", "icon.svg", "htmx.LICENSE.txt"):
        assert karin.get(f"/console/static/{name}").status_code == 200, name


def test_swedish_is_spoken_until_english_is_chosen(karin: Desk) -> None:
    swedish = karin.get("/console?view=mine").text
    assert '<html lang="sv">' in swedish
    assert "/console/language/en?next=/console%3Fview%3Dmine" in swedish
    chosen = karin.get("/console/language/en?next=/console?view=mine")
    assert chosen.status_code == 303
    assert chosen.headers["location"] == "/console?view=mine"
    assert "HttpOnly" in chosen.headers["set-cookie"]
    english = karin.get("/console").text
    assert '<html lang="en">' in english
    assert "Nobody is waiting for an answer right now." in english
    karin.get("/console/language/sv")
    assert '<html lang="sv">' in karin.get("/console").text


def test_a_language_that_is_not_there_changes_nothing(karin: Desk) -> None:
    assert "set-cookie" not in karin.get("/console/language/xx").headers
    assert karin.get("/console/language/en?next=https://evil.example").headers["location"] == "/console"


def test_refusals_speak_the_chosen_language(stand: Stand) -> None:
    client = browser_of(stand.app())
    client.cookies.set("lotsen_language", "en")
    assert "There is no such page" in client.get("/console/nowhere").text


def test_whoever_is_not_signed_in_sees_nothing(stand: Stand, at_desk: Callable[..., Desk]) -> None:
    case = stand.case()
    stranger = browser_of(stand.app())
    for path in (
        "/console",
        "/console?view=mine",
        f"/console/cases/{case}",
        "/console/remarks",
        f"/console/cases/{case}/hand-back",
    ):
        answer = stranger.get(path)
        assert answer.status_code == 303, path
        assert answer.headers["location"].startswith("/console/sign-in")
    assert stranger.get("/console/live").status_code == 401
    part = stranger.get("/console/queue-part", headers={"HX-Request": "true"})
    assert part.status_code == 401
    assert part.headers["hx-redirect"] == "/console/sign-in"
    assert stranger.post(f"/console/cases/{case}/claim", data={"form": "x"}).status_code == 303
    assert stand.row(case).claimed_by is None


def test_while_rasa_is_away_every_page_says_so_to_staff(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    pages = (
        "/console",
        "/console?view=resolved",
        "/console/remarks",
        f"/console/cases/{case}",
        f"/console/cases/{case}/hand-back",
    )
    told = "Rasa svarar inte just nu."
    assert not any(told in karin.get(path).text for path in pages)
    stand.rasa_away = True
    assert all(karin.get(path).text.count(told) == 1 for path in pages)
    assert told not in browser_of(stand.app()).get("/console/sign-in").text, "the world outside need not know"
    stand.rasa_away = False
    assert told not in karin.get("/console").text
