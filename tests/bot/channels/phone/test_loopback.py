import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from tests.bot.channels.phone.stand import Phone, TestClient

MESSAGE = {"key": "k-000001", "address": "+46701740605", "text": "hej"}
OWN = {"X-Lotsen-Phone": "1"}


@pytest.mark.parametrize(
    ("client", "base_url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("127.0.0.1", "http://localhost:8000"),
        ("127.0.0.1", "http://LOCALHOST"),
        ("::1", "http://[::1]:8000"),
        ("::ffff:127.0.0.1", "http://127.0.0.1"),
    ],
)
def test_a_browser_on_this_machine_is_answered(phone: Phone, client: str, base_url: str) -> None:
    browser = phone.client(client, base_url)
    assert browser.get("/phone").status_code == 200
    assert browser.post("/phone/messages", json=MESSAGE, headers=OWN).json() == {"stored": True}


@pytest.mark.parametrize(
    "client", ["192.168.1.7", "10.0.0.1", "203.0.113.9", "2001:db8::1", "::ffff:192.168.1.7", "testclient", ""]
)
def test_a_browser_elsewhere_is_not(phone: Phone, client: str) -> None:
    browser = phone.client(client)
    for path in ("/phone", "/phone/messages?address=%2B46701740605"):
        response = browser.get(path)
        assert (response.status_code, response.headers["content-type"]) == (404, "text/plain; charset=utf-8")
    assert browser.post("/phone/messages", json=MESSAGE, headers=OWN).status_code == 404
    assert phone.messages() == []


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1@evil.example",
     "evil.example#127.0.0.1", "evil.example/127.0.0.1", "127.0.0.1/x", "127.0.0.2", "0.0.0.0", "127.0.0.1:x", "", "[::1", "192.168.1.7"],
)  # fmt: skip
def test_a_name_that_was_pointed_at_this_machine_is_not_answered(phone: Phone, host: str) -> None:
    browser = phone.client()
    assert browser.get("/phone", headers={"Host": host}).status_code == 404
    assert browser.post("/phone/messages", json=MESSAGE, headers={**OWN, "Host": host}).status_code == 404
    assert phone.messages() == []


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Forwarded-Host", "X-Real-IP", "Via"])
def test_nothing_that_came_through_a_proxy_is_answered(phone: Phone, header: str) -> None:
    response = phone.client().get("/phone", headers={header: "127.0.0.1"})
    assert response.status_code == 404


def test_the_log_says_why_and_not_what(phone: Phone) -> None:
    with capture_logs() as logs:
        phone.client("192.168.1.7").post("/phone/messages", json=MESSAGE, headers=OWN)
    assert [(entry["event"], entry["reason"]) for entry in logs] == [
        ("phone refused", "the client is not on this machine")
    ]
    assert "46701740605" not in str(logs)
    assert "192.168" not in str(logs)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Lotsen-Phone": "0"},
        {**OWN, "Origin": "https://evil.example"},
        {**OWN, "Origin": "null"},
        {**OWN, "Origin": "http://127.0.0.1:9999"},
        {**OWN, "Origin": "http://localhost:8000"},
        {**OWN, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"},
        {**OWN, "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    ],
)
def test_another_site_s_page_cannot_send(phone: Phone, headers: dict[str, str]) -> None:
    assert phone.client().post("/phone/messages", json=MESSAGE, headers=headers).status_code == 403
    assert phone.messages() == []


def test_the_phone_s_own_page_can(phone: Phone) -> None:
    headers = {**OWN, "Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
    assert phone.client().post("/phone/messages", json=MESSAGE, headers=headers).status_code == 200


def test_another_site_may_link_here_but_not_read(phone: Phone) -> None:
    browser = phone.client()
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert browser.get("/phone", headers={**cross, "Sec-Fetch-Mode": "navigate"}).status_code == 200
    assert (
        browser.get("/phone/messages?address=tg:4711", headers={**cross, "Sec-Fetch-Mode": "no-cors"}).status_code
        == 403
    )


def test_every_answer_bears_the_headers_that_keep_other_pages_out(phone: Phone) -> None:
    browser = phone.client()
    answers = [browser.get("/phone"), browser.get("/phone/messages?address=x"), browser.post("/phone/messages")]
    assert [answer.status_code for answer in answers] == [200, 422, 403]
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_rule_holds_for_every_route_of_the_phone_also_inside_another_application(phone: Phone) -> None:
    outer = FastAPI()
    outer.mount("/inner", phone.app)
    assert TestClient(outer, client=("192.168.1.7", 1)).get("/inner/phone").status_code == 404
    assert (
        TestClient(outer, base_url="http://127.0.0.1", client=("127.0.0.1", 1)).get("/inner/phone").status_code == 200
    )
