"""The client against a stand-in on loopback: what is sent, and every way in which an answer can be no answer."""

from __future__ import annotations

import json
import logging
import socket
import time
from collections.abc import Callable, Iterator

import pytest

from nlu.rasa.client import LONGEST, RasaAway, RasaClient, plain
from nlu.understanding import RankedIntent
from tests.nlu.rasa.loopback import SURE, TOKEN, LoopbackRasa


@pytest.fixture
def rasa() -> Iterator[LoopbackRasa]:
    server = LoopbackRasa()
    yield server
    server.close()


def client_of(rasa: LoopbackRasa, token: str = TOKEN) -> RasaClient:
    return RasaClient(rasa.url, token, read_s=0.3)


def why(ask: Callable[[], object]) -> str:
    with pytest.raises(RasaAway) as caught:
        ask()
    assert TOKEN not in str(caught.value) and "127.0.0.1" not in str(caught.value)
    assert caught.value.__cause__ is None
    return str(caught.value)


def test_the_ranking_comes_back_as_it_was_given(rasa: LoopbackRasa) -> None:
    assert client_of(rasa).parse("swish går inte") == (RankedIntent("swish", 0.9), RankedIntent("stuck", 0.1))
    assert rasa.asked == ["swish går inte"]


def test_looking_needs_a_server_with_a_model(rasa: LoopbackRasa) -> None:
    client_of(rasa).look()
    rasa.says(409)
    assert "no model" in why(client_of(rasa).look)


@pytest.mark.parametrize("text", ["å ä ö 😀", "rad\nett", '"quoted"', "a\0b", "\\u0000"])
def test_any_text_arrives_as_it_is(rasa: LoopbackRasa, text: str) -> None:
    client_of(rasa).parse(text)
    assert rasa.asked == [text]


@pytest.mark.parametrize("text", ["", "  \n", "/", " // ", "x" * (LONGEST + 1)])
def test_empty_and_endless_texts_are_never_sent(rasa: LoopbackRasa, text: str) -> None:
    with pytest.raises(ValueError):
        client_of(rasa).parse(text)
    assert rasa.asked == []


@pytest.mark.parametrize("text", ["/stop", " /stop", "//stop", "/ /stop"])
def test_nobody_can_order_an_intent_with_a_slash(rasa: LoopbackRasa, text: str) -> None:
    client_of(rasa).parse(text)
    assert rasa.asked == ["stop"] and plain("a/b") == "a/b"


@pytest.mark.parametrize(
    ("status", "reason"),
    [(401, "HTTP 401"), (403, "HTTP 403"), (409, "HTTP 409"), (500, "HTTP 500"), (302, "HTTP 302")],
)
def test_a_status_but_200_is_no_answer(rasa: LoopbackRasa, status: int, reason: str) -> None:
    rasa.says(status, rasa.usual("/model/parse"))
    assert reason in why(lambda: client_of(rasa).parse("hej"))


def test_a_wrong_token_is_named_as_the_reason(rasa: LoopbackRasa) -> None:
    assert "token" in why(client_of(rasa, "another").look)
    assert rasa.asked == []


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>", b"[]", b"null", b'"x"', b"{}", b'{"intent_ranking": []}', b'{"intent_ranking": {}}', b'{"intent_ranking": [1]}',
        b'{"intent_ranking": [{"name": null, "confidence": 1}]}', b'{"intent_ranking": [{"name": "swish"}]}',
        b'{"intent_ranking": [{"name": "swish", "confidence": NaN}]}', b'{"intent_ranking": [{"name": "swish", "confidence": -0.1}]}',
        b'{"intent_ranking": [{"name": "swish", "confidence": 7}]}', b'{"intent_ranking": [{"name": "swish", "confidence": "1"}]}',
        b"\xff\xfe", b"[" * 100_000,
    ],
    ids=lambda body: body[:60].decode("latin-1"),
)  # fmt: skip
def test_what_is_not_rasas_answer_is_no_answer(rasa: LoopbackRasa, body: bytes) -> None:
    rasa.says(200, body)
    assert "the answer" in why(lambda: client_of(rasa).parse("hej"))


def test_an_endless_answer_is_not_read_to_its_end(rasa: LoopbackRasa) -> None:
    rasa.says(200, json.dumps({"intent_ranking": SURE}).encode() + b" " * 2_000_000)
    assert "too long" in why(lambda: client_of(rasa).parse("hej"))


def test_a_silent_server_is_waited_for_in_vain_and_not_for_long(rasa: LoopbackRasa) -> None:
    rasa.answer = lambda handler: time.sleep(1)
    started = time.monotonic()
    assert why(lambda: client_of(rasa).parse("hej")) == "no answer within 0.3 s"
    assert time.monotonic() - started < 0.9


def test_an_answer_that_trickles_in_is_not_waited_for_longer(rasa: LoopbackRasa) -> None:
    rasa.answer = lambda handler: handler.trickle(0.05)
    started = time.monotonic()
    assert why(lambda: client_of(rasa).parse("hej")) == "no answer within 0.3 s"
    assert time.monotonic() - started < 0.9


def test_a_server_that_hangs_up_is_no_answer(rasa: LoopbackRasa) -> None:
    rasa.answer = lambda handler: None
    assert "broke" in why(lambda: client_of(rasa).parse("hej"))


def test_a_server_that_is_not_there_is_told_at_once() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        away = RasaClient(f"http://127.0.0.1:{reserved.getsockname()[1]}", TOKEN)
        assert why(lambda: away.parse("hej")) == "connection refused"


def test_a_machine_that_does_not_answer_costs_the_time_to_connect_and_no_more() -> None:
    with socket.socket() as full:  # a queue of one that nobody empties: further connections hang
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(3)]
        for other in waiting:
            other.setblocking(False)
            other.connect_ex(full.getsockname())
        away = RasaClient(f"http://127.0.0.1:{full.getsockname()[1]}", TOKEN, connect_s=0.2, read_s=5)
        started = time.monotonic()
        why(lambda: away.parse("hej"))
        assert time.monotonic() - started < 2
        for other in waiting:
            other.close()


def test_it_answers_again_after_a_failure(rasa: LoopbackRasa) -> None:
    client = client_of(rasa)
    rasa.says(500)
    why(lambda: client.parse("hej"))
    rasa.answer = lambda handler: handler.say(200, rasa.usual(handler.path))
    assert client.parse("hej")[0].intent == "swish"


def test_nothing_is_logged_however_much_is_asked_for(rasa: LoopbackRasa, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client_of(rasa).parse("hemligt")
    why(client_of(rasa, "another").look)
    assert caplog.records == []


def test_proxies_of_the_environment_are_not_used(rasa: LoopbackRasa, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert client_of(rasa).parse("hej")[0].intent == "swish"


@pytest.mark.parametrize("url", ["", "127.0.0.1:5005", "ftp://127.0.0.1", "http://", "http://127.0.0.1:5005?token=x"])
def test_what_is_no_address_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(ValueError, match="the address of a Rasa server") as caught:
        RasaClient(url, TOKEN)
    assert "token=x" not in str(caught.value)
