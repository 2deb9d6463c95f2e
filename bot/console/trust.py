"""Whether a form really comes from a page of ours, and whether a path leads back into the console.

Two guards stand together: a token that only our pages hold (an HMAC of the session's own token), and what the browser says of where the request
comes from (Fetch Metadata, https://www.w3.org/TR/fetch-metadata/; else the Origin header, RFC 6454).
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from urllib.parse import urlsplit

from fastapi import Request

HOME = "/console"
INVITATION = f"{HOME}/invitation/"
_LONGEST_PATH = 300


class Forged(Exception):
    """A form that does not come from a page of ours, or from one of a session that is over."""


class NotSignedIn(Exception):
    """Nobody is signed in; signing in comes first."""


class NotAllowed(Exception):
    """The role of whoever is signed in does not allow it."""


class CodeRequired(Exception):
    """Whoever is signed in must set up a code at sign-in before anything else."""


def form_token(secret_key: bytes, session_token: str) -> str:
    """What every form of this session holds."""
    return hmac.new(secret_key, b"form:" + session_token.encode(), hashlib.sha256).hexdigest()


def check_form(request: Request, expected: str, given: str) -> None:
    """Raises Forged unless the token is right and the browser does not speak of another site."""
    if not hmac.compare_digest(expected.encode(), given.encode()):
        raise Forged("the form's token is not this session's")
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise Forged(f"the form was sent from another site ({site})")
        return
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise Forged("the form was sent from another origin")


def half_signed(secret_key: bytes, user_id: int, stamp: str, until: datetime) -> str:
    """For a cookie: the password was right, and a code may be given until then."""
    body = f"{user_id}.{int(until.timestamp())}.{stamp}"
    return f"{body}.{_half(secret_key, body)}"


def read_half(secret_key: bytes, cookie: str, now: datetime) -> tuple[int, str] | None:
    """The account and its stamp; None for a cookie that is not ours, or too old."""
    body, _, given = cookie.rpartition(".")
    if not hmac.compare_digest(_half(secret_key, body).encode(), given.encode()):
        return None
    user_id, until, stamp = body.split(".")
    return (int(user_id), stamp) if now.timestamp() < int(until) else None


def told(path: str) -> str:
    """A path as logs may hold it: without the secret of an invitation."""
    return f"{INVITATION}..." if path.startswith(INVITATION) else path


def _half(secret_key: bytes, body: str) -> str:
    return hmac.new(secret_key, b"half:" + body.encode(), hashlib.sha256).hexdigest()


def local_path(wanted: str) -> str:
    """`wanted` when it is a path of the console, else its front page: a link must not lead elsewhere after signing in."""
    inside = wanted == HOME or wanted.startswith((HOME + "/", HOME + "?"))
    plain = wanted.isprintable() and "\\" not in wanted and "//" not in wanted and len(wanted) <= _LONGEST_PATH
    parts = urlsplit(wanted) if inside and plain else None
    if parts is None or parts.scheme or parts.netloc or ".." in parts.path or parts.path.startswith(HOME + "/sign-"):
        return HOME
    return wanted
