"""Twilio's published signatures (twilio-python, tests/unit/test_request_validator.py), as requests to a server of ours."""

from __future__ import annotations

import urllib.parse

import pytest
from fastapi import FastAPI, Request, Response

from bot.channels.twilio_sms.signature import NotFromTwilio, Signatures
from tests.bot.channels.asgi import Client
from tests.bot.channels.twilio_sms.desk import Pairs, signature

TOKEN = "12345"
CALL: Pairs = [
    ("CallSid", "CA1234567890ABCDE"), ("Digits", "1234"), ("From", "+14158675309"), ("To", "+18005551212"), ("Caller", "+14158675309"),
]  # fmt: skip
TWICE: Pairs = [("Sid", "CA123"), ("SidAccount", "AC123"), ("Digits", "5678"), ("Digits", "1234")]
HTTPS, HTTP = "https://mycompany.com", "http://mycompany.com"
RIGHT = "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def ask(
    public_url: str, pairs: Pairs, signed: str, path: str = "/myapp.php?foo=1&bar=2", token: str = TOKEN, **headers: str
) -> str:
    """What a server at `public_url` makes of the request: "right", or the reason why not."""
    app = FastAPI()
    signatures = Signatures(token, public_url)

    @app.post("/myapp.php")
    async def answer(request: Request) -> Response:
        try:
            await signatures.form(request)
        except NotFromTwilio as refused:
            return Response(str(refused), refused.status)
        return Response("right")

    sent = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signed} | {
        k.replace("_", "-"): v for k, v in headers.items()
    }
    return (
        Client(app)
        .post(
            path, content=urllib.parse.urlencode(pairs), headers={name: value.encode() for name, value in sent.items()}
        )
        .text
    )


@pytest.mark.parametrize(
    ("public_url", "pairs", "signed"),
    [
        (HTTPS, CALL, RIGHT),
        (f"{HTTPS}:1234", CALL, RIGHT),
        (HTTPS, CALL, "kvajT1Ptam85bY51eRf/AJRuM3w="),  # Twilio signed with :443
        (f"{HTTP}:1234", CALL, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
        (HTTP, CALL, "0ZXoZLH/DfblKGATFgpif+LLRf4="),  # Twilio signed with :80
        (HTTPS, TWICE, "IK+Dwps556ElfBT0I3Rgjkr1wJU="),
    ],
)
def test_the_published_signatures_are_right(public_url: str, pairs: Pairs, signed: str) -> None:
    assert ask(public_url, pairs, signed) == "right"


@pytest.mark.parametrize(
    ("public_url", "path", "pairs", "signed"),
    [
        (HTTP, "/myapp.php?foo=1&bar=2", CALL, RIGHT),  # http behind a proxy that speaks https
        (HTTPS, "/myapp.php?foo=1", CALL, RIGHT),
        (HTTPS, "/myapp.php", CALL, RIGHT),
        (HTTPS, "/myapp.php?foo=1&bar=2", CALL[:-1], RIGHT),
        (HTTPS, "/myapp.php?foo=1&bar=2", [*CALL, ("Body", "")], RIGHT[:-2] + "9="),
        (HTTPS, "/myapp.php?foo=1&bar=2", CALL, "åäö" + RIGHT[3:]),
        ("https://evil.example", "/myapp.php?foo=1&bar=2", CALL, RIGHT),
    ],
)
def test_anything_else_is_wrong(public_url: str, path: str, pairs: Pairs, signed: str) -> None:
    assert ask(public_url, pairs, signed, path) == "wrong signature"


def test_json_is_no_form_even_with_the_published_hash_of_its_body() -> None:
    path = "/myapp.php?foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
    assert ask(HTTPS, [], "a9nBmqA0ju/hNViExpshrM61xv4=", path, Content_Type="application/json") == "not a form"


def test_a_type_that_only_mentions_forms_is_no_form() -> None:
    assert ask(HTTPS, CALL, RIGHT, Content_Type="text/plain; not=application/x-www-form-urlencoded") == "not a form"


def test_the_host_header_is_not_believed() -> None:
    assert (
        ask(
            HTTPS,
            CALL,
            RIGHT,
            Host="evil.example/other?x=1#y",
            X_Forwarded_Proto="http",
            X_Forwarded_Host="evil.example",
        )
        == "right"
    )


def test_both_tokens_count_while_one_replaces_the_other() -> None:
    assert ask(HTTPS, CALL, RIGHT, token="new, 12345") == "right"
    assert ask(HTTPS, CALL, signature(f"{HTTPS}/myapp.php?foo=1&bar=2", CALL, "new"), token="new,12345") == "right"
    assert ask(HTTPS, CALL, RIGHT, token="new,newer") == "wrong signature"


def test_no_token_lets_nobody_in() -> None:
    assert ask(HTTPS, CALL, signature(f"{HTTPS}/myapp.php?foo=1&bar=2", CALL, ""), token=" , ") == "wrong signature"


def test_an_address_below_a_path_is_signed_with_the_path() -> None:
    signed = signature(f"{HTTPS}/lotsen/myapp.php", CALL)
    assert ask(f"{HTTPS}/lotsen", CALL, signed, "/myapp.php") == "right"


def test_percent_signs_of_the_query_stay_as_they_came() -> None:
    signed = signature(f"{HTTPS}/myapp.php?a=%C3%A5%20b", CALL)
    assert ask(HTTPS, CALL, signed, "/myapp.php?a=%C3%A5%20b") == "right"
