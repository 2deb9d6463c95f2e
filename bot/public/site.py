"""What every public page needs: its language, how to reach us, headers that keep other sites out, and a kind page for whatever goes wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

import structlog
from fastapi import Request
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.domain.conversation import Language
from bot.domain.duty import Municipality
from bot.domain.gazetteer import fold
from bot.engine.world import World
from bot.pages import log_failure, templates_in
from bot.public.contact import Contact, code_as_svg, contact_of
from bot.public.words import LANGUAGES, word
from bot.services.ports import Clock
from bot.store.database import Database, DatabaseAway

KEPT_S = 120
"""How long a page may be kept by whoever shows it: seats change, and nobody shall travel for one that is long gone."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": f"public, max-age={KEPT_S}",
}
FILE_POLICY = "frame-ancestors 'none'; base-uri 'none'"
"""For what a browser shows in a viewer of its own, which brings its own styles."""
PRIVATE = "private, no-cache"
"""For an address with a secret in it: nothing between us and the reader may keep it."""

_log = structlog.get_logger(__name__)


class NoSuchProgram(Exception):
    """No municipality or place of that name has a programme here."""


class NoSuchCalendar(Exception):
    """No handledare has a calendar at this address (any more)."""


class PublicSite:
    """The public pages of one installation. `telegram` tells the bot's name once it is known, else ""."""

    def __init__(
        self, database: Database, world: Callable[[], World], clock: Clock, public_url: str, telegram: Callable[[], str]
    ) -> None:
        self.database = database
        self.world = world
        self.clock = clock
        self.public_url = public_url
        self._telegram = telegram
        self._templates = templates_in(Path(__file__).parent / "templates")

    def municipality(self, named: str) -> Municipality:
        """By id or name, whatever its case and with or without dots ("Mjölby", "mjolby"). Raises NoSuchProgram."""
        for municipality in self.world().organisation.municipalities:
            if fold(named.strip()) in (fold(municipality.id), fold(municipality.name)):
                return municipality
        raise NoSuchProgram

    def contact(self, municipality: Municipality | None) -> Contact:
        return contact_of(self.world().organisation, municipality, self._telegram())

    def address(self, municipality: Municipality | None, language: Language) -> str:
        """The page's own address, as posters and calendars name it."""
        path = f"/program/{municipality.id}" if municipality else "/program"
        return f"{self.public_url}{path}" + ("" if language == "sv" else f"?lang={language}")

    def page(self, request: Request, template: str, status: int = 200, **values: object) -> Response:
        """A page, or 304 when the reader has it already."""
        language = language_of(request)
        shown = {
            "language": language,
            "w": lambda key, /, **filled: word(key, language, **filled),
            "query": "" if language == "sv" else f"?lang={language}",
            "other": LANGUAGES[1 - LANGUAGES.index(language)],
            "other_here": _other_here(request, language),
            "code": lambda link: Markup(code_as_svg(link)),  # noqa: S704 - made of squares only, by ourselves
            "municipalities": self.world().organisation.municipalities,
        }
        text = self._templates.get_template(template).render({**shown, **values})
        if status != 200:
            return Response(text, status, media_type="text/html", headers={"Cache-Control": "no-store"})
        return answered(request, text.encode(), "text/html")

    def refuse(self, request: Request, error: Exception) -> Response:
        """A kind page, without a word of what the code was doing. Needs no database."""
        status = 500
        match error:
            case NoSuchCalendar():
                return self._refusal(request, 404, "error.calendar")
            case NoSuchProgram():
                return self._refusal(request, 404)
            case DatabaseAway():
                _log.error("database away", path=_route(request))
                response = self._refusal(request, 503)
                response.headers["Retry-After"] = "30"
                return response
            case HTTPException() if error.status_code < 500:
                status = 404 if error.status_code == 404 else 400
            case _:
                log_failure(_route(request), error)
        return self._refusal(request, status)

    def _refusal(self, request: Request, status: int, title: str = "") -> Response:
        named = title or f"error.{status}"
        return self.page(request, "refusal.html", status, title=named, number=self.contact(None).shown)


def language_of(request: Request) -> Language:
    """English when the address says ?lang=en; Swedish otherwise."""
    return "en" if request.query_params.get("lang") == "en" else "sv"


def answered(request: Request, body: bytes, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """The body with its tag, or 304 for who has it (RFC 9110, 13.1.2)."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    wanted = [given.strip().removeprefix("W/") for given in request.headers.get("if-none-match", "").split(",")]
    more = {"ETag": tag, **(headers or {})}
    if tag in wanted:
        return Response(status_code=304, headers=more)
    return Response(body, media_type=media_type, headers=more)


def _route(request: Request) -> str:
    """The route's pattern: the path itself may hold a secret."""
    return str(getattr(request.scope.get("route"), "path", "?"))


def _other_here(request: Request, language: Language) -> str:
    """The query of the same page in the other language."""
    kept = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    return urlencode(kept if language == "en" else [*kept, ("lang", "en")])
