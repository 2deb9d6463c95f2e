"""WCAG 2.2 AA on every page there is, with a Saturday morning's content: light, dark, and as at 400 % zoom. No page can be forgotten.

One browser and one window for all: each page is opened once, and looked at in each way.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from fastapi.routing import APIRoute
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from bot.console.routes import make_console
from bot.domain.course import CourseKind
from bot.services.work_cases import CaseDesk
from bot.store.database import Database
from bot.store.tables import CourseRow, LoanUnitRow, MeetingRow
from tests.bot.console import saturday
from tests.bot.console.loan_desk import at_unit
from tests.bot.console.serving import served
from tests.bot.console.stand import SECRET_KEY, Stand, Window
from tests.bot.console.test_accessible import RULES
from tests.groups import add_booking, fill
from tests.stand_ins import SettableClock

pytestmark = pytest.mark.browser

WIDE = {"width": 1280, "height": 800}
ZOOMED = {"width": 320, "height": 256}
"""What is left of 1280 x 1024 at 400 % zoom (WCAG 1.4.10)."""
DARK_RULES = ["color-contrast"]
ZOOMED_RULES = ["target-size", "scrollable-region-focusable", "color-contrast", "link-in-text-block"]
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"
"""The text spacing that nothing may be lost by (WCAG 1.4.12)."""

PAGES: dict[str, tuple[str, ...]] = {
    "/console": ("", "?view=mine", "?view=open", "?view=answered", "?view=resolved", "?view=mine&language=en", "?view=nothing"),
    "/console/cases/{case_id}": (
        "Sven", "Gunvor", "Amira", "Kurt", "Mary", "Yusuf", "Bengt", "Astrid", "Elsa", "Ingrid", "Lars-Erik", "Rolf", "Astrid?done=reply", "Gunvor?done=claim", "999999",
    ),
    "/console/cases/{case_id}/hand-back": ("Gunvor",),
    "/console/cases/{case_id}/step": ("Gunvor", "Gunvor?guide=swish"),
    "/console/cases/{case_id}/transfer": ("Gunvor", "Astrid"),
    "/console/cases/new": ("",),
    "/console/cases/handed-over": ("",),
    "/console/cases/{case_id}/link": ("Gunvor",),
    "/console/links": ("", "?show=held", "?show=over"),
    "/console/links/{link_id}": ("1", "2", "3", "4"),
    "/console/search": ("", "?q=bankid", "?q=4711"),
    "/console/account": ("",),
    "/console/account/code": ("",),
    "/console/duty": ("",),
    "/console/accounts": ("",),
    "/console/accounts/{user_id}": ("Bo",),
    "/console/audit": ("",),
    "/console/remarks": ("",),
    "/console/guides": ("",),
    "/console/guides/{name}": ("bankid_new_phone",),
    "/console/courses": ("", "?period=past"),
    "/console/courses/new": ("",),
    "/console/courses/{course_id}": ("full", "begun"),
    "/console/courses/{course_id}/change": ("full",),
    "/console/places": ("", "?kommun=Kalmar"),
    "/console/places/new": ("",),
    "/console/places/{place_id}": ("kalmar-stadsbibliotek",),
    "/console/places/{place_id}/edit": ("kalmar-stadsbibliotek",),
    "/console/loans": ("",),
    "/console/loans/units/{unit_id}": ("1",),
    "/console/calendar": ("",),
    "/console/keys": ("",),
    "/console/tillganglighet": ("",),
    "/console/{path:path}": ("nowhere",),
}  # fmt: skip
"""Every page by its route, and in which states it is looked at."""
SIGNED_OUT = {"/console/sign-in", "/console/invitation/{token}"}
ELSEWHERE = {"/console/sign-in/code": "needs a password first: test_accessible_accounts.py"}
NO_PAGES = {
    "/console/", "/console/queue-part", "/console/cases/{case_id}/part", "/console/cases/{case_id}/hand-back/steps", "/console/cases/{case_id}/step/steps", "/console/live",
    "/console/language/{chosen}", "/console/audit.csv", "/console/attachments/{message_id}",
}  # fmt: skip
"""Parts of pages, streams and ways on."""


@dataclass
class Morning:
    """The console on a Saturday morning, seen by Karin (loans by Vera, whose library lends), and what stands in the addresses."""

    pages: dict[str, Page]
    stand: Stand
    named: dict[str, str]
    window: Window

    def open(self, path: str, state: str) -> Page:
        """A page in a state, at desktop width in light."""
        page = self.pages["nobody" if path in SIGNED_OUT else "vera" if path.startswith("/console/loans") else "karin"]
        page.emulate_media(
            color_scheme="light", forced_colors="none", reduced_motion="reduce"
        )  # no colour is caught on its way to another
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        page.goto(self.address(path, state))
        assert urlsplit(page.url).path == urlsplit(self.address(path, state)).path, "another page was shown"
        return page

    def address(self, path: str, state: str) -> str:
        if "{" not in path:
            return path + state
        name, mark, query = state.partition("?")
        start, end = path.index("{"), path.index("}")
        return path[:start] + self.named.get(name, name) + path[end + 1 :] + mark + query


@pytest.fixture(scope="module")
def morning(chromium: Browser, made_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    file = tmp_path_factory.mktemp("morning") / "lotsen.db"
    shutil.copy(made_sqlite, file)
    database = Database(f"sqlite:///{file}")
    stand = Stand(database, SettableClock(saturday.MORNING), world=saturday.real_world())
    karin, bo = stand.account("Karin Åberg", "admin"), stand.account("Bo Ek")
    vera = at_unit(stand, stand.account("Vera Lind", municipality="kalmar"), "bibliotek")
    named = {name: str(number) for name, number in saturday.fill(database, stand.clock(), karin, bo).items()}
    saturday.fill_plans(database, stand.clock())
    saturday.fill_family(database, stand.clock(), {name: int(number) for name, number in named.items()})
    named |= _groups(stand) | {"Bo": str(bo.id)}
    with served(stand) as address:
        window = Window(chromium, address, stand)
        pages = {
            "karin": window.open(karin),
            "vera": window.open(vera),
            "nobody": window.open(None, "/console/sign-in"),
        }
        yield Morning(pages, stand, named, window)
        for context in window.opened:
            context.close()
    database.close()


def _groups(stand: Stand) -> dict[str, str]:
    """A group that is full and one that has begun, by name."""
    with stand.database.writing() as session:
        ids = session.scalars(
            select(CourseRow.id).where(CourseRow.kind == CourseKind.COURSE).order_by(CourseRow.id)
        ).all()
        full, begun = ids[0], ids[1]
        first = session.scalars(
            select(MeetingRow).where(MeetingRow.course_id == begun).order_by(MeetingRow.starts_at)
        ).first()
        assert first is not None
        first.starts_at, first.ends_at = (
            at.replace(year=2026, month=11, day=27) for at in (first.starts_at, first.ends_at)
        )
        assert session.get(LoanUnitRow, 1) is not None
    fill(stand.database, full, 8, waiting=2)
    add_booking(stand.database, begun, "tg:4712", for_whom="Gunnar")
    return {"full": str(full), "begun": str(begun)}


def _faults(page: Page, rules: list[str]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(Path(AXE_FILE_PATH).read_text(encoding="utf-8"))
    kind = "tag" if "wcag2a" in rules else "rule"
    found = page.evaluate(
        "([type, values]) => axe.run({ runOnly: { type, values }, resultTypes: ['violations'] }).then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ') + ' ' + n.failureSummary).join('; ')))",
        [kind, rules],
    )
    return [str(fault) for fault in found]


def _too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways, if it does."""
    return [
        str(one)
        for one in page.evaluate(
            """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
            .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && e.checkVisibility()).map((e) => e.outerHTML.slice(0, 100)).slice(0, 5)"""
        )
    ]


