"""Mere facts about what somebody has: a bank, a make, an age of the telephone. Said with no word more they are no need, no trouble and no danger."""

from __future__ import annotations

import re

from bot.domain.place_names import fold

_LONGEST = 9
"""Words: a longer message tells of something else besides."""

_OPENS = r"(?:(?:ok|okej|oj|hej|men|ja|jo|nej|nae|jaha|sa|da|nu|och|tack|hm+|forlat|ursakta|well|and|but|yes|no) )*"
_CLOSES = r"(?: (?:tack|bara|nu|sa|da|har|ju|va|tror jag|tror ja|tror|ok|okej|det|den|forstas|alltsa|hemma|i alla fall|please|thanks|i think))*"
_BANK = (
    r"(?:swed\w*bank\w*|nordea\w*|handels\w*bank\w*|handelsbanken|seb|ica ?banken?|lansforsakringar\w*(?: bank)?|lansan|danske ?bank\w*|skandia(?:banken)?|sbab|ikano ?bank\w*|marginalen bank"
    r"|(?:\w+ )?sparbank\w*(?: (?:syd|nord|alingsas|skane|tranemo|sodra))?|foreningssparbanken|forex bank|avanza)"
)
_MAKE = (
    r"(?:samsung\w*|i ?phone\w*|i ?pad\w*|mac(?:book|en|intosh)?|androi?d\w*|huawei|doro\w*|nokia|sony|motorola|xiaomi|oneplus|google pixel|emporia|lenovo|hp|dell|acer|asus|apple|chromebook|windows"
    r"|telia\w*|tele ?2|telenor|comviq|halebop|hallon|vimla|gmail|hotmail|outlook|yahoo|dosa|bankdosa|bankdosor)"
)
_WHICH = r"(?:(?:en|ett|min|mitt|mina|den|det|av|hos|i|pa|gamla?|gammal|nya?|nytt|liten|stor|bara|van\w*|sort\w*|market|marke|a|an|my|old|new) )*"
_MORE = r"(?: (?:\d{1,2}|s\d{1,2}|a\d{1,2}|galaxy|plus|pro|mini|air|telefon\w*|mobil\w*|platta|padda\w*|plattan|dator\w*|laptop|bank|banken|som bank|mejl\w*|mail|phone|tablet|computer|pa den|pa telefonen))*"
_NAME = rf"{_WHICH}(?:{_BANK}|{_MAKE}){_MORE}"
_APPARATUS = r"(?:(?:min |mitt )?(?:telefon|telefonen|mobil|mobilen|dator|datorn|\w*platta|\w*plattan|padda|paddan|apparat|apparaten|luren)|den|det)"
_THING = rf"(?:{_APPARATUS}|sorten|market|(?:min )?bank|banken|operatoren|de|da|dom|it)"
_AGE = r"(?:helt |ganska |ratt |valdigt |lite |jatte)?(?:ny|nytt|gammal|gammalt|gammel|gamal|gammalmodig)"

_FACT = re.compile(
    rf"{_OPENS}(?:"
    rf"{_NAME}"
    rf"|(?:jag|ja|vi|hon|han|i|we) (?:har|haver|ager|anvander|kor med|sa|skrev|menar|menade|have|use|said)(?: (?:ju|bara|nog|att det (?:ar|e)|redan))* {_NAME}"
    rf"|{_NAME} (?:har|ar|e|heter|anvander|star|sa)(?: (?:jag|ja|vi|det|den|dom|min bank|banken|namnet|pa den|ju))*"
    rf"|{_THING} (?:ar|e|a|heter|kommer fran|is)(?: (?:nog|val|ju))* {_NAME}"
    rf"|(?:jag|ja|vi) (?:ar|e)(?: kund| kunder)? {_NAME}|kund {_NAME}"
    rf"|det star {_NAME}(?: pa (?:den|baksidan|luren|locket))?"
    rf"|{_APPARATUS} (?:ar|e|is) {_AGE}(?: {_MORE.strip()})?"
    rf"){_CLOSES}"
)

_GOT = re.compile(
    rf"{_OPENS}(?:jag|ja|vi|hon|han|(?:min|mina) \w+) (?:har |hade )?(?:fatt|fick|kopt|kopte|skaffat|arvt|har)(?: (?:mig|sig|oss|precis|nyss|just|ju))*(?: av \w+ \w+)? (?:en |ett )?(?:helt |ganska )?(?:ny|nytt|nya|begagnad|gammal|gammalt)"
    rf" (?:telefon|mobil|mobiltelefon|dator|laptop|platta|surfplatta|padda|lasplatta|smartphone|{_MAKE})(?: av (?:min |mina )?\w+)?{_CLOSES}"
)


def is_new_thing(text: str) -> bool:
    """ "Min man har fått en ny telefon"."""
    plain = fold(text)
    return "?" not in text and len(plain.split()) <= _LONGEST + 2 and _GOT.fullmatch(plain) is not None


def is_what_they_have(text: str) -> bool:
    """ "Swedbank har jag", "jag sa ju Nordea", "det är en Samsung", "den är gammal", "Iphone"."""
    if "?" in text:
        return False
    plain = fold(text)
    return 0 < len(plain.split()) <= _LONGEST and _FACT.fullmatch(plain) is not None
