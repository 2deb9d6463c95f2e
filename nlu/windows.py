"""Cuts a long text into windows that are read one by one, so that a need told last counts as much as one told first."""

import re

import numpy as np

from nlu.classifier import Probabilities
from nlu.encoder import LONGEST

# A window is shorter than the longest text read whole: the more a window holds besides the need, the weaker the need.
WINDOW = 280
MOST_WINDOWS = 8
_SENTENCE_END = re.compile(r"(?<=[.!?\n])\s+|\n+")


def cut(text: str) -> list[str]:
    """`text` alone when short; else windows of whole sentences, or of whole words where there are no sentences.

    Of an endless text the first and the last windows are kept, `MOST_WINDOWS` in all.
    """
    if len(text) <= LONGEST:
        return [text]
    windows: list[str] = []
    current = ""
    for piece in _pieces(text):
        if current and len(current) + len(piece) + 1 > WINDOW:
            windows.append(current)
            current = piece
        else:
            current = f"{current} {piece}" if current else piece
    windows = [*windows, current] if current else windows
    half = MOST_WINDOWS // 2
    return windows if len(windows) <= MOST_WINDOWS else windows[:half] + windows[-half:]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        if len(sentence) <= WINDOW:
            pieces.append(sentence)
            continue
        for word in sentence.split():
            pieces += [word[at : at + WINDOW] for at in range(0, len(word), WINDOW)]
    return [piece for piece in pieces if piece.strip()]


def pool(windows: Probabilities, danger: list[int]) -> Probabilities:
    """One row out of one row a window: between the mean and the highest for most labels, the highest for the columns
    `danger`; sums to one."""
    if len(windows) == 1:
        return np.asarray(windows[0])
    pooled = (windows.mean(axis=0) + windows.max(axis=0)) / 2
    rest = pooled.copy()
    rest[danger] = 0.0
    highest = windows[:, danger].max(axis=0)
    left = max(1.0 - float(highest.sum()), 0.0)
    pooled = rest * (left / rest.sum()) if rest.sum() > 0 else rest
    pooled[danger] = highest
    return np.asarray(pooled / pooled.sum())
