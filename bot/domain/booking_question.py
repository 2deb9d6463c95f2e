"""What somebody says of a seat that they have: they ask what and when it was, or cannot come. Folded words are compared."""

from __future__ import annotations

import re

from bot.domain.place_names import fold

_COURSE = (
    r"(?:kurs(?:en|er|erna)?|workshop\w*|traff(?:en|ar)?|course|courses|class|workshop|lektion\w*|handledartid\w*)"
)
_BOOKED = (
    r"(?:(?:jag|vi|i|we|ja) (?:\w+ ){0,2}(?:bokat|bokad|boka|bokade|anmald|anmalt|anmalde|anmalda|inskriven|uppskriven|booked|signed up|registered|enrolled)|(?:bokat|anmalt) (?:jag|vi)"
    r"|(?:min|mina|my) (?:egna? |own )?(?:bokning\w*|bokade|anmalan|anmalning\w*|booking\w*|bookings?|registration|kurs|kurser|kurstid\w*|kursplats|course|courses))"
)
_ASKS = re.compile(
    r"(?:^|\b)(?:vad|va|vilka?|vilken|vilket|nar|var|vart|har|ar|e|minns|minnas|ihag|glomt|glomde|glommt|se|visa|veta|kolla|vet|fatt|kom|gick|what|when|where|which|am|have|did|do|show|see|forgot\w*|remember|got)\b"
)
_OWN = re.compile(rf"\b{_BOOKED}\b")
_BARE = re.compile(
    r"(?:visa |se |my |mina? |kolla )*(?:bokningar(?:na)?|bokning|bookings?|bokade (?:kurser|tider))|star (?:jag|vi) (?:med )?(?:pa|i) (?:kursen|listan|kon)"
)
_COURSE_WHEN = re.compile(
    rf"\b(?:vilken (?:dag|tid|vecka)|vilket datum|nar|hur dags|vilken klockslag|when|what (?:day|time)) (?:\w+ ){{0,2}}(?:min |my |the |our )(?:\w+ )?{_COURSE}\b"
    r"|\b(?:vilken (?:dag|tid|vecka)|vilket datum|nar|hur dags|var) (?:var |ar |e |va |borjar |startar |ligger |halls |ska |gar )?(?:det |den |nu )?(?:kursen|traffen|workshopen|lektionen)\b"
    r"|\bkursen (?:jag|som jag|vi)\b"
)
_NO_QUESTION = re.compile(
    r"\b(?:avboka\w*|avbestall\w*|stalla in|boka(?:t)? om|ombokning|vill boka|vill anmala|kan jag (?:boka|fa boka)|hur bokar|cancel\w*|want to book|can i book|fel tid|bokade? at|rakning\w*|faktur\w*|paket\w*)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:lakar\w*|doktor\w*|tandlakar\w*|vardcentral\w*|sjukhus\w*|sjukskoterska\w*|1177|vaccin\w*|arbetsformedling\w*|af|forsakringskass\w*|fk|skatteverk\w*|bank\w*|passpolis\w*|polis\w*|tag\w*|resa\w*|biljett\w*|hotell\w*"
    r"|frisor\w*|bilprovning\w*|besiktning\w*|folkbokfor\w*|skriven|csn|universitet\w*|komvux|sfi|dentist|doctor|train|ticket|flight|bredband\w*|hemtjanst\w*|fardtjanst\w*|tvattid\w*|tvattstug\w*|polisanmal\w*|sjukanmal\w*|felanmal\w*|flyttanmal\w*)\b"
)
_SHORT_WHEN = re.compile(
    r"\b(?:nar|vilken (?:dag|tid)|vilket datum|hur dags|var|vart|when|what (?:time|day)|where) (?:var|va|ar|e|skulle|sa|ska|is|was) (?:det|den|jag|du|vi|it|that)\b"
    r"|\b(?:vilken (?:dag|tid)|nar|hur dags) (?:det|den) (?:var|ar)\b"
)
_SHORT = 8
_CANNOT = re.compile(
    r"\b(?:jag|vi|ja|i|we) (?:\w+ ){0,3}(?:kommer|kan|hinner|orkar|kunna|komma|vill|klarar) (?:\w+ ){0,2}(?:inte|ej|int)\b|\b(?:kommer|kan|hinner|orkar) (?:tyvarr )?(?:inte|ej) (?:komma|med|dit|ga|vara|pa|till|da|vara)\b|\b(?:fatt|blivit|ar|blev|e) (?:\w+ )?(?:sjuk\w*|forkyld|krasslig|dalig|magsjuk)\b.*\b(?:inte|ej|hemma)\b"
    r"|\b(?:stalla in|staller in|avboka\w*|avbestall\w*|aterbud|lamna (?:aterbud|platsen|bort)|fa forhinder|fatt forhinder|forhindrad)\b|\b(?:cannot|can t|cant|can not|not able to) (?:come|make it|attend)\b|\bcancel my\b"
)
_TO_COME = re.compile(
    r"\b(?:komma|kommer|hinner|med|dit|kursen|kurs|traffen|platsen|bokning\w*|boka\w*|avboka\w*|avbestall\w*|aterbud|stalla in|staller in|forhinder|forhindrad|mandag|tisdag|onsdag|torsdag|fredag|lordag|sondag|imorgon|i morgon|idag|i dag"
    r"|come|make it|attend|cancel)\b"
)
_ANOTHER_TROUBLE = re.compile(
    r"\b(?:kommer (?:inte|ej|int) (?:at|in|ihag|fram|ur|vidare|langre|pa natet|igang|upp)|komma (?:at|in|ihag|fram|vidare|ut|upp)|logga\w*|koden?|bankid|app\w*|mobil\w*|telefon\w*|dator\w*|sjukskriv\w*|sjukpenning|sjukanmal\w*|jobb\w*|arbete\w*|get in|log in"
    r"|steg\w*|sida\w*|swish\w*|mejl\w*|kivra|vab\w*|lakar\w*|tandlakar\w*|vard\w*)\b"
)


def names_course(text: str) -> bool:
    """Whether a course is spoken of by that word."""
    return bool(re.search(rf"\b{_COURSE}\b", fold(text)))


def asks_what_is_booked(text: str) -> bool:
    """Whether somebody asks what they have booked, when it is, or whether their booking is there."""
    plain = fold(text)
    if _NO_QUESTION.search(plain) or _ELSEWHERE.search(plain):
        return False
    return bool(_COURSE_WHEN.search(plain) or _BARE.fullmatch(plain) or (_OWN.search(plain) and _ASKS.search(plain)))


def asks_when_in_short(text: str) -> bool:
    """ "När var det nu igen?": means one's own booking when there is one and nothing else is spoken of."""
    plain = fold(text)
    return (
        len(plain.split()) <= _SHORT
        and bool(_SHORT_WHEN.search(plain))
        and not (_NO_QUESTION.search(plain) or _ELSEWHERE.search(plain))
    )


def cannot_come(text: str) -> bool:
    """Whether one who has a seat says that they cannot come, or wants to give it back."""
    plain = fold(text)
    return (
        bool(_CANNOT.search(plain) and _TO_COME.search(plain))
        and not _ANOTHER_TROUBLE.search(plain)
        and "?" not in text
        and not _ELSEWHERE.search(plain)
    )
