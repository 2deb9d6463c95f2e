"""Texts that ask for a secret, or ask someone to open BankID for Lotsen's sake.

Whoever sees the municipality ask for a code will give it to the next one who asks. A text may say where a code is
written (in the bank's own app), and may say never to send one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.checks.readability import sentences
from bot.checks.sent import Sent, sent_texts
from bot.domain.finding import Finding
from bot.flows import Content

_SECRET = (
    r"(?:\w*kod(?:en|er|erna)?|pin|puk|cvc|cvv|otp|lösenord(?:et|en)?|personnummer|personnumret|"
    r"samordningsnummer|kortnummer|kortnumret|kontonummer|kontonumret|"
    r"(?:pin |security |access )?codes?|passwords?|(?:personal )?identity numbers?|card numbers?|account numbers?)"
)
_SAYS_NOT_TO = re.compile(
    r"\b(?:aldrig|inte|inga|ingen|inget|ej|varken|never|no|not|don't|nobody|neither)\b", re.IGNORECASE
)
_QUOTED = re.compile(r'"[^"]*"')
"""What a resident may write, or a screen may say, is no request of ours."""

RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "it asks for it to be sent",
        re.compile(
            rf"\b(?:skicka|lämna|sms:a|messa|mejla|svara med|ge oss|ge mig|send|text us|reply with|give us|"
            rf"give me)\b[^.!?]{{0,60}}\b{_SECRET}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "it asks for it to be written here",
        re.compile(
            rf"\b(?:skriv|ange|uppge|fyll i|slå in|write|enter|type)\b[^.!?]{{0,60}}\b{_SECRET}\b[^.!?]{{0,40}}"
            r"\b(?:här|hit|till oss|till mig|i svaret|i sms:et|i chatten|here|to us|to me|in your reply|in the chat)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "it does not say where to write it, so it will be written to us",
        re.compile(
            rf"^\W*(?:skriv|ange|uppge|fyll i|slå in|write|enter|type)\b(?:(?!\b(?:i|på|in|on|into)\b)[^.!?])*"
            rf"\b{_SECRET}\b(?:(?!\b(?:i|på|in|on|into|du valt|du har valt)\b)[^.!?])*[.!?]?$",
            re.IGNORECASE,
        ),
    ),
    (
        "it asks what it is",
        re.compile(
            rf"\b(?:vad är|vilken|vilket|berätta|what is|what's|which is|tell us|tell me)\b[^.!?]{{0,20}}"
            rf"\b(?:din|ditt|dina|your)\b[^.!?]{{0,20}}\b{_SECRET}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "it asks for BankID to be opened for our sake",
        re.compile(
            r"\b(?:öppna|starta|legitimera dig med|logga in med|open|start|identify yourself with|log in with)\b"
            r"[^.!?]{0,20}\bbankid\b[^.!?]{0,30}"
            r"\b(?:för oss|åt oss|hos oss|så att vi|så att jag|for us|so that we|so that i)\b",
            re.IGNORECASE,
        ),
    ),
)
"""Why a sentence may not be sent, and how it is known. A sentence that says never or not to is left alone."""


def check(content: Content) -> list[Finding]:
    """Sentences that ask for a secret, in every text and both languages."""
    return [finding for sent in sent_texts(content) for finding in _asking(sent)]


HINT = "say where it is written, such as the bank's app, or leave it out"


def asking(text: str) -> Iterator[tuple[str, str]]:
    """The sentences of a text that ask for a secret, each with the reason why it may not be sent."""
    for sentence in sentences(_QUOTED.sub("", text)):
        if _SAYS_NOT_TO.search(sentence):
            continue
        reason = next((reason for reason, pattern in RULES if pattern.search(sentence)), None)
        if reason:
            yield sentence, reason


def _asking(sent: Sent) -> Iterator[Finding]:
    for sentence, reason in asking(sent.text):
        message = f'{sent.what} asks for a secret: "{sentence}" ({reason})'
        yield Finding(sent.file, sent.line, "asks-for-secret", message, HINT)
