"""The words that always mean the same, in any case and any state.

Only a message that consists of nothing but the word (a full stop or "tack" beside it is fine) is a keyword; everything longer
is understood as text. English STOP, END, CANCEL, QUIT, START, YES, HELP and INFO are acted on by Twilio too, so none of them is asked for.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Keyword(StrEnum):
    """What a keyword means."""

    STOP = "stop"
    START = "start"
    PERSON = "person"
    MENU = "menu"
    NEXT = "next"
    BACK = "back"
    REPEAT = "repeat"
    STUCK = "stuck"
    CANCEL = "cancel"
    ENGLISH = "english"
    SWEDISH = "swedish"
    WISH = "wish"
    RELATIVE_STOP = "relative_stop"
    RELATIVE = "relative"
    PRIVACY = "privacy"
    ERASE = "erase"
    RESUME = "resume"
    YES = "yes"
    NO = "no"


_WORDS: dict[Keyword, str] = {
    Keyword.STOP: "stopp stop stoppa sluta avregistrera unsubscribe stopall revoke optout|sluta skicka|sluta skicka sms|inga fler sms",
    Keyword.START: "start starta unstop",
    Keyword.PERSON: "människa manniska person handledare människor human|en människa|en manniska|riktig människa",
    Keyword.MENU: "meny menu menyn hjälp hjalp help info",
    Keyword.NEXT: "klart klar nästa nasta vidare färdig fardig done next gjort ready|ok klart|okej klart|klart nu|nu klart|klar nu|nästa steg",
    Keyword.BACK: "tillbaka bakåt bakat back backa föregående",
    Keyword.REPEAT: "igen upprepa repetera repeat again|en gång till|igen tack",
    Keyword.STUCK: "fastnat fast stuck|har fastnat|jag har fastnat",
    Keyword.CANCEL: "avbryt avbryta avsluta cancel quit end exit|avbryt guiden",
    Keyword.ENGLISH: "english engelska|in english|english please",
    Keyword.SWEDISH: "svenska swedish|på svenska|svenska tack",
    Keyword.RELATIVE_STOP: "anhörigstopp|anhörig stopp|anhorig stopp|anhörig stop|anhorig stop",
    Keyword.RELATIVE: "anhörig anhörigs anhöriga anhoriga anhorig relatives|mina anhöriga|vem följer mig|vilka följer mig|vem följer mitt ärende"
    "|vem kan se mitt ärende|vilka kan se mitt ärende|vem kan se mina ärenden|vilka kan se mina ärenden|who follows me|who can see my case",
    Keyword.PRIVACY: "integritet gdpr privacy",
    Keyword.ERASE: "radera|glöm mig|glom mig|radera mig|forget me|erase me",
    Keyword.RESUME: "fortsätt fortsatt continue resume",
    Keyword.YES: "ja japp jepp jadå jajamän yes yep jo jaa a okej ok okay|ja tack|ja gärna|ja garna|ja det vill jag|ok då|jo tack|ja snälla|ja ok|yes please",
    Keyword.NO: "nej nä nej no nope nix näe|nej tack|nä tack|no thanks|nej det behövs inte|nej inte nu",
}

_MEANS: dict[str, Keyword] = {
    words: keyword
    for keyword, listed in _WORDS.items()
    for part in [listed.partition("|")]
    for words in (*part[0].split(), *(p for p in part[2].split("|") if p))
}

_WISH = re.compile(r"\s*(?:önska|onska|wish(?!\s+(?:i|we|you)\b))\b[\s:,.!-]*(.*)", re.IGNORECASE | re.DOTALL)
_POLITE = re.compile(r"\b(?:tack|snälla|please|thanks)\b")
_MENU_NUMBER = re.compile(r"\s*(?:nr|nummer|alternativ|val)?\s*\d{1,2}\s*[.):!]?\s*(?:tack|please)?\s*", re.IGNORECASE)


def keyword(text: str) -> Keyword | None:
    """The keyword that `text` consists of; None when it says anything more."""
    if _WISH.fullmatch(text):
        return Keyword.WISH
    words = " ".join(re.sub(r"[\W_]", " ", text.casefold()).split())
    return _MEANS.get(words) or _MEANS.get(" ".join(_POLITE.sub(" ", words).split()))


def wish(text: str) -> str:
    """What stands after ÖNSKA; empty when nothing does."""
    found = _WISH.fullmatch(text)
    return found.group(1).strip() if found else ""


def waits_for_more(text: str) -> bool:
    """Whether a text may be the first of several that belong together; keywords, menu numbers, yes and no are not."""
    return keyword(text) is None and not _MENU_NUMBER.fullmatch(text)
