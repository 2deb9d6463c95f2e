"""What all rooms with web pages share: no handler's fault leaves its route, and nothing is filled in unescaped or left out unseen."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from jinja2 import UndefinedError
from sqlalchemy.exc import IntegrityError
from starlette.responses import PlainTextResponse, Response
from structlog.testing import capture_logs

from bot.pages import guarded_by, log_failure, templates_in
from tests.bot.channels.asgi import Client

HEADERS = {"X-Frame-Options": "DENY", "Cache-Control": "no-store"}


class Refusals:
    """Makes a page of a fault, and remembers it."""

    def __init__(self) -> None:
        self.errors: list[Exception] = []
        self.beside_the_loop: list[bool] = []

    def __call__(self, request: Request, error: Exception) -> Response:
        self.errors.append(error)
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            self.beside_the_loop.append(True)
        else:
            self.beside_the_loop.append(False)
        return PlainTextResponse(f"sorry at {request.url.path}", 418)


@pytest.fixture
def refusals() -> Refusals:
    return Refusals()


@pytest.fixture
def reader(refusals: Refusals) -> Client:
    router = APIRouter(route_class=guarded_by(refusals, HEADERS))

    @router.get("/good")
    def good() -> Response:
        return PlainTextResponse("good")

    @router.get("/kept")
    def kept() -> Response:
        return PlainTextResponse("kept", headers={"cache-control": "max-age=60"})

    @router.get("/broken")
    def broken() -> Response:
        raise ZeroDivisionError

    @router.get("/number/{number}")
    def number(number: int) -> Response:
        return PlainTextResponse(str(number))

    app = FastAPI()
    app.include_router(router)
    return Client(app)


def _headers(answer: httpx.Response) -> tuple[str, str]:
    return answer.headers["x-frame-options"], answer.headers["cache-control"]


def test_a_page_has_the_headers_and_keeps_its_own(reader: Client, refusals: Refusals) -> None:
    good, kept = reader.get("/good"), reader.get("/kept")
    assert (good.text, _headers(good)) == ("good", ("DENY", "no-store"))
    assert (kept.text, _headers(kept)) == ("kept", ("DENY", "max-age=60"))
    assert refusals.errors == []


def test_what_a_handler_raises_becomes_a_page_with_the_headers(reader: Client, refusals: Refusals) -> None:
    answer = reader.get("/broken")
    assert (answer.status_code, answer.text, _headers(answer)) == (418, "sorry at /broken", ("DENY", "no-store"))
    assert [type(error) for error in refusals.errors] == [ZeroDivisionError]


def test_a_request_that_cannot_be_read_becomes_a_page_too(reader: Client, refusals: Refusals) -> None:
    assert reader.get("/number/7").text == "7"
    assert reader.get("/number/seven").status_code == 418
    assert [type(error) for error in refusals.errors] == [RequestValidationError]


def test_a_refusal_may_take_its_time(reader: Client, refusals: Refusals) -> None:
    """It is made on a worker thread: other requests go on meanwhile."""
    reader.get("/broken")
    assert refusals.beside_the_loop == [True]


def test_what_is_filled_in_is_escaped(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("<b>{{ name }}</b>", encoding="utf-8")
    assert templates_in(tmp_path).get_template("page.txt").render(name="<i>") == "<b>&lt;i&gt;</b>"


def test_a_value_that_nobody_gave_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{{ name }}", encoding="utf-8")
    with pytest.raises(UndefinedError, match="name"):
        templates_in(tmp_path).get_template("page.html").render()


def test_a_line_that_only_steers_leaves_no_line(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        "<ul>\n  {% for one in all %}\n  <li>{{ one }}\n  {% endfor %}\n</ul>", encoding="utf-8"
    )
    assert templates_in(tmp_path).get_template("page.html").render(all="ab") == "<ul>\n  <li>a\n  <li>b\n</ul>"


def test_a_failure_is_logged_with_where_it_came_from() -> None:
    error = ZeroDivisionError("by zero")
    with capture_logs() as logs:
        log_failure("/program", error)
    assert logs == [
        {
            "event": "page failed",
            "log_level": "error",
            "path": "/program",
            "error": "ZeroDivisionError",
            "exc_info": error,
        }
    ]


def test_the_values_of_a_statement_are_never_logged() -> None:
    error = IntegrityError("INSERT INTO person (name) VALUES (?)", ("Svea Svensson",), ValueError("Svea Svensson"))
    with capture_logs() as logs:
        log_failure("/program", error)
    assert [(log["error"], log["exc_info"]) for log in logs] == [("IntegrityError", None)]
    assert "Svea" not in str(logs)
