"""Money that is told to be gone, in words that a need for help with paying is told in too: "min dotter har swishat bort pengar".

It may be a fraud, a theft or a mistake, so it is asked about. That somebody paid the wrong one, or wants to pay, is no such thing.
"""

from __future__ import annotations

import re

from bot.domain.found_words import folded

_MONEY = r"(?:pengar\w*|sparpengar\w*|besparing\w*|pension\w*|konto\w*|\d[\d ]*(?:kr|kronor|tusen|000)|tusen\w*|money|savings|account)"
_GONE = re.compile(
    rf"\b(?:swishat|swishade|skickat|fort over|betalat|spelat|gett) (?:bort|ivag)\b|\b(?:blivit|blev) av med\b.{{0,25}}\b{_MONEY}\b|\b{_MONEY} (?:ar|har|is|are|has) (?:bara |plotsligt |helt )?(?:borta|forsvunnit|forsvunnen|forsvunna|stulna|gone|disappeared)\b"
    rf"|\b(?:tomt|tomde|lansat|lansade|emptied)\b.{{0,15}}\b{_MONEY}\b|\b{_MONEY}\b.{{0,15}}\b(?:tomt|tomts|lansats)\b|\b(?:nagon|nan|dotter|dottern|son|sonen|barnbarn|barnbarnet|granne|grannen|man|somebody|someone) (?:har )?(?:swishat|swishade|overfort|fort over|tagit ut|took)\b.{{0,25}}\b(?:mina|min|mitt|hennes|hans|my) {_MONEY}\b"
)
_MISTAKE = re.compile(
    r"\b(?:fel (?:person|nummer|mottagare|summa|belopp|konto)|wrong|present|gava|leksak\w*|gammal\w*|telefon\w*|mobil\w*|dator\w*|inte|vill|hur)\b"
)
_LONGEST = 20


def may_be_lost(text: str) -> bool:
    """Whether the words tell that money is gone."""
    plain = folded(text)
    return len(text.split()) <= _LONGEST and bool(_GONE.search(plain)) and not _MISTAKE.search(plain)
