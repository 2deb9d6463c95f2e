"""Reads a text with a trained model: how likely each label is, before rules, conversation and thresholds have their say."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from nlu.calibrate import Thresholds
from nlu.classifier import Probabilities
from nlu.encoder import Encoder
from nlu.labels import SAFETY
from nlu.model import Model, ModelMissing, load
from nlu.reading import readable
from nlu.restore import Restorer
from nlu.tiers import choose_encoder
from nlu.windows import cut, pool


@dataclass(frozen=True, slots=True)
class Read:
    """One probability a label, shape (labels,). `unsure` when the reader itself says that nothing should be done on it."""

    probabilities: Probabilities
    unsure: bool = False


class Reader(Protocol):
    """The exchangeable part of an interpreter. Safe to use from several threads at once."""

    @property
    def labels(self) -> tuple[str, ...]: ...

    @property
    def thresholds(self) -> Thresholds: ...

    def read(self, text: str, language: str) -> Read:
        """Reads a text of at least one letter, written in `language`."""
        ...


class ModelReader:
    """The embedded model. What it needs beside the model is the encoder that the model was trained with."""

    def __init__(self, model: Model, encoder: Encoder | None, restorer: Restorer) -> None:
        self.model = model
        self.encoder = encoder
        self._restorer = restorer
        self._danger = danger_columns(self.labels)

    @classmethod
    def load(cls, model_dir: Path) -> "ModelReader":
        """Raises ModelMissing when there is no usable model, or when a full-tier model meets a machine without its encoder."""
        model = load(model_dir)
        encoder = _encoder_of(model, model_dir) if model.tier == "full" else None
        return cls(model, encoder, Restorer(model.word_counts))

    @property
    def labels(self) -> tuple[str, ...]:
        return self.model.classifier.labels

    @property
    def thresholds(self) -> Thresholds:
        return self.model.thresholds

    @property
    def restorer(self) -> Restorer:
        return self._restorer

    def read(self, text: str, language: str) -> Read:
        windows = [readable(window, language, self._restorer) for window in cut(text)]
        vectors = self.encoder.encode(windows) if self.encoder else None
        return Read(pool(self.model.classifier.probabilities(windows, vectors), self._danger))

    def is_attempt(self, text: str, language: str) -> bool:
        """Whether a text about fraud surely tells of a mere attempt."""
        if self.model.stages is None:
            return False
        windows = [readable(window, language, self._restorer) for window in cut(text)]
        return self.model.stages.is_attempt(windows, self.encoder.encode(windows) if self.encoder else None)


def danger_columns(labels: Sequence[str]) -> list[int]:
    """Where the labels of danger stand among `labels`."""
    return [column for column, label in enumerate(labels) if label in SAFETY]


def _encoder_of(model: Model, model_dir: Path) -> Encoder:
    encoder, why = choose_encoder()
    if encoder is None or encoder.name != model.encoder:
        here = encoder.name if encoder else why
        raise ModelMissing(f"{model_dir}: trained with {model.encoder}, but here is {here}. Run 'lotsen train'.")
    return encoder
