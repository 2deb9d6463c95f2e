"""Forms are ours, and paths stay inside."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi import Request

from bot.console import trust
from bot.console.trust import Forged, check_form, form_token, local_path
from tests.stand_ins import MONDAY

KEY = b"key"


def _request(**headers: str) -> Request:
    raw = [
        (name.replace("_", "-").encode(), value.encode())
        for name, value in {"host": "lotsen.example", **headers}.items()
    ]
    return Request({"type": "http", "method": "POST", "path": "/console", "query_string": b"", "headers": raw})


def test_the_token_belongs_to_one_session_and_one_key() -> None:
    token = form_token(KEY, "a session")
    assert token == form_token(KEY, "a session")
    assert token != form_token(KEY, "another session")
    assert token != form_token(b"another key", "a session")
    assert "a session" not in token


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec_fetch_site": "same-origin", "origin": "https://behind-a-proxy.example"},
        {"sec_fetch_site": "none"},
        {"origin": "https://lotsen.example"},
    ],
)
def test_our_own_forms_pass(headers: dict[str, str]) -> None:
    check_form(_request(**headers), "token", "token")


@pytest.mark.parametrize(
    ("headers", "given"),
    [
        ({}, ""),
        ({}, "tokeN"),
        ({}, "tökén"),
        ({"sec_fetch_site": "cross-site"}, "token"),
        ({"sec_fetch_site": "same-site"}, "token"),
        ({"origin": "https://evil.example"}, "token"),
        ({"origin": "null"}, "token"),
    ],
)
def test_others_do_not(headers: dict[str, str], given: str) -> None:
    with pytest.raises(Forged):
        check_form(_request(**headers), "token", given)


@pytest.mark.parametrize(
    "path", ["/console", "/console?view=mine", "/console/cases/12", "/console/cases/12/hand-back?guide=swish"]
)
def test_paths_of_the_console_are_kept(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "//evil.example/console",
        "https://evil.example/console",
        "/consoles",
        "/console//evil.example",
        "/console/\\evil.example",
        "/console/../phone",
        "/console/cases/1\r\nSet-Cookie: a=b",
        "/console/sign-out",
        "/console/" + "a" * 400,
        "javascript:alert(1)",
    ],
)
def test_other_paths_lead_to_the_front_page(path: str) -> None:
    assert local_path(path) == "/console"


def test_a_half_way_is_ours_for_a_while_and_no_other_accounts() -> None:
    until = MONDAY + timedelta(minutes=10)
    cookie = trust.half_signed(KEY, 7, "abc", until)
    assert trust.read_half(KEY, cookie, until - timedelta(seconds=1)) == (7, "abc")
    assert trust.read_half(KEY, cookie, until) is None
    assert trust.read_half(b"another key", cookie, MONDAY) is None
    for changed in (cookie.replace("7.", "8.", 1), cookie.replace("abc", "abd"), cookie[:-1], "", "x", "å.ä.ö"):
        assert trust.read_half(KEY, changed, MONDAY) is None


def test_a_logged_path_holds_no_secret_of_an_invitation() -> None:
    assert trust.told("/console/invitation/s3cret") == "/console/invitation/..."
    assert trust.told("/console/cases/7") == "/console/cases/7"
