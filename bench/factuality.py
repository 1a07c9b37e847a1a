"""How certain acts are said to be, beside people's judgement of whether they took place (UDS-IH2).

    python -m bench.factuality

Certainty is put on the scale of UDS-IH2 (Rudinger, White and Van Durme 2018) in thirds: CT+ is 3, CT- is -3; what is
not found counts as 0. Pearson's r and the mean absolute error, beside those of a constant.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from statistics import correlation, fmean

from bench.articles import SHARED
from purport.analyse import parse
from purport.extract.factuality.evaluate import Factuality
from purport.extract.factuality.value import Outlook
from purport.model.analysis import Analysis
from purport.model.document import Document
from purport.read.files import read_bytes

DEV = SHARED / "factuality" / "uds-ih2" / "dev.jsonl"


@dataclass(frozen=True, slots=True)
class Judged:
    """One act: what was found of it (None where it is no word of the text), and what people said, -3 to 3."""

    found: Outlook | None
    label: float
    negated: bool

    @property
    def value(self) -> int:
        """The certainty in thirds; 0 for what is not found."""
        return self.found.certainty if self.found is not None else 0


def judged(path: Path) -> Iterator[Judged]:
    """All acts of a file of UDS-IH2."""
    for line in path.read_text("utf-8").splitlines():
        told = json.loads(line)
        starts = list(accumulate((len(word) + 1 for word in told["text"].split(" ")), initial=0))
        document = next(iter(read_bytes(told["text"].encode(), "sentence.txt")))
        analysis = parse(document) if isinstance(document, Document) else None
        factuality = Factuality(analysis) if analysis is not None else None
        places = {token.start: token.i for token in analysis.tokens} if analysis is not None else {}
        for target in told["targets"]:
            index = places.get(starts[target["span1"][0]])
            if index is None or factuality is None or analysis is None:
                yield Judged(None, target["label"], False)
                continue
            head = act(analysis, index)
            yield Judged(factuality.outlook(head), target["label"], factuality.negated(head))


def act(analysis: Analysis, index: int) -> int:
    """The word for the act that an annotated word stands for: of what a copula says of somebody the copula."""
    token = analysis.tokens[index]
    if token.dep in ("attr", "acomp") and token.pos != "VERB":
        return token.head
    above = analysis.tokens[token.head]
    if token.dep == "pobj" and analysis.tokens[above.head].lemma == "be":
        return above.head
    return index


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold", type=Path, default=DEV)
    told = parser.parse_args()
    if not told.gold.is_file():
        print(f"bench.factuality: {told.gold} is not on this machine")
        return 0
    every = list(judged(told.gold))
    mean, constant = off(every)
    print(f"{len(every)} acts: Pearson r {correlated(every):.3f}, MAE {mean:.3f}; of a constant {constant:.3f}")
    plain = [one for one in every if not one.negated]
    print(f"without the {len(every) - len(plain)} negated acts, whose labels go both ways: r {correlated(plain):.3f}")
    groups: dict[tuple[int, str], list[float]] = defaultdict(list)
    for one in every:
        groups[one.value, one.found.frame if one.found else "not found"].append(one.label)
    for (value, frame), own in sorted(groups.items()):
        print(f"  {value:+d} {frame}: {len(own)} acts, mean label {fmean(own):+.2f}")
    return 0


def correlated(every: Iterable[Judged]) -> float:
    """Pearson's r of certainty and people's judgement."""
    acts = list(every)
    return correlation([float(one.value) for one in acts], [one.label for one in acts])


def off(every: Iterable[Judged]) -> tuple[float, float]:
    """The mean absolute error, and that of the constant that is nearest to all labels, their median."""
    acts = list(every)
    labels = [one.label for one in acts]
    middle = sorted(labels)[len(labels) // 2]
    return error([float(one.value) for one in acts], labels), error([middle] * len(labels), labels)


def error(values: list[float], labels: list[float]) -> float:
    """The mean absolute error."""
    return fmean(abs(a - b) for a, b in zip(values, labels, strict=True))


if __name__ == "__main__":
    sys.exit(main())
