"""WCAG 2.2 AA in a real Chromium: axe, no sideways scrolling, no scripts needed, and the print is the poster."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.domain.opening_hours import CLOSED
from tests.bot.public.stand import LIBRARY, TEN, VARA_LIBRARY, Shelf
from tests.stand_ins import WITHOUT_TELEGRAM

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS: dict[str, dict[str, object]] = {
    "1280 px": {"viewport": {"width": 1280, "height": 800}},
    "390 px, dark": {"viewport": {"width": 390, "height": 800}, "color_scheme": "dark"},
    "320 px, as at 400 % zoom": {"viewport": {"width": 320, "height": 256}},
    "1280 px, dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
}
PATHS = (
    "/program",
    "/program/kalmar",
    "/program/kalmar?lang=en",
    "/program/vara",
    "/program/storvik",
    "/kalender/gissning.ics",
)


@pytest.fixture
def filled(shelf: Shelf) -> Shelf:
    kalmar, vara = WITHOUT_TELEGRAM.municipalities
    shelf.organisation = replace(WITHOUT_TELEGRAM, municipalities=(replace(kalmar, telegram=True, sample=True), vara))
    shelf.telegram = "lotsen_bot"
    shelf.places = (
        replace(
            LIBRARY,
            access=("lift",),
            languages=("sv", "en"),
            hours=replace(LIBRARY.hours, exceptions={date(2026, 11, 26): CLOSED}),
        ),
        VARA_LIBRARY,
    )
    for week in range(3):
        shelf.book(shelf.course("Mobilen från början", TEN + timedelta(weeks=week)), week)
    shelf.course(
        "Ordbehandlingsprogramvaruintroduktionskurs för alla",
        TEN,
        TEN + timedelta(weeks=1),
        about={"sv": "Vi börjar från noll."},
    )
    shelf.course("Digitalt fika", kind="drop_in")
    return shelf


@pytest.fixture
def open_page(chromium: Browser, filled: Shelf, server: str) -> Iterator[object]:
    opened = []

    def make(**options: object) -> Page:
        context = chromium.new_context(base_url=server, **options)  # type: ignore[arg-type]
        opened.append(context)
        return context.new_page()

    yield make
    for context in opened:
        context.close()


def sound(page: Page, where: str) -> None:
    """axe finds nothing, and nothing is wider than the window."""
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, f"{where}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{where} scrolls sideways"


@pytest.mark.parametrize("look", LOOKS)
def test_every_page(open_page, look: str) -> None:  # type: ignore[no-untyped-def]
    page = open_page(**LOOKS[look])
    for path in PATHS:
        page.goto(path)
        sound(page, f"{path} at {look}")


def test_with_letters_twice_as_large(open_page) -> None:  # type: ignore[no-untyped-def]
    page = open_page(viewport={"width": 390, "height": 800})
    page.goto("/program/kalmar")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_without_scripts_and_by_keyboard(open_page) -> None:  # type: ignore[no-untyped-def]
    page = open_page(java_script_enabled=False, viewport={"width": 390, "height": 800})
    faults: list[str] = []
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.goto("/program")
    page.get_by_role("navigation", name="Välj kommun").get_by_role("link", name="Kalmar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Digital hjälp i Kalmar")
    expect(page.get_by_role("img", name="öppnar ett sms till 070-174 06 90")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    page.get_by_role("link", name="In English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Digital help in Kalmar")
    assert faults == [], "the policy for content lets everything through that the page needs"


def test_the_print_is_the_poster(open_page) -> None:  # type: ignore[no-untyped-def]
    page = open_page(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    page.goto("/program/kalmar")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Sms:a 070-174 06 90")).to_be_visible()
    expect(page.get_by_text("Gäller från 23 november 2026.")).to_be_visible()
    expect(page.get_by_text("platser kvar").first).to_be_hidden()
    expect(page.get_by_role("link", name="In English")).to_be_hidden()
    expect(page.get_by_role("link", name="Affisch att skriva ut")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    printed = io.BytesIO(page.pdf(prefer_css_page_size=True)).getvalue()
    assert printed.count(b"/Type /Page\n") == 1 or printed.count(b"/Type /Page ") == 1 or b"/Count 1" in printed
