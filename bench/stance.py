"""How well attitudes are read, on DSE's valid and a tenth of NewsMTSC's train: `python -m bench.stance`.

DSE: macro F1 over its five classes, of all pairs and of those whose sentence is in no pair of train. NewsMTSC: macro F1
over three, on the articles that `training.attitude` keeps apart.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import purport
from bench.articles import SHARED
from purport.analyse import attitudes
from purport.model.document import Span

HELD = 0.1
"""Share of NewsMTSC's articles that are kept for reporting."""


class Pair(NamedTuple):
    """A sentence of DSE with the places of its two actors, and its class (0 to 4)."""

    text: str
    p: tuple[int, int]
    q: tuple[int, int]
    label: int


class Target(NamedTuple):
    """A sentence of NewsMTSC with the place of a target, its polarity (-1, 0, 1) and the article it is of."""

    text: str
    target: tuple[int, int]
    label: int
    story: str


def dse(path: Path) -> Iterator[Pair]:
    """The pairs of a file of DSE, in which the two actors stand in brackets. Raises `ValueError` for another form."""
    with path.open(encoding="utf-8", newline="") as file:
        for sentence, p, q, label in csv.reader(file, delimiter="\t"):
            first = re.search(rf"\[\s*{re.escape(p.strip())}\s*\]", sentence)
            second = first and re.compile(rf"\[\s*{re.escape(q.strip())}\s*\]").search(sentence, first.end())
            if first is None or second is None:
                raise ValueError(f"{path}: not in the form of DSE: {sentence[:80]}")
            (a, b), (c, d) = first.span(), second.span()
            text = sentence[:a] + sentence[a + 1 : b - 1] + sentence[b:c] + sentence[c + 1 : d - 1] + sentence[d:]
            yield Pair(text, (a, b - 2), (c - 2, d - 4), int(label))


def newsmtsc(path: Path) -> Iterator[Target]:
    """The targets of a file of NewsMTSC."""
    for line in path.read_text("utf-8").splitlines():
        told = json.loads(line)
        for target in told["targets"]:
            span = (target["from"], target["to"])
            yield Target(
                told["sentence_normalized"], span, round(target["polarity"] / 2) - 2, story(told["primary_gid"])
            )


def story(name: str) -> str:
    """The article that an id of NewsMTSC is of; of AllSides the story, which several articles tell."""
    parts = name.split("_")
    return f"allsides {parts[2]}" if parts[0] == "allsides" else " ".join(parts[:3])


def share_of(name: str) -> float:
    """A number of 0..1 that depends on the name alone."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) / 2**32


def macro(said: Sequence[int], gold: Sequence[int], classes: Sequence[int]) -> float:
    """The mean of the classes' F1."""
    scores = []
    for one in classes:
        right = sum(s == g == one for s, g in zip(said, gold, strict=True))
        scores.append(2 * right / max(1, said.count(one) + gold.count(one)) if right else 0.0)
    return sum(scores) / len(scores)


def class_of(pair: Pair) -> int:
    """DSE's class, as what is asked by `purport.stance` both ways has it, in one asking."""
    network = attitudes(pair.text)
    if network is None:
        raise SystemExit("no network for attitudes ships with this build")
    return int(network.between(Span(0, len(pair.text)), Span(*pair.p), Span(*pair.q)).argmax())


def of_dse(folder: Path) -> dict[str, float]:
    """The macro F1s on DSE, of all pairs of valid and of those whose sentence is in no pair of train."""
    valid, fresh = list(dse(folder / "valid.txt")), fresh_of(folder)
    said = {pair: class_of(pair) for pair in dict.fromkeys(valid)}
    return {
        name: macro([said[pair] for pair in own], [pair.label for pair in own], range(5))
        for name, own in (("DSE valid", valid), ("DSE valid, fresh sentences", fresh))
    }


def fresh_of(folder: Path) -> list[Pair]:
    """The pairs of DSE's valid whose sentence is in no pair of its train."""
    known = {pair.text for pair in dse(folder / "train.txt")}
    return [pair for pair in dse(folder / "valid.txt") if pair.text not in known]


def of_newsmtsc(path: Path) -> float:
    """The macro F1 on the articles of NewsMTSC that are kept apart."""
    held = [one for one in newsmtsc(path) if share_of(one.story) < HELD]
    return macro([purport.tone(one.text, one.target).sign for one in held], [one.label for one in held], (-1, 0, 1))


def figures(folder: Path) -> dict[str, float]:
    """The macro F1s; `folder` holds `dse` and `newsmtsc`."""
    return of_dse(folder / "dse") | {"NewsMTSC, a tenth": of_newsmtsc(folder / "newsmtsc" / "train.jsonl")}


def speed(folder: Path, asked: Callable[[Pair], object]) -> float:
    """Sentences a second."""
    some = list(dse(folder / "dse" / "valid.txt"))[:300]
    began = time.process_time()
    for pair in some:
        asked(pair)
    return len(some) / (time.process_time() - began)


def main() -> int:
    """The command line."""
    folder = SHARED / "stance"
    if not folder.is_dir():
        print("../shared/data/stance is not on this machine", file=sys.stderr)
        return 2
    for name, value in figures(folder).items():
        print(f"{name}: macro F1 {value:.3f}")
    rate = speed(folder, lambda pair: purport.stance(pair.text, pair.p, pair.q))
    print(f"{rate:.0f} sentences a second of one core")
    return 0


if __name__ == "__main__":
    sys.exit(main())
