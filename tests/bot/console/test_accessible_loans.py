"""WCAG 2.2 AA on the pages of the loan desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.bot.console.loan_desk import at_unit, full_desk
from tests.bot.console.stand import Stand, Window
from tests.bot.console.test_accessible import LOOKS, sound

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_in_every_state(window: Window, stand: Stand, look: str) -> None:
    vera = at_unit(stand, stand.account("Vera", municipality="kalmar"))
    full_desk(stand, vera)
    page = window.open(vera, "/console/loans", **LOOKS[look])
    sound(page, "loans")
    for number in range(1, 7):
        page.goto(f"/console/loans/units/{number}")
        sound(page, f"unit {number}")
    page.goto("/console/loans/units/3")
    page.get_by_label("Logga ut alla konton").check()
    page.get_by_role("button", name="Klar att lånas ut").click()
    expect(page.get_by_role("alert")).to_contain_text("inte avbockat")
    sound(page, "a checklist that is not done")
    page.get_by_label("Ladda plattan").check()
    page.get_by_role("button", name="Klar att lånas ut").click()
    expect(page.get_by_role("status")).to_contain_text("Den kan lånas ut igen")
    page.goto("/console/loans/units/6")
    page.get_by_label("Telefonnummer").fill("fel")
    page.get_by_role("button", name="Lämna ut").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv ett telefonnummer")
    sound(page, "a number that is none")
    window.faults = [fault for fault in window.faults if "Failed to load resource" not in fault]
    other = window.open(stand.account("Bo", role="admin"), "/console/loans", **LOOKS[look])
    sound(other, "numbers alone")
