"""What the conversation is in the middle of, as odds on the labels. Danger is never made less likely."""

from collections.abc import Sequence

import numpy as np

from nlu.classifier import Probabilities
from nlu.labels import SAFETY
from nlu.understanding import Context

# How many times likelier an act is where it answers something than where it comes out of the blue.
GUIDE_ODDS = {"next": 4.0, "back": 4.0, "repeat": 3.0, "stuck": 4.0, "cancel": 3.0, "affirm": 1.5}
YES_NO_ODDS = {"affirm": 6.0, "deny": 6.0}


def weigh(probabilities: Probabilities, labels: Sequence[str], context: Context) -> Probabilities:
    """One row of probabilities in the light of `context`; sums to one, and danger keeps at least its own."""
    odds = dict(GUIDE_ODDS) if context.in_guide else {}
    if context.question == "yes_no":
        odds |= YES_NO_ODDS
    if not odds:
        return probabilities
    weighed = probabilities * np.array([odds.get(label, 1.0) for label in labels])
    danger = np.array([label in SAFETY for label in labels])
    left = 1.0 - float(probabilities[danger].sum())
    rest = float(weighed[~danger].sum())
    if rest <= 0:
        return probabilities
    weighed[~danger] *= left / rest
    weighed[danger] = probabilities[danger]
    return np.asarray(weighed)
