"""What the figures should be, and whether they are."""

from dataclasses import dataclass

from nlu.evaluate import Report


@dataclass(frozen=True, slots=True)
class Target:
    """A figure with its bound: at least `bound`, or at most when `at_most`. `value` is None where nothing was counted."""

    title: str
    value: float | None
    bound: float
    at_most: bool = False

    @property
    def met(self) -> bool | None:
        """None where nothing was counted."""
        if self.value is None:
            return None
        return self.value <= self.bound if self.at_most else self.value >= self.bound


def targets(report: Report, noisy: Report | None = None) -> list[Target]:
    """The targets of docs/understanding.md against `report`; `noisy` is of the same Swedish texts badly written."""
    caught, unlisted = report.danger_caught, report.danger_caught_without_rule
    rows = [
        Target("right, in scope", report.accuracy, 0.88),
        Target("right one among the first three", report.first_three, 0.96),
        Target("acted on and wrong", report.acted_and_wrong, 0.02, at_most=True),
        Target("asked which one", report.asked, 0.15, at_most=True),
        Target("out of scope answered with a guide", report.out_of_scope_guided, 0.04, at_most=True),
        Target("fraud caught", caught.get("fraud_suspected"), 0.98),
        Target("fraud caught where no rule matches", unlisted.get("fraud_suspected"), 0.98),
        Target("emergency caught", caught.get("emergency"), 0.98),
        Target("emergency caught where no rule matches", unlisted.get("emergency"), 0.98),
        Target("false alarms", report.false_alarms, 0.01, at_most=True),
        Target("a loss taken for an attempt", report.loss_read_as_attempt, 0.03, at_most=True),
        Target("right, English", report.accuracy_by_language.get("en"), 0.85),
        Target("other languages, wrong guide", report.others_misguided, 0.0, at_most=True),
    ]
    if noisy is not None:
        lost = (report.accuracy_by_language.get("sv") or 0.0) - (noisy.accuracy or 0.0)
        rows.append(Target("lost when badly written, Swedish", lost, 0.03, at_most=True))
    return rows
