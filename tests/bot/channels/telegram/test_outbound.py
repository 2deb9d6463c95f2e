"""Sending with the real client against a Bot API on loopback."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot

from bot.channels.telegram import outbound
from bot.channels.telegram.outbound import TelegramSender, keyboard
from bot.channels.telegram.webhook import make_bot
from bot.domain.events import SHARE_CONTACT
from bot.services.ports import Refused, SendResult, Sent, TryLater
from bot.store.outbox import Outgoing
from tests.bot.channels.answering import Answer, free_port
from tests.bot.channels.telegram.bot_api import CHAT, TOKEN, BotApi, no
from tests.stand_ins import MONDAY

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


def message(text: str = "Hej", buttons: tuple[tuple[str, str], ...] = (), address: str = f"tg:{CHAT}") -> Outgoing:
    return Outgoing(17, address, "telegram", "bot:4711", text, buttons, 1, False, MONDAY)


async def send(bot: Bot, outgoing: Outgoing) -> SendResult:
    """As a sender's thread does it."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, TelegramSender(bot, loop).send, outgoing)


async def test_a_message_is_handed_over_as_it_is(bot: Bot, api: BotApi) -> None:
    text = "Hej! <b>& *inte* _märkt_ [upp](x)\nrad två 👵"
    result = await send(bot, message(text))
    assert isinstance(result, Sent) and result.provider_id.isdecimal()
    assert api.calls("sendMessage") == [{"chat_id": str(CHAT), "text": text}]


async def test_a_negative_chat_id_is_kept(bot: Bot, api: BotApi) -> None:
    await send(bot, message(address="tg:-100200300"))
    assert api.calls("sendMessage")[0]["chat_id"] == "-100200300"


async def test_the_longest_text_and_buttons_keep_to_the_limits(bot: Bot, api: BotApi) -> None:
    buttons = (("Ä" * 100, "å" * 100), ("👵" * 40, "👵" * 40), ("1", "1"))
    assert isinstance(await send(bot, message("å" * 4096, buttons)), Sent)
    assert api.wrong == []
    rows = api.calls("sendMessage")[0]["reply_markup"]["inline_keyboard"]
    assert [row[0]["callback_data"] for row in rows] == ["å" * 32, "👵" * 16, "1"]


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        ((), None),
        (("1", "2", "3", "4"), [3, 1]),
        (("Klart", "Igen", "Tillbaka"), [3]),
        (("Klart", "Jag vill prata med någon"), [1, 1]),
    ],
)
def test_short_buttons_stand_side_by_side_and_long_ones_alone(labels: tuple[str, ...], rows: list[int] | None) -> None:
    made = keyboard(tuple((label, label.upper()) for label in labels))
    assert (None if made is None else [len(row) for row in json.loads(made.to_json())["inline_keyboard"]]) == rows


def test_a_button_says_what_it_was_given() -> None:
    made = keyboard((("Klart", "KLART"),))
    assert made is not None
    assert json.loads(made.to_json()) == {"inline_keyboard": [[{"text": "Klart", "callback_data": "KLART"}]]}


def test_a_contact_is_asked_for_by_a_button_where_the_letters_are() -> None:
    made = keyboard((("Dela mammas kontakt", SHARE_CONTACT), ("Nej", "NEJ")))
    assert made is not None
    assert json.loads(made.to_json()) == {
        "keyboard": [[{"text": "Dela mammas kontakt", "request_contact": True}], [{"text": "Nej"}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (
            no(429, "Too Many Requests: retry after 9", retry_after=9),
            TryLater("Telegram asks us to wait", after=timedelta(seconds=9)),
        ),
        (
            no(403, "Forbidden: bot was blocked by the user"),
            Refused("403 Forbidden: bot was blocked by the user", unreachable=True),
        ),
        (no(400, "Bad Request: chat not found"), Refused("400 Chat not found")),
        (no(400, "Bad Request: message text is empty"), Refused("400 Message text is empty")),
        (
            no(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1009),
            Refused("the chat has become a group", unreachable=True),
        ),
        (no(401, "Unauthorized"), TryLater("Telegram refuses the token", after=timedelta(minutes=1))),
        (no(404, "Not Found"), TryLater("Telegram refuses the token", after=timedelta(minutes=1))),
        (no(500, "Internal Server Error"), TryLater("no answer from Telegram (NetworkError)", doubtful=True)),
        (Answer(502, raw=b"<html>"), TryLater("no answer from Telegram (NetworkError)", doubtful=True)),
        (Answer(200, raw=b"<html>"), TryLater("Telegram has a fault (TelegramError)", doubtful=True)),
        (Answer(200, {"ok": True, "result": {}}), TryLater("Telegram has a fault (TypeError)", doubtful=True)),
        (Answer(200, {"ok": True, "result": "x"}), TryLater("Telegram has a fault (AttributeError)", doubtful=True)),
        (Answer(closes=True), TryLater("no answer from Telegram (NetworkError)", doubtful=True)),
    ],
    ids=[
        "429",
        "403",
        "400",
        "400-empty",
        "migrated",
        "401",
        "404",
        "500",
        "502",
        "no-json",
        "no-message",
        "no-object",
        "closed",
    ],
)
async def test_what_telegram_answers_decides_what_is_done(
    bot: Bot, api: BotApi, answer: Answer, result: SendResult
) -> None:
    api.then["sendMessage"] = answer
    given = await send(bot, message())
    if isinstance(result, TryLater) and "fault" in result.error:
        assert isinstance(given, TryLater) and given.doubtful
    else:
        assert given == result
    assert len(api.calls("sendMessage")) == 1, "it is the outbox that tries again, not the sender"


async def test_an_answer_that_takes_too_long_leaves_a_doubt(
    bot: Bot, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbound, "TIMEOUT_S", 0.2)
    api.then["sendMessage"] = Answer(200, {"ok": True, "result": {}}, waits=1.0)
    assert await send(bot, message()) == TryLater("no answer from Telegram (TimedOut)", doubtful=True)


async def test_a_call_that_never_ends_is_left(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    async def for_ever(*_: Any, **__: Any) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(outbound, "_WAIT_S", 0.2)
    monkeypatch.setattr(TelegramSender, "_send", for_ever)
    assert await send(bot, message()) == TryLater("Telegram did not answer in time", doubtful=True)


async def test_a_refused_connection_is_no_doubt() -> None:
    bot = make_bot(TOKEN, f"http://127.0.0.1:{free_port()}")
    result = await send(bot, message())
    assert isinstance(result, TryLater) and not result.doubtful
    await asyncio.gather(*(request.shutdown() for request in bot._request))


async def test_there_is_nothing_to_look_up(bot: Bot, api: BotApi) -> None:
    assert TelegramSender(bot, asyncio.get_running_loop()).candidates(message()) == ()
    assert api.calls("sendMessage") == []
