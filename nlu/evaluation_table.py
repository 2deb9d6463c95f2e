"""An evaluation report as a table for people."""

from nlu.evaluate import Report

_ROWS = (
    ("right, in scope", "accuracy"),
    ("right one among the first three", "first_three"),
    ("macro F1, all labels", "macro_f1"),
    ("acted on", "acted"),
    ("acted on and wrong", "acted_and_wrong"),
    ("asked which one", "asked"),
    ("ours, but refused as not ours", "refused"),
    ("out of scope recognised", "out_of_scope_recognised"),
    ("out of scope answered as ours", "out_of_scope_guided"),
    ("danger caught where no rule matches", "danger_caught_without_rule"),
    ("false alarms, harmless texts", "false_alarms"),
    ("frauds read as mere attempts", "read_as_attempt"),
)


def table(report: Report) -> str:
    """Several lines, without a newline at the end."""
    lines = [f"{'texts':38} {report.texts:>7}"]
    lines += [f"{title:38} {_percent(getattr(report, name))}" for title, name in _ROWS]
    lines += [
        f"{'right, in scope, ' + name:38} {_percent(share)}" for name, share in report.accuracy_by_language.items()
    ]
    lines += [f"{name + ' caught':38} {_percent(share)}" for name, share in report.danger_caught.items()]
    lines += ["", "most confused:"]
    lines += [f"{one.count:4} {one.truth} read as {one.read_as}: {one.example[:80]}" for one in report.confusions]
    lines += ["", "dangers missed:", *(f"     {text[:100]}" for text in report.missed_dangers)]
    return "\n".join(lines)


def _percent(share: float | None) -> str:
    return "      -" if share is None else f"{100 * share:6.1f} %"
