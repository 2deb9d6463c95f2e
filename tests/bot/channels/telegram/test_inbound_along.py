"""What comes along with a message, and updates that are no message: cards, names, links, files, blocking, groups."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot

from bot.channels.telegram.inbound import InGroup, Membership, NotForUs, Read, read_update
from bot.domain.address import Address
from bot.domain.message import Kind
from bot.services.receive_message import Received, SentFile
from tests.bot.channels.telegram.bot_api import BOT, CHAT, PERSON, PRIVATE, TOKEN, message, press

GROUP = {"id": -100, "type": "supergroup", "title": "Grannarna"}
MEDIA = {"file_id": "f", "file_unique_id": "u"}


def read(**update: Any) -> Read | Membership | InGroup:
    return read_update({"update_id": 7, **update}, Bot(TOKEN), "bot:4711")


def received(**update: Any) -> Received:
    found = read(**update)
    assert isinstance(found, Read)
    return found.received


def member(status: str) -> dict[str, Any]:
    return {"user": BOT, "status": status, **({"until_date": 0} if status == "kicked" else {})}


def change(before: str, after: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    """A ChatMemberUpdated of the bot itself."""
    return {
        "chat": chat,
        "from": PERSON,
        "date": 1_795_000_000,
        "old_chat_member": member(before),
        "new_chat_member": member(after),
    }


@pytest.mark.parametrize(
    ("card", "text", "kind"),
    [
        ({"phone_number": "+46701740606", "first_name": "Mamma"}, "+46701740606 Mamma", Kind.CONTACT),
        ({"phone_number": "46701740606", "first_name": "Mamma", "user_id": 99}, "+46701740606 Mamma", Kind.CONTACT),
        (
            {"phone_number": "070-174 06 06", "first_name": "Farbror Olle", "last_name": "Ek"},
            "+46701740606 Farbror Olle",
            Kind.CONTACT,
        ),
        ({"phone_number": "+47 22 22 55 55", "first_name": ""}, "+4722225555", Kind.CONTACT),
        ({"phone_number": "0", "first_name": "SOS"}, "0 SOS", Kind.CONTACT),
        ({"phone_number": "46701740605", "first_name": "Gunvor", "user_id": CHAT}, "+46701740605", Kind.OWN_CONTACT),
        ({"phone_number": "", "first_name": "x"}, "x", Kind.CONTACT),
    ],
)
def test_a_card_is_its_number_and_the_name_on_it(card: dict[str, Any], text: str, kind: Kind) -> None:
    found = received(message=message(None, contact=card))
    assert (found.text, found.kind, found.file) == (text, kind, None)


def test_somebody_elses_card_is_never_the_senders_own() -> None:
    card = {"phone_number": "+46701740605", "first_name": "Gunvor", "user_id": CHAT}
    assert received(message=message(None, contact=card, sender={**PERSON, "id": 816})).kind == Kind.CONTACT


def test_the_senders_first_name_comes_along() -> None:
    assert received(message=message("Hej")).name == "Gunvor"
    assert received(callback_query=press("KLART")).name == "Gunvor"


@pytest.mark.parametrize(
    ("written", "home"),
    [
        ("/start kalmar", "kalmar"),
        ("/start", ""),
        ("/start " + "x" * 99, "x" * 64),
        ("kalmar", ""),
        ("/meny kalmar", ""),
    ],
)
def test_what_comes_with_a_link_is_the_municipality(written: str, home: str) -> None:
    assert received(message=message(written)).home == home


def test_the_largest_size_that_may_be_kept_is_fetched() -> None:
    sizes = [
        {**MEDIA, "file_id": name, "width": side, "height": side, "file_size": size}
        for name, side, size in (("s", 90, 900), ("xl", 5000, 11_000_000), ("m", 800, 90_000))
    ]
    assert received(message=message(None, photo=sizes)).file == SentFile("m")


@pytest.mark.parametrize(
    ("what", "file"),
    [
        ({"document": {**MEDIA, "mime_type": "image/png", "file_size": 5000}}, SentFile("f")),
        ({"document": {**MEDIA, "mime_type": "image/png", "file_size": 11_000_000}}, SentFile(fault="too large")),
        ({"document": {**MEDIA, "mime_type": "application/pdf"}}, None),
        ({"voice": {**MEDIA, "duration": 4}}, SentFile("f")),
        ({"voice": {**MEDIA, "duration": 4, "file_size": 6_000_000}}, SentFile(fault="too large")),
        ({"audio": {**MEDIA, "duration": 4}}, SentFile(fault="no voice message")),
        ({"video_note": {**MEDIA, "duration": 4, "length": 9}}, SentFile(fault="no voice message")),
        ({"voice": {**MEDIA, "file_id": "../../getMe?", "duration": 4}}, SentFile(fault="no name to fetch it by")),
    ],
)
def test_what_is_fetched(what: dict[str, Any], file: SentFile | None) -> None:
    assert received(message=message(None, **what)).file == file


def test_pictures_of_an_album_have_keys_that_begin_alike() -> None:
    photo = {"photo": [{**MEDIA, "width": 9, "height": 9}]}
    found = received(message=message(None, media_group_id="139", **photo))
    assert (found.album, found.key) == ("album:139:", "album:139:7")
    odd = received(message=message(None, media_group_id="1:%'", **photo))
    assert (odd.album, odd.key) == ("", "update:7")


@pytest.mark.parametrize(
    ("before", "after", "blocked"), [("member", "kicked", True), ("kicked", "member", False), ("left", "member", False)]
)
def test_blocking_is_read(before: str, after: str, blocked: bool) -> None:
    assert read(my_chat_member=change(before, after)) == Membership(Address(f"tg:{CHAT}"), blocked)


@pytest.mark.parametrize(
    "update",
    [
        {"message": message("Hej alla", chat=GROUP)},
        {"message": message("Hej", chat=GROUP, sender={"id": 9, "is_bot": True, "first_name": "Bot"})},
        {"edited_message": message("Hej alla", chat=GROUP)},
        {"my_chat_member": change("left", "member", GROUP)},
        {"my_chat_member": change("kicked", "member", GROUP)},
    ],
)
def test_a_group_is_seen_as_one(update: dict[str, Any]) -> None:
    assert read(**update) == InGroup(-100)


@pytest.mark.parametrize(
    "change_",
    [
        change("member", "kicked", GROUP),
        change("member", "administrator", GROUP),
        change("left", "administrator", {"id": -7, "type": "channel", "title": "x"}),
    ],
)
def test_leaving_and_channels_need_nothing(change_: dict[str, Any]) -> None:
    with pytest.raises(NotForUs):
        read(my_chat_member=change_)
