"""What is said of a course, by somebody who was asked whether they want a seat: what they ask about it, or that they take it, leave it or think it over.

Folded words are compared (`fold`): "får" is "far".
"""

from __future__ import annotations

import re
from enum import StrEnum

from bot.domain.place_names import fold


class About(StrEnum):
    """What of a course is asked about. What no data tells is asked about too, and is said not to be known."""

    OTHER_TIME = "other_time"
    OTHER_COURSE = "other_course"
    COMPANY = "company"
    BRING = "bring"
    COST = "cost"
    LENGTH = "length"
    SEATS = "seats"
    ACCESS = "access"
    WAY = "way"
    PLACE = "place"
    LANGUAGE = "language"
    LEVEL = "level"
    WHEN = "when"
    SOMETHING = "something"


_PERSON = (
    r"(?:min|mitt|mina|en|ett|nagon|nan|nagra|fru|frun|man|mannen|sambo\w*|dotter\w*|son|sonen|barnbarn\w*|van|vannen|vaninna|kompis\w*|granne\w*|syster|bror|mamma|pappa|make|maka"
    r"|hund\w*|rullator\w*|my|a|husband|wife|friend|daughter|someone|somebody)"
)
_THING = r"(?:dator\w*|mobil\w*|telefon\w*|laddar\w*|platt\w*|padd\w*|ipad\w*|surfplatt\w*|id|legg|leg|legitimation|pass|glasogon|penna|papper|bankdosa\w*|computer|phone|tablet|laptop|charger)"
_PATTERNS: tuple[tuple[About, str], ...] = (
    (
        About.OTHER_TIME,
        r"\b(?:senare|tidigare|annan (?:tid|dag|gang|vecka|datum)|annat datum|andra (?:tider|dagar|datum)|nagon annan (?:tid|dag|gang)|nasta (?:gang|vecka|manad)"
        r"|fler (?:tider|datum)|a later|later (?:one|time|date|course)|another (?:time|day|date)|other (?:times|dates|days)|next (?:week|time))\b",
    ),
    (
        About.OTHER_COURSE,
        r"\b(?:nagon annan|nan annan|en annan|nagot annat|nat annat|nagra andra|de andra|den andra|annan kurs|andra kurser|another (?:one|course)|other (?:one|courses)|something else)\b",
    ),
    (
        About.COMPANY,
        rf"\b(?:ta|tar) (?:med|me) (?:mig |sig |mej )?(?!{_THING})(?:{_PERSON})\b(?! (?:egen |eget )?{_THING})|\bmed (?:mig|mej) {_PERSON}\b|\bfolja med\b|\bfolja me\b|\bkomma (?:tillsammans|tva|bada)\b"
        rf"|\b(?:vi|bada) komma\b|\b(?:ar|e) vi (?:tva|flera)\b|\bfar {_PERSON} .*\b(?:med|komma)\b|\bkan {_PERSON} .*\b(?:med|komma)\b|\bbring (?:my|a|someone|somebody) (?!{_THING})"
        r"|\bcome (?:with me|along|together)\b|\bcan my \w+ come\b",
    ),
    (
        About.BRING,
        rf"\b(?:ha|har|ta|tar) (?:med|me)\b|\bmed(?:fora|tag\w*)\b|\bbehov\w* (?:jag|man|vi|en|egen|ha)\b.*\b{_THING}\b|\b(?:egen|eget) {_THING}\b|\bkrav\w* (?:det )?{_THING}\b|\bbring\b|\bneed (?:a |an |my )?(?:own )?{_THING}\b|\bown {_THING}\b"
        rf"|\b(?:finns|har (?:ni|de|dom)) .*\b(?:datorer|telefoner|plattor|paddor)\b|\bfar man lana {_THING}\b|\bpack\w* ner\b",
    ),
    (
        About.COST,
        r"\b(?:kosta\w*|koste|gratis|avgift\w*|avgiftsfri\w*|pris\w*|dyrt?|betala (?:nagot|nat|for|dar|pa plats)|cost\w*|free(?! seats| places)|how much|price|fee|pay)\b",
    ),
    (
        About.LENGTH,
        r"\bhur? lange\b|\bhur? langt?\b|\b(?:nar|vilken tid) (?:slutar|ar .* slut)|\b(?:slutar|sluttid)\b|\btill nar\b|\bhur manga (?:timmar|ganger|traffar|dagar|minuter)\b"
        r"|\bhela dagen\b|\bhow long\b|\bwhen does it (?:end|finish)\b|\bhow many (?:hours|times|meetings)\b",
    ),
    (
        About.SEATS,
        r"\bhur? manga\b|\bhur (?:stor|full)\b|\b(?:plats|platser) kvar\b|\bfull(?:t|bokad|bokat)\b|\b(?:stor|liten) grupp\b|\bhow many\b|\b(?:seats|places) left\b",
    ),
    (
        About.ACCESS,
        r"\b(?:hiss|hissen|rullstol\w*|rullator\w*|permobil\w*|trapp\w*|handikapp\w*|toa|toalett\w*|(?:hor|horsel)sling\w*|hor(?:sel)? sling\w*|tillganglig\w*|lift|elevator|wheelchair|stairs|walker|toilet|hearing loop)\b"
        r"|\b(?:hor|horsel|ser|syn) (?:\w+ )?daligt?\b|\bdalig (?:horsel|syn)\b|\b(?:horapparat|lomhord)\w*",
    ),
    (
        About.WAY,
        r"\b(?:dit|tar (?:man|jag|vi) (?:mig|sig|oss))\b|\b(?:buss\w*|parker\w*|skjuts\w*|fardtjanst\w*|tunnelbana)\b|\bhittar? (?:(?:jag|man|vi) )?(?:dit|det|den|lokalen|fram)\b|\bget there\b|\bparking\b|\bbus\b",
    ),
    (
        About.PLACE,
        r"\b(?:var|va|vart) (?:ar|e|ligger|halls|haller|nanstans|nagonstans|ska|skall|traffas|moter|finns|i|pa|da|gar|kommer)\b(?! (?:bra|det ni|det du|namn))|\bvar\W*$|\b(?:nagonstans|nanstans)\b|\bvilken (?:plats|lokal|adress|sal|ort|stad)\b|\bvilket (?:bibliotek|stalle|rum|hus)\b|\badress\w*\b|\bwhere\b|\baddress\b|\b(?:ar|e) (?:det|den|de) (?:i|pa) (?:biblioteket|stan)\b",
    ),
    (About.LANGUAGE, r"\b(?:pa|in) (?:svenska|engelska|arabiska|finska|somaliska|swedish|english|arabic)\b|\bvilket sprak\b|\bwhat language\b"),
    (
        About.LEVEL,
        r"\b(?:svart?|svara|latt|enkelt?|nyborj\w*|forkunskap\w*|hard|difficult|easy|beginners?)\b|\b(?:kan|vet|forstar|begriper) (?:ju )?(?:ingenting|inget|inte nagot|noll|nothing)\b"
        r"|\bmaste (?:man|jag|en) (?:kunna|vara|va|veta)\b|\bhur (?:bra|duktig)\b|\b(?:for|too) (?:gammal|gamla|dum|old|stupid)\b|\b(?:klarar|hanger) (?:jag|man)\b|\bhanga med\b|\bpassar (?:det|den) (?:for )?(?:mig|oss|nyb\w*|pension\w*|aldre)\b"
        r"|\baldre\b|\baldersgrans\b|\bfran (?:borjan|noll)\b.*\?",
    ),
    (
        About.WHEN,
        r"\b(?:nar|hur dags|klockan|kl|datum|vilken (?:tid|dag|vecka)|vad for (?:tid|dag)|forsta gangen|when|what (?:time|day|date))\b"
        r"|\b(?:ar|e|va|var|blir|is|it s|pa|en) (?:(?:det|den|de|dom|it|that|pa|on|en|a|denna|nu) )*(?:mandag|tisdag|onsdag|torsdag|fredag|lordag|sondag|monday|tuesday|wednesday|thursday|friday|saturday|sunday|idag|i dag|imorgon|i morgon"
        r"|today|tomorrow|formiddag\w*|eftermiddag\w*|kvall\w*)\b|\bpa (?:formiddagen|eftermiddagen|kvallen|morgonen|dagen)\b",
    ),
)  # fmt: skip
_ASKED = tuple((about, re.compile(pattern)) for about, pattern in _PATTERNS)
_QUESTION = re.compile(
    r"(?:(?:men|och|ja|jo|ok|okej|okay|hm+|hej|oj|fast|du|forlat|ursakta|sorry|but|and|so) )*"
    r"(?:ar|e|va|vad|var|vem|vilka|vilken|vilket|finns|far|kan|maste|behover|behovs|ska|skall|har|hur|nar|blir|gar|ingar|bjuds|serveras|halls|varfor|do|does|is|are|can|what|who|how|will|may|must|which|when|where)\b"
)
_TAKES = re.compile(
    r"\b(?:boka(?:r)?(?: (?:den|det|in|mig|mej|platsen|en plats|pa mig|nu|tack))?|anmal(?:er|a)? (?:mig|mej|oss)|skriv (?:upp|in) (?:mig|mej)|(?:jag|vi) (?:tar|vill ha) (?:den|det|platsen|en plats)|(?:den|det) (?:tar|vill) (?:jag|vi)"
    r"|tar? den|da (?:sager|kor) vi|(?:det|den) (?:passar|funkar|fungerar|gar)(?: \w+)? ?(?:bra|fint|utmarkt|perfekt|mig|mej)?|passar (?:bra|fint|utmarkt|perfekt|mig)|(?:blir|later|gar|vore) (?:\w+ )?(?:bra|fint|utmarkt|kul|trevligt|roligt)"
    r"|jag (?:kommer|ar med)|vill (?:garna )?vara med|hemskt garna|(?:ja|jo|mycket|sa) garna|kor pa|book (?:it|me|that)|i ll take it|i will take it|sign me up|count me in|works for me|sounds good|that is fine|i ll come)\b"
)  # fmt: skip
_NOT = re.compile(r"\b(?:inte|int|icke|inget|ingen|ej|nej|na|avboka|aldrig|om|not|don t|dont|cant|can t|no|never)\b")
_LEAVES = re.compile(
    r"\b(?:passar (?:\w+ )?(?:inte|ej|daligt|illa)|inte (?:passar|boka|den)|(?:kan|vill|hinner|orkar|vagar|behover|kommer) (?:\w+ ){0,2}(?:inte|ej|int)\b(?! (?:veta|bestamma|se|lasa|saga))|(?:inte|ingen|har inte) tid|avsta\w*|upptagen|bortrest"
    r"|far inte (?:ihop|till)|struntar i|glom det|hoppar over|not (?:for me|interested|that one)|(?:cant|can t|cannot|can not) (?:make|come|then|do)|no time|too (?:early|late|far)|for (?:tidigt|sent|langt)|strunt samma|lat bli)\b"
)
_THINKS = re.compile(
    r"\b(?:vanta|vant|titta (?:i|efter|forst)|kolla|kollar|fundera\w*|tanka (?:pa|over|efter)|tanker (?:pa|over|efter)|fraga (?:min|mina|mamma|pappa|frun|gubben|dottern|sonen|nagon)|aterkommer|aterkomma|hor av mig|sager till|ogonblick|strax|snart|hm+|vet inte|vet ej|vet int|osaker"
    r"|kanske|bestamma (?:mig|mej)|bestammer|almanack\w*|kalender\w*|wait|let me|not sure|maybe|think about|i ll check|don t know|dont know|moment|ask my)\b"
)

