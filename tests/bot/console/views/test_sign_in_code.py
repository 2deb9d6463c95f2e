"""The second step of signing in."""

from __future__ import annotations

import httpx
import pytest

from bot.services.accounts import add_user
from bot.services.brake import TRIES
from bot.services.sign_in import HALF_LASTS
from bot.store.tables import UserRow
from tests.bot.console.stand import Stand, browser_of
from tests.bot.console.visiting import PASSWORD, code_of, enter, fill_in, give_code_to
from tests.bot.services.quick_passwords import hash_quickly

EMAIL = "karin@kommun.example"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture
def user_id(stand: Stand) -> int:
    return add_user(stand.database, stand.clock, EMAIL, "handledare", PASSWORD, "Karin")


@pytest.fixture
def codes(stand: Stand, user_id: int) -> tuple[str, list[str]]:
    return give_code_to(stand, user_id)


@pytest.fixture
def visitor(stand: Stand) -> httpx.Client:
    return browser_of(stand.app())


def test_the_password_leads_to_the_code_and_the_code_to_the_page(
    visitor: httpx.Client, stand: Stand, codes: tuple[str, list[str]]
) -> None:
    half = enter(visitor, EMAIL, wanted="/console?view=mine")
    assert half.headers["location"] == "/console/sign-in/code?next=/console%3Fview%3Dmine"
    assert "lotsen_session" not in "".join(half.headers.get_list("set-cookie"))
    cookie = next(each for each in half.headers.get_list("set-cookie") if each.startswith("lotsen_half="))
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Max-Age=600" in cookie
    assert visitor.get("/console").headers["location"] == "/console/sign-in"
    page = visitor.get(half.headers["location"])
    assert 'autocomplete="one-time-code"' in page.text
    answer = fill_in(
        visitor, half.headers["location"].partition("?")[0], code=code_of(stand, codes[0]), next="/console?view=mine"
    )
    assert answer.headers["location"] == "/console?view=mine"
    assert visitor.get("/console").status_code == 200
    assert "lotsen_half" not in visitor.cookies


def test_a_wrong_code_is_told_and_braked(visitor: httpx.Client, stand: Stand, codes: tuple[str, list[str]]) -> None:
    enter(visitor, EMAIL)
    for _ in range(TRIES):
        answer = fill_in(visitor, "/console/sign-in/code", code="000000")
        assert answer.status_code == 401
        assert "Koden stämmer inte, eller är redan använd." in answer.text
    answer = fill_in(visitor, "/console/sign-in/code", code=code_of(stand, codes[0]))
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "900")
    assert visitor.get("/console").status_code == 303


def test_a_recovery_code_gets_in_once(visitor: httpx.Client, stand: Stand, codes: tuple[str, list[str]]) -> None:
    for answer in (303, 401):
        visitor.cookies.clear()
        enter(visitor, EMAIL)
        assert fill_in(visitor, "/console/sign-in/code", recovery=codes[1][0]).status_code == answer


def test_the_half_way_is_over_after_a_while(visitor: httpx.Client, stand: Stand, codes: tuple[str, list[str]]) -> None:
    enter(visitor, EMAIL)
    page = visitor.get("/console/sign-in/code")
    stand.clock.at += HALF_LASTS
    assert visitor.get("/console/sign-in/code").headers["location"] == "/console/sign-in"
    token = page.text.partition('name="form" value="')[2].partition('"')[0]
    answer = visitor.post("/console/sign-in/code", data={"form": token, "code": code_of(stand, codes[0])})
    assert answer.headers["location"] == "/console/sign-in?over=1"
    assert "Det tog för lång tid" in visitor.get("/console/sign-in?over=1").text
    assert visitor.get("/console").status_code == 303


@pytest.mark.parametrize("change", ["1.9999999999.abc.00", "", "....", "x.y.z.w", "å", "1.9999999999.abc." + "0" * 64])
def test_a_half_way_of_ones_own_making_leads_nowhere(
    visitor: httpx.Client, stand: Stand, codes: tuple[str, list[str]], change: str
) -> None:
    visitor.get("/console/sign-in")
    headers = {"cookie": f"lotsen_half={change}; lotsen_guest={visitor.cookies['lotsen_guest']}".encode()}
    answer = visitor.get("/console/sign-in/code", headers=headers)  # type: ignore[arg-type]
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/sign-in")


def test_the_half_way_of_one_is_not_anothers(visitor: httpx.Client, stand: Stand, codes: tuple[str, list[str]]) -> None:
    other = add_user(stand.database, stand.clock, "bo@kommun.example", "admin", PASSWORD)
    give_code_to(stand, other)
    enter(visitor, EMAIL)
    mine = visitor.cookies["lotsen_half"]
    user_id, rest = mine.split(".", 1)
    assert other != int(user_id)
    visitor.cookies.delete("lotsen_half")
    visitor.cookies.set("lotsen_half", f"{other}.{rest}")
    assert visitor.get("/console/sign-in/code").status_code == 303


def test_a_new_password_ends_the_half_way(
    visitor: httpx.Client, stand: Stand, user_id: int, codes: tuple[str, list[str]]
) -> None:
    enter(visitor, EMAIL)
    page = visitor.get("/console/sign-in/code")
    with stand.database.writing() as session:
        session.get_one(UserRow, user_id).password_hash = "another"
    token = page.text.partition('name="form" value="')[2].partition('"')[0]
    answer = visitor.post("/console/sign-in/code", data={"form": token, "code": code_of(stand, codes[0])})
    assert answer.headers["location"] == "/console/sign-in?over=1"


def test_the_form_is_ours(visitor: httpx.Client, stand: Stand, codes: tuple[str, list[str]]) -> None:
    enter(visitor, EMAIL)
    assert (
        visitor.post("/console/sign-in/code", data={"code": code_of(stand, codes[0]), "form": "0" * 64}).status_code
        == 403
    )


def test_where_a_code_is_required_it_is_set_up_before_anything_else(stand: Stand, user_id: int) -> None:
    stand.require_codes = True
    visitor = browser_of(stand.app())
    case = stand.case()
    assert enter(visitor, EMAIL).headers["location"] == "/console"
    for path in ("/console", f"/console/cases/{case}", "/console/calendar", "/console/search?q=swish"):
        assert visitor.get(path).headers["location"] == "/console/account/code", path
    assert visitor.get("/console/live").status_code == 401
    part = visitor.get("/console/queue-part", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["hx-redirect"]) == (401, "/console/account/code")
    assert stand.acts(case) == []
    page = visitor.get("/console/account/code")
    assert "Din kommun kräver en kod" in page.text
    assert visitor.get("/console/account").status_code == 200
    secret = page.text.partition('name="secret" value="')[2].partition('"')[0]
    done = fill_in(visitor, "/console/account/code", secret=secret, code=code_of(stand, secret))
    assert done.status_code == 200
    assert visitor.get("/console").status_code == 200


def test_who_must_set_up_a_code_may_sign_out_instead(stand: Stand, user_id: int) -> None:
    stand.require_codes = True
    visitor = browser_of(stand.app())
    enter(visitor, EMAIL)
    page = visitor.get("/console/account/code")
    token = page.text.partition('name="form" value="')[2].partition('"')[0]
    assert visitor.post("/console/sign-out", data={"form": token}).headers["location"] == "/console/sign-in"
    assert visitor.get("/console/account").headers["location"].startswith("/console/sign-in")
