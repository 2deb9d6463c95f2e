"""Fits, on the held-out examples, how sure the model must be before anything is done.

A wrong guide harms more than a question, so a label is acted on only above a threshold. Danger is the other way round:
missing it harms more than raising it once too often, so it has thresholds of its own, as low as the false alarms allow.

One threshold serves all labels but danger: thresholds of their own were no better on held-out texts and worse on the
development set (docs/understanding.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nlu.classifier import Probabilities, sharpen
from nlu.labels import OUT_OF_SCOPE, SAFETY

# Shares of the held-out examples, which were written near the borders between labels and are harder than most.
MOST_WRONG = 0.025
MOST_FALSE_ALARMS = 0.015
LEAST_DANGER = 0.15
# A phrase rule needs this much of the model's belief that there is danger: below it the phrase is nearly always said of
# something else ("he beat me at chess"), while no danger of the development set that a rule knew lay there.
LEAST_FOR_A_RULE = 0.002
# The languages with examples enough; in others the model is too sure of itself.
FIRM_LANGUAGES = ("sv", "en")
ACT_ELSEWHERE = 0.9
_POWERS = np.arange(0.7, 2.6, 0.05)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The least sureness at which the first label is acted on, in Swedish and English and in other languages; the
    probabilities at which danger is raised, by label; and the one that a phrase rule needs beside it."""

    act: float
    danger: Mapping[str, float]
    act_elsewhere: float = ACT_ELSEWHERE
    rule: float = 0.0

    def for_language(self, language: str) -> float:
        """The least sureness to act on a text in `language` (ISO 639-1)."""
        return self.act if language in FIRM_LANGUAGES else max(self.act, self.act_elsewhere)


def sureness(probabilities: Probabilities, out_of_scope: int | None) -> Probabilities:
    """How sure each row is of its first label: its probability, less that of the text being none of ours (the column
    `out_of_scope`), so that what may be nobody's business is asked about rather than guided."""
    highest = probabilities.max(axis=1)
    if out_of_scope is None:
        return np.asarray(highest)
    others = probabilities[:, out_of_scope]
    return np.asarray(np.where(probabilities.argmax(axis=1) == out_of_scope, highest, highest - others))


def fit_sharpness(held_out: Probabilities, intents: Sequence[str], labels: Sequence[str]) -> float:
    """The power that makes the held-out probabilities most honest (least log loss)."""
    column = {label: number for number, label in enumerate(labels)}
    rows = np.arange(len(intents))
    right = np.array([column[intent] for intent in intents])
    losses = [-np.log(sharpen(held_out, power)[rows, right] + 1e-9).mean() for power in _POWERS]
    return float(_POWERS[int(np.argmin(losses))])


def fit_thresholds(held_out: Probabilities, intents: Sequence[str], labels: Sequence[str]) -> Thresholds:
    """Thresholds from held-out probabilities, shape (texts, labels), already sharpened.

    `act` is the least at which at most MOST_WRONG of the texts in scope are acted on as something else of ours.
    """
    out_of_scope = labels.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in labels else None
    truth = np.array(intents)
    first = np.array(labels)[held_out.argmax(axis=1)]
    confidence = sureness(held_out, out_of_scope)
    in_scope = truth != OUT_OF_SCOPE
    harmful = in_scope & (first != truth) & (first != OUT_OF_SCOPE) & ~np.isin(first, list(SAFETY))
    allowed = int(MOST_WRONG * in_scope.sum())
    worst = np.sort(confidence[harmful])[::-1]
    act = float(np.nextafter(worst[allowed], 1.0)) if len(worst) > allowed else 0.0
    harmless = ~np.isin(truth, list(SAFETY))
    danger = {
        label: _danger_threshold(held_out[harmless, column]) for column, label in enumerate(labels) if label in SAFETY
    }
    return Thresholds(act, danger, rule=LEAST_FOR_A_RULE)


def _danger_threshold(harmless: Probabilities) -> float:
    """The least probability that at most MOST_FALSE_ALARMS of the harmless texts reach."""
    return float(max(np.quantile(harmless, 1.0 - MOST_FALSE_ALARMS), LEAST_DANGER))
