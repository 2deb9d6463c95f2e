"""The shipped encoder, as it is without and with its adapter."""

from pathlib import Path

import numpy as np
import pytest

from nlu.e5.base import ADAPTER_FILE, FOLDER, Adapter, Base
from nlu.e5.encoder import E5Encoder
from nlu.encoder import LONGEST, EncoderMissing


@pytest.fixture(scope="module", params=[None, FOLDER / ADAPTER_FILE], ids=["base", "tuned"])
def encoder(request: pytest.FixtureRequest) -> E5Encoder:
    return E5Encoder.load(request.param)


def test_unit_rows(encoder: E5Encoder) -> None:
    rows = encoder.encode(["hur får jag bankid", "vad blir det för väder"])
    assert rows.shape == (2, encoder.size) == (2, 384)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-3)


def test_near_in_meaning_is_near(encoder: E5Encoder) -> None:
    ask, same, other = encoder.encode(["hur får jag bankid", "How do I get BankID?", "receptet på pannkakor"])
    assert ask @ same > ask @ other


def test_takes_any_text(encoder: E5Encoder) -> None:
    rows = encoder.encode(["", "\ud800", "a\x00b", "😀" * 1600, "x" * (LONGEST * 50), "漢字"])
    assert np.isfinite(rows).all()
    assert encoder.encode([]).shape == (0, encoder.size)


def test_a_text_is_read_alike_alone_and_among_others(encoder: E5Encoder) -> None:
    texts = ["swish", "jag kommer inte in på försäkringskassan för bank id säger fel"]
    assert np.allclose(encoder.encode(texts)[1], encoder.encode(texts[1:])[0])


def test_the_languages_have_pieces_of_their_own(encoder: E5Encoder) -> None:
    """Pruning left the alphabets of the languages that residents write in: two words of one are two vectors."""
    for one, other in (
        ("помогите", "спасибо"),
        ("مرحبا", "بنك"),
        ("سلام", "ممنون"),
        ("kiitos", "apua"),
        ("pomocy", "dzień"),
    ):
        first, second = encoder.encode([one, other])
        assert first @ second < 0.99


def test_the_adapter_changes_the_vectors_and_the_name() -> None:
    base, tuned = E5Encoder.load(None), E5Encoder.load(FOLDER / ADAPTER_FILE)
    assert base.name != tuned.name
    assert base.encode(["swish"])[0] @ tuned.encode(["swish"])[0] < 0.999


def test_an_adapter_is_kept_in_half_precision(tmp_path: Path) -> None:
    adapter = Adapter.load(FOLDER / ADAPTER_FILE)
    adapter.save(tmp_path / "again.npz")
    again = Adapter.load(tmp_path / "again.npz")
    change, kept = adapter.change("l0.q"), again.change("l0.q")
    assert change is not None and kept is not None and np.allclose(change, kept, atol=1e-4)
    assert adapter.change("l0.k") is None, "keys are not tuned"


@pytest.mark.parametrize("missing", ["base.npz", "pieces.model", "graph.onnx"])
def test_a_missing_file_is_said(tmp_path: Path, missing: str) -> None:
    for name in ("base.npz", "pieces.model", "graph.onnx"):
        if name != missing:
            (tmp_path / name).symlink_to(FOLDER / name)
    with pytest.raises(EncoderMissing, match="cannot be read"):
        E5Encoder.load(None, tmp_path)


def test_a_broken_adapter_is_said(tmp_path: Path) -> None:
    (tmp_path / "adapter.npz").write_bytes(b"broken")
    with pytest.raises(EncoderMissing, match="make tune"):
        E5Encoder.load(tmp_path / "adapter.npz")


def test_the_base_is_the_small_one() -> None:
    base = Base.load()
    assert (base.hidden, base.layers, base.heads, base.feed_forward) == (384, 12, 12, 1536)
    assert 50_000 < len(base.arrays["pieces"]) < 100_000
