"""BankID that is not the writer's own, or the writer's own in another's hands, with leave: what a text tells of it.

Nobody is cheated then, but it must not be done: a fullmakt or an ombud is the way. A word of loss, of a stranger or of something done without leave makes the text
tell of something worse, and then nothing is told here.
"""

from __future__ import annotations

import re
from enum import StrEnum

from bot.domain.found_words import bare


class Use(StrEnum):
    """Whose BankID is in whose hands."""

    OTHERS = "others"  # the writer uses, has or wants another's
    SHARED = "shared"  # two people have one
    LENT = "lent"  # somebody close uses the writer's


_CLOSE = (
    "mamma mamman mama morsa morsan mor pappa pappan papa farsa farsan svarmor svarmodern svarfar mormor farmor morfar farfar gubbe gubben gumma gumman karring karringen karingen "
    "fru frun frugan hustru hustrun mannen maken makan sambo sambon sarbo sarbon partner syster systern syrra syrran bror brodern brorsa brorsan moster mostern faster farbror "
    "morbror granne grannen grannfru grannfrun vaninna vaninnan kompis foraldrar foraldrarna svarforaldrar klient brukare brukaren vardtagare son sonen dotter dottern dottra flicka flickan tos "
    "tosen tosa pojke pojken grabb grabben barn barnet barnen barnbarn barnbarnet sonson dotterson sondotter dotterdotter svarson svardotter hemtjansten personalen anhorig anhoriga godman "
    "mother mom mum dad father husband wife grandmother grandma granny grandfather grandpa neighbour neighbor daughter friend aunt uncle sister brother parents"
)
_KIN = (
    r"(?:"
    + "|".join(sorted(_CLOSE.split(), key=len, reverse=True))
    + r"|(?<=min )(?:far|man|van|make|maka)|(?<=var )(?:far|van))"
)
"""Folded, "får" is "far" and anybody is "man": such need a "min" before them."""
_WHOSE = rf"(?:(?:min|mitt|mina|sin|var|vara|en|my|our|a|the|lilla|gamla|stackars)\s+)*(?:{_KIN}:?s|mors|fars|mans|hans|hennes|deras|his|her|their|varandras|(?:nagon )?annans|andras|anhorigs|(?:some(?:one|body) )?elses)"
_BANKID = r"(?:(?:mobil[at]?|digitala?) )?(?:bank[ -]?id(?:t|et)?|bankdos[ao]r?n?|dosan?|bank ?id-?kod\w*|bankleg\w*|e-?leg\w*|freja\w*|inlogg\w*|legitimation(?:en)?|login)"
_CODE = r"(?:(?:pin|bank|sakerhets)-? ?)?(?:kod(?:en|er|erna)?|pin|losen\w*|pass ?(?:word|code)|code)(?! (?:till|i|pa|for|to) (?:telefon|mobil|lur|port|dorr|wifi|platt|ipad|dator|phone|door|tablet))"
_THING = rf"(?:{_BANKID}|{_CODE})\b"
_OTHERS = rf"\b{_WHOSE}\s+(?:\w+s\s+)?(?:egna |eget |own )?{_THING}"
_MINE = rf"\b(?:mitt|min|my)\s+(?:eget |egen |own )?{_THING}"
_ON_MINE = r"\b(?:i|pa|till|in|on|onto)\s+(?:min|mitt|var|my)\s+(?:egen |nya |egna |own |gamla )?(?:telefon|mobil|lur|platt|padd|surfplatt|ipad|iphone|dator|phone|tablet|computer)"
_FILL = r"(?:\s+(?:jag|vi|i|we|ju|ocksa|aven|alltid|jamt|ofta|ibland|nu|bade|redan|fatt|lanat|lov|att|anvanda|in|also|always|been|got|now)){0,4}"

