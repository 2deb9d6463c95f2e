"""Measures an interpreter on a labelled file that it was not trained on."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from nlu.calibrate import FIRM_LANGUAGES
from nlu.labels import ASKABLE, KNOWN, OUT_OF_SCOPE, SAFETY, TOPICS
from nlu.noise import noisy
from nlu.understanding import NOTHING_OPEN, Context, Interpreter, Understanding, candidates

CONFUSIONS_SHOWN = 20
WORST_SHOWN = 25
STAGES = ("attempt", "now", "loss")


class EvaluationFileError(Exception):
    """The file cannot be used; the text says which line, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text, its label, the other labels that are right as well, its language and, for a fraud, how far it has gone
    ("attempt", "now", "loss"; empty where nobody has said)."""

    text: str
    intent: str
    also: frozenset[str] = frozenset()
    language: str = "sv"
    stage: str = ""

    @property
    def right(self) -> frozenset[str]:
        return self.also | {self.intent}


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often texts of `truth` were read as `read_as`, with one of them."""

    truth: str
    read_as: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """A text that was acted on wrongly, and how sure the interpreter was."""

    truth: str
    read_as: str
    confidence: float
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """Figures of one run; shares are 0 to 1, None where the file holds nothing to count.

    Over texts in scope, in Swedish and English: `accuracy` (first of the ranking right, accepted or not), `first_three`,
    `acted` (accepted), `acted_and_wrong` (accepted, wrong, and not as out of scope), `wrong_guide` (the same without false
    alarms), `asked` (not accepted, but with candidates to ask about), `asked_rightly` (of those asked: a right one was among
    the candidates), `refused` (accepted as out of scope). Over texts out of scope: `out_of_scope_recognised`,
    `out_of_scope_guided` (accepted as a topic or a need that people meet), `out_of_scope_answered` (accepted as anything else
    than out of scope). In other languages: `others_right`, `others_misguided` (accepted as a wrong topic).
    `danger_caught`: fraud and emergency texts on which either was raised, and `danger_caught_without_rule` the same over those
    that no phrase rule matched. `false_alarms`: harmless texts on which one was raised. `loss_read_as_attempt`: of the frauds
    marked as losses, those whose `fraud_stage` is attempt.
    """

    texts: int
    in_scope: int
    accuracy: float | None
    accuracy_by_language: dict[str, float]
    macro_f1: float | None
    first_three: float | None
    acted: float | None
    acted_and_wrong: float | None
    wrong_guide: float | None
    asked: float | None
    asked_rightly: float | None
    refused: float | None
    out_of_scope_recognised: float | None
    out_of_scope_guided: float | None
    out_of_scope_answered: float | None
    others_right: float | None
    others_misguided: float | None
    danger_caught: dict[str, float]
    danger_caught_without_rule: dict[str, float]
    false_alarms: float | None
    loss_read_as_attempt: float | None
    confusions: tuple[Confusion, ...]
    worst: tuple[Mistake, ...]
    missed_dangers: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain dicts and lists, ready for json.dumps."""
        return asdict(self)


def load_labelled(path: Path) -> list[LabelledText]:
    """Reads a tab-separated file with the columns text, intent and optionally also, lang, stage.

    Raises EvaluationFileError for missing columns, unknown labels and unknown stages.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if not {"text", "intent"} <= set(rows.fieldnames or ()):
            raise EvaluationFileError(
                f"{path}:1: the columns 'text' and 'intent' are missing. Name them in the first row."
            )
        return [_labelled(path, number, row) for number, row in enumerate(rows, start=2)]


def badly_written_swedish(labelled: Sequence[LabelledText]) -> list[LabelledText]:
    """The Swedish texts once more, as a small keyboard writes them (nlu/noise.py)."""
    return [replace(text, text=noisy(text.text)) for text in labelled if text.language == "sv"]


def _labelled(path: Path, number: int, row: dict[str, str | None]) -> LabelledText:
    text, intent = row.get("text") or "", (row.get("intent") or "").strip()
    also = frozenset(part.strip() for part in (row.get("also") or "").split(",") if part.strip())
    unknown = ({intent} | also) - KNOWN
    if unknown:
        raise EvaluationFileError(
            f"{path}:{number}: unknown intent {sorted(unknown)}. Mend it, or add it to nlu/labels.py."
        )
    stage = (row.get("stage") or "").strip()
    if stage and stage not in STAGES:
        raise EvaluationFileError(f"{path}:{number}: unknown stage '{stage}'. Write one of {', '.join(STAGES)}.")
    return LabelledText(text, intent, also, (row.get("lang") or "sv").strip(), stage)


