"""What the classifiers look at: counts of letter groups and words, and the encoder's vectors made comparable."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn import config_context
from sklearn.feature_extraction.text import TfidfVectorizer

from nlu.encoder import Matrix
from nlu.normalise import fold

LONGEST_LETTER_GROUP = 5
MANY = 1000


class TextCounts:
    """TF-IDF of letter groups (1 to 5 letters, inside words) and words (one and two in a row), on folded text."""

    def __init__(self) -> None:
        self._letters = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=(1, LONGEST_LETTER_GROUP),
            sublinear_tf=True,
            lowercase=False,
            dtype=np.float32,
        )
        self._words = TfidfVectorizer(
            ngram_range=(1, 2), sublinear_tf=True, lowercase=False, token_pattern=r"\S+", dtype=np.float32
        )

    def fit(self, texts: Sequence[str]) -> "TextCounts":
        folded = [fold(text) for text in texts]
        # What hardly any example has is noise, and most of the memory. A handful of examples can spare nothing.
        many = len(texts) >= MANY
        self._letters.set_params(min_df=3 if many else 1)
        self._words.set_params(min_df=2 if many else 1)
        self._letters.fit(folded)
        self._words.fit(folded)
        return self

    def transform(self, texts: Sequence[str]) -> Any:
        """A sparse matrix, one row a text."""
        folded = [fold(text) for text in texts]
        # What scikit-learn checks on every call takes as long as the counting.
        with config_context(assume_finite=True, skip_parameter_validation=True):
            return csr_matrix(hstack([self._letters.transform(folded), self._words.transform(folded)]))


@dataclass(frozen=True, slots=True)
class Standard:
    """Shifts and scales vectors so that every dimension weighs alike and a row is about one long."""

    mean: Matrix
    scale: Matrix

    @classmethod
    def fit(cls, vectors: Matrix) -> "Standard":
        deviation = vectors.std(axis=0) + 1e-6
        return cls(vectors.mean(axis=0), (deviation * np.sqrt(vectors.shape[1])).astype(np.float32))

    def transform(self, vectors: Matrix) -> Matrix:
        return ((vectors - self.mean) / self.scale).astype(np.float32)


def beside(counts: Any, vectors: Matrix) -> Any:
    """A sparse matrix with the columns of both."""
    return csr_matrix(hstack([counts, csr_matrix(vectors)]))
