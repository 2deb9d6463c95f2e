"""WCAG 2.2 AA on the pages of a case: what is known, calling, handing over, somebody at the desk; and the bar for thumbs on a phone."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from bot.domain.address import Address
from bot.domain.case import Reason, Urgency
from bot.domain.conversation import Conversation, Position
from bot.services.call_back import CallDesk, CallResult
from bot.services.open_case_for import Came, Visitor, open_case_for
from bot.services.work_cases import CaseDesk
from bot.store.tables import CaseRow, ConversationRow, UserRow
from tests.bot.console.stand import CONSOLE_WORLD, Stand, Window
from tests.bot.console.test_accessible import LOOKS, sound
from tests.bot.two_units import with_units
from tests.stand_ins import ASTRID, KURT, SVEA

pytestmark = pytest.mark.browser


@pytest.fixture
def stand(stand: Stand) -> Stand:
    stand.world = with_units(CONSOLE_WORLD)
    return stand


@dataclass(frozen=True)
class Seeded:
    """Cases of the library in every state that has something of its own to show."""

    karin: UserRow
    callback: int
    mine: int
    resolved: int
    desk: int
    hidden: int


@pytest.fixture
def seeded(stand: Stand) -> Seeded:
    karin, bo = (stand.account(name, municipality="kalmar") for name in ("Karin", "Bo"))
    cilla = stand.account("Cilla", municipality="kalmar")
    with stand.database.writing() as session:
        for user in (karin, bo):
            session.get_one(UserRow, user.id).unit = user.unit = "library"
        session.get_one(UserRow, cilla.id).unit = cilla.unit = "centre"
    desk = CaseDesk(stand.database, stand.world, stand.clock, stand.wakeup)
    callback = stand.case(SVEA, urgency=Urgency.HIGH, reason=Reason.CALLBACK)
    mine, resolved = stand.case(KURT), stand.case(ASTRID)
    with stand.database.writing() as session:
        for number in (callback, mine, resolved):
            session.get_one(CaseRow, number).unit = "library"
        row = session.get_one(ConversationRow, session.get_one(CaseRow, callback).conversation_id)
        known = {"relation": "mamma", "device": "iphone", "bank": "Swedbank"}
        state = Conversation.from_json(row.state).with_(
            position=Position("swish", "swish-2", (), 2), known=known, near="Smedby"
        )
        row.state = state.to_json()
    desk.claim(mine, karin)
    calls = CallDesk(stand.database, lambda: stand.world, stand.clock)
    calls.phoned(mine, karin, CallResult.NO_ANSWER, "Provar igen efter tre")
    calls.name_person(mine, karin, "Gunvor med ett ganska långt efternamn")
    desk.resolve(resolved, karin, "solved", "Ta bort appen och ladda ner den igen.")
    opened = open_case_for(
        stand.database, lambda: stand.world, stand.clock, karin, Visitor(Came.DESK, "Får inte igång plattan", "Ulla")
    )
    stand.clock.pass_(minutes=5)
    again = Visitor(Came.PHONE, "Vill ha ett intyg", number=Address(ASTRID))
    hidden = open_case_for(stand.database, lambda: stand.world, stand.clock, cilla, again)
    desk.reply(hidden.case_id, cilla, "Hej från kontaktcenter")
    desk.resolve(hidden.case_id, cilla, "solved")
    return Seeded(karin, callback, mine, resolved, opened.case_id, resolved)


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_in_every_state(window: Window, stand: Stand, seeded: Seeded, look: str) -> None:
    page = window.open(seeded.karin, "/console", **LOOKS[look])
    for name in ("callback", "mine", "resolved", "desk"):
        page.goto(f"/console/cases/{getattr(seeded, name)}")
        page.evaluate("document.querySelectorAll('main details').forEach((each) => each.open = true)")
        sound(page, name)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ulla")
    page.goto(f"/console/cases/{seeded.hidden}")
    expect(page.get_by_text("Något sades med en annan enhet och visas inte här.")).to_be_visible()
    page.goto(f"/console/cases/{seeded.mine}/transfer")
    sound(page, "transfer")
    page.get_by_label("Enhet", exact=True).select_option("kalmar/centre")
    page.get_by_role("button", name="Välj enhet").click()
    expect(page.get_by_label("Personen har sagt ja")).to_be_visible()
    sound(page, "consent")
    page.goto("/console/cases/new")
    sound(page, "new")
    page.get_by_label("Vad behöver personen hjälp med?").fill("Något")
    page.get_by_label("Telefonnummer").fill("hej")
    page.get_by_role("button", name="Öppna ärendet").click()
    expect(page.get_by_role("alert")).to_contain_text("Det är inget telefonnummer.")
    sound(page, "new, wrong")
    for _ in range(2):
        page.goto("/console/cases/new")
        page.get_by_label("Vad behöver personen hjälp med?").fill("Något")
        page.get_by_label("Namn").fill("Gunvor")
        page.get_by_role("button", name="Öppna ärendet").click()
        stand.clock.pass_(minutes=2)
    expect(page.get_by_role("alert")).to_contain_text("Är det samma person?")
    sound(page, "new, perhaps the same person")
    page.get_by_role("link", name="Samma person").click()
    page.get_by_text("Skriv personens nummer").click()
    page.get_by_label("Telefonnummer").fill("hej")
    page.get_by_role("button", name="Spara numret").click()
    expect(page.get_by_role("alert")).to_contain_text("Det är inget telefonnummer.")
    sound(page, "number, wrong")
    page.goto("/console/cases/handed-over?case=3")
    sound(page, "handed over")
    window.faults = [fault for fault in window.faults if "Failed to load resource" not in fault]


def test_a_word_without_an_end_is_broken(window: Window, stand: Stand, seeded: Seeded) -> None:
    endless = "W" * 80
    CallDesk(stand.database, lambda: stand.world, stand.clock).name_person(seeded.mine, seeded.karin, endless)
    desk = CaseDesk(stand.database, stand.world, stand.clock, stand.wakeup)
    desk.note(seeded.mine, seeded.karin, endless * 4)
    stand.says(seeded.mine, endless * 4)
    page = window.open(seeded.karin, viewport={"width": 320, "height": 256})
    case = f"/console/cases/{seeded.mine}"
    for path in ("/console?view=mine", case, f"{case}/transfer", f"/console/search?q={endless}"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    desk.resolve(seeded.mine, seeded.karin, "solved", endless * 4)
    page.goto(f"/console/search?q={endless}")
    expect(page.locator("main")).to_contain_text(endless)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def _height_of(page: Page, text: str) -> float:
    box = page.locator(".act-bar").get_by_text(text, exact=True).bounding_box()
    assert box
    assert box["y"] + box["height"] <= 800, f"{text} is below the window"
    return box["height"]


def test_the_things_to_do_are_within_reach_of_a_thumb(window: Window, seeded: Seeded) -> None:
    page = window.open(seeded.karin, f"/console/cases/{seeded.callback}", viewport={"width": 390, "height": 800})
    for text in ("Ta ärendet", "Svara", "Avsluta"):
        assert 44 <= _height_of(page, text) < 60, f"{text} is broken over several lines"
    assert page.get_by_role("button", name="Ta ärendet").count() == 1
    page.locator(".act-bar").get_by_text("Ta ärendet").click()
    expect(page.get_by_text("Ärendet är ditt.")).to_be_visible()
    page.locator("#reply-text").blur()  # whoever writes has the whole screen
    page.locator(".act-bar").get_by_text("Avsluta", exact=True).click()
    expect(page.get_by_role("heading", name="Avsluta ärendet")).to_be_in_viewport()
    page.locator(".act-bar").get_by_text("Svara", exact=True).click()
    expect(page.locator("#reply-text")).to_be_in_viewport()
    expect(page.locator(".act-bar")).to_be_hidden()
    wide = window.open(seeded.karin, f"/console/cases/{seeded.mine}")
    expect(wide.locator(".act-bar")).to_be_hidden()


def test_what_is_typed_stays_while_a_colleague_changes_the_case(window: Window, stand: Stand, seeded: Seeded) -> None:
    page = window.open(seeded.karin, f"/console/cases/{seeded.mine}")
    page.locator("#helped").fill("Starta om")
    page.get_by_text("Jag ringde", exact=True).click()
    page.locator("#call-text").fill("Hon sa att")
    stand.says(seeded.mine, "hallå är nån där")
    expect(page.locator("#latest")).to_contain_text("hallå är nån där")
    expect(page.locator("#helped")).to_have_value("Starta om")
    expect(page.locator("#call-text")).to_have_value("Hon sa att")
