"""Make the files that ship from trained weights: ONNX in 8 bits, the vocabulary, and a table of what is known of them.

    python -m training.ship --weights training/runs/tagger/tagger.pt

Weights are stored per channel in 7 of the 8 bits: processors without instructions for neural networks add pairs of
products in 16 bits, which full 8-bit weights overflow, and the same document must come out the same on all of them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.model import Tagger, vocabulary

MODELS = Path(__file__).parents[1] / "purport" / "models"


class _Whole(nn.Module):
    """The tagger as it is exported: no mask, since one window is read at a time."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        scores, vectors = self.tagger(ids)
        return scores, vectors


def exported(tagger: Tagger, path: Path) -> None:
    """Write the tagger as ONNX in single precision."""
    ids = torch.randint(1000, 20000, (1, 120))
    length = torch.export.Dim("length", min=2, max=512)
    program = torch.onnx.export(
        _Whole(tagger.eval()),
        (ids,),
        input_names=["ids"],
        output_names=["scores", "vectors"],
        dynamic_shapes={"ids": {1: length}},
        dynamo=True,
        optimize=True,
    )
    assert program is not None
    program.save(str(path))


def shipped(tagger: Tagger, folder: Path) -> None:
    """Write `tagger.onnx`, `vocabulary.txt` and `tagger.json` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        whole = Path(name) / "whole.onnx"
        exported(tagger, whole)
        quantize_dynamic(
            whole, folder / "tagger.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )
    network = onnx.load(folder / "tagger.onnx")
    network.doc_string = ""
    for node in network.graph.node:
        # Where the exporter stood in its own code is nobody's business and would make the file differ by machine.
        del node.metadata_props[:]
        node.doc_string = ""
    for value in (*network.graph.value_info, *network.graph.input, *network.graph.output):
        del value.metadata_props[:]
    (folder / "tagger.onnx").write_bytes(network.SerializeToString(deterministic=True))
    (folder / "vocabulary.txt").write_text("\n".join(vocabulary()), encoding="utf-8")
    kept = folder / "tagger.json"
    told = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    told["sha256"] = {
        file: hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in ("tagger.onnx", "vocabulary.txt")
    }
    told["links"] = {
        name: [[round(x, 5) for x in row] if isinstance(row, list) else round(row, 5) for row in values.tolist()]
        for name in ("nobody", "no_bias", "by_distance", "by_block", "by_rivals")
        for values in (getattr(tagger, name).detach(),)
    }
    kept.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--weights", type=Path, required=True, help="what training wrote (tagger.pt)")
    parser.add_argument("--models", type=Path, default=MODELS)
    told = parser.parse_args()
    tagger = Tagger()
    weights = torch.load(told.weights, weights_only=True)
    tagger.load_state_dict(weights.get("averaged", weights))
    shipped(tagger, told.models)
    for path in sorted(told.models.iterdir()):
        print(f"{path.name}: {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
