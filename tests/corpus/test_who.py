"""Who is meant is the same, whether all actors are found anew or asked for as a store keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest

import purport
from purport import store as stores
from purport.corpus.who import Who, WhoOfCast, WhoOfStore
from purport.errors import UsageError
from purport.resolve.corpus.folding import fold_name

NAMES = (
    "Mara Denk;Denk;denk;Velmark;Foreign Ministry;Ministry;the guard;Reth;nobody at all;…;Minister Denk;Skerrin;"
    "Lantern;The Skerrin Lantern;Ardinform;president"
).split(";")


def both(path: Path) -> tuple[purport.Corpus, Who, Who]:
    """A corpus, and who is meant in it as it is kept, and as it is found anew."""
    corpus = purport.open(path)
    cast = corpus.cast
    return corpus, WhoOfStore(corpus.store, lambda: pytest.fail("all actors were found anew")), WhoOfCast(cast)


def meant(who: Who, name: str) -> object:
    try:
        return who.find(name)
    except UsageError as error:
        return str(error)


def test_names_and_entities_mean_the_same(example_store: Path) -> None:
    corpus, kept, found = both(example_store)
    with corpus:
        ids = [row.id for row in corpus.actors(limit=20)]
        for name in (*NAMES, *ids, *(one[:8] for one in ids)):
            assert meant(kept, name) == meant(found, name), name
        for name in (*corpus.outlets(), *corpus.names()):
            assert kept.outlet(fold_name(name)) == found.outlet(fold_name(name)), name
        entities = {one for row in stores.stances(corpus.store) for one in (row.holder, row.target) if one is not None}
        assert len(entities) > 40
        for entity in entities:
            assert kept.nodes().get(entity) == found.nodes().get(entity)
            assert kept.name_of(entity) == found.name_of(entity)


def answers(path: Path) -> list[object]:
    with purport.open(path) as corpus:
        return [
            corpus.network(),
            corpus.network(vouched_by=["Mara Denk"]),
            corpus.network(outlets=["Ardinform"]),
            corpus.stories(all=True),
            corpus.stories(about="Denk", min_documents=1),
            corpus.stories(about="Velmark"),
            corpus.quotations(),
            corpus.quotations(by="Mara Denk"),
        ]


def test_a_store_that_keeps_its_actors_finds_none_anew(
    example_store: Path, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purport.Corpus, "_find_cast", lambda *_: pytest.fail("all actors were found anew"))
    kept = answers(example_store)
    monkeypatch.undo()
    with stores.Store(copied, write=True) as store:
        store.connection.execute("DELETE FROM kept")
    assert answers(copied) == kept
    assert all(kept)


def test_an_actor_that_was_merged_is_still_found_by_the_id_it_had(copied: Path) -> None:
    with purport.open(copied) as corpus:
        one, other = list(corpus.actors(type="person", limit=2))
        corpus.merge(one.name, other.name)
    with purport.open(copied) as corpus:
        assert corpus.standing.find(other.id).id == corpus.standing.find(one.id).id == one.id
