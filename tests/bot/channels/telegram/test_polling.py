"""The polling loop with the real client against a Bot API on loopback."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.channels.telegram import webhook
from bot.channels.telegram.webhook import TelegramIntake, make_bot, poll
from bot.services.receive_message import Intake, Received, receive_message
from bot.store.database import DatabaseAway
from bot.store.tables import LeaseRow, MessageRow
from tests.bot.channels.answering import free_port
from tests.bot.channels.telegram.bot_api import PRIVATE, TOKEN, BotApi, message, no, press
from tests.stand_ins import Post

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loop's pauses, shortened."""
    monkeypatch.setattr(webhook, "_INTERRUPTED_S", 0.02)
    monkeypatch.setattr(webhook, "_OTHER_POLLS_S", 0.05)


@asynccontextmanager
async def polling(telegram: TelegramIntake, owner: str = "one") -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(poll(telegram, owner))
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(holds: Callable[[], Any], seconds: float = 10.0) -> None:
    for _ in range(int(seconds / 0.02)):
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came to hold")


def texts(post: Post) -> list[str]:
    with post.database.reading() as session:
        return [row.text for row in session.scalars(select(MessageRow).order_by(MessageRow.id))]


def lease(post: Post) -> tuple[str | None, int]:
    with post.database.reading() as session:
        row = session.get(LeaseRow, "telegram-poll:bot:4711")
        return (row.owner, row.value) if row else (None, 0)


@pytest.mark.usefixtures("database")
async def test_updates_are_stored_in_order_and_then_confirmed(
    telegram: TelegramIntake, post: Post, api: BotApi
) -> None:
    for text in ("ett", "två", "tre"):
        last = api.comes(message=message(text))
    async with polling(telegram):
        await until(lambda: not api.pending)
        assert texts(post) == ["ett", "två", "tre"]
        assert lease(post) == ("one", last + 1)
        api.comes(message=message("fyra"))
        await until(lambda: texts(post)[3:] == ["fyra"])
    assert len(api.calls("deleteWebhook")) == 1
    asked = api.calls("getUpdates")[0]
    assert int(asked["timeout"]) >= 20 and {"message", "edited_message", "callback_query"} <= set(
        asked["allowed_updates"]
    )


