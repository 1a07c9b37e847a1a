from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import purport
from purport.datasets import gather, read_dataset
from purport.errors import StoreError, UsageError
from purport.model.document import Metadata
from purport.store import Store
from tests.conftest import EXAMPLES
from tests.datasets.conftest import exported, files_of, small_dataset

GERMAN = Metadata(language="de")


def test_a_gathered_store_is_the_one_that_was_read(example_store: Path, example_dataset: Path, tmp_path: Path) -> None:
    done = gather(example_dataset, tmp_path / "s.db")
    assert (done.summary.new, done.there, done.faults) == (22, 0, ())
    formats = ("jsonl", "csv", "brat")
    assert exported(tmp_path / "s.db", tmp_path / "a", *formats) == exported(example_store, tmp_path / "b", *formats)


def test_only_what_has_come_since_is_gathered(example_store: Path, example_dataset: Path, tmp_path: Path) -> None:
    part, store = tmp_path / "part", tmp_path / "s.db"
    part.mkdir()
    markers = sorted(path for path in example_dataset.iterdir() if len(path.name) == 37)
    shutil.copy(example_dataset / "dataset.json", part)
    came = []
    for some in (markers[5:], markers[:2], [], markers[2:5]):
        for path in some:
            for file in example_dataset.glob(f"{path.stem}.*"):
                shutil.copy(file, part)
        done = gather(part, store)
        came.append((done.came, done.there, done.faults))
    count = len(markers)
    assert came == [(count - 5, 0, ()), (2, count - 5, ()), (0, count - 3, ()), (3, count - 3, ())]
    assert exported(store, tmp_path / "a", "jsonl") == exported(example_store, tmp_path / "b", "jsonl")


def test_what_was_forgotten_does_not_come_back(example_dataset: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    gather(example_dataset, store)
    with purport.open(store) as corpus:
        corpus.forget([corpus.documents()[0].id])
    assert gather(example_dataset, store).came == 0
    with purport.open(store) as corpus:
        assert len(corpus.documents()) == 21
        assert corpus.verify() == []


def test_a_gathering_that_is_stopped_goes_on(example_store: Path, example_dataset: Path, tmp_path: Path) -> None:
    store, asked = tmp_path / "s.db", iter(range(100))
    done = gather(example_dataset, store, stop=lambda: next(asked) >= 9)
    assert done.summary.stopped
    assert 0 < done.summary.new < 22
    done = gather(example_dataset, store)
    assert (done.summary.stopped, done.faults) == (False, ())
    assert exported(store, tmp_path / "a", "jsonl") == exported(example_store, tmp_path / "b", "jsonl")


def test_a_gathering_that_fails_midway_goes_on(
    example_store: Path, example_dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, add, calls = tmp_path / "s.db", Store.add, []

    def full(self: Store, *arguments: object) -> object:
        calls.append(1)
        if len(calls) > 11:
            raise StoreError("the disk is full")
        return add(self, *arguments)  # type: ignore[arg-type]  # as they came

    with monkeypatch.context() as patch:
        patch.setattr(Store, "add", full)
        with pytest.raises(StoreError, match="full"):
            gather(example_dataset, store)
    assert gather(example_dataset, store).faults == ()
    assert exported(store, tmp_path / "a", "jsonl") == exported(example_store, tmp_path / "b", "jsonl")


def test_shares_out_of_order_and_one_twice_make_the_same(texts: Path, tmp_path: Path) -> None:
    with purport.open(tmp_path / "read.db") as corpus:
        read = corpus.add([texts], told=GERMAN)
    dataset = small_dataset(tmp_path / "ds")
    planned = finished = 0
    for number in (5, 2, 7, 5, 1, 3, 6, 4):
        done = read_dataset(dataset, [texts], told=GERMAN, share=(number, 7), workers=2)
        assert done.there == (0 if done.finished else done.mine)
        planned, finished = done.planned, finished + done.finished
    assert finished == planned > 7
    gathered = gather(dataset, tmp_path / "s.db")
    assert gathered.came == finished
    assert gathered.summary.failed == read.failed != []
    assert (gathered.summary.new, gathered.summary.seen) == (read.new, read.seen) == (30, 1)
    formats = ("jsonl", "csv")
    assert exported(tmp_path / "s.db", tmp_path / "a", *formats) == exported(
        tmp_path / "read.db", tmp_path / "b", *formats
    )
    with Store(tmp_path / "s.db") as one, Store(tmp_path / "read.db") as other:
        assert one.problems() == other.problems() != []


def test_a_damaged_shard_is_left_out_and_comes_when_it_was_read_again(
    example_store: Path, copied_dataset: Path, tmp_path: Path
) -> None:
    store = tmp_path / "s.db"
    broken, gone, *_ = sorted(copied_dataset.glob("*.records.jsonl.gz"))
    broken.write_bytes(broken.read_bytes()[:-9])
    gone.unlink()
    done = gather(copied_dataset, store)
    assert len(done.faults) == 2
    size = broken.stat().st_size
    assert done.faults[0].startswith(f"{broken}: is cut short ({size:,} of {size + 9:,} bytes); run the same")
    assert done.faults[1].startswith(f"{gone}: is not there, and the marker of its shard is; run the same")
    again = read_dataset(copied_dataset, [EXAMPLES / "corpus"], metadata=EXAMPLES / "metadata.csv")
    assert (again.finished, again.there) == (2, done.came)
    assert gather(copied_dataset, store).came == 2
    assert exported(store, tmp_path / "a", "jsonl") == exported(example_store, tmp_path / "b", "jsonl")


def test_gathering_changes_no_file_of_the_dataset(copied_dataset: Path, tmp_path: Path) -> None:
    before = files_of(copied_dataset)
    gather(copied_dataset, tmp_path / "s.db")
    assert files_of(copied_dataset) == before


def test_what_is_no_dataset_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no dataset here"):
        gather(tmp_path, tmp_path / "s.db")
    assert not (tmp_path / "s.db").exists()


def test_some_documents_can_be_gathered_alone(example_dataset: Path, tmp_path: Path) -> None:
    dataset = Path(shutil.copytree(example_dataset, tmp_path / "dataset"))
    with purport.open(dataset) as asked:
        every = asked.documents()
    store = tmp_path / "some.db"
    done = gather(dataset, store, outlet="ardinform", since="2031-03-14")
    own = {row.id for row in every if row.outlet == "Ardinform" and (row.published or "") >= "2031-03-14"}
    with purport.open(store) as corpus:
        assert {row.id for row in corpus.documents()} == own
        assert corpus.verify() == []
    assert 0 < len(own) < 6
    again = gather(dataset, store, outlet="ardinform", since="2031-03-14")
    assert (again.came, again.there) == (0, done.came)
    about = tmp_path / "about.db"
    gather(dataset, about, about="Stavik")
    with purport.open(about) as corpus:
        named = {row.id for row in corpus.documents()}
        assert {link.document for link in corpus.links("Aurel Stavik")} == named
        assert 0 < len(named) < len(every)
    gather(dataset, about)
    with purport.open(about) as corpus:
        assert len(corpus.documents()) == len(every)
    assert gather(dataset, about, about="Stavik").came == 0
    for wrong in ({"outlet": "Ardin"}, {"about": "Xyzzy"}, {"since": "then"}):
        with pytest.raises(UsageError):
            gather(dataset, store, **wrong)  # type: ignore[arg-type]  # one at a time, of several types
