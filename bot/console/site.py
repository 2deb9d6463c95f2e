"""What every page of the console needs: who is looking, in which language, and how a page or a refusal is made."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import structlog
from fastapi import Form, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.console.place_teller import PlaceTeller
from bot.console.teller import Teller
from bot.console.trust import (
    HOME,
    INVITATION,
    CodeRequired,
    Forged,
    NotAllowed,
    NotSignedIn,
    check_form,
    form_token,
    half_signed,
    local_path,
    read_half,
    told,
)
from bot.console.words import LANGUAGES, Language
from bot.domain.case import CaseRefusal
from bot.engine.world import World
from bot.pages import log_failure, templates_in
from bot.services.accounts import AccountDesk, AccountNotFound
from bot.services.edit_places import PlaceDesk, PlaceNotFound
from bot.services.invitations import InvitationDesk
from bot.services.ports import Clock
from bot.services.read_cases import CaseNotFound
from bot.services.read_queue import Pulse, pulse
from bot.services.run_courses import CourseNotFound
from bot.services.sign_in import HALF_LASTS, SESSION_LASTS, CodeWanted, signed_in
from bot.services.viewer import Viewer, viewer
from bot.services.work_cases import CaseDesk, NobodyToAnswer
from bot.store.database import Database, DatabaseAway
from bot.store.tables import UserRow

SESSION_COOKIE = "lotsen_session"
GUEST_COOKIE = "lotsen_guest"
"""Stands in for a session in the sign-in form, so that nobody can be signed in to somebody else's account by a strange page."""
HALF_COOKIE = "lotsen_half"
"""Signed: the password was right, and a code is wanted next."""
LANGUAGE_COOKIE = "lotsen_language"
_A_YEAR = 365 * 24 * 3600
_PLANNING = frozenset({"samordnare", "admin"})
_ACTING = frozenset({"handledare", "samordnare", "admin"})
_MANAGING = frozenset({"samordnare", "admin"})
_WITHOUT_CODE = (f"{HOME}/account/", f"{HOME}/sign-out/")
"""Where somebody gets who must set up a code first; each with what is below it."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Guest:
    """Whoever looks, signed in or not. `here` is the path to come back to; `cookie` is what the form's token belongs to."""

    language: Language
    here: str
    form_token: str
    cookie: str


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who is signed in. `may_act` is false for readers."""

    language: Language
    here: str
    form_token: str
    user: UserRow
    who: Viewer
    may_act: bool

    @property
    def may_plan(self) -> bool:
        """Whether they may change places and courses."""
        return self.user.role in _PLANNING

    @property
    def may_manage(self) -> bool:
        """Whether they look after accounts, and read the audit log."""
        return self.user.role in _MANAGING


class Site:
    """One console. `closing` is set when the process is about to end, so that live connections let go."""

    def __init__(
        self,
        desk: CaseDesk,
        database: Database,
        world: Callable[[], World],
        clock: Clock,
        secret_key: bytes,
        secure_cookies: bool,
        closing: threading.Event,
        rasa_away: Callable[[], bool] = lambda: False,
        places_changed: Callable[[], None] = lambda: None,
        public_url: str = "",
        require_codes: bool = False,
    ) -> None:
        self.desk = desk
        self.accounts = AccountDesk(database, clock, lambda: world().organisation)
        self.invitations = InvitationDesk(database, clock, self.accounts)
        self.require_codes = require_codes
        self.places = PlaceDesk(database, clock, places_changed)
        self.database = database
        self.world = world
        self.clock = clock
        self.closing = closing
        self.public_url = public_url
        self._rasa_away = rasa_away
        self._secret_key = secret_key
        self._secure = secure_cookies
        self._templates = templates_in(Path(__file__).parent / "templates")

    def guest(self, request: Request) -> Guest:
        """Whoever looks. Without a cookie there is a new one, which no form can have known."""
        cookie = request.cookies.get(GUEST_COOKIE) or secrets.token_urlsafe(16)
        return Guest(_language(request), _here(request), form_token(self._secret_key, "guest:" + cookie), cookie)

    def staff(self, request: Request) -> Staff:
        """Who is signed in. Raises NotSignedIn, CodeRequired, DatabaseAway."""
        token = request.cookies.get(SESSION_COOKIE, "")
        user = signed_in(self.database, self.clock, token)
        if user is None:
            raise NotSignedIn
        if self.require_codes and not user.totp_secret and not f"{request.url.path}/".startswith(_WITHOUT_CODE):
            raise CodeRequired
        who = viewer(user, self.world().organisation)
        return Staff(
            _language(request), _here(request), form_token(self._secret_key, token), user, who, user.role in _ACTING
        )

    def sender(self, request: Request, form: Annotated[str, Form()] = "") -> Staff:
        """Who sent a form of ours. Raises NotSignedIn, Forged, DatabaseAway."""
        staff = self.staff(request)
        check_form(request, staff.form_token, form)
        return staff

    def actor(self, request: Request, form: Annotated[str, Form()] = "") -> Staff:
        """Who sent a form of ours that changes a case. Raises NotSignedIn, Forged, NotAllowed, DatabaseAway."""
        return self.acting(self.sender(request, form))

    def acting(self, staff: Staff) -> Staff:
        """The same person, when they may change cases. Raises NotAllowed."""
        if not staff.may_act:
            raise NotAllowed(f"a {staff.user.role} may not change cases")
        return staff

    def planner(self, request: Request, form: Annotated[str, Form()] = "") -> Staff:
        """Who sent a form of ours that changes what is planned. Raises NotSignedIn, Forged, NotAllowed, DatabaseAway."""
        return self.planning(self.sender(request, form))

    def planning(self, staff: Staff) -> Staff:
        """The same person, when they may plan places and courses. Raises NotAllowed."""
        if not staff.may_plan:
            raise NotAllowed(f"a {staff.user.role} may not change what is planned")
        return staff

    def manager(self, request: Request, form: Annotated[str, Form()] = "") -> Staff:
        """Who sent a form of ours that changes accounts. Raises NotSignedIn, Forged, NotAllowed, DatabaseAway."""
        return self.managing(self.sender(request, form))

    def managing(self, staff: Staff) -> Staff:
        """The same person, when they may look after accounts and read the audit log. Raises NotAllowed."""
        if not staff.may_manage:
            raise NotAllowed(f"a {staff.user.role} may not look after accounts")
        return staff

    def overseer(self, request: Request) -> Staff:
        """Who looks at a page of accounts or of the audit log. Raises NotSignedIn, NotAllowed, DatabaseAway."""
        return self.managing(self.staff(request))

    def pulse(self, staff: Staff) -> Pulse:
        """What waits for this person's municipalities."""
        return pulse(self.database, staff.who)

    def page(
        self, template: str, visit: Guest | Staff, now: datetime | None = None, status: int = 200, **values: object
    ) -> HTMLResponse:
        """A page, or a part of one. `now` is business time."""
        teller = self.teller(visit, now)
        other = LANGUAGES[1 - LANGUAGES.index(visit.language)]
        shown = {
            "visit": visit,
            "t": teller,
            "p": PlaceTeller(teller),
            "w": teller.w,
            "other": other,
            "user": getattr(visit, "user", None),
            "pulse": None,
            "rasa_away": self._rasa_away(),
        }
        if isinstance(visit, Staff) and "pulse" not in values and not template.startswith("_"):
            shown["pulse"] = self.pulse(visit)  # the menu of every whole page says how many wait
        return HTMLResponse(self._templates.get_template(template).render({**shown, **values}), status)

    def teller(self, visit: Guest | Staff, now: datetime | None = None) -> Teller:
        """What says things in the visitor's language."""
        return Teller(visit.language, self.world(), now or self.clock())

    def go_to(self, path: str) -> RedirectResponse:
        """After a form: the page that shows what came of it."""
        return RedirectResponse(path, 303)

    def remember(self, response: Response, name: str, value: str, seconds: int) -> None:
        """Sets a cookie that scripts and other sites do not get."""
        response.set_cookie(name, value, max_age=seconds, path=HOME, secure=self._secure, httponly=True, samesite="lax")

    def let_in(self, response: Response, token: str) -> Response:
        """Hands a browser its new session."""
        self.remember(response, SESSION_COOKIE, token, int(SESSION_LASTS.total_seconds()))
        self.forget(response, GUEST_COOKIE)
        self.forget(response, HALF_COOKIE)
        return response

    def half_in(self, wanted: str, half: CodeWanted) -> Response:
        """The password was right: to the page that asks for the code, for a while."""
        response = self.go_to(f"{HOME}/sign-in/code" + (f"?next={quote(wanted)}" if wanted != HOME else ""))
        cookie = half_signed(self._secret_key, half.user_id, half.stamp, self.clock() + HALF_LASTS)
        self.remember(response, HALF_COOKIE, cookie, int(HALF_LASTS.total_seconds()))
        return response

    def half(self, request: Request) -> tuple[int, str] | None:
        """Whose password was right a while ago, and its stamp; None for nobody."""
        return read_half(self._secret_key, request.cookies.get(HALF_COOKIE, ""), self.clock())

    def forget(self, response: Response, name: str) -> None:
        response.delete_cookie(name, path=HOME, secure=self._secure, httponly=True, samesite="lax")

    def remember_language(self, response: Response, language: Language) -> None:
        self.remember(response, LANGUAGE_COOKIE, language, _A_YEAR)

    def refuse(self, request: Request, error: Exception) -> Response:
        """A friendly page for whatever went wrong, without a word of what the code was doing. Needs no database."""
        match error:
            case NotSignedIn():
                return self._to_sign_in(request)
            case CodeRequired():
                return self._to_code(request)
            case Forged():
                _log.warning("form refused", path=told(request.url.path), why=str(error))
                return self._refusal(request, 403, "error.forged_lead")
            case NotAllowed():
                return self._refusal(request, 403)
            case AccountNotFound() | CaseNotFound() | CourseNotFound() | PlaceNotFound():
                return self._refusal(request, 404)
            case CaseRefusal():
                return self._refusal(
                    request, 409, "refused.case", title="refused.title", status_word=f"status.{error.status}"
                )
            case NobodyToAnswer():
                return self._refusal(request, 409, "refused.nobody", title="refused.title")
            case DatabaseAway():
                _log.error("database away", path=told(request.url.path))
                response = self._refusal(request, 503)
                response.headers["Retry-After"] = "30"
                return response
            case RequestValidationError():
                bad_path = any(fault["loc"][0] == "path" for fault in error.errors())
                return self._refusal(request, 404 if bad_path else 400)
            case HTTPException():
                return self._refusal(request, error.status_code if error.status_code in (403, 404) else 400)
        log_failure(told(request.url.path), error)
        return self._refusal(request, 500)

    def _refusal(
        self, request: Request, status: int, lead: str = "", title: str = "", status_word: str = ""
    ) -> Response:
        return self.page(
            "refusal.html",
            self._refused(request, status),
            status=status,
            back=_back(request),
            title=title or f"error.{status}",
            lead=lead or f"error.{status}_lead",
            status_word=status_word,
        )

    def _refused(self, request: Request, status: int) -> Guest | Staff:
        """Who gets a refusal: whoever is signed in keeps the menu, unless the fault may be the database's or ours."""
        if status >= 500:
            return self.guest(request)
        try:
            return self.staff(request)
        except (NotSignedIn, CodeRequired, DatabaseAway):
            return self.guest(request)

    def _to_code(self, request: Request) -> Response:
        address = f"{HOME}/account/code"
        if request.headers.get("hx-request"):
            return Response(status_code=401, headers={"HX-Redirect": address})
        return Response(status_code=401) if request.url.path == f"{HOME}/live" else self.go_to(address)

    def _to_sign_in(self, request: Request) -> Response:
        wanted = _here(request)
        address = f"{HOME}/sign-in" + (f"?next={quote(wanted)}" if wanted != HOME else "")
        if request.headers.get("hx-request"):
            return Response(status_code=401, headers={"HX-Redirect": f"{HOME}/sign-in"})
        if request.url.path == f"{HOME}/live":
            return Response(status_code=401)
        return self.go_to(address)


def _language(request: Request) -> Language:
    return "en" if request.cookies.get(LANGUAGE_COOKIE) == "en" else "sv"


def _here(request: Request) -> str:
    """The page's own path, without what only one showing of it needs; a form's answer belongs to the page it stood on."""
    if request.method == "POST":
        return _back(request)
    query = "&".join(part for part in request.url.query.split("&") if part and not part.startswith(("done=", "part=")))
    return local_path(request.url.path + (f"?{query}" if query else ""))


def _back(request: Request) -> str:
    """The page that a form stood on: its case, group or account, else the queue."""
    if request.url.path.startswith(INVITATION):
        return local_path(request.url.path)
    parts = request.url.path.removeprefix(HOME).strip("/").split("/")
    if len(parts) >= 2 and parts[0] in ("accounts", "cases", "courses") and parts[1].isdecimal():
        return f"{HOME}/{parts[0]}/{parts[1]}"
    if parts[0] == "courses" and len(parts) == 2:
        return f"{HOME}/courses/{parts[1]}"
    return HOME
