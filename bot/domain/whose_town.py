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


def towns_meant(text: str, starts: Sequence[int]) -> list[int]:
    """Those of the towns, by where they begin in the text, that are meant; all of them when it is not told whose they are."""
    plain = folded(text)
    own = [start for start in starts if _WRITERS.search(plain[:start])]
    others = [start for start in starts if start not in own]
    if not own or not others:
        return list(starts)
    return own if _FOR_SELF.search(plain) else others
