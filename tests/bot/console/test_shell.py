"""What stands around every page: the menu by role, the foot, the list of shortcuts, the accessibility statement."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from bot.console.statement_words import STATEMENT_WORDS
from bot.domain.account import ROLES
from bot.domain.case import Urgency
from tests.bot.console.stand import Desk, Stand, browser_of

STATEMENT = "/console/tillganglighet"
EVERYBODYS = {
    "/console",
    "/console/courses",
    "/console/loans",
    "/console/places",
    "/console/guides",
    "/console/remarks",
    "/console/duty",
}
ONES_OWN = {"/console/search", "/console/account", "/console/calendar", "/console/keys"}
NO_READERS = {"/console/links"}
LEADERS = {"/console/accounts", "/console/audit"}


class _Links(HTMLParser):
    """Where the links of a page's top lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page[page.index("<header") : page.index("</header>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.add(dict(attrs)["href"] or "")


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_leads_only_where_the_role_may_go(at_desk: Callable[..., Desk], role: str) -> None:
    desk = at_desk("Karin", role)
    links = {link for link in _Links(desk.get("/console/remarks").text).found if "/language/" not in link}
    links_of_people = NO_READERS if role != "reader" else set()
    assert links == EVERYBODYS | ONES_OWN | links_of_people | (LEADERS if role in ("samordnare", "admin") else set())
    assert {link: status for link in links if (status := desk.get(link).status_code) != 200} == {}


@pytest.mark.parametrize("path", sorted(EVERYBODYS | ONES_OWN | LEADERS))
def test_the_menu_says_where_one_is(at_desk: Callable[..., Desk], path: str) -> None:
    page = at_desk("Sam", "samordnare").get(path).text
    current = set(re.findall(r'<a href="([^"]+)" aria-current="page"', page[: page.index("</header>")]))
    assert current == {path}


def test_every_page_says_how_many_wait(karin: Desk) -> None:
    assert 'id="awaits" hidden' in karin.get("/console/guides").text
    karin.stand.case()
    karin.stand.case("+46701740606", urgency=Urgency.HIGH)
    taken = karin.stand.case("+46701740607")
    karin.act(taken, "claim")
    assert 'id="awaits"><span>2</span><span class="unseen"> väntar</span>' in karin.get("/console/guides").text


def test_pages_of_others_are_not_in_the_menu_of_who_is_not_signed_in(stand: Stand) -> None:
    page = browser_of(stand.app()).get("/console/sign-in").text
    assert 'id="menu"' not in page and "keys.js" not in page
    assert f'<a href="{STATEMENT}">Tillgänglighet</a>' in page


def test_anybody_may_read_the_statement(stand: Stand) -> None:
    guest = browser_of(stand.app())
    answer = guest.get(STATEMENT)
    assert answer.status_code == 200
    for told in (
        "Four municipalities",
        "(2018:1937)",
        "delvis förenlig",
        "Kalmar",
        "Vara",
        'href="https://www.digg.se/tdosanmalan"',
        "23 november 2026",
    ):
        assert told in answer.text
    guest.get("/console/language/en")
    assert "partially compliant" in guest.get(STATEMENT).text


def test_the_statement_tells_whom_to_ask_in_ones_own_municipality(at_desk: Callable[..., Desk]) -> None:
    page = at_desk("Vera", municipality="vara").get(STATEMENT).text
    assert "<li>Vara: Vara</li>" in page
    assert "<li>Kalmar" not in page


def test_every_part_that_the_regulations_ask_for_is_there() -> None:
    """Digg's list: who, what, how far, what is not accessible and why, exemptions, dates, method, how to report, supervision."""
    parts = {"title", "lead", "how", "not_language", "exempt", "when", "tested", "report", "watch", "watch_link"}
    assert {f"statement.{part}" for part in parts} <= STATEMENT_WORDS.keys()


def test_the_shortcuts_are_listed_for_who_has_no_scripts(karin: Desk) -> None:
    page = karin.get("/console/keys").text
    assert "<noscript>" in page and "<kbd>j</kbd>" in page
    assert page.count('id="keys"') == 0, "the box would say the same twice"
    karin.get("/console/language/en")
    assert "Keyboard shortcuts" in karin.get("/console/keys").text
