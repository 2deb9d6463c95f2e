"""The whole server, wired as it runs, with an interpreter that needs no model and providers on loopback."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from benchmarks.carrier import ACCOUNT, NUMBER, TOKEN, Carrier
from bot import app as module
from bot.domain.finding import ContentError
from bot.services.write_email import queue_email
from bot.settings import ROOT
from bot.store import outbox
from bot.store.database import Database
from tests.bot.channels.answering import free_port
from tests.bot.channels.email.mail_server import MailServer
from tests.bot.channels.telegram import bot_api
from tests.bot.channels.telegram.bot_api import CHAT, BotApi
from tests.bot.channels.twilio_sms.desk import incoming, signature
from tests.nlu.rasa.loopback import TOKEN as RASA_TOKEN
from tests.nlu.rasa.loopback import LoopbackRasa
from tests.stand_ins import SVEA, ToldInterpreter

PUBLIC_URL = "https://lotsen.example.se"
TWILIO = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN, "TWILIO_NUMBER": NUMBER, "PUBLIC_URL": PUBLIC_URL}
TELEGRAM = {"TELEGRAM_TOKEN": bot_api.TOKEN}
WEBHOOK = {
    **TELEGRAM,
    "TELEGRAM_MODE": "webhook",
    "TELEGRAM_WEBHOOK_SECRET": "rimligt_hemlig",
    "PUBLIC_URL": PUBLIC_URL,
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of whoever runs the tests, a database of its own, and no waiting for more texts."""
    for name in [name for name in os.environ if name.startswith("LOTSEN_")]:
        monkeypatch.delenv(name)
    own = {
        "CONFIG": str(ROOT / "config"),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'app.db'}",
        "GATHER_SECONDS": "0",
        "SMS_RATE": "0",
        "SECRET_KEY": "k" * 40,
    }
    for name, value in own.items():
        monkeypatch.setenv(f"LOTSEN_{name}", value)
    monkeypatch.setattr(module, "set_up_logs", lambda level: None)
    monkeypatch.setattr(module, "interpreter_for", lambda parts: ToldInterpreter())


def made(monkeypatch: pytest.MonkeyPatch, **settings: str) -> FastAPI:
    for name, value in settings.items():
        monkeypatch.setenv(f"LOTSEN_{name}", value)
    return module.create_app()


def client_of(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, client=("127.0.0.1", 4711)), base_url="http://127.0.0.1:8000"
    )


@asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app) as client, app.router.lifespan_context(app):
        yield client


async def until(holds: Callable[[], Any], seconds: float = 20.0) -> None:
    for _ in range(int(seconds / 0.05)):
        if holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never came to hold")


async def text(client: httpx.AsyncClient, body: str, sid: str) -> int:
    pairs = incoming(body, sid)
    headers = {"X-Twilio-Signature": signature(f"{PUBLIC_URL}/twilio/sms", pairs, TOKEN)}
    return (await client.post("/twilio/sms", data=dict(pairs), headers=headers)).status_code


async def test_with_no_settings_the_phone_stands_in_for_both_channels(monkeypatch: pytest.MonkeyPatch) -> None:
    app = made(monkeypatch)
    async with client_of(app) as client:
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/readyz")).status_code == 503, "nothing answers yet"
    async with running(app) as client:
        codes = {
            path: (await client.get(path)).status_code
            for path in ("/healthz", "/readyz", "/metrics", "/phone", "/", "/docs", "/openapi.json")
        }
        assert codes == {
            "/healthz": 200,
            "/readyz": 200,
            "/metrics": 200,
            "/phone": 200,
            "/": 307,
            "/docs": 404,
            "/openapi.json": 404,
        }
        assert (await client.get("/")).headers["location"] == "/phone"
        assert "lotsen_database_up 1.0" in (await client.get("/metrics")).text
        assert (await client.get("/console", follow_redirects=False)).status_code in (200, 302, 303, 307)
        for path in ("/twilio/sms", "/twilio/status", "/telegram/webhook"):
            assert (await client.post(path)).status_code == 404
    async with client_of(app) as client:
        assert (await client.get("/readyz")).status_code == 503, "it has stopped"


async def test_an_sms_is_answered_by_sms_once(monkeypatch: pytest.MonkeyPatch) -> None:
    carrier = Carrier()
    async with running(made(monkeypatch, **TWILIO, TWILIO_API_BASE=carrier.url)) as client:
        assert [await text(client, "meny", "SM1") for _ in range(2)] == [200, 200]
        await until(lambda: carrier.answers().get(SVEA))
        assert (await client.get("/phone")).status_code == 404
        await asyncio.sleep(0.5)
    (answer,) = carrier.answers()[SVEA]
    assert answer.sender == NUMBER and answer.body
    carrier.close()


async def test_an_e_mail_goes_out_when_there_is_a_mail_server(monkeypatch: pytest.MonkeyPatch) -> None:
    server = MailServer("none", asks_password=False)
    app = made(monkeypatch, SMTP_URL=server.url, SMTP_FROM="lotsen@kommunen.example")
    database = Database(os.environ["LOTSEN_DATABASE_URL"])
    async with running(app) as client:
        with database.writing() as session:
            queue_email(session, "jour@kommunen.example", "Rubrik\n\nText", datetime.now(UTC))
        await until(lambda: server.taken)
        assert (await client.get("/readyz")).status_code == 200
    database.close()
    server.close()
    assert server.taken[0]["Subject"] == "Rubrik"


