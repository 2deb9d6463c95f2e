"""What no rule checker sees: that the focus is never covered, that settings of the reader's own are followed, that help stands where it stood, that one can get in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from bot.domain.case import Reason, Urgency
from bot.services.work_cases import CaseDesk
from tests.bot.console.stand import CONSOLE_WORLD, Stand, Window
from tests.stand_ins import KURT

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 700}}
ZOOMED = {"viewport": {"width": 320, "height": 256}}
DESK = {"viewport": {"width": 1280, "height": 800}}
COVERED = """() => {
  const e = document.activeElement;
  if (e === document.body) return null;
  const boxes = [...(e.closest('label') && e.matches('[type=radio], [type=checkbox]') ? e.closest('label') : e).getClientRects()];
  for (const box of boxes) {
    for (const [fx, fy] of [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]]) {
      const [x, y] = [box.left + box.width * fx, box.top + box.height * fy];
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
      const top = document.elementFromPoint(x, y);
      if (top && (e.contains(top) || top.contains(e) || top.closest('label')?.contains(e))) return null;
    }
  }
  return e.outerHTML.slice(0, 120);
}"""
"""What has the focus, when nothing of it can be seen (WCAG 2.4.11)."""


def _walk(page: Page, key: str, most: int = 140) -> tuple[int, list[str]]:
    """How many places have the focus on the way through the page, and those that are covered then."""
    covered, seen = [], 0
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement === document.body"):
            if seen:
                break
            continue
        seen += 1
        if found := page.evaluate(COVERED):
            covered.append(str(found))
    return seen, covered


@pytest.mark.parametrize("look", [PHONE, ZOOMED, DESK], ids=["phone", "zoomed", "desk"])
def test_the_focus_is_never_covered(window: Window, stand: Stand, look: dict[str, object]) -> None:
    karin = stand.account()
    case = stand.case(
        urgency=Urgency.HIGH,
        reason=Reason.FRAUD,
        said=(("resident", "hjälp " * 30), ("bot", "Stopp! " * 20), ("resident", "hallå")),
    )
    CaseDesk(stand.database, CONSOLE_WORLD, stand.clock, stand.wakeup).claim(case, karin)
    page = window.open(karin, f"/console/cases/{case}", **look)
    for key in ("Tab", "Shift+Tab"):
        seen, covered = _walk(page, key)
        assert seen > 15
        assert covered == []


def test_the_focus_goes_through_a_page_in_the_order_it_is_read(window: Window, stand: Stand) -> None:
    case = stand.case()
    page = window.open(stand.account(), f"/console/cases/{case}", **DESK)
    order = []
    for _ in range(60):
        page.keyboard.press("Tab")
        order.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.className || document.activeElement.textContent.trim()"
            )
        )
    landmarks = ["skip", "brand", "claim", "reply-text", "note-text"]
    places = [order.index(one) for one in landmarks]
    assert places == sorted(places)


def test_own_colours_are_followed(window: Window, stand: Stand) -> None:
    """With forced colours, what background alone tells is told by lines too."""
    stand.case(urgency=Urgency.CRITICAL, reason=Reason.EMERGENCY)
    page = window.open(stand.account(), forced_colors="active")
    outlined = "e => getComputedStyle(e).outlineStyle !== 'none'"
    assert page.locator(".pages a[aria-current]").evaluate(outlined)
    assert page.locator(".views a[aria-current]").evaluate(outlined)
    assert page.locator(".awaits").evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"
    icon = page.locator(".queue .urgency svg").first
    assert icon.evaluate("e => getComputedStyle(e).color") == page.locator("h1").evaluate(
        "e => getComputedStyle(e).color"
    ), "icons have the colour of text"


@pytest.mark.parametrize("path", ["/console", "/console/cases/1", "/console/keys"])
def test_nothing_moves_for_who_wants_less_motion(window: Window, stand: Stand, path: str) -> None:
    stand.case()
    page = window.open(stand.account(), path, reduced_motion="reduce")
    page.get_by_text("Inloggad: Karin").click()
    moving = "() => [...document.querySelectorAll('*')].filter((e) => [getComputedStyle(e).transitionDuration, getComputedStyle(e).animationDuration].some((d) => d.split(', ').some((s) => parseFloat(s) > 0))).map((e) => e.outerHTML.slice(0, 80))"
    assert page.evaluate(moving) == []
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_help_and_menu_stand_in_the_same_order_everywhere(window: Window, stand: Stand) -> None:
    case = stand.case()
    page = window.open(stand.account())
    orders = set()
    for path in ("/console", f"/console/cases/{case}", "/console/courses", "/console/guides", "/console/keys"):
        page.goto(path)
        links = page.evaluate(
            "() => [...document.querySelectorAll('header a[href], footer a[href]')].map((a) => a.pathname).filter((p) => !p.includes('/language/'))"
        )
        orders.add(tuple(links))
    assert len(orders) == 1


def test_one_can_get_in_with_a_password_manager(window: Window, stand: Stand) -> None:
    """No riddle, nothing to remember: browsers fill the fields in, and pasting works (WCAG 3.3.8)."""
    page = window.open(None, "/console/sign-in")
    for field, kind in (("#email", "username"), ("#password", "current-password")):
        expect(page.locator(field)).to_have_attribute("autocomplete", kind)
        taken = page.locator(field).evaluate(
            "e => e.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: new DataTransfer() }))"
        )
        assert taken, "pasting is stopped"


def test_what_was_written_need_not_be_written_again(window: Window, stand: Stand) -> None:
    page = window.open(None, "/console/sign-in")
    page.get_by_label("E-post").fill("karin@bibliotek.example")
    page.get_by_label("Lösenord").fill("fel lösenord här")
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_label("E-post")).to_have_value("karin@bibliotek.example")
    window.faults = [fault for fault in window.faults if "Failed to load resource" not in fault]


def test_what_was_done_is_said(window: Window, stand: Stand) -> None:
    """Each answer to a form is a status or an alert, so that it is read aloud (WCAG 4.1.3)."""
    case = stand.case(KURT)
    page = window.open(stand.account(), f"/console/cases/{case}")
    page.locator("#claim").click()
    expect(page.get_by_role("status").get_by_text("Ärendet är ditt.")).to_be_visible()
    page.locator("#note-text").fill("Ringde")
    page.get_by_role("button", name="Spara anteckningen").click()
    expect(page.get_by_role("status").get_by_text("Anteckningen är sparad.")).to_be_visible()
    page.evaluate("document.querySelectorAll('#note-text').forEach((box) => (box.required = false))")
    page.get_by_role("button", name="Spara anteckningen").click()
    expect(page.get_by_role("alert").get_by_text("Skriv en anteckning först.")).to_be_visible()
    window.faults = [fault for fault in window.faults if "Failed to load resource" not in fault]


def test_the_number_that_waits_follows(window: Window, stand: Stand) -> None:
    stand.case()
    page = window.open(stand.account())
    expect(page.get_by_role("link", name="Kön 1 väntar")).to_be_visible()
    stand.case(KURT)
    expect(page.get_by_role("link", name="Kön 2 väntar")).to_be_visible()
