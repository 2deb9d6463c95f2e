"""WCAG 2.2 AA on the queue with its filters and pages, on alarms, and on the search."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bot.domain.case import Reason, Urgency
from bot.services import read_queue
from bot.store.tables import CaseRow, SessionRow
from tests.bot.console.stand import Stand, Window
from tests.bot.console.test_accessible import LOOKS, sound
from tests.stand_ins import ASTRID, KURT, SVEA

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("look", LOOKS)
def test_every_state_of_queue_and_search(
    window: Window, stand: Stand, look: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_queue, "PAGE", 2)
    long_name = "Svea-Margareta von Silfverhjelm-Lagercrantz"
    said = (("resident", "Räkningen från elbolaget " * 12), ("bot", "Stopp!"))
    fraud = stand.case(SVEA, urgency=Urgency.HIGH, reason=Reason.FRAUD, said=said, waited=200)
    stand.case(ASTRID, urgency=Urgency.CRITICAL, reason=Reason.EMERGENCY, said=said)
    stand.case(KURT, said=said, municipality=None, topic=None)
    with stand.database.writing() as session:
        session.get_one(CaseRow, fraud).alarm = 3
        session.get_one(CaseRow, fraud).person_name = long_name
    page = window.open(stand.account(), **LOOKS[look])
    for path in (
        "?municipality=kalmar&urgency=high",
        "?view=open&page=2",
        "?view=mine&topic=swish",
        "/search",
        "/search?q=rakning",
        "/search?q=0605",
        "/search?q=finnsinte",
    ):
        page.goto(f"/console{path}")
        for closed in page.locator("main summary").all():
            closed.click()
        sound(page, path)
    page.goto("/console")
    page.get_by_role("button", name="Ljud vid brådskande").click()
    stand.case("+46701740610", urgency=Urgency.HIGH, reason=Reason.FRAUD)
    expect(page.locator("#live-urgent")).to_contain_text("Nytt brådskande")
    sound(page, "a new urgent case")
    page.keyboard.press("Tab")
    page.get_by_role("searchbox").fill("elbolaget")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_have_text("elbolaget")


@pytest.mark.parametrize("look", LOOKS)
def test_a_page_whose_session_is_over(window: Window, stand: Stand, look: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.console.views.live.HEARTBEAT_S", 0.5)
    page = window.open(stand.account(), **LOOKS[look])
    with stand.database.writing() as session:
        session.query(SessionRow).delete()
    expect(page.get_by_role("link", name="Logga in igen")).to_be_visible()
    expect(page.locator("#live-over").get_by_role("link", name="Till kön")).to_be_hidden()
    sound(page, "signed out")
    window.faults.clear()  # who comes back too late is refused, and that is what is shown
