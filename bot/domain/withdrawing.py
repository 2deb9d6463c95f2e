"""What an elder says who wants to be followed no longer, without naming ANHÖRIG STOPP: "hon ska inte se mina saker längre", "sluta berätta för min dotter".

Only read where somebody follows them, or has asked to. A text about anything else that is not to be seen or known ("jag vill inte se reklam") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.found_words import bare, folded

_CLOSE = (
    r"(?:flicka|flickan|dotter|dottern|dottra|tos|tosen|tosa|son|sonen|pojke|pojken|grabb|grabben|barn|barnen|barnbarn|barnbarnet|sondotter|dotterdotter|sonson|dotterson|svardotter|svarson"
    r"|syster|systern|bror|brodern|man|mannen|fru|frun|sambo|sambon|van|vaninna|granne|grannen|anhorig|anhoriga|daughter|son|husband|wife|grandson|granddaughter|friend|neighbour|relative)"
)
_NOT = r"(?:(?:vill|ska|skall|far|behover|skulle|bor|must|shall|should|may|want|like) (?:inte|ej|aldrig|not)|slipper|inte langre|dont want|do not want|shall not|should not|must not|may not|no longer)"
_KNOW = (
    r"(?:folja|foljer|fa veta|veta|vet|fa reda pa|lagga sig i|blanda sig i|insyn|ha koll|kolla upp|halla koll|follow|following|know|be told|fa (?:nagon |mer |mera |nagra )*(?:information|info|besked|uppdateringar|meddelanden)"
    r"|(?:se|ser|kolla|kollar|titta pa|lasa|laser|see|seeing|read)(?: \w+){0,2}? ?(?:mina?|mitt|my|vad jag|what i|nagot|nat|anything|hur det|det har|mer|mera|langre|any ?more|arende\w*|saker|bokning\w*))"
)
_TELL = r"(?:beratta\w*|saga|sager|skicka\w*|meddela\w*|informera\w*|visa\w*|tala om|lamna ut|tell\w*|send\w*|show\w*|say\w*)"
_ENDS = re.compile(
    rf"\b{_NOT}\b.{{0,40}}\b{_KNOW}\b|\b{_NOT}\b.{{0,30}}\b(?:se|see)\W*$|\b(?:vill|onskar|want)\b.{{0,25}}\b(?:inte|ej|aldrig|not)\b.{{0,10}}\b{_KNOW}\b|\b{_NOT} {_TELL}\b|\bslut (?:pa|med) (?:det |att |detta )*.{{0,25}}\b{_KNOW}\b|\bslipp(?:a|er) (?:att )?.{{0,25}}\b(?:kollar|foljer|ser|laser|vet|lagger sig i)\b"
    rf"|\b(?:slutar?|slut|stopp(?:a|ar)?|stop)(?: att| med att| upp att)? (?:{_TELL}|folja|following)\b|\b(?:sag|beratta|skicka|visa|meddela|tell|send|say|show) (?:inget|inte|ingenting|inga|nothing|no)\b"
)
_REMOVES = re.compile(
    r"\b(?:ta bort|tag bort|stang av|stoppa|koppla (?:bort|av|fran|ifran|loss)|ska bort|skall bort|avsluta|sparra|remove|disconnect|unlink)\b"
)
_LEAVE = re.compile(
    r"\b(?:upphav|upphor|aterkalla\w*|avsluta\w*|ta(?:r)? (?:tillbaka|bort)|drar? tillbaka|angra\w*|sag upp|bryt\w*|withdraw|revoke|cancel|end)\b.{0,25}\b(?:samtycke\w*|medgivande\w*|tillstand\w*|koppling\w*|lov\w*|mitt ja|consent|leave|link)\b"
    r"|\bangra[rt]? (?:mig|mej|mitt ja)\b.{0,40}\b(?:folja|se|veta)\b|\b(?:ingen|nagon|nan|nagra|anyone|nobody) (?:ska |far |som |skall |should )*(?:folja|foljer|follow\w*|se mina|veta)(?: mig| mej| me)?\b"
)
_REGRETS = re.compile(
    r"\bangrar?\b|\bangrat\b|\bforresten\b|\b(?:inte|ej) alls\b|\b(?:hon|han|hen|de|dom|ni) (?:ska|skall|far|bor) (?:inte|ej)\b(?! (?:boka|avboka|fa pamin))|\bvill (?:inte|ej) (?:det|vara med|langre)\b"
    r"|^\W*(?:nej |na )?(?:inget|ingenting|nothing)(?: alls| tack| at all)?\W*$|\bta bort\b|\bska bort\b|\b(?:blev|var) fel\b|\b(?:andrat|andrar) (?:mig|mej)\b|\bmenade nej\b|\bchanged my mind\b|\bregret\b|\bi meant no\b"
)
_THEY = re.compile(
    rf"\b(?:hon|han|hen|henne|honom|de|dom|dem|she|he|her|him|they|them)\b|\b(?:min|mitt|mina|my)? ?{_CLOSE}\b"
)
_OTHER_MATTER = re.compile(
    r"\b(?:kod\w*|bankid|losen\w*|reklam|veta (?:att|om (?!mina|mitt|min|det|mig))|skarm\w*|pin|bilder|bilderna|bild|tv|film\w*)\b"
)
_HOW = re.compile(
    r"\W*(?:hur|kan (?:man|jag|en)|gar det|far (?:man|jag)|how|can (?:i|one))\b.{0,30}\b(?:angrar?|avslutar?|slutar?|tar? tillbaka|stoppar?|avbryt\w*|end|stop|withdraw)\b|\b(?:jag )?(?:har )?andrat mig\b"
)
_ONLY_SEES = re.compile(
    r"\b(?:bara|endast|only|just)\b.{0,20}\b(?:se|titta|folja|kolla|lasa|folj|follow|see|look)\b|\b(?:se|titta|folja|kolla|follow|look)\b.{0,8}\b(?:bara|endast|only)\b|\b(?:inga|inte (?:fa |ha )?(?:nagra )?|no) ?(?:paminnelse\w*|reminders)\b"
)
_NO_BOOKING = re.compile(
    r"\b(?:inte|ej|aldrig|not|slut med att|sluta)\b.{0,25}\b(?:boka\w*|avboka\w*|book\w*)\b|\b(?:boka\w*|book)\b.{0,12}\b(?:inte|ej|langre inte)\b"
)
_MAY_MORE = re.compile(
    r"\b(?:far|kan|ska|skall|may|can)\b.{0,20}\b(?:boka at (?:mig|mej)|book for me|paminnelser|reminders|paminnas)\b"
)
_ONE_OF_THEM = re.compile(rf"\b(?:hon|han|hen|henne|honom|she|he|her|him)\b|\b(?:min|mitt|my) {_CLOSE}\b")
_IS_ASKED = re.compile(
    r"\W*(?:hur|vad|vem|varfor|nar|(?:far|kan|ska|skall|kommer|ser|can|may|does) (?:hon|han|hen|de|dom|jag|du|ni|she|he|they|i|you)\b)"
)
_LONGEST_SCOPE = 12
_HARMLESS = frozenset(
    """
    jag vill inte att ska skall far ej aldrig behover slipper slippa hon han hen de dom dem henne honom min mitt
    mina mig mej sig se ser veta vet folja foljer kolla kollar titta pa lasa laser mer mera langre nagot nat
    nagonting allt det har den detta saker arenden arende bokningar tider vad gor bokar skriver om i till for av
    med och men nu racker sluta slutar slut stoppa stopp beratta saga sag skicka meddela visa tala inget ingenting
    ta bort koppla stang avsluta tillbaka ja angrar angra upphav aterkalla samtycke samtycket kopplingen lov nagon
    nan ingen som ha fa ni kan snalla tack hej lagga blanda insyn koll halla reda hur gar kunna skulle bor heller
    alls ens information info besked vara nog onskar ifran fran loss bokat da sa ju do not want dont to see my
    things any more anymore know follow following stop telling tell her him she he they them about shall should
    must may please the what no longer and consent leave angrat anger osams ovanner ovan brakat brakar trott less
    ar vi a bara endast only just boka bokas avboka book andra paminnelser paminnelse reminders
    """.split()
)
_KIN_WORD = re.compile(_CLOSE)


def ends_following(text: str, named: bool) -> bool:
    """Whether the elder says plainly that somebody shall follow no longer. `named`: the text names one who follows."""
    plain = bare(text)
    if _OTHER_MATTER.search(plain) or _HOW.match(plain):
        return False
    if _LEAVE.search(plain):
        return True
    somebody = named or _THEY.search(plain) is not None
    return somebody and bool(_ENDS.search(plain) or _REMOVES.search(plain))


def regrets(text: str) -> bool:
    """Whether somebody who has just said yes takes it back: "nej jag ångrar mig", "nej förresten", "ingenting"."""
    return bool(_REGRETS.search(bare(text)))


def says_nothing_else(text: str, names: Iterable[str]) -> bool:
    """Whether every word of the text belongs to the wish itself; any other word may tell of something worse."""
    own = {part for name in names for part in folded(name).split()}
    words = re.findall(r"[^\W_]+", bare(text))
    return all(
        word in _HARMLESS or word in own or word.removesuffix("s") in own or _KIN_WORD.fullmatch(word) for word in words
    )


def narrows(text: str, named: bool) -> str:
    """What is to be left of what a relative may do: "follow" (only see), "reminders" (no more booking); empty when nothing is said of that."""
    plain = bare(text)
    if len(plain.split()) > _LONGEST_SCOPE or not (named or _ONE_OF_THEM.search(plain)) or _HOW.match(plain):
        return ""
    if "?" in text or _IS_ASKED.match(plain):
        return ""
    return "follow" if _ONLY_SEES.search(plain) else "reminders" if _NO_BOOKING.search(plain) else ""


def widens(text: str, named: bool) -> bool:
    """Whether a relative is to be let do more: "hon får gärna boka åt mig"."""
    plain = bare(text)
    somebody = named or _ONE_OF_THEM.search(plain) is not None
    asked = "?" in text or _IS_ASKED.match(plain) is not None
    return somebody and not asked and bool(_MAY_MORE.search(plain)) and len(plain.split()) <= _LONGEST_SCOPE


def asks_how_to_end(text: str, named: bool) -> bool:
    """ "Kan man ångra att hon får se": how it is done is what is asked."""
    plain = bare(text)
    return _HOW.match(plain) is not None and (
        named or _THEY.search(plain) is not None or _LEAVE.search(plain) is not None
    )
