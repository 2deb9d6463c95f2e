"""Looking after accounts, and where the links lead."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from html import unescape
from urllib.parse import parse_qs, unquote

import httpx
import pytest
import structlog

from bot.store.tables import UserRow
from tests.bot.console.stand import Desk, Stand, browser_of
from tests.bot.console.visiting import enter, fill_in, form_of, give_code_to
from tests.bot.services.quick_passwords import hash_quickly

BO = "bo@kommun.example"
MENING = "en helt annan mening"
AtDesk = Callable[..., Desk]


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture
def sam(at_desk: AtDesk) -> Desk:
    return at_desk("Sam", "samordnare", "kalmar")


def link_on(page: httpx.Response) -> str:
    found = re.search(r'id="link">([^<]+)<', page.text)
    assert found, page.text
    return html.unescape(found[1])


def path_of(link: str) -> str:
    return link.removeprefix("http://lotsen.example")


def row(stand: Stand, user_id: int) -> UserRow:
    with stand.database.reading() as session:
        return session.get_one(UserRow, user_id)


def test_the_list_says_who_can_sign_in(sam: Desk, at_desk: AtDesk, stand: Stand) -> None:
    anna, vera = at_desk("Anna", municipality="kalmar"), at_desk("Vera", municipality="vara")
    give_code_to(stand, anna.user.id)
    page = sam.get("/console/accounts").text
    for said in (
        "Sam</a> (du)",
        "Anna",
        "handledare",
        "Kalmar",
        "kod vid inloggning",
        "bara lösenord",
        "Senast sedd: aldrig",
    ):
        assert said in page, said
    assert "Vera" not in page
    assert sam.get(f"/console/accounts/{vera.user.id}").status_code == 404
    assert sam.get("/console/accounts/4711").status_code == 404
    choices = re.findall(r'<option value="(\w+)"', page)
    assert choices[:2] == ["handledare", "reader"]
    assert "Alla kommuner" not in page


def test_from_invitation_to_the_first_case(sam: Desk, stand: Stand) -> None:
    made = sam.post("/console/accounts/invite", email=BO, role="handledare", at="kalmar/library")
    assert made.status_code == 200
    link = link_on(made)
    assert link.startswith("http://lotsen.example/console/invitation/")
    listed = sam.get("/console/accounts").text
    assert BO in listed and link not in listed
    bo = browser_of(stand.app())
    page = bo.get(path_of(link))
    assert f"Du är inbjuden som handledare, Kalmar. Ditt konto blir {BO}." in page.text
    wrong = fill_in(bo, path_of(link), name="Bo <Ek>", password="kort")
    assert (wrong.status_code, "för kort" in wrong.text, 'value="Bo &lt;Ek&gt;"' in wrong.text) == (422, True, True)
    assert fill_in(bo, path_of(link), name=" ", password=MENING).status_code == 422
    done = fill_in(bo, path_of(link), name="Bo Ek", shown_as="Bo", password=MENING)
    assert done.headers["location"] == "/console/account?done=welcome"
    assert "Välkommen! Du är inloggad." in bo.get("/console/account?done=welcome").text
    case = stand.case()
    assert bo.get(f"/console/cases/{case}").status_code in (200, 404)
    again = browser_of(stand.app()).get(path_of(link))
    assert (again.status_code, "Länken fungerar inte längre" in again.text) == (410, True)
    assert BO not in sam.get("/console/accounts").text.partition("Inbjudna")[2]


def letter_on(page: httpx.Response) -> tuple[str, dict[str, str]]:
    """Whom the letter that one's own mail program opens is to, and what it says."""
    found = re.search(r'href="mailto:([^"?]+)\?([^"]+)"', page.text)
    assert found
    return unquote(found[1]), {name: values[0] for name, values in parse_qs(unescape(found[2])).items()}


