"""What 8 bits cost: the figures of the shipped model beside those of the same weights in single precision.

    python -m training.rounding --weights training/runs/tagger/tagger.pt --gold ../shared/data/polnear/dev

Exit status 1 where relation F1 falls by more than half a point.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import torch
from onnxruntime import InferenceSession

from purport.analyse.models import tagger
from purport.analyse.parser.english import cut, parse
from purport.evaluate import read_gold
from purport.model.document import Document
from purport.read.files import read_bytes
from training.model import Tagger
from training.ship import exported
from training.tune import judged

MOST = 0.005
"""Relation F1 that rounding may cost."""


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--weights", type=Path, required=True, help="what training wrote (tagger.pt)")
    parser.add_argument("--gold", type=Path, required=True)
    told = parser.parse_args()
    shipped = tagger.model()
    assert shipped is not None, "no model ships"
    whole = Tagger()
    whole.load_state_dict(torch.load(told.weights, weights_only=True))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "whole.onnx"
        exported(whole, path, rounded_words=False)
        models = {"8 bits": shipped, "32 bits": replace(shipped, session=InferenceSession(path))}
    gold = read_gold(told.gold)
    documents = [next(iter(read_bytes(one.text.encode(), f"{one.name}.txt"))) for one in gold]
    parsed = [parse(one, tagger=False) for one in documents if isinstance(one, Document)]
    relation: dict[str, float] = {}
    for name, model in models.items():
        tagged = (
            (
                one,
                replace(
                    own, tagged=tagger.read_by(model, cut(own.document, model.tokenizer, names=model.names is None))
                ),
            )
            for one, own in zip(gold, parsed, strict=True)
        )
        figures = judged(tagged)
        relation[name] = figures["relation"]
        print(f"{name}: " + ", ".join(f"{figure} {f1:.4f}" for figure, f1 in figures.items()), flush=True)
    lost = relation["32 bits"] - relation["8 bits"]
    print(f"relation F1 lost in 8 bits: {lost:.4f} (at most {MOST})")
    return 1 if lost > MOST else 0


if __name__ == "__main__":
    sys.exit(main())
