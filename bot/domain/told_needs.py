"""Cuts a message that may tell of several needs into what each is told by."""

from __future__ import annotations

import re

_MOST = 6
_NOUNS = 2
"""Words of a part that may be a mere name of what is wanted: "större text"."""
_NUMBERED = re.compile(r"(?:^|(?<=\s))\(?([1-9])\s?[.):]\s+(?=\D)")
_LISTED = re.compile(r"(?m)^\s*[-*•]\s+")
_BORDER = re.compile(
    r"(?<!\d)[.!?;]+\s+|[.!?;]+\s*$|\n+|,\s+|\s+(?:och\s+(?:sen|sedan|så|också|även|dessutom|efter det)|och|o|å|&|sen så|sen|sedan|därefter|dessutom|också|samt|plus|eller|and\s+(?:then|also)|and|also|then)\s+",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:både|bade|bägge|both|två saker|tva saker|tre saker|två frågor|two things|ett par saker)\b\s*:?\s*",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"^(?:(?:hej|hejsan|hallå|god (?:morgon|dag|kväll)|hello|hi|och|men|så|sen|sedan|först|för det (?:första|andra|tredje)|också|dessutom|även|then|first|also|and)\b[\s,!.:]*)*"
    r"(?:(?:jag|vi|i|we)\s+)?(?:(?:skulle\s+(?:vilja|behöva)|skulle|behöver|vill|önskar|need|want|would like)\s+)?(?:(?:jag|vi)\s+)?"
    r"(?:(?:också|även|dessutom|också ha|ha|få|to|nog|gärna|some)\s+)*(?:(?:din|lite|er)\s+)?"
    r"(?:(?:hjälp|hjalp|help)\s+(?:med|about|with|att)|(?:lära|lara)\s+mig(?:\s+(?:mer\s+)?(?:om|använda|anvanda))?|(?:kan|kunde|skulle)\s+(?:du|ni|någon|nån)\s+(?:kunna\s+)?hjälpa\s+(?:mig|oss)\s+med|can you help me with|learn(?: about)?)\s+",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:och|men|så|sen|sedan|först|dessutom|också|även|samt|för det (?:första|andra|tredje)|then|first|also|and)\b[\s,.:]*|(?:jag\s+)?(?:undrar|funderar på)\s+(?:jag\s+)?(?:också\s+|även\s+)?(?=\w))+",
    re.IGNORECASE,
)
_TROUBLE = re.compile(
    r"\b(?:inte|ej|ingen|inget|inga|problem|strul\w*|krånglar|kranglar|krångel|fel|fungerar|funkar|trasig|spärrat|spärrad|låst|glömt|tappat|hänger|not|doesn'?t|can'?t|error|broken|locked|forgot)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:hej|hallå|så|och|men|sen|sedan|dessutom|även|jag|undrar|vet|inte|också|då|and|i|wonder|hello|hi|[\s,.!])*\b(?:hur|var|vart|vad|när|vem|vilken|vilka|finns|kan|går|får|måste|behöver man|how|where|what|when|which|can|is there|are there|do you)\b",
    re.IGNORECASE,
)
_WANTS = re.compile(
    r"\b(?:vill|ville|behöver|behover|ska|skall|skulle|önskar|tänkte|hjälp|hjalp|hjälpa|lära|undrar|need|want|help|would like|learn)\b",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"^\W*(?:(?P<no>nej|nä|nää|näe|nae|no|nope)|ja|jo|jaa|jodå|jadå|japp|javisst|visst|absolut|gärna|jajamän|ok|okej|okay|yes|yeah|yep|sure)\b"
    r"(?:[\s,.!]+(?:tack|gärna|men|då|nu|precis|just|det är bra|det gör jag|thanks|please|but|snälla|så|fast|jo|ja)\b)*[\s,.!]*(?:(?:det|it)\s+(?:gäller|är|handlar om|concerns|is about)\s+)?",
    re.IGNORECASE,
)
_DECLINES = re.compile(r"\b(?:inte|ej|ingen|inget|inga|slipp\w*|not|don'?t|no)\b", re.IGNORECASE)
_POLITE_END = re.compile(r"[\s,.!]+(?:tack|tack så mycket|snälla|please|thanks)\W*$", re.IGNORECASE)
_TO_DO = re.compile(r"^(?:(?:sen|sedan|att|to|också|även|samt|plus|och|and)\s+)*[a-zåäö]+a\b", re.IGNORECASE)
_ANOTHER = re.compile(
    r"\b(?:och|o|å|and)\s+(?:sen|sedan|så|också|även|dessutom|efter det|hur|var|vad|när|finns|kan|jag undrar|undrar|then|also|how|where)\b|\b(?:dessutom|också|samt|därefter|sen så|sen vill|sen behöver|plus|en sak till|en fråga till"
    r"|två saker|tre saker|två frågor|första|andra|also|one more thing|two things)\b|\?\s*\w",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"^\W*(?:(?:och|men|ja|ok|okej|and|but)\s+)*(?:sen|sedan|senare|efteråt|därefter|dessutom|efter det|när (?:vi|det|jag) är klar\w*|en sak till|en fråga till|also|then|after that|afterwards|one more thing)\b"
    r"|\b(?:också|efteråt|senare|sedan|dessutom|afterwards|as well|later)\W*$|\b(?:jag|vi|i)\s+(?:vill|undrar|behöver|ska|want|need)\s+(?:sen|sedan|också|även|dessutom|also)\b",
    re.IGNORECASE,
)


