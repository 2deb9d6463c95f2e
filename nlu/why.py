"""Says why a text was understood as it was: the words that decided, and the examples that are most like it.

For the people who write examples. Slow beside understanding (it reads the text once more for every word), and it needs the
examples that the model was trained from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlu.classifier import Probabilities
from nlu.encoder import Matrix
from nlu.examples import Example, load_examples
from nlu.normalise import clean, words
from nlu.reader import ModelReader
from nlu.reading import readable, readable_example
from nlu.understanding import Understanding
from nlu.vectors import encode_with_cache

SHOWN = 5
MOST_WORDS = 60
WORKERS = 2


@dataclass(frozen=True, slots=True)
class WordWeight:
    """How much likelier the word makes the intent: its probability with the word less that without it, -1 to 1."""

    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class NearExample:
    """An example and how like the text it is: the cosine of their vectors, 1 for the same."""

    text: str
    intent: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Why:
    """What decided. `danger_rule` is the rule of data/danger.yml that raised danger, if one did; `words` are the weightiest
    first, those that spoke against the intent included; `nearest` the likest examples."""

    danger_rule: str | None
    words: tuple[WordWeight, ...]
    nearest: tuple[NearExample, ...]


class Explainer:
    """Explains what `reader` read. Loads every example once, and their vectors from where training kept them."""

    def __init__(self, reader: ModelReader, examples_dir: Path, model_dir: Path) -> None:
        self._reader = reader
        model = reader.model
        self._examples: Sequence[Example] = load_examples(examples_dir)
        texts = [
            readable_example(example.text, example.language, model.languages, reader.restorer)
            for example in self._examples
        ]
        self._vectors = (
            encode_with_cache(texts, reader.encoder, model_dir, WORKERS)
            if reader.encoder
            else model.classifier.counts.transform(texts)
        )

    def why(self, understood: Understanding) -> Why:
        """Explains `understood`, whatever its text holds."""
        text = clean(understood.text)
        return Why(understood.danger_rule, self._words(text, understood), self._nearest(text, understood.language))

    def _words(self, text: str, understood: Understanding) -> tuple[WordWeight, ...]:
        found = words(text, MOST_WORDS)
        if len(found) < 2 or understood.intent not in self._reader.labels:
            return ()
        column = self._reader.labels.index(understood.intent)
        whole = self._share(text, understood.language, column)
        weights = []
        for word in found:
            without = text[: word.start] + text[word.end :]
            weights.append(WordWeight(word.raw, round(whole - self._share(without, understood.language, column), 3)))
        return tuple(sorted(weights, key=lambda weight: -abs(weight.weight))[:SHOWN])

    def _share(self, text: str, language: str, column: int) -> float:
        row: Probabilities = self._reader.read(text, language).probabilities
        return float(row[column])

    def _nearest(self, text: str, language: str) -> tuple[NearExample, ...]:
        read = readable(text, language, self._reader.restorer)
        likeness = self._likeness(read)
        best = [int(row) for row in np.argsort(-likeness, kind="stable")[:SHOWN]]
        return tuple(
            NearExample(self._examples[row].text, self._examples[row].intent, round(float(likeness[row]), 3))
            for row in best
            if likeness[row] > 0
        )

    def _likeness(self, read: str) -> Matrix:
        """One cosine an example."""
        if self._reader.encoder:
            return np.asarray(self._vectors @ self._reader.encoder.encode([read])[0], dtype=np.float32)
        own = self._reader.model.classifier.counts.transform([read])
        return np.asarray((self._vectors @ own.T).todense(), dtype=np.float32).ravel() / 2.0
