"""The trained model on disk, and how to tell that it no longer fits the data, the libraries or the tier."""

import hashlib
import importlib.metadata
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import joblib

from nlu.calibrate import Thresholds
from nlu.classifier import Classifier
from nlu.language import LanguageModel
from nlu.stages import STAGES_FILE, StageModel

Tier = Literal["full", "lean"]
FORMAT = 7
MODEL_FILE = "model.joblib"
FINGERPRINT_FILE = "fingerprint.json"
_LIBRARIES = ("numpy", "scikit-learn", "scipy", "wordfreq", "symspellpy", "joblib")


class ModelMissing(Exception):
    """There is no usable model in the folder; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that training found out. `word_counts` are the words that texts are restored to."""

    tier: Tier
    encoder: str | None
    classifier: Classifier
    thresholds: Thresholds
    word_counts: Mapping[str, float]
    languages: LanguageModel
    stages: StageModel | None = None


def fingerprint(examples_dir: Path, tier: Tier, encoder: str | None) -> dict[str, str]:
    """What a model depends on: the examples, the libraries, Python, the tier and the encoder."""
    digest = hashlib.sha256()
    stages = [path for path in (examples_dir.parent / STAGES_FILE,) if path.is_file()]
    for path in [*sorted(examples_dir.glob("*.yml")), *stages]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    versions = {name: importlib.metadata.version(name) for name in _LIBRARIES}
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {"format": str(FORMAT), "examples": digest.hexdigest(), "tier": tier, "encoder": encoder or "", "python": python,
            **versions}  # fmt: skip


def needs_training(examples_dir: Path, model_dir: Path, tier: Tier, encoder: str | None) -> bool:
    """Whether there is no model in `model_dir`, or one that was made of something else."""
    try:
        kept = json.loads((model_dir / FINGERPRINT_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return True
    return not (model_dir / MODEL_FILE).is_file() or bool(kept != fingerprint(examples_dir, tier, encoder))


def save(model: Model, model_dir: Path, made_of: Mapping[str, str]) -> None:
    """Writes the model, then its fingerprint, so that a crash between leaves a model that will be trained again."""
    model_dir.mkdir(parents=True, exist_ok=True)
    (model_dir / FINGERPRINT_FILE).unlink(missing_ok=True)
    unfinished = model_dir / f"{MODEL_FILE}.new"
    joblib.dump(model, unfinished)
    unfinished.replace(model_dir / MODEL_FILE)
    (model_dir / FINGERPRINT_FILE).write_text(json.dumps(dict(made_of), indent=1) + "\n", encoding="utf-8")


def load(model_dir: Path) -> Model:
    """Raises ModelMissing when there is none, or one that these libraries cannot read."""
    path = model_dir / MODEL_FILE
    if not path.is_file():
        raise ModelMissing(f"{path}: no model here. Run 'lotsen train'.")
    try:
        model = joblib.load(path)
    except Exception as error:  # a pickle of other versions may raise anything
        raise ModelMissing(f"{path}: made by other versions ({type(error).__name__}). Run 'lotsen train'.") from error
    if not isinstance(model, Model):
        raise ModelMissing(f"{path}: not a model of ours. Run 'lotsen train'.")
    return model
