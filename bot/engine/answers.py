"""Whether a message says yes or no, or a number."""

from __future__ import annotations

import re

from bot.domain.keywords import Keyword
from bot.domain.told_needs import after_yes_or_no
from bot.engine.walk import Walk

SHORT_ANSWER_WORDS = 7
"""A numbered answer is short; a longer text that holds a number is about something else."""
_NUMBER_ONLY = re.compile(
    r"\W*(?:(?:nr|nummer|numret|alternativ|val|svar|number|option)\W*)?(\d{1,3})\W*(?:(?:tack|snälla|please|thanks)\W*)?",
    re.IGNORECASE,
)


_PICKS = re.compile(
    r"\W*(?:(?:ja|jo|ok|okej|tack|då|jag|vi|vill|tar|ta|väljer|välja|skulle|vilja|ha|gå|på|boka|bokar|låna|lånar|anmäla|anmäl|mig|till|gärna|det|blir|är|e|nog|kursen|kurs|alternativ|nr|nummer|plats|en"
    r"|i|d|like|want|would|to|book|take|go|for|number|option|the|we|yes)\W+)+(\d{1,2})\W*(?:(?:tack|snälla|please|thanks|då|också|gärna|i listan|på listan)\W*)*",
    re.IGNORECASE,
)
"""A number with the words of somebody who chooses: "jag vill gå på 1"."""
_NEGATED = re.compile(
    r"^\W*(?:nej|nä|nää|näe|nae|no|nope)\b|\b(?:inte|ej|ingen|inget|men|fast|not|don'?t|but)\b", re.IGNORECASE
)


def says_yes(walk: Walk) -> bool:
    """Whether the message is a yes."""
    return walk.word == Keyword.YES or walk.means("affirm")


def says_no(walk: Walk) -> bool:
    """Whether the message is a no."""
    return walk.word == Keyword.NO or walk.means("deny")


def agrees_to(walk: Walk, *intents: str) -> bool:
    """Whether the message is a yes to what was asked, said with the need itself: "ja jag vill låna en surfplatta"."""
    text = walk.incoming.text
    if says_yes(walk):
        return True
    told = walk.word is None and walk.means(*intents) and not says_no(walk)
    return told and "?" not in text and bool(after_yes_or_no(text)) and not _NEGATED.search(text)


def said_number(walk: Walk) -> int | None:
    """The number that a short message answers with, in figures or words."""
    text = walk.incoming.text
    if len(text.split()) > SHORT_ANSWER_WORDS:
        return None
    option = walk.understanding.entity("option")
    if option and option.isdecimal():
        return int(option)
    found = _NUMBER_ONLY.fullmatch(text) or _PICKS.fullmatch(text)
    return int(found.group(1)) if found else None
