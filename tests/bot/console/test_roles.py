"""Every route of the console by every role. A route that nobody has put into RULES fails here, so that none is forgotten."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from fastapi.routing import APIRoute

from bot.console import routes
from bot.services.work_cases import CaseDesk
from tests.bot.console.stand import CONSOLE_WORLD, SECRET_KEY, Desk, Stand, browser_of

ROLES = ("reader", "handledare", "samordnare", "admin")
EVERYBODY, ACTING, PLANNING = frozenset(ROLES), frozenset(ROLES[1:]), frozenset(ROLES[2:])
MANAGING = PLANNING

OPEN = {
    "/sign-in", "/sign-in/code", "/invitation/{token}", "/language/{chosen}", "/tillganglighet", "/keys", "/{path:path}",
}  # fmt: skip
"""What can be asked for without being signed in."""
RULES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("GET", r"/accounts(/.*)?|/audit(\.csv)?", MANAGING),
    ("GET", r"/links(/\{link_id\})?|/cases/\{case_id\}/link", ACTING),
    ("GET", r"/attachments/\{message_id\}", EVERYBODY),
    ("GET", r"/(courses|places)/new|/places/\{place_id\}/edit|/courses/\{course_id\}/change", PLANNING),
    ("GET", r"/cases/new|/cases/\{case_id\}/(transfer|step(/steps)?|hand-back(/steps)?)", ACTING),
    (
        "GET",
        r"/?|/queue-part|/search|/cases/handed-over|/cases/\{case_id\}(/part)?|/live|/remarks|/guides(/\{name\})?",
        EVERYBODY,
    ),
    (
        "GET",
        r"/courses(/\{course_id\})?|/places(/\{place_id\})?|/loans(/units/\{unit_id\})?|/calendar|/account(/code)?|/duty",
        EVERYBODY,
    ),
    ("POST", r"/sign-out|/account/.*|/calendar/(make|revoke)", EVERYBODY),
    ("POST", r"/accounts/.*", MANAGING),
    ("POST", r"/cases/.*|/links/.*|/loans/.*|/courses/\{course_id\}/(book|cancel|attendance|away)|/duty/.*", ACTING),
    ("POST", r"/courses/.*|/places/.*", PLANNING),
)
"""Method, paths, and the roles that may; the first that fits counts."""


def _routes(stand: Stand) -> list[tuple[str, str]]:
    desk = CaseDesk(stand.database, CONSOLE_WORLD, stand.clock, stand.wakeup)
    made = routes.make_console(desk, stand.database, lambda: CONSOLE_WORLD, stand.clock, SECRET_KEY, False)
    found = [
        (method, route.path.removeprefix("/console"))
        for route in made.routes
        if isinstance(route, APIRoute)
        for method in route.methods
    ]
    assert len(found) > 60
    return sorted(
        set(found) - {(method, path) for method, path in found if path in OPEN},
        key=lambda each: (each[1] == "/sign-out", each),
    )


def _allowed(method: str, path: str) -> frozenset[str]:
    roles = next((roles for asked, fits, roles in RULES if asked == method and re.fullmatch(fits, path)), None)
    assert roles is not None, f"who may {method} {path}? Put it into RULES"
    return roles


def _filled(path: str, user_id: int = 1) -> str:
    known = {"case_id": "1", "name": "swish", "place_id": "kalmar-bibliotek", "user_id": str(user_id)}
    return "/console" + re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], "4711"), path)


def _ask(desk: Desk, method: str, address: str) -> int:
    answer = desk.get(address) if method == "GET" else desk.post(address)
    return answer.status_code


def test_every_route_has_a_rule(stand: Stand) -> None:
    asked = _routes(stand)
    for method, path in asked:
        _allowed(method, path)
    for method, fits, _ in RULES:
        assert any(asked_method == method and re.fullmatch(fits, path) for asked_method, path in asked), (
            f"no route for {method} {fits}"
        )


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_where_it_may_and_nowhere_else(stand: Stand, at_desk: Callable[..., Desk], role: str) -> None:
    assert stand.case() == 1
    desk = at_desk("Karin", role=role, municipality="kalmar")
    wrong = []
    for method, path in _routes(stand):
        if path == "/live":
            continue  # it does not end; test_live.py asks for it
        refused = _ask(desk, method, _filled(path, desk.user.id)) == 403
        if refused == (role in _allowed(method, path)):
            wrong.append(f"{method} {path}: {'refused' if refused else 'let in'}")
    assert wrong == []


def test_nobody_gets_anywhere_without_signing_in(stand: Stand) -> None:
    stand.case()
    stranger = browser_of(stand.app())
    wrong = []
    for method, path in _routes(stand):
        answer = stranger.request(method, _filled(path), data={"form": "0" * 64} if method == "POST" else None)
        sent_away = answer.status_code == 401 or (
            answer.status_code == 303 and answer.headers["location"].startswith("/console/sign-in")
        )
        if not sent_away:
            wrong.append(f"{method} {path}: {answer.status_code}")
    assert wrong == []


def test_no_form_is_taken_without_its_token(stand: Stand, at_desk: Callable[..., Desk]) -> None:
    stand.case()
    desk = at_desk("Karin", role="admin")
    wrong = []
    for method, path in _routes(stand):
        if method == "POST" and desk.client.post(_filled(path), data={"form": "0" * 64}).status_code != 403:
            wrong.append(path)
    assert wrong == []
