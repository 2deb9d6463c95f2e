"""What an elder says to the question whether a relative may follow: signs that they are pressed, and that they do not understand it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.found_words import folded

_PRESSED = re.compile(
    r"\btving\w*|\bhotar\b|\bhotad\b|\bhotat\b|\b(?:vagar|tors) (?:inte|ej|knappt)\b|\bpressa[rdt]\w*|\bmot min vilja\b|\bsager at+ jag maste\b|\bsager jag maste\b"
    r"|\b(?:sa|vill|kraver) at+ jag maste\b|\bjag maste (?:saga|svara|skriva|gora som|godkanna|lyda)\b|\b(?:bredvid|har|over axeln) och (?:bestammer|kraver|tvingar|skriver)\b"
    r"|\b(?:han|hon|hen|de|dom|sonen|dottern|son|dotter) bestammer\b|\bblir (?:jatte)?(?:arg|forbannad|sur|vald\w*) (?:om|annars|pa mig)\b|\bannars blir (?:han|hon|de|dom)\b"
    r"|\b(?:ar|blir) radd\b|\bfar inte (?:prata|saga nej|bestamma)\b|\bhar inget val\b|\btar min telefon\b|\bskriver at mig\b"
    r"|\bforc(?:ed?|es|ing)\b|\bthreat\w*|\b(?:afraid|scared)\b|\b(?:dare not|dont dare|do not dare|not allowed to say)\b|\bsays (?:that )?i (?:must|have to)\b|\bmakes me\b|\bno choice\b"
)
_ASKS = re.compile(
    r"\b(?:vem|vilken|vilka|who)\b.{0,20}\b(?:ar|e|is)\b(?! (?:du|ni|you)\b)|\bvad (?:betyder|innebar|menas|menar|ar|handlar|galler|vill|e)\b(?!.{0,12}\b(?:klockan|oppet)\b)"
    r"|\bforstar (?:inte|ej|inget)\b|\bvarfor\b|\b(?:kanner|vet) (?:inte|ej|ingen|inget)\b.{0,25}|\bvad da\b|\bva\b\W*$|\bfolja vad\b|\bwhat (?:is|does|do)\b|\bwhy\b"
    r"|\bdont (?:know|understand)\b|\bdo not (?:know|understand)\b"
)
_ABOUT_US = re.compile(r"\bvem (?:ar|e) (?:du|ni)\b|\bwho are you\b")
_BOTH = re.compile(r"\b(?:bada|alla|both|all|allihop|bagge)\b")
_YES = re.compile(r"\W*(?:ja|jo|japp|jada|absolut|visst|okej|ok|yes|sure)\b")
_NO = re.compile(r"\W*(?:nej|na|nae|no|nope|absolut inte|aldrig|vill inte)\b")
_NOT_SURE = re.compile(r"\b(?:men|fast|inte|ej|aldrig|kanske|vet|om|but|not|dont|maybe|if|unless)\b|\?")
_ENDS = re.compile(
    r"\b(?:ta bort|sluta|slut|stoppa|stopp|avsluta|inte langre|koppla bort|koppla ifran|remove|stop|end)\b|\b(?:far|ska|skall|vill) inte\b.{0,30}\bfolj"
    r"|\b(?:inte|ej)\b.{0,20}\bfolj(?:a|er)\b"
)
_LEAVES_PLAINLY = re.compile(r"\bslutar?(?: att)? folja\b|\bstop following\b")
_SHORT = 5
_LEAVES = re.compile(
    r"\b(?:sluta|slutar|vill inte|inte langre|avsluta|stop)\b.{0,25}\b(?:folja|folj|foljer|following|hjalpa)\b"
)


def is_pressed(text: str) -> bool:
    """Whether the words tell of somebody who decides for the writer, threatens or hurries them."""
    return bool(_PRESSED.search(folded(text).replace("'", "")))


def asks_about_it(text: str) -> bool:
    """Whether the writer asks what the question is about, or says that they do not know the one who asks. "Vem är du?" is about the machine."""
    plain = folded(text).replace("'", "")
    return bool(_ASKS.search(plain)) and not _ABOUT_US.search(plain)


def says_both(text: str) -> bool:
    """Whether all who asked are meant."""
    return bool(_BOTH.search(folded(text)))


def begins_with_yes(text: str) -> bool:
    """A sentence that begins with a yes and takes nothing back: "ja, hon får gärna följa"."""
    plain = folded(text)
    return bool(_YES.match(plain)) and not _NOT_SURE.search(plain)


def takes_back(text: str) -> bool:
    """Whether a sentence holds a but, a not or a perhaps, so that it is no plain yes."""
    return bool(_NOT_SURE.search(folded(text)))


def is_short(text: str) -> bool:
    """Whether it is a question of a few words, about what was said last."""
    return len(text.split()) <= _SHORT


def begins_with_no(text: str) -> bool:
    """A sentence that begins with a no: "nej, jag känner henne inte"."""
    return bool(_NO.match(folded(text)))


def ends_it(text: str) -> bool:
    """Whether the elder says that somebody shall follow no longer: "ta bort Anna". Who is meant must be named besides."""
    return bool(_ENDS.search(folded(text)))


def leaves(text: str) -> bool:
    """Whether a relative says that they follow no longer: "sluta följa mamma"."""
    return bool(_LEAVES.search(folded(text)))


def leaves_plainly(text: str) -> bool:
    """The same in so many words, so that it is meant though nobody is followed."""
    return bool(_LEAVES_PLAINLY.search(folded(text)))


def named(text: str, names: Iterable[str]) -> list[str]:
    """Those of the names whose first word is in the text."""
    words = set(re.findall(r"[^\W_]+", folded(text)))
    stems = words | {word[:-1] for word in words if word.endswith("s")}
    return [name for name in names if (first := folded(name).split(" ")[0]) and first in stems]