async def test_the_server_gets_ready_while_twilio_and_telegram_are_away(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    away = f"http://127.0.0.1:{free_port()}"
    app = made(monkeypatch, **TWILIO, **TELEGRAM, TWILIO_API_BASE=away, TELEGRAM_API_BASE=away)
    async with running(app) as client:
        assert (await client.get("/readyz")).status_code == 200
        assert await text(client, "meny", "SM1") == 200
        database = Database(f"sqlite:///{tmp_path / 'app.db'}")

        def tried() -> bool:
            with database.reading() as session:
                rows = outbox.listed(session, SVEA)
                return any(
                    row.attempts >= 2 and row.status in ("queued", "sending") and row.doubts == 0 for row in rows
                )

        await until(tried)
        assert (await client.get("/readyz")).status_code == 200
    database.close()


async def test_telegram_is_polled_and_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    api = BotApi()
    api.comes(message=bot_api.message("/start"))
    async with running(made(monkeypatch, **TELEGRAM, TELEGRAM_API_BASE=api.url)) as client:
        await until(lambda: api.calls("sendMessage"))
        assert (await client.post("/telegram/webhook")).status_code == 404, "it polls"
        assert (await client.get("/phone")).status_code == 404
    assert api.calls("sendMessage")[0]["chat_id"] == str(CHAT) and api.wrong == []
    api.close()


async def test_telegrams_webhook_is_announced_and_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    api = BotApi()
    async with running(made(monkeypatch, **WEBHOOK, TELEGRAM_API_BASE=api.url)) as client:
        await until(lambda: api.calls("setWebhook"))
        assert api.calls("setWebhook")[0]["url"] == f"{PUBLIC_URL}/telegram/webhook"
        update = {"update_id": 1, "message": bot_api.message("meny")}
        assert (await client.post("/telegram/webhook", json=update)).status_code == 403
        secret = {"X-Telegram-Bot-Api-Secret-Token": "rimligt_hemlig"}
        assert (await client.post("/telegram/webhook", json=update, headers=secret)).status_code == 200
        await until(lambda: api.calls("sendMessage"))
    assert api.calls("getUpdates") == []
    api.close()


async def test_the_server_gets_ready_while_rasa_is_away_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"NLU": "rasa", "RASA_URL": f"http://127.0.0.1:{free_port()}", "RASA_TOKEN": "hemlig"}
    async with running(made(monkeypatch, **settings)) as client:
        assert (await client.get("/readyz")).status_code == 200
        for _ in range(100):
            told = (await client.get("/metrics")).text
            if "lotsen_rasa_available 0.0" in told:
                break
            await asyncio.sleep(0.05)
        assert "lotsen_rasa_available 0.0" in told and "hemlig" not in told


async def test_rasa_is_looked_at_before_anybody_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    rasa = LoopbackRasa()
    looked: list[str] = []
    usual = rasa.answer
    rasa.answer = lambda handler: (looked.append(handler.path), usual(handler))[1]
    async with running(made(monkeypatch, NLU="rasa", RASA_URL=rasa.url, RASA_TOKEN=RASA_TOKEN)) as client:
        await until(lambda: looked)
        assert "lotsen_rasa_available 1.0" in (await client.get("/metrics")).text
    rasa.close()
    assert rasa.asked == []


async def test_the_programme_is_there_for_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(made(monkeypatch)) as client:
        answers = {
            path: await client.get(path)
            for path in (
                "/program",
                "/program/kalmar",
                "/program/kalmar.pdf",
                "/program/kalmar.ics",
                "/program/static/program.css",
            )
        }
        assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(answers, 200)
        page = answers["/program/kalmar"].text
        assert "Mobilen från början" in page and "Kalmar stadsbibliotek" in page, (
            "courses and places of the configuration"
        )
        assert "t.me" not in page
        assert (await client.get("/kalender/gissning.ics")).status_code == 404


async def test_the_programme_names_the_bot_that_telegram_tells_of(monkeypatch: pytest.MonkeyPatch) -> None:
    api = BotApi()
    async with running(made(monkeypatch, **TELEGRAM, TELEGRAM_API_BASE=api.url)) as client:
        await until(lambda: api.calls("getMe"))
        for _ in range(100):
            page = (await client.get("/program/kalmar")).text
            if "t.me" in page:
                break
        assert "https://t.me/lotsen_bot?start=kalmar" in page
    api.close()


def test_live_providers_are_refused_beside_samples_unless_in_development(monkeypatch: pytest.MonkeyPatch) -> None:
    for settings in (TWILIO, TELEGRAM):
        with monkeypatch.context() as patched, pytest.raises(ContentError, match="samples-live"):
            made(patched, **settings)
    made(monkeypatch, **TWILIO, DEVELOPMENT="1")
