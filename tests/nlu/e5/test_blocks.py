import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nlu.e5.blocks import BLOCK, BLOCK_BYTES, to_seven_bits, unpack


def test_a_block_by_hand() -> None:
    scale = np.array([0.5], np.float16).view(np.uint8)
    # Byte j holds weight j in its low half and weight j + 16 in its high half.
    halves = np.array([(j % 16) | ((15 - j % 16) << 4) for j in range(16)], np.uint8)
    row = unpack(np.concatenate([scale, halves])[None])[0]
    assert row.shape == (BLOCK,)
    assert row[:16].tolist() == [(j - 8) * 0.5 for j in range(16)]
    assert row[16:].tolist() == [(7 - j) * 0.5 for j in range(16)]


def test_rows_keep_their_order() -> None:
    blocks = np.zeros((3, 2 * BLOCK_BYTES), np.uint8)
    blocks[1, :2] = np.array([1.0], np.float16).view(np.uint8)
    floats = unpack(blocks)
    assert floats.shape == (3, 64)
    assert (floats[1, :32] == -8.0).all()
    assert (floats[[0, 2]] == 0).all() and (floats[1, 32:] == 0).all()


@given(st.integers(0, 2**32 - 1), st.floats(1e-3, 50))
def test_seven_bits_are_within_half_a_step(seed: int, size: float) -> None:
    weights = np.random.default_rng(seed).normal(0, size, (16, 5)).astype(np.float32)
    whole, scales = to_seven_bits(weights)
    assert np.abs(whole).max() <= 63
    assert (np.abs(whole * scales - weights) <= scales / 2 + 1e-5 * size).all()


def test_a_column_of_zeros_stays_zero() -> None:
    whole, scales = to_seven_bits(np.zeros((4, 2), np.float32))
    assert (whole == 0).all() and np.isfinite(scales).all()
