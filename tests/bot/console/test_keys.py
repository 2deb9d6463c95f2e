"""Keyboard shortcuts and the menu, in a real Chromium."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from bot.domain.canned_reply import CannedReply
from bot.domain.case import Status, Urgency
from bot.services.work_cases import CaseDesk
from tests.bot.console.stand import CONSOLE_WORLD, Stand, Window
from tests.stand_ins import ASTRID, KURT

pytestmark = pytest.mark.browser


def _queue(stand: Stand) -> tuple[int, int, int]:
    return stand.case(urgency=Urgency.HIGH), stand.case(KURT, waited=20), stand.case(ASTRID, waited=5)


def test_the_list_is_walked_and_a_case_is_worked_without_a_mouse(window: Window, stand: Stand) -> None:
    stand.world = replace(
        CONSOLE_WORLD,
        replies=(CannedReply("thanks", {"sv": "Tack", "en": "Thanks"}, {"sv": "Tack!", "en": "Thanks!"}),),
    )
    first, second, third = _queue(stand)
    page = window.open(stand.account())
    for key, case in (
        ("j", first),
        ("j", second),
        ("j", third),
        ("j", third),
        ("k", second),
        ("ArrowUp", first),
        ("ArrowDown", second),
    ):
        page.keyboard.press(key)
        expect(page.locator(f"#case-{case}")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{second}*")
    page.keyboard.press("t")
    expect(page.get_by_text("Ärendet är ditt.")).to_be_visible()
    assert stand.row(second).status == Status.CLAIMED
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.locator("#reply-text")).to_be_focused()
    page.keyboard.type("jgr? Hej!")
    expect(page.locator("#reply-text")).to_have_value("jgr? Hej!")
    page.keyboard.press("Escape")
    expect(page.locator("#reply-text")).not_to_be_focused()
    expect(page.locator("#reply-text")).to_have_value("jgr? Hej!")
    page.keyboard.press("n")
    expect(page.locator("#note-text")).to_be_focused()
    page.keyboard.type("Ringde")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Anteckningen är sparad.")).to_be_visible()
    expect(page.locator("#reply-text")).to_have_value("jgr? Hej!")
    page.keyboard.press("r")
    page.keyboard.press("Meta+Enter")
    expect(page.locator(".message").last).to_contain_text("jgr? Hej!")
    assert len(stand.sent(second)) == 1
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    expect(page.locator("#ready")).to_be_focused()
    page.locator("#ready").blur()
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url("**/console?view=mine")
    page.keyboard.press("g")
    page.keyboard.press("k")
    page.wait_for_url("**/console")
    page.keyboard.press("/")
    expect(page.locator("#search-box")).to_be_focused()


def test_a_key_takes_nothing_from_a_colleague(window: Window, stand: Stand) -> None:
    case = stand.case()
    bo = stand.account("Bo")
    CaseDesk(stand.database, CONSOLE_WORLD, stand.clock, stand.wakeup).claim(case, bo)
    page = window.open(stand.account(), f"/console/cases/{case}")
    page.keyboard.press("t")
    expect(page.locator("#claim")).to_be_focused()
    assert stand.row(case).claimed_by == bo.id


def test_keys_with_ctrl_alt_or_cmd_are_left_alone(window: Window, stand: Stand) -> None:
    page = window.open(stand.account(), f"/console/cases/{stand.case()}")
    page.locator("main").focus()
    for key in ("Control+r", "Alt+r", "Meta+n", "Control+j"):
        page.evaluate(
            "() => addEventListener('keydown', (event) => { window.stopped = event.defaultPrevented; event.preventDefault(); }, { once: true })"
        )
        page.keyboard.press(key)
        assert page.evaluate("window.stopped") is False, key
    expect(page.locator("#reply-text")).not_to_be_focused()


def test_the_list_of_keys_opens_and_closes(window: Window, stand: Stand) -> None:
    stand.case()
    page = window.open(stand.account())
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Kortkommandon")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("main a[id^='case-']").first).to_be_focused()


def _off(page: Page) -> None:
    page.keyboard.press("?")
    page.get_by_label("Använd kommandon med en tangent").uncheck()
    page.get_by_role("button", name="Stäng").click()


def test_single_keys_can_be_turned_off_and_stay_so(window: Window, stand: Stand) -> None:
    case = stand.case()
    page = window.open(stand.account())
    _off(page)
    page.goto(f"/console/cases/{case}")
    for key in ("r", "n", "t", "?", "/", "g", "k"):
        page.keyboard.press(key)
    expect(page.locator("#reply-text")).not_to_be_focused()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert stand.row(case).status == Status.WAITING
    page.locator("#note-text").fill("Ringde")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Anteckningen är sparad.")).to_be_visible()
    page.goto("/console/keys")
    expect(page.get_by_label("Använd kommandon med en tangent")).not_to_be_checked()
    page.get_by_label("Använd kommandon med en tangent").check()
    page.locator("main").focus()
    page.keyboard.press("g")
    page.keyboard.press("k")
    page.wait_for_url("**/console")


def test_the_menu_closes_by_itself(window: Window, stand: Stand) -> None:
    page = window.open(stand.account(), viewport={"width": 390, "height": 800})
    menu, first = page.locator("#menu"), page.locator("#menu").get_by_role("link", name="Kurser")
    page.get_by_text("Meny").click()
    expect(first).to_be_visible()
    page.keyboard.press("Escape")
    expect(first).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(first).to_be_visible()
    page.mouse.click(200, 780)
    expect(first).to_be_hidden()
    page.get_by_text("Meny").click()
    page.get_by_role("button", name="Logga ut").focus()
    page.keyboard.press("Tab")
    expect(first).to_be_hidden()


@pytest.mark.parametrize("width", [390, 320])
def test_the_top_takes_one_row_on_a_phone(window: Window, stand: Stand, width: int) -> None:
    stand.case()
    page = window.open(stand.account("Karin Anna-Lena Ekströmer"), viewport={"width": width, "height": 800})
    assert page.locator("header.top").bounding_box()["height"] <= 60  # type: ignore[index]
    assert page.locator("tbody tr").first.bounding_box()["y"] < 600, "the first case is seen without scrolling"  # type: ignore[index]
    without = window.open(stand.account(), viewport={"width": width, "height": 800}, java_script_enabled=False)
    without.get_by_text("Meny").click()
    without.get_by_role("link", name="Guider").click()
    expect(without.get_by_role("heading", name="Guider", exact=True)).to_be_visible()
