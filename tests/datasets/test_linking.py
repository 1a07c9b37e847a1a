from __future__ import annotations

import json
import os
import shutil
import stat
from pathlib import Path
from unittest.mock import Mock

import pytest

import purport
from purport.datasets import actors as actors_of
from purport.datasets import link, read_dataset, tables
from purport.datasets.duck import connected, fetched, files
from purport.datasets.linked import LINKED
from purport.datasets.linking import linked
from purport.errors import StoreError
from purport.model.document import Metadata
from purport.runtime.pool import Pool
from tests.datasets.conftest import files_of, small_dataset

GERMAN = Metadata(language="de")


def test_only_what_came_since_is_gone_through(dataset: Path, texts: Path) -> None:
    seen: list[tuple[int, int]] = []
    first = link(dataset, workers=2, progress=lambda done, of: seen.append((done, of)))
    assert first.tables == len(seen) > 2
    assert seen[-1] == (first.tables, first.tables)
    assert (first.there, first.documents, first.faults) == (0, 30, ())
    before = files_of(dataset / "tables")
    again = link(dataset)
    assert (again.tables, again.there, again.documents) == (0, first.tables, 30)
    assert files_of(dataset / "tables") == before
    (texts / "0" / "new.txt").write_text("Auch das noch, sagte Mara Denk.")
    read_dataset(dataset, [texts], told=GERMAN)
    later = link(dataset)
    assert later.tables < first.tables
    assert later.documents == 31
    after = files_of(dataset / "tables")
    assert {name for name in after if name.startswith("linked.")}.isdisjoint(
        {name for name in before if name.startswith("linked.") and name != "linked.json"}
    )


def test_nobody_else_may_read_them(dataset: Path) -> None:
    before = os.umask(0)
    try:
        link(dataset)
    finally:
        os.umask(before)
    assert stat.S_IMODE((dataset / "tables").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (dataset / "tables").iterdir()} == {0o600}
    assert not list((dataset / "tables").glob(".*"))


def test_a_damaged_shard_is_left_out_and_comes_when_it_was_read_again(dataset: Path, texts: Path) -> None:
    broken = max(dataset.glob("*.records.jsonl.gz"), key=lambda path: path.stat().st_size)
    whole = broken.read_bytes()
    broken.write_bytes(whole[:-9])
    done = link(dataset)
    assert [fault for fault in done.faults if str(broken) in fault] == list(done.faults)
    assert len(done.faults) == 1
    assert done.documents < 30
    read_dataset(dataset, [texts], told=GERMAN)
    done = link(dataset)
    assert (done.documents, done.faults) == (30, ())


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"form": 0}', b'{"form": 1}'])
def test_a_damaged_list_of_tables_is_made_anew(dataset: Path, data: bytes) -> None:
    link(dataset)
    path = dataset / "tables" / "linked.json"
    whole = path.read_bytes()
    path.write_bytes(data)
    assert link(dataset).documents == 30
    assert path.read_bytes() == whole


def test_damaged_tables_are_one_line(dataset: Path) -> None:
    link(dataset)
    path = linked(dataset).path("document")
    path.write_bytes(path.read_bytes()[:-20])
    with purport.open(dataset) as corpus, pytest.raises(StoreError, match="run `purport link` again") as told:
        corpus.documents()
    assert "\n" not in str(told.value)


def test_a_linking_that_is_stopped_goes_on(dataset: Path) -> None:
    asked = iter(range(10**6))
    done = link(dataset, workers=1, stop=lambda: next(asked) > 3)
    assert done.stopped
    assert not (dataset / "tables" / "linked.json").exists()
    there = len(list((dataset / "tables").glob("*.json")))
    done = link(dataset)
    assert (done.there, done.documents, done.stopped) == (there, 30, False)


