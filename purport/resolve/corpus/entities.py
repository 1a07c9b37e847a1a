"""Whom documents name, as finding actors asks for them: all kinds of them once, or those of some names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Protocol

from purport.model.rows import EntityRow
from purport.resolve.corpus.folding import fold_name

CLASSES = {
    "state": "place", "place": "place", "government": "body", "organisation": "body", "armed group": "body",
    "outlet": "body", "movement": "body", "person": "person", "role": "person", "people": "people",
    "document": "document", "other": "other",
}  # fmt: skip
"""Types that documents tell apart less surely than they tell these from each other."""


class Named(Protocol):
    """Entities that are asked for by their names and documents."""

    def named(self, names: Collection[str]) -> Iterator[EntityRow]:
        """All that have one of these folded names."""

    def of(self, documents: Collection[str]) -> Iterator[EntityRow]:
        """All of these documents."""


class Entities(Named, Protocol):
    """The entities of a corpus, which need not be in memory."""

    def kinds(self) -> Iterator[EntityRow]:
        """One of those that have the same names and type, and are known as the same."""

    def of_several_classes(self) -> Iterator[EntityRow]:
        """All with a name that some take for one of `CLASSES` and some for another, but for what is in a lexicon."""


class Listed:
    """Entities that are in memory."""

    def __init__(self, rows: Iterable[EntityRow]) -> None:
        """Those, each once."""
        by_id = {row.id: row for row in rows}
        self.rows = [by_id[name] for name in sorted(by_id)]

    def kinds(self) -> Iterator[EntityRow]:
        """As `Entities.kinds`."""
        yield from {(row.name, row.type, row.known, row.names): row for row in self.rows}.values()

    def of_several_classes(self) -> Iterator[EntityRow]:
        """As `Entities.of_several_classes`."""
        met: dict[str, str] = {}
        several = set[str]()
        for row in self.kinds():
            class_, name = CLASSES.get(row.type, "other"), fold_name(row.name)
            if class_ != "other" and name and not row.known and met.setdefault(name, class_) != class_:
                several.add(name)
        return (row for row in self.named(several) if not row.known)

    def named(self, names: Collection[str]) -> Iterator[EntityRow]:
        """As `Entities.named`."""
        for name in sorted(names):
            yield from self._by_name.get(name, ())

    def of(self, documents: Collection[str]) -> Iterator[EntityRow]:
        """As `Entities.of`."""
        return (row for row in self.rows if row.document in documents)

    @cached_property
    def _by_name(self) -> dict[str, list[EntityRow]]:
        found: dict[str, list[EntityRow]] = defaultdict(list)
        for row in self.rows:
            found[fold_name(row.name)].append(row)
        return found
