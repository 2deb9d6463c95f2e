"""The pruned base of the encoder, as data/encoder/ holds it, and adapters that tune it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nlu.encoder import EncoderMissing, Matrix

FOLDER = Path(__file__).parents[2] / "data" / "encoder"
BASE_FILE, PIECES_FILE, GRAPH_FILE = "base.npz", "pieces.model", "graph.onnx"
ADAPTER_FILE, HELD_OUT_ADAPTER_FILE = "adapter.npz", "adapter-held-out.npz"
TUNED_PARTS = ("q", "v", "fi", "fo")
_NORMS = ("ln1", "ln2")


@dataclass(frozen=True, slots=True)
class Base:
    """The weights as they lie on disk: matrices (outputs, bytes) in blocks of four bits, the rest floats."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    arrays: Mapping[str, Any]

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "Base":
        """Raises EncoderMissing when the file is not there or not whole."""
        path = folder / BASE_FILE
        try:
            with np.load(path, allow_pickle=False) as kept:
                arrays = {name: kept[name] for name in kept.files}
            hidden, layers, heads, feed_forward = (int(number) for number in arrays["sizes"])
            return cls(hidden, layers, heads, feed_forward, arrays)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EncoderMissing(f"{path}: cannot be read ({type(error).__name__})") from error


@dataclass(frozen=True, slots=True)
class Adapter:
    """A low-rank change of the base (LoRA, https://arxiv.org/abs/2106.09685): `down` (rank, inputs) and `up` (outputs,
    rank, the scale already in it) by the name of the matrix, as in `l3.q`. `name` is of its contents."""

    name: str
    down: Mapping[str, Matrix]
    up: Mapping[str, Matrix]

    @classmethod
    def load(cls, path: Path) -> "Adapter":
        """Raises EncoderMissing when the file is not there or not whole."""
        try:
            raw = path.read_bytes()
            with np.load(path, allow_pickle=False) as kept:
                down = {name[:-5]: kept[name].astype(np.float32) for name in kept.files if name.endswith(".down")}
                up = {name: kept[f"{name}.up"].astype(np.float32) for name in down}
        except (OSError, ValueError, KeyError) as error:
            raise EncoderMissing(f"{path}: cannot be read ({type(error).__name__}). Run 'make tune'.") from error
        return cls(hashlib.sha256(raw).hexdigest()[:12], down, up)

    def save(self, path: Path) -> None:
        """Half precision, about a megabyte."""
        arrays: dict[str, Any] = {f"{name}.down": rows.astype(np.float16) for name, rows in self.down.items()}
        arrays |= {f"{name}.up": rows.astype(np.float16) for name, rows in self.up.items()}
        unfinished = path.with_suffix(".new.npz")
        np.savez(unfinished, **arrays)
        unfinished.replace(path)

    def change(self, name: str) -> Matrix | None:
        """What is added to the matrix `name`, shape (outputs, inputs); None where it is left as it is."""
        return self.up[name] @ self.down[name] if name in self.down else None


def norm_names(base: Base) -> list[str]:
    """The names of the layer norms, as in `l3.ln1`."""
    return ["ln", *(f"l{layer}.{norm}" for layer in range(base.layers) for norm in _NORMS)]
