import json
from pathlib import Path

import pytest

from nlu.evaluate import EvaluationFileError, LabelledText, evaluate, load_labelled
from nlu.evaluation_table import table
from nlu.understanding import NOTHING_OPEN, Context, Entity, RankedIntent, Understanding


class Scripted:
    """Answers from a table: intent, confidence, accepted."""

    def __init__(self, answers: dict[str, tuple[str, bool]]) -> None:
        self._answers = answers

    def understand(self, text: str, language: str | None = None, context: Context = NOTHING_OPEN) -> Understanding:
        intent, accepted = self._answers[text]
        ranking = (RankedIntent(intent, 0.6), RankedIntent("pension", 0.3))
        entities = (Entity("fraud_stage", "attempt", 0, 0),) if intent == "fraud_suspected" else ()
        return Understanding(text, intent, 0.6, accepted, ranking, entities, "sv")


ANSWERS = {
    "right": ("swish", True),
    "also right": ("online_banking", True),
    "wrong": ("bankid_get", True),
    "asked": ("bankid_get", False),
    "foreign": ("out_of_scope", True),
    "guided": ("swish", True),
    "misguided": ("bankid_get", True),
    "weather": ("out_of_scope", True),
    "tricked": ("fraud_suspected", True),
    "missed": ("swish", False),
}
LABELLED = [
    LabelledText("right", "swish"),
    LabelledText("also right", "swish", frozenset({"online_banking"})),
    LabelledText("wrong", "swish"),
    LabelledText("asked", "pension"),
    LabelledText("foreign", "swish", language="en"),
    LabelledText("misguided", "swish", language="so"),
    LabelledText("guided", "out_of_scope"),
    LabelledText("weather", "out_of_scope"),
    LabelledText("tricked", "fraud_suspected", stage="loss"),
    LabelledText("missed", "emergency"),
]


def test_figures() -> None:
    report = evaluate(Scripted(ANSWERS), LABELLED)
    assert report.accuracy == 3 / 7
    assert report.accuracy_by_language == {"en": 0.0, "sv": 3 / 6}
    assert report.first_three == 4 / 7
    assert report.acted_and_wrong == 1 / 7
    assert report.refused == 1 / 7
    assert report.asked == 2 / 7
    assert report.out_of_scope_recognised == 0.5
    assert report.out_of_scope_guided == report.out_of_scope_answered == 0.5
    assert report.danger_caught == {"emergency": 0.0, "fraud_suspected": 1.0}
    assert report.false_alarms == 0.0
    assert report.danger_caught_without_rule == {"emergency": 0.0, "fraud_suspected": 1.0}
    assert report.loss_read_as_attempt == 1.0
    assert (report.others_right, report.others_misguided) == (0.0, 1.0)
    assert report.wrong_guide == 1 / 7
    assert report.asked_rightly == 0.5
    assert {mistake.text for mistake in report.worst} == {"wrong", "guided", "misguided"}
    assert report.missed_dangers == ("missed",)
    assert (report.confusions[0].read_as, report.confusions[0].count) == ("bankid_get", 2)


def test_can_be_printed_and_dumped() -> None:
    report = evaluate(Scripted(ANSWERS), LABELLED)
    assert " 42.9 %" in table(report)
    assert json.loads(json.dumps(report.as_json()))["texts"] == 10


def test_nothing_to_count() -> None:
    report = evaluate(Scripted(ANSWERS), [])
    assert report.accuracy is None


def test_reads_a_file(tmp_path: Path) -> None:
    path = tmp_path / "set.tsv"
    path.write_text(
        'text\tintent\talso\tlang\nhur "swishar" man\tswish\tonline_banking, pension\ten\n', encoding="utf-8"
    )
    assert load_labelled(path) == [
        LabelledText('hur "swishar" man', "swish", frozenset({"online_banking", "pension"}), "en")
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\tb\n", "columns"),
        ("text\tintent\nhej\tswich\n", ":2: unknown intent"),
        ("text\tintent\tstage\nhej\tfraud_suspected\tlater\n", ":2: unknown stage 'later'"),
    ],
)
def test_a_broken_file(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "set.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EvaluationFileError, match=said):
        load_labelled(path)
