"""Where the sources of statements lead: to a named actor, to an unnamed role, or to nobody known.

    python -m bench.sources [--sample 50]

Over the articles of PolNeAR dev. With `--sample` it prints that many statements, chosen by their ids, with whom their
source leads to and why, so that a person can check them against the articles.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.articles import SHARED
from purport.evaluate import read_gold
from purport.model.document import Document
from purport.model.record import Attribution, Record
from purport.pipeline import process
from purport.read.files import read_bytes

DEV = SHARED / "polnear" / "dev"


def records(folder: Path) -> Iterator[tuple[str, Record]]:
    """The records of the articles, by name."""
    for gold in read_gold(folder):
        document = next(iter(read_bytes(gold.text.encode(), f"{gold.name}.txt")))
        if isinstance(document, Document):
            yield gold.name, process(document, "en")


def leads(record: Record, one: Attribution) -> str:
    """ "no source", "unknown" (of a source that no entity is found for), "named" or "role"."""
    if not one.source:
        return "no source"
    entity = next((entity for entity in record.entities if entity.id == one.holder), None)
    if entity is None:
        return "unknown"
    return "named" if entity.name else "role"


def told(name: str, record: Record, one: Attribution) -> str:
    """A statement with whom its source leads to, for a person to check."""
    entity = next((entity for entity in record.entities if entity.id == one.holder), None)
    start, end = one.source[0].start, one.source[-1].end
    text = record.document.text
    around = f"{text[max(0, start - 250) : start]}[[{text[start:end]}]]{text[end : end + 60]}"
    reasons = [
        m.reason for m in record.mentions if m.entity == one.holder and start <= m.span.start and m.span.end <= end
    ]
    who = f"{entity.name or '(' + '; '.join(entity.names[:2]) + ')'} [{entity.type}]" if entity else "nobody"
    return f"{name}\n    {' '.join(around.split())}\n    -> {who}: {'; '.join(reasons)}\n"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold", type=Path, default=DEV)
    parser.add_argument("--sample", type=int, default=0)
    asked = parser.parse_args()
    if not asked.gold.is_dir():
        print(f"bench.sources: {asked.gold} is not on this machine")
        return 0
    counts: Counter[str] = Counter()
    every: list[tuple[str, str]] = []
    for name, record in records(asked.gold):
        for one in record.attributions:
            counts[leads(record, one)] += 1
            if asked.sample and one.source:
                every.append((hashlib.sha256(one.id.encode()).hexdigest(), told(name, record, one)))
    total = counts.total()
    for what, count in counts.most_common():
        print(f"{what:10} {count:5} {count / total:6.1%}")
    for _, words in sorted(every)[: asked.sample]:
        print(words)
    return 0


if __name__ == "__main__":
    sys.exit(main())
