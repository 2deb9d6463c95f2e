"""The encoder in PyTorch, for tuning: the base frozen, low-rank changes (LoRA, https://arxiv.org/abs/2106.09685) learnt."""

import math
from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from nlu.e5.base import TUNED_PARTS, Adapter, Base
from nlu.e5.blocks import unpack

_EPSILON = 1e-12


class Linear(nn.Module):
    """y = W x + b, and with a rank + scale * up(down(x)). W and b are the base's and frozen."""

    def __init__(self, weight: Tensor, bias: Tensor, rank: int, scale: float) -> None:
        super().__init__()
        self.register_buffer("weight", weight)
        self.register_buffer("bias", bias)
        self.scale = scale
        outputs, inputs = weight.shape
        self.down = nn.Parameter(torch.randn(rank, inputs) / math.sqrt(inputs)) if rank else None
        self.up = nn.Parameter(torch.zeros(outputs, rank)) if rank else None

    def forward(self, x: Tensor) -> Tensor:
        y = functional.linear(x, self.weight, self.bias)
        if self.down is None or self.up is None:
            return y
        return y + functional.linear(functional.linear(x, self.down), self.up) * self.scale


class Layer(nn.Module):
    """Attention, then feed-forward, each with what came in added and a layer norm after it."""

    def __init__(self, base: Base, number: int, rank: int, scale: float, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = base.heads, dropout
        for part in ("q", "k", "v", "o", "fi", "fo"):
            name = f"l{number}.{part}"
            weight = torch.from_numpy(unpack(base.arrays[f"{name}.w"]))
            bias = torch.from_numpy(base.arrays[f"{name}.b"])
            self.add_module(part, Linear(weight, bias, rank if part in TUNED_PARTS else 0, scale))
        for norm in ("ln1", "ln2"):
            for kind in ("w", "b"):
                self.register_buffer(f"{norm}_{kind}", torch.from_numpy(base.arrays[f"l{number}.{norm}.{kind}"]))

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        texts, pieces, hidden = x.shape
        q, k, v = (getattr(self, part)(x).view(texts, pieces, self.heads, -1).transpose(1, 2) for part in "qkv")
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        out = self.o(seen.transpose(1, 2).reshape(texts, pieces, hidden))
        x = functional.layer_norm(x + self._drop(out), (hidden,), self.ln1_w, self.ln1_b, _EPSILON)
        inner = self._drop(self.fo(functional.gelu(self.fi(x))))
        return functional.layer_norm(x + inner, (hidden,), self.ln2_w, self.ln2_b, _EPSILON)

    def _drop(self, x: Tensor) -> Tensor:
        return functional.dropout(x, self.dropout, self.training)


class Network(nn.Module):
    """Scores of the labels for padded pieces. The head sees what Lotsen's classifier sees: the pooled vector, centred."""

    def __init__(self, base: Base, labels: int, rank: int = 8, scale: float = 2.0, dropout: float = 0.1) -> None:
        super().__init__()
        self.hidden = base.hidden
        self.rows = base.arrays["pieces"]
        self.register_buffer("places", torch.from_numpy(base.arrays["places"].astype(np.float32)))
        self.register_buffer("ln_w", torch.from_numpy(base.arrays["ln.w"]))
        self.register_buffer("ln_b", torch.from_numpy(base.arrays["ln.b"]))
        self.layers = nn.ModuleList(Layer(base, number, rank, scale, dropout) for number in range(base.layers))
        self.head = nn.Linear(base.hidden, labels)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, texts: list[list[int]]) -> Tensor:
        return self.head(self.pooled(texts))

    def pooled(self, texts: list[list[int]]) -> Tensor:
        """Shape (texts, hidden). `texts` are numbers of pieces, with begin and end."""
        longest = max(len(text) for text in texts)
        here = torch.zeros(len(texts), longest)
        numbers = np.ones((len(texts), longest), np.int64)
        for row, text in enumerate(texts):
            here[row, : len(text)] = 1.0
            numbers[row, : len(text)] = text
        vectors = unpack(self.rows[numbers.reshape(-1)]).reshape(len(texts), longest, self.hidden)
        x = torch.from_numpy(vectors) + self.places[:longest]
        x = functional.layer_norm(x, (self.hidden,), self.ln_w, self.ln_b, _EPSILON)
        mask = (here == 1.0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        mean = (x.float() * here[..., None]).sum(1) / here.sum(1, keepdim=True)
        return functional.layer_norm(mean, (self.hidden,))

    def learnt(self) -> Iterator[tuple[str, Linear]]:
        """The tuned matrices by their names in an adapter."""
        for number, layer in enumerate(self.layers):
            for part in TUNED_PARTS:
                yield f"l{number}.{part}", getattr(layer, part)

    def begin_from(self, adapter: Adapter) -> None:
        """What an adapter of the same rank has learnt; the head begins anew. Raises ValueError when it is of another rank."""
        for name, linear in self.learnt():
            down, up = torch.from_numpy(adapter.down[name]), torch.from_numpy(adapter.up[name])
            if linear.down is None or linear.up is None or down.shape != linear.down.shape:
                raise ValueError(f"{name}: the adapter has rank {down.shape[0]}; give --rank {down.shape[0]}")
            with torch.no_grad():
                linear.down.copy_(down)
                linear.up.copy_(up / linear.scale)

    def adapter(self) -> Adapter:
        """What was learnt, without the head."""
        down = {name: linear.down.detach().float().numpy() for name, linear in self.learnt()}
        up = {name: linear.up.detach().float().numpy() * linear.scale for name, linear in self.learnt()}
        return Adapter("unsaved", down, up)
