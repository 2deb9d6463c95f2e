"""The encoder's vectors of the training texts, kept between trainings since they are most of the time it takes."""

import hashlib
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from nlu.encoder import Encoder, Matrix

_KEPT = "vectors-*.npz"
_CHUNK = 50


def encode_with_cache(texts: Sequence[str], encoder: Encoder, folder: Path, workers: int) -> Matrix:
    """One row a text. Only texts that `folder` has no vector of are encoded, `workers` at a time."""
    keys = [hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() for text in texts]
    path = folder / f"vectors-{encoder.name}.npz"
    known = _read(path)
    missing = list({key: text for key, text in zip(keys, texts, strict=True) if key not in known}.items())
    chunks = [missing[at : at + _CHUNK] for at in range(0, len(missing), _CHUNK)]
    with ThreadPoolExecutor(workers) as pool:
        for chunk, rows in zip(
            chunks, pool.map(lambda part: encoder.encode([text for _, text in part]), chunks), strict=True
        ):
            known.update(zip((key for key, _ in chunk), rows, strict=True))
    wanted = dict.fromkeys(keys)
    if missing or len(known) != len(wanted):
        _write(path, {key: known[key] for key in wanted})
    return np.stack([known[key] for key in keys]).astype(np.float32)


def forget_others(folder: Path, names: Collection[str]) -> None:
    """Removes what is kept of encoders that are not among `names`."""
    for path in folder.glob(_KEPT):
        if path.stem.removeprefix("vectors-") not in names:
            path.unlink(missing_ok=True)


def _read(path: Path) -> dict[str, Matrix]:
    try:
        with np.load(path, allow_pickle=False) as kept:
            return dict(zip(kept["keys"].tolist(), kept["rows"], strict=True))
    except (OSError, ValueError, KeyError):
        return {}


def _write(path: Path, known: dict[str, Matrix]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new.npz")
    np.savez(unfinished, keys=np.array(list(known)), rows=np.stack(list(known.values())))
    unfinished.replace(path)
