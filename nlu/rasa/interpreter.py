"""Understands with Rasa's classifier in place of the embedded one.

Everything else is the embedded interpreter's: danger rules, noise, language, entities, windows of long texts, the
prior of the conversation. While Rasa is away the embedded classifier answers too.
"""

from __future__ import annotations

import numpy as np

from nlu.calibrate import Thresholds
from nlu.classifier import Probabilities
from nlu.labels import SAFETY
from nlu.rasa.client import FALLBACK, LONGEST, RasaAway, plain
from nlu.rasa.server import RasaServer
from nlu.reader import ModelReader, Read, danger_columns
from nlu.reading import readable
from nlu.understand import EmbeddedInterpreter
from nlu.understanding import NOTHING_OPEN, Context, RankedIntent, Understanding
from nlu.windows import cut, pool

ACT = 0.7
"""Least confidence to act on. DIET's confidences are not fitted on held-out texts as ours are, and are too high: unrelated
texts got up to .99. At .7 no other label can have more than .3."""
DANGER = 0.5
"""Least confidence at which danger is raised by Rasa alone: likelier than everything else together."""


class RasaInterpreter:
    """Keeps nlu.understanding.Interpreter. `embedded` lends its steps and answers while `server` is away."""

    def __init__(self, embedded: EmbeddedInterpreter, server: RasaServer) -> None:
        self._embedded = embedded
        self._by_rasa = embedded.with_reader(RasaReader(embedded.reader, server))

    def understand(self, text: str, language: str | None = None, context: Context = NOTHING_OPEN) -> Understanding:
        """Understands any str. Never raises for what Rasa or the network does."""
        try:
            return self._by_rasa.understand(text, language, context)
        except RasaAway:
            return self._embedded.understand(text, language, context)


class RasaReader:
    """Reads with Rasa. `unsure` when Rasa fell back for all of a text; raises RasaAway when there is no answer.

    It knows the labels and the spelling of `embedded`, which also reads what holds nothing that Rasa may be asked.
    """

    def __init__(self, embedded: ModelReader, server: RasaServer) -> None:
        self._embedded = embedded
        self._server = server
        self._danger = danger_columns(embedded.labels)

    @property
    def labels(self) -> tuple[str, ...]:
        return self._embedded.labels

    @property
    def thresholds(self) -> Thresholds:
        return Thresholds(ACT, dict.fromkeys(SAFETY, DANGER))

    def read(self, text: str, language: str) -> Read:
        windows = [plain(readable(window, language, self._embedded.restorer))[:LONGEST] for window in cut(text)]
        windows = [window for window in windows if window]
        if not windows:
            return self._embedded.read(text, language)
        rankings = [self._server.parse(window) for window in windows]
        unsure = all(ranking[0].intent == FALLBACK for ranking in rankings)
        return Read(pool(np.array([_row(ranking, self.labels) for ranking in rankings]), self._danger), unsure)


def _row(ranking: tuple[RankedIntent, ...], labels: tuple[str, ...]) -> Probabilities:
    """One probability a label; what Rasa left for others is shared alike. Sums to one.

    Raises RasaAway when no label is known: the server then has a model of something else.
    """
    given = {ranked.intent: ranked.confidence for ranked in ranking}
    row = np.array([given.get(label, 0.0) for label in labels])
    total = float(row.sum())
    if total <= 0:
        raise RasaAway("none of its intents is known here")
    others = np.array([label not in given for label in labels])
    if total < 1 and others.any():
        row[others] = (1.0 - total) / int(others.sum())
    return np.asarray(row / row.sum())
