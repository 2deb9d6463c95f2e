"""What people answer to a numbered question besides a number: several, all, none of them, or that they do not know."""

from __future__ import annotations

import re

from bot.domain.place_names import fold

_FILL = r"(?: ?\b(?:ja|jo|tack|nog|vill|jag|ha|hjalp|med|ta|vi|tar|helst|garna|valjer|please|i|want|val|ju|faktiskt|egentligen|riktigt|sakert|hm+|oj|dem|dom|det|de|av|som|passar|stammer|galler|har|of|them|fit|fits|the|vad|vilken|vilket|ska|svara|om|dar|da|an)\b)*"
_BOTH = re.compile(rf"{_FILL} ?(?:bada|bagge|both)(?: (?:tva|delarna|sakerna|av))?{_FILL}")
_ALL = re.compile(
    rf"{_FILL} ?(?:alla|allihop|allihopa|allting|allt|all|alltsammans|everything)(?: (?:tre|fyra|fem))?{_FILL}"
)
_NONE = re.compile(
    rf"{_FILL} ?(?:inget|ingen|inga|ingetdera|ingendera|none|neither|inget alternativ|nagot annat|nat annat|annat|en annan sak|something else)(?: (?:alternativ|annat))?{_FILL}"
)
_UNSURE = re.compile(
    rf"{_FILL} ?(?:vet (?:inte|ej|faktiskt inte|ju inte|val inte)|ingen aning|osaker|ar osaker|kommer inte ihag|minns inte|svart att saga|har ingen aning|kan inte svara|(?:i )?(?:do not|don t|dont) know|not sure|no idea){_FILL}"
)
_NUMBERS = re.compile(
    r"(?:nr |nummer |bade )?\d{1,2}(?: (?:och |o |samt |and |plus |nr |nummer )*\d{1,2})+(?: tack| please)?"
)
_SHORT = 7


def several_numbers(text: str) -> tuple[int, ...]:
    """ "1 och 3", in the order told; empty when the text is anything else."""
    plain = fold(text.replace("+", " ").replace("&", " "))
    return tuple(dict.fromkeys(int(found) for found in re.findall(r"\d+", plain))) if _NUMBERS.fullmatch(plain) else ()


def says_all(text: str, count: int) -> bool:
    """All of `count`: "alla", and "båda" of two."""
    return _says(text, _ALL) or (count == 2 and says_both(text))


def says_both(text: str) -> bool:
    return _says(text, _BOTH)


def says_none(text: str) -> bool:
    """ "Ingen av dom", "något annat"."""
    return _says(text, _NONE)


def is_unsure(text: str) -> bool:
    """ "Vet inte", "ingen aning"."""
    return _says(text, _UNSURE)


def _says(text: str, pattern: re.Pattern[str]) -> bool:
    plain = fold(text)
    return 0 < len(plain.split()) <= _SHORT and pattern.fullmatch(plain) is not None
