"""axe and reflow on what stands around a reply."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from bot.domain.canned_reply import CannedReply
from tests.bot.console.stand import CONSOLE_WORLD, Stand, Window
from tests.bot.console.test_accessible import LOOKS, sound

pytestmark = pytest.mark.browser

LONG = "Vi ringde dig nyss och hade gärna pratat med dig om hur det gick med det som du undrade över"
REPLIES = (CannedReply("ringde", {"sv": LONG, "en": LONG}, {"sv": LONG, "en": LONG}),)


@pytest.mark.parametrize("look", LOOKS)
def test_answering_with_everything_around_it(window: Window, stand: Stand, look: str) -> None:
    stand.world = replace(CONSOLE_WORLD, replies=REPLIES)
    case = stand.case()
    karin, bo = stand.account("Karin"), stand.account("Anna-Karin Långtefternamn von Essen")
    window.open(bo, f"/console/cases/{case}").locator("#reply-text").press_sequentially("Hej")
    page = window.open(karin, f"/console/cases/{case}", **LOOKS[look])
    expect(page.get_by_text("skriver just nu.")).to_be_visible()
    sound(page, "a case that a colleague writes in")
    page.locator("#reply-text").fill("Hej")
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_role("button", name="Ångra")).to_be_visible()
    sound(page, "a reply that can be taken back")
    page.get_by_role("button", name="Ångra").click()
    expect(page.get_by_text("Ångrat, skickades aldrig")).to_be_visible()
    sound(page, "a reply that was taken back")
    page.goto(f"/console/cases/{case}/step")
    sound(page, "choosing a step of a guide")
