"""Everyday words that some hamlet is called too: when "ska", "vi" and "vara" are no towns, and what is said instead of a town."""

from __future__ import annotations

import re

from bot.domain.place_names import fold

_NEVER_ALONE = frozenset(
    """
    ska vi vis bara bor or as vita foto bostads sen ut ner på så
    """.split()
)
"""No answer to "which town?" unless something says that it is a place: "jag bor i Bara"."""
_IN_TALK = frozenset(
    """
    vara are asa stora backa hallen handen sala mora boden nora ed ale alla lund berg hjo åre åsa
    """.split()
)
"""A town when it stands alone, hardly one in the middle of a sentence."""
_CUES = frozenset(
    """
    i bor från fran nära nara utanför utanfor kring till in near from living live kommunen ort orten heter
    """.split()
)
_AFTER_IT = frozenset({"kommun", "komun", "kommunen", "stad", "municipality"})
_BEFORE_A_VERB = frozenset(
    """
    ska skall kan att inte får far måste maste det vill bör borde få där you we they where hours how
    """.split()
)
_WITH_A_VERB = _BEFORE_A_VERB | frozenset(
    """
    hur vad skulle kunna brukar ville låt låta låter bra rädd inte ej ens ensam jag vi man han hon de dom den du ni så sådan lugn själv till för
    """.split()
)
_SHORT_ASKING = 7
_TALK_FROM = 4
"""Words."""
_TITLES = frozenset({"fru", "herr", "frk", "fröken", "heter", "mvh", "hälsningar", "mrs", "mr"})
_NO_TOWN = re.compile(
    r"(?:(?:jag|vi|ja|ar|e|ju|bor|sitter|har|nu|just|det|i am|im|at) )*(?:hemma\w*|har|har hemma|i stan|pa stan|i byn|pa landet|ute pa landet|i centrum|dar jag (?:bor|brukar)\b.*|i mitt hus|i lagenheten|i huset|sverige|i sverige|home|here|in town)"
    r"(?: (?:nu|ju|tack|dar|hos mig|da|val|igen|just nu))*"
    r"|(?:(?:jag|ja|det|i) )*(?:vet|minns|know|do not know|don t know|dont know) ?(?:jag |ja )?(?:inte|ej|int)?(?: (?:riktigt|sakert|var jag ar|vad det heter|postnumret|mitt postnummer|where i am))*|ingen aning|no idea"
    r"|ska|ska (?:det|jag|vi)\b.{0,30}|bara|vi"
)


def is_everyday_word(text: str, start: int, end: int) -> bool:
    """Whether what stands there, which a place is called too, is said as a word and not as that name."""
    word = text[start:end].casefold()
    before, after = _words(text[:start]), _words(text[end:])
    cue, then = before[-1] if before else "", after[0] if after else ""
    if cue in _TITLES and word in _IN_TALK:
        return True
    if cue in _CUES or then in _AFTER_IT:
        return False
    if word in _NEVER_ALONE:
        return True
    return word in _IN_TALK and (
        cue in _BEFORE_A_VERB or (len(before) + 1 + len(after) >= _TALK_FROM and not text[start].isupper())
    )


def ends_as_town(text: str, name: str) -> bool:
    """Whether a short message ends with the name as a town though it is an everyday word: "kurser vara", "kan jag låna en telefon, vara"."""
    words = _words(text)
    if not 1 < len(words) <= _SHORT_ASKING or words[-1] != name.casefold() or "?" in text[-1:]:
        return False
    after_comma = re.search(rf",\s*{re.escape(name)}\W*$", text, re.IGNORECASE) is not None
    return after_comma or not _WITH_A_VERB & set(words[:-1])


def tells_no_town(text: str) -> bool:
    """Whether the answer to "which town?" is one that nobody can find on a map: "hemma", "här", "i stan", "vet inte"."""
    return bool(_NO_TOWN.fullmatch(fold(text)))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())
