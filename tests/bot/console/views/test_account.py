"""One's own account."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from bot.services.accounts import add_user
from bot.store.tables import AuditRow, UserRow
from tests.bot.console.stand import Stand, browser_of
from tests.bot.console.visiting import PASSWORD, code_of, enter, fill_in, form_of, give_code_to, hidden
from tests.bot.services.quick_passwords import hash_quickly

EMAIL = "karin@kommun.example"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture
def user_id(stand: Stand) -> int:
    return add_user(stand.database, stand.clock, EMAIL, "reader", PASSWORD, "Karin Ek", "kalmar")


@pytest.fixture
def karin(stand: Stand, user_id: int) -> httpx.Client:
    return another(stand)


def another(stand: Stand, agent: str = "curl") -> httpx.Client:
    client = browser_of(stand.app())
    client.headers["user-agent"] = agent
    enter(client, EMAIL)
    return client


def send(visitor: httpx.Client, path: str, **fields: str) -> httpx.Response:
    return visitor.post(path, data={"form": form_of(visitor.get("/console/account")), **fields})


def row(stand: Stand, user_id: int) -> UserRow:
    with stand.database.reading() as session:
        return session.get_one(UserRow, user_id)


def test_who_one_is(karin: httpx.Client) -> None:
    page = karin.get("/console/account").text
    for said in ("Mitt konto", EMAIL, "läsare", "Kalmar", 'value="Karin Ek"', "Bara lösenordet skyddar kontot."):
        assert said in page


def test_a_name_is_changed(karin: httpx.Client, stand: Stand, user_id: int) -> None:
    done = send(karin, "/console/account/name", name="Karin", shown_as="<b>Karin</b>")
    page = karin.get(done.headers["location"]).text
    assert "Sparat." in page and "<b>Karin</b>" not in page and html.escape("<b>Karin</b>") in page
    empty = send(karin, "/console/account/name", name=" ", shown_as="Kajsa")
    assert (empty.status_code, "Skriv ett namn." in empty.text, 'value="Kajsa"' in empty.text) == (422, True, True)
    assert (row(stand, user_id).name, row(stand, user_id).shown_as) == ("Karin", "<b>Karin</b>")


def test_the_password_is_changed(karin: httpx.Client, stand: Stand, user_id: int) -> None:
    phone = another(stand)
    for old, new, status, said in (
        ("fel", "en helt annan mening", 422, "Lösenordet stämmer inte."),
        (PASSWORD, "kort", 422, "för kort"),
        (PASSWORD, "lösenord1234", 422, "lätt att gissa"),
    ):
        answer = send(karin, "/console/account/password", old=old, new=new)
        assert (answer.status_code, said in answer.text) == (status, True)
        assert f'value="{new}"' not in answer.text
    done = send(karin, "/console/account/password", old=PASSWORD, new="en helt annan mening")
    assert "Lösenordet är bytt" in karin.get(done.headers["location"]).text
    assert phone.get("/console").status_code == 303
    assert enter(browser_of(stand.app()), EMAIL).status_code == 401


def test_guessing_the_password_here_is_braked_too(karin: httpx.Client) -> None:
    answers = [
        send(karin, "/console/account/password", old="fel", new="en helt annan mening").status_code for _ in range(6)
    ]
    assert answers == [422] * 5 + [429]


def test_where_one_is_signed_in(karin: httpx.Client, stand: Stand) -> None:
    phone = another(stand, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/26.0 Safari/604.1")
    page = karin.get("/console/account")
    assert "Okänd webbläsare" in page.text and "(den här webbläsaren)" in page.text
    assert "Logga ut Safari, iPhone" in page.text
    done = send(karin, "/console/account/sessions/end", key=hidden(page, "key"))
    assert "Utloggad där." in karin.get(done.headers["location"]).text
    assert (karin.get("/console").status_code, phone.get("/console").status_code) == (200, 303)


def test_all_others_are_signed_out(karin: httpx.Client, stand: Stand) -> None:
    others = [another(stand) for _ in range(2)]
    send(karin, "/console/account/sessions/end-others")
    assert [each.get("/console").status_code for each in (karin, *others)] == [200, 303, 303]


def test_a_code_is_set_up_with_a_picture_or_by_hand(karin: httpx.Client, stand: Stand, user_id: int) -> None:
    page = karin.get("/console/account/code")
    secret = hidden(page, "secret")
    assert re.fullmatch(r"[A-Z2-7]{32}", secret)
    assert "<svg" in page.text and " style=" not in page.text
    assert " ".join(re.findall("....", secret)) in page.text
    assert f"otpauth://totp/Lotsen:karin%40kommun.example?secret={secret}" in html.unescape(page.text)
    wrong = fill_in(karin, "/console/account/code", secret=secret, code="000000")
    assert (wrong.status_code, hidden(wrong, "secret"), "Koden stämmer inte." in wrong.text) == (422, secret, True)
    assert row(stand, user_id).totp_secret is None
    done = fill_in(karin, "/console/account/code", secret=secret, code=code_of(stand, secret))
    codes = re.findall(r"<li>(\w{5}-\w{5}-\w{5})</li>", done.text)
    assert (done.status_code, len(codes), row(stand, user_id).totp_secret) == (200, 10, secret)
    assert "Du har 10 reservkoder kvar." in karin.get("/console/account").text
    assert not any(code in karin.get("/console/account").text for code in codes)
    assert karin.get("/console/account/code").headers["location"] == "/console/account"
    assert enter(browser_of(stand.app()), EMAIL).headers["location"] == "/console/sign-in/code"


@pytest.mark.parametrize("secret", ["", "short", "a" * 32, "A" * 33, "<script>"])
def test_a_secret_that_is_not_ours_is_not_taken(karin: httpx.Client, stand: Stand, user_id: int, secret: str) -> None:
    page = karin.get("/console/account")
    answer = karin.post("/console/account/code", data={"form": form_of(page), "secret": secret, "code": "000000"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/account/code")


def test_a_code_is_turned_off_with_the_password(karin: httpx.Client, stand: Stand, user_id: int) -> None:
    give_code_to(stand, user_id)
    wrong = send(karin, "/console/account/code/off", password="fel")
    assert (wrong.status_code, "Lösenordet stämmer inte." in wrong.text, "<details open>" in wrong.text) == (
        422,
        True,
        True,
    )
    done = send(karin, "/console/account/code/off", password=PASSWORD)
    assert "Koden är avstängd." in karin.get(done.headers["location"]).text
    assert row(stand, user_id).totp_secret is None


def test_where_a_code_is_required_turning_it_off_leads_to_the_next_phone(stand: Stand, user_id: int) -> None:
    give_code_to(stand, user_id)
    stand.require_codes = True
    karin = browser_of(stand.app())
    secret = row(stand, user_id).totp_secret
    assert secret
    enter(karin, EMAIL)
    fill_in(karin, "/console/sign-in/code", code=code_of(stand, secret))
    assert "Byt telefon" in karin.get("/console/account").text
    assert send(karin, "/console/account/code/off", password=PASSWORD).headers["location"] == "/console/account/code"
    assert karin.get("/console").headers["location"] == "/console/account/code"


def test_new_recovery_codes(karin: httpx.Client, stand: Stand, user_id: int) -> None:
    _, old = give_code_to(stand, user_id)
    assert send(karin, "/console/account/code/recovery", password="fel").status_code == 422
    done = send(karin, "/console/account/code/recovery", password=PASSWORD)
    new = re.findall(r"<li>(\w{5}-\w{5}-\w{5})</li>", done.text)
    assert len(new) == 10 and not set(new) & set(old)


def test_few_recovery_codes_are_warned_of(karin: httpx.Client, stand: Stand, user_id: int) -> None:
    give_code_to(stand, user_id)
    with stand.database.writing() as session:
        session.get_one(UserRow, user_id).recovery_hashes = ["x", "y"]
    assert "Du har snart inga reservkoder kvar." in karin.get("/console/account").text


def test_everything_is_in_the_audit_log(karin: httpx.Client, stand: Stand, user_id: int) -> None:
    send(karin, "/console/account/name", name="Kajsa")
    give_code_to(stand, user_id)
    send(karin, "/console/account/code/recovery", password=PASSWORD)
    send(karin, "/console/account/code/off", password=PASSWORD)
    send(karin, "/console/account/password", old=PASSWORD, new="en helt annan mening")
    stand.clock.at += timedelta(minutes=1)
    with stand.database.reading() as session:
        acts = list(session.scalars(select(AuditRow.act).where(AuditRow.user_id == user_id).order_by(AuditRow.id)))
    assert acts == ["sign_in", "account_rename", "code_on", "code_renew", "code_off", "password_change"]