def test_the_link_is_ready_to_be_mailed(sam: Desk, at_desk: AtDesk) -> None:
    made = sam.post("/console/accounts/invite", email="bo+lån&x@bibliotek.example", role="reader", at="kalmar/")
    to, letter = letter_on(made)
    assert to == "bo+lån&x@bibliotek.example"
    assert letter["subject"] == "Din länk till Lotsens konsol"
    assert letter["body"].splitlines()[-1] == link_on(made)
    assert "gäller till måndag 30 nov" in letter["body"]
    made = sam.post(f"/console/accounts/{at_desk('Anna', municipality='kalmar').user.id}/password-link")
    assert link_on(made) in letter_on(made)[1]["body"]


def test_an_invitation_in_english_stays_where_it_is(sam: Desk, stand: Stand) -> None:
    path = path_of(link_on(sam.post("/console/accounts/invite", email=BO, role="reader", at="kalmar/")))
    bo = browser_of(stand.app())
    wrong = fill_in(bo, path, name="Bo", password="kort")
    assert f"next={path}" in wrong.text
    bo.get("/console/language/en")
    assert "Welcome to Lotsen" in bo.get(path).text


def test_a_link_that_never_was_is_told_kindly(stand: Stand) -> None:
    visitor = browser_of(stand.app())
    answer = visitor.get("/console/invitation/no-such-token")
    assert (answer.status_code, "Be den som skickade den om en ny." in answer.text) == (410, True)
    page = visitor.get("/console/sign-in")
    sent = visitor.post(
        "/console/invitation/no-such-token", data={"form": form_of(page), "name": "Bo", "password": MENING}
    )
    assert sent.status_code == 410


