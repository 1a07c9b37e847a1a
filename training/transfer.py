"""How well attribution carries over to a publisher that training never saw.

    python -m training.transfer --gold ../shared/data/polnear/train --dev ../shared/data/polnear/dev

Trains once for each publisher without its articles, on a share of the rest and for one epoch, and judges every such
model on articles of every publisher. What a publisher loses is relation F1 by the model that never saw it against the
mean by those that did, on the same articles: all of `--dev`, and as many again that were held out of training.
Begun again it goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import torch
from onnxruntime import InferenceSession

from purport.analyse.models import tagger
from purport.analyse.parser.english import cut, parse
from purport.evaluate import Gold, read_gold
from purport.model.analysis import Analysis
from purport.model.document import Document
from purport.read.files import read_bytes
from training.data import articles
from training.model import Tagger, tokenizer
from training.ship import exported
from training.tune import judged

Judged = Mapping[str, Mapping[str, float]]
"""For each publisher each figure's F1."""


def chosen(gold: Path, dev: Path, share: float) -> list[Gold]:
    """All articles of `dev`, and of each publisher as many of those in `gold` that training leaves out."""
    found = read_gold(dev)
    left: dict[str, int] = {}
    for one in found:
        left[publisher(one)] = left.get(publisher(one), 0) + 1
    for article in articles(gold, tokenizer()):
        if article.held_out(share) and left.get(article.publisher, 0) > 0:
            left[article.publisher] -= 1
            found.append(article.gold)
    return found


def publisher(one: Gold) -> str:
    """What stands before the first underscore of its name."""
    return one.name.split("_")[0]


def judge(weights: Path, parsed: list[tuple[Gold, Analysis]]) -> dict[str, dict[str, float]]:
    """What a model makes of each publisher's articles, without rounding."""
    shipped = tagger.model()
    assert shipped is not None, "no model ships"
    whole = Tagger()
    whole.load_state_dict(torch.load(weights, weights_only=True))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "whole.onnx"
        exported(whole, path, rounded_words=False)
        model = replace(shipped, session=InferenceSession(path))
    tagged = [
        (one, replace(own, tagged=tagger.read_by(model, cut(own.document, model.tokenizer, names=model.names is None))))
        for one, own in parsed
    ]
    names = sorted({publisher(one) for one, _ in tagged})
    return {name: dict(judged(one for one in tagged if publisher(one[0]) == name)) for name in names}


def table(by_model: Mapping[str, Judged], figure: str) -> str:
    """One line a publisher: the figure by models that saw it, by the one that did not, and the difference."""
    lines = ["publisher        seen  unseen    lost"]
    rows = []
    for name in sorted(by_model):
        seen = fmean(told[name][figure] for other, told in by_model.items() if other != name)
        unseen = by_model[name][name][figure]
        rows.append((seen, unseen))
        lines.append(f"{name:14} {seen:6.3f}  {unseen:6.3f}  {seen - unseen:6.3f}")
    seen, unseen = (fmean(row[n] for row in rows) for n in (0, 1))
    lines.append(f"{'mean':14} {seen:6.3f}  {unseen:6.3f}  {seen - unseen:6.3f}")
    return "\n".join(lines)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("training/runs/transfer"))
    parser.add_argument("--held", type=float, default=0.65, help="share of the articles that training leaves out")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    told = parser.parse_args()
    gold = chosen(told.gold, told.dev, told.held)
    by_model: dict[str, Judged] = {}
    parsed: list[tuple[Gold, Analysis]] = []
    for name in sorted({publisher(one) for one in gold}):
        out = told.out / name
        if not (out / "tagger.pt").exists():
            subprocess.run(
                [sys.executable, "-m", "training.train", "--gold", told.gold, "--out", out, "--without", name,
                 "--held", str(told.held), "--epochs", str(told.epochs), "--threads", str(told.threads),
                 "--unjudged"],
                check=True,
            )  # fmt: skip
        kept = out / "judged.json"
        if not kept.exists():
            if not parsed:
                read = ((one, next(iter(read_bytes(one.text.encode(), f"{one.name}.txt")))) for one in gold)
                parsed = [(one, parse(own, tagger=False)) for one, own in read if isinstance(own, Document)]
            kept.write_text(json.dumps(judge(out / "tagger.pt", parsed)), encoding="utf-8")
        by_model[name] = json.loads(kept.read_text(encoding="utf-8"))
    for figure in next(iter(next(iter(by_model.values())).values())):
        print(f"{figure} F1, {len(gold)} articles\n{table(by_model, figure)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