def evaluate(interpreter: Interpreter, labelled: Sequence[LabelledText], context: Context = NOTHING_OPEN) -> Report:
    """Understands every text on its own, in the same `context`, and counts."""
    pairs = [(text, interpreter.understand(text.text, None, context)) for text in labelled]
    firm = [(text, found) for text, found in pairs if text.language in FIRM_LANGUAGES]
    ours = [(text, found) for text, found in firm if text.intent != OUT_OF_SCOPE]
    wrong = [(text, found) for text, found in ours if _acted_wrongly(text, found)]
    asked = [(text, candidates(found)) for text, found in ours if not found.accepted and candidates(found)]
    others = [(text, found) for text, found in firm if text.intent == OUT_OF_SCOPE]
    foreign = [(text, found) for text, found in pairs if text.language not in FIRM_LANGUAGES]
    dangers = [(text, found) for text, found in firm if text.intent in SAFETY]
    unlisted = [(text, found) for text, found in dangers if found.danger_rule is None]
    losses = [found for text, found in dangers if text.stage == "loss"]
    return Report(
        texts=len(pairs),
        in_scope=len(ours),
        accuracy=_share([_right(text, found) for text, found in ours]),
        accuracy_by_language={
            name: _share([_right(text, found) for text, found in ours if text.language == name]) or 0.0
            for name in sorted({text.language for text, _ in ours})
        },
        macro_f1=_macro_f1(firm),
        first_three=_share([bool(text.right & {r.intent for r in found.ranking[:3]}) for text, found in ours]),
        acted=_share([found.accepted for _, found in ours]),
        acted_and_wrong=_part(len(wrong), len(ours)),
        wrong_guide=_part(sum(found.intent not in SAFETY for _, found in wrong), len(ours)),
        asked=_part(len(asked), len(ours)),
        asked_rightly=_share([bool(text.right & set(offered)) for text, offered in asked]),
        refused=_share(
            [found.accepted and found.intent == OUT_OF_SCOPE and not _right(text, found) for text, found in ours]
        ),
        out_of_scope_recognised=_share([found.intent == OUT_OF_SCOPE for _, found in others]),
        out_of_scope_guided=_share(
            [found.accepted and found.intent in ASKABLE and not _right(text, found) for text, found in others]
        ),
        out_of_scope_answered=_share([found.accepted and not _right(text, found) for text, found in others]),
        others_right=_share([_right(text, found) for text, found in foreign]),
        others_misguided=_share(
            [found.accepted and found.intent in TOPICS and not _right(text, found) for text, found in foreign]
        ),
        danger_caught=_caught(dangers),
        danger_caught_without_rule=_caught(unlisted),
        false_alarms=_share([_raised(found) for text, found in pairs if not text.right & SAFETY]),
        loss_read_as_attempt=_share([found.entity("fraud_stage") == "attempt" for found in losses]),
        confusions=_confusions(pairs),
        worst=_worst(pairs),
        missed_dangers=tuple(text.text for text, found in dangers if not _raised(found)),
    )


def _caught(dangers: Sequence[tuple[LabelledText, Understanding]]) -> dict[str, float]:
    return {
        label: _share([_raised(found) for text, found in dangers if text.intent == label]) or 0.0
        for label in sorted({text.intent for text, _ in dangers})
    }


def _acted_wrongly(text: LabelledText, found: Understanding) -> bool:
    return found.accepted and not _right(text, found) and found.intent != OUT_OF_SCOPE


def _worst(pairs: Sequence[tuple[LabelledText, Understanding]]) -> tuple[Mistake, ...]:
    mistakes = [
        Mistake(text.intent, found.intent, found.confidence, text.text)
        for text, found in pairs
        if _acted_wrongly(text, found)
    ]
    return tuple(sorted(mistakes, key=lambda mistake: -mistake.confidence)[:WORST_SHOWN])


def _right(text: LabelledText, found: Understanding) -> bool:
    return found.intent in text.right


def _raised(found: Understanding) -> bool:
    return found.accepted and found.intent in SAFETY


def _share(counted: Sequence[bool]) -> float | None:
    return _part(sum(counted), len(counted))


def _part(some: int, whole: int) -> float | None:
    return some / whole if whole else None


def _macro_f1(pairs: Sequence[tuple[LabelledText, Understanding]]) -> float | None:
    """Mean over the labels of the file; an answer that is right by `also` counts as the label itself."""
    read = [(text.intent, text.intent if _right(text, found) else found.intent) for text, found in pairs]
    scores = []
    for label in {truth for truth, _ in read}:
        hits = sum(truth == label == name for truth, name in read)
        total = sum(truth == label for truth, _ in read) + sum(name == label for _, name in read)
        scores.append(2 * hits / total)
    return sum(scores) / len(scores) if scores else None


def _confusions(pairs: Sequence[tuple[LabelledText, Understanding]]) -> tuple[Confusion, ...]:
    wrong = [(text, found) for text, found in pairs if not _right(text, found)]
    counts = Counter((text.intent, found.intent) for text, found in wrong)
    examples = {(text.intent, found.intent): text.text for text, found in reversed(wrong)}
    return tuple(Confusion(*pair, count, examples[pair]) for pair, count in counts.most_common(CONFUSIONS_SHOWN))
