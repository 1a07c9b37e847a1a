"""Actors of a large store where some documents come: how long telling all apart takes, then one document, then fifty.

    python -m bench.more [MENTIONS]

A store of so many entities (a million by default), twenty a document, each of which is mentioned once, is made by SQL,
with invented names that are as unevenly met as in news, of persons, bodies and places, and states of the lexicon.
Printed are seconds of the processor and the memory of the process. Exit status 1 where all take more than three
minutes.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from purport.corpus.casting import bring_up_to_date
from purport.model import codec
from purport.store import Store

MENTIONS = 1_000_000
LIMIT = 180.0
"""Seconds in which a million entities must be told apart."""
_EACH = 20
"""Entities of a document, but for those that are met twice."""
_PARTS = [first + second for first in "bdklmnrstv" for second in "aeio"]
_SURNAMES = ["n", "r", "s", "k", "tz", "mer", "berg", "son", "ov"]
_GIVEN = ["", "na", "la", "el", "an", "is"]
_PLACES = ["ia", "ford", "burg", "stad", "holm", "ville", "port"]
"""What words end in: few towns are called as persons are, and few surnames are given names too."""
_BODIES = "Council,Relief Fund,Water Board,Brigade,Front,Observatory,Party,Ministry,Bank,Union".split(",")
_STATES = "Iran,Germany,France,Ukraine,Russia,China,Israel,Turkey,United States,Syria".split(",")
_DAYS = [f"{year}-{month:02}-{day:02}" for year in (2029, 2030, 2031) for month in range(1, 13) for day in range(1, 29)]
T = TypeVar("T")
_Row = tuple[str, str, str, str]
"""Name, type, another name, name in the lexicon."""


class Maker:
    """Writes documents that are but whom they name."""

    def __init__(self, store: Store, mentions: int, seed: int = 3) -> None:
        self._store, self._draw = store, random.Random(seed)
        self.documents = self.entities = 0
        surnames = [self._word(_SURNAMES) for _ in range(30_000)]
        given = [self._word(_GIVEN) for _ in range(6_000)]
        choice = self._draw.choice
        self._persons = [(choice(given), choice(surnames)) for _ in range(max(2_000, mentions // 10))]
        self._bodies = [f"{self._word(_PLACES)} {choice(_BODIES)}" for _ in range(max(400, mentions // 25))]
        self._places = [self._word(_PLACES) for _ in range(max(200, mentions // 50))]
        store.connection.execute("INSERT INTO run VALUES ('r', '0', '[]', '[]')")

    def _word(self, ends: Sequence[str]) -> str:
        draw = self._draw
        parts = "".join(draw.choice(_PARTS) for _ in range(draw.choice((1, 2, 2, 3))))
        return parts.capitalize() + draw.choice(ends)

    def documents_come(self, number: int) -> int:
        """So many more, in one transaction; how many entities they have."""
        before = self.entities
        self._store.connection.execute("BEGIN IMMEDIATE")
        for _ in range(number):
            self._document()
        self._store.connection.execute("COMMIT")
        return self.entities - before

    def _document(self) -> None:
        execute = self._store.connection.execute
        self.documents += 1
        at = f"{self.documents:016x}"
        execute("INSERT INTO source VALUES (?, 0, x'')", (at,))
        execute(
            "INSERT INTO document (id, sha256, selector, format, part, text, blocks, map, published, own, notes, "
            "analysed, run, digest) VALUES (?, ?, '', '', '', '', '', '', ?, '{}', '', 1, 'r', '')",
            (at, at, self._draw.choice(_DAYS)),
        )
        document = self._store.connection.last_insert_rowid()
        for name, type_, other, known in self._cast():
            self.entities += 1
            id_ = f"{self.entities * 7919 % 100_000_007:016x}"
            execute(
                "INSERT INTO entity (id, document, name, type, names, known, belongs, held) "
                "VALUES (?, ?, ?, ?, ?, ?, '', '')",
                (id_, document, name, type_, codec.dumps([name, other]), known),
            )
            execute(
                "INSERT INTO mention (document, first, last, entity, naming, reason, confidence, tone) "
                "VALUES (?, 0, 1, ?, 'name', '', 1.0, '')",
                (document, id_),
            )

    def _cast(self) -> list[_Row]:
        """Whom a document names, each once."""
        draw = self._draw
        found: dict[str, _Row] = {}
        for _ in range(_EACH):
            lot = draw.random()
            if lot < 0.4:
                given, last = self._one(self._persons)
                whole = f"{given} {last}"
                name = whole if draw.random() < 0.75 else last
                found[last] = (name, "person", draw.choice((last, f"Mr. {last}", f"President {last}")), "")
            elif lot < 0.65:
                name = self._one(self._bodies)
                letters = "".join(word[0] for word in name.split())
                found[name] = (name, "organisation", draw.choice((name, f"the {name}", letters)), "")
            elif lot < 0.85:
                name = self._one(self._places)
                found[name] = (name, "place", name, "")
            else:
                name = self._one(_STATES)
                found[name] = (name, "state", name, name)
        return list(found.values())

    def _one(self, some: Sequence[T]) -> T:
        """One of them, the first ones far more often."""
        return some[int(len(some) * self._draw.random() ** 4)]


def main() -> int:
    mentions = int(sys.argv[1]) if len(sys.argv) > 1 else MENTIONS
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "more.db", write=True) as store:
        store.connection.execute("PRAGMA synchronous = OFF").fetchall()
        maker = Maker(store, mentions)
        while maker.entities < mentions:
            maker.documents_come(1_000)
        print(f"{'what comes':>24} {'entities':>10} {'seconds':>8}")
        spent = _told("all", maker.entities, store)
        for number in (1, 50, 50):
            _told(
                f"{number} more documents" if number > 1 else "one more document", maker.documents_come(number), store
            )
        print(f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB of memory")
    return int(spent > LIMIT * mentions / MENTIONS)


def _told(what: str, entities: int, store: Store) -> float:
    before = time.process_time()
    bring_up_to_date(store, "measured")
    spent = time.process_time() - before
    print(f"{what:>24} {entities:>10,} {spent:>8.2f}", flush=True)
    return spent


if __name__ == "__main__":
    sys.exit(main())
