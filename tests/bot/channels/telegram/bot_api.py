"""Telegram's Bot API on loopback, as far as Lotsen uses it, with residents who write, press buttons and block.

It keeps updates until they are confirmed by a higher offset, holds getUpdates open while there are none, and checks what is sent against the
limits of the Bot API's description. `first` and `then` give other answers to a method, in the order of its calls.
"""

from __future__ import annotations

import json
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from typing import Any

from tests.bot.channels.answering import Answer, AnsweringServer, Asked

TOKEN = "4711:loopback-token"
CHAT = 815
BOT = {"id": 4711, "is_bot": True, "first_name": "Lotsen", "username": "lotsen_bot"}
PERSON = {"id": CHAT, "is_bot": False, "first_name": "Gunvor", "language_code": "sv"}
PRIVATE = {"id": CHAT, "type": "private", "first_name": "Gunvor"}


def no(code: int, description: str, **parameters: Any) -> Answer:
    """An error as the Bot API tells it."""
    data = {
        "ok": False,
        "error_code": code,
        "description": description,
        **({"parameters": parameters} if parameters else {}),
    }
    return Answer(code, data)


@dataclass
class BotApi:
    """Runs until it is closed."""

    pending: list[dict[str, Any]] = field(default_factory=list)
    first: dict[str, list[Answer]] = field(default_factory=dict)
    then: dict[str, Answer] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    """What broke the Bot API's limits."""
    files: dict[str, bytes] = field(default_factory=dict)
    """What can be downloaded, by the end of its path."""
    port: int = 0
    holds_s: float = 0.3
    """The longest that getUpdates is held open, whatever was asked for."""
    most_held: int = 0
    """How many calls of getUpdates were held open at once, at most. Telegram itself answers the second with 409."""

    def __post_init__(self) -> None:
        self._arrived = threading.Condition()
        self._ids = 100
        self._held = 0
        self._server = AnsweringServer(self._answer, self.port)
        self.url = self._server.url

    def close(self) -> None:
        self._server.close()

    def calls(self, method: str) -> list[dict[str, Any]]:
        """The parameters of each call of `method`, in order."""
        return [_parameters(asked) for asked in list(self._server.asked) if asked.path.endswith(f"/{method}")]

    def comes(self, **update: Any) -> int:
        """An update arrives; its id."""
        with self._arrived:
            self._ids += 1
            self.pending.append({"update_id": self._ids, **update})
            self._arrived.notify_all()
            return self._ids

    def arrives(self, *raw: Any) -> None:
        """Updates arrive together, just as they are."""
        with self._arrived:
            self.pending.extend(raw)
            self._arrived.notify_all()

    def _answer(self, asked: Asked) -> Answer:
        token, _, method = asked.path.removeprefix("/file").removeprefix("/bot").partition("/")
        if token != TOKEN:
            return no(401, "Unauthorized")
        if self.first.get(method):
            return self.first[method].pop(0)
        if method in self.then:
            return self.then[method]
        parameters = _parameters(asked)
        if method == "getUpdates":
            return Answer(
                200,
                {
                    "ok": True,
                    "result": self._updates(int(parameters.get("offset", 0)), float(parameters.get("timeout", 0))),
                },
            )
        if method == "sendMessage":
            return self._sent(parameters)
        if method == "getMe":
            return Answer(200, {"ok": True, "result": BOT})
        if method == "getFile":
            found = {
                "file_id": parameters["file_id"],
                "file_unique_id": "u",
                "file_path": f"photos/{parameters['file_id']}.jpg",
            }
            return Answer(200, {"ok": True, "result": found})
        if asked.path.startswith("/file/"):
            return Answer(200, raw=self.files.get(asked.path.rsplit("/", 1)[-1], b""))
        if method in (
            "answerCallbackQuery",
            "setWebhook",
            "deleteWebhook",
            "sendChatAction",
            "leaveChat",
            "setMyCommands",
        ):
            return Answer(200, {"ok": True, "result": True})
        return no(404, "Not Found")

    def _updates(self, offset: int, timeout: float) -> list[dict[str, Any]]:
        with self._arrived:
            self.pending = [update for update in self.pending if _id(update) >= offset]
            self._held += 1
            self.most_held = max(self.most_held, self._held)
            if not self.pending:
                self._arrived.wait(min(timeout, self.holds_s))
            self._held -= 1
            return list(self.pending)

    def _sent(self, parameters: dict[str, Any]) -> Answer:
        text = str(parameters.get("text", ""))
        if not 1 <= len(text.encode("utf-16-le")) // 2 <= 4096:
            self.wrong.append("text must have 1 to 4096 characters")
        for row in (parameters.get("reply_markup") or {}).get("inline_keyboard", []):
            for button in row:
                if not button.get("text") or not 1 <= len(button.get("callback_data", "").encode()) <= 64:
                    self.wrong.append(f"button {button}")
        if self.wrong:
            return no(400, f"Bad Request: {self.wrong[-1]}")
        self._ids += 1
        message = {"message_id": self._ids, "date": int(time.time()), "chat": PRIVATE, "from": BOT, "text": text}
        return Answer(200, {"ok": True, "result": message})


def message(
    text: str | None = "Hej", chat: dict[str, Any] = PRIVATE, sender: dict[str, Any] = PERSON, **more: Any
) -> dict[str, Any]:
    """A Message of the Bot API."""
    made = {"message_id": 5, "date": 1_795_000_000, "chat": chat, "from": sender, **more}
    return made if text is None else {**made, "text": text}


def press(
    data: str | None = "KLART", message_id: int = 5, query_id: str = "q1", chat: dict[str, Any] = PRIVATE, **more: Any
) -> dict[str, Any]:
    """A CallbackQuery: a button of message `message_id` was pressed."""
    made = {
        "id": query_id,
        "from": PERSON,
        "chat_instance": "1",
        "message": message("fråga", chat, BOT, message_id=message_id),
        **more,
    }
    return made if data is None else {**made, "data": data}


def _id(update: Any) -> int:
    """The update's id; 0, so that any offset confirms it, for one that has none."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) else 0


def _parameters(asked: Asked) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in urllib.parse.parse_qsl(asked.body.decode(), keep_blank_values=True):
        found[name] = json.loads(value) if name in ("reply_markup", "allowed_updates", "commands") else value
    return found
