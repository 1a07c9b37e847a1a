"""Settle what the shipped tagger needs beside its weights, on the articles that were held out of training.

    python -m training.tune --gold ../shared/data/polnear/train

Writes into `purport/models/tagger.json`: `steps`, what going from one label to the next adds (counted in the gold,
weighed so that relation F1 on the held-out articles is best), and `weights`, how evidence makes a confidence.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from purport.analyse import parse
from purport.analyse.models import tagger
from purport.evaluate import Gold, Pair, Places, read_gold, right, score
from purport.extract.attribution.confidence import NAMES
from purport.extract.attribution.find import settled, weighed
from purport.extract.attribution.forms import form_roles
from purport.extract.attribution.join import Joined, join
from purport.extract.attribution.quotations import quotations
from purport.extract.attribution.rules import find_roles
from purport.extract.attribution.tagged import LABELS
from purport.model.analysis import Analysis
from purport.model.document import Document
from purport.read.files import read_bytes
from training.data import Article, articles, labels
from training.model import tokenizer

ILLEGAL = -1000.0
Floats = NDArray[np.float64]


def counted(chosen: Sequence[Article]) -> Floats:
    """How often each label follows each, word by word within a block, half a time more than it was seen."""
    counts = np.full((LABELS, LABELS), 0.5)
    for article in chosen:
        words = np.flatnonzero(article.pieces.first)
        block = article.pieces.block[words]
        for marked in article.annotated:
            found = labels(len(article.pieces), marked)[words]
            for n, (one, other) in enumerate(pairwise(found)):
                if block[n] == block[n + 1]:
                    counts[one, other] += 1 / len(article.annotated)
    return counts


def stepped(counts: Floats, weight: float, leaning: tuple[float, float, float]) -> Floats:
    """What each step adds: the logarithm of how much likelier than by chance it is, by `weight`, and how the parts
    are leaned to; the inside of a part follows nothing but itself."""
    follows = counts / counts.sum(axis=1, keepdims=True)
    chance = counts.sum(axis=0) / counts.sum()
    steps = np.zeros((LABELS + 1, LABELS))
    steps[:LABELS] = weight * (np.log(follows) - np.log(chance))
    for part, lean in enumerate(leaning):
        begin, inside = 2 * part + 1, 2 * part + 2
        steps[:, (begin, inside)] += lean
        steps[[n for n in range(LABELS + 1) if n not in (begin, inside)], inside] = ILLEGAL
    return steps


def analysed(gold: Sequence[Gold]) -> list[tuple[Gold, Analysis]]:
    """The gold with its parse and what the shipped tagger makes of it."""
    found = []
    for one in gold:
        document = next(iter(read_bytes(one.text.encode(), f"{one.name}.txt")))
        assert isinstance(document, Document)
        found.append((one, parse(document)))
    return found


def with_steps(chosen: Sequence[tuple[Gold, Analysis]], steps: Floats) -> Iterator[tuple[Gold, Analysis]]:
    """The same, decoded with other steps."""
    for gold, analysis in chosen:
        assert isinstance(analysis.tagged, tagger.Tagging)
        other = replace(analysis.tagged, model=replace(analysis.tagged.model, steps=steps))
        yield gold, replace(analysis, tagged=other)


def places(joined: Joined) -> Places:
    """An attribution in the form that is scored."""
    found = {"content": [(s.start, s.end) for s in joined.content]}
    for name, role in (("source", joined.source), ("cue", joined.cue)):
        if role:
            found[name] = [(s.start, s.end) for s in role.spans]
    return found


def read(analysis: Analysis) -> list[tuple[Joined, tuple[float, ...]]]:
    """What is found with the tagger's help, each with the evidence for it."""
    quoted = quotations(analysis.document.text, analysis.blocks.values())
    ruled = join(analysis, settled(analysis, find_roles(analysis, quoted), quoted))
    return list(weighed(analysis, quoted, ruled, join(analysis, form_roles(analysis, quoted))))


def judged(chosen: Iterator[tuple[Gold, Analysis]]) -> dict[str, float]:
    """F1 of each figure."""
    pairs = []
    for gold, analysis in chosen:
        found = [places(one) for one, _ in read(analysis)]
        pairs += [Pair(gold.text, found, one, 1 / len(gold.annotated)) for one in gold.annotated]
    return {name: value.f1 for name, value in score(pairs).items()}


def fitted(chosen: Iterator[tuple[Gold, Analysis]]) -> Floats:
    """Weights of the evidence: a logistic regression with a slight pull to nothing (Newton's method)."""
    rows: list[tuple[float, ...]] = []
    good: list[bool] = []
    for gold, analysis in chosen:
        found = read(analysis)
        rows += [numbers for _, numbers in found]
        good += right(gold.text, [places(one) for one, _ in found], gold.annotated[0])
    x, y = np.array(rows), np.array(good, np.float64)
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - p) - 0.5 * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + 0.5 * np.eye(x.shape[1])
        weights += np.linalg.solve(curve, slope)
    return weights


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--held", type=float, default=0.07, help="as it was for training")
    parser.add_argument("--steps", type=float, nargs=3, metavar="X", help="weight, leaning to sources, to cues")
    parser.add_argument("--models", type=Path, default=Path(tagger.__file__).parents[1] / "models")
    told = parser.parse_args()
    kept = told.models / "tagger.json"
    facts = json.loads(kept.read_text("utf-8"))
    every = articles(told.gold, tokenizer())
    counts = counted([one for one in every if not one.held_out(told.held)])
    facts |= {"steps": stepped(counts, 0.25, (0.0, 0.0, 0.0)).tolist(), "weights": [0.0] * len(NAMES)}
    kept.write_text(json.dumps(facts), encoding="utf-8")
    held = {one.gold.name for one in every if one.held_out(told.held)}
    chosen = analysed([one for one in read_gold(told.gold) if one.name in held])
    best: tuple[float, Floats] | None = None
    tried = [told.steps] if told.steps else product((0.15, 0.25, 0.35), (0.0, 0.3, 0.6), (0.0, 0.3))
    for weight, source, cue in tried:
        steps = stepped(counts, weight, (source, cue, 0.0)).round(4)
        figures = judged(with_steps(chosen, steps))
        # Half on the joined, a quarter each on exact spans and on the words of cues, which are the hardest.
        total = 0.5 * figures["relation"] + 0.25 * figures["exact span"] + 0.25 * figures["cue"]
        shown = " ".join(f"{name} {f1:.4f}" for name, f1 in figures.items())
        print(f"steps {weight}, leaning {source} {cue}: {shown}", flush=True)
        if best is None or total > best[0]:
            best = total, steps
    assert best is not None
    weights = fitted(with_steps(chosen, best[1])).round(4)
    facts |= {"steps": best[1].tolist(), "weights": weights.tolist()}
    kept.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    print("weights:", *(f"{name} {value}" for name, value in zip(NAMES, weights, strict=True)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
