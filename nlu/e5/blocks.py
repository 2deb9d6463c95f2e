"""Weights in blocks of four bits, as ggml's format Q4_0 has them, and in eight bits as onnxruntime multiplies them.

A block is 32 weights: a scale (float16) and 16 bytes. Byte j holds weight j in its low half and weight j + 16 in its
high half; a weight is (half - 8) * scale. Source: https://github.com/ggml-org/ggml (ggml-quants.c).
"""

import numpy as np
from numpy.typing import NDArray

from nlu.encoder import Matrix

BLOCK = 32
BLOCK_BYTES = 18

# Seven bits, not eight: on processors without VNNI the sum of two products of eight bits overflows.
_MOST = 63.0


def unpack(blocks: NDArray[np.uint8]) -> Matrix:
    """Floats from blocks. `blocks` has shape (rows, bytes); the answer (rows, bytes / 18 * 32)."""
    rows = blocks.reshape(len(blocks), -1, BLOCK_BYTES)
    scales = np.ascontiguousarray(rows[..., :2]).view(np.float16).astype(np.float32)
    halves = np.concatenate([rows[..., 2:] & 15, rows[..., 2:] >> 4], axis=-1).astype(np.float32)
    return np.asarray(((halves - 8.0) * scales).reshape(len(blocks), -1))


def to_seven_bits(weights: Matrix) -> tuple[NDArray[np.int8], Matrix]:
    """`weights` (inputs, outputs) as whole numbers from -63 to 63, and the scale of each output column."""
    scales = np.maximum(np.abs(weights).max(axis=0), 1e-9) / _MOST
    return np.rint(weights / scales).astype(np.int8), scales.astype(np.float32)
