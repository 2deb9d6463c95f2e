"""Finds codes and passwords by the words beside them: "koden är 4829", "482913 som kod", "lösenordet är ...".

A number is left alone when it is known to be something else: a phone number, a time, a postcode, a year, a price, 1177 and its like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.domain.secret_numbers import DATE, Number

CODE = "kod"
PASSWORD = "lösenord"

WELL_KNOWN = frozenset(
    (
        "112",
        "113",
        "11313",
        "11414",
        "1177",
        "116000",
        "116006",
        "116111",
        "116117",
        "116123",
        "118118",
        "90101",
        "7726",
    )
)
"""Numbers that everybody may ring, with digits only."""

_IS = r"(?:är|ar|e|va|var|blev|blir|lyder|is|was|were)"
_FLAGS = re.IGNORECASE

# --- codes

_WORD = (
    r"\b(?P<word>(?:(?:error|zip|post|area|country|bar|discount|qr)[ \-])?(?:fel-)?[a-zåäöé]*(?:kod(?:en|er|erna|ens|nummer|numret)?|codes?|koodi)"
    r"|pin(?:nummer|numret)?|puk|cvc2?|cvv2?|otp|(?:bank)?dosan?|siffrorna|baksidan)\b"
)
_OTHER_CODE = re.compile(
    r"(?:fel|post|zip|area|country|error|qr|bar|streck|rikt|lands|käll|discount|rabatt|kampanj|färg|morse)", _FLAGS
)
"""Codes that are no secrets."""

_NEAR = (
    r"(?:är|ar|e|va|var|blev|blir|som|den|det|denna|detta|min|mitt|mina|fick|får|fatt|fått|jag|the|is|was|my|your|i|got|nr|nummer|number|till|to|for|för|på|pa"
    r"|of|sms|sms:et|av|från|fran|from|bankid|bank-id|bank|id|mobilt|kortet|kort|mobilen|o|och|å|kom|kommer|kommit|står|stod|skrev|skriver|skrivit|in|here"
    r"|här|har|nu|alltså|sen|två|heter|din|de|ni|banken|skickade|skickat|funkar|funka|fungerar|fungera|inte|ej|fel|works|work|not|rätt|igen|again|a|en|er|with|med|that)"
)
_SPELLED = (
    r"(?:noll|nolla|ett|etta|en|två|tva|tvåa|tre|trea|fyra|fem|femma|sex|sexa|sju|sjua|åtta|atta|nio|nia"
    r"|zero|one|two|three|four|five|six|seven|eight|nine)"
)
_DIGITS = r"(?:\d(?:[ \t.\-]?\d){2,9}(?:\n\d{2,6}(?=\W{0,3}(?:\n|$)))?|\d{1,3}\n\d{2,6}(?=\W{0,3}(?:\n|$)))(?!\d)"
_SPELLED_DIGITS = rf"{_SPELLED}(?:[ ,\-]+{_SPELLED}){{3,9}}\b"
_MIXED = r"(?=[a-z]{0,15}\d)(?=\d{0,15}[a-z])[a-z\d]{4,16}(?![\w\-])(?<!siffrig)(?<!siffriga)"

_CODE_IS = re.compile(
    rf"{_WORD}(?:[^\w.!?\[\]]+[^\W\d]+){{0,6}}?(?:\s+{_IS}\b[\s:]*|\s*[:=]\s*)(?:[^\W\d]+\s+)?[\"'(]*(?P<code>{_DIGITS}|{_SPELLED_DIGITS}|{_MIXED})",
    _FLAGS,
)
_CODE_NEAR = re.compile(
    rf"{_WORD}(?P<link>(?:[^\w.!?\[\]]+{_NEAR}\b){{0,9}}[^\w.!?\[\]]*)(?P<code>{_DIGITS}|{_SPELLED_DIGITS})", _FLAGS
)
_SIX_LATER = re.compile(
    rf"{_WORD}(?:[^\w.!?\[\]\n]+(?:[^\W\d]+|\d(?=[ \-]siffr))){{1,5}}[^\w.!?\[\]\n]+(?P<code>\d{{3}} ?\d{{3}})(?![ \-]?\d)",
    _FLAGS,
)
_CODE_BEFORE = re.compile(
    rf"(?<![\d+\-])(?P<code>\d(?:[ \-]?\d){{2,9}})(?!\d),?[ \n](?:{_IS}|som|as|till)[ \n](?:(?:min|mitt|den|the|my|bankens|en|a)[ \n])?(?:[^\W\d]+[ \n])?{_WORD}",
    _FLAGS,
)
_HANDED_OVER = re.compile(
    rf"(?P<word>\b(?:(?:läste|laste) upp|(?:knappade|skrev|slog|matade) in|angav|typed(?: in)?|entered|read out)\b)(?:\s+[^\W\d]+){{0,2}}\s+(?P<code>{_DIGITS})",
    _FLAGS,
)
_GIVEN = re.compile(
    r"(?P<word>\b(?:gav|gett|gave|given)\b)(?:\s+[^\W\d]+){1,2}\s+(?P<code>\d{3} ?\d{3})(?![ \-]?\d)", _FLAGS
)
_MONEY = re.compile(r"\s?(?:kr\b|kronor|sek\b|:-|euro)", _FLAGS)
_COUNTED = re.compile(
    r"\s?(?:år\b|siffr|min\b|minut|gång|ggr|dag|tecken|procent|%|times|digit|minutes|characters|old)", _FLAGS
)
"""After three digits at most: in "4829 min mobil" nothing is counted."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_SINCE = re.compile(r"\b(?:från|fran|sedan|sen|i|på|pa|år|from|since|in|of)\W*$", _FLAGS)
_NONE_CAME = re.compile(r"\b(?:ingen|inga|inget|inte|ej|aldrig|no|not|never|vilken|vad|hur)\b", _FLAGS)
_POSTCODE = re.compile(r"[1-9]\d\d ?\d\d")


