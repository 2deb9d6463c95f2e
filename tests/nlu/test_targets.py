from nlu.evaluate import evaluate
from nlu.targets import Target, targets
from tests.nlu.test_evaluate import ANSWERS, LABELLED, Scripted


def test_met_or_missed() -> None:
    assert Target("right", 0.9, 0.88).met is True
    assert Target("right", 0.8, 0.88).met is False
    assert Target("wrong", 0.01, 0.02, at_most=True).met is True
    assert Target("wrong", 0.03, 0.02, at_most=True).met is False
    assert Target("nothing counted", None, 0.02).met is None


def test_every_figure_of_the_report_has_its_row() -> None:
    report = evaluate(Scripted(ANSWERS), LABELLED)
    rows = {row.title: row for row in targets(report)}
    assert rows["right, in scope"].value == report.accuracy
    assert rows["a loss taken for an attempt"].value == 1.0
    assert rows["out of scope answered with a guide"].met is False
    assert rows["other languages, wrong guide"].value == 1.0
    assert targets(evaluate(Scripted(ANSWERS), []))[0].met is None


def test_what_bad_writing_costs() -> None:
    report = evaluate(Scripted(ANSWERS), LABELLED)
    worse = evaluate(
        Scripted(ANSWERS | {"right": ("pension", True)}), [row for row in LABELLED if row.language == "sv"]
    )
    lost = targets(report, worse)[-1]
    assert lost.title.startswith("lost when badly written")
    assert lost.value is not None and abs(lost.value - 1 / 6) < 1e-9
