"""Actors that are kept in a store are those that are found in it, and none are kept of another state of it."""

from pathlib import Path

import pytest

import purport
from bench.web import make
from purport.corpus.actors import Cast
from purport.corpus.kept import KeptCast, keep
from purport.errors import UsageError
from purport.store import Store, forget, judge

NAMES = ["Mara Denk", "Denk", "mara denk", "the Denk", "Petra", "Nobody", "Kaldo Reth", "Bundestag", "Germany", "  "]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of 12 documents whose actors are kept."""
    made = tmp_path / "made.db"
    make(made, 12)
    with Store(made, write=True) as store:
        keep(store)
    return made


def test_lists_and_names_are_those_of_the_actors_found_anew(path: Path) -> None:
    with Store(path) as store:
        kept, found = KeptCast.of(store), Cast.of(store)
        assert kept is not None
        assert list(kept.actors()) == list(found.actors())
        assert list(kept.actors(limit=3)) == list(found.actors(limit=3))
        for search in ("denk", "Mara", "ara", "nobody", "%", "_"):
            assert list(kept.actors(search)) == list(found.actors(search))
        for type_ in ("person", "other", "place"):
            assert list(kept.actors(type_=type_)) == list(found.actors(type_=type_))
        for name in (*NAMES, *(one.id for one in found.actors(limit=3))):
            assert kept.bearing(name) == found.bearing(name), name
        with pytest.raises(UsageError, match="no type of actor"):
            kept.actors(type_="perso")


def test_what_changes_the_actors_lets_go_of_them(path: Path) -> None:
    def is_kept() -> bool:
        with Store(path) as store:
            return KeptCast.of(store) is not None

    with purport.open(path) as corpus:
        one, two = (row.id for row in corpus.actors(limit=2))
        corpus.merge(one, two)
        assert is_kept()  # who judges keeps what comes of it
        assert [row.id for row in corpus.actors(limit=1)] == [one]
        assert set(corpus.actors()) == set(_found(path))
    with Store(path, write=True) as store:
        judge(store, [Cast.of(store).undo()])
    assert not is_kept()
    with Store(path, write=True) as store:
        keep(store)
    assert is_kept()


def _found(path: Path) -> list[purport.Actor]:
    with Store(path) as store:
        return list(Cast.of(store).actors())


def test_reading_keeps_them(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Mara Denk said that the dam was open.\n", encoding="utf-8")
    with purport.open(tmp_path / "s.db") as corpus:
        corpus.add([tmp_path / "note.txt"])
    with Store(tmp_path / "s.db") as store:
        kept = KeptCast.of(store)
        assert kept is not None
        assert [one.name for one in kept.actors()] == ["Mara Denk"]
    with Store(tmp_path / "s.db", write=True) as store:
        forget(store, store.ids())
        assert KeptCast.of(store) is None
        assert list(store.query("SELECT count(*) FROM actor")) == [(0,)]
