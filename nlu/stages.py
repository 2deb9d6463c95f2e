"""How far a fraud has gone, learnt from examples: whether a text surely tells of a mere attempt.

The stages of the examples stand in data/fraud_stages.tsv beside the examples: loss, now (it is going on) or attempt.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlu.classifier import Classifier, Probabilities, fit_classifier
from nlu.encoder import Matrix

STAGES_FILE = "fraud_stages.tsv"
ATTEMPT, STAGES = "attempt", ("attempt", "loss", "now")
# Of held-out losses at most this share may be taken for attempts: an attempt gets advice, a loss a person at once.
MOST_LOST = 0.03
# Fewer examples of either kind say nothing about the rest.
FEWEST = 40


class StagesError(Exception):
    """The stages cannot be used; the text says where and why."""


@dataclass(frozen=True, slots=True)
class StageModel:
    """Tells attempts from the rest; a text is one from the probability `least` on."""

    classifier: Classifier
    least: float

    def is_attempt(self, texts: Sequence[str], vectors: Matrix | None) -> bool:
        """Whether every part of a text is surely about an attempt; one part that may tell of a loss decides."""
        return bool(_likely(self.classifier, self.classifier.probabilities(texts, vectors)).min() >= self.least)


def load_stages(path: Path) -> dict[str, str]:
    """The stage of each example text; empty when there is no file. Raises StagesError."""
    if not path.is_file():
        return {}
    stages: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in (rows := csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
            if rows.line_num == 1:
                continue
            if len(row) != 2 or row[0] not in STAGES:
                raise StagesError(f"{path}:{rows.line_num}: write a stage ({', '.join(STAGES)}), a tab and the text")
            stages[row[1]] = row[0]
    return stages


def fit_stages(
    texts: Sequence[str],
    stages: Sequence[str],
    held_out: Sequence[bool],
    vectors: Matrix | None,
    other_vectors: Matrix | None,
) -> StageModel | None:
    """Fits on all examples; how sure is sure enough is found on those `held_out`, read with `other_vectors` by a model without
    them. None when there are too few of either kind."""
    kinds = [ATTEMPT if stage == ATTEMPT else "loss" for stage in stages]
    if min(kinds.count(ATTEMPT), kinds.count("loss")) < FEWEST:
        return None
    seen = [row for row, out in enumerate(held_out) if not out]
    unseen = [row for row, out in enumerate(held_out) if out]
    part = fit_classifier([texts[row] for row in seen], _rows(other_vectors, seen), [kinds[row] for row in seen])
    read = part.probabilities([texts[row] for row in unseen], _rows(other_vectors, unseen))
    least = _least(_likely(part, read), np.array([kinds[row] == ATTEMPT for row in unseen]))
    return StageModel(fit_classifier(texts, vectors, kinds), least)


def _likely(classifier: Classifier, read: Probabilities) -> Probabilities:
    """How likely each row is an attempt."""
    return np.asarray(read[:, classifier.labels.index(ATTEMPT)])


def _least(likely: Probabilities, attempts: np.ndarray) -> float:
    """The lowest bound that at most MOST_LOST of the losses reach; more than one half, since in doubt it is a loss."""
    losses = np.sort(likely[~attempts])[::-1]
    allowed = int(MOST_LOST * len(losses))
    return max(0.5, float(losses[allowed]) + 1e-6) if len(losses) else 1.0


def _rows(vectors: Matrix | None, rows: list[int]) -> Matrix | None:
    return None if vectors is None else vectors[rows]
