"""What an elder says to the question whether a relative may follow: signs that they are pressed, and that they do not understand it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.found_words import bare, folded

_PRESSED = re.compile(
    r"\btving\w*|\bhotar\b|\bhotad\b|\bhotat\b|\b(?:vagar|tors) (?:inte|ej|knappt)\b|\bpressa[rdt]\w*|\bmot min vilja\b|\bsager at+ jag maste\b|\bsager jag maste\b|\bsager at+ jag (?:ska|skall)\b.{0,15}\b(?:ja|svara|skriva|saga|godkanna|trycka)\b"
    r"|\b(?:sa|vill|kraver) at+ jag maste\b|\bjag maste (?:saga|svara|skriva|gora som|godkanna|lyda)\b|\b(?:bredvid|har|over axeln) och (?:bestammer|kraver|tvingar|skriver)\b"
    r"|\b(?:han|hon|hen|de|dom|sonen|dottern|son|dotter) bestammer\b|\bblir (?:jatte)?(?:arg|forbannad|sur|vald\w*) (?:om|annars|pa mig)\b|\bannars blir (?:han|hon|de|dom)\b"
    r"|\b(?:ar|blir) radd\b|\bfar inte (?:prata|saga nej|bestamma)\b|\bhar inget val\b|\btar min telefon\b|\bskriver at mig\b"
    r"|\bforc(?:ed?|es|ing)\b|\bthreat\w*|\b(?:afraid|scared)\b|\b(?:dare not|dont dare|do not dare|not allowed to say)\b|\bsays (?:that )?i (?:must|have to)\b|\bmakes me\b|\bno choice\b"
)
_ASKS = re.compile(
    r"\b(?:vem|vilken|vilka|who)\b.{0,20}\b(?:ar|e|is)\b(?! (?:du|ni|you)\b)|\bvad (?:betyder|innebar|menas|menar|ar|handlar|galler|vill|e)\b(?!.{0,12}\b(?:klockan|oppet)\b)"
    r"|\bforstar (?:inte|ej|inget)\b|\bvarfor\b|\b(?:kanner|vet) (?:inte|ej|ingen|inget)\b.{0,25}|\bvad da\b|\bva\b\W*$|\bfolja vad\b|\bwhat (?:is|does|do)\b|\bwhy\b"
    r"|\bdont (?:know|understand)\b|\bdo not (?:know|understand)\b|\bvilken [a-z]+\W*$|\bvad (?:far|kan|ska) (?:hon|han|hen|de|dom|ni)\b.{0,15}\b(?:se|veta|lasa|gora)\b"
    r"|\bvem (?:har )?(?:gett|gav|gav ut|gett ut)\b.{0,20}\bnummer|\bhur (?:har|fick) ni\b.{0,15}\bnummer|\bdet (?:ar|e) (?:ju )?(?:min|mitt) [a-z]+\W*$|\bwhat (?:can|may) (?:she|he|they) see\b"
    r"|\b(?:med|i|om|pa) vad(?: da| for nagot)?\W*$|\bhjalp(?:a|er)? (?:mig |mej )?(?:med|i) vad\b|\bvem (?:fragar|undrar|vill|skickar?|skriver|sager|pratar)\b|\bhur gor (?:jag|man)\b.{0,30}\b(?:ja|svara\w*|godkann\w*)\b|\bvad (?:da|for nat|for nagot|i hel\w+|fan|tusan|sjutton)\b"
)
_ABOUT_US = re.compile(r"\bvem (?:ar|e) (?:du|ni)\b|\bwho are you\b")
_EXCLUDES = re.compile(r"\b(?:inte|ej|utom|forutom|aldrig|ingen|nej|na|not|except|no|nobody)\b")
_BOTH = re.compile(r"\b(?:bada|alla|both|all|allihop|bagge)\b")
CLOSE = r"(?:flicka|flickan|dotter|dottern|dottra|tos|tosen|son|sonen|pojke|pojken|grabb|grabben|barn|barnbarn|barnbarnet|sondotter|dotterdotter|sonson|dotterson|svardotter|svarson|syster|bror|man|fru|sambo|van|vaninna|granne|daughter|husband|wife|grandson|granddaughter|friend|neighbour)"
_THEY = rf"(?:hon|han|hen|de|dom|she|he|they|(?:min |mitt |my ){CLOSE})"
_YES = re.compile(
    r"\W*(?:ja|jo|japp|jada|jajamensan|jajamen|javisst|jovisst|joda|jamen|absolut|visst|sjalvklart|naturligtvis|givetvis|garna|okej|okey|ok|yes|yeah|yep|sure|of course|certainly)\b"
)
_PERMITS = re.compile(
    rf"\bklart (?:att )?(?:{_THEY}|det|[a-z]+) (?:far|ska)\b|\b{_THEY} (?:far|kan|may|can) (?:(?:sa )?garna|(?:ocksa )?boka at (?:mig|mej)|visst|absolut|det|folja|hjalpa|se|gora det|vara med|help|follow|see)\b|\b{_THEY} (?:far|may)\W*$|\bfar [a-z]+ garna\b"
    rf"|\b(?:det )?(?:ar|e) (?:min|mitt) {CLOSE}\b.{{0,15}}\b(?:klart|sjalvklart|ja|gar bra|okej|ok|bra|far)\b|\b(?:det (?:ar|e|gar)|its|it is) (?:ok|okej|okey|bra|fine|alright|inga problem|inget problem)(?: (?:for|med|med det) ?(?:mig|mej|me)?)?\W*$"
    r"|\bjag (?:godkanner|samtycker|gar med pa|tillater|sager ja)\b|\bdet (?:far|kan) (?:hon|han|hen|de|dom|[a-z]+)(?: garna| gora| val)*\W*$|\b(?:godkanner|samtycker|tillater) jag\b|\bi (?:agree|consent|allow)\b"
)
_NO = re.compile(r"\W*(?:nej|na|nae|no|nope|absolut inte|aldrig|vill inte|inte)\b")
_REFUSES = re.compile(
    r"\bvill (?:inte|ej) ha (?:nagot |nat |mer )?(?:med|att gora)\b|\b(?:klarar|skoter|reder|greja[r]?|fixar) (?:mig|mej|mitt|det|detta|allt|mina \w+)(?: \w+)? sjalv\b|\b(?:klarar|skoter) (?:mig|mej) (?:bra|fint|utan)\b|\b(?:det|detta|sant|sadant) vill jag (?:inte|ej)\b|\bvill (?:inte|ej) (?:ha )?det\b|\bvill (?:inte|ej) (?:vara med|bli foljd|att (?:hon|han|hen|nagon|nan|min|mitt|de|dom))\b"
    r"|\bbehovs (?:inte|ej)\b|\bbehover ingen hjalp\b|\b(?:har|hen) inget med (?:det|mig|mitt|mina \w+)\b|\b(?:hon|han|hen|de|dom) (?:far|ska|skall) (?:inte|ej) (?:folja|se|veta|hjalpa|lagga sig i|blanda sig i)\b"
    r"|\blagga sig i\b|\bbra som det (?:ar|e)\b|\b(?:helst|hellre) inte\b|\blat bli\b|\bi (?:manage|can manage|do not want|dont want|would rather not)\b|\bi (?:refuse|decline)\b|\bdet (?:gar|ar) jag inte med pa\b|\bgar inte med pa\b|\bingen ska\b|\btackar nej\b|\bsager nej\b|\bavbojer\b"
    r"|\b(?:lamna|lat) (?:mig|mej) (?:ifred|i fred|vara)\b|\bdra at (?:helvete|skogen)\b|\b(?:glom|strunta i) det\b|\bskit(?:er)? i det\b|\bleave me alone\b|\bgo to hell\b|\bvill (?:inte|ej)\W*$"
)
_ON_ONES_OWN_MATTER = re.compile(
    r"\b(?:swish|bankid|1177|recept|kod\w*|kurs|tid|app\w*|telefon\w*|dator\w*|mobil\w*|reklam|sms)\b"
)
_DOUBTS = re.compile(
    r"\b(?:bluff\w*|bedrageri\w*|bedragare|lurendrejeri|fejk\w*|fake|scam|fraud|skum\w*|suspekt\w*|akta|serios\w*|verkligen fran|pa riktigt|pa allvar|lita pa|litar (?:inte|ej|inget|knappt)|tror (?:inte|ej) pa|misstankt|konstigt|for real|genuine|legit)\b"
    r"|\bkanner (?:inte|ej|ingen)\b.{0,12}\bnum+(?:ret|er)\b|\b(?:nummer|numret)\b.{0,12}\bkanner jag (?:inte|ej)\b|\bhar (?:ingen|inga|inget) (?:dotter|son|barn|anhorig\w*|slakting\w*|barnbarn)\b|\bfel (?:person|nummer)\b|\bwrong (?:person|number)\b|\bdo(?:nt| not) know (?:the|this|that) number\b"
)
_LOST = re.compile(
    r"\b(?:gett|gav|lamnat|skickat|betalat|betalade|swishat|swishade|swish|pengar\w*|kod\w*|konto\w*|bankid|ringde|ringer|ringt|klickat|klickade|lank\w*|blivit|blev|paid|gave|money|code|codes|clicked|called|account)\b"
)
_LONGEST_DOUBT = 12
_NOT_SURE = re.compile(r"\b(?:men|fast|inte|ej|aldrig|kanske|vet|om|but|not|dont|maybe|if|unless)\b|\?")
_ENDS = re.compile(
    r"\b(?:ta bort|sluta|slut|stoppa|stopp|avsluta|inte langre|koppla bort|koppla ifran|remove|stop|end)\b|\b(?:far|ska|skall|vill) inte\b.{0,30}\bfolj"
    r"|\b(?:inte|ej)\b.{0,20}\bfolj(?:a|er)\b"
)
_SHORT = 5


def is_pressed(text: str) -> bool:
    """Whether the words tell of somebody who decides for the writer, threatens or hurries them."""
    return bool(_PRESSED.search(bare(text)))


def asks_about_it(text: str) -> bool:
    """Whether the writer asks what the question is about, or says that they do not know the one who asks. "Vem är du?" is about the machine."""
    plain = bare(text)
    return bool(_ASKS.search(plain)) and not _ABOUT_US.search(plain)


def says_both(text: str) -> bool:
    """Whether all who asked are meant."""
    return bool(_BOTH.search(folded(text)))


def says_yes_first(text: str) -> bool:
    """Whether its first word is a yes, whatever comes after."""
    return bool(_YES.match(folded(text)))


def is_about_own_matter(text: str) -> bool:
    """Whether it names a matter of the writer's own, such as Swish or a course."""
    return bool(_ON_ONES_OWN_MATTER.search(folded(text)))


