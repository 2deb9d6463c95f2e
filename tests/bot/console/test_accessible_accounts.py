"""WCAG 2.2 AA on the pages of accounts, codes at sign-in, invitations and the audit log; and the two of them that have scripts."""

from __future__ import annotations

import pyotp
import pytest
from playwright.sync_api import Page, expect

from bot.services.accounts import AccountDesk, add_user
from bot.services.invitations import InvitationDesk
from tests.bot.console.stand import CONSOLE_WORLD, Stand, Window
from tests.bot.console.test_accessible import LOOKS, sound
from tests.bot.console.visiting import PASSWORD, code_of, give_code_to
from tests.bot.services.quick_passwords import hash_quickly

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


def desk(stand: Stand) -> InvitationDesk:
    return InvitationDesk(
        stand.database, stand.clock, AccountDesk(stand.database, stand.clock, lambda: CONSOLE_WORLD.organisation)
    )


def enter(page: Page, email: str) -> None:
    page.goto("/console/sign-in")
    page.get_by_label("E-post").fill(email)
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()


@pytest.mark.parametrize("look", LOOKS)
def test_looking_after_accounts(window: Window, stand: Stand, look: str) -> None:
    ada = stand.account("Ada", role="admin")
    anna, bo = (
        stand.account("Anna-Karin Lindström-Bergqvist", municipality="kalmar"),
        stand.account("Bo", role="reader", municipality="vara"),
    )
    give_code_to(stand, anna.id)
    AccountDesk(stand.database, stand.clock, lambda: CONSOLE_WORLD.organisation).disable(ada, bo.id)
    desk(stand).invite(ada, "ny.handledare.med.langt.namn@kommun.example", "handledare", "kalmar", "library")
    page = window.open(ada, "/console/accounts", **LOOKS[look])
    sound(page, "accounts")
    for user in (ada, anna, bo):
        page.goto(f"/console/accounts/{user.id}?done=role")
        sound(page, f"the account of {user.name}")
    page.goto(f"/console/accounts/{anna.id}")
    page.get_by_role("button", name="Ny länk för lösenord").click()
    expect(page.get_by_role("heading", name="Länken till")).to_be_visible()
    sound(page, "a link for a password")
    page.goto("/console/accounts")
    page.get_by_label("E-post").fill("a@b")
    page.get_by_label("Kommun och enhet").select_option("kalmar/")
    page.get_by_role("button", name="Gör en länk").click()
    sound(page, "a link that was made")
    page.goto("/console/accounts")
    page.get_by_label("E-post").fill(bo.email)
    page.get_by_label("Kommun och enhet").select_option("kalmar/")
    page.get_by_role("button", name="Gör en länk").click()
    expect(page.get_by_role("alert")).to_contain_text("Det finns redan ett konto")
    sound(page, "an invitation with a fault")
    page.goto("/console/audit")
    sound(page, "the audit log")
    for query in ("?act=account_disable", "?case=x", "?act=reply"):
        page.goto(f"/console/audit{query}")
        sound(page, f"the audit log{query}")
    window.faults = [fault for fault in window.faults if "Failed to load resource" not in fault]


@pytest.mark.parametrize("look", LOOKS)
def test_from_an_invitation_to_a_code_at_sign_in(window: Window, stand: Stand, look: str) -> None:
    made = desk(stand).invite(stand.account("Ada", role="admin"), "bo@kommun.example", "handledare", "kalmar", None)
    page = window.open(None, f"/console/invitation/{made.token}", **LOOKS[look])
    sound(page, "an invitation")
    page.get_by_label("Namn", exact=True).fill("Bo Ek")
    field = page.get_by_label("Lösenord", exact=True)
    field.fill("lösenord1234")
    page.get_by_role("button", name="Visa lösenordet").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Dölj lösenordet").click()
    expect(field).to_have_attribute("type", "password")
    page.get_by_role("button", name="Skapa kontot").click()
    expect(page.get_by_role("alert")).to_contain_text("lätt att gissa")
    expect(field).to_have_value("")
    sound(page, "an invitation with a fault")
    field.fill(PASSWORD)
    page.get_by_role("button", name="Skapa kontot").click()
    expect(page.get_by_role("status")).to_contain_text("Välkommen!")
    sound(page, "one's own account")
    page.get_by_role("link", name="Ordna kod vid inloggning").click()
    page.get_by_text("Går det inte att läsa av bilden?").click()
    sound(page, "setting up a code")
    secret = page.locator("[name=secret]").input_value()
    page.get_by_label("Kod från appen").fill("000000")
    page.get_by_role("button", name="Slå på").click()
    expect(page.get_by_role("alert")).to_contain_text("Koden stämmer inte.")
    sound(page, "setting up a code, with a wrong one")
    page.get_by_label("Kod från appen").fill(pyotp.TOTP(secret).at(stand.clock()))
    page.get_by_role("button", name="Slå på").click()
    expect(page.get_by_role("heading", name="Dina reservkoder")).to_be_visible()
    expect(page.locator(".codes li")).to_have_count(10)
    sound(page, "recovery codes")
    page.goto("/console/account")
    for closed in page.locator("main summary").all():
        closed.click()
    sound(page, "one's own account with a code")
    page.goto(f"/console/invitation/{made.token}")
    sound(page, "a link that is over")
    window.faults = [fault for fault in window.faults if "Failed to load resource" not in fault]


@pytest.mark.parametrize("look", LOOKS)
def test_signing_in_with_a_code_by_keyboard(window: Window, stand: Stand, look: str) -> None:
    user_id = add_user(stand.database, stand.clock, "karin@kommun.example", "handledare", PASSWORD, "Karin")
    secret, recovery = give_code_to(stand, user_id)
    page = window.open(None, "/console/sign-in", **LOOKS[look])
    enter(page, "karin@kommun.example")
    expect(page.get_by_label("Kod från appen")).to_be_focused()
    sound(page, "asking for the code")
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Koden stämmer inte")
    sound(page, "a wrong code")
    page.get_by_label("Kod från appen").fill(code_of(stand, secret))
    page.keyboard.press("Enter")
    page.wait_for_url("**/console")
    page = window.open(None, "/console/sign-in", **LOOKS[look])
    enter(page, "karin@kommun.example")
    page.get_by_text("Har du inte telefonen?").click()
    sound(page, "asking for a recovery code")
    page.get_by_label("Reservkod", exact=True).fill(recovery[0])
    page.keyboard.press("Enter")
    page.wait_for_url("**/console")
    window.faults = [fault for fault in window.faults if "Failed to load resource" not in fault]
