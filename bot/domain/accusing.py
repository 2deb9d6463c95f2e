"""An elder who tells that somebody close to them takes their money, or does them harm: whoever follows them must learn nothing of that."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.consenting import CLOSE
from bot.domain.found_words import bare, folded

_HARMS = (
    r"(?:lura[rdt]?\w*|bedra\w*|stjal\w*|stulit|stal|snor|snott|rana[rdt]\w*|tagit|tog|tar (?:mina|mitt|min|mig|ut|pengar\w*|alla)|tomt|tomde|tommer|swishat|swishade|swishar|fort over|forde over|overfor\w*|anvant|anvander|anvande|utnyttja\w*|missbruka\w*|spelat bort"
    r"|tving\w*|hota[rdt]?\w*|slar|slog|slagit|sparka\w*|misshandl\w*|knuffa\w*|laser in|last in|skrammer|skramt|skadar|skadat|ar elak|ar valdsam|pressa[rdt]\w*|kraver|vill ha mina|vill ha (?:pengar|koden)|gor mig illa|ofreda\w*|skriker"
    r"|stole|steals|stealing|took my|takes my|robbed|cheat\w*|scam\w*|emptied|hits?|beats?|hurts?|threat\w*|forc(?:es|ed|ing))"
)
_BETWEEN = r"(?:\s+(?!sager\b|sa\b|tror\b|tycker\b|hjalper\b|says\b)\w+){0,3}?\s+"
_KNOWN = r"(?:dottern|dottra|sonen|pojken|grabben|flickan|tosen|barnen|barnbarnet|svarsonen|svardottern|syrran|brorsan|grannen)"
_PASSIVE = r"(?:lurad|bestulen|bedragen|slagen|hotad|tvingad|misshandlad|utnyttjad|pressad|radd|rads|cheated|robbed|hit|beaten|afraid|scared)\s+(?:av|for|by|of)\s+"


def accuses(text: str, names: Iterable[str]) -> list[str]:
    """Those of the names that the text accuses; all of them when it accuses a daughter, a neighbour and the like, since that may be any of them."""
    plain = bare(text)
    people = {name: folded(name).split(" ")[0] for name in names}
    found = [name for name, first in people.items() if first and _is_accused(plain, re.escape(first))]
    if found:
        return found
    return list(people) if _is_accused(plain, rf"(?:(?:min|mitt|my)\s+{CLOSE}|{_KNOWN})") else []


def _is_accused(plain: str, who: str) -> bool:
    return re.search(rf"\b{who}\b{_BETWEEN}{_HARMS}\b|\b{_PASSIVE}(?:\w+ )?{who}\b", plain) is not None
