"""Make the files that ship from trained weights: ONNX in 8 bits, the vocabulary, and a table of what is known of them.

    python -m training.ship --weights training/runs/tagger/tagger.pt
    python -m training.ship --attitude training/runs/attitude/attitude.pt

Weights are stored per channel in 7 of the 8 bits: processors without instructions for neural networks add pairs of
products in 16 bits, which full 8-bit weights overflow, and the same document must come out the same on all of them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from bench.articles import SHARED
from purport.analyse.models.linking import WIDTH
from training.attitude import Attitude, settled, splits
from training.data import LABELS
from training.model import VECTORS, Encoder, Layer, Tagger, shipped_before, tokenizer, vocabulary

MODELS = Path(__file__).parents[1] / "purport" / "models"
NAMED = 64
"""Numbers that tell what a piece of a name is like."""
STATES = (3, 5, 2, 4)
"""Layers whose outcome goes out as it is, in this order, for the ranker; the first has number 0."""


MICROSOFT = "com.microsoft"
"""The name of onnxruntime's own operators: attention, and sums that end in a norm or a GELU, in one step each."""


class _Graph:
    """Nodes and constants as they are put together."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: Tensor) -> str:
        self.constants.append(numpy_helper.from_array(value.detach().numpy(), name))
        return name

    def node(self, kind: str, *inputs: str, into: str = "", own: bool = False, **attributes: object) -> str:
        """Add an operator, onnxruntime's `own` or a standard one, and give the name of what comes out."""
        into = into or f"{kind}.{len(self.nodes)}"
        self.nodes.append(
            helper.make_node(kind, inputs, [into], name=into, domain=MICROSOFT if own else None, **attributes)
        )
        return into

    def linear(self, x: str, name: str, layer: nn.Linear) -> tuple[str, str]:
        """The product, and the name of what is still to be added."""
        weight = self.constant(f"{name}.weight", layer.weight.T.contiguous())
        return self.node("MatMul", x, weight), self.constant(f"{name}.bias", layer.bias)


def encoded(graph: _Graph, encoder: Encoder, *, rounded_words: bool = True) -> tuple[str, list[str]]:
    """Add the encoder, over the input `ids`; the names of its states and of those of each layer. The table of words has
    8 bits and a scale a word."""
    constant, node = graph.constant, graph.node
    table = encoder.words.weight.detach()
    scale = table.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
    if rounded_words:
        words = node("Gather", constant("words", torch.round(table / scale).to(torch.int8)), "ids")
        words = node("Mul", node("Cast", words, to=TensorProto.FLOAT), node("Gather", constant("scales", scale), "ids"))
    else:
        words = node("Gather", constant("words", table), "ids")
    numbers = {name: constant(name, torch.tensor([n])) for name, n in (("zero", 0), ("one", 1), ("two", 2))}
    length = node("Slice", node("Shape", "ids"), numbers["one"], numbers["two"])
    places = constant("positions", encoder.positions.weight + encoder.kind)
    places = node("Slice", places, numbers["zero"], length, numbers["zero"])
    norm = (constant("norm.weight", encoder.norm.weight), constant("norm.bias", encoder.norm.bias))
    x = node("LayerNormalization", node("Add", words, places), *norm, axis=-1, epsilon=1e-12)
    kept: list[str] = []
    for number, layer in enumerate(encoder.layers):
        assert isinstance(layer, Layer)
        name = f"layer{number}"
        parts = (layer.query, layer.key, layer.value)
        weight = constant(f"{name}.attention.weight", torch.cat([part.weight for part in parts]).T.contiguous())
        bias = constant(f"{name}.attention.bias", torch.cat([part.bias for part in parts]))
        mixed = node("Attention", x, weight, bias, own=True, num_heads=layer.heads)
        for last, before, own in ((layer.out, mixed, layer.out_norm), (layer.down, "", layer.down_norm)):
            which = f"{name}.{'out' if before else 'down'}"
            if not before:
                before = node("BiasGelu", *graph.linear(x, f"{name}.up", layer.up), own=True)
            product, bias = graph.linear(before, which, last)
            norm = (constant(f"{which}.norm.weight", own.weight), constant(f"{which}.norm.bias", own.bias))
            # Two sums and a norm: on a processor the fused "SkipLayerNormalization" takes three times as long.
            sum_ = node("Add", node("Add", product, x), bias)
            x = node("LayerNormalization", sum_, *norm, axis=-1, epsilon=1e-12)
        kept.append(x)
    return x, kept


