from dataclasses import replace

from nlu.evaluate import Confusion, evaluate
from nlu.evaluation_table import table


class Never:
    """An interpreter that nothing is asked of."""

    def understand(self, *_: object, **__: object) -> object:
        raise AssertionError


def test_a_share_that_cannot_be_counted_is_a_dash() -> None:
    report = evaluate(Never(), [])  # type: ignore[arg-type]
    row = next(line for line in table(report).splitlines() if line.startswith("right, in scope"))
    assert " -   at least 88 %" in row and "missed" not in row


def test_confusions_are_listed() -> None:
    report = replace(evaluate(Never(), []), confusions=(Confusion("swish", "pension", 3, "hej"),))  # type: ignore[arg-type]
    assert "   3 swish read as pension: hej" in table(report)
