"""Turns a text into a vector of meaning. The encoder is one exchangeable part: anything that keeps `Encoder`.

The shipped one is in nlu/e5/; nlu/tiers.py chooses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

# Time grows faster than length, and a text of one need is shorter; longer ones are read in windows (nlu/windows.py).
LONGEST = 400


class EncoderMissing(Exception):
    """The encoder cannot be used on this machine; the text says why. The lean tier serves instead."""


class Encoder(Protocol):
    """Gives each text a unit vector of `size` numbers. `name` changes whenever the vectors do."""

    @property
    def name(self) -> str: ...

    @property
    def size(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row a text, shape (len(texts), size). Safe to call from several threads at once."""
        ...


@dataclass(frozen=True, slots=True)
class Encoders:
    """What training needs: the encoder that texts are understood with, and one tuned without the held-out examples, for
    an honest measure (nlu/held_out.py)."""

    tuned: Encoder
    held_out: Encoder

    @property
    def name(self) -> str:
        """Of both."""
        return f"{self.tuned.name} {self.held_out.name}"