def saved(
    graph: _Graph, name: str, inputs: dict[str, list[int | str]], outputs: dict[str, list[int | str]], path: Path
) -> None:
    """Write the graph as ONNX, with the shapes of what goes in (integers) and comes out."""
    whole = helper.make_graph(
        graph.nodes,
        name,
        [helper.make_tensor_value_info(n, TensorProto.INT64, shape) for n, shape in inputs.items()],
        [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, shape in outputs.items()],
        graph.constants,
    )
    versions = [helper.make_opsetid("", 20), helper.make_opsetid(MICROSOFT, 1)]
    onnx.save(helper.make_model(whole, opset_imports=versions, ir_version=10), path)


def exported(tagger: Tagger, path: Path, *, rounded_words: bool = True) -> None:
    """Write the tagger as ONNX: all in single precision but the table of words."""
    graph = _Graph()
    x, layers = encoded(graph, tagger, rounded_words=rounded_words)
    graph.node("Concat", *(layers[number] for number in STATES), into="states", axis=-1)
    for name, head in (("scores", tagger.tags), ("vectors", tagger.vectors), ("reality", tagger.reality)):
        graph.node("Add", *graph.linear(x, name, head), into=name)
    shapes = {
        "scores": len(LABELS),
        "vectors": VECTORS * WIDTH,
        "reality": 1,
        "states": len(STATES) * tagger.words.embedding_dim,
    }
    saved(graph, "tagger", {"ids": [1, "length"]}, {name: [1, "length", size] for name, size in shapes.items()}, path)


def exported_attitude(attitude: Attitude, path: Path) -> None:
    """Write the network for attitudes as ONNX. Into it go ids and the two `places` of the actors (twice the same where
    there is one); out come the scores that each favours or opposes the other, that neither does, and of tones."""
    graph = _Graph()
    node = graph.node
    x, _ = encoded(graph, attitude)
    own = node("Gather", x, "places", axis=1)
    other = node("Gather", own, graph.constant("turned", torch.tensor([1, 0])), axis=1)
    whole = node("Gather", x, graph.constant("begin", torch.tensor([0, 0])), axis=1)
    joined = {
        "pair": (own, other, node("Mul", own, other), whole),
        "none": (node("Add", own, other), whole),
        "tone": (own, whole),
    }
    for name, parts in joined.items():
        into, out = getattr(attitude, f"{name}_in"), getattr(attitude, f"{name}_out")
        hidden = graph.linear(node("Concat", *parts, axis=-1), f"{name}.in", into)
        graph.node("Add", *graph.linear(node("BiasGelu", *hidden, own=True), f"{name}.out", out), into=name)
    saved(
        graph,
        "attitude",
        {"ids": [1, "length"], "places": [2]},
        {"pair": [1, 2, 2], "none": [1, 2, 1], "tone": [1, 2, 3]},
        path,
    )


