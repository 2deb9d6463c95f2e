"""Which of the numbered options a resident means: "1", "ettan", "nummer 1 tack", "den första", the option's own words."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from nlu.normalise import Word, fold, word_set, words
from nlu.slips import Slips
from nlu.understanding import Entity

HIGHEST = 30
MOST_WORDS = 7
LIKE_ENOUGH = 84.0
MARGIN = 6.0

_NUMBERS = {
    "1": "1 ett en ettan forsta fosta forste forst fost etta one first 1an 1a 1st", "2": "2 tva tvaan andra andre tvan tvaa two second 2an 2a 2nd",
    "3": "3 tre trean trea tredje tredej three third 3an 3e 3dje 3rd", "4": "4 fyra fyran fjarde four fourth 4an 4e 4th",
    "5": "5 fem femman femma femte five fifth 5an 5e 5th", "6": "6 sex sexan sexa sjatte six sixth 6an 6e 6th",
    "7": "7 sju sjuan sjua sjunde seven seventh 7an 7e 7th", "8": "8 atta attan attonde eight eighth 8an 8e 8th",
    "9": "9 nio nian nia nionde nine ninth 9an 9e 9th", "10": "10 tio tian tia tionde ten tenth 10an 10e",
    "11": "11 elva elvan elfte eleven", "12": "12 tolv tolvan tolfte twelve",
}  # fmt: skip
_NUMBER_OF = {word: number for number, row in _NUMBERS.items() for word in row.split()}
# "nr1", "alt2": written together.
_TOGETHER = re.compile(r"(?:nr|no|nummer|num|alternativ|alt|val|svar|option|number|siffra|siffran)([0-9]{1,2})")
_LAST = word_set("sista siste sistan nedersta understa nederst sist last bottom")
_FIRST = word_set("oversta overst top")
_MIDDLE = word_set("mellersta mitten mellan middle")
_FILLERS = word_set(
    "nummer numret nr no alternativ alternativet alt val valet svar svaret tack please snalla da jag tar valjer vill ha den"
    " det de blir svarar option number the choose pick ok okej ja hm eh nog tror att har hoppas an an a e ar var menar gaeller"
    " galler om tackar vanligen gott bra passar kursen kurs stallet raden is it mean i take want to boka bokar den dar dom"
    " tycker hej to av dem ta tag skriver trycker far lov bli kor pa med siffra siffran som du skrev mitt min mina vi tackar pls"
    " sa mycket right this that would like prefer s e"
)
_SLIPS = Slips(_NUMBER_OF)
# These are words before they are answers.
_ONLY_ALONE = word_set("en ett a one")


def find_option(text: str, options: Sequence[str]) -> Entity | None:
    """The option meant, its number as value, or None. `options` are the labels that are open, in their order."""
    found = words(text, MOST_WORDS + 1)
    if not found or len(found) > MOST_WORDS:
        return None
    by_number = _by_number(found, len(options))
    return by_number or (_by_words(text, found, options) if options else None)


def _by_number(found: Sequence[Word], count: int) -> Entity | None:
    telling = [word for word in found if word.folded not in _FILLERS]
    if len(telling) != 1:
        return None
    word = telling[0]
    number = _number(word.folded, count)
    if number is None or (word.folded in _ONLY_ALONE and len(found) > 2 and not count):
        return None
    return Entity("option", number, word.start, word.end)


def _number(folded: str, count: int) -> str | None:
    if folded in _NUMBER_OF:
        return _NUMBER_OF[folded]
    if together := _TOGETHER.fullmatch(folded):
        folded = together.group(1)
    if re.fullmatch(r"[0-9]{1,2}", folded) and int(folded) <= HIGHEST:
        return str(int(folded))
    if folded in _FIRST and count:
        return "1"
    if folded in _LAST and count:
        return str(count)
    if folded in _MIDDLE and count % 2:
        return str(count // 2 + 1)
    meant = {_NUMBER_OF[near] for near in _SLIPS.nearest(folded)}
    return meant.pop() if len(meant) == 1 else None


def _by_words(text: str, found: Sequence[Word], options: Sequence[str]) -> Entity | None:
    said = " ".join(word.folded for word in found if word.folded not in _FILLERS)
    if len(said) < 3:
        return None
    scores = sorted(((_likeness(said, fold(option)), place) for place, option in enumerate(options)), reverse=True)
    best, place = scores[0]
    if best < LIKE_ENOUGH or (len(scores) > 1 and best - scores[1][0] < MARGIN):
        return None
    return Entity("option", str(place + 1), found[0].start, found[-1].end)


def _likeness(said: str, option: str) -> float:
    """0 to 100: the whole label, or each word said found among the label's words."""
    whole = fuzz.ratio(said, option)
    parts = option.split()
    each = [max((fuzz.ratio(word, part) for part in parts), default=0.0) for word in said.split()]
    return max(whole, min(each) if each else 0.0)
