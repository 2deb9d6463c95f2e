"""Trains the model from the examples: deterministic, without network."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from nlu.calibrate import fit_sharpness, fit_thresholds
from nlu.classifier import Probabilities, fit_classifier, sharpen
from nlu.danger import FRAUD
from nlu.encoder import Encoder, Encoders, Matrix
from nlu.examples import Example, ExamplesError, load_examples
from nlu.held_out import is_held_out
from nlu.labels import OUT_OF_SCOPE
from nlu.language import LanguageModel
from nlu.model import Model, Tier, fingerprint, save
from nlu.reading import readable_example
from nlu.restore import Restorer, word_counts
from nlu.stages import STAGES_FILE, StageModel, fit_stages, load_stages
from nlu.vectors import encode_with_cache, forget_others

FEWEST_EXAMPLES = 4
WORKERS = 2


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What training saw. `right` is the share (0 to 1) of the held-out examples in scope that were read rightly."""

    tier: Tier
    examples: int
    intents: int
    seconds: float
    right: float
    sharpness: float


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The held-out examples as a model without them reads them: `probabilities` has shape (examples, labels)."""

    probabilities: Probabilities
    intents: tuple[str, ...]
    labels: tuple[str, ...]


def train(examples_dir: Path, model_dir: Path, encoders: Encoders | None) -> TrainingReport:
    """Writes a model directory. With encoders it is of the full tier, without of the lean tier.

    Raises ExamplesError when the examples cannot be used.
    """
    started = time.perf_counter()
    tier: Tier = "lean" if encoders is None else "full"
    made_of = fingerprint(examples_dir, tier, encoders.tuned.name if encoders else None)
    examples = load_examples(examples_dir)
    intents = [example.intent for example in examples]
    _refuse_too_few(examples_dir, intents)
    counts = word_counts(example.text for example in examples if example.language == "sv")
    restorer = Restorer(counts)
    languages = LanguageModel.build((example.text, example.language) for example in examples)
    texts = [readable_example(example.text, example.language, languages, restorer) for example in examples]
    vectors = _vectors(texts, encoders.tuned if encoders else None, model_dir)
    other_vectors = _vectors(texts, encoders.held_out if encoders else None, model_dir)
    with ThreadPoolExecutor(WORKERS) as pool:  # the arithmetic is done outside Python's lock
        fitting = pool.submit(fit_classifier, texts, vectors, intents)
        held_out = read_held_out(examples, texts, other_vectors)
        classifier = fitting.result()
    if encoders:
        forget_others(model_dir, (encoders.tuned.name, encoders.held_out.name))
    stages = _fit_stages(examples_dir, examples, texts, vectors, other_vectors)
    sharpness = fit_sharpness(held_out.probabilities, held_out.intents, held_out.labels)
    held_out = replace(held_out, probabilities=sharpen(held_out.probabilities, sharpness))
    thresholds = fit_thresholds(held_out.probabilities, held_out.intents, held_out.labels)
    model = Model(tier, encoders.tuned.name if encoders else None, replace(classifier, sharpness=sharpness), thresholds,
                  counts, languages, stages)  # fmt: skip
    save(model, model_dir, made_of)
    return TrainingReport(
        tier, len(examples), len(set(intents)), time.perf_counter() - started, _right(held_out), sharpness
    )


def _fit_stages(
    examples_dir: Path,
    examples: Sequence[Example],
    texts: Sequence[str],
    vectors: Matrix | None,
    other_vectors: Matrix | None,
) -> StageModel | None:
    """Raises StagesError when the file of stages is broken."""
    stages = load_stages(examples_dir.parent / STAGES_FILE)
    rows = [row for row, example in enumerate(examples) if example.intent == FRAUD and example.text in stages]
    return fit_stages(
        [texts[row] for row in rows],
        [stages[examples[row].text] for row in rows],
        [is_held_out(examples[row].text) for row in rows],
        None if vectors is None else vectors[rows],
        None if other_vectors is None else other_vectors[rows],
    )


def read_held_out(examples: Sequence[Example], texts: Sequence[str], vectors: Matrix | None) -> HeldOut:
    """Fits a classifier on the examples that are not held out, and reads the others with it."""
    intents = [example.intent for example in examples]
    seen = [row for row, example in enumerate(examples) if not is_held_out(example.text)]
    unseen = [row for row, example in enumerate(examples) if is_held_out(example.text)]
    part = fit_classifier([texts[row] for row in seen], None if vectors is None else vectors[seen],
                          [intents[row] for row in seen])  # fmt: skip
    known = [row for row in unseen if intents[row] in part.labels]
    read = part.probabilities([texts[row] for row in known], None if vectors is None else vectors[known])
    return HeldOut(read, tuple(intents[row] for row in known), part.labels)


def _vectors(texts: Sequence[str], encoder: Encoder | None, folder: Path) -> Matrix | None:
    return None if encoder is None else encode_with_cache(texts, encoder, folder, WORKERS)


def _refuse_too_few(examples_dir: Path, intents: Sequence[str]) -> None:
    if len(set(intents)) < 2:
        raise ExamplesError(examples_dir, 1, "fewer than two intents", "Add a file for another intent.")
    for intent in sorted(set(intents)):
        if intents.count(intent) < FEWEST_EXAMPLES:
            raise ExamplesError(
                examples_dir / f"{intent}.yml", 1, f"fewer than {FEWEST_EXAMPLES} examples", "Write more."
            )


def _right(held_out: HeldOut) -> float:
    first = [held_out.labels[int(column)] for column in held_out.probabilities.argmax(axis=1)]
    ours = [(intent, name) for intent, name in zip(held_out.intents, first, strict=True) if intent != OUT_OF_SCOPE]
    return sum(1 for intent, name in ours if intent == name) / max(len(ours), 1)