_USES = re.compile(
    rf"\b(?:anvand\w*|anvan\w*|lanar?|lanat|lanade|nyttja\w*|sla|slar|slog|slagit|knappar?(?: in)?|matar? in|kor|fyller i|us(?:e|es|ed|ing)|borrow\w*|enter|type)\b[^.!?]{{0,20}}?{_OTHERS}"
    rf"|\bskriv(?:a|er|it)?(?: in)?\s+{_OTHERS}"
    r"|\b(?:logga\w*|gar?|kom(?:ma|mer)?|tar mig|legitimera\w*|identifiera\w*|signera\w*|verifiera\w*|skriv\w* (?:pa|under)|deklarera\w*|betala\w*|handla\w*|swisha\w*|bokar?|bokat|forny\w*|ansok\w*|soker?|skot(?:er|a|t|te)|log\w*|sign\w*|pay\w*|identify)"
    rf"\b[^.!?]{{0,45}}\b(?:med|via|genom|pa|with|using|through)\s*{_OTHERS}"
    rf"|\b(?:legitimera|identifiera|signera|verifiera)\w*(?: mig| oss)?(?: in)? (?:at|for|som|i stallet for)\s+(?:min |mitt |var )?(?:{_KIN}|honom|henne|hen|dem|dom|nagon annan|en annan)\b"
    rf"|\b(?:knappar?|matar?|skriver?|slar?|fyller?|enter|type)(?: in| i)? {_CODE} (?:at|for)\s+(?:min |mitt |var |my )?(?:{_KIN}|honom|henne|him|her)\b"
    rf"|\blogg\w* in som\s+(?:min |mitt |var )?(?:{_KIN}|honom|henne)\b|\b(?:log|sign) in as (?:my )?(?:{_KIN}|him|her)\b"
)
_HAS = re.compile(
    rf"\b(?:(?:jag|vi|i|we)\s+(?:har|vet|kan|fick|have|got|know|ve)|(?:har|fick) (?:jag|vi)|ive)\b{_FILL}(?:\s+(?:har|med))?\s*{_OTHERS}"
    rf"|\b(?:gett|gav|givit|ger|lamnat|lanat ut|visat|sagt|sager|berattat|gave|given|lent|gives|told)\s+(?:mig|mej|oss|me|us|till mig|over)\b[^.!?]{{0,20}}\b(?:sin|sitt|sina|hans|hennes|his|her|their)\s+{_THING}"
    rf"|\b{_KIN} (?:har |has )?(?:ju |redan |sjalv )?(?:gett|gav|givit|sagt|berattat|visat|given|gave|told) (?:till )?(?:mig|mej|oss|me|us)(?: om)? (?:the )?{_THING}"
    rf"|\b(?:fatt|fick|far)\b[^.!?]{{0,15}}\b{_THING} (?:av|fran) (?:min |var |mitt )?{_KIN}\b"
    rf"|\b{_THING} (?:som )?(?:hon|han|she|he|(?:min |my )?{_KIN}) (?:har |has )?(?:gav|gett|lanade ut till|lanat ut till|gave|given) (?:mig|oss|me|us)\b|\b(?:vill|wants to) (?:ge|lana ut till|give) (?:mig|oss|me|us)\b[^.!?]{{0,12}}\b(?:sin|sitt|sina|his|her) {_THING}"
    rf"|{_OTHERS}[^.!?]{{0,25}}{_ON_MINE}|{_ON_MINE}\w*[^.!?]{{0,20}}{_OTHERS}"
    rf"|\b{_BANKID}\b[^.!?]{{0,12}}\b(?:i|in)\s+{_WHOSE}\s+(?:namn|name)\b|\b{_BANKID} (?:at|for|till) (?:min |mitt |var |my )?{_KIN}\b[^.!?]{{0,15}}{_ON_MINE}"
)
_SHARES = re.compile(
    rf"\bvi (?:kor|har|anvander)\b[^.!?]{{0,15}}\b(?:mitt|ett) {_BANKID} (?:bada|bagge)\b|\bdela[rdt]?\w*(?: (?:pa|med))?(?: (?:ett|en|samma|vart|bara))*\s+{_BANKID}\b|\b(?:samma|gemensam\w*|ett enda|same|joint|shared)\s+{_BANKID}\b"
    rf"|\b{_BANKID}\b(?: \w+)?\s+(?:ihop|tillsammans|gemensamt|together)\b|\bshar(?:e|ing)(?: (?:a|one|the same|an?))*\s+{_BANKID}\b"
)
_TOGETHER = re.compile(
    rf"\b(?:vi|we|oss|both|bada|bagge|makar|makarna|par|gifta|tva (?:pa|personer)|flera (?:pa|personer))\b|\b{_KIN}\b"
)
_LENDS = re.compile(
    rf"\b{_KIN}(?:\s+(?!jag\b|i\b)\w+){{0,3}}?\s+(?:anvand\w*|lanar?|lanat|har|far|skoter|styr|hanterar|(?:har|tar) hand om|loggar in|logga in|betalar|betala|legitimerar sig|us(?:e|es|ing)|has|borrow\w*)(?:\s+(?:jag|ju|ocksa|alltid|jamt|ofta|ibland|ha|lana|anvanda|med|in|allt|bank\w*|with)){{0,4}}\s*{_MINE}"
    rf"|\b(?:lana\w* ut|ge|ger|gett|gav|lamnat?|lamnar|lend|give|gave|lent)\b[^.!?]{{0,25}}(?:{_MINE}|\bsitt {_BANKID})"
)
_ASKS = re.compile(
    r"\W*(?:(?:hej|hejsan|hello|hi|undrar|jag undrar|bara|en fraga)\W+){0,3}(?:om )?(?:(?:far|kan|skulle|ska|bor|can|may|could|should) (?:man|jag|ja|vi|min|mitt|han|hon|i|we|my|it)\b|(?:ar det|is it|is that) (?:ok|okej|tillatet|lagligt|olagligt|fel|allowed|legal|illegal)|gar det (?:bra )?at+)"
)
_KINS = re.compile(rf"\b(?:{_KIN}:?s|mors|fars|mans)\b")
_KIN_WORD = re.compile(rf"\b{_KIN}\b")
_LEAVE = re.compile(
    r"\b(?:bett|ber|bad|lov|lovat|tillat\w*|tillstand|(?:sagt|sager|sa) (?:ja|okej|ok)|vill det|vet om|vetskap|hjalp\w*|skot\w*|at mig|at mej|okej?|godkant|litar|lita pa|gar med pa|sa (?:att )?(?:han|hon|de|dom) (?:kan|kunde|ska|skulle|skall)|permission|asked|allowed|helps?|trust|for me)\b"
)
_WRONG = re.compile(
    r"\b(?:utan (?:lov|tillatelse|att (?:jag|hon|han|hen|mamma|pappa|nagon|fraga))|without (?:asking|leave|permission|my|her|his)|stulit|stulet|stal|snod\w*|snott|stold|tagit (?:mitt|min|mina)|tog (?:mitt|min|mina)|tomt\w*|tomde|tommer|lansa\w*"
    r"|forsvunn\w*|lurad?e?s?|lurat|lurar|blast|bedrag\w*|bluff\w*|okan[dt]\w*|framling\w*|frammande|hota[rdt]\w*|tving\w*|i smyg|visste|vetat|nytt nummer|whatsapp|new number|smyg\w*|missbruk\w*|kapa[tdr]\w*|hacka[tdr]\w*|tagit ut|tog ut|overfor\w*|fort over|lan(?:at)? (?:pengar|i (?:mitt|hans|hennes))|skuld\w*"
    r"|kronofogd\w*|polis\w*|(?:som|han|hon|de|dom|nagon|nan|man|person) (?:ringde|ringer|ringt)|ringde (?:upp|mig|fran)|ringer (?:upp|fran)|fran (?:banken|polisen|sakerhet\w*|microsoft|support\w*)|(?:nagon|nan|ngn|en man|en kvinna|en person|en kille|en tjej|en snubbe) (?:har|som|bad|vill|ville|sager|anvander|loggar)"
    r"|snubbe\w*|betalt|erbjud\w*|provision|facebook|messenger|dejt\w*|blocket|stole|stolen|scam\w*|fraud|hack\w*|emptied|stranger|called me|threat\w*|forced?)\b"
    r"|\b(?:pengar|pengarna|money|kontot) (?:ar |is |har |has )?(?:borta|slut|gone|tomt)\b|\b(?:borta|gone)\b.{0,15}\b(?:pengar|money)"
)
_TROUBLE = re.compile(
    r"\b(?:inte|ej|kommer inte|fel\w*|krangl\w*|strul\w*|trasig\w*|funkar|fungerar|sparrad\w*|last|glomt|bytt?|byta|ny telefon|nya telefonen|ny mobil|not|doesnt|cant|broken|new phone|error)\b"
)


def told(text: str) -> Use | None:
    """What the text tells of a BankID, or its code, in the wrong hands with leave; None when it tells of none, or of something worse."""
    plain = bare(text)
    if _WRONG.search(plain):
        return None
    if _USES.search(plain) or _HAS.search(plain):
        return Use.OTHERS
    if _SHARES.search(plain) and _TOGETHER.search(plain):
        return Use.SHARED
    return Use.LENT if _LENDS.search(plain) and _KIN_WORD.search(plain) else None


def with_leave(text: str, use: Use) -> bool:
    """Whether it is surely with leave: somebody close is named; of one's own in another's hands leave must be told, or be what is asked about."""
    plain = bare(text)
    if asks_first(text):
        return True
    return bool(_LEAVE.search(plain)) if use == Use.LENT else bool(_KIN_WORD.search(plain) or _KINS.search(plain))


def asks_first(text: str) -> bool:
    """Whether the writer asks if one may, so that nothing has been done."""
    return bool(_ASKS.match(bare(text)))


def tells_trouble(text: str) -> bool:
    """Whether something does not work, or a telephone was changed, so that there is more to help with than the answer no."""
    return bool(_TROUBLE.search(bare(text)))
