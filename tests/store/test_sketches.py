from __future__ import annotations

import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

import purport
from purport import store as stores
from purport.network.copies import SKETCH, sketch_out, sketched
from purport.store import Store


def test_what_tells_copies_is_kept_of_each_document_with_a_stance(example_store: Path) -> None:
    with Store(example_store) as store:
        there = stores.with_stances(store)
        kept = dict(stores.sketches(store, there, SKETCH))
        assert sorted(kept) == there
        assert all(kept[id] == sketch_out(sketched(stores.text(store, id))) for id in there)


def test_an_older_store_is_made_up_to_date_by_who_writes_next_and_read_as_it_is_before(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(copied, write=True) as store:
        store.connection.execute("DELETE FROM sketch")
    with purport.open(copied) as corpus:
        before = corpus.network()
    with Store(copied, write=True) as store:
        monkeypatch.setattr(sys.modules["purport.store.sketches"], "_AT_ONCE", 3)
        made = Mock(side_effect=lambda text: sketch_out(sketched(text)))
        stores.keep_sketches(store, made, SKETCH)
        assert made.call_count == len(stores.with_stances(store)) > 6
        stores.keep_sketches(store, made, SKETCH)
        assert made.call_count == len(stores.with_stances(store))
        stores.keep_sketches(store, made, SKETCH + 1)  # of another form all are made anew
        assert made.call_count == 2 * len(stores.with_stances(store))
    with purport.open(copied) as corpus:
        assert corpus.network() == before


def test_they_go_with_their_document(copied: Path) -> None:
    with purport.open(copied) as corpus:
        gone = stores.with_stances(corpus.store)[0]
        corpus.forget([gone])
    with Store(copied) as store:
        assert gone not in dict(stores.sketches(store, [gone], SKETCH))
        assert list(store.query("SELECT 1 FROM sketch WHERE document NOT IN (SELECT key FROM document)")) == []
