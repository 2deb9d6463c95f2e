import numpy as np
import pytest

from nlu.calibrate import MOST_WRONG, fit_sharpness, fit_thresholds, sureness

LABELS = ("emergency", "fraud_suspected", "out_of_scope", "swish", "pension")


def sample() -> tuple["np.ndarray", list[str]]:
    rng = np.random.default_rng(3)
    rows, intents = [], []
    for _ in range(3000):
        truth = int(rng.integers(len(LABELS)))
        sure = rng.uniform(0.3, 1.0)
        first = truth if rng.uniform() < sure else int(rng.integers(len(LABELS)))
        row = np.full(len(LABELS), (1 - sure) / (len(LABELS) - 1))
        row[first] = sure
        rows.append(row)
        intents.append(LABELS[truth])
    return np.array(rows), intents


def test_few_texts_are_acted_on_wrongly() -> None:
    rows, intents = sample()
    thresholds = fit_thresholds(rows, intents, LABELS)
    first = [LABELS[column] for column in rows.argmax(axis=1)]
    acted = [
        (name, truth)
        for name, truth, sure in zip(first, intents, sureness(rows, LABELS.index("out_of_scope")), strict=True)
        if name in ("swish", "pension") and sure >= thresholds.act and truth != "out_of_scope"
    ]
    in_scope = sum(truth != "out_of_scope" for truth in intents)
    assert len(acted) > 200
    assert sum(name != truth for name, truth in acted) <= MOST_WRONG * in_scope


def test_danger_has_thresholds_of_its_own() -> None:
    rows, intents = sample()
    assert set(fit_thresholds(rows, intents, LABELS).danger) == {"emergency", "fraud_suspected"}


def test_overconfidence_is_softened() -> None:
    rows, intents = sample()
    boosted = rows**3 / (rows**3).sum(axis=1, keepdims=True)
    assert fit_sharpness(boosted, intents, LABELS) < fit_sharpness(rows, intents, LABELS)


def test_what_may_be_nobodys_business_is_less_sure() -> None:
    rows = np.array([[0.0, 0.0, 0.1, 0.8, 0.1], [0.0, 0.0, 0.35, 0.6, 0.05], [0.0, 0.0, 0.7, 0.2, 0.1]])
    assert sureness(rows, 2).tolist() == pytest.approx([0.7, 0.25, 0.7])
    assert sureness(rows, None).tolist() == [0.8, 0.6, 0.7]
