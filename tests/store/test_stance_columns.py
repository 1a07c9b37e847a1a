from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from purport.network.stances import StanceColumns
from purport.store import Store, stances
from purport.store.stance_columns import stance_columns


def same(one: StanceColumns, other: StanceColumns) -> None:
    """Both have the same stances, in whatever order the documents are."""
    left, right = one.by_document(), other.by_document()
    for name in ("ids", "holder", "target", "voucher", "basis", "certainty"):
        mine, theirs = getattr(one, name), getattr(other, name)
        assert [mine[at] for at in left] == [theirs[at] for at in right], name
    for name in ("sign", "own", "confidence", "said"):
        assert np.array_equal(getattr(one, name)[left], getattr(other, name)[right]), name
    told = [[own.documents[at] for at in own.document[order]] for own, order in ((one, left), (other, right))]
    assert told[0] == told[1]


def test_they_are_those_of_the_rows(example_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(example_store) as store:
        rows = StanceColumns.of(stances(store))
        assert len(rows.ids) > 25
        same(stance_columns(store), rows)
        monkeypatch.setattr(sys.modules["purport.store.stance_columns"], "_CHUNK", 7)
        same(stance_columns(store), rows)


def test_of_documents_without_an_outlet_and_of_words_that_are_not_kept(copied: Path) -> None:
    with Store(copied, write=True) as store:
        store.connection.execute("UPDATE stance SET said = -1, confidence = 0.1 + 0.2 WHERE key % 2")
        store.connection.execute("UPDATE document SET outlet = NULL, author = 'Ilin Hollan' WHERE key % 2")
        store.connection.execute("UPDATE document SET outlet = NULL, author = NULL, published = NULL WHERE key % 3 = 0")
        same(stance_columns(store), StanceColumns.of(stances(store)))
        store.connection.execute("DELETE FROM stance WHERE key > 5")
        same(stance_columns(store), StanceColumns.of(stances(store)))
        store.connection.execute("DELETE FROM stance")
        assert list(stance_columns(store).ids) == []
        assert stance_columns(store).by_document().tolist() == []
