"""Lists as people have judged what is in them, and as it was found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import purport
from purport import store as stores
from purport.corpus.review import REJECT
from purport.model.rows import Claim, Review, Statement


@pytest.fixture
def store(example_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(example_store, tmp_path / "own.db"))


def reject(path: Path, *rows: Statement | Claim) -> None:
    made = [
        Review(0, one.id, "claim" if isinstance(one, Claim) else "attribution", one.document, REJECT, (), 0, "", "Ilin",
               "", "")
        for one in rows
    ]  # fmt: skip
    with stores.Store(path, write=True) as own:
        stores.review(own, made)


def test_a_rejected_statement_is_listed_only_as_found(store: Path) -> None:
    with purport.open(store) as corpus:
        before = corpus.statements()
        one = before[3]
    reject(store, one)
    with purport.open(store) as corpus:
        assert [row.id for row in corpus.statements()] == [row.id for row in before if row.id != one.id]
        assert corpus.statements(as_found=True) == before
        assert len(corpus.statements(limit=5)) == 5
        own = corpus.statements(document=one.document)
        assert one.id not in {row.id for row in own}
        assert one.id in {row.id for row in corpus.statements(document=one.document, as_found=True)}


def test_what_is_judged_while_it_is_open_is_taken_up(store: Path) -> None:
    with purport.open(store) as corpus:
        one = corpus.statements()[0]
        reject(store, one)
        assert one.id not in {row.id for row in corpus.statements()}


def test_a_rejected_claim_goes_too(store: Path) -> None:
    with purport.open(store) as corpus:
        one = corpus.claims()[0]
        before = len(corpus.claims())
    reject(store, one)
    with purport.open(store) as corpus:
        assert one.id not in {row.id for row in corpus.claims()}
        assert len(corpus.claims()) == before - 1
        assert len(corpus.claims(as_found=True)) == before


def test_the_network_stands_on_what_is_judged(store: Path) -> None:
    with purport.open(store) as corpus:
        edge = next(one for one in corpus.network().edges if len(one.ties) == 1)
        [evidence] = corpus.evidence(edge.ties)
        claims = corpus.claims(document=evidence.document, all=True, with_reporting=True)
        statements = corpus.statements(document=evidence.document, all=True, unsaid=True)
    reject(store, *claims, *statements)
    with purport.open(store) as corpus:
        assert edge.ties[0] not in {tie for one in corpus.network().edges for tie in one.ties}
        assert edge.ties[0] in {tie for one in corpus.network(as_found=True).edges for tie in one.ties}


def test_copies_are_removed_with_the_corpus(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    with purport.open(store) as corpus:
        one = corpus.statements()[0]
    reject(store, one)
    with purport.open(store) as corpus:
        corpus.statements()
        assert list(tmp_path.glob("purport-*"))
    assert not list(tmp_path.glob("purport-*"))
