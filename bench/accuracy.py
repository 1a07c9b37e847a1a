"""F1 of this build on gold, beside the floors in floors.json, which only rise."""

from __future__ import annotations

import json
from pathlib import Path

from bench.articles import EXAMPLES_GOLD, POLNEAR_DEV
from purport.analyse import parse
from purport.corpus.reading import process_texts
from purport.evaluate import Pair, Score, places_of, read_gold, score
from purport.extract.attribution.find import attributions
from purport.model.document import Document
from purport.model.record import Attribution
from purport.read import read_bytes

FLOORS = Path(__file__).parent / "floors.json"
BELOW = 0.005
"""How far below what is measured a floor is set: a change of libraries moves a few parses."""
RULES = "examples, rules alone"
"""The bundled gold once more, for what is found where no model is there."""
GOLD = {"examples": EXAMPLES_GOLD, RULES: EXAMPLES_GOLD, "PolNeAR dev": POLNEAR_DEV}
"""A row per gold standard: the bundled one, which is always there, and those that are used where they are."""
_NAMES = {"source": "token source", "cue": "token cue", "content": "token content"}


def measured(folder: Path, workers: int | None = None, *, rules: bool = False) -> dict[str, Score]:
    """The figures of `purport evaluate` on the gold in `folder`, under the names that floors have; `rules`: of what
    the rules find where no model is there."""
    gold = read_gold(folder)
    if rules:
        found = [_ruled(one.text) for one in gold]
    else:
        found = [record.attributions for record in process_texts([one.text for one in gold], workers)]
    pairs = [
        Pair(one.text, places_of(own), annotated, 1 / len(one.annotated))
        for one, own in zip(gold, found, strict=True)
        for annotated in one.annotated
    ]
    return {_NAMES.get(name, name): one for name, one in score(pairs).items()}


def _ruled(text: str) -> tuple[Attribution, ...]:
    document = next(iter(read_bytes(text.encode(), "text.txt")))
    assert isinstance(document, Document)
    return attributions(parse(document, tagger=False))


def floors() -> dict[str, float]:
    """The floors, by "GOLD FIGURE F1"."""
    told: dict[str, float] = json.loads(FLOORS.read_text())
    return told


def faults(name: str, found: dict[str, Score], kept: dict[str, float]) -> list[str]:
    """A line for each figure of that gold which is below its floor, or has none."""
    lines = []
    for figure, one in found.items():
        key = f"{name} {figure} F1"
        if key not in kept:
            lines.append(f"{key} is {one.f1:.3f} and has no floor; python -m bench --accuracy --raise sets it")
        elif one.f1 < kept[key]:
            lines.append(f"{key} is {one.f1:.3f}, below its floor of {kept[key]:.3f}")
    return lines


def raised(name: str, found: dict[str, Score], kept: dict[str, float]) -> dict[str, float]:
    """The floors with those of that gold moved up to just below what was measured; none is ever moved down."""
    new = {f"{name} {figure} F1": round(one.f1 - BELOW, 3) for figure, one in found.items()}
    return {**kept, **{key: max(value, kept.get(key, 0.0)) for key, value in new.items()}}


def keep(kept: dict[str, float]) -> None:
    """Write the floors down."""
    FLOORS.write_text(json.dumps(dict(sorted(kept.items())), indent=2) + "\n")
