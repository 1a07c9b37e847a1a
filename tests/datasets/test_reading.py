from __future__ import annotations

import errno
import os
import signal
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from purport.corpus.limits import WorkerLimits
from purport.corpus.reading import Job, work
from purport.datasets import gather, make_dataset, open_dataset, read_dataset, verify_dataset
from purport.errors import StoreError
from purport.model.document import Metadata
from purport.model.record import Run
from purport.runtime.pool import TRIES
from tests.conftest import EXAMPLES
from tests.datasets.conftest import exported, files_of, in_child, small_dataset

GERMAN = Metadata(language="de")


def test_reading_again_changes_no_file(copied_dataset: Path) -> None:
    before = files_of(copied_dataset)
    done = read_dataset(copied_dataset, [EXAMPLES / "corpus"], metadata=EXAMPLES / "metadata.csv")
    assert (done.summary.new, done.summary.seen, done.finished) == (0, 22, 0)
    assert done.there == done.planned
    assert files_of(copied_dataset) == before


def test_nobody_else_may_read_it(texts: Path, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        dataset = tmp_path / "ds"
        read_dataset(dataset, [texts], told=GERMAN)
    finally:
        os.umask(before)
    assert stat.S_IMODE(dataset.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in dataset.iterdir()} == {0o600}
    assert any(".problems." in path.name for path in dataset.iterdir())


@pytest.mark.parametrize("workers", [1, 3])
def test_shards_are_the_same_bytes_whatever_the_workers_and_the_place(
    texts: Path, tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(texts.parent)
    one, other = small_dataset(tmp_path / "one"), small_dataset(tmp_path / "other")
    read_dataset(one, ["texts"], told=GERMAN, workers=2)
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    texts.rename(moved / "texts")
    monkeypatch.chdir(moved)
    read_dataset(other, ["texts"], told=GERMAN, workers=workers)
    assert {name: data for name, (data, _) in files_of(one).items()} == {
        name: data for name, (data, _) in files_of(other).items()
    }


@pytest.mark.parametrize("calls", [1, 2, 3, 8])
def test_a_reading_that_is_killed_goes_on(
    texts: Path, tmp_path: Path, calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset, whole = small_dataset(tmp_path / "killed"), small_dataset(tmp_path / "whole")
    read_dataset(whole, [texts], told=GERMAN)
    fsync, left = os.fsync, [calls]

    def killed(file: int) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        fsync(file)

    def job() -> None:
        monkeypatch.setattr(os, "fsync", killed)
        read_dataset(dataset, [texts], told=GERMAN, workers=2)

    child = in_child(job)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    proof = verify_dataset(dataset)
    assert proof.faults == []
    assert any(path.name.endswith(".part") for path in dataset.iterdir())
    finished = files_of(dataset)
    done = read_dataset(dataset, [texts], told=GERMAN)
    assert (done.there, done.finished) == (proof.shards, done.planned - proof.shards)
    now = files_of(dataset)
    assert {name: data for name, (data, _) in now.items()} == {
        name: data for name, (data, _) in files_of(whole).items()
    }
    markers = [name for name in finished if len(name) == 37]
    assert {name: finished[name] for name in markers} == {name: now[name] for name in markers}


def test_two_jobs_on_one_shard_do_no_harm(texts: Path, tmp_path: Path) -> None:
    dataset = small_dataset(tmp_path / "ds")
    children = [in_child(lambda: read_dataset(dataset, [texts], told=GERMAN, workers=1)) for _ in range(3)]
    for child in children:
        assert os.waitpid(child, 0)[1] == 0
    proof = verify_dataset(dataset)
    assert (proof.faults, proof.unfinished) == ([], [])
    done = read_dataset(dataset, [texts], told=GERMAN)
    assert done.there == done.planned == proof.shards
    assert not list(dataset.glob(".*"))


def test_a_file_that_is_added_changes_one_shard(texts: Path, tmp_path: Path) -> None:
    dataset = small_dataset(tmp_path / "ds")
    before = read_dataset(dataset, [texts], told=GERMAN)
    (texts / "1" / "15b.txt").write_text("Niemand wurde verletzt, sagte Mara Denk.")
    done = read_dataset(dataset, [texts], told=GERMAN)
    assert 1 <= done.finished <= 2
    assert done.there >= before.planned - 1
    other = tmp_path / "zz"
    other.mkdir()
    (other / "a.txt").write_text("Auch das noch, sagte Mara Denk.")
    again = read_dataset(dataset, [texts, other], told=GERMAN)
    assert (again.there, again.finished) == (done.planned, 1)


def test_another_run_is_refused_and_nothing_is_lost(copied_dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_of(copied_dataset)
    monkeypatch.setattr("purport.pipeline.__version__", "9.9.9")
    with pytest.raises(StoreError, match=r"holds a dataset of another run \(purport .*\), and this is purport 9\.9\.9"):
        read_dataset(copied_dataset, [EXAMPLES / "corpus"])
    assert files_of(copied_dataset) == before


def test_a_full_disk_is_one_line_and_what_is_finished_stays(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset, write, left = small_dataset(tmp_path / "ds"), os.write, [20]

    def full(file: int, data: Any) -> int:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(file, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(StoreError, match="the disk is full; free some space and run the same again"):
            read_dataset(dataset, [texts], told=GERMAN, workers=1)
    proof = verify_dataset(dataset)
    assert (proof.faults, proof.unfinished) == ([], [])
    assert not list(dataset.glob(".*"))
    assert proof.shards > 0
    done = read_dataset(dataset, [texts], told=GERMAN)
    assert done.there == proof.shards
    assert done.finished == done.planned - proof.shards


def test_a_document_that_kills_workers_is_a_problem_and_higher_limits_try_it_again(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = small_dataset(tmp_path / "ds")

    def deadly(job: Job, *rest: Any) -> Iterator[Any]:
        if job.path.endswith("/7.txt"):
            os._exit(9)
        yield from work(job, *rest)

    with monkeypatch.context() as patch:
        patch.setattr("purport.datasets.reading.work", deadly)
        done = read_dataset(dataset, [texts], told=GERMAN, workers=2)
    assert [Path(one.path).name for one in done.summary.failed] == ["7.txt", "empty.txt"]
    assert f"died {TRIES} times" in done.summary.failed[0].reason
    before = files_of(dataset)
    done = read_dataset(dataset, [texts], told=GERMAN)
    assert (done.finished, len(done.summary.failed)) == (0, 2)
    assert files_of(dataset) == before
    done = read_dataset(dataset, [texts], told=GERMAN, limits=WorkerLimits(seconds=400))
    assert [Path(one.path).name for one in done.summary.failed] == ["empty.txt"]
    assert 1 <= done.finished <= 2
    proof = verify_dataset(dataset)
    assert (proof.faults, proof.unfinished) == ([], [])
    lower = read_dataset(dataset, [texts], told=GERMAN, limits=WorkerLimits(seconds=10))
    assert lower.finished == 0


def test_a_file_that_changes_while_it_is_read_is_not_written(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = small_dataset(tmp_path / "ds")

    def changing(job: Job, *rest: Any) -> Iterator[Any]:
        if job.path.endswith("/7.txt"):
            Path(job.path).write_text("Etwas anderes, sagte Mara Denk.")
        yield from work(job, *rest)

    with monkeypatch.context() as patch:
        patch.setattr("purport.datasets.reading.work", changing)
        done = read_dataset(dataset, [texts], told=GERMAN)
    assert done.changed == 1
    assert "changed while it was read" in " ".join(one.reason for one in done.summary.failed)
    again = read_dataset(dataset, [texts], told=GERMAN)
    assert (again.changed, again.finished) == (0, 1)


def test_a_large_container_is_split_by_its_entries(tmp_path: Path) -> None:
    import purport

    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for number in range(40):
            packed.writestr(f"{number}.txt", f"Die Brücke {number} wurde nicht getroffen, sagte Mara Denk. " * 5)
        packed.writestr("empty.txt", "")
    dataset = small_dataset(tmp_path / "ds", 700)
    done = read_dataset(dataset, [archive], told=GERMAN, share=(2, 2))
    assert 2 <= done.planned <= 64
    read_dataset(dataset, [archive], told=GERMAN, share=(1, 2))
    assert gather(dataset, tmp_path / "s.db").came == done.planned
    with purport.open(tmp_path / "read.db") as corpus:
        corpus.add([archive], told=GERMAN)
    formats = ("jsonl", "csv")
    assert exported(tmp_path / "s.db", tmp_path / "a", *formats) == exported(
        tmp_path / "read.db", tmp_path / "b", *formats
    )


def test_a_dataset_inside_what_is_read_is_not_read(texts: Path) -> None:
    dataset = small_dataset(texts / "ds")
    first = read_dataset(dataset, [texts], told=GERMAN)
    again = read_dataset(dataset, [texts], told=GERMAN)
    assert first.planned == again.planned == again.there


def test_bytes_at_hand_are_documents_too(tmp_path: Path) -> None:
    dataset = tmp_path / "ds"
    for finished in (1, 0):
        done = read_dataset(dataset, [], data={"-": b"Die Bruecke steht, sagte Mara Denk."}, told=GERMAN)
        assert (done.finished, done.planned) == (finished, 1)


def test_a_reading_that_is_stopped_goes_on(texts: Path, tmp_path: Path) -> None:
    dataset, asked = small_dataset(tmp_path / "ds"), iter(range(1000))
    done = read_dataset(dataset, [texts], told=GERMAN, workers=1, stop=lambda: next(asked) > 30)
    assert done.summary.stopped
    assert done.finished < done.planned
    assert verify_dataset(dataset).shards == done.finished
    again = read_dataset(dataset, [texts], told=GERMAN)
    assert (again.there, again.finished) == (done.finished, done.planned - done.finished)


def test_a_folder_that_is_used_otherwise_is_refused(texts: Path, tmp_path: Path) -> None:
    before = files_of(texts / "0")
    with pytest.raises(StoreError, match=r"this folder holds other files .*; name a new one"):
        read_dataset(texts / "0", [texts], told=GERMAN)
    assert files_of(texts / "0") == before
    with pytest.raises(StoreError, match="no dataset can be made here"):
        read_dataset(texts / "0" / "3.txt", [texts], told=GERMAN)
    with pytest.raises(StoreError, match="no dataset can be made here"):
        read_dataset(tmp_path / "no" / "where", [texts], told=GERMAN)


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b'{"dataset": 99}', b'{"dataset": 1, "run": 3}'])
def test_a_description_that_is_damaged_is_one_line(tmp_path: Path, data: bytes) -> None:
    folder = tmp_path / "ds"
    make_dataset(folder, Run("1", (("a", "b"),), (("c", "d"),)), 77)
    dataset = open_dataset(folder)
    assert (dataset.run, dataset.shard_size) == (Run("1", (("a", "b"),), (("c", "d"),)), 77)
    (folder / "dataset.json").write_bytes(data)
    with pytest.raises(StoreError, match=r"damaged|a dataset of form 99"):
        open_dataset(folder)
