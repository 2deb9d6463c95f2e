"""A small trained interpreter, lean so that the tests run where no encoder is."""

from pathlib import Path

import pytest

from nlu.train import TrainingReport, train
from nlu.understand import EmbeddedInterpreter
from tests.nlu.small_examples import PLACES, write_examples


@pytest.fixture(scope="session")
def examples_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_examples(tmp_path_factory.mktemp("examples"))


@pytest.fixture(scope="session")
def model_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("model")


@pytest.fixture(scope="session")
def training_report(examples_dir: Path, model_dir: Path) -> TrainingReport:
    return train(examples_dir, model_dir, None)


@pytest.fixture(scope="session")
def interpreter(training_report: TrainingReport, model_dir: Path) -> EmbeddedInterpreter:
    return EmbeddedInterpreter.load(model_dir, PLACES)
