"""STOPP or AVBRYT: whether somebody wants no more messages, or only leaves what they are at."""

from __future__ import annotations

import re

from bot.domain.place_names import fold

_STOPS = re.compile(
    r"\b(?:slut\w*|stop\w*|avregist\w*|avanmal\w*|avslut\w*|avbestall\w*|avsag\w*|avsta\w*|upphor\w*|sparra\w*|block\w*|bort|inga|inget|ingen|inte|int|ej|nej|nog|slipp\w*|lamna|lat|lagg|fred|ifred|trott|spam\w*"
    r"|unsubscribe|opt\w*|quit|end|cancel|remove|revoke|no|not|never|leave|enough|dont|don t|cease|off|less|farre|mindre|skona|vagrar|forbjuder|radera|sag upp|saga upp)\b"
)
_FEW = 3
"""Words: a longer message that the interpreter takes for STOPP may well say it in words of its own."""
_LONGEST = 10

_OPENS = r"(?:(?:ok|okej|nej|na|nae|ja|jo|tack|hej|men|och|oj|usch|snalla|kan|jag tror|nu|da|sa|det racker|racker|no|well|please|for) )*"
_IT = r"(?:med |upp |av )*(?:det har|det dar|det|detta|den har guiden|guiden|stegen|steget|har|dar|alltihop|allt|this|it|here|guide)"
_CLOSES = r"(?: (?:nu|tack|da|sa|ju|bara|nog|direkt|genast|snalla|now|please))*"
_LEAVES = re.compile(
    rf"{_OPENS}(?:"
    rf"(?:jag|vi|ja) (?:vill|skulle vilja|ska|maste|onskar|tanker)(?: (?:nog|bara|nu|helst|gora sa att jag))* (?:sluta|avsluta|avbryta|lagga av|stanna|bryta)(?: {_IT})?"
    rf"|(?:jag|vi|ja) (?:slutar|avslutar|avbryter|bryter|lagger av)(?: {_IT})?"
    rf"|(?:slutar|avslutar|avbryter|bryter|lagger) (?:jag|vi|ja)(?: av)?(?: {_IT})?"
    rf"|(?:vi |jag )?(?:sluta|avsluta|avbryta|avbryt|stoppa|lagg av) {_IT}|(?:det )?racker(?: det)? (?:sluta|avbryt)"
    rf"|(?:stop|quit) (?:now|here|this|it|for now)|(?:i want to|i would like to|i d like to|let s|lets|can we|i) (?:stop|quit|end|leave)(?: {_IT})?"
    rf"){_CLOSES}"
)
_NOT_NEEDED = re.compile(
    r"(?:(?:nej|na|nae|men|tack|ok|okej|hej|forlat|ursakta|oj|ja|jo|da|nu|jag|ja|vi|det|no|and|please) )*"
    r"(?:(?:glom|strunta i|stryk|skit i|hoppa over) (?:det|detta|alltihop|samtalet|mig)?|(?:det )?(?:behovs|behover(?: (?:jag|vi|ni))?(?: ringa)?) (?:inte|inget|ingen)(?: (?:ringa|hjalp|svar))?|ni behover inte (?:ringa|svara|hora av er|skriva)"
    r"|(?:det )?(?:har )?(?:loste|ordnade|ordnat|lost) sig(?: sjalvt?)?|(?:angrar|angrade)(?: jag)? (?:mig|mej)|never ?mind|forget (?:it|about it)|no longer needed|not needed(?: anymore)?)"
    r"(?: (?:det|de|inte|behovs|behover|langre|nu|mer|mera|tack|ringa|igen|har|anda|redan|sjalv|sjalvt|glom|angrade|mig|and|it|is|for mig))*"
)
_AGAIN = re.compile(
    r"(?:(?:hej|hejsan|ok|okej|forlat|oj|nej|na|men|ja|snalla|jag|i|ursakta|please|och|,) )*"
    r"(?:(?:starta|start|borja|aktivera|oppna|sla pa|satt pa|koppla pa|kor igang)(?: (?:upp|pa|mig|det|sms\w*|tjansten|lotsen|skriva|att skriva|skicka))* (?:igen|pa nytt|again)"
    r"|(?:vill|skulle vilja|onskar)(?: (?:jag|garna|nog))* (?:starta|borja|vara med|fa sms|fa hjalp|ha sms|ha hjalp|ha meddelanden|ha dina sms|ha era sms)(?: (?:av dig|av er|fran dig|fran er))* (?:igen|pa nytt)"
    r"|angrar(?: jag)? (?:mig|mej)|angrade (?:mig|mej)|har angrat (?:mig|mej)|changed my mind|want to start again|(?:turn|switch) (?:it )?on again)"
    r"(?: (?:starta|start|borja igen|nu|tack|snalla|igen|please))*"
)
_REGRETS = re.compile(
    r"(?:(?:nej|na|oj|men|forlat|ursakta|hej|du|jag|ja|vi|tror) )*(?:angrar|angrade|angra|har angrat)(?: (?:jag|ja|vi|nog|faktiskt))* (?:mig|mej|oss)(?: (?:nu|lite|faktiskt|tack|sorry|forlat))*"
)
_OF_MESSAGES = re.compile(
    r"\b(?:sms\w*|meddeland\w*|skriv\w*|skicka\w*|hora av|kontakta\w*|lotsen|tjansten|utskick\w*|text\w*|messag\w*|sending|writing|hos er|med er)\b"
)


def says_stop(text: str) -> bool:
    """Whether a short message holds any word of stopping; a longer one is given the benefit of the doubt."""
    plain = fold(text)
    return len(plain.split()) > _FEW or _STOPS.search(plain) is not None


def only_leaves(text: str) -> bool:
    """ "Jag vill sluta nu", "vi slutar här": the guide or the question is left, and no message was complained of."""
    plain = fold(text)
    return len(plain.split()) <= _LONGEST and _LEAVES.fullmatch(plain) is not None and not _OF_MESSAGES.search(plain)


def starts_again(text: str) -> bool:
    """Whether somebody who has said STOPP wants messages again, in so many words: "börja igen", "jag ångrar mig"."""
    plain = fold(text)
    return len(plain.split()) <= _LONGEST and _AGAIN.fullmatch(plain) is not None


def regrets(text: str) -> bool:
    """ "Jag ångrar mig" and nothing else: something that was just decided, and no danger."""
    return _REGRETS.fullmatch(fold(text)) is not None


def needs_it_no_more(text: str) -> bool:
    """Whether somebody who waits for a person takes back what they asked for: "glöm det, det behövs inte"."""
    plain = fold(text)
    return len(plain.split()) <= _LONGEST and _NOT_NEEDED.fullmatch(plain) is not None
