"""Signing in and out."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
import pytest

from bot.services.accounts import add_user
from bot.services.brake import TRIES, TRIES_WITHIN
from bot.services.sign_in import SESSION_LASTS
from tests.bot.console.stand import Desk, Stand, browser_of

PASSWORD = "en lång fin mening"


@pytest.fixture
def visitor(stand: Stand) -> httpx.Client:
    add_user(stand.database, stand.clock, "karin@kommun.example", "handledare", PASSWORD, "Karin")
    return browser_of(stand.app())


def sign_in(
    visitor: httpx.Client, password: str = PASSWORD, email: str = "karin@kommun.example", wanted: str = "/console"
) -> httpx.Response:
    page = visitor.get("/console/sign-in", params={"next": wanted})
    found = re.search(r'name="form" value="(\w+)"', page.text)
    assert found
    data = {"form": found[1], "email": email, "password": password, "next": wanted}
    return visitor.post("/console/sign-in", data=data)


def test_the_right_password_opens_the_page_that_was_asked_for(visitor: httpx.Client) -> None:
    asked = visitor.get("/console?view=mine")
    assert asked.headers["location"] == "/console/sign-in?next=/console%3Fview%3Dmine"
    answer = sign_in(visitor, wanted="/console?view=mine")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/console?view=mine"
    assert visitor.get("/console").status_code == 200
    assert visitor.get("/console/sign-in").headers["location"] == "/console"


def test_the_cookie_is_kept_from_scripts_and_other_sites(visitor: httpx.Client, stand: Stand) -> None:
    cookie = next(c for c in sign_in(visitor).headers.get_list("set-cookie") if c.startswith("lotsen_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/console" in cookie
    assert "Secure" not in cookie
    stand.secure = True
    cookies = browser_of(stand.app()).get("/console/sign-in").headers.get_list("set-cookie")
    assert cookies
    assert all("Secure" in cookie for cookie in cookies)


@pytest.mark.parametrize(
    ("email", "password"), [("karin@kommun.example", "wrong"), ("nobody@kommun.example", PASSWORD), ("", "")]
)
def test_what_was_wrong_is_not_told(visitor: httpx.Client, email: str, password: str) -> None:
    answer = sign_in(visitor, password, email)
    assert answer.status_code == 401
    assert "E-post eller lösenord stämmer inte." in answer.text
    assert password not in answer.text or not password
    assert "lotsen_session" not in answer.headers.get("set-cookie", "")


def test_guessing_is_braked(visitor: httpx.Client, stand: Stand) -> None:
    for _ in range(TRIES):
        assert sign_in(visitor, "wrong").status_code == 401
    braked = sign_in(visitor)
    assert braked.status_code == 429
    assert "För många försök" in braked.text
    assert braked.headers["retry-after"] == "900"
    stand.clock.at += TRIES_WITHIN + timedelta(seconds=1)
    assert sign_in(visitor).status_code == 303


def test_a_form_of_another_page_does_not_sign_anybody_in(visitor: httpx.Client) -> None:
    data = {"email": "karin@kommun.example", "password": PASSWORD}
    assert visitor.post("/console/sign-in", data=data).status_code == 403
    assert visitor.post("/console/sign-in", data={**data, "form": ""}).status_code == 403
    assert visitor.post("/console/sign-in", data={**data, "form": "0" * 64}).status_code == 403


@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", "/phone"])
def test_signing_in_leads_nowhere_else(visitor: httpx.Client, wanted: str) -> None:
    assert sign_in(visitor, wanted=wanted).headers["location"] == "/console"


def test_signing_out_ends_the_session(visitor: httpx.Client, karin: Desk) -> None:
    assert karin.client.post("/console/sign-out").status_code == 403
    assert karin.get("/console").status_code == 200
    answer = karin.post("/console/sign-out")
    assert answer.headers["location"] == "/console/sign-in"
    assert karin.get("/console").status_code == 303


def test_a_session_ends_after_a_working_day(karin: Desk, stand: Stand) -> None:
    stand.clock.at += SESSION_LASTS
    assert karin.get("/console").status_code == 303
