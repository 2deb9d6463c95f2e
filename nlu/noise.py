"""Writes a text as a small keyboard would: to measure how much understanding is lost by it.

The examples are never trained with this noise; the encoder's own is made otherwise (tools/encoder/augment.py).
"""

import hashlib
import random
import re

from nlu.normalise import fold_word

SLIPS = 0.05
_PUNCTUATION = re.compile(r"[^\w\s]")


def noisy(text: str) -> str:
    """Lower case, no punctuation, å ä ö as a a o, and one letter in twenty left out, doubled or swapped with the next. The
    same text always gets the same slips."""
    chance = random.Random(hashlib.sha256(text.encode("utf-8", "replace")).digest())
    plain = [fold_word(char) or char for char in _PUNCTUATION.sub("", text)]
    written: list[str] = []
    at = 0
    while at < len(plain):
        char = plain[at]
        at += 1
        if char.isspace() or chance.random() >= SLIPS:
            written.append(char)
            continue
        slip = chance.randrange(3)
        if slip == 1 and at < len(plain):
            written += [plain[at], char]
            at += 1
        elif slip == 2:
            written += [char, char]
    return "".join(written).strip() or text
