"""WCAG 2.2 AA in a real Chromium: axe on every page in every state, no sideways scrolling, the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.domain.case import Reason, Status, Urgency
from bot.domain.course import CourseKind
from bot.services.accounts import add_user
from bot.services.edit_places import PlaceDesk
from bot.services.keep_places import keep_places
from bot.services.run_courses import CourseDesk
from bot.services.viewer import Viewer
from bot.services.work_cases import CaseDesk
from bot.store import cases
from bot.store.tables import RemarkRow, UserRow
from tests.bot.console.stand import CONSOLE_WORLD, Stand, Window
from tests.groups import add_booking, add_course, fill
from tests.sample_places import place
from tests.stand_ins import ASTRID, KURT, SVEA

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS: dict[str, dict[str, object]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "320 px, as at 400 % zoom, dark": {"viewport": {"width": 320, "height": 256}, "color_scheme": "dark"},
}
"""What is done on the pages is done in these; each page by itself is looked at in more ways by test_accessible_everywhere.py."""


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
    paths += ["/console/guides", "/console/guides/bankid_new_phone", "/console/calendar"]
    for path in paths:
        page.goto(path)
        sound(page, path)
    read_only = window.open(seeded.reader, f"/console/cases/{seeded.waiting}", **LOOKS[look])
    sound(read_only, "a case for a reader")


@pytest.mark.parametrize("look", LOOKS)
def test_courses_and_their_forms(window: Window, stand: Stand, seeded: Seeded, look: str) -> None:
    sam = stand.account("Sam", role="samordnare")
    full = add_course(
        stand.database,
        handledare=("Karin", "Bo"),
        helpers=("Elsa",),
        title="Mobilen från början, för den som aldrig har haft någon",
    )
    fill(stand.database, full, 10, waiting=2)
    add_booking(stand.database, full, "tg:4712", for_whom="Gunnar")
    begun = add_course(
        stand.database, meetings=3, starts_at=stand.clock() - timedelta(days=5), kind=CourseKind.WORKSHOP
    )
    fill(stand.database, begun, 2)
    desk = CourseDesk(stand.database, lambda: CONSOLE_WORLD, stand.clock)
    desk.set_away(sam, full, 2, True)
    called_off = add_course(stand.database, title="Inställd")
    desk.call_off(sam, called_off)
    page = window.open(sam, **LOOKS[look])
    paths = [
        "/console/courses",
        "/console/courses?period=past",
        f"/console/courses?case={seeded.mine}",
        "/console/courses/new",
    ]
    paths += [
        f"/console/courses/{full}",
        f"/console/courses/{begun}?done=course_attendance",
        f"/console/courses/{called_off}",
    ]
    paths += [f"/console/courses/{full}/change", f"/console/courses/{full}?case={seeded.mine}"]
    for path in paths:
        page.goto(path)
        for closed in page.locator("summary").all():
            closed.click()
        sound(page, path)
    page.goto("/console/courses/new")
    page.get_by_label("Första dagen").fill("31 februari")
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_role("alert")).to_contain_text("31 februari finns inte i almanackan.")
    sound(page, "a new group with faults")
    page.get_by_role("link", name="31 februari").click()
    expect(page.get_by_label("Första dagen")).to_be_focused()
    page.goto(f"/console/courses/{full}")
    page.get_by_text("Flytta träff 1").click()
    page.get_by_label("Slutar").first.fill("9")
    page.get_by_role("button", name="Spara den nya tiden").click()
    expect(page.get_by_role("alert")).to_contain_text("Sluttiden måste vara efter starttiden.")
    sound(page, "a meeting that could not be moved")
    for reads in (f"/console/courses/{full}", "/console/courses"):
        sound(window.open(seeded.reader, reads, **LOOKS[look]), f"{reads} for a reader")
    window.faults = [fault for fault in window.faults if "Failed to load resource" not in fault]


def test_a_group_is_made_and_booked_by_keyboard_alone(window: Window, stand: Stand, seeded: Seeded) -> None:
    page = window.open(stand.account("Sam", role="samordnare"), "/console/courses/new")
    _tab_to(page, _focused(page, "#title"))
    page.keyboard.type("Mobilen")
    for field, typed in (
        ("place", "Stads"),
        ("day", "8 december"),
        ("start", "10"),
        ("end", "12"),
        ("handledare", "Karin"),
    ):
        _tab_to(page, _focused(page, f"#{field}"))
        page.keyboard.type(typed)
    _tab_to(page, _focused(page, "form.stack > button"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kursen eller tiden är tillagd.")).to_be_visible()
    _tab_to(page, _focused(page, "#number"))
    page.keyboard.type(KURT)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Platsen är bokad.")
    expect(page.get_by_text("1 av 8")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_the_notice_that_rasa_is_away(window: Window, stand: Stand, seeded: Seeded, look: str) -> None:
    stand.rasa_away = True
    page = window.open(seeded.karin, "/console", **LOOKS[look])
    expect(page.get_by_text("Rasa svarar inte just nu.")).to_be_visible()
    sound(page, "the queue while Rasa is away")


@pytest.mark.parametrize("look", LOOKS)
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
    page.evaluate("document.querySelectorAll('[name=take_over]').forEach((field) => field.remove())")
    page.get_by_role("button", name="Ta över från Bo").click()
    expect(page.get_by_role("heading", name="Bo har redan tagit det")).to_be_visible()
    sound(page, "taken by a colleague")
    window.faults = [fault for fault in window.faults if "Failed to load resource" not in fault]


def test_a_calendar_address_that_was_just_made(window: Window, seeded: Seeded) -> None:
    page = window.open(seeded.karin, "/console/calendar", **LOOKS["320 px, as at 400 % zoom, dark"])
    page.get_by_role("button", name="Gör en kalenderadress").click()
    expect(page.get_by_text("Den visas bara den här gången.")).to_be_visible()
    expect(page.get_by_role("link", name="/kalender/")).to_be_visible()
    sound(page, "a calendar address")


def test_english_pages_say_so(window: Window, seeded: Seeded) -> None:
    page = window.open(seeded.karin, f"/console/cases/{seeded.mine}")
    page.get_by_text("Inloggad: Karin").click()
    page.get_by_role("link", name="In English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", name="Get and use Swish")).to_be_visible()
    assert page.url.endswith(f"/console/cases/{seeded.mine}")
    sound(page, "a case in English")


def _tab_to(page: Page, wanted: Callable[[], bool], most: int = 90) -> None:
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


@pytest.mark.parametrize("look", LOOKS)
def test_from_signing_in_to_resolving_by_keyboard_alone(
    window: Window, seeded: Seeded, stand: Stand, look: str
) -> None:
    add_user(stand.database, stand.clock, "eva@bibliotek.example", "handledare", "en lång fin mening", "Eva")
    page = window.open(None, "/console", **LOOKS[look])
    for field, typed in (("#email", "eva@bibliotek.example"), ("#password", "en lång fin mening")):
        _tab_to(page, _focused(page, field))
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Väntar")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()  # else the next Tab goes from wherever the jump has come to
    _tab_to(page, _focused(page, f"#case-{seeded.waiting}"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{seeded.waiting}")
    _tab_to(page, _focused(page, "#claim, .act-bar button.main"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ärendet är ditt.")).to_be_visible()
    expect(page.locator("#reply-text")).to_be_focused()
    page.keyboard.type("Hej! Ring banken nu.")
    _tab_to(page, _focused(page, "#reply button.main"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Svaret är på väg.")).to_be_visible()
    expect(page.locator("#latest")).to_contain_text("Hej! Ring banken nu.")
    _tab_to(page, _focused(page, "[name=outcome]"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Råd givet")).to_be_checked()
    _tab_to(page, _focused(page, "#resolve button"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ärendet är avslutat.", exact=True)).to_be_visible()
    assert stand.sent(seeded.waiting) == ["Eva: Hej! Ring banken nu."]
    assert (stand.row(seeded.waiting).status, stand.row(seeded.waiting).outcome) == (Status.RESOLVED, "advice_given")


@pytest.mark.parametrize("look", LOOKS)
def test_the_pages_of_places(window: Window, stand: Stand, look: str) -> None:
    expired = place(id="kalmar-gammal", name="Gamla träffpunkten", valid_to="2026-10-31", helps_with=["swish"])
    sample = place(id="kalmar-exempel", verified_at="sample", verified_by=None, sample=True)
    removed = place(id="kalmar-borta", name="Borta")
    keep_places(stand.database, [place(), expired, sample, removed], stand.clock)
    sam = stand.account("Sam", role="samordnare")
    PlaceDesk(stand.database, stand.clock).remove(Viewer(sam.id), "kalmar-borta")
    page = window.open(sam, **LOOKS[look])
    for path in (
        "",
        "?kommun=Kalmar&done=removed",
        "/kalmar-bibliotek?done=saved",
        "/kalmar-gammal",
        "/kalmar-borta",
        "/new",
        "/kalmar-exempel/edit",
    ):
        page.goto(f"/console/places{path}")
        sound(page, f"places{path}")
    page.get_by_label("Namn").fill("")
    page.get_by_role("group", name="Måndag").get_by_label("Bemannat", exact=True).fill("tio till fem")
    page.get_by_role("button", name="Spara platsen").click()
    expect(page.get_by_role("alert")).to_contain_text("Att rätta: 2")
    sound(page, "a place with faults")
    page.get_by_role("link", name="Måndag, bemannat").click()
    expect(page.locator("#staffed_0")).to_be_focused()
    expect(page.locator("#staffed_0")).to_have_value("tio till fem")
    page.goto("/console/places/kalmar-bibliotek")
    page.get_by_role("button", name="Ta bort platsen").click()
    expect(page.get_by_role("alert")).to_contain_text("Kryssa i rutan")
    sound(page, "removing without a tick")
    assert all("422" in fault for fault in window.faults)
    window.faults.clear()
