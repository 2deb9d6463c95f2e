from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from nlu.encoder import Encoders, Matrix
from nlu.examples import ExamplesError, load_examples
from nlu.held_out import is_held_out
from nlu.model import ModelMissing, load, needs_training
from nlu.train import TrainingReport, read_held_out, train
from nlu.understand import EmbeddedInterpreter
from tests.nlu.small_examples import EXAMPLES, write_examples


def test_report(training_report: TrainingReport) -> None:
    assert training_report.tier == "lean"
    assert training_report.intents == len(EXAMPLES)
    assert training_report.right > 0.3


def test_training_is_deterministic(interpreter: EmbeddedInterpreter, examples_dir: Path, tmp_path: Path) -> None:
    train(examples_dir, tmp_path, None)
    again = EmbeddedInterpreter.load(tmp_path)
    for text in ("swish är trasigt", "jag vill skaffa bank id", "hm"):
        assert again.understand(text).ranking == interpreter.understand(text).ranking


def test_a_model_is_stale_when_an_example_changes(
    training_report: TrainingReport, model_dir: Path, tmp_path: Path
) -> None:
    folder = write_examples(tmp_path / "examples")
    assert not needs_training(folder, model_dir, "lean", None)
    assert needs_training(folder, model_dir, "full", "e5-0123456789ab")
    path = folder / "swish.yml"
    path.write_text(path.read_text(encoding="utf-8") + "    - en till om swish\n", encoding="utf-8")
    assert needs_training(folder, model_dir, "lean", None)


def test_no_model(tmp_path: Path) -> None:
    assert needs_training(tmp_path, tmp_path, "lean", None)
    with pytest.raises(ModelMissing, match="lotsen train"):
        load(tmp_path)


def test_a_file_that_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "model.joblib").write_bytes(b"no pickle at all")
    with pytest.raises(ModelMissing, match="lotsen train"):
        load(tmp_path)


def test_too_few_examples_are_refused(tmp_path: Path) -> None:
    folder = write_examples(tmp_path / "examples")
    (folder / "swish.yml").write_text("nlu:\n- intent: swish\n  examples: |\n    - swish\n", encoding="utf-8")
    with pytest.raises(ExamplesError, match="fewer than 4 examples"):
        train(folder, tmp_path / "model", None)


def test_held_out_examples_are_read_by_a_model_that_never_saw_them(examples_dir: Path) -> None:
    examples = load_examples(examples_dir)
    texts = [example.text for example in examples]
    held_out = read_held_out(examples, texts, None)
    outside = [example.intent for example in examples if is_held_out(example.text)]
    assert 0 < len(held_out.intents) <= len(outside) < len(examples)
    assert set(held_out.intents) <= set(outside)
    assert held_out.probabilities.shape == (len(held_out.intents), len(held_out.labels))


class Lengths:
    """Stands in for an encoder; counts what it is given."""

    size = 2

    def __init__(self, name: str) -> None:
        self.name = name
        self.given = 0

    def encode(self, texts: Sequence[str]) -> Matrix:
        self.given += len(texts)
        return np.array([[len(text), text.count("a")] for text in texts], dtype=np.float32)


def test_the_full_tier_measures_itself_with_the_other_encoder(examples_dir: Path, tmp_path: Path) -> None:
    tuned, held_out = Lengths("tuned"), Lengths("held-out")
    report = train(examples_dir, tmp_path, Encoders(tuned, held_out))
    assert report.tier == "full"
    assert load(tmp_path).encoder == "tuned"
    assert tuned.given and tuned.given == held_out.given
    train(examples_dir, tmp_path, Encoders(tuned, held_out))
    assert tuned.given == held_out.given == len({example.text for example in load_examples(examples_dir)}), (
        "vectors are kept"
    )
