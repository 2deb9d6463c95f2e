from collections.abc import Sequence
from pathlib import Path

import numpy as np

from nlu.encoder import Matrix
from nlu.vectors import encode_with_cache, forget_others


class CountingEncoder:
    name = "counting"
    size = 2

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Matrix:
        self.encoded += texts
        return np.array([[len(text), ord(text[0])] for text in texts], dtype=np.float32)


def test_only_new_texts_are_encoded(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    first = encode_with_cache(["ab", "c", "ab"], encoder, tmp_path, 2)
    assert first.tolist() == [[2, 97], [1, 99], [2, 97]]
    assert sorted(encoder.encoded) == ["ab", "c"]
    second = encode_with_cache(["c", "dd"], encoder, tmp_path, 2)
    assert second.tolist() == [[1, 99], [2, 100]]
    assert sorted(encoder.encoded) == ["ab", "c", "dd"]


def test_a_broken_cache_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "vectors-counting.npz").write_bytes(b"broken")
    assert encode_with_cache(["ab"], CountingEncoder(), tmp_path, 1).tolist() == [[2, 97]]


def test_vectors_of_encoders_that_are_gone_are_removed(tmp_path: Path) -> None:
    encode_with_cache(["ab"], CountingEncoder(), tmp_path, 1)
    (tmp_path / "vectors-older.npz").write_bytes(b"of another adapter")
    forget_others(tmp_path, ("counting",))
    assert [path.name for path in tmp_path.iterdir()] == ["vectors-counting.npz"]
