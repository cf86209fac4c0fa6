"""The classifier as a PyTorch module: the lower layers of multilingual-e5-small, and a head for signs and one for the whole.

BERT with post-layer-norm: the input is word + position + type, normalised; attention is scaled by the root of a head's width; GELU is
exact. The words' vectors stay as they were pretrained: what was learned of them in a hundred languages holds for words that no example
has, and they ship at 4 bits as they came.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

HIDDEN, HEADS, INNER = 384, 12, 1536
EPSILON = 1e-12


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.inner = nn.Linear(HIDDEN, INNER)
        self.outer = nn.Linear(INNER, HIDDEN)
        self.norm_attention = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.norm_out = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.dropout = dropout

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = states.shape
        qkv = self.qkv(states).view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], attn_mask=mask)
        attended = self.out(attended.transpose(1, 2).reshape(batch, length, HIDDEN))
        states = self.norm_attention(states + functional.dropout(attended, self.dropout, self.training))
        inner = self.outer(functional.gelu(self.inner(states)))
        return self.norm_out(states + functional.dropout(inner, self.dropout, self.training))


class Classifier(nn.Module):
    """Token vectors in, logits out: of each segment (its signs), of each token (what it adds to the whole), of the whole."""

    def __init__(self, layers: int, signs: int, whole: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.positions = nn.Embedding(512, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.signs = nn.Linear(2 * HIDDEN, signs)
        self.whole = nn.Linear(HIDDEN, whole)
        self.dropout = dropout

    def forward(self, words: Tensor, mask: Tensor, spans: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Args:
            words: (batch, tokens, HIDDEN), vectors of the pieces.
            mask: (batch, tokens), True where there is a token.
            spans: (batch, segments, tokens), each segment's tokens with weights that add up to 1; all 0 where there is none.

        Returns: logits (batch, segments, signs), (batch, segments, whole), what each segment alone adds to the whole, and (batch, whole).
        """
        length = words.shape[1]
        states = self.norm(words + self.positions.weight[:length] + self.kind)
        states = functional.dropout(states, self.dropout, self.training)
        attend = mask[:, None, None, :]
        for layer in self.layers:
            states = layer(states, attend)
        weights = mask.to(states.dtype)
        mean = (states * weights[..., None]).sum(1) / weights.sum(1, keepdim=True)
        segments = spans.to(states.dtype) @ states
        around = mean[:, None].expand(-1, segments.shape[1], -1)
        both = torch.cat([segments, around], -1)
        return (
            self.signs(functional.dropout(both, self.dropout, self.training)),
            self.whole(functional.dropout(segments, self.dropout, self.training)),
            self.whole(functional.dropout(mean, self.dropout, self.training)),
        )

    def load_pretrained(self, weights: Mapping[str, np.ndarray], keep: range) -> None:
        """Take over the layers of multilingual-e5-small named by `keep`, as `pretrained.py` reads them ([in, out] matrices)."""

        def put(into: Tensor, value: np.ndarray) -> None:
            into.data.copy_(torch.from_numpy(np.ascontiguousarray(value)).to(into.dtype))

        put(self.positions.weight, weights["pos"])
        put(self.kind, weights["type"])
        put(self.norm.weight, weights["lnw"])
        put(self.norm.bias, weights["lnb"])
        for layer, number in zip(self.layers, keep, strict=True):
            assert isinstance(layer, Layer)
            of = f"l{number}."
            put(layer.qkv.weight, np.concatenate([weights[of + s + "w"].T for s in "qkv"]))
            put(layer.qkv.bias, np.concatenate([weights[of + s + "b"] for s in "qkv"]))
            for linear, name in ((layer.out, "ao"), (layer.inner, "fi"), (layer.outer, "fo")):
                put(linear.weight, weights[f"{of}{name}w"].T)
                put(linear.bias, weights[f"{of}{name}b"])
            for norm, name in ((layer.norm_attention, "aln"), (layer.norm_out, "oln")):
                put(norm.weight, weights[f"{of}{name}w"])
                put(norm.bias, weights[f"{of}{name}b"])
