"""What an update of the Bot API says."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot

from bot.channels.telegram.inbound import NotForUs, Read, read_update
from bot.domain.message import Kind
from tests.bot.channels.telegram.bot_api import CHAT, PRIVATE, TOKEN, message, press

GROUP = {"id": -100, "type": "supergroup", "title": "Grannarna"}
MEDIA = {"file_id": "f", "file_unique_id": "u"}


def read(**update: Any) -> Read:
    found = read_update({"update_id": 7, **update}, Bot(TOKEN), "bot:4711")
    assert isinstance(found, Read)
    return found


def test_a_text_is_read_whole() -> None:
    found = read(message=message("Hej på dig"))
    assert (found.received.key, found.received.sender.text, found.received.receiver) == (
        "update:7",
        f"tg:{CHAT}",
        "bot:4711",
    )
    assert (found.received.text, found.received.kind, found.received.pressed, found.callback_id) == (
        "Hej på dig",
        Kind.TEXT,
        False,
        None,
    )


@pytest.mark.parametrize(
    ("written", "text", "kind"),
    [
        ("/start", "start", Kind.START),
        ("/start anhorig_1", "start", Kind.START),
        ("/start@lotsen_bot x", "start", Kind.START),
        ("/meny", "meny", Kind.TEXT),
        ("/MENY@lotsen_bot", "MENY", Kind.TEXT),
        ("/startar inte", "startar inte", Kind.TEXT),
        ("/", "", Kind.TEXT),
        ("1/2", "1/2", Kind.TEXT),
    ],
)
def test_a_command_is_its_word(written: str, text: str, kind: Kind) -> None:
    received = read(message=message(written)).received
    assert (received.text, received.kind) == (text, kind)


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ({"photo": [{**MEDIA, "width": 90, "height": 90}]}, Kind.PHOTO),
        ({"document": {**MEDIA, "mime_type": "image/png"}}, Kind.PHOTO),
        ({"document": {**MEDIA, "mime_type": "application/pdf"}}, Kind.OTHER),
        ({"document": MEDIA}, Kind.OTHER),
        ({"voice": {**MEDIA, "duration": 4}}, Kind.VOICE),
        ({"audio": {**MEDIA, "duration": 4}}, Kind.VOICE),
        ({"video_note": {**MEDIA, "duration": 4, "length": 9}}, Kind.VOICE),
        (
            {"sticker": {**MEDIA, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
            Kind.STICKER,
        ),
        ({"contact": {"phone_number": "+46701740606", "first_name": "Mamma"}}, Kind.CONTACT),
        ({"dice": {"value": 3, "emoji": "🎲"}}, Kind.OTHER),
        ({"something_new": {"a": 1}}, Kind.OTHER),
    ],
)
def test_what_is_no_text_is_told_by_its_kind(what: dict[str, Any], kind: Kind) -> None:
    assert read(message=message(None, **what)).received.kind == kind


def test_words_under_a_picture_are_its_text() -> None:
    received = read(
        message=message(None, photo=[{**MEDIA, "width": 9, "height": 9}], caption="Så här ser det ut")
    ).received
    assert (received.kind, received.text) == (Kind.PHOTO, "Så här ser det ut")


def test_a_position_is_read() -> None:
    received = read(message=message(None, location={"latitude": 56.66, "longitude": 16.36})).received
    assert (received.kind, received.latitude, received.longitude) == (Kind.LOCATION, 56.66, 16.36)


def test_an_edit_is_told_from_what_it_changes() -> None:
    received = read(edited_message=message("Hej då", edit_date=1_795_000_100)).received
    assert (received.kind, received.text, received.key) == (Kind.EDIT, "Hej då", "update:7")


def test_a_part_that_nobody_reads_may_be_broken() -> None:
    broken = message(
        "Hej",
        reply_to_message={"poll": {}},
        entities=[{"type": "bold"}],
        link_preview_options=7,
        forward_origin={"type": "new"},
    )
    assert read(message=broken).received.text == "Hej"
    assert (
        read(callback_query=press("KLART", message={**message("x"), "reply_to_message": {"a": 1}})).received.text
        == "KLART"
    )


def test_a_live_position_that_moves_is_no_edit() -> None:
    with pytest.raises(NotForUs):
        read(edited_message=message(None, location={"latitude": 56.7, "longitude": 16.4, "live_period": 900}))


def test_a_button_is_what_it_says() -> None:
    found = read(callback_query=press("KLART"))
    assert (found.received.text, found.received.pressed, found.received.sender.text, found.callback_id) == (
        "KLART",
        True,
        f"tg:{CHAT}",
        "q1",
    )


def test_a_button_tells_under_which_message_it_stands() -> None:
    assert read(callback_query=press("KLART", 5)).received.under == "5"


def test_the_same_button_of_the_same_message_is_one_key() -> None:
    keys = [
        read(callback_query=press(data, message_id)).received.key
        for data, message_id in [("1", 5), ("1", 5), ("2", 5), ("1", 6), ("å" * 32, 5), ("å" * 31 + "ä", 5)]
    ]
    assert keys[0] == keys[1] and len(set(keys)) == 5
    assert (
        read_update({"update_id": 8, "callback_query": press("1", 5, "q2")}, Bot(TOKEN), "bot:4711").received.key
        == keys[0]
    )


def test_a_button_of_a_message_too_old_to_be_shown_counts() -> None:
    old = {"chat": PRIVATE, "message_id": 3, "date": 0}
    assert read(callback_query=press("IGEN", message=old)).received.text == "IGEN"


@pytest.mark.parametrize("data", ["a\x00b", "\ud800", "😀" * 16, "x" * 500, "'; DROP TABLE messages"])
def test_a_key_is_short_and_plain_whatever_a_button_says(data: str) -> None:
    key = read(callback_query=press(data)).received.key
    assert key.isascii() and key.isprintable() and len(key) < 80


@pytest.mark.parametrize(
    "update",
    [
        {"callback_query": press(chat=GROUP)},
        {"callback_query": press(None, game_short_name="x")},
        {
            "callback_query": {
                "id": "1",
                "from": {"id": 1, "is_bot": False, "first_name": "x"},
                "chat_instance": "1",
                "data": "x",
                "inline_message_id": "9",
            }
        },
        {"message": message("Hej", sender={"id": 9, "is_bot": True, "first_name": "Bot"})},
        {"channel_post": message("Nyhet", chat={"id": -7, "type": "channel", "title": "x"})},
        {"poll": {"id": "1"}},
        {"message_reaction": {"chat": PRIVATE}},
        {"something_new_in_2030": {"a": 1}},
        {},
    ],
)
def test_what_asks_for_no_answer_is_passed_over(update: dict[str, Any]) -> None:
    with pytest.raises(NotForUs):
        read(**update)
