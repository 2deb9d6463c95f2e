import numpy as np

from nlu.classifier import fit_classifier, sharpen

TEXTS = ["glad hund", "glad katt", "glad fisk", "sur hund", "sur katt", "sur fisk"]
INTENTS = ["glad", "glad", "glad", "sur", "sur", "sur"]


def test_lean_tells_the_labels_apart() -> None:
    classifier = fit_classifier(TEXTS, None, INTENTS)
    rows = classifier.probabilities(["glad orm", "sur orm"], None)
    assert [classifier.labels[column] for column in rows.argmax(axis=1)] == ["glad", "sur"]
    assert np.allclose(rows.sum(axis=1), 1.0)


def test_vectors_decide_where_words_do_not() -> None:
    vectors = np.array([[1, 0], [1, 0.1], [0.9, 0], [0, 1], [0.1, 1], [0, 0.9]], dtype=np.float32)
    classifier = fit_classifier(TEXTS, vectors, INTENTS)
    rows = classifier.probabilities(["orm", "orm"], np.array([[1, 0], [0, 1]], dtype=np.float32))
    assert [classifier.labels[column] for column in rows.argmax(axis=1)] == ["glad", "sur"]


def test_sharpen() -> None:
    rows = sharpen(np.array([[0.6, 0.4]]), 2.0)
    assert np.allclose(rows, [[0.36 / 0.52, 0.16 / 0.52]])
