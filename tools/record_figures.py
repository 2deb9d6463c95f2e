"""Writes data/evaluation/figures.json: how well this model understands, which later changes are measured against.

    .venv/bin/python -m tools.record_figures

Keeps the figures of the other tier. tests/content/test_figures.py fails when a later model has lost more than a point.
"""

import json

from bot.gazetteer_files import load_gazetteer
from bot.settings import ROOT, load_settings
from bot.wiring import GAZETTEER
from nlu.danger import SHIPPED, DangerRules
from nlu.evaluate import LabelledText, badly_written_swedish, evaluate, load_labelled
from nlu.targets import targets
from nlu.understand import EmbeddedInterpreter

EVALUATION = ROOT / "data" / "evaluation"
FIGURES = EVALUATION / "figures.json"


def labelled_texts() -> list[LabelledText]:
    """All that is measured on."""
    return [text for name in ("development.tsv", "languages.tsv") for text in load_labelled(EVALUATION / name)]


def figures(interpreter: EmbeddedInterpreter) -> dict[str, float]:
    """The value of every target, 0 to 1."""
    labelled = labelled_texts()
    report, noisy = evaluate(interpreter, labelled), evaluate(interpreter, badly_written_swedish(labelled))
    return {row.title: round(row.value, 4) for row in targets(report, noisy) if row.value is not None}


def main() -> None:
    names = load_gazetteer(GAZETTEER).names()
    interpreter = EmbeddedInterpreter.load(load_settings().model_folder, names, DangerRules.load(SHIPPED))
    kept = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.is_file() else {}
    kept[interpreter.tier] = figures(interpreter)
    FIGURES.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{FIGURES.relative_to(ROOT)}: {interpreter.tier} tier")


if __name__ == "__main__":
    main()
