"""What goes with taking in an update: typing, groups that are left, blocking."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from telegram import Bot

from bot.channels.telegram.webhook import TelegramIntake
from bot.store.tables import AddressRow, MessageRow
from tests.bot.channels.answering import Answer
from tests.bot.channels.telegram.bot_api import BOT, CHAT, PERSON, PRIVATE, BotApi, message, no, press
from tests.stand_ins import Post

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
GROUP = {"id": -100, "type": "supergroup", "title": "Grannarna"}


async def takes(telegram: TelegramIntake, number: int = 1, **update: Any) -> None:
    await telegram.store({"update_id": number, **update})
    await asyncio.gather(*telegram.courtesies)


def change(before: str, after: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    return {
        "chat": chat,
        "from": PERSON,
        "date": 1,
        "old_chat_member": {"user": BOT, "status": before},
        "new_chat_member": {"user": BOT, "status": after},
    }


async def test_typing_shows_once_for_what_will_be_answered(telegram: TelegramIntake, api: BotApi) -> None:
    for _ in range(2):
        await takes(telegram, message=message("Hej"))
    await takes(telegram, 2, edited_message=message("Hej då"))
    assert api.calls("sendChatAction") == [{"chat_id": str(CHAT), "action": "typing"}]


@pytest.mark.parametrize(
    "answer",
    [no(500, "x"), no(403, "Forbidden"), no(429, "wait", retry_after=60), Answer(closes=True), Answer(200, raw=b"x")],
)
async def test_typing_that_fails_is_nothing(telegram: TelegramIntake, api: BotApi, post: Post, answer: Answer) -> None:
    api.then["sendChatAction"] = answer
    await takes(telegram, message=message("Hej"))
    await takes(telegram, 2, callback_query=press())
    with post.database.reading() as session:
        assert len(session.scalars(select(MessageRow)).all()) == 2


async def test_typing_never_keeps_anybody_waiting(telegram: TelegramIntake, api: BotApi) -> None:
    api.then["sendChatAction"] = Answer(200, {"ok": True, "result": True}, waits=2.0)
    began = asyncio.get_running_loop().time()
    await telegram.store({"update_id": 1, "message": message("Hej")})
    assert asyncio.get_running_loop().time() - began < 1.5
    await asyncio.gather(*telegram.courtesies)


async def test_a_group_is_told_once_and_left_each_time(telegram: TelegramIntake, api: BotApi, post: Post) -> None:
    telegram = replace(telegram, for_groups=lambda: "Skriv till mig privat")
    await takes(telegram, 1, my_chat_member=change("left", "member", GROUP))
    await takes(telegram, 2, message=message("Hej alla", chat=GROUP))
    await takes(telegram, 3, my_chat_member=change("left", "member", GROUP))
    assert [call["text"] for call in api.calls("sendMessage")] == ["Skriv till mig privat"]
    assert api.calls("leaveChat") == [{"chat_id": "-100"}] * 3
    with post.database.reading() as session:
        assert session.scalars(select(MessageRow)).all() == [] == session.scalars(select(AddressRow)).all()


async def test_a_group_is_left_though_it_cannot_be_told(telegram: TelegramIntake, api: BotApi) -> None:
    api.then["sendMessage"] = no(400, "Bad Request: not enough rights to send text messages to the chat")
    await takes(replace(telegram, for_groups=lambda: "Hej"), message=message("Hej", chat=GROUP))
    assert len(api.calls("leaveChat")) == 1


async def test_a_channel_is_not_answered(telegram: TelegramIntake, api: BotApi) -> None:
    await takes(telegram, my_chat_member=change("left", "administrator", {"id": -7, "type": "channel", "title": "x"}))
    assert api.calls("sendMessage") == api.calls("leaveChat") == []


async def test_who_blocks_is_known_to_have_and_who_writes_again_too(telegram: TelegramIntake, post: Post) -> None:
    async def blocked() -> bool:
        with post.database.reading() as session:
            return session.scalars(select(AddressRow)).one().blocked_at is not None

    await takes(telegram, 1, message=message("Hej"))
    await takes(telegram, 2, my_chat_member=change("member", "kicked"))
    assert await blocked()
    await takes(telegram, 3, my_chat_member=change("kicked", "member"))
    assert not await blocked()


@pytest.mark.parametrize(
    "broken", [{}, {"chat": PRIVATE}, {"chat": PRIVATE, "old_chat_member": 7, "new_chat_member": 8}, []]
)
async def test_a_broken_change_of_membership_stops_nothing(telegram: TelegramIntake, bot: Bot, broken: Any) -> None:
    await takes(telegram, my_chat_member=broken)
