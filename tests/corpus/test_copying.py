"""Groups of copies that are brought up to date are those that all documents at once give, whatever came and went."""

from __future__ import annotations

import random
from pathlib import Path
from unittest.mock import Mock

import pytest

import purport
from purport.corpus import copying
from purport.corpus.copying import keep_copies
from purport.network import copies as copies_module
from purport.network.copies import SKETCH, copies
from purport.store import Store, text, with_stances
from purport.store.sketches import copies_of, has_copies

WORDS = [f"w{n}" for n in range(400)]


class Made:
    """A store whose documents have a text and, some of them, a stance; nothing else."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self.number, self.draw = store, 0, random.Random(seed)
        self.stories = [[self.draw.choice(WORDS) for _ in range(self.draw.choice((3, 15, 60, 200)))] for _ in range(6)]
        self.notice = [self.draw.choice(WORDS) for _ in range(40)]
        store.connection.execute("INSERT INTO run VALUES ('r', '0', '[]', '[]')")

    def words(self) -> list[str]:
        """A story, as it is, cut short, or put anew in part, or with the notice that many carry."""
        draw = self.draw
        told = list(draw.choice(self.stories))
        what, at = draw.random(), draw.randrange(len(told))
        if what < 0.3:
            return told
        if what < 0.5:
            return told[at:]
        if what < 0.7:
            return [*(draw.choice(WORDS) for _ in range(30)), *self.notice]
        long = draw.randrange(1 + len(told) // 2)
        return [*told[:at], *(draw.choice(WORDS) for _ in range(long)), *told[at + long :]]

    def come(self) -> None:
        """A document, which nine times of ten has a stance."""
        self.number += 1
        name = f"{self.number * 7919 % 10007:05d}"
        self.store.connection.execute("INSERT INTO source VALUES (?, 0, x'')", (name,))
        self.store.connection.execute(
            "INSERT INTO document (id, sha256, selector, format, part, text, blocks, map, own, notes, analysed, run, "
            "digest) VALUES (?, ?, '', '', '', ?, '', '', '{}', '', 1, 'r', '')",
            (name, name, " ".join(self.words())),
        )
        if self.draw.random() < 0.9:
            self.stand(self.store.connection.last_insert_rowid())

    def stand(self, key: int) -> None:
        """A stance of a document."""
        self.store.connection.execute(
            "INSERT INTO stance (id, document, first, last, target, sign, basis, places, certainty, deed, confidence) "
            "VALUES (?, ?, 0, 1, 'e', 1, 'words', '', 'CT+', '', 1.0)",
            (f"s{self.draw.getrandbits(60):x}", key),
        )

    def step(self) -> None:
        """Something comes or goes."""
        what, keys = self.draw.random(), [key for (key,) in self.store.query("SELECT key FROM document ORDER BY key")]
        if what < 0.75 or not keys:
            self.come()
            return
        key = (self.draw.choice(keys),)
        if what < 0.85:
            self.stand(*key)
            return
        self.store.connection.execute("DELETE FROM stance WHERE document = ?", key)
        if what < 0.95:
            self.store.connection.execute("DELETE FROM document WHERE key = ?", key)


def groups(store: Store) -> dict[str, str]:
    """Those that are copies of others, as finding all at once has them."""
    found = copies((id, text(store, id)) for id in with_stances(store))
    joined = [first for id, first in found.items() if id != first]
    return {id: first for id, first in sorted(found.items()) if first in joined}


@pytest.mark.parametrize("seed", range(8))
def test_whatever_comes_and_goes(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if seed % 2:
        monkeypatch.setattr(copies_module, "NEAR", 3)
    draw, together = random.Random(seed), 0
    with Store(tmp_path / "s.db", write=True) as store:
        made = Made(store, seed)
        for _ in range(40):
            for _ in range(draw.choice((1, 1, 2, 5))):
                made.step()
            keep_copies(store)
            assert has_copies(store, SKETCH)
            assert copies_of(store) == groups(store)
            together = max(together, len(copies_of(store)))
    assert together > 5


def test_only_what_came_is_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    all_at_once = Mock(side_effect=copies_module.Sketches)
    monkeypatch.setattr(copying, "Sketches", all_at_once)
    with Store(tmp_path / "s.db", write=True) as store:
        made = Made(store, 1)
        for _ in range(5):
            made.come()
            made.stand(made.number)
        keep_copies(store)
        assert all_at_once.call_count == 1
        made.come()
        made.stand(6)
        assert not has_copies(store, SKETCH)
        keep_copies(store)
        assert all_at_once.call_count == 1
        assert has_copies(store, SKETCH)
        store.connection.execute("DELETE FROM stance WHERE document = 1")
        keep_copies(store)
        assert all_at_once.call_count == 2
        assert not has_copies(store, SKETCH + 1)


def test_a_network_is_the_same_where_they_are_not_kept(copied: Path) -> None:
    with purport.open(copied) as corpus:
        assert has_copies(corpus.store, SKETCH)
        before = corpus.network()
        found = [tie.copies for tie in corpus.standing.ties]
    with Store(copied, write=True) as store:
        store.connection.execute("DELETE FROM kept WHERE what = 'copies'")
    with purport.open(copied) as corpus:
        assert corpus.network() == before
        assert [tie.copies for tie in corpus.standing.ties] == found
