"""Somebody at a browser without scripts who fills in the forms that are on the page."""

from __future__ import annotations

import html
import re

import httpx
import pyotp

from bot.services import sign_in_codes
from tests.bot.console.stand import Stand

PASSWORD = "en lång fin mening"


def form_of(page: httpx.Response) -> str:
    """The token that the page's forms hold."""
    found = re.search(r'name="form" value="(\w+)"', page.text)
    assert found, page.text
    return found[1]


def hidden(page: httpx.Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, page.text
    return html.unescape(found[1])


def fill_in(visitor: httpx.Client, path: str, **fields: str) -> httpx.Response:
    """Opens a page and sends its form to the same address."""
    page = visitor.get(path)
    return visitor.post(path, data={"form": form_of(page), **fields})


def enter(visitor: httpx.Client, email: str, password: str = PASSWORD, wanted: str = "/console") -> httpx.Response:
    """Signs in as far as the password goes."""
    page = visitor.get("/console/sign-in", params={"next": wanted})
    return visitor.post(
        "/console/sign-in", data={"form": form_of(page), "email": email, "password": password, "next": wanted}
    )


def code_of(stand: Stand, secret: str) -> str:
    """What an app shows now."""
    return pyotp.TOTP(secret).at(stand.clock())


def give_code_to(stand: Stand, user_id: int) -> tuple[str, list[str]]:
    """Somebody has a code at sign-in: its secret and recovery codes. Time goes on, so that the next code is another one."""
    secret = sign_in_codes.new_secret()
    recovery = sign_in_codes.turn_on(stand.database, stand.clock, user_id, secret, code_of(stand, secret))
    stand.clock.pass_(minutes=2)
    return secret, recovery