_SUBJECT = re.compile(
    r"\b(?:kurs\w*|traff\w*|utbildning\w*|undervisning|lektion\w*|workshop\w*|courses?|lessons?)(?: \w+){0,3}? (?:i|om|med|pa|in|on|about) (?!(?:narheten|stan|stad\w*|trakten|var|har|omradet|bygden|nagot|nat|kommunen"
    r"|bibliotek\w*|helgen|veckan|host\w*|var\w*|ar|kvall\w*|dag|morgon|for\w*|efter\w*|oss|mig|gang|the|my|town|\w+dag\w*)\b)\w"
)


def asks(text: str) -> About | None:
    """What is asked about, if it is anything of a course. A question of something else is About.SOMETHING; what asks nothing is None."""
    plain = fold(text)
    for about, pattern in _ASKED:
        if pattern.search(plain):
            return about
    return About.SOMETHING if "?" in text or _QUESTION.match(plain) else None


def takes(text: str) -> bool:
    """Whether it is a yes in words of one's own: "boka den", "det passar bra"."""
    plain = fold(text)
    return "?" not in text and bool(_TAKES.search(plain)) and not _NOT.search(plain)


def leaves(text: str) -> bool:
    """Whether it is a no in words of one's own: "har inte tid då"."""
    return "?" not in text and bool(_LEAVES.search(fold(text)))


def thinks(text: str) -> bool:
    """Whether somebody wants to think it over first, or does not know."""
    return bool(_THINKS.search(fold(text)))


def wants_both(text: str) -> bool:
    """ "Båda två": every course of a short list."""
    return bool(re.search(r"\b(?:bada|bagge|both)\b", fold(text))) and not _NOT.search(fold(text))


def names_subject(text: str) -> bool:
    """Whether a wish for a course says what it shall be about: "kurs i swish"."""
    return bool(_SUBJECT.search(fold(text)))