def test_the_secret_of_a_link_reaches_no_log(stand: Stand, sam: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = path_of(link_on(sam.post("/console/accounts/invite", email=BO, role="reader", at="kalmar/")))
    with structlog.testing.capture_logs() as logs:
        assert browser_of(stand.app()).post(path, data={"form": "0" * 64}).status_code == 403
    assert logs and path.rsplit("/", 1)[1] not in str(logs)
    assert logs[0]["path"] == "/console/invitation/..."


@pytest.mark.parametrize(
    ("email", "role", "at", "said"),
    [
        ("bo", "reader", "kalmar/", "Skriv en e-postadress."),
        (BO, "admin", "kalmar/", "Välj en roll"),
        (BO, "reader", "vara/", "Välj en roll"),
        (BO, "reader", "", "Välj en roll"),
        (BO, "reader", "kalmar/nowhere", "Välj en roll"),
        ("", "", "", "Skriv en e-postadress."),
    ],
)
def test_an_invitation_that_cannot_be_made(sam: Desk, email: str, role: str, at: str, said: str) -> None:
    answer = sam.post("/console/accounts/invite", email=email, role=role, at=at)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert 'id="link"' not in answer.text


def test_nobody_is_put_everywhere_by_forgetting_to_choose(at_desk: AtDesk) -> None:
    ada = at_desk("Ada", "admin")
    assert '<option value="">Välj</option>' in ada.get("/console/accounts").text
    assert ada.post("/console/accounts/invite", email=BO, role="reader", at="").status_code == 422
    assert ada.post("/console/accounts/invite", email=BO, role="reader", at="/").status_code == 200


def test_an_invitation_is_taken_back(sam: Desk, stand: Stand) -> None:
    made = sam.post("/console/accounts/invite", email=BO, role="reader", at="kalmar/")
    action = re.search(r'action="(/console/accounts/invitations/\d+/withdraw)"', made.text)
    assert action
    done = sam.post(action[1])
    assert "Inbjudan är tillbakatagen." in sam.get(done.headers["location"]).text
    assert browser_of(stand.app()).get(path_of(link_on(made))).status_code == 410
    assert sam.post("/console/accounts/invitations/4711/withdraw").status_code == 404


def test_role_and_unit_are_changed(sam: Desk, at_desk: AtDesk, stand: Stand) -> None:
    anna = at_desk("Anna", municipality="kalmar")
    path = f"/console/accounts/{anna.user.id}"
    done = sam.post(f"{path}/role", role="reader", at="kalmar/library")
    assert "Ändrat." in sam.get(done.headers["location"]).text
    changed = row(stand, anna.user.id)
    assert (changed.role, changed.municipality, changed.unit) == ("reader", "kalmar", "library")
    refused = sam.post(f"{path}/role", role="samordnare", at="kalmar/")
    assert (refused.status_code, "Välj en roll och en plats" in refused.text) == (409, True)
    assert anna.post("/console/cases/1/claim").status_code == 403


def test_an_account_is_disabled_and_opened_again(sam: Desk, at_desk: AtDesk) -> None:
    anna = at_desk("Anna", municipality="kalmar")
    path = f"/console/accounts/{anna.user.id}"
    sam.post(f"{path}/disable")
    assert anna.get("/console").status_code == 303
    page = sam.get(path).text
    assert "Öppna kontot igen" in page and "Ny länk för lösenord" not in page
    assert "avstängt" in sam.get("/console/accounts").text
    assert sam.post(f"{path}/password-link").status_code == 409
    sam.post(f"{path}/enable")
    assert "Ny länk för lösenord" in sam.get(path).text


def test_nobody_changes_their_own_account_here(sam: Desk) -> None:
    path = f"/console/accounts/{sam.user.id}"
    page = sam.get(path).text
    assert "Det här är ditt eget konto." in page and f'action="{path}' not in page
    for act, fields in (
        ("role", {"role": "reader", "at": "kalmar/"}),
        ("disable", {}),
        ("sessions/end", {}),
        ("password-link", {}),
        ("code/reset", {}),
    ):
        answer = sam.post(f"{path}/{act}", **fields)
        assert (answer.status_code, "ditt eget konto" in answer.text) == (409, True), act
    assert sam.get("/console").status_code == 200


def test_a_colleague_of_the_same_rank_is_shown_but_not_changed(sam: Desk, at_desk: AtDesk) -> None:
    siv = at_desk("Siv", "samordnare", "kalmar")
    path = f"/console/accounts/{siv.user.id}"
    assert "Du kan se kontot men inte ändra det." in sam.get(path).text
    assert sam.post(f"{path}/disable").status_code == 409
    assert siv.get("/console").status_code == 200


def test_a_link_for_a_new_password(sam: Desk, at_desk: AtDesk, stand: Stand) -> None:
    anna = at_desk("Anna", municipality="kalmar")
    made = sam.post(f"/console/accounts/{anna.user.id}/password-link")
    assert "Länken till anna" in made.text
    visitor = browser_of(stand.app())
    page = visitor.get(path_of(link_on(made)))
    assert "Hej Anna!" in page.text and 'name="name"' not in page.text
    assert fill_in(visitor, path_of(link_on(made)), password=MENING).status_code == 303
    assert visitor.get("/console").status_code == 200
    assert anna.get("/console").status_code == 303
    assert enter(browser_of(stand.app()), row(stand, anna.user.id).email, MENING).status_code == 303


def test_a_link_for_a_password_asks_for_the_code_too(sam: Desk, at_desk: AtDesk, stand: Stand) -> None:
    anna = at_desk("Anna", municipality="kalmar")
    give_code_to(stand, anna.user.id)
    visitor = browser_of(stand.app())
    done = fill_in(
        visitor, path_of(link_on(sam.post(f"/console/accounts/{anna.user.id}/password-link"))), password=MENING
    )
    assert done.headers["location"] == "/console/sign-in/code"
    assert visitor.get("/console").status_code == 303
    assert visitor.get("/console/sign-in/code").status_code == 200


def test_only_an_admin_removes_a_code(sam: Desk, at_desk: AtDesk, stand: Stand) -> None:
    ada, anna = at_desk("Ada", "admin"), at_desk("Anna", municipality="kalmar")
    give_code_to(stand, anna.user.id)
    path = f"/console/accounts/{anna.user.id}"
    assert "Tappad telefon" not in sam.get(path).text
    assert sam.post(f"{path}/code/reset").status_code == 409
    assert "Tappad telefon" in ada.get(path).text
    ada.post(f"{path}/code/reset")
    assert row(stand, anna.user.id).totp_secret is None
    assert anna.get("/console").status_code == 303


def test_sessions_are_ended_for_somebody(sam: Desk, at_desk: AtDesk) -> None:
    anna = at_desk("Anna", municipality="kalmar")
    sam.post(f"/console/accounts/{anna.user.id}/sessions/end")
    assert anna.get("/console").status_code == 303
