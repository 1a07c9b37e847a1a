"""Actors that are brought up to date are those that telling all apart at once gives, whatever came and went."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from purport.corpus import casting
from purport.corpus.actors import Cast
from purport.corpus.casting import bring_up_to_date, kept_rows
from purport.errors import UsageError
from purport.model import codec
from purport.model.rows import Judgement
from purport.store import Store, entities, judge, judgements
from purport.store.kept_actors import drop_kept_actors
from purport.store.kept_names import KeptNames
from tests.resolve.corpus.test_parts import NAMES, TYPES

Row = tuple[str, str, str, str]
"""Name, type, another name, name in the lexicon."""
CALLED = (
    *NAMES, "Hollan Velmark", "General Sorrel", "Petra Skerrin", "Mara Denck", "Velmark Guard", "Minister Guard",
    "Minister Velmark", "Qasem Reth", "Ghasem Reth", "Kasem Rett",
)  # fmt: skip
DAYS = (None, "2031-03-01", "2031-06-01")
DEEDS = ("merge", "apart", "split", "rename", "undo")


class Made:
    """A store whose documents are but their entities."""

    def __init__(self, store: Store) -> None:
        self.store, self.number, self.entities = store, 0, 0
        store.connection.execute("INSERT INTO run VALUES ('r', '0', '[]', '[]')")

    def come(self, rows: Sequence[Row], published: str | None) -> None:
        """A document with these entities."""
        self.number += 1
        at = f"{self.number:08d}"
        self.store.connection.execute("INSERT INTO source VALUES (?, 0, x'')", (at,))
        self.store.connection.execute(
            "INSERT INTO document (id, sha256, selector, format, part, text, blocks, map, published, own, notes, "
            "analysed, run, digest) VALUES (?, ?, '', '', '', '', '', '', ?, '{}', '', 1, 'r', '')",
            (f"d{at}", at, published),
        )
        self._name(self.store.connection.last_insert_rowid(), rows)

    def _name(self, document: int, rows: Sequence[Row]) -> None:
        for name, type_, other, known in rows:
            self.entities += 1
            id_ = f"{self.entities * 7919 % 100000007:016x}"
            self.store.connection.execute(
                "INSERT INTO entity (id, document, name, type, names, known, belongs, held) "
                "VALUES (?, ?, ?, ?, ?, ?, '', '')",
                (id_, document, name, type_, codec.dumps([name, other]), known),
            )
            self.store.connection.execute(
                "INSERT INTO mention (document, first, last, entity, naming, reason, confidence, tone) "
                "VALUES (?, 0, 1, ?, 'name', '', 1.0, 'hostile')",
                (document, id_),
            )

    def read_again(self, rows: Sequence[Row], which: int) -> None:
        """Another reading of a document."""
        if self.number:
            key = which % self.number + 1
            self.store.connection.execute("DELETE FROM mention WHERE document = ?", (key,))
            self.store.connection.execute("DELETE FROM entity WHERE document = ?", (key,))
            self._name(key, rows)

    def date(self, published: str | None, which: int) -> None:
        """A document is dated otherwise."""
        if self.number:
            self.store.connection.execute(
                "UPDATE document SET published = ? WHERE key = ?", (published, which % self.number + 1)
            )

    def judge(self, deed: str, which: int) -> None:
        """A judgement of some of the actors that there are, where it can be made."""
        cast = Cast.of(self.store)
        names = sorted(one.id for one in cast.judged.clusters)
        if not names:
            return
        draw = random.Random(which)
        one, other = draw.choice(names), draw.choice(names)
        made: Judgement
        try:
            if deed == "merge":
                made = cast.merge(one, other)
            elif deed == "apart":
                made = cast.apart(one, other)
            elif deed == "split":
                made = cast.split(one, draw.choice(cast.find(one).links).entity)
            elif deed == "rename":
                made = cast.rename(one, f"Name {which}")
            else:
                made = cast.undo()
        except UsageError:
            return
        judge(self.store, [made])


def kept(store: Store) -> dict[str, tuple[object, ...]]:
    """The actors that are kept, without the numbers of their rows: columns, entities and forms of each, by its id."""
    found: dict[str, tuple[object, ...]] = {}
    for table in ("actor_entity", "actor_form", "name_alone"):
        assert not list(store.query(f"SELECT * FROM {table} WHERE place NOT IN (SELECT place FROM actor)")), table
    for place, id_, *rest in store.query("SELECT * FROM actor"):
        own = sorted(store.query("SELECT entity FROM actor_entity WHERE place = ?", (place,)))
        forms = sorted(store.query("SELECT form FROM actor_form WHERE place = ?", (place,)))
        found[id_] = (*rest, own, forms)
    return found


def wanted(store: Store) -> dict[str, tuple[object, ...]]:
    """The same of all of them, told apart at once."""
    found: dict[str, tuple[object, ...]] = {}
    for one in kept_rows(Cast(entities(store), judgements(store))):
        row = one.row
        found[row.id] = (
            row.name, row.type, row.known, row.mentions, row.documents, row.statements, row.hostile, row.laudatory,
            codec.dumps(row.names), int(one.named), one.folded, [(entity,) for entity in sorted(one.entities)],
            [(form,) for form in sorted(one.forms)],
        )  # fmt: skip
    return found


def counts(store: Store) -> list[list[tuple[object, ...]]]:
    """All that is kept of names."""
    tables = ("named_entity", "name_fact", "name_join", "name_said", "entity_came", "name_changed", "actor_changed")
    return [sorted(store.query(f"SELECT * FROM {table}")) for table in tables]


def counted(monkeypatch: pytest.MonkeyPatch) -> list[KeptNames]:
    """Where it is noted each time that all are told apart at once."""
    anew = list[KeptNames]()
    drop = KeptNames.drop

    def noted(names: KeptNames) -> None:
        anew.append(names)
        drop(names)

    monkeypatch.setattr(KeptNames, "drop", noted)
    return anew


class Steps:
    """What comes, goes and is judged, drawn by lot from names of which few or many may be one."""

    def __init__(self, made: Made, seed: int) -> None:
        self._made, self._draw = made, random.Random(seed)
        self._names = self._draw.sample(CALLED, self._draw.choice((3, 4, 5, 10, 20, 40)))

    def _rows(self, most: int) -> list[Row]:
        draw = self._draw
        return [
            (
                draw.choice(self._names),
                draw.choice(TYPES),
                draw.choice(self._names),
                draw.choice(["", "", "", "", "Iran"]),
            )
            for _ in range(draw.randint(0, most))
        ]

    def step(self) -> bool:
        """Take one; whether the actors are to be brought up to date after it."""
        draw, what = self._draw, self._draw.random()
        if what < 0.6:
            self._made.come(self._rows(5), draw.choice(DAYS))
        elif what < 0.75:
            self._made.read_again(self._rows(4), draw.randrange(10))
        elif what < 0.82:
            self._made.date(draw.choice(DAYS), draw.randrange(10))
        else:
            self._made.judge(draw.choice(DEEDS), draw.randrange(999))
        return draw.random() < 0.6


@pytest.mark.parametrize("first", [*range(0, 50, 10), 90])
def test_whatever_comes_and_goes(first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(casting, "_MOST", 10.0)
    anew = counted(monkeypatch)
    for seed in range(first, first + 10):
        anew.clear()
        with Store(tmp_path / f"{seed}.db", write=True) as store:
            store.connection.execute("PRAGMA synchronous = OFF").fetchall()
            steps = Steps(Made(store), seed)
            for number in range(25):
                if steps.step():
                    bring_up_to_date(store, "this")
                    assert kept(store) == wanted(store), (seed, number)
            bring_up_to_date(store, "this")
            assert len(anew) == 1  # all else was brought up to date
            before = counts(store)
            drop_kept_actors(store)
            bring_up_to_date(store, "this")
            assert counts(store) == before


def test_many_that_come_at_once_are_told_apart_with_all_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    anew = counted(monkeypatch)
    with Store(tmp_path / "s.db", write=True) as store:
        made = Made(store)
        for number in range(20):
            made.come([(f"Mara Denk{number}", "person", "Denk", "")], None)
        bring_up_to_date(store, "this")
        made.come([("Mara Denk1", "person", "Denk", "")], None)
        bring_up_to_date(store, "this")
        assert len(anew) == 1
        bring_up_to_date(store, "another build")
        assert len(anew) == 2
        for _ in range(20):
            made.come([("Mara Denk1", "person", "Denk", "")], None)
        bring_up_to_date(store, "another build")
        assert len(anew) == 3
        assert kept(store) == wanted(store)