def rounded(whole: Path, into: Path) -> None:
    """The network with its products in 8 bits, per channel and in 7 of them."""
    quantize_dynamic(
        whole,
        into,
        op_types_to_quantize=["MatMul", "Attention"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
    into.write_bytes(onnx.load(into).SerializeToString(deterministic=True))


def shipped_attitude(attitude: Attitude, folder: Path, told: Mapping[str, object]) -> None:
    """Write `attitude.onnx` and `attitude.json` into `folder`, with what is `told` of its scores."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        exported_attitude(attitude, Path(name) / "whole.onnx")
        rounded(Path(name) / "whole.onnx", folder / "attitude.onnx")
    digest = hashlib.sha256((folder / "attitude.onnx").read_bytes()).hexdigest()
    about = {"sha256": {"attitude.onnx": digest}, **told}
    (folder / "attitude.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def named(words: Tensor, path: Path) -> None:
    """Write what each word piece is like by itself: the `NAMED` directions in which the table of words varies most, in
    8 bits and a scale for each. The encoder is shown no names; who is who is told by these too."""
    flat = words - words.mean(0)
    _, _, ways = torch.linalg.svd(flat, full_matrices=False)
    found = flat @ ways[:NAMED].T
    found = found / found.std()
    scale = found.abs().amax(0) / 127
    pieces = torch.round(found / scale).to(torch.int8).numpy()
    np.savez_compressed(path, allow_pickle=False, pieces=pieces, scale=scale.numpy().astype(np.float32))


def shipped(tagger: Tagger, folder: Path) -> None:
    """Write `tagger.onnx`, `vocabulary.txt` and `tagger.json` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        whole = Path(name) / "whole.onnx"
        exported(tagger, whole)
        rounded(whole, folder / "tagger.onnx")
    named(tagger.words.weight.detach(), folder / "names.npz")
    (folder / "vocabulary.txt").write_text("\n".join(vocabulary()), encoding="utf-8")
    kept = folder / "tagger.json"
    told = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    told["sha256"] = {
        file: hashlib.sha256((folder / file).read_bytes()).hexdigest()
        for file in ("tagger.onnx", "vocabulary.txt", "names.npz")
    }
    told["links"] = {
        name: [[round(x, 5) for x in row] if isinstance(row, list) else round(row, 5) for row in values.tolist()]
        for name in ("nobody", "no_bias", "by_distance", "by_block", "by_rivals")
        for values in (getattr(tagger, name).detach(),)
    }
    kept.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def tagger_before(path: Path | None) -> dict[str, torch.Tensor] | None:
    """The weights of an earlier tagger, of a file that ships (`.onnx`) or of training (`.pt`)."""
    if path is None:
        return None
    if path.suffix == ".onnx":
        state: dict[str, torch.Tensor] = shipped_before(path).state_dict()
        return state
    told: dict[str, torch.Tensor] = torch.load(path, weights_only=True)
    return told


def mean(every: Sequence[Mapping[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of weights of one origin."""
    return {name: torch.stack([one[name] for one in every]).mean(0) for name in every[0]}


def between(
    before: Mapping[str, torch.Tensor] | None, after: Mapping[str, torch.Tensor], share: float
) -> dict[str, torch.Tensor]:
    """Weights that lie between two of one origin, `share` of the way to the second: they keep what the first knew of
    its work and have most of what the second learned besides (Wortsman et al. 2022)."""
    if before is None:
        return dict(after)
    return {name: (1 - share) * values + share * after[name] for name, values in before.items()}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--weights", type=Path, nargs="+", help="what training.train wrote (tagger.pt), of several their mean"
    )
    parser.add_argument("--before", type=Path, help="an earlier tagger: what ships lies between it and --weights")
    parser.add_argument("--share", type=float, default=0.5, help="how far on the way from --before to --weights")
    parser.add_argument("--attitude", type=Path, help="what training.attitude wrote (attitude.pt)")
    parser.add_argument("--stance", type=Path, default=SHARED / "stance", help="folder that holds dse and newsmtsc")
    parser.add_argument("--models", type=Path, default=MODELS)
    told = parser.parse_args()
    if told.weights is not None:
        tagger = Tagger()
        after = mean([torch.load(path, weights_only=True) for path in told.weights])
        tagger.load_state_dict(between(tagger_before(told.before), after, told.share))
        shipped(tagger, told.models)
    if told.attitude is not None:
        attitude = Attitude()
        weights = torch.load(told.attitude, weights_only=True)
        attitude.load_state_dict(weights.get("averaged", weights))
        attitude.eval()
        pairs, tones = splits(told.stance, tokenizer())
        shipped_attitude(attitude, told.models, settled(attitude, pairs.tuned, tones.tuned))
    for path in sorted(told.models.iterdir()):
        print(f"{path.name}: {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
