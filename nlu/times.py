"""Days, dates and times of day, as people write them in Swedish and English."""

import re

from nlu.normalise import fold_word, words
from nlu.slips import Slips
from nlu.understanding import Entity

_DAYS = "mandag tisdag onsdag torsdag fredag lordag sondag"
_ENGLISH_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_WEEKDAY = rf"(?:{'|'.join(_DAYS.split())})(?:en|ar|arna|ens)?|(?:{'|'.join(_ENGLISH_DAYS.split())})s?|tis|ons|fre|(?<=pa\ )tors"
_MONTH = (
    "(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|january|february|march|may|june"
    "|july|august|october|jan|feb|apr|jun|jul|aug|sept|sep|okt|oct|nov|dec)"
)
_COUNT = r"(?:\d{1,2}|en|ett|tva|tre|fyra|fem|sex|sju|atta|nio|tio|elva|tolv|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_HOUR = r"(?:(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?)"
_HOUR_WORD = "(?:ett|tva|tre|fyra|fem|sex|sju|atta|nio|tio|elva|tolv)"
_ENGLISH_HOUR = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
# After an hour with nothing else to tell it: another word would make it a number of something.
_NO_MORE = r"(?=\s*(?:$|[.,;:!?)](?!\d)|(?:tack|eller|och|pa|i|gar|passar|nagon|om|helst|men|please|or|and|on|thanks|kanske|da|tiden)\b))"
_PART = (
    "(?:formiddag(?:en|ar)?|eftermiddag(?:en|ar|s)?|kvall(?:en|ar)?|morgon(?:en)?|morron(?:en)?|natt(?:en)?|middag(?:en)?|lunch(?:en|tid)?"
    "|helg(?:en|er)?)"
)
_UNIT = "(?:minut(?:er)?|timm(?:e|ar|a)|halvtimme|kvart|stund|dag(?:ar)?|dar|veck(?:a|or)|manad(?:er)?)"
_ENGLISH_UNIT = "(?:minutes?|hours?|days?|weeks?|months?|half an hour|while)"

# The longest way of saying it comes first.
_TIME = re.compile(
    rf"""(?<![\w@/.-])(?:
    20[2-9]\d-[01]?\d-[0-3]\d
    | (?:den\s)?[0-3]?\d\s?(?::?(?:e|a|de|dje|te)|st|nd|rd|th|\.)?\s?(?:of\s)?{_MONTH}(?:\s20\d\d)?
    | den\s(?:forsta|andra|tredje|[a-z]{{2,8}}nde|[a-z]{{2,8}}te|sjatte|femte)\s(?:i\s)?{_MONTH}
    | {_MONTH}\s(?:the\s)?[0-3]?\d(?:st|nd|rd|th)?(?!\d)
    | den\s[0-3]?\d:?(?:e|a|de|dje|te)
    | den\s(?:[12]\d|3[01]){_NO_MORE}
    | (?<!steg\ )(?<!del\ )(?<!sida\ )(?!24/7)(?:[12]?\d|3[01])/(?:1[0-2]|0?[1-9])(?:[-/](?:20)?\d\d)?
    | kl(?:ockan|\.)?\s*(?:mellan\s)?{_HOUR}(?:\s?(?:-|–|till|och)\s?{_HOUR})?
    | klockan\s(?:(?:fem|tio|tjugo|kvart)\s(?:minuter\s)?(?:i|over)\s)?(?:halv\s)?{_HOUR_WORD}
    | (?:kl\s)?(?:fem|tio|tjugo|kvart|fem\sover|fem\si|tio\sover|tio\si)\s(?:minuter\s)?(?:(?:i|over)\s)?halv\s?(?:{_HOUR_WORD}|1?\d)
    | (?:kl\s)?(?:kvart|tjugo|tio|fem)\s(?:i|over)\s(?:{_HOUR_WORD}|1?\d{_NO_MORE})
    | (?:kl\s)?halv\s?(?:{_HOUR_WORD}|(?:1[0-2]|[1-9])(?![\d.,%]))
    | (?:half|quarter|ten|five|twenty)\s(?:past|to)\s(?:{_ENGLISH_HOUR}|1?\d)
    | (?:at\s)?(?:{_HOUR}|{_ENGLISH_HOUR})\s?(?:[ap]\.?m\b|o\W?clock)
    | at\s(?:{_HOUR}|{_ENGLISH_HOUR}){_NO_MORE}
    | (?:mellan|between)\s(?:kl\s)?{_HOUR}\s?(?:-|–|och|o|till|and)\s?{_HOUR}
    | (?:fran|from)\s(?:kl\s)?{_HOUR}\s?(?:-|–|till|to)\s?{_HOUR}{_NO_MORE}
    | (?:efter|fore|innan|till|vid|runt|omkring|senast|after|before|around)\s(?:kl\s)?(?:{_HOUR}|{_HOUR_WORD}|{_ENGLISH_HOUR}){_NO_MORE}
    | (?:vid\s)?(?:{_HOUR}|{_HOUR_WORD})\W?tiden
    | (?:[01]?\d|2[0-4])[.:][0-5]\d(?!\d|[.:/-]\d|\s?(?:kr|sek|spann|gb|mb|%|:-|euro|miljoner|dollar))
    | (?:i\s?over|over)\s?(?:morgon|morron|imorgon|imorron)
    | the\sday\safter\stomorrow | day\safter\stomorrow
    | i\s?(?:morgon|morron|morn|moron|morrn|morgo)(?:\s(?:bitti|tidigt|{_PART}))?
    | i\s?(?:dag|kvall|natt|eftermiddag|formiddag|da)(?!\w)
    | (?:nasta|nastkommande|kommande|denna|den\shar)\s(?:{_WEEKDAY}|vecka|manad|helg|gang\spa\s(?:{_WEEKDAY}))
    | (?:next|this|coming)\s(?:{_WEEKDAY}|week|weekend|month|morning|afternoon|evening)
    | om\s(?:{_COUNT}|nagra|ett\spar|en\shalv)\s{_UNIT} | om\s(?:stund|kvart|vecka|timme|halvtimme)
    | in\s(?:about\s)?(?:{_COUNT}|a\sfew|a\scouple\sof|half\san?)\s{_ENGLISH_UNIT}
    | (?:i|till|over|senare\si|slutet\sav|borjan\sav|mitten\sav)\s(?:veckan|helgen)
    | vecka\s?\d\d? | v\.?\s?[1-5]?\d(?![\d.%])
    | (?:{_WEEKDAY})(?:\s(?:fm|em|f\.m|e\.m)\b)?
    | {_PART} | vardag(?:ar|en|s)? | dagtid | kvallstid | mitt\spa\sdagen | forenoon | noon | midday
    | today | tomorrow | tonight | (?:mornings?|afternoons?|evenings?|weekends?)
    )(?!\w)""",
    re.VERBOSE,
)
# What comes before, when no time to come is meant: "förra veckan", "god morgon"; "två gånger i veckan".
_NOT_AFTER = re.compile(r"(?:forra|sedan|good|god|gott|trevlig|fin|skon|nice|great|lovely)\s$")
_NOT_WEEKLY = re.compile(r"(?:gang(?:er)?|ggr|dagar|timmar)\si\s(?:veckan|helgen)$")
# Other words when the dots are written.
_OTHER_DOTS = re.compile(r"\b(?:nått|törs|då)\b", re.IGNORECASE)
_SLIPS = Slips(f"{_DAYS} {_ENGLISH_DAYS} imorgon imorron tomorrow eftermiddag formiddag".split(),
               never=["fridag", "lardag"])  # fmt: skip


def find_times(text: str) -> list[Entity]:
    """`time` entities with the words as written, in order."""
    folded, places = _folded(text)
    found = [
        Entity("time", text[places[match.start()] : places[match.end()]], places[match.start()], places[match.end()])
        for match in _TIME.finditer(folded)
        if not _NOT_AFTER.search(folded[max(0, match.start() - 10) : match.start()])
        and not _NOT_WEEKLY.search(folded[max(0, match.start() - 10) : match.end()])
        and not _OTHER_DOTS.search(text, places[match.start()], places[match.end()])
    ]
    found += [
        Entity("time", word.raw, word.start, word.end)
        for word in words(text, 400)
        if not word.folded.endswith("s")
        and _SLIPS.nearest(word.folded)
        and not any(other.start <= word.start < other.end for other in found)
    ]
    return sorted(found, key=lambda entity: entity.start)


def _folded(text: str) -> tuple[str, list[int]]:
    """`text` folded letter by letter, all else kept, and for each letter (and the end) where it stood."""
    parts: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        part = char.lower() if char.isascii() else "" if "\u0300" <= char <= "\u036f" else fold_word(char)
        parts.append(part)
        places += [at] * len(part)
    places.append(len(text))
    return "".join(parts), places