def permits(text: str) -> bool:
    """A sentence that lets them, without the word yes: "det får hon", "klart hon får", "det är min flicka så det är klart"."""
    plain = bare(text)
    return bool(_PERMITS.search(plain)) and not _NOT_SURE.search(plain) and not _ON_ONES_OWN_MATTER.search(plain)


def refuses(text: str) -> bool:
    """A sentence that refuses, without the word no: "jag klarar mig själv"; not one that is about a matter of one's own."""
    plain = bare(text)
    return bool(_REFUSES.search(plain)) and not _ON_ONES_OWN_MATTER.search(plain)


def doubts(text: str) -> bool:
    """Whether the writer asks if the question is a fraud, or knows nobody with that number. Who has lost something tells of more than a doubt."""
    plain = bare(text)
    return bool(_DOUBTS.search(plain)) and not _LOST.search(plain) and len(plain.split()) <= _LONGEST_DOUBT


def excludes(text: str) -> bool:
    """Whether somebody is left out: "inte Bo", "alla utom Bo"."""
    return bool(_EXCLUDES.search(folded(text)))


def is_short(text: str) -> bool:
    """Whether it is a question of a few words, about what was said last."""
    return len(text.split()) <= _SHORT


def begins_with_no(text: str) -> bool:
    """A sentence that begins with a no: "nej, jag känner henne inte"."""
    return bool(_NO.match(folded(text)))


def ends_it(text: str) -> bool:
    """Whether the elder says that somebody shall follow no longer: "ta bort Anna". Who is meant must be named besides."""
    return bool(_ENDS.search(folded(text)))


def named(text: str, names: Iterable[str]) -> list[str]:
    """Those of the names whose first word is in the text."""
    words = set(re.findall(r"[^\W_]+", folded(text)))
    stems = words | {word[:-1] for word in words if word.endswith("s")}
    return [name for name in names if (first := folded(name).split(" ")[0]) and first in stems]
