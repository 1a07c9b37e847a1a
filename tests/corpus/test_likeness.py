"""What a store keeps of stories and passages: reading in steps, in any order, gives the same as reading all at once."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pytest

import purport
from purport import store as stores
from purport.corpus.likeness import keep_likeness
from purport.corpus.sharing import keep_sharing
from purport.store.shared import days_shared
from purport.store.ties import signatures
from tests.stories.test_passages import FILLER, SENTENCES, changed

NUMBER = 9


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    rows = ["file,date,outlet"]
    for number in range(NUMBER):
        own = [SENTENCES[number // 3], changed(SENTENCES[number // 3 + 1], number), FILLER[number % 6]]
        (folder / f"{number}.txt").write_text("\n".join(own), encoding="utf-8")
        rows.append(f"{number}.txt,{f'2031-03-{number + 1:02}' if number % 4 else ''},Outlet {number % 2}")
    (folder / "table.csv").write_text("\n".join(rows))
    return folder


def read(folder: Path, store: Path, steps: Sequence[Sequence[int]]) -> tuple[list[object], list[object]]:
    with purport.open(store) as corpus:
        for step in steps:
            corpus.add([folder / f"{number}.txt" for number in step], metadata=folder / "table.csv", workers=1)
        return told(corpus)


def told(corpus: purport.Corpus) -> tuple[list[object], list[object]]:
    stories = [(one, corpus.members(one)) for one in corpus.stories(all=True)]
    return list(stories), [asdict(one) for one in corpus.passages()]


@pytest.fixture(scope="module")
def whole(folder: Path) -> tuple[list[object], list[object]]:
    return read(folder, folder / "whole.db", [range(NUMBER)])


def test_steps_in_another_order_give_the_same(folder: Path, whole: tuple[list[object], list[object]]) -> None:
    assert read(folder, folder / "steps.db", [(7, 2, 3), (8, 0), (6, 1, 5, 4)]) == whole
    assert whole[1]


def test_what_is_taken_back_counts_no_more(folder: Path, whole: tuple[list[object], list[object]]) -> None:
    shutil.copy(folder / "whole.db", folder / "less.db")
    with purport.open(folder / "less.db") as corpus:
        gone = [corpus.find(f"{number}.txt") for number in (1, 4)]
        corpus.forget(gone)
        less = told(corpus)
        with stores.Store(corpus.path, write=True) as store:
            keep_likeness(store)
            keep_sharing(store)
        corpus.close()
        assert told(corpus) == less
    assert read(folder, folder / "fewer.db", [(0, 2, 3, 5, 6, 7, 8)]) == less
    assert less != whole


def test_a_store_that_keeps_nothing_yet_answers_the_same(
    folder: Path, whole: tuple[list[object], list[object]]
) -> None:
    shutil.copy(folder / "whole.db", folder / "old.db")
    with stores.Store(folder / "old.db", write=True) as store:
        assert signatures(store)
        assert days_shared(store)
        for table in ("story_day", "story_ties", "story_vector", "passage_day", "passage_words", "passage"):
            store.connection.execute(f"DELETE FROM {table}")
    with purport.open(folder / "old.db") as corpus:
        assert told(corpus) == whole


def test_what_is_kept_is_worked_out_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with stores.Store(folder / "whole.db", write=True) as store:
        monkeypatch.setattr("purport.corpus.likeness.texts_of", None)
        monkeypatch.setattr("purport.corpus.sharing.texts_of", None)
        keep_likeness(store)
        keep_sharing(store)


def test_what_was_forgotten_can_be_read_again(folder: Path, whole: tuple[list[object], list[object]]) -> None:
    shutil.copy(folder / "whole.db", folder / "again.db")
    with purport.open(folder / "again.db") as corpus:
        corpus.forget([corpus.find("2.txt"), corpus.find("5.txt")])
    assert read(folder, folder / "again.db", [(2, 5)]) == whole


def test_another_text_under_the_same_id_is_worked_out_anew(folder: Path) -> None:
    shutil.copy(folder / "whole.db", folder / "changed.db")
    with stores.Store(folder / "changed.db", write=True) as store:
        text = "Nothing of what was said here stands here any more."
        store.connection.execute("UPDATE document SET text = ? WHERE key = 3", (text,))
        ((id,),) = store.query("SELECT id FROM document WHERE key = 3")
    with purport.open(folder / "changed.db") as corpus:
        assert not [one for one in corpus.passages() if id in (one.a, one.b)]
        assert corpus.story(id).documents == (id,)
