"""WCAG 2.2 AA in a real Chromium: axe on every page in every state, no sideways scrolling, the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.domain.case import Reason, Status, Urgency
from bot.services.work_cases import CaseDesk
from bot.store import cases
from bot.store.tables import RemarkRow, UserRow
from tests.bot.console.stand import CONSOLE_WORLD, Stand, Window
from tests.stand_ins import ASTRID, KURT, SVEA

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS: dict[str, dict[str, object]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "320 px, as at 400 % zoom": {"viewport": {"width": 320, "height": 256}},
    "390 px, dark": {"viewport": {"width": 390, "height": 800}, "color_scheme": "dark"},
    "desktop, dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
}


@dataclass(frozen=True)
class Seeded:
    """Cases in every state, seen by Karin."""

    karin: UserRow
    reader: UserRow
    waiting: int
    mine: int
    theirs: int
    resolved: int


@pytest.fixture
def seeded(stand: Stand) -> Seeded:
    karin, bo, reader = stand.account("Karin"), stand.account("Bo"), stand.account("Lars", role="reader")
    desk = CaseDesk(stand.database, CONSOLE_WORLD, stand.clock, stand.wakeup)
    waiting = stand.case(
        SVEA, urgency=Urgency.HIGH, reason=Reason.FRAUD, said=(("resident", "<b>hej</b> " * 30), ("bot", "Stopp!"))
    )
    mine, theirs = (
        stand.case(KURT),
        stand.case(ASTRID, urgency=Urgency.CRITICAL, reason=Reason.EMERGENCY, topic="emergency"),
    )
    resolved = stand.case("tg:4711", channel="telegram", municipality=None, topic=None)
    desk.claim(mine, karin)
    desk.note(mine, karin, "Ringde, inget svar")
    desk.reply(mine, karin, "Hej, har du bytt telefon?")
    desk.claim(theirs, bo)
    desk.resolve(resolved, karin, "solved")
    with stand.database.writing() as session:
        cases.note(session, mine, "Efter fyra", stand.clock(), kind="resident")
        session.add(
            RemarkRow(conversation_id=None, municipality="kalmar", at=stand.clock(), kind="wish", text="fler kurser")
        )
    return Seeded(karin, reader, waiting, mine, theirs, resolved)


def sound(page: Page, where: str) -> None:
    """axe finds nothing, and nothing is wider than the window."""
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, f"{where}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{where} scrolls sideways"


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_in_every_state(window: Window, seeded: Seeded, look: str) -> None:
    page = window.open(seeded.karin, **LOOKS[look])
    paths = [f"/console?view={view}" for view in ("waiting", "mine", "open", "answered", "resolved")]
    paths += [f"/console/cases/{case}" for case in (seeded.waiting, seeded.mine, seeded.theirs, seeded.resolved)]
    paths += [f"/console/cases/{seeded.mine}?done=reply", f"/console/cases/{seeded.mine}/hand-back", "/console/remarks"]
    paths += ["/console/guides", "/console/guides/bankid_new_phone"]
    for path in paths:
        page.goto(path)
        sound(page, path)
    read_only = window.open(seeded.reader, f"/console/cases/{seeded.waiting}", **LOOKS[look])
    sound(read_only, "a case for a reader")


@pytest.mark.parametrize("look", ["320 px, as at 400 % zoom", "desktop, dark"])
def test_the_notice_that_rasa_is_away(window: Window, stand: Stand, seeded: Seeded, look: str) -> None:
    stand.rasa_away = True
    page = window.open(seeded.karin, "/console", **LOOKS[look])
    expect(page.get_by_text("Rasa svarar inte just nu.")).to_be_visible()
    sound(page, "the queue while Rasa is away")


@pytest.mark.parametrize("look", ["desktop", "320 px, as at 400 % zoom", "390 px, dark"])
def test_signing_in_and_what_goes_wrong(window: Window, seeded: Seeded, look: str) -> None:
    page = window.open(None, "/console/sign-in", **LOOKS[look])
    sound(page, "signing in")
    page.get_by_label("E-post").fill("karin@bibliotek.example")
    page.get_by_label("Lösenord").fill("fel lösenord här")
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("alert")).to_contain_text("stämmer inte")
    sound(page, "a wrong password")

    page = window.open(seeded.karin, "/console/nowhere", **LOOKS[look])
    expect(page.get_by_role("heading", name="Sidan finns inte")).to_be_visible()
    sound(page, "not found")
    page.goto(f"/console/cases/{seeded.waiting}")
    page.evaluate("document.querySelector('#note-text').required = false")
    page.get_by_role("button", name="Spara anteckningen").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv en anteckning först.")
    sound(page, "a form with a fault")
    page.goto(f"/console/cases/{seeded.theirs}")
    page.evaluate("document.querySelector('[name=take_over]').remove()")
    page.get_by_role("button", name="Ta över från Bo").click()
    expect(page.get_by_role("heading", name="Bo har redan tagit det")).to_be_visible()
    sound(page, "taken by a colleague")
    window.faults = [fault for fault in window.faults if "Failed to load resource" not in fault]


def test_english_pages_say_so(window: Window, seeded: Seeded) -> None:
    page = window.open(seeded.karin, f"/console/cases/{seeded.mine}")
    page.get_by_role("link", name="In English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", name="Get and use Swish")).to_be_visible()
    assert page.url.endswith(f"/console/cases/{seeded.mine}")
    sound(page, "a case in English")


def _tab_to(page: Page, wanted: Callable[[], bool], most: int = 60) -> None:
    """Presses Tab until `wanted` holds; what has focus is always seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => { const e = document.activeElement; const s = getComputedStyle(e);
            return e === document.body || (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2); }"""
        )
        assert shown, f"no focus is seen on {page.evaluate('document.activeElement.outerHTML.slice(0, 120)')}"
        if wanted():
            return
    raise AssertionError("the keyboard does not come there")


def _focused(page: Page, selector: str) -> Callable[[], bool]:
    return lambda: bool(page.evaluate("selector => document.activeElement.matches(selector)", selector))


@pytest.mark.parametrize("look", ["desktop", "390 px, dark"])
def test_claim_reply_and_resolve_by_keyboard_alone(window: Window, seeded: Seeded, stand: Stand, look: str) -> None:
    page = window.open(seeded.karin, **LOOKS[look])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    _tab_to(page, _focused(page, f"#case-{seeded.waiting}"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{seeded.waiting}")
    _tab_to(page, _focused(page, "#claim"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ärendet är ditt.")).to_be_visible()
    expect(page.locator("#reply-text")).to_be_focused()
    page.keyboard.type("Hej! Ring banken nu.")
    _tab_to(page, _focused(page, "#reply button"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Svaret är på väg.")).to_be_visible()
    expect(page.locator("#latest")).to_contain_text("Hej! Ring banken nu.")
    _tab_to(page, _focused(page, "[name=outcome]"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Råd givet")).to_be_checked()
    _tab_to(page, _focused(page, "#resolve button"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ärendet är avslutat.", exact=True)).to_be_visible()
    assert stand.sent(seeded.waiting) == ["Hej! Ring banken nu."]
    assert (stand.row(seeded.waiting).status, stand.row(seeded.waiting).outcome) == (Status.RESOLVED, "advice_given")
