"""Of several towns in a message, the one where help is looked for: the elder's, not the one where the writer says they live, unless the writer asks for themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.found_words import folded

_WRITERS = re.compile(
    r"\b(?:jag|vi|sjalv|i|we|im)\b(?:\s+(?:bor|ar|e|sitter|finns|jobbar|vistas|befinner mig|live|am|are|sjalv|jag|har|nu|just|sjalva|haller till|har hemma|kommer fran))*\s+(?:i|pa|in|at|utanfor|nara|near|fran)\s+$"
    r"|\bbor\s+(?:jag|vi|sjalv|jag sjalv)(?:\s+sjalv)?\s+(?:i|pa|utanfor)\s+$"
)
_FOR_SELF = re.compile(
    r"\b(?:kan|far|ska|skall|hittar|gar|vander|can|do|could|should)\s+(?:jag|vi|i|we)\b(?!.{0,12}\b(?:hjalpa|help)\b)|\b(?:nara|till|at|for) (?:mig|mej|oss)\b|\bnear (?:me|us)\b|\bjag behover\b|\bi need\b"
)
_ELDER = r"(?:mamma|mamman|pappa|pappan|mor|morsan|farsan|mormor|farmor|morfar|farfar|svarmor|svarfar|svarmodern|moster|faster|farbror|morbror|foraldrar|foraldrarna|granne|grannen|mother|mum|mom|father|dad|grandmother|grandfather|grandma|grandpa|aunt|uncle|parents)"
"""Who lives somewhere else, as a rule; a husband or a wife lives where the writer does."""
_THEY = r"(?:hon|han|de|dom|she|he|they)"
_FOR_THEM = re.compile(
    rf"\b(?:for|at|till|to)\s+(?:(?:min|mitt|mina|var|vara|my|our|gamla|old)\s+)*(?:{_ELDER}|henne|honom|dem|her|him|them)\b|\b(?:{_ELDER}|{_THEY})\b(?:\s+\w+){{0,6}}?\s+(?:behover|vill|kan|ska|skall|far|hittar|soker|needs?|can|get|gets|goes?|wants?)\b"
    rf"|\b(?:kan|ska|skall|far|can|should|could)\s+(?:(?:min|mitt|mina|my)\s+)?(?:{_ELDER}|{_THEY})\b|\bhjalpa\s+(?:(?:min|mitt|mina|my)\s+)?{_ELDER}\b"
)
_TOGETHER = re.compile(
    r"\b(?:vi|oss|we|us|bada|tillsammans|hos (?:mig|mej)|med (?:mig|mej)|samma (?:ort|stad|hus)|har hos|med (?:mamma|pappa)|lives with me|both)\b"
)
_HOME = re.compile(
    rf"(?:\b(?:jag|ja|vi|sjalv|i|we|im|{_ELDER})|(?:^|[.,!;:\n]|\b(?:hej|hejsan|hello|hi|och|men)))\W*(?:(?:har|nu|just|ju|bor|ar|e|sitter|finns|kommer|skriver|ringer|hor hemma|hemma|live|lives|living|am|is|writing|calling)\s+)*"
    r"(?:bor|ar|e|sitter|finns|kommer|skriver|ringer|hemma|live|lives|living|am|im|is|writing|calling)(?:\s+(?:ju|nu|har|hemma|ensam|sjalv|kvar|alone|here))*\s+(?:ute\s+)?(?:i|pa|in|at|utanfor|nara|near|fran|from)\s+$"
)
"""Words before a town that is somebody's own: "bor i", "hej jag skriver från"; not those of a stranger who says where he calls from."""


def tells_home(text: str, start: int) -> bool:
    """Whether the town that begins there is told as where the writer, or the one they write for, lives or is."""
    return bool(_HOME.search(folded(text)[:start]))


def towns_meant(text: str, starts: Sequence[int]) -> list[int]:
    """Those of the towns, by where they begin in the text, that are meant; all of them when it is not told whose they are."""
    plain = folded(text)
    own = [start for start in starts if _WRITERS.search(plain[:start])]
    others = [start for start in starts if start not in own]
    if not own or not others:
        return list(starts)
    return own if _FOR_SELF.search(plain) else others


def only_the_writers(text: str, starts: Sequence[int]) -> bool:
    """Whether help is looked for where somebody else lives, and the only town named is the writer's own."""
    plain = folded(text)
    if not starts or not all(_WRITERS.search(plain[:start]) for start in starts):
        return False
    return bool(_FOR_THEM.search(plain)) and not _FOR_SELF.search(plain) and not _TOGETHER.search(plain)