def after_yes_or_no(text: str) -> str:
    """What is told after a yes or a no: "ja tack, swish" gives "swish". Empty when nothing is, or when it is declined."""
    found = _ANSWERS.match(text)
    rest = text[found.end() :].strip(" \n,.;:!") if found else ""
    return "" if found and found["no"] and _DECLINES.search(rest) else _POLITE_END.sub("", rest)


def needs_in(text: str) -> tuple[str, ...]:
    """The parts, in the order they are told, that may each tell a need of their own; none when the text is all of a piece.

    Numbered or listed parts are. Otherwise the parts must all ask, or all want something, or the words must say that another need follows: "jag är
    pensionär, hur söker jag ..." is one need, and so are two complaints.
    """
    numbered = _numbered(text)
    if numbered:
        return numbered
    parts = _clean(_BORDER.split(_BOTH.sub("", text)))
    another = _ANOTHER.search(text) is not None
    found: list[tuple[str, str]] = []
    for part in parts:
        if kind := _kind(part, found, another):
            found.append((part, kind))
    kinds = {kind for _, kind in found}
    return tuple(part for part, _ in found) if len(found) > 1 and (len(kinds) == 1 or another) else ()


def _kind(part: str, before: list[tuple[str, str]], another: bool) -> str | None:
    """Whether a part asks or wants something; a complaint counts when it comes first and another need follows."""
    if _TROUBLE.search(part):
        return "complains" if another and not before else None
    if _ASKS.match(part) and not is_courteous(part):
        return "asks"
    if _WANTS.search(part):
        return "wants" if len(part.split()) > 1 else None
    goes_on = bool(before) and before[-1][1] == "wants" and (_TO_DO.match(part) or len(part.split()) <= _NOUNS)
    return "wants" if goes_on else None


def _numbered(text: str) -> tuple[str, ...]:
    marks = list(_NUMBERED.finditer(text))
    if len(marks) > 1 and [int(mark[1]) for mark in marks] == list(range(1, len(marks) + 1)):
        ends = [*(mark.start() for mark in marks[1:]), len(text)]
        return _clean([text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)])
    return _clean(_LISTED.split(text)[1:]) if len(_LISTED.findall(text)) > 1 else ()


def _clean(parts: list[str]) -> tuple[str, ...]:
    return tuple(bare for part in parts if (bare := part.strip(" \n,.;:!")))[:_MOST]


def readings(part: str) -> tuple[str, ...]:
    """A part without its courtesies, in the ways that it is best understood: "jag behöver hjälp med swish" is "hjälp med swish", and so is "swish" in a list."""
    bare = _COURTESY.sub("", part).strip()
    if bare and bare != part.strip():
        return f"hjälp med {bare}", f"hur får jag {bare}"
    if len(bare.split()) <= _NOUNS:
        return part, f"hjälp med {part}", f"hur får jag {part}"
    return (_LEAD.sub("", part) or part,)


def is_courteous(text: str) -> bool:
    """Whether it begins with "jag behöver hjälp med" or the like."""
    return _COURTESY.match(text) is not None


def is_for_later(text: str) -> bool:
    """Whether the words say that this need comes after what is going on: "och sen undrar jag", "också"."""
    return _AFTERWARDS.search(text) is not None
