"""An evaluation report as a table for people."""

from nlu.evaluate import Report
from nlu.targets import Target, targets

_ROWS = (
    ("macro F1, all labels", "macro_f1"),
    ("acted on", "acted"),
    ("acted on and wrong, false alarms apart", "wrong_guide"),
    ("asked with the right one on the list", "asked_rightly"),
    ("ours, but refused as not ours", "refused"),
    ("out of scope recognised", "out_of_scope_recognised"),
    ("out of scope answered as anything of ours", "out_of_scope_answered"),
    ("other languages, right", "others_right"),
)
_WIDTH = 44


def table(report: Report, noisy: Report | None = None) -> str:
    """Several lines, without a newline at the end. `noisy` is of the same Swedish texts badly written."""
    lines = [f"{f'texts (in scope: {report.in_scope})':{_WIDTH}} {report.texts:>7}"]
    lines += [_target(row) for row in targets(report, noisy)]
    lines += ["", *(f"{title:{_WIDTH}} {_percent(getattr(report, name))}" for title, name in _ROWS)]
    lines += [f"{'right, ' + name:{_WIDTH}} {_percent(share)}" for name, share in report.accuracy_by_language.items()]
    lines += ["", "most confused:"]
    lines += [f"{one.count:4} {one.truth} read as {one.read_as}: {one.example[:80]}" for one in report.confusions]
    lines += ["", "surest mistakes:"]
    lines += [f"{one.confidence:6.2f} {one.truth} read as {one.read_as}: {one.text[:90]}" for one in report.worst]
    lines += ["", "dangers missed:", *(f"     {text[:100]}" for text in report.missed_dangers)]
    return "\n".join(lines)


def _target(row: Target) -> str:
    sign = {True: "", False: "  missed", None: ""}[row.met]
    bound = f"{'at most' if row.at_most else 'at least'} {100 * row.bound:g} %"
    return f"{row.title:{_WIDTH}} {_percent(row.value)}   {bound}{sign}"


def _percent(share: float | None) -> str:
    return "      -" if share is None else f"{100 * share:6.1f} %"
