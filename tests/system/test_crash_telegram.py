"""kill -9 in the middle of many Telegram messages, asked for or brought: nobody is without an answer, and one comes twice only where a send was under way."""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from benchmarks.carrier import Carrier
from benchmarks.server import Server
from bot.app import SENDERS
from tests.bot.channels.telegram.bot_api import TOKEN, BotApi, message

MESSAGES = int(os.environ.get("CRASH_TELEGRAM_MESSAGES", "16"))
PATIENCE_S = 120.0
SECRET = "rimligt-hemlig_1"
KILLS = 2


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_nobody_is_without_an_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    api, carrier = BotApi(), Carrier()
    for name, value in (("TOKEN", TOKEN), ("API_BASE", api.url), ("MODE", mode), ("WEBHOOK_SECRET", SECRET)):
        monkeypatch.setenv(f"LOTSEN_TELEGRAM_{name}", value)
    server = Server(f"sqlite:///{tmp_path / 'crash.db'}", carrier.url, tmp_path / "log")
    server.start()
    chats = [10_000 + i for i in range(MESSAGES)]

    def write(i: int) -> None:
        time.sleep(i * 0.1)
        said = message(
            "Hej",
            chat={"id": chats[i], "type": "private"},
            sender={"id": chats[i], "is_bot": False, "first_name": "Kim"},
        )
        if mode == "polling":
            api.comes(message=said)
        else:
            _bring(server.base, {"update_id": 500 + i, "message": said})

    try:
        with ThreadPoolExecutor(8) as pool:
            under_way = [pool.submit(write, i) for i in range(MESSAGES)]
            for after in (MESSAGES // 4, MESSAGES // 2)[:KILLS]:
                _until(lambda after=after: len(_answers(api)) >= after, 60)  # type: ignore[misc]
                server.kill()
                server.start()
            for future in under_way:
                future.result()
        _until(lambda: set(chats) <= set(_answers(api)), PATIENCE_S)
        time.sleep(2)  # whatever would be sent twice has had time to be
    finally:
        server.stop()
        api.close()
        carrier.close()
    answers = _answers(api)
    assert [chat for chat in chats if chat not in answers] == []
    assert len([chat for chat in chats if answers[chat] > 1]) <= KILLS * SENDERS, (
        "Telegram cannot be asked what it took: doubles are those under way"
    )
    assert api.wrong == []


def _answers(api: BotApi) -> Counter[int]:
    return Counter(int(call["chat_id"]) for call in api.calls("sendMessage"))


def _bring(base: str, update: dict[str, Any]) -> None:
    """Telegram brings an update again until it is taken."""
    for _ in range(120):
        headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": SECRET}
        request = urllib.request.Request(f"{base}/telegram/webhook", json.dumps(update).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=10):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise AssertionError("an update was never taken")


def _until(holds, seconds: float) -> None:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not holds():
        time.sleep(0.1)