def _small_targets(page: Page) -> list[str]:
    """Links, buttons and fields under 24 x 24 px that are not words in a sentence (WCAG 2.5.8), stricter than axe's exceptions by spacing."""
    return [
        str(one)
        for one in page.evaluate(
            """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter((e) => {
              if (!e.checkVisibility({ visibilityProperty: true }) || e.closest('.unseen, .skip')) return false;
              const box = e.matches('input[type=checkbox], input[type=radio]') && e.closest('label') ? e.closest('label').getBoundingClientRect() : e.getBoundingClientRect();
              const inSentence = e.matches('a') && getComputedStyle(e).display === 'inline' && e.parentElement.textContent.trim().length > e.textContent.trim().length + 3;
              return !inSentence && box.width > 0 && (box.width < 23.5 || box.height < 23.5);
            }).map((e) => e.outerHTML.slice(0, 110))"""
        )
    ]


def _headings(page: Page) -> list[str]:
    """One h1, and no level left out on the way down."""
    levels = page.evaluate(
        "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter((e) => e.checkVisibility()).map((e) => [Number(e.tagName[1]), e.textContent.trim()])"
    )
    faults = (
        []
        if [level for level, _ in levels].count(1) == 1
        else [f"h1: {[words for level, words in levels if level == 1]}"]
    )
    return faults + [
        f"{words!r} is h{level} after h{before[0]}"
        for before, (level, words) in pairwise(levels)
        if level > before[0] + 1
    ]


def _cases() -> list[tuple[str, str]]:
    return [(path, state) for path, states in PAGES.items() for state in states] + [
        ("/console/sign-in", ""),
        ("/console/invitation/{token}", "gone"),
    ]


@pytest.mark.parametrize(("path", "state"), _cases())
def test_a_page_in_every_look(morning: Morning, path: str, state: str) -> None:
    page = morning.open(path, state)
    faults = {
        "light": _faults(page, RULES),
        "wide": _too_wide(page),
        "small": _small_targets(page),
        "headings": _headings(page),
    }
    page.emulate_media(color_scheme="dark")
    faults["dark"] = _faults(page, DARK_RULES)
    page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    faults["zoomed, dark"] = _faults(page, ZOOMED_RULES)
    faults |= {"zoomed, wide": _too_wide(page), "zoomed, small": _small_targets(page)}
    page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }",
        SPACED,
    )
    faults["spaced"] = _too_wide(page)
    assert {look: found for look, found in faults.items() if found} == {}
    assert page.title().endswith(" – Lotsen") and not page.title().startswith(" –")


def test_every_page_is_looked_at(morning: Morning) -> None:
    """Each route that answers GET is in the list above, or is no page."""
    stand = morning.stand
    desk = CaseDesk(stand.database, stand.world, stand.clock, stand.wakeup)
    router = make_console(desk, stand.database, lambda: stand.world, stand.clock, SECRET_KEY, False)
    routes = {route.path for route in router.routes if isinstance(route, APIRoute) and "GET" in route.methods}
    known = PAGES.keys() | SIGNED_OUT | ELSEWHERE.keys() | NO_PAGES
    assert sorted(routes - known) == []
    assert sorted(known - routes) == []


def test_titles_tell_pages_apart(morning: Morning) -> None:
    titles: dict[str, list[str]] = {}
    for path, states in PAGES.items():
        titles.setdefault(morning.open(path, states[0]).title(), []).append(path)
    assert [paths for paths in titles.values() if len(paths) > 1] == []
