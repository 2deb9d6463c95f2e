"""Kind words and hearts that ask for nothing: a thank you, whatever the interpreter takes them for."""

from __future__ import annotations

import re

from bot.domain.place_names import fold

_HEARTS = re.compile(r"[\s❤♥♡💕💖💗💓💞💝💙💚💛🧡💜🤍🌹🌷🌸💐😊😀😃😄🙂☺😍🥰😘🤗🙏👏\ufe0f\U0001f3fb-\U0001f3ff!.]+")
_THUMBS = re.compile(r"[\s👍👌✅🆗👋\ufe0f\U0001f3fb-\U0001f3ff!.]+")
_LONGEST = 10
_WARM = re.compile(
    r"(?:(?:och|men|tack|tusen|hej|ja|oj|stor|stora|manga|varma|many|a|big|med|lotta|lotsen|vannen|raring) )*"
    r"(?:kram\w*|puss\w*|hugs?|kisses|(?:du|ni) (?:ar|e) (?:(?:sa|en|valdigt|jatte|ju|verkligen|bara|alldeles|riktig|mycket|for) )*(?:snall|snalla|rar|rara|go|gullig\w*|bast|toppen|fantastisk\w*|angel|klippa|parla|duktig\w*|underbar\w*|skatt|hjalte|trevlig\w*|tapper)"
    r"|(?:sa |vad |det var |valdigt |jatte)*(?:snallt|rart|gulligt|hyggligt|vanligt) (?:av (?:dig|er))|gud valsigne (?:dig|er)|(?:you are|you re) (?:(?:so|very|too|an|a|the) )*(?:kind|nice|angel|star|best|sweet)|god bless(?: you)?)"
    r"(?: (?:lotta|lotsen|du|dig|er|nu|da|igen|tack|sa|pa dig|till dig|fran \w+|som \w+ \w+))*"
)

_COURTESY = re.compile(
    r"\b(?:tack\w*|hej ?da|hejda|ha det|vi (?:hors|ses)|ses|hors|god ?natt|snall\w*|gullig\w*|rar\w*|thank\w*|thx|ty|bye|goodbye|good night|see you|take care|kind)\b"
)
_NOD = re.compile(
    r"(?:(?:ok|okej|ja|jo|tack|sa|vad|mycket|jatte|det (?:ar|var|later)) )*(?:bra|fint|toppen|perfekt|utmarkt|skont|harligt|kanon|finemang|jattebra|jattefint|good|great|nice|fine|perfect|lovely)(?: (?:da|det|tack|sa))*"
)
_MORE = re.compile(r"\b(?:mer|allt|annat|more|all|else)\b")
_NO_MORE = re.compile(
    r"(?:(?:nej|na|nae|no|ok|okej|ja|jo|tack|bra|da|nu|och|hej|mycket|sa|thanks|thank you) )*"
    r"(?:(?:det (?:var|ar|e) )?(?:allt|inget mer|inget annat|inget speciellt|inget sarskilt|ingenting|inget)(?: (?:mer|annat))?|(?:jag |vi )?(?:behover|onskar|vill ha|undrar) (?:inget|ingenting|inte nagot|inte)(?: (?:mer|annat|hjalp mer|mer hjalp))"
    r"|det (?:racker|ar bra|var bra|blir bra)(?: sa)?|jag ar nojd|(?:that is|that s|that was) all|nothing (?:more|else)|i m (?:good|fine|done))"
    r"(?: (?:tack|nu|da|for|i ?dag|idag|for i ?dag|sa lange|for tillfallet|just nu|hej da|hejda|for now|today|thanks|thank you|jag ville|jag undrade|jag behovde))*"
)


def is_warm(text: str) -> bool:
    """Whether the message is hearts, or kind words and nothing else: "kram", "du är så snäll Lotta"."""
    if text.strip() and _HEARTS.fullmatch(text):
        return bool(re.search(r"[^\s.!\ufe0f]", text))
    plain = fold(text)
    return 0 < len(plain.split()) <= _LONGEST and "?" not in text and _WARM.fullmatch(plain) is not None


def is_thumb(text: str) -> bool:
    """Whether the message is nothing but a thumb up or the like: a yes where something was asked, else a nod."""
    return bool(_THUMBS.fullmatch(text) and re.search(r"[^\s.!\ufe0f]", text))


def nods(text: str) -> bool:
    """ "Bra", "fint": heard, and neither done nor stuck."""
    return "?" not in text and _NOD.fullmatch(fold(text)) is not None


def needs_no_more(text: str) -> bool:
    """ "Nej tack, inget mer", "det var allt": a goodbye."""
    plain = fold(text)
    return len(plain.split()) <= _LONGEST and "?" not in text and _NO_MORE.fullmatch(plain) is not None


def has_courtesy(text: str) -> bool:
    """Whether a word of thanks or goodbye stands in the message."""
    return _COURTESY.search(fold(text)) is not None


def wants_no_more(text: str) -> bool:
    """The same where "det räcker" and "inget" may be about a step: only with "mer" or "allt"."""
    return needs_no_more(text) and _MORE.search(fold(text)) is not None
