"""Trains the model from the examples: deterministic, without network."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nlu.calibrate import fit_sharpness, fit_thresholds
from nlu.classifier import Probabilities, fit_classifier, sharpen
from nlu.encoder import Encoder, Matrix
from nlu.examples import Example, ExamplesError, load_examples
from nlu.labels import OUT_OF_SCOPE
from nlu.language import LanguageModel
from nlu.model import Model, Tier, fingerprint, save
from nlu.reading import readable_example
from nlu.restore import Restorer, word_counts
from nlu.vectors import encode_with_cache

FOLDS = 4
WORKERS = 2


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What training saw. The shares (0 to 1) are on held-out folds of the examples; `right` is of texts in scope."""

    tier: Tier
    examples: int
    intents: int
    seconds: float
    right: float
    sharpness: float


def train(examples_dir: Path, model_dir: Path, encoder: Encoder | None) -> TrainingReport:
    """Writes a model directory. With an encoder it is of the full tier, without one of the lean tier.

    Raises ExamplesError when the examples cannot be used.
    """
    started = time.perf_counter()
    tier: Tier = "lean" if encoder is None else "full"
    made_of = fingerprint(examples_dir, tier, encoder.name if encoder else None)
    examples = load_examples(examples_dir)
    intents = [example.intent for example in examples]
    _refuse_too_few(examples_dir, intents)
    counts = word_counts(example.text for example in examples if example.language == "sv")
    restorer = Restorer(counts)
    languages = LanguageModel.build((example.text, example.language) for example in examples)
    texts = [readable_example(example.text, example.language, languages, restorer) for example in examples]
    vectors = encode_with_cache(texts, encoder, model_dir, WORKERS) if encoder else None
    classifier = fit_classifier(texts, vectors, intents)
    held_out = held_out_probabilities(texts, vectors, intents, classifier.labels)
    sharpness = fit_sharpness(held_out, intents, classifier.labels)
    held_out = sharpen(held_out, sharpness)
    thresholds = fit_thresholds(held_out, intents, classifier.labels)
    model = Model(tier, encoder.name if encoder else None, replace(classifier, sharpness=sharpness), thresholds, counts,
                  languages)  # fmt: skip
    save(model, model_dir, made_of)
    seconds = time.perf_counter() - started
    return _report(tier, examples, seconds, held_out, classifier.labels, sharpness)


def held_out_probabilities(
    texts: Sequence[str], vectors: Matrix | None, intents: Sequence[str], labels: Sequence[str]
) -> Probabilities:
    """Each text's probabilities by a model that was trained without its fold. Shape (texts, labels)."""
    fold_of = folds(intents)
    held_out = np.zeros((len(texts), len(labels)))
    column = {label: number for number, label in enumerate(labels)}
    for fold in range(FOLDS):
        inside = [row for row, its in enumerate(fold_of) if its != fold]
        outside = [row for row, its in enumerate(fold_of) if its == fold]
        part = fit_classifier([texts[i] for i in inside], None if vectors is None else vectors[inside],
                            [intents[i] for i in inside])  # fmt: skip
        rows = part.probabilities([texts[i] for i in outside], None if vectors is None else vectors[outside])
        held_out[np.ix_(outside, [column[label] for label in part.labels])] = rows
    return held_out


def folds(intents: Sequence[str]) -> list[int]:
    """The fold of each text, every intent spread evenly over the folds; the same each time."""
    shuffle = random.Random(1)
    fold_of = [0] * len(intents)
    for intent in sorted(set(intents)):
        rows = [row for row, name in enumerate(intents) if name == intent]
        shuffle.shuffle(rows)
        for place, row in enumerate(rows):
            fold_of[row] = place % FOLDS
    return fold_of


def _refuse_too_few(examples_dir: Path, intents: Sequence[str]) -> None:
    if len(set(intents)) < 2:
        raise ExamplesError(examples_dir, 1, "fewer than two intents", "Add a file for another intent.")
    for intent in sorted(set(intents)):
        if intents.count(intent) < FOLDS:
            raise ExamplesError(examples_dir / f"{intent}.yml", 1, f"fewer than {FOLDS} examples", "Write more.")


def _report(
    tier: Tier, examples: Sequence[Example], seconds: float, held_out: Probabilities, labels: Sequence[str],
    sharpness: float,
) -> TrainingReport:  # fmt: skip
    first = [labels[column] for column in held_out.argmax(axis=1)]
    ours = [
        (example.intent, name) for example, name in zip(examples, first, strict=True) if example.intent != OUT_OF_SCOPE
    ]
    right = sum(intent == name for intent, name in ours) / max(len(ours), 1)
    return TrainingReport(tier, len(examples), len(labels), seconds, right, sharpness)
