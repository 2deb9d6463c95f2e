from pathlib import Path

import pytest

from nlu.understand import EmbeddedInterpreter
from nlu.why import Explainer


@pytest.fixture(scope="module")
def explainer(interpreter: EmbeddedInterpreter, examples_dir: Path, model_dir: Path) -> Explainer:
    return Explainer(interpreter.reader, examples_dir, model_dir)


def test_the_word_that_decided_comes_first(interpreter: EmbeddedInterpreter, explainer: Explainer) -> None:
    why = explainer.why(interpreter.understand("kan inte swisha med swish idag"))
    assert why.words[0].word in ("swish", "swisha")
    assert why.words[0].weight > 0
    assert all(-1 <= word.weight <= 1 for word in why.words)


def test_the_nearest_example_is_the_text_itself(interpreter: EmbeddedInterpreter, explainer: Explainer) -> None:
    why = explainer.why(interpreter.understand("swish på ny mobil"))
    assert (why.nearest[0].text, why.nearest[0].intent) == ("swish på ny mobil", "swish")
    assert why.nearest[0].likeness == pytest.approx(1.0, abs=0.01)
    assert [near.likeness for near in why.nearest] == sorted((near.likeness for near in why.nearest), reverse=True)


def test_the_rule_is_named(interpreter: EmbeddedInterpreter, explainer: Explainer) -> None:
    assert explainer.why(interpreter.understand("hjälp hon andas inte")).danger_rule


@pytest.mark.parametrize("text", ["", "👍", "ja", "\ud800", "x " * 3000])
def test_explains_any_text(interpreter: EmbeddedInterpreter, explainer: Explainer, text: str) -> None:
    assert explainer.why(interpreter.understand(text)).danger_rule is None