def find_codes(text: str, numbers: Sequence[Number]) -> Iterator[tuple[int, int]]:
    """(start, end) of every code. `numbers` are the numbers of the text that are known by their shape."""
    for pattern in (_CODE_IS, _CODE_NEAR, _SIX_LATER, _CODE_BEFORE, _HANDED_OVER, _GIVEN):
        for found in pattern.finditer(text):
            start, end = found.span("code")
            if (
                _OTHER_CODE.match(found["word"])
                or _is_counted(text, start, end)
                or _is_other(text, start, end, numbers)
            ):
                continue
            if pattern is _CODE_NEAR and _is_something_near(text, found):
                continue
            if pattern is _HANDED_OVER and (len(found["code"]) < 4 or _POSTCODE.fullmatch(found["code"])):
                continue
            yield start, end


def _is_counted(text: str, start: int, end: int) -> bool:
    return bool(_MONEY.match(text, end) or (end - start <= 3 and _COUNTED.match(text, end)))


def _is_other(text: str, start: int, end: int, numbers: Sequence[Number]) -> bool:
    written = text[start:end]
    if re.sub(r"\D", "", written) in WELL_KNOWN and re.fullmatch(r"[\d ]+", written):
        return True
    for number in numbers:
        overlaps = not number.secret and number.start < end and start < number.end
        if overlaps and (
            number.kind != DATE or "-" in text[number.start : number.end]
        ):  # a code may look like 19401940
            return True
    return False


def _is_something_near(text: str, found: re.Match[str]) -> bool:
    """Without "är" or a colon before it, a number near the word may be a year, or a postcode sent as the next text."""
    link, written = found["link"], found["code"]
    if _YEAR.fullmatch(written) and _SINCE.search(link):
        return True
    if "\n" not in link:
        return False
    line = text[text.rfind("\n", 0, found.start()) + 1 : found.start("code")]
    return bool(_NONE_CAME.search(line) or _POSTCODE.fullmatch(written))


# --- passwords

