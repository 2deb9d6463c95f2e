"""Logistic regression on what the features tell: how likely each label is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nlu.encoder import Matrix
from nlu.features import Standard, TextCounts, beside

# scikit-learn's C, chosen on held-out examples.
COUNTS_STRENGTH = 30.0
BOTH_STRENGTH = 10.0
# How much the encoder's vectors weigh beside the counts; the tuned encoder knows the examples too well to weigh as much.
VECTORS_WEIGHT = 0.7
Probabilities = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Head:
    """A fitted logistic regression; `labels` name the columns of its answer."""

    weights: Matrix
    bias: Matrix
    labels: tuple[str, ...]

    def probabilities(self, features: Any) -> Probabilities:
        """Shape (rows, labels); each row sums to one."""
        scores = np.asarray(features @ self.weights + self.bias, dtype=np.float64)
        scores -= scores.max(axis=1, keepdims=True)
        powers = np.exp(scores)
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def fit_head(features: Any, intents: Sequence[str], strength: float) -> Head:
    """Fits one head; `strength` is the inverse of the regularisation (scikit-learn's C)."""
    model = LogisticRegression(C=strength, max_iter=2000, tol=1e-5).fit(features, list(intents))
    weights, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        # For two labels scikit-learn gives the second one's scores alone.
        weights, bias = np.vstack([np.zeros_like(weights), weights]), np.append([0.0], bias)
    return Head(
        np.ascontiguousarray(weights.T, dtype=np.float32),
        bias.astype(np.float32),
        tuple(str(label) for label in model.classes_),
    )


@dataclass(frozen=True, slots=True)
class Classifier:
    """One head on the text counts and, in the full tier, the encoder's vectors beside them.

    `sharpness` is the power that the probabilities are raised to, so that a stated .8 is right eight times of ten.
    """

    counts: TextCounts
    standard: Standard | None
    head: Head
    sharpness: float = 1.0

    @property
    def labels(self) -> tuple[str, ...]:
        return self.head.labels

    def probabilities(self, texts: Sequence[str], vectors: Matrix | None) -> Probabilities:
        """Shape (texts, labels). `vectors` are the encoder's, one row a text; None in the lean tier."""
        return sharpen(self.head.probabilities(_features(self.counts, self.standard, texts, vectors)), self.sharpness)


def fit_classifier(texts: Sequence[str], vectors: Matrix | None, intents: Sequence[str]) -> Classifier:
    """Fits one head on both kinds of features, or on the counts alone when there are no vectors."""
    counts = TextCounts().fit(texts)
    standard = None if vectors is None else Standard.fit(vectors)
    strength = COUNTS_STRENGTH if vectors is None else BOTH_STRENGTH
    return Classifier(counts, standard, fit_head(_features(counts, standard, texts, vectors), intents, strength))


def _features(counts: TextCounts, standard: Standard | None, texts: Sequence[str], vectors: Matrix | None) -> Any:
    counted = counts.transform(texts)
    return (
        counted
        if standard is None or vectors is None
        else beside(counted, VECTORS_WEIGHT * standard.transform(vectors))
    )


def sharpen(probabilities: Probabilities, power: float) -> Probabilities:
    """Each row raised to `power` and made to sum to one again."""
    powered = probabilities**power
    return np.asarray(powered / powered.sum(axis=1, keepdims=True))
