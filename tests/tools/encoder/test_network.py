"""The network that is tuned is the encoder that is shipped. Only where PyTorch is installed (`make tune`)."""

import numpy as np
import pytest
import sentencepiece

from nlu.e5.base import ADAPTER_FILE, FOLDER, PIECES_FILE, Adapter, Base
from nlu.e5.encoder import E5Encoder

torch = pytest.importorskip("torch", reason="PyTorch is installed by make tune alone")


def test_the_same_vectors_as_the_encoder() -> None:
    from tools.encoder.network import Network

    texts = ["hur får jag bankid", "swish", "jag kommer inte in på försäkringskassan för bank id säger fel"]
    cutter = sentencepiece.SentencePieceProcessor(model_proto=(FOLDER / PIECES_FILE).read_bytes())
    network = Network(Base.load(), labels=3).eval()
    with torch.no_grad():
        pooled = network.pooled([[0, *cutter.encode(text), 2] for text in texts]).numpy()
    rows = E5Encoder.load(None).encode(texts)
    cosines = (pooled / np.linalg.norm(pooled, axis=1, keepdims=True) * rows).sum(axis=1)
    assert cosines.min() > 0.99, "but for the seven bits of the shipped one"


def test_what_is_learnt_becomes_an_adapter() -> None:
    from tools.encoder.network import Network

    network = Network(Base.load(), labels=3, rank=4, scale=2.0)
    assert np.allclose(network.adapter().change("l0.q"), 0), "nothing is changed before anything is learnt"
    with torch.no_grad():
        network.layers[0].q.up += 1.0
    change = network.adapter().change("l0.q")
    assert change is not None and np.allclose(
        change, 2.0 * (network.layers[0].q.up @ network.layers[0].q.down).detach().numpy(), atol=1e-5
    )


def test_one_goes_on_from_an_adapter() -> None:
    from tools.encoder.network import Network

    adapter = Adapter.load(FOLDER / ADAPTER_FILE)
    network = Network(Base.load(), labels=3, rank=8, scale=2.0)
    network.begin_from(adapter)
    begun = network.adapter()
    for name in ("l0.q", "l3.fo"):
        change, kept = begun.change(name), adapter.change(name)
        assert change is not None and kept is not None and np.allclose(change, kept, atol=1e-5)
    with pytest.raises(ValueError, match="give --rank 8"):
        Network(Base.load(), labels=3, rank=4).begin_from(adapter)
