import base64
import json
from typing import Any

import pytest

from bot.channels.phone.inbound import CHATS, NUMBERS, BadMessage, played, read_address, read_message
from bot.domain.message import Kind
from bot.services.clean_file import clean_picture
from tests.bot.channels.phone.stand import BOTH, HELP_NUMBER, KALMAR_NUMBER

OURS = (HELP_NUMBER, KALMAR_NUMBER)


def read(**fields: Any) -> Any:
    data = {"key": "0b6c-1", "address": "+46701740605", "text": "hej", **fields}
    return read_message(json.dumps(data).encode(), BOTH, OURS)


def refusal(**fields: Any) -> BadMessage:
    with pytest.raises(BadMessage) as found:
        read(**fields)
    return found.value


def test_the_phone_plays_only_numbers_set_aside_for_fiction() -> None:
    assert (NUMBERS[0], NUMBERS[-1], len(NUMBERS)) == ("+46701740605", "+46701740699", 95)
    assert all(len(number) == 12 for number in NUMBERS)


def test_what_a_real_channel_does_is_not_played() -> None:
    assert played({"telegram"}) == CHATS
    with pytest.raises(BadMessage, match="address"):
        read_address("+46701740605", {"telegram"})


@pytest.mark.parametrize("address", ["+46701740604", "+46701740700", "tg:1", "", None, 5, ["+46701740605"]])
def test_nobody_else_can_be_played(address: object) -> None:
    assert refusal(address=address).code == "address"


def test_an_sms() -> None:
    received = read(text="Har glömt koden")
    assert (received.key, received.sender.text, received.receiver) == ("0b6c-1", "+46701740605", HELP_NUMBER)
    assert (received.text, received.kind, received.pressed) == ("Har glömt koden", Kind.TEXT, False)


def test_an_sms_to_a_municipality_s_own_number() -> None:
    assert read(receiver=KALMAR_NUMBER).receiver == KALMAR_NUMBER
    assert refusal(receiver="+46701740612").code == "receiver"


@pytest.mark.parametrize(
    "kind", ["photo", "voice", "sticker", "location", "contact", "edit", "start", "other", "x", 1, None]
)
def test_an_sms_is_text_and_nothing_else(kind: object) -> None:
    assert refusal(kind=kind).code == "kind"


@pytest.mark.parametrize("kind", ["text", "photo", "voice", "sticker", "contact", "edit", "start"])
def test_every_kind_on_telegram(kind: str) -> None:
    received = read(address="tg:4711", kind=kind, latitude=1, longitude=1)
    assert received.kind == Kind(kind)
    assert (received.receiver, received.latitude, received.longitude) == ("telegram", None, None)


def test_a_location() -> None:
    received = read(address="tg:4711", kind="location", text="", latitude=58.26, longitude=12.95)
    assert (received.latitude, received.longitude) == (58.26, 12.95)


@pytest.mark.parametrize("degrees", [None, "58", True, 91, -91, float("nan"), float("inf"), 10**400])
def test_a_location_that_is_none(degrees: object) -> None:
    assert refusal(address="tg:4711", kind="location", latitude=degrees, longitude=0).code == "location"


def test_a_button_is_pressed_on_telegram_only() -> None:
    assert read(address="tg:4711", pressed=True).pressed
    assert not read(pressed=True).pressed
    assert not read(address="tg:4711", pressed="yes").pressed


@pytest.mark.parametrize(
    ("written", "kind", "text"),
    [
        ("/start", Kind.START, "start"),
        ("/start x", Kind.START, "start"),
        ("/meny", Kind.TEXT, "meny"),
        ("/", Kind.TEXT, ""),
    ],
)
def test_a_command_on_telegram_means_its_word(written: str, kind: Kind, text: str) -> None:
    received = read(address="tg:4711", text=written)
    assert (received.kind, received.text) == (kind, text)
    assert read(text=written).text == written


@pytest.mark.parametrize(("address", "longest"), [("+46701740605", 1600), ("tg:4711", 4096)])
def test_the_longest_message(address: str, longest: int) -> None:
    assert len(read(address=address, text="å" * longest).text) == longest
    refused = refusal(address=address, text="å" * (longest + 1))
    assert refused.code == "too_long"
    assert "å" not in str(refused)


@pytest.mark.parametrize("text", ["", "\ud800", "\x00", "😀" * 1600, "<script>", "'; DROP TABLE messages;--"])
def test_odd_texts_are_taken(text: str) -> None:
    assert read(text=text).text == text


@pytest.mark.parametrize("key", [None, 1, "", "abc", "a" * 65, "a b c d", "åäöå", "a:b:c"])
def test_a_key_that_is_none(key: object) -> None:
    assert refusal(key=key).code == "key"


@pytest.mark.parametrize("text", [None, 1, ["hej"], {"a": 1}])
def test_a_text_that_is_none(text: object) -> None:
    assert refusal(text=text).code == "text"


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"1", b"\xff", b'"hej"', b"[" * 60_000])
def test_a_body_that_is_no_message(raw: bytes) -> None:
    with pytest.raises(BadMessage) as found:
        read_message(raw, BOTH, OURS)
    assert found.value.code == "json"


def test_a_link_s_municipality_comes_with_start() -> None:
    assert read(address="tg:4711", kind="start", text="/start vara").home == "vara"
    assert read(address="tg:4711", text="/start").home == ""


@pytest.mark.parametrize(
    ("text", "card"),
    [("070-1740612 Mamma", "+46701740612 Mamma"), ("+46701740612", "+46701740612"), ("x Mamma", "x Mamma")],
)
def test_a_card_is_a_number_and_a_name(text: str, card: str) -> None:
    assert read(address="tg:4711", kind="contact", text=text).text == card


def test_a_picture_is_the_one_that_was_given_else_a_sample() -> None:
    given = read(address="tg:4711", kind="photo", file=base64.b64encode(b"picture").decode()).file
    assert given is not None and given.content == b"picture"
    sample = read(address="tg:4711", kind="photo").file
    assert sample is not None and sample.content is not None and clean_picture(sample.content)
    assert read(address="tg:4711", kind="voice").file is None and read(address="tg:4711", file="x").file is None


@pytest.mark.parametrize("file", ["", "!", 7, [], base64.b64encode(b"x" * (4 * 1024 * 1024 + 1)).decode()])
def test_a_file_that_is_none_is_refused(file: object) -> None:
    assert refusal(address="tg:4711", kind="photo", file=file).code == "file"
