"""What scripts add, in a real Chromium: live updates, drafts, the counter. And that everything works without them."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import expect

from bot.console.site import SESSION_COOKIE
from bot.domain.case import Reason, Status, Urgency
from bot.domain.sms_text import prepare
from bot.services.accounts import add_user
from bot.services.work_cases import CaseDesk
from tests.bot.console.stand import CONSOLE_WORLD, Stand, Window
from tests.stand_ins import KURT

pytestmark = pytest.mark.browser


def test_a_new_urgent_case_shows_by_itself(window: Window, stand: Stand) -> None:
    stand.case(KURT)
    page = window.open(stand.account())
    expect(page).to_have_title("Väntar – Lotsen")
    fraud = stand.case(urgency=Urgency.HIGH, reason=Reason.FRAUD, waited=0)
    expect(page.locator("tbody tr").first.locator("a")).to_have_id(f"case-{fraud}")
    expect(page).to_have_title("(1 brådskande) Väntar – Lotsen")
    expect(page.locator("#live-note")).to_contain_text("Uppdaterat")
    expect(page.locator("#view-waiting .count")).to_have_text("2")


def test_a_new_message_shows_while_one_writes(window: Window, stand: Stand) -> None:
    case = stand.case()
    page = window.open(stand.account(), f"/console/cases/{case}")
    page.locator("#reply-text").fill("Halva sva")
    page.locator("#reply-text").focus()
    stand.says(case, "hallå är nån där")
    expect(page.locator("#latest")).to_contain_text("hallå är nån där")
    expect(page.locator("#reply-text")).to_have_value("Halva sva")
    expect(page.locator("#reply-text")).to_be_focused()


def test_one_sees_that_a_colleague_takes_the_case(window: Window, stand: Stand) -> None:
    case = stand.case()
    karin, bo = stand.account("Karin"), stand.account("Bo")
    page = window.open(karin, f"/console/cases/{case}")
    page.locator("#reply-text").fill("Mitt svar")
    CaseDesk(stand.database, CONSOLE_WORLD, stand.clock, stand.wakeup).claim(case, bo)
    page.get_by_role("button", name="Ta över från Bo").click()
    expect(page.get_by_role("button", name="Skicka svaret")).to_be_visible()
    expect(page.locator("#reply-text")).to_have_value("Mitt svar")
    assert stand.sent(case) == []


def test_who_could_not_see_that_a_colleague_took_the_case_loses_nothing(window: Window, stand: Stand) -> None:
    case = stand.case()
    karin, bo = stand.account("Karin"), stand.account("Bo")
    page = window.open(karin, f"/console/cases/{case}", java_script_enabled=False)
    page.locator("#reply-text").fill("Mitt svar")
    CaseDesk(stand.database, CONSOLE_WORLD, stand.clock, stand.wakeup).claim(case, bo)
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_role("heading", name="Bo har redan tagit det")).to_be_visible()
    expect(page.locator("#draft")).to_have_value("Mitt svar")
    page.get_by_role("button", name="Ta över från Bo").click()
    expect(page.locator("#reply-text")).to_have_value("Mitt svar")
    assert stand.sent(case) == []
    window.faults = [fault for fault in window.faults if "409" not in fault]


def test_a_draft_survives_a_reload_and_ends_when_it_is_sent(window: Window, stand: Stand) -> None:
    case = stand.case()
    page = window.open(stand.account(), f"/console/cases/{case}")
    page.locator("#reply-text").fill("Ett utkast")
    page.reload()
    expect(page.locator("#reply-text")).to_have_value("Ett utkast")
    expect(page.get_by_text("Ditt utkast finns kvar.")).to_be_visible()
    page.get_by_role("button", name="Skicka svaret").dblclick()
    expect(page.get_by_text("Svaret är på väg.")).to_be_visible()
    expect(page.locator("#reply-text")).to_have_value("")
    assert stand.sent(case) == ["Karin: Ett utkast"]
    page.locator("#reply-text").fill("Nästa")
    page.reload()
    expect(page.locator("#reply-text")).to_have_value("Nästa")


def test_what_one_has_begun_is_nobody_elses_in_a_tab_that_changes_hands(window: Window, stand: Stand) -> None:
    case, bo = stand.case(), stand.account("Bo")
    karin = stand.account("Karin")
    page = window.open(karin, f"/console/cases/{case}")
    page.route("**/draft", lambda route: route.abort())
    page.locator("#reply-text").fill("Karins ord")
    cookie = {"name": SESSION_COOKIE, "url": window.server + "/console"}
    page.context.add_cookies([{**cookie, "value": stand.sessions[bo.id]}])
    page.reload()
    expect(page.locator("#reply-text")).to_have_value("")
    page.context.add_cookies([{**cookie, "value": stand.sessions[karin.id]}])
    page.reload()
    expect(page.locator("#reply-text")).to_have_value("Karins ord")
    # Until it is loaded anew, what the page sends has the other's form token, and is refused.
    window.faults = [fault for fault in window.faults if "ERR_FAILED" not in fault and "403 (Forbidden)" not in fault]


def test_the_steps_of_another_guide_are_shown_at_once(window: Window, stand: Stand) -> None:
    page = window.open(stand.account(), f"/console/cases/{stand.case()}/hand-back")
    expect(page.locator("#step-swish-1")).to_be_checked()
    page.get_by_label("Guide").select_option("print_scan")
    expect(page.locator("#step-print_scan-1")).to_be_checked()
    page.locator("#step-print_scan-2").check()
    page.get_by_role("button", name="Låt Lotsen fortsätta").click()
    expect(page.get_by_text("Lotsen fortsätter med invånaren.")).to_be_visible()


def test_the_counter_counts_as_the_sender_does(window: Window, stand: Stand) -> None:
    page = window.open(stand.account(), f"/console/cases/{stand.case()}")
    every = [chr(code) for code in range(1, 0x3000) if not 0xD800 <= code < 0xE000]
    texts = [f"a{char}b" for char in every] + [
        "",
        " ",
        "å" * 160,
        "å" * 161,
        "x" * 152 + "€" + "y" * 10,
        "ş" * 70,
        "ş" * 71,
        "x" * 66 + "😀" * 3,
    ]
    dice = random.Random(7)
    texts += ["".join(dice.choices("abcC1 å€^ş😀\u201d\u2026\u00b0\u00bd", k=dice.randint(1, 500))) for _ in range(300)]
    counted = page.evaluate("texts => texts.map(text => { const c = countSms(text); return [c.n, c.unusual]; })", texts)
    wrong = [
        (text, prepare(text), found)
        for text, found in zip(texts, counted, strict=True)
        if (prepare(text).segments, list(prepare(text).unusual)) != (found[0], found[1])
    ]
    assert wrong == []


def test_the_counter_warns_of_letters_that_cost_more(window: Window, stand: Stand) -> None:
    case, karin = stand.case(), stand.account()
    CaseDesk(stand.database, CONSOLE_WORLD, stand.clock, stand.wakeup).reply(case, karin, "Hej")  # says who writes
    page = window.open(karin, f"/console/cases/{case}")
    box, count = page.locator("#reply-text"), page.locator("#reply-count")
    expect(count).to_have_text("1 SMS, 160 tecken kvar")
    box.fill("å" * 161)
    expect(count).to_have_text("2 SMS, 145 tecken kvar i det sista")
    box.fill("Hej Ayşe, " + "å" * 70)
    expect(count).to_have_text("ş finns inte i SMS-alfabetet: 2 SMS i stället för 1.")
    box.fill("Hej Ayşe")
    expect(count).to_have_text("ş finns inte i SMS-alfabetet, så färre tecken ryms: 1 SMS, 62 tecken kvar.")


def test_what_a_resident_writes_is_never_run(window: Window, stand: Stand) -> None:
    bad = "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'>"
    case = stand.case(said=(("resident", bad),), summary=bad)
    page = window.open(stand.account(), "/console")
    expect(page.locator(f"#case-{case}")).to_be_visible()
    page.goto(f"/console/cases/{case}")
    expect(page.locator("#latest")).to_contain_text("window.ran")
    stand.says(case, bad)
    expect(page.locator(".message")).to_have_count(2)
    assert page.evaluate("window.ran") is None


def test_everything_works_without_scripts(window: Window, stand: Stand) -> None:
    add_user(stand.database, stand.clock, "karin@bibliotek.example", "handledare", "en lång fin mening", "Karin")
    case = stand.case()
    page = window.open(None, "/console?view=open", java_script_enabled=False)
    page.get_by_label("E-post").fill("karin@bibliotek.example")
    page.get_by_label("Lösenord").fill("en lång fin mening")
    page.get_by_role("button", name="Logga in").click()
    assert page.url.endswith("/console?view=open")
    page.get_by_role("link", name="Uppdatera sidan").click()
    page.get_by_role("link", name="Skaffa och använda Swish").click()
    page.wait_for_load_state()  # until its style has come, the buttons for phones are there as well
    page.get_by_role("button", name="Ta ärendet").click()
    page.get_by_label("Ditt svar").fill("Hej!")
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_text("Svaret är på väg.")).to_be_visible()
    page.get_by_label("Anteckning").fill("Ringde också")
    page.get_by_role("button", name="Spara anteckningen").click()
    page.get_by_role("link", name="Låt Lotsen fortsätta").click()
    page.get_by_label("Guide").select_option("print_scan")
    page.get_by_role("button", name="Visa stegen").click()
    page.locator("#step-print_scan-2").check()
    page.get_by_role("button", name="Låt Lotsen fortsätta").click()
    expect(page.get_by_text("Lotsen fortsätter med invånaren.")).to_be_visible()
    assert stand.sent(case) == ["Karin: Hej!"]
    assert stand.row(case).status == Status.RESOLVED
    page.get_by_text("Inloggad: Karin").click()
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("heading", name="Logga in")).to_be_visible()
