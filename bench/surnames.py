"""Surnames in documents: of the persons named in most documents, how many mentions by the surname lead to them.

    python -m bench.surnames [FOLDER]

The persons are the 25 whose whole name stands in the texts of most documents. Counted are the places where the surname
stands alone, in documents in which no other whole name ends with it; a place is right where the mention there is of the
actor that is called by the whole name.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import purport
from bench.articles import SHARED
from purport.model.record import Record

PERSONS = 25
LEAST = 0.95
_WORD = r"[A-Z][\w’'-]+"


def frequent(texts: Iterable[str], names: Iterable[str]) -> list[str]:
    """Those of the names that stand in most texts, most first."""
    own = sorted({name for name in names if len(name.split()) > 1})
    counts = Counter(name for text in texts for name in own if name in text)
    return [name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:PERSONS]]


def places(text: str, name: str) -> list[int]:
    """Where the surname of a person stands alone in a text whose only whole name with it is that; none elsewhere."""
    last = re.escape(name.split()[-1])
    whole = {match[1] for match in re.finditer(rf"({_WORD})\s(?:[A-Z]\.\s)?{last}\b", text)}
    first = name.split()[0]
    if first not in whole or any(other != first and not _title(other) for other in whole):
        return []
    alone = re.finditer(rf"(?<![\w’'-]){last}\b(?!\s(?:{_WORD}))", text)
    return [
        m.start()
        for m in alone
        if not re.search(rf"{_WORD}\s(?:[A-Z]\.\s)?$", text[max(0, m.start() - 40) : m.start()])
    ]


def _title(word: str) -> bool:
    return word in ("Mr", "Mrs", "Ms", "President", "Secretary", "Senator", "Gov", "Sen", "Rep", "Dr")


def counted(records: Iterable[Record], owner: dict[str, str], wanted: dict[str, str]) -> dict[str, tuple[int, int]]:
    """For each name the places where its surname leads to its actor, and all of them."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for record in records:
        text = record.document.text
        for name, actor in wanted.items():
            for place in places(text, name):
                near = [m for m in record.mentions if m.span.start <= place < m.span.end]
                shortest = min(near, key=lambda m: m.span.end - m.span.start, default=None)
                found[name][1] += 1
                found[name][0] += shortest is not None and owner.get(shortest.entity) == actor
    return {name: (right, every) for name, (right, every) in found.items()}


def main() -> int:
    """Print the share for each person and for all; exit status 1 where it is below what is asked."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "polnear" / "dev" / "text"
    if not folder.is_dir():
        print(f"{folder}: is not there; name a folder of texts", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch, purport.open(Path(scratch) / "surnames.db") as corpus:
        corpus.add([folder])
        records = list(corpus.records())
        persons = {row.name: row.id for row in corpus.actors(type="person")}
        names = frequent([one.document.text for one in records], persons)
        owner = {link.id: row.id for row in corpus.actors() for link in corpus.cast.links(corpus.cast.find(row.id))}
        told = counted(records, owner, {name: persons[name] for name in names})
    for name, (right, every) in sorted(told.items(), key=lambda item: (-item[1][1], item[0])):
        print(f"{name}: {right} of {every}")
    right, every = (sum(column) for column in zip(*told.values(), strict=True))
    share = right / every if every else 0.0
    print(f"{share:.3f} of {every:,} surnames lead to the one who bears them (at least {LEAST})")
    return int(share < LEAST)


if __name__ == "__main__":
    sys.exit(main())
