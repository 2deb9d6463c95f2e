"""Sends SMS with Twilio's synchronous client.

The asynchronous one has been seen to send a message several times when it retries, and to pass over its time-out; so this one is used, with a time-out
and no retries of its own. What comes of a send is told apart by whether Twilio can have taken the message.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from bot.services.ports import LookUpAway, Refused, SendResult, Sent, TryLater
from bot.store.outbox import Outgoing

TIMEOUT_S = 10.0
_OPTED_OUT = 21610
_UNREACHABLE = frozenset(
    {21211, 21214, 21217, 21401, 21408, 21421, 21601, 21604, 21606, 21612, 21614, 21635, 30004, 30005, 30006}
)
"""Bad number, landline, region not allowed, blocked: trying again cannot help (twilio.com/docs/api/errors)."""
_QUEUE_FULL = frozenset({21611, 30001})
"""Twilio's own queue for our number is full: answered 400, but passes."""
_OUR_NUMBER = frozenset({21212, 21603, 21659, 21660})
"""The number or service we send from is wrong or not this account's: a fault of ours, which an operator mends, not the resident's."""
_LATER_PAUSE = timedelta(minutes=1)
_SKEW = timedelta(minutes=5)
"""How far Twilio's clock and ours may differ when a doubtful message is looked for."""
_LISTED = 50


class _RebasedHttpClient(TwilioHttpClient):  # type: ignore[misc]  # the library has no types
    """Twilio's own client, with the API at another address (LOTSEN_TWILIO_API_BASE)."""

    def __init__(self, base: str) -> None:
        super().__init__(timeout=TIMEOUT_S)
        self._base = urlsplit(base)

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        parts = urlsplit(url)._replace(scheme=self._base.scheme, netloc=self._base.netloc)
        return super().request(method, urlunsplit(parts), *args, **kwargs)


class TwilioSender:
    """The way out by SMS."""

    channel = "sms"

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        api_base: str,
        callback_url: str,
        number: str | None,
        messaging_service_sid: str | None = None,
    ) -> None:
        self._client = Client(account_sid, auth_token, http_client=_RebasedHttpClient(api_base))
        self._callback_url = callback_url
        self._number = number
        self._service = messaging_service_sid

    def send(self, outgoing: Outgoing) -> SendResult:
        """Hands one message to Twilio."""
        try:
            made = self._client.messages.create(
                to=outgoing.address,
                body=outgoing.text,
                status_callback=f"{self._callback_url}?outbox={outgoing.id}",
                **self._from(outgoing),
            )
        except (TwilioRestException, TwilioServiceException) as error:
            return _refused_or_later(error)
        except requests.exceptions.ConnectTimeout:
            return TryLater("Twilio cannot be reached: time-out")
        except requests.exceptions.ConnectionError as error:
            return TryLater("Twilio cannot be reached", doubtful=not _never_connected(error))
        except Exception as error:  # also an answer that cannot be read: it may well have been taken
            return TryLater(f"no answer from Twilio ({type(error).__name__})", doubtful=True)
        if not made.sid:
            return TryLater("Twilio answered without an id", doubtful=True)
        return Sent(made.sid)

    def candidates(self, outgoing: Outgoing) -> tuple[str, ...]:
        """Ids of messages with this very text to this number since the attempt."""
        asked: dict[str, Any] = {"to": outgoing.address}
        if "from_" in (chosen := self._from(outgoing)):
            asked["from_"] = chosen["from_"]
        try:
            listed = self._client.messages.list(**asked, limit=_LISTED, page_size=_LISTED)
        except Exception as error:  # also a list that cannot be read
            raise LookUpAway(f"Twilio's list cannot be read ({type(error).__name__})") from error
        since = outgoing.tried_at - _SKEW if outgoing.tried_at else None
        return tuple(
            message.sid
            for message in reversed(listed)
            if message.sid
            and message.body == outgoing.text
            and (since is None or not isinstance(message.date_created, datetime) or message.date_created >= since)
        )

    def _from(self, outgoing: Outgoing) -> dict[str, str]:
        """From the number the person wrote to, so that the answer comes in the same thread."""
        if outgoing.sender.startswith("+"):
            return {"from_": outgoing.sender}
        if self._service:
            return {"messaging_service_sid": self._service}
        return {"from_": self._number or ""}


def _refused_or_later(error: TwilioRestException | TwilioServiceException) -> SendResult:
    code, status = _code(error), int(error.status)
    if code == _OPTED_OUT:
        return Refused(str(code), opted_out=True)
    if code in _UNREACHABLE:
        return Refused(str(code), unreachable=True)
    if code in _QUEUE_FULL:
        return TryLater(f"Twilio's queue is full ({code})", after=_LATER_PAUSE)
    if status == 429 or code == 20429:
        return TryLater(f"Twilio asks us to wait ({status})")
    if status in (401, 403, 404) or code in _OUR_NUMBER:
        return TryLater(f"Twilio refuses the account ({status}, {code})", after=_LATER_PAUSE)
    if status >= 500 or status == 408:
        return TryLater(f"Twilio has a fault ({status})", doubtful=True)
    return Refused(str(code or status))


def _code(error: TwilioRestException | TwilioServiceException) -> int:
    """Twilio's own error code; 0 when a proxy or a fault has answered something else."""
    try:
        return int(error.code or 0)
    except (TypeError, ValueError):
        return 0


def _never_connected(error: requests.exceptions.ConnectionError) -> bool:
    """Whether the connection was refused before anything was said."""
    text = repr(error)
    return any(name in text for name in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError"))
