"""Answering in a real Chromium: taking back, drafts on another device and offline, who else is there, ready words."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from bot.domain.canned_reply import CannedReply
from bot.domain.sms_text import prepare
from bot.services.answer_case import HELD
from bot.store import drafts
from bot.store.tables import UserRow
from tests.bot.console.stand import CONSOLE_WORLD, Stand, Window

pytestmark = pytest.mark.browser

TEXT = "Vi ringde dig nyss."
REPLIES = (CannedReply("ringde", {"sv": "Vi ringde", "en": "We called"}, {"sv": TEXT, "en": "We called you."}),)


@pytest.fixture
def stand(stand: Stand) -> Stand:
    stand.world = replace(CONSOLE_WORLD, replies=REPLIES)
    return stand


def _draft(stand: Stand, case: int, user: UserRow) -> str:
    with stand.database.reading() as session:
        return drafts.of(session, case, user.id).get("reply", "")


def _soon(holds: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < until, what
        time.sleep(0.05)


def test_a_reply_is_taken_back_and_written_anew(window: Window, stand: Stand) -> None:
    case = stand.case()
    page = window.open(stand.account(), f"/console/cases/{case}")
    page.locator("#reply-text").fill("Hej Svae")
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.locator(".sending .left")).to_contain_text(" s")
    page.get_by_role("button", name="Ångra").click()
    expect(page.get_by_text("Svaret är ångrat och skickades aldrig.")).to_be_visible()
    expect(page.locator("#latest")).to_contain_text("Ångrat, skickades aldrig")
    expect(page.locator("#reply-text")).to_have_value("Hej Svae")
    page.locator("#reply-text").fill("Hej Svea")
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.locator("#latest")).to_contain_text("Karin: Hej Svea")
    expect(page.locator("#reply-text")).to_have_value("")
    assert stand.sent(case) == ["Karin: Hej Svae", "Karin: Hej Svea"]


def test_when_the_time_is_over_the_button_goes_and_focus_is_not_lost(window: Window, stand: Stand) -> None:
    case = stand.case()
    karin = stand.account()
    page = window.open(karin, f"/console/cases/{case}")
    page.locator("#reply-text").fill("Hej")
    stand.clock.pass_(seconds=0)
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.locator(".sending")).to_be_visible()
    stand.clock.at += HELD * 0.8
    page.reload()
    page.locator(".undo").focus()
    expect(page.locator(".sending")).to_have_count(0)
    expect(page.locator("#reply-text")).to_be_focused()


def test_a_draft_is_there_on_another_device(window: Window, stand: Stand) -> None:
    case = stand.case()
    karin = stand.account()
    library = window.open(karin, f"/console/cases/{case}")
    library.locator("#reply-text").press_sequentially("Halva sva")
    _soon(lambda: _draft(stand, case, karin) == "Halva sva", "the draft is not saved")
    phone = window.open(karin, f"/console/cases/{case}")
    expect(phone.locator("#reply-text")).to_have_value("Halva sva")
    expect(phone.get_by_text("Ditt utkast finns kvar.")).to_be_visible()
    phone.locator("#reply-text").fill("Halva svaret, nu helt")
    phone.goto("/console")  # sooner than the second has passed
    _soon(lambda: _draft(stand, case, karin) == "Halva svaret, nu helt", "the draft is not saved when the page is left")
    library.reload()
    expect(library.locator("#reply-text")).to_have_value("Halva svaret, nu helt")
    library.get_by_role("button", name="Skicka svaret").click()
    expect(library.locator("#latest")).to_contain_text("Halva svaret, nu helt")
    library.wait_for_timeout(1500)
    assert _draft(stand, case, karin) == ""
    phone.goto(f"/console/cases/{case}")
    expect(phone.locator("#reply-text")).to_have_value("")


def test_a_draft_waits_offline_and_is_saved_when_the_net_is_back(window: Window, stand: Stand) -> None:
    case = stand.case()
    karin = stand.account()
    page = window.open(karin, f"/console/cases/{case}")
    page.context.set_offline(True)
    page.locator("#reply-text").press_sequentially("Skrivet på bussen")
    page.wait_for_timeout(1500)
    assert _draft(stand, case, karin) == ""
    page.context.set_offline(False)
    _soon(lambda: _draft(stand, case, karin) == "Skrivet på bussen", "the draft is not saved when the net is back")
    expect(page.locator("#reply-text")).to_have_value("Skrivet på bussen")
    window.faults = [fault for fault in window.faults if "ERR_" not in fault]


def test_colleagues_see_each_other_come_and_write(window: Window, stand: Stand) -> None:
    case = stand.case()
    karin, bo = stand.account("Karin"), stand.account("Bo")
    page = window.open(karin, f"/console/cases/{case}")
    page.locator("#reply-text").fill("Halva sva")
    other = window.open(bo, f"/console/cases/{case}")
    expect(page.get_by_text("Bo läser just nu.")).to_be_visible()
    other.locator("#reply-text").press_sequentially("Hej")
    expect(page.get_by_text("Bo skriver just nu.")).to_be_visible()
    expect(page.locator("#reply-text")).to_have_value("Halva sva")
    expect(page.locator("#live-note")).to_have_text("")
    stand.clock.pass_(seconds=41)
    expect(page.locator("#presence")).not_to_contain_text("skriver just nu")
    window.faults = [fault for fault in window.faults if "ERR_" not in fault]


def test_ready_words_come_in_where_one_writes(window: Window, stand: Stand) -> None:
    case = stand.case()
    page = window.open(stand.account(), f"/console/cases/{case}")
    box, count = page.locator("#reply-text"), page.locator("#reply-count")
    box.fill("Hej! Ha det bra.")
    expect(count).to_have_text(f"1 SMS, {160 - len('Karin: Hej! Ha det bra.')} tecken kvar")
    box.evaluate("box => box.setSelectionRange(4, 4)")
    page.get_by_label("Färdigt svar").select_option("ringde")
    page.get_by_role("button", name="Sätt in").click()
    expect(box).to_have_value(f"Hej! {TEXT} Ha det bra.")
    expect(box).to_be_focused()
    cost = prepare(f"Karin: Hej! {TEXT} Ha det bra.")
    expect(count).to_have_text(f"1 SMS, {160 - len(cost.text)} tecken kvar")
    page.keyboard.press("Control+z")
    expect(box).to_have_value("Hej! Ha det bra.")


def test_a_step_of_a_guide_is_added_to_what_was_begun(window: Window, stand: Stand) -> None:
    case = stand.case()
    page = window.open(stand.account(), f"/console/cases/{case}")
    page.locator("#reply-text").fill("Hej Svea.")
    page.get_by_role("link", name="Skicka ett steg ur en guide").click()
    page.get_by_label("Guide").select_option("print_scan")
    page.locator("#step-print_scan-2").check()
    page.get_by_role("button", name="Lägg i svaret").click()
    expect(page.locator("#reply-text")).to_have_value("Hej Svea.\nprint_scan 2.")
    page.reload()
    expect(page.locator("#reply-text")).to_have_value("Hej Svea.\nprint_scan 2.")
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.locator("#latest")).to_contain_text("print_scan 2.")
    assert stand.sent(case) == ["Karin: Hej Svea.\nprint_scan 2."]


def test_all_of_it_works_without_scripts(window: Window, stand: Stand) -> None:
    case = stand.case()
    karin = stand.account()
    page = window.open(karin, f"/console/cases/{case}", java_script_enabled=False)
    page.get_by_label("Ditt svar").fill("Hej.")
    page.get_by_role("button", name="Spara utkastet").first.click()
    expect(page.get_by_text("Utkastet är sparat.")).to_be_visible()
    page.get_by_label("Färdigt svar").select_option("ringde")
    page.get_by_role("button", name="Sätt in").click()
    expect(page.get_by_label("Ditt svar")).to_have_value(f"Hej.\n{TEXT}")
    page.get_by_role("link", name="Skicka ett steg ur en guide").click()
    page.get_by_label("Guide").select_option("print_scan")
    page.get_by_role("button", name="Visa stegen").click()
    page.get_by_role("button", name="Lägg i svaret").click()
    expect(page.get_by_label("Ditt svar")).to_have_value("Hej.\nprint_scan 1.")
    page.get_by_role("button", name="Skicka svaret").click()
    page.get_by_role("button", name="Ångra").click()
    expect(page.get_by_text("Svaret är ångrat och skickades aldrig.")).to_be_visible()
    assert _draft(stand, case, karin) == "Hej.\nprint_scan 1."


def test_who_writes_sees_at_once_that_a_colleague_has_taken_the_case(window: Window, stand: Stand) -> None:
    case = stand.case()
    karin = stand.account()
    page = window.open(karin, f"/console/cases/{case}")
    page.locator("#reply-text").press_sequentially("Hej Svea, jag")
    _soon(lambda: _draft(stand, case, karin) == "Hej Svea, jag", "the draft is not saved")
    colleague = window.open(stand.account("Bo"), f"/console/cases/{case}")
    colleague.locator("#claim").click()
    expect(page.locator("#reply-state")).to_have_text("Bo har tagit ärendet. Det du har skrivit är sparat.")
    expect(page.get_by_role("button", name="Skicka svaret")).to_have_count(0)
    expect(page.get_by_text("Ärendet blir ditt när du svarar.")).to_be_hidden()
    expect(page.locator("#reply-text")).to_have_value("Hej Svea, jag")
    colleague.locator("#release").click()
    expect(page.locator("#reply-state")).to_have_text("")
    expect(page.get_by_role("button", name="Skicka svaret")).to_be_visible()
    expect(page.get_by_text("Ärendet blir ditt när du svarar.")).to_be_visible()


SIZES = ({"width": 390, "height": 760}, {"width": 1280, "height": 860})


@pytest.mark.parametrize("size", SIZES, ids=("phone", "desk"))
def test_the_page_stays_where_it_is_when_a_part_of_it_is_exchanged(
    window: Window, stand: Stand, size: dict[str, int]
) -> None:
    case = stand.case(said=tuple(("resident", f"Rad {i} av mycket som jag vill berätta") for i in range(20)))
    page = window.open(stand.account(), f"/console/cases/{case}#latest", viewport=size)
    page.wait_for_timeout(500)
    for part in ("#sending", "#reply"):
        page.evaluate(f"document.querySelector('{part}').scrollIntoView({{block: 'end'}})")
        page.wait_for_timeout(150)
        where = f"document.querySelector('{part}').getBoundingClientRect().top"
        before = page.evaluate(where)
        with page.expect_response("**/part"):
            page.evaluate("htmx.trigger(document.body, 'changed')")
        page.wait_for_timeout(500)  # the browser moves the page once all of it is in its place
        assert abs(page.evaluate(where) - before) < 2, f"the page jumped at {part}"


@pytest.mark.parametrize("size", SIZES, ids=("phone", "desk"))
def test_a_long_reply_can_be_taken_back_without_looking_for_how(
    window: Window, stand: Stand, size: dict[str, int]
) -> None:
    case = stand.case(said=tuple(("resident", f"Rad {i}") for i in range(20)))
    page = window.open(stand.account(), f"/console/cases/{case}", viewport=size)
    page.locator("#reply-text").fill("Ett långt svar med många ord. " * 40)
    page.get_by_role("button", name="Skicka svaret").click()
    undo = page.get_by_role("button", name="Ångra")
    expect(undo).to_be_in_viewport(ratio=1)
    stand.says(case, "Och en sak till")
    expect(page.get_by_text("Och en sak till")).to_have_count(1)
    expect(undo).to_be_in_viewport(ratio=1)
    at = "(() => { const b = document.querySelector('.undo').getBoundingClientRect(); return document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2).className })()"
    assert page.evaluate(at) == "undo", "nothing lies over it"


def test_what_a_colleague_has_or_has_closed_cannot_be_closed_from_an_old_page(window: Window, stand: Stand) -> None:
    case = stand.case()
    page = window.open(stand.account(), f"/console/cases/{case}")
    page.locator("#helped").fill("Ett nytt BankID")
    closes = page.locator("#resolve").get_by_role("button", name="Avsluta")
    expect(closes).to_be_visible()
    colleague = window.open(stand.account("Bo"), f"/console/cases/{case}")
    colleague.locator("#claim").click()
    expect(closes).to_have_count(0)
    expect(page.locator("#outcome-solved")).to_be_hidden()
    expect(page.locator("#helped")).to_have_value("Ett nytt BankID")
    colleague.locator("#release").click()
    expect(closes).to_be_visible()
    colleague.locator("#outcome-solved").check()
    colleague.locator("#resolve").get_by_role("button", name="Avsluta").click()
    expect(closes).to_have_count(0)
    expect(page.locator("#reply-state")).to_contain_text("Ärendet är avslutat.")


def test_what_is_sent_from_a_closed_case_cannot_be_taken_back(window: Window, stand: Stand) -> None:
    case = stand.case()
    page = window.open(stand.account(), f"/console/cases/{case}")
    page.locator("#reply-text").fill("Hej Svea")
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_role("button", name="Ångra")).to_be_visible()
    page.locator("#outcome-solved").check()
    page.locator("#resolve").get_by_role("button", name="Avsluta").click()
    expect(page.get_by_text("Ärendet är avslutat.").first).to_be_visible()
    expect(page.get_by_role("button", name="Ångra")).to_have_count(0)
    assert len(stand.sent(case)) == 1


def test_a_case_that_becomes_ours_while_it_is_open_can_be_answered(window: Window, stand: Stand) -> None:
    """The page had no reply box, since a colleague had the case; the link to it fetches the page anew."""
    case = stand.case()
    colleague = window.open(stand.account("Bo"), f"/console/cases/{case}")
    colleague.locator("#claim").click()
    page = window.open(stand.account(), f"/console/cases/{case}", viewport={"width": 390, "height": 800})
    expect(page.get_by_role("button", name="Ta över från Bo")).to_be_visible()
    expect(page.locator("#reply-text")).to_have_count(0)
    colleague.locator("#release").click()
    page.locator(".act-bar").get_by_role("link", name="Svara").click()
    expect(page.locator("#reply-text")).to_be_visible()