_PASS = r"\b[a-zåäö]*(?:lösen(?:ord)?|losen(?:ord)?|passord|password|passwd|passphrase)(?:et|s)?\b"
_TOKEN = r"(?:\"(?P<quoted>[^\"\n]{2,80})\"|'(?P<ticked>[^'\n]{2,80})'|(?P<token>\S{3,}))"
_FOR_WHAT = r"(?:\s+(?:till|på|pa|för|i|to|for|on|som|jag|that|i)(?:\s+[^\s:=.!?]+){1,4}?)?"
_PASSWORD_IS = re.compile(
    rf"{_PASS}{_FOR_WHAT}(?:[ \t]*[:=]\s*|[ \t]+(?:{_IS}|heter|(?:borde|ska) vara|should be)\s*:?[ \t]+){_TOKEN}",
    _FLAGS,
)
_PASSWORD_LATER = re.compile(rf"{_PASS}(?:\s+[^\W\d]+){{0,6}}?(?:\s*[:=]\s*|\s+{_IS}\s*:?\s+|\s*\n){_TOKEN}", _FLAGS)
_PASSWORD_NEXT = re.compile(rf"{_PASS}[\s\-]+{_TOKEN}", _FLAGS)
_PASSWORD_BEFORE = re.compile(
    rf"(?<!\S){_TOKEN}[ \t]+(?:{_IS}|som|as)[ \t]+(?:(?:mitt|det|my|the|ett|a)[ \t]+)?{_PASS}", _FLAGS
)
_ABOUT = frozenset(
    re.findall(
        r"\S+",
        """
    fel borta glömt glomt bortglömt för for inte ej ogiltigt ogiltig låst last spärrat sparrat gammalt samma nytt
    inget krångligt krangligt svårt svart långt langt kort sparat sparad bytt ändrat andrat skrivet okänt okant
    något nagot nåt nat vad det den ett jag som wrong not gone forgotten invalid the lost expired incorrect too same
    what also utgånget utgangen hemligt rätt ratt helt alltid visst ju nog kanske omöjligt omojligt sämst viktigt
    bra dåligt daligt enkelt lätt latt slut kvar raderat hackat stulet avslöjat aktivt tomt nollställt återställt
    privat personligt redan fortfarande blivit aldrig bara mycket krav jättesvårt jättelångt jättekrångligt tydligen
    kommer har minns vet kan ska måste mitt min on my your required weak strong hard difficult right correct changed
    saved still always already case never blocked locked reset stolen hacked very that this it puts väck vack bankid
    1177 facebook google gmail hotmail och and men but ut på pa till i att hur how when när nar om if
        """,
    )
)
"""What is said about passwords: none of these is one."""
_GOES_ON_ABOUT = re.compile(r"[ \t]+(?:att|än|an|som|igen|nu|to|than|again)\b", _FLAGS)
_DEVICE = re.compile(
    r"(?:iphone|ipad|office|windows|win|android|galaxy|samsung|ios|mac|[asgwm])-?\d{1,4}[a-z]{0,3}|\d[gk]|\d+-siffrig\w*|1177\S*",
    _FLAGS,
)
_WHERE = re.compile(r"[a-zåäö]*(?:lösen|losen|lösenord|losenord)\s+var?\s", _FLAGS)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", _FLAGS)


def find_passwords(text: str, numbers: Sequence[Number]) -> Iterator[tuple[int, int]]:
    """(start, end) of every password."""
    for pattern in (_PASSWORD_IS, _PASSWORD_LATER, _PASSWORD_NEXT, _PASSWORD_BEFORE):
        for found in pattern.finditer(text):
            if found["quoted"] or found["ticked"]:
                start, end = found.span("quoted" if found["quoted"] else "ticked")
                token, sure = text[start:end], not text[start:end].startswith("[")
            else:
                token = found["token"].rstrip(".,!?;:)\"'")
                start = found.start("token")
                end = start + len(token)
                sure = (
                    pattern is _PASSWORD_IS and _may_be_password(text, token, end) and not _asks_where(text, found, end)
                )
            if sure or (_is_strong(token) and not _is_other(text, start, end, numbers)):
                yield start, end


def _may_be_password(text: str, token: str, end: int) -> bool:
    if len(token) < 3 or token.startswith("[") or token.casefold() in _ABOUT:
        return False
    return not (token.isalpha() and token.islower() and _GOES_ON_ABOUT.match(text, end))


def _asks_where(text: str, found: re.Match[str], end: int) -> bool:
    """In "lösenord var hittar man det" the word "var" asks for a place."""
    return bool(
        _WHERE.match(found.group())
        and text[end:].strip(" .!?")
        and not text[: found.start()].casefold().endswith("mitt ")
    )


def _is_strong(token: str) -> bool:
    """Such as nobody writes by accident: letters with digits or signs among them, or four digits and more."""
    if len(token) < 4 or "[" in token or _DEVICE.fullmatch(token) or _EMAIL.fullmatch(token) or _YEAR.fullmatch(token):
        return False
    letters, digits = any(c.isalpha() for c in token), any(c.isdecimal() for c in token)
    return (letters and digits) or token.isdecimal() or (letters and any(c in "!@#$%&*_?=+" for c in token[:-1]))
