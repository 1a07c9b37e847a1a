from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import purport
from purport.errors import UsageError

SECRET = "Zwiebelturmwetterhahn"


def stored(path: Path) -> purport.Corpus:
    texts = path.parent / "texts"
    texts.mkdir()
    (texts / "kept.txt").write_text("Mara Denk said that the dam was safe.\n")
    (texts / "gone.txt").write_text(
        f"{SECRET} denied that the {SECRET.lower()} had been hit. “{SECRET}!” he said.\n" * 40
    )
    corpus = purport.open(path)
    corpus.add([texts], workers=1)
    return corpus


def test_nothing_of_a_forgotten_document_stays_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with stored(path) as corpus:
        name = corpus.find("gone.txt")
        assert corpus.statements(search=SECRET)
        corpus.forget([name])
        assert len(corpus.documents()) == 1
        assert not corpus.statements(search=SECRET)
        assert corpus.statements(by="Denk")
        assert corpus.verify() == []
    left = b"".join(p.read_bytes() for p in tmp_path.glob("s.db*")).lower()
    assert SECRET.lower().encode() not in left
    assert SECRET[:12].lower().encode() not in left
    with sqlite3.connect(path) as raw:
        assert raw.execute("SELECT count(*) FROM source").fetchone() == (1,)
        assert raw.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_a_forgotten_document_can_be_read_again(tmp_path: Path) -> None:
    with stored(tmp_path / "s.db") as corpus:
        before = [s.id for s in corpus.statements()]
        corpus.forget([corpus.find("gone.txt")])
        corpus.add([tmp_path / "texts"], workers=1)
        assert sorted(s.id for s in corpus.statements()) == sorted(before)


def test_nothing_is_removed_when_one_of_them_is_not_there(tmp_path: Path) -> None:
    with stored(tmp_path / "s.db") as corpus:
        with pytest.raises(UsageError, match="nothing was removed"):
            corpus.forget([corpus.find("gone.txt"), "0123456789abcdef"])
        assert len(corpus.documents()) == 2


def test_what_earlier_runs_made_of_it_goes_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with stored(tmp_path / "s.db") as corpus:
        corpus.close()
        monkeypatch.setattr("purport.pipeline.current_run", lambda _: purport.Run("another"))
        corpus.add([tmp_path / "texts"], workers=1, again=True)
        assert [one.earlier for one in corpus.info().runs].count(2) == 1
        corpus.forget([corpus.find("gone.txt")])
        assert [one.earlier for one in corpus.info().runs].count(1) == 1
        corpus.close()
    assert SECRET.encode() not in (tmp_path / "s.db").read_bytes()