def test_tables_of_an_earlier_form_are_made_anew(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = link(dataset)
    for module in (tables, __import__("purport.datasets.linking", fromlist=["FORM"])):
        monkeypatch.setattr(module, "FORM", tables.FORM + 1 if module is tables else 2)
    assert link(dataset).tables == first.tables
    assert json.loads((dataset / "tables" / "linked.json").read_bytes())["form"] == 2


def test_an_empty_dataset_answers_too(tmp_path: Path) -> None:
    folder = small_dataset(tmp_path / "ds")
    assert link(folder).documents == 0
    with purport.open(folder) as corpus:
        for rows in (corpus.statements(), corpus.claims(), corpus.actors(), corpus.documents()):
            assert list(rows) == []
        assert corpus.info().documents == 0
        assert corpus.network().edges == ()


def test_the_tables_are_no_part_of_what_is_proved_or_read(dataset: Path, texts: Path) -> None:
    link(dataset)
    before = files_of(dataset / "tables")
    done = read_dataset(dataset, [texts], told=GERMAN)
    assert done.finished == 0
    assert purport.open(dataset).verify() == []
    assert files_of(dataset / "tables") == before
    (dataset / "dataset.json").unlink()
    read_dataset(dataset, [texts], told=GERMAN)  # the description is made again
    assert link(dataset).documents == 30


def test_what_is_no_dataset_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no dataset here"):
        link(tmp_path)


def test_a_full_disk_is_no_fault_of_a_shard(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreError(f"{dataset}: the disk is full")

    monkeypatch.setattr("purport.datasets.tables.TableFile.finish", full)
    with pytest.raises(StoreError, match="the disk is full"):
        link(dataset)
    assert not (dataset / "tables" / "linked.json").exists()
    monkeypatch.undo()
    assert link(dataset).documents == 30


def test_a_folder_of_any_name_will_do(texts: Path, tmp_path: Path) -> None:
    folder = small_dataset(tmp_path / "d [1] {x} *?'%s")
    read_dataset(folder, [texts], told=GERMAN)
    with purport.open(folder) as corpus:
        assert len(corpus.documents()) == 30
        assert list(corpus.statements(limit=3)) == []


def test_actors_found_a_part_at_a_time_are_those_of_all_at_once(
    copied_dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def actors() -> list[list[tuple[object, ...]]]:
        told, connection = linked(copied_dataset), connected()
        found = [connection.execute(f"FROM {files([told.path(one)])}").fetchall() for one in LINKED if "actor" in one]
        connection.close()
        return found

    whole = actors()
    shutil.rmtree(copied_dataset / "tables")
    monkeypatch.setattr("purport.datasets.actors.AT_ONCE", 40)
    pool = Mock(wraps=Pool)
    monkeypatch.setattr(actors_of, "Pool", pool)
    link(copied_dataset, workers=2)
    assert actors() == whole
    assert len(whole[0]) > 40
    assert [call.args[0] for call in pool.call_args_list] == [2]
    assert not list((copied_dataset / "tables").glob(".*"))


def test_a_worker_that_dies_while_actors_are_found_is_one_line(
    copied_dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(copied_dataset / "tables", ignore_errors=True)
    monkeypatch.setattr("purport.datasets.actors.AT_ONCE", 40)
    monkeypatch.setattr(actors_of, "kept_rows", lambda _: os._exit(7))
    with pytest.raises(StoreError, match="who is who could not be found"):
        link(copied_dataset, workers=2)
    assert not list((copied_dataset / "tables").glob(".*"))


def test_a_page_of_a_table_that_is_damaged_is_one_line(dataset: Path) -> None:
    link(dataset)
    path = max((dataset / "tables").glob("*.statements.parquet"), key=lambda one: one.stat().st_size)
    data = bytearray(path.read_bytes())
    data[8 : len(data) // 2] = bytes(len(data) // 2 - 8)
    path.write_bytes(data)
    with pytest.raises(StoreError, match="the tables cannot be read"):
        list(fetched(connected(), f"SELECT * FROM {files([path])}", path))
