"""Rewrites an example as a hurried or unpractised hand would: case, å ä ö, punctuation and slips of the finger."""

import random
import re

from nlu.normalise import fold_word

# The key beside each key of a Swedish keyboard.
_BESIDE = dict(zip("qwertyuiopåasdfghjklöäzxcvbnm", "wertyuiopåposdfghjklöäöxcvbnmn", strict=False))
_PUNCTUATION = re.compile(r"[^\w\s]")
CHANGED = 0.65
MOST_SLIPS = 0.09


def rewritten(text: str, chance: random.Random) -> str:
    """`text` as another hand might have written it; now and then as it is. Never empty."""
    if chance.random() >= CHANGED:
        return text
    new = _case(text, chance.random())
    if chance.random() < 0.45:
        new = "".join(_plain(char) for char in new)
    if chance.random() < 0.5:
        new = _PUNCTUATION.sub("", new)
    if chance.random() < 0.6:
        new = _slips(new, chance.uniform(0.0, MOST_SLIPS), chance)
    return new.strip() or text


def _plain(char: str) -> str:
    return (fold_word(char) or char) if char in "åäöéü" else "AAOE"["ÅÄÖÉ".index(char)] if char in "ÅÄÖÉ" else char


def _case(text: str, roll: float) -> str:
    if roll < 0.45:
        return text.lower()
    if roll < 0.52:
        return text.upper()
    return text[:1].upper() + text[1:] if roll < 0.62 else text


def _slips(text: str, rate: float, chance: random.Random) -> str:
    written: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        at += 1
        if char == " ":
            if chance.random() >= rate / 3:
                written.append(char)
            continue
        if chance.random() >= rate:
            written.append(char)
            continue
        kind = chance.randrange(5)
        if kind == 1 and at < len(text):
            written += [text[at], char]
            at += 1
        elif kind == 2:
            written += [char, char]
        elif kind == 3:
            written.append(_BESIDE.get(char.lower(), char))
        elif kind == 4:
            written += [char, _BESIDE.get(char.lower(), char)]
    return "".join(written)
