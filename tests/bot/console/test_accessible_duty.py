"""WCAG 2.2 AA on the page of who is there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from bot.store.tables import UserRow
from tests.bot.console.stand import Stand, Window
from tests.bot.console.test_accessible import LOOKS, sound

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("look", LOOKS)
def test_the_page_in_every_state(window: Window, stand: Stand, look: str) -> None:
    sara = stand.account("Sara Samordnarsson-Wennerström", "samordnare", "kalmar")
    anna, bo, cia = (stand.account(name, municipality="kalmar") for name in ("Anna", "Bo", "Cia"))
    with stand.database.writing() as session:
        for user, seen, away, back in ((anna, 0, None, None), (bo, -300, None, None), (cia, 0, 0, 9)):
            row = session.get_one(UserRow, user.id)
            row.seen_at = stand.clock() + timedelta(minutes=seen)
            row.away_since = None if away is None else stand.clock()
            row.back_at = None if back is None else stand.clock() + timedelta(days=back)
    page = window.open(sara, "/console/duty", **LOOKS[look])
    sound(page, "who is there")
    page.get_by_label("Tillbaka (frivilligt)").fill("2026-11-01")
    page.get_by_role("button", name="Jag går nu").click()
    expect(page.get_by_role("alert")).to_contain_text("Välj en dag")
    sound(page, "a day that has been")
    window.faults = [fault for fault in window.faults if "Failed to load resource" not in fault]
    page.get_by_label("Tillbaka (frivilligt)").fill("2026-11-30")
    page.get_by_role("button", name="Jag går nu").click()
    expect(page.get_by_role("status").first).to_contain_text("Hej då!")
    sound(page, "away")
    page.goto("/console/guides")
    sound(page, "a page that reminds")
    page.get_by_role("link", name="Jag är tillbaka").click()
    page.get_by_role("button", name="Jag är tillbaka").click()
    expect(page.get_by_role("status").first).to_contain_text("Välkommen tillbaka!")
    page.get_by_role("button", name="Sätt som borta Anna").click()
    expect(page.get_by_role("status").first).to_contain_text("Anna är nu borta.")
    other = window.open(stand.account("Admin", "admin"), "/console/duty", **LOOKS[look])
    sound(other, "all teams")
