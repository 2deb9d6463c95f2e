"""multilingual-e5-small, pruned to our languages and tuned on our intents, run by onnxruntime."""

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from nlu.e5.base import FOLDER, GRAPH_FILE, PIECES_FILE, Adapter, Base, norm_names
from nlu.e5.blocks import to_seven_bits, unpack
from nlu.encoder import LONGEST, EncoderMissing, Matrix
from nlu.normalise import clean

_BEGIN, _END = 0, 2
# The matrices of a layer by their name in the graph; query, key and value are multiplied in one go.
_TOGETHER = {"qkv": ("q", "k", "v"), "o": ("o",), "fi": ("fi",), "fo": ("fo",)}


class E5Encoder:
    """Vectors with the mean taken away and of length one. One thread a call; safe to call from several threads at once."""

    def __init__(self, base: Base, adapter: Adapter | None, pieces: Any, session: Any) -> None:
        self._pieces = pieces
        self._session = session
        self._vectors = base.arrays["pieces"]
        self._places = base.arrays["places"].astype(np.float32)
        self._size = base.hidden
        self._name = f"e5-{adapter.name if adapter else 'base'}"

    @classmethod
    def load(cls, adapter: Path | None, folder: Path = FOLDER) -> "E5Encoder":
        """The base in `folder` with the adapter of that file, or as it is. Raises EncoderMissing when a file or a package
        is not there."""
        try:
            runtime = importlib.import_module("onnxruntime")
            cutter = importlib.import_module("sentencepiece")
        except ImportError as error:
            raise EncoderMissing(f"{error.name or 'a package'} cannot be used here ({error})") from error
        base = Base.load(folder)
        tuned = None if adapter is None else Adapter.load(adapter)
        try:
            pieces = cutter.SentencePieceProcessor(model_proto=(folder / PIECES_FILE).read_bytes())
            graph = (folder / GRAPH_FILE).read_bytes()
        except (OSError, RuntimeError) as error:
            raise EncoderMissing(f"{folder}: cannot be read ({type(error).__name__})") from error
        return cls(base, tuned, pieces, _session(runtime, graph, base, tuned))

    @property
    def name(self) -> str:
        return self._name

    @property
    def size(self) -> int:
        return self._size

    def encode(self, texts: Sequence[str]) -> Matrix:
        if not texts:
            return np.empty((0, self._size), np.float32)
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Matrix:
        pieces = [_BEGIN, *self._pieces.encode(clean(text)[:LONGEST])[: len(self._places) - 2], _END]
        rows = unpack(self._vectors[pieces]) + self._places[: len(pieces)]
        mask = np.ones((1, len(pieces)), np.int32)
        pooled = self._session.run(["pooled"], {"x": rows[None], "mask": mask})[0][0]
        pooled -= pooled.mean()
        return np.asarray(pooled / (np.linalg.norm(pooled) + 1e-9), dtype=np.float32)


def _session(runtime: Any, graph: bytes, base: Base, adapter: Adapter | None) -> Any:
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    weights = _weights(base, adapter)
    values = [runtime.OrtValue.ortvalue_from_numpy(array) for array in weights.values()]
    options.add_external_initializers(list(weights), values)
    return runtime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _weights(base: Base, adapter: Adapter | None) -> dict[str, Any]:
    """The graph's weights: matrices with the adapter's change in them, in whole numbers; norms and biases as they are."""
    weights: dict[str, Any] = {}
    for layer in range(base.layers):
        for target, parts in _TOGETHER.items():
            names = [f"l{layer}.{part}" for part in parts]
            whole, scales = to_seven_bits(np.concatenate([_tuned(base, adapter, name) for name in names]).T)
            weights[f"l{layer}.{target}.w"] = np.ascontiguousarray(whole)
            weights[f"l{layer}.{target}.s"] = scales
            weights[f"l{layer}.{target}.b"] = np.concatenate([base.arrays[f"{name}.b"] for name in names])
    for name in norm_names(base):
        weights[f"{name}.w"], weights[f"{name}.b"] = base.arrays[f"{name}.w"], base.arrays[f"{name}.b"]
    return weights


def _tuned(base: Base, adapter: Adapter | None, name: str) -> Matrix:
    """The matrix `name` with its change, shape (outputs, inputs)."""
    matrix = unpack(base.arrays[f"{name}.w"])
    change = adapter.change(name) if adapter else None
    return matrix if change is None else matrix + change
