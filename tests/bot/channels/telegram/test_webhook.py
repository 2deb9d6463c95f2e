"""POST /telegram/webhook, on a real database."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select
from structlog.testing import capture_logs
from telegram import Bot

from bot.channels.telegram.webhook import TelegramIntake, announce_webhook, make_webhook
from bot.store.database import Database
from bot.store.tables import MessageRow
from tests.bot.channels.telegram.bot_api import CHAT, BotApi, message, no, press
from tests.stand_ins import Post

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

SECRET = "rimligt-hemlig_1"
PRIVATE_TEXT = "Jag heter Gunvor och bor i Vara"


def client_of(telegram: TelegramIntake, secret: str = SECRET) -> httpx.AsyncClient:
    app = FastAPI()
    app.include_router(make_webhook(telegram, secret))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://10.0.0.7")


@pytest.fixture
async def client(telegram: TelegramIntake) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(telegram) as made:
        yield made


async def send(client: httpx.AsyncClient, update: Any, secret: bytes | None = SECRET.encode(), **more: Any) -> int:
    headers = {} if secret is None else {b"X-Telegram-Bot-Api-Secret-Token": secret}
    content = update if isinstance(update, bytes) else json.dumps(update).encode()
    return (await client.post("/telegram/webhook", content=content, headers=headers, **more)).status_code


def texts(post: Post) -> list[tuple[str, str]]:
    with post.database.reading() as session:
        return [(row.kind, row.text) for row in session.scalars(select(MessageRow).order_by(MessageRow.id))]


@pytest.mark.usefixtures("database")
async def test_an_update_is_stored_once_however_often_it_comes(client: httpx.AsyncClient, post: Post) -> None:
    update = {"update_id": 1, "message": message("Hej")}
    assert [await send(client, update) for _ in range(3)] == [200, 200, 200]
    assert texts(post) == [("text", "Hej")]


async def test_two_people_in_turn_are_two_conversations(client: httpx.AsyncClient, post: Post) -> None:
    for number, chat in enumerate((CHAT, 816)):
        await send(client, {"update_id": number, "message": message("Hej", chat={"id": chat, "type": "private"})})
    with post.database.reading() as session:
        assert len({row.conversation_id for row in session.scalars(select(MessageRow))}) == 2


@pytest.mark.parametrize("secret", [None, b"", b"wrong", SECRET.upper().encode(), "hemligt-å".encode(), b"\xff\xfe"])
async def test_a_wrong_secret_is_refused(client: httpx.AsyncClient, post: Post, secret: bytes | None) -> None:
    assert await send(client, {"update_id": 1, "message": message("Hej")}, secret) == 403
    assert texts(post) == []


async def test_no_secret_lets_nobody_in(telegram: TelegramIntake) -> None:
    async with client_of(telegram, "") as client:
        assert await send(client, {"update_id": 1}, None) == 403
        assert await send(client, {"update_id": 1}, b"") == 403


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe{", b"[" * 100_000, b"nothing"])
async def test_what_is_no_json_is_refused(client: httpx.AsyncClient, body: bytes) -> None:
    assert await send(client, body) == 400


async def test_a_huge_body_is_not_read(client: httpx.AsyncClient) -> None:
    assert await send(client, b'"' + b"x" * 1_100_000 + b'"') == 413


@pytest.mark.parametrize(
    "update",
    [
        [], "text", 7, None, {}, {"update_id": 1}, {"update_id": 1, "message": {}}, {"update_id": 1, "message": None},
        {"update_id": 1, "message": {"message_id": 1}}, {"update_id": 1, "message": message(5)}, {"message": message("Hej")},
        {"update_id": 1, "message": message("Hej", chat={"id": "x", "type": "private"})},
        {"update_id": 1, "callback_query": {"id": "1"}}, {"update_id": 1, "message": [1, 2]}, {"update_id": 1, "my_chat_member": {}},
        {"update_id": 1, "message": message("Hej", chat={"id": -100, "type": "supergroup", "title": "x"})},
    ],
    ids=lambda update: json.dumps(update)[:40],
)  # fmt: skip
async def test_what_cannot_be_read_gets_200_or_it_would_come_again(
    client: httpx.AsyncClient, post: Post, update: Any
) -> None:
    assert await send(client, update) == 200
    assert texts(post) == []


async def test_a_button_pressed_twice_is_one_message_and_both_are_acknowledged(
    client: httpx.AsyncClient, post: Post, api: BotApi
) -> None:
    for number in (1, 2):
        assert await send(client, {"update_id": number, "callback_query": press("KLART", query_id=f"q{number}")}) == 200
    assert texts(post) == [("text", "KLART")]
    assert [call["callback_query_id"] for call in api.calls("answerCallbackQuery")] == ["q1", "q2"]


@pytest.mark.parametrize(
    "answer",
    [no(400, "Bad Request: query is too old"), no(500, "Internal"), no(429, "Too Many Requests", retry_after=3)],
)
async def test_a_button_that_cannot_be_acknowledged_is_stored_all_the_same(
    client: httpx.AsyncClient, post: Post, api: BotApi, answer: Any
) -> None:
    api.then["answerCallbackQuery"] = answer
    assert await send(client, {"update_id": 1, "callback_query": press("KLART")}) == 200
    assert texts(post) == [("text", "KLART")]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b", "ab"),
        ("\ud800hej", "\ufffdhej"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("👵🏽" * 50, "👵🏽" * 50),
        ("x" * 4096, "x" * 4096),
    ],
    ids=range(5),
)
async def test_any_text_comes_through(client: httpx.AsyncClient, post: Post, text: str, kept: str) -> None:
    assert await send(client, {"update_id": 1, "message": message(text)}) == 200
    assert await send(client, {"update_id": 2, "callback_query": press(text)}) == 200
    assert [text for _, text in texts(post)] == [kept, kept]


async def test_while_the_database_is_away_telegram_is_asked_to_come_again(bot: Bot) -> None:
    away = Database("postgresql://lotsen:hemligt-losenord@127.0.0.1:1/lotsen")
    post, pool = Post(away), ThreadPoolExecutor(1)
    async with client_of(TelegramIntake(bot, post.intake, post.clock, pool, "bot:4711")) as client:
        with capture_logs() as logs:
            assert await send(client, {"update_id": 1, "message": message(PRIVATE_TEXT)}) == 503
    assert PRIVATE_TEXT not in str(logs) and "hemligt-losenord" not in str(logs)
    pool.shutdown()
    away.close()


async def test_a_fault_of_ours_is_told_by_its_kind_alone(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object, received: object, now: object) -> None:
        raise RuntimeError(f"cannot store {received}")

    monkeypatch.setattr("bot.channels.telegram.webhook.receive_message", fails)
    with capture_logs() as logs:
        assert await send(client, {"update_id": 1, "message": message(PRIVATE_TEXT)}) == 500
    assert logs[-1]["error"] == "RuntimeError" and PRIVATE_TEXT not in str(logs)


async def test_no_text_name_chat_or_secret_is_ever_logged(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with capture_logs() as logs:
        for update in (
            {"update_id": 1, "message": message(PRIVATE_TEXT)},
            {
                "update_id": 2,
                "message": message(PRIVATE_TEXT, chat={"id": -100, "type": "group", "title": "Grannarna"}),
            },
            {"update_id": 3, "message": {**message(PRIVATE_TEXT), "chat": None}},
            {"update_id": 4, "callback_query": press(PRIVATE_TEXT)},
        ):
            await send(client, update)
            await send(client, update, b"wrong-secret")
        await send(client, b"{" + PRIVATE_TEXT.encode())
    out = json.dumps(logs) + caplog.text
    for private in (PRIVATE_TEXT, "Gunvor", "Grannarna", str(CHAT), SECRET, "wrong-secret"):
        assert private not in out


async def test_the_webhook_is_announced_with_its_secret_once_telegram_can_be_reached(
    bot: Bot, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def no_wait(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("bot.channels.telegram.webhook.asyncio.sleep", no_wait)
    api.first["setWebhook"] = [
        no(500, "Internal"),
        no(401, "Unauthorized"),
        no(429, "Too Many Requests", retry_after=1),
    ]
    await announce_webhook(bot, "https://lotsen.example.se/telegram/webhook", SECRET)
    last = api.calls("setWebhook")[-1]
    assert (last["url"], last["secret_token"]) == ("https://lotsen.example.se/telegram/webhook", SECRET)
    assert {"message", "callback_query"} <= set(last["allowed_updates"])
    assert len(api.calls("setWebhook")) == 4 and waits == [1.0, 2.0, 4.0]