@pytest.mark.usefixtures("database")
async def test_a_loop_killed_before_it_confirms_is_sent_the_update_again_and_stores_it_once(
    telegram: TelegramIntake, post: Post, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def killed(*_: object) -> None:
        reached.set()
        go_on.wait(5)

    api.comes(message=message("Hej"))
    with monkeypatch.context() as patched:
        patched.setattr(webhook, "_advance", killed)
        async with polling(telegram):
            await until(reached.is_set)
            assert texts(post) == ["Hej"]
        go_on.set()
    assert len(api.pending) == 1, "it has not been confirmed"
    async with polling(telegram, "another"):
        await until(lambda: not api.pending)
    assert texts(post) == ["Hej"]


async def test_an_update_is_never_confirmed_before_it_is_stored(
    telegram: TelegramIntake, post: Post, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = 3

    def sometimes_away(intake: Intake, received: Received, now: Any) -> bool:
        nonlocal away
        away -= 1
        if away >= 0:
            raise DatabaseAway("locked")
        return receive_message(intake, received, now)

    monkeypatch.setattr(webhook, "receive_message", sometimes_away)
    number = api.comes(message=message("Hej"))
    async with polling(telegram):
        await until(lambda: texts(post) == ["Hej"])
        await until(lambda: not api.pending)
    offsets = [int(call["offset"]) for call in api.calls("getUpdates")]
    assert offsets[:4] == [0, 0, 0, 0] and offsets[4] == number + 1


async def test_malformed_and_unknown_updates_stop_nothing(telegram: TelegramIntake, post: Post, api: BotApi) -> None:
    api.arrives(
        "no update", 7, {"message": message("utan nummer")}, {"update_id": "x", "message": message("fel nummer")}
    )
    for update in (
        {}, {"poll": {"id": "1"}}, {"channel_post": message("Nyhet")}, {"my_chat_member": {}}, {"message_reaction": {"chat": PRIVATE}},
        {"message": {}}, {"message": {"message_id": 1}}, {"message": message(5)}, {"callback_query": {}}, {"callback_query": press(None)},
        {"message": message("Hej alla", chat={"id": -1, "type": "group", "title": "x"})}, {"edited_message": [1]}, {"new_in_2030": {}},
        {"message": message(None, location={"latitude": "väst", "longitude": []})}, {"callback_query": press(5)},
    ):  # fmt: skip
        api.comes(**update)
    last = api.comes(message=message("Hej"))
    async with polling(telegram):
        await until(lambda: lease(post)[1] == last + 1)
    assert texts(post) == ["Hej"]


async def test_an_update_that_cannot_be_stored_is_given_up_and_the_others_come_through(
    telegram: TelegramIntake, post: Post, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_on_one(intake: Intake, received: Received, now: Any) -> bool:
        if received.text == "gift":
            raise ValueError(f"cannot store {received.text}")
        return receive_message(intake, received, now)

    monkeypatch.setattr(webhook, "receive_message", fails_on_one)
    api.comes(message=message("gift"))
    last = api.comes(message=message("Hej"))
    with capture_logs() as logs:
        async with polling(telegram):
            await until(lambda: lease(post)[1] == last + 1)
    assert texts(post) == ["Hej"]
    assert [log["given_up"] for log in logs if log["event"] == "update not stored"] == [False, False, True]
    assert "gift" not in str(logs)


@pytest.mark.usefixtures("database")
async def test_what_a_changed_client_puts_on_a_button_stops_nothing(
    telegram: TelegramIntake, post: Post, api: BotApi
) -> None:
    for number, data in enumerate(("a\x00b", "\ud800", "x" * 500)):
        api.comes(callback_query=press(data, message_id=number))
    last = api.comes(message=message("Hej"))
    async with polling(telegram):
        await until(lambda: lease(post)[1] == last + 1)
    assert texts(post) == ["ab", "\ufffd", "x" * 500, "Hej"]


@pytest.mark.usefixtures("database")
async def test_only_one_of_two_processes_polls_and_the_other_takes_over(
    telegram: TelegramIntake, post: Post, api: BotApi
) -> None:
    async with polling(telegram, "one") as first:
        await until(lambda: lease(post)[0] == "one")
        async with polling(telegram, "two"):
            await asyncio.sleep(0.7)
            assert (lease(post)[0], api.most_held) == ("one", 1)
            first.cancel()
            await until(lambda: lease(post)[0] == "two")
            api.comes(message=message("Hej"))
            await until(lambda: texts(post) == ["Hej"])


async def test_the_lease_of_a_killed_process_ends_by_itself(telegram: TelegramIntake, post: Post, api: BotApi) -> None:
    assert webhook._take(telegram, "telegram-poll:bot:4711", "killed") == 0
    api.comes(message=message("Hej"))
    async with polling(telegram, "two"):
        await asyncio.sleep(0.3)
        assert texts(post) == []
        post.clock.pass_(seconds=61)
        await until(lambda: texts(post) == ["Hej"])


async def test_a_bot_that_starts_while_telegram_is_away_comes_later(
    post: Post, telegram: TelegramIntake, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    telegram.bot = make_bot(TOKEN, f"http://127.0.0.1:{port}")
    real_sleep = asyncio.sleep
    monkeypatch.setattr(webhook.asyncio, "sleep", lambda seconds: real_sleep(min(seconds, 0.05)))
    async with polling(telegram) as task:
        await real_sleep(0.3)
        assert not task.done()
        api = BotApi(port=port)
        api.comes(message=message("Hej"))
        await until(lambda: texts(post) == ["Hej"])
    api.close()
    await asyncio.gather(*(request.shutdown() for request in telegram.bot._request))


@pytest.mark.parametrize(
    ("answer", "event"),
    [
        (no(500, "Internal"), "polling interrupted"),
        (no(409, "Conflict: terminated by other getUpdates request"), "polling interrupted"),
        (no(401, "Unauthorized"), "telegram refuses the token"),
        (no(404, "Not Found"), "telegram refuses the token"),
    ],
)
async def test_an_error_is_told_and_the_loop_goes_on(
    telegram: TelegramIntake, post: Post, api: BotApi, monkeypatch: pytest.MonkeyPatch, answer: Any, event: str
) -> None:
    real_sleep = asyncio.sleep
    monkeypatch.setattr(webhook.asyncio, "sleep", lambda seconds: real_sleep(min(seconds, 0.02)))
    api.first["getUpdates"] = [answer, answer]
    api.comes(message=message("Hej"))
    with capture_logs() as logs:
        async with polling(telegram):
            await until(lambda: texts(post) == ["Hej"])
    assert [log["event"] for log in logs if log["log_level"] in ("warning", "error")] == [event, event]
    assert TOKEN not in str(logs)


async def test_telegram_is_obeyed_when_it_asks_for_a_pause(
    telegram: TelegramIntake, post: Post, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_sleep, waits = asyncio.sleep, []

    async def noted(seconds: float) -> None:
        waits.append(seconds)
        await real_sleep(0.01)

    monkeypatch.setattr(webhook.asyncio, "sleep", noted)
    api.first["getUpdates"] = [no(429, "Too Many Requests: retry after 17", retry_after=17)]
    api.comes(message=message("Hej"))
    async with polling(telegram):
        for _ in range(500):
            if texts(post):
                break
            await real_sleep(0.02)
    assert texts(post) == ["Hej"] and 17 in waits


async def test_after_six_days_of_silence_ids_may_start_anew_even_across_a_restart(
    telegram: TelegramIntake, post: Post, api: BotApi
) -> None:
    api.arrives({"update_id": 900_000_000, "message": message("förr")})
    async with polling(telegram):
        await until(
            lambda: lease(post)[1] == 900_000_001 and not api.pending
        )  # else the confirming call may come after the next line
    post.clock.pass_(days=7)
    api.arrives({"update_id": 12, "message": message("nu")})
    async with polling(telegram, "restarted"):
        await until(lambda: lease(post)[1] == 13)
        assert texts(post) == ["förr", "nu"]
        await until(lambda: int(api.calls("getUpdates")[-1]["offset"]) == 13)


async def test_the_stored_offset_is_used_after_a_restart_the_same_day(
    telegram: TelegramIntake, post: Post, api: BotApi
) -> None:
    api.comes(message=message("Hej"))
    async with polling(telegram):
        await until(lambda: not api.pending)
    before = len(api.calls("getUpdates"))
    async with polling(telegram, "restarted"):
        await until(lambda: len(api.calls("getUpdates")) > before)
    assert int(api.calls("getUpdates")[before]["offset"]) == lease(post)[1] > 0
