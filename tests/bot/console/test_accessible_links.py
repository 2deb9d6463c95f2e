"""WCAG 2.2 AA on the pages of relatives and elders, and the way through them with a keyboard and a real browser."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from bot.store.tables import UserRow
from tests.bot.console import saturday
from tests.bot.console.stand import Stand, Window
from tests.bot.console.test_accessible import LOOKS, sound
from tests.stand_ins import SettableClock

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Family:
    """Karin of the library, and the morning's cases by name."""

    karin: UserRow
    cases: dict[str, int]


@pytest.fixture
def stand(stand: Stand) -> Stand:
    stand.clock, stand.world = SettableClock(saturday.MORNING), saturday.real_world()
    return stand


@pytest.fixture
def family(stand: Stand) -> Family:
    karin, bo = stand.account("Karin", municipality="kalmar"), stand.account("Bo")
    cases = saturday.fill(stand.database, stand.clock(), karin, bo)
    saturday.fill_family(stand.database, stand.clock(), cases)
    return Family(karin, cases)


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_in_every_state(window: Window, family: Family, look: str) -> None:
    page = window.open(family.karin, "/console/links", **LOOKS[look])
    sound(page, "list")
    for number in (1, 2, 3, 4):
        page.goto(f"/console/links/{number}")
        page.evaluate("document.querySelectorAll('main details').forEach((each) => each.open = true)")
        sound(page, f"link {number}")
    for name in ("Gunvor", "Sven", "Amira"):
        page.goto(f"/console/cases/{family.cases[name]}")
        sound(page, name)
    page.goto(f"/console/cases/{family.cases['Gunvor']}/link")
    sound(page, "new")
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.get_by_role("button", name="Koppla").click()
    expect(page.get_by_role("alert").first).to_contain_text("Skriv kort varför.")
    sound(page, "new, wrong")
    window.faults = [fault for fault in window.faults if "Failed to load resource" not in fault]


def test_a_relative_is_looked_at_linked_and_ended(window: Window, stand: Stand, family: Family) -> None:
    page = window.open(family.karin, f"/console/cases/{family.cases['Sven']}")
    page.get_by_role("link", name="En anhörig väntar på att du tittar").click()
    page.get_by_text("Den äldre har sagt ja till mig", exact=True).press("Enter")
    page.get_by_label("Varför?").first.fill("Ringde upp, det är hans brorsdotter")
    page.get_by_role("button", name="Koppla nu").click()
    expect(page.get_by_role("status")).to_contain_text("Den anhöriga är kopplad.")
    page.locator("#end-reason").fill("Bad om det dagen efter")
    page.get_by_role("button", name="Avsluta kopplingen").click()
    expect(page.get_by_role("status")).to_contain_text("Kopplingen är slut.")
    expect(page.get_by_text("Slut, av Karin")).to_be_visible()
    page.get_by_role("link", name="ärende").first.click()
    expect(page.locator(".conversation")).to_contain_text(
        "Karin avslutade kopplingen till Kundservice. Bad om det dagen efter"
    )


def test_a_picture_is_seen_and_opens(window: Window, family: Family) -> None:
    page = window.open(family.karin, f"/console/cases/{family.cases['Amira']}")
    picture = page.get_by_alt_text("Bild från en anhörig")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("(picture) => picture.complete && picture.naturalWidth > 0", arg=picture.element_handle())
    box = picture.bounding_box()
    assert box
    assert box["height"] <= 260
    with page.context.expect_page() as opened:
        picture.click()
    expect(opened.value.locator("img")).to_be_visible()
    window.faults = [fault for fault in window.faults if "Content Security Policy" not in fault]
