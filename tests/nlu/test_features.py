import numpy as np

from nlu.features import Standard, TextCounts, beside


def test_spelling_without_dots_counts_the_same() -> None:
    counts = TextCounts().fit(["låst kod", "låst konto", "ny kod"])
    with_dots, without = counts.transform(["låst kod"]).toarray(), counts.transform(["LAST KOD!"]).toarray()
    assert (with_dots == without).all()
    assert with_dots.sum() > 0


def test_standard_vectors_are_about_one_long() -> None:
    vectors = np.random.default_rng(1).normal(3.0, 2.0, (200, 50)).astype(np.float32)
    lengths = np.linalg.norm(Standard.fit(vectors).transform(vectors), axis=1)
    assert abs(float(lengths.mean()) - 1.0) < 0.05


def test_beside_keeps_rows_and_adds_columns() -> None:
    both = beside(np.ones((2, 3)), np.zeros((2, 4), dtype=np.float32))
    assert both.shape == (2, 7)
