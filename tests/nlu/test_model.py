from pathlib import Path

from nlu.model import FINGERPRINT_FILE, Model, fingerprint, load, needs_training, save
from nlu.train import TrainingReport


def test_saved_is_loaded(training_report: TrainingReport, model_dir: Path, examples_dir: Path, tmp_path: Path) -> None:
    model = load(model_dir)
    assert isinstance(model, Model)
    save(model, tmp_path, fingerprint(examples_dir, "lean", None))
    assert load(tmp_path).classifier.labels == model.classifier.labels
    assert not needs_training(examples_dir, tmp_path, "lean", None)


def test_a_broken_fingerprint_asks_for_training(
    training_report: TrainingReport, model_dir: Path, examples_dir: Path, tmp_path: Path
) -> None:
    save(load(model_dir), tmp_path, fingerprint(examples_dir, "lean", None))
    (tmp_path / FINGERPRINT_FILE).write_text("{", encoding="utf-8")
    assert needs_training(examples_dir, tmp_path, "lean", None)
