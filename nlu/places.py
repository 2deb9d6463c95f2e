"""Finds names of places in a text, and words that stand where a place should but are none we know.

"Vara" and "Åsa" are words as well as towns, so a short or ambiguous name counts only after a cue ("i Vara"), as the whole
text, or as the answer to a question for a place.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA

from nlu.normalise import Word, fold, word_set, words
from nlu.understanding import Entity

LONGEST_NAME = 3
SHORTEST_ALONE = 5
ONE_EDIT_FROM = 5
TWO_EDITS_FROM = 9
LONGEST_UNKNOWN_ANSWER = 4
# In a longer text an unknown word after "i" is more often a rare word than a place, unless it has a capital letter.
SHORT = 5

# After these any name counts, misspelled ones too, and a word that is no word must be a place.
_STRONG = word_set("i nara utanfor bor kring kommunen")
_STRONG_ENGLISH = _STRONG - {"i"} | word_set("in near live living outside")
# After these only what is surely a name: "till", "vid" and "på" are said of so much else.
_WEAK = word_set("pa vid fran till runt omkring at from to around kommun")
# Never a place, though some hamlet bears the name or is one slip away.
_NEVER = word_set(
    "dag dar kvall natt morgon morse mors fjol ar sommar vinter var host host kassan banken stan byn hemmet mobilen appen"
    " telefonen datorn hand stallet bilen huset skolan posten lag fred ro alla den det min mitt mina ett en sin sina detta"
    " denna andra hela forra vag salu hands fots sist sidan hus hem bro by berg ort tid dal lund borg backa stora lilla"
    " hallen handen bara larv fasta bor karl gustav brunn save saves bostad bostads foto stall hand gang skola sand"
    " the my a an it this order time english swedish svenska turn salam klappa vita svarta tradet kina larv far ansikte tur tid"
    " jobbet arbetet soffan sangen koket skogen tvatten vantan bussen taget norge danmark finland tyskland polen spanien"
) | {"karl gustav"}
# Places that are also words: they need a strong cue, or to be the whole text.
_ALSO_WORDS = word_set(
    "vara asa nora mora sala boden backen stranden kilen hallen torget bruket viken sanden salen kullen hamnen dalen alla"
    " gard garden lunden hemse anna maria klara sofia lotta trosa ramsta rasta kvarn station centrum norra sodra ostra"
    " vastra marken husby nasta varken bunken skara sparr gamla svara trana rinna byxor klippan kivik kopingen vi berga backe boda"
    " dorotea fredrika ulrika vilhelmina horn hult kalv karna kista kosta lima ljung roma skog skruv soder stanga stigen svarte"
    " tofta tore vega vika fors holm granna hammar alster fristad roka rada horda ange alta gota sater mala halso solberg floda"
    " arla salem valla vange hede hjo ask bie ed alma olga"
)
_NOT_PLACES = ("appen", "telefonen", "mobilen", "datorn", "sidan", "kortet", "banken", "kassan", "boken", "brevet",
               "skolan", "huset", "vagen", "gatan", "rutan", "listan", "menyn", "konto", "kontot", "paddan", "lan", "hall",
               "bibliotek", "biblioteket", "kommun", "kommunen", "sid", "butiken", "mailen", "mejlen")  # fmt: skip
_MUNICIPALITY = word_set("kommun kommuns komun kommunn kommunens stad stads municipality")
SHORTEST_SPLIT = 6
SHORTEST_PART = 2


class PlaceNames:
    """The names of a gazetteer: pairs of a canonical name and its folded spellings."""

    def __init__(self, names: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._exact: dict[str, str] = {}
        for canonical, spellings in names:
            for spelling in (fold(canonical), *map(fold, spellings)):
                self._exact.setdefault(spelling, canonical)
        self._by_initial: dict[str, list[str]] = {}
        for spelling in self._exact:
            self._by_initial.setdefault(spelling[:1], []).append(spelling)

    def exact(self, folded: str) -> str | None:
        """The canonical name of a folded spelling, with or without a genitive s."""
        return self._exact.get(folded) or (self._exact.get(folded[:-1]) if folded.endswith("s") else None)

    def near(self, folded: str) -> str | None:
        """The one nearest name that a misspelling can mean: one slip, or two from nine letters; the first letter right."""
        if len(folded) < ONE_EDIT_FROM:
            return None
        limit = 1 if len(folded) < TWO_EDITS_FROM else 2
        nearest: dict[str, int] = {}
        for spelling in self._by_initial.get(folded[:1], ()):
            if abs(len(spelling) - len(folded)) <= limit:
                distance = OSA.distance(spelling, folded, score_cutoff=limit)
                if distance <= limit:
                    name = self._exact[spelling]
                    nearest[name] = min(distance, nearest.get(name, distance))
        best = min(nearest.values(), default=0)
        closest = [name for name, distance in nearest.items() if distance == best]
        return closest[0] if len(closest) == 1 else None


def find_places(
    text: str, names: PlaceNames, ordinary: Callable[[str], bool], asked: bool, english: bool = False
) -> list[Entity]:
    """`place`, `municipality` and `place_unknown` entities of `text`, in order.

    `ordinary` tells whether a folded word is a word people use, spelled rightly or nearly; `asked` whether the text
    answers a question for a place. In an `english` text "I" is no cue.
    """
    found = words(text, 400)
    if english:
        found = [replace(word, folded="I") if word.folded == "i" else word for word in found]
    cues = _STRONG_ENGLISH if english else _STRONG
    # "Vi bor i Vara": what stands where a place does is the answer, before any word that is a name as well.
    entities = _named(found, names, ordinary, cues, asked=False)
    if asked and not entities:
        entities = _named(found, names, ordinary, cues, asked=True)
    return entities or list(_unknown(found, ordinary, cues, asked))


def _named(
    found: Sequence[Word], names: PlaceNames, ordinary: Callable[[str], bool], cues: frozenset[str], asked: bool
) -> list[Entity]:
    """`place` and `municipality` entities."""
    entities: list[Entity] = []
    at = 0
    while at < len(found):
        length, name = _name_at(found, at, names, ordinary, cues, asked)
        if name is None:
            at += 1
            continue
        place = Entity("place", name, found[at].start, found[at + length - 1].end)
        entities.append(place)
        after = found[at + length].folded if at + length < len(found) else ""
        if after in _MUNICIPALITY or _cue(found, at) == "kommunen":
            entities.append(Entity("municipality", name, place.start, place.end))
        at += length
    return entities


def _name_at(
    found: Sequence[Word],
    at: int,
    names: PlaceNames,
    ordinary: Callable[[str], bool],
    cues: frozenset[str],
    asked: bool,
) -> tuple[int, str | None]:
    """How many words from `at` make a name, and which."""
    for length in range(min(LONGEST_NAME, len(found) - at), 0, -1):
        folded = " ".join(word.folded for word in found[at : at + length])
        whole = length == len(found)
        name = names.exact(folded)
        stands = whole or _counts(found, at, folded, cues, asked, length)
        if name is not None and stands and not _spelled_otherwise(found[at : at + length], name):
            return length, name
        if name is None and (whole or asked or _cue(found, at) in cues):
            name = _near(folded, names, ordinary) if length == 1 else _split(found[at : at + length], names)
            if name is not None:
                return length, name
    return 0, None


def _near(folded: str, names: PlaceNames, ordinary: Callable[[str], bool]) -> str | None:
    """The name that one misspelled word can mean, in the genitive or not."""
    if folded in _NEVER or not folded.isalpha() or ordinary(folded):
        return None
    return names.near(folded) or names.near(folded.removesuffix("s"))


def _split(found: Sequence[Word], names: PlaceNames) -> str | None:
    """The name that was written as two words ("Kungs backa"), or the name of several words that is misspelled."""
    folded = [word.folded for word in found]
    if min(map(len, folded)) < SHORTEST_PART or not all(map(str.isalpha, folded)):
        return None
    joined = names.exact("".join(folded)) if len(folded) == 2 and sum(map(len, folded)) >= SHORTEST_SPLIT else None
    if joined is not None:
        return joined
    name = None if _NEVER & set(folded[1:]) else names.near(" ".join(folded))
    return name if name and " " in name else None


def _counts(found: Sequence[Word], at: int, folded: str, cues: frozenset[str], asked: bool, length: int) -> bool:
    """Whether an exact name stands where a place would."""
    cue = _cue(found, at)
    if folded in _NEVER:
        return False
    if asked or cue in cues or length > 1:
        return True
    if len(folded) < SHORTEST_ALONE or folded in _ALSO_WORDS:
        return cue in _WEAK and found[at].raw[:1].isupper() and not found[at].raw.isupper()
    return True


def _spelled_otherwise(found: Sequence[Word], name: str) -> bool:
    """Whether å ä ö are written, and not as in the name: "stänga" is not Stånga."""
    written = " ".join(unicodedata.normalize("NFC", word.raw).casefold() for word in found)
    return not written.isascii() and written.removesuffix("s") != name.casefold().removesuffix("s")


def _cue(found: Sequence[Word], at: int) -> str:
    return found[at - 1].folded if at else ""


def _unknown(
    found: Sequence[Word], ordinary: Callable[[str], bool], cues: frozenset[str], asked: bool
) -> Iterator[Entity]:
    for at, word in enumerate(found):
        as_written = word.raw[:1].isupper() and not word.raw.isupper()
        if _cue(found, at) in cues and (as_written or len(found) <= SHORT) and _may_be_place(word, ordinary):
            yield Entity("place_unknown", word.raw, word.start, word.end)
            return
    if asked and 0 < len(found) <= LONGEST_UNKNOWN_ANSWER:
        for word in found:
            if _may_be_place(word, ordinary):
                yield Entity("place_unknown", word.raw, word.start, word.end)
                return


def _may_be_place(word: Word, ordinary: Callable[[str], bool]) -> bool:
    folded = word.folded
    return (
        len(folded) >= 4 and folded.isalpha() and folded not in _NEVER and not folded.endswith(_NOT_PLACES)
        and not ordinary(folded)
    )  # fmt: skip
