"""A mere attempt is told from a loss by examples, and in doubt it is a loss."""

from pathlib import Path

import pytest

from nlu.danger import FRAUD
from nlu.examples import load_examples
from nlu.stages import STAGES, StagesError, fit_stages, load_stages

ROOT = Path(__file__).parents[2]
STAGES_OF_EXAMPLES = ROOT / "data" / "fraud_stages.tsv"
LOSSES = ["jag gav honom koden på {}", "pengarna på {} är borta", "jag betalade {} med kortet", "de tog allt från {}"]
ATTEMPTS = [
    "det kom ett konstigt sms från {}",
    "är mejlet från {} äkta",
    "någon från {} ringde men jag la på",
    "länken från {} ser skum ut",
]
NAMES = [
    "banken",
    "posten",
    "swish",
    "kivra",
    "polisen",
    "telia",
    "klarna",
    "ica",
    "skatteverket",
    "kassan",
    "elbolaget",
    "dhl",
    "vården",
]


def _fitted(attempts: list[str], losses: list[str]):  # type: ignore[no-untyped-def]
    texts = [*attempts, *losses]
    stages = ["attempt"] * len(attempts) + ["loss", "now"] * (len(losses) // 2)
    return fit_stages(texts, stages, [row % 4 == 0 for row in range(len(texts))], None, None)


def test_an_attempt_is_known_and_a_loss_is_none() -> None:
    model = _fitted(
        [text.format(name) for name in NAMES for text in ATTEMPTS],
        [text.format(name) for name in NAMES for text in LOSSES],
    )
    assert model.least >= 0.5
    assert model.is_attempt(["det kom ett konstigt sms från csn"], None)
    assert not model.is_attempt(["jag gav honom koden till csn"], None)
    assert not model.is_attempt(["det kom ett konstigt sms från csn", "jag betalade csn med kortet"], None)


def test_too_few_examples_tell_nothing() -> None:
    assert _fitted(["ett sms"] * 10, ["pengarna är borta"] * 10) is None


def test_every_example_of_fraud_has_a_stage_and_nothing_else_has() -> None:
    examples = {example.text for example in load_examples(ROOT / "data" / "intents") if example.intent == FRAUD}
    stages = load_stages(STAGES_OF_EXAMPLES)
    assert sorted(set(stages) - examples) == []
    assert sorted(examples - set(stages)) == []
    assert set(stages.values()) == set(STAGES)


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert load_stages(tmp_path / "none.tsv") == {}


@pytest.mark.parametrize("line", ["perhaps\ttext", "loss", "loss\ttext\tmore"])
def test_a_broken_line_is_told(tmp_path: Path, line: str) -> None:
    path = tmp_path / "fraud_stages.tsv"
    path.write_text(f"stage\ttext\nloss\tfine\n{line}\n", encoding="utf-8")
    with pytest.raises(StagesError, match=r"fraud_stages\.tsv:3"):
        load_stages(path)
