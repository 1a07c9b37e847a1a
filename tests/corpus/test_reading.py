from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import purport
from purport.corpus.reading import Job, Progress, jobs, process_texts, worker_count
from purport.errors import ReadError, StoreError, UsageError
from purport.model.document import Metadata
from purport.read.options import Options
from tests.conftest import EXAMPLES

CORPUS = EXAMPLES / "corpus"
KILLS = 8


def exported(store: Path, folder: Path, *formats: str) -> dict[str, bytes]:
    with purport.open(store) as corpus:
        assert corpus.verify() == []
        paths = [path for format in formats for path in corpus.export(format, folder / format)]
    return {path.name: path.read_bytes() for path in paths if path.suffix != ".parquet"}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_store_is_the_same_whatever_the_order_and_the_workers(
    example_store: Path, tmp_path: Path, workers: int
) -> None:
    paths = sorted(path for path in CORPUS.rglob("*") if path.is_file())
    random.Random(workers).shuffle(paths)
    with purport.open(tmp_path / "other.db") as corpus:
        for part in (paths[:7], paths[7:]):
            summary = corpus.add(part, metadata=EXAMPLES / "metadata.csv", workers=workers)
            assert not summary.failed
    formats = ("jsonl", "csv", "brat", "parquet")
    expected = exported(example_store, tmp_path / "a", *formats)
    assert exported(tmp_path / "other.db", tmp_path / "b", *formats) == expected
    for name in ("documents.parquet", "attributions.parquet", "claims.parquet"):
        one, other = (pq.read_table(tmp_path / side / "parquet" / name) for side in "ab")
        assert one.equals(other)


def test_reading_again_changes_nothing(copied: Path, tmp_path: Path) -> None:
    before = exported(copied, tmp_path / "a", "jsonl")
    with purport.open(copied) as corpus:
        assert len(corpus.documents()) == 22  # a reader that is open is no hindrance
        summary = corpus.add([CORPUS])
        assert (summary.new, summary.seen, summary.filled, summary.failed) == (0, 22, 0, [])
        assert len(corpus.documents()) == 22
    assert exported(copied, tmp_path / "b", "jsonl") == before


def test_a_reading_that_is_killed_at_any_instant_is_finished_by_the_next(example_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "killed.db"
    command = [sys.executable, "-m", "purport.cli", "read", str(CORPUS), "--store", str(store), "--workers", "2"]
    command += ["--metadata", str(EXAMPLES / "metadata.csv")]
    chance = random.Random(11)
    killed = 0
    for _ in range(KILLS):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(chance.uniform(0.3, 2.5))
            killed += process.poll() is None
            process.send_signal(signal.SIGKILL)
        if store.exists() and store.stat().st_size:
            with purport.open(store) as corpus:
                try:
                    assert corpus.verify() == []
                except purport.StoreError as error:  # killed while the file was made
                    assert "not a store" in str(error) or "older purport" in str(error)  # noqa: PT017
    assert killed
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert exported(store, tmp_path / "a", "jsonl") == exported(example_store, tmp_path / "b", "jsonl")
    assert not list(tmp_path.glob("killed.db-*"))


def test_problems_are_told_kept_and_solved(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text("Mara Denk denied that the bridge had been hit.")
    (folder / "empty.txt").write_text("")
    (folder / "rows.csv").write_text("text,title\nMara Denk denied it.,a\n,b\n")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    odd = folder / "caf\udce9.txt"
    odd.write_text("Ilian Denk said that the dam held.")
    with purport.open(tmp_path / "made.db") as corpus:
        summary = corpus.add([folder], workers=2)
        told = [(Path(one.path).name, one.part) for one in summary.failed]
        assert told == [("broken.pdf", ""), ("empty.txt", ""), ("rows.csv", "row 2")]
        assert summary.new == 3
        assert [one.path for one in corpus.store.problems()] == [one.path for one in summary.failed]
        assert not [one for one in summary.failed if "\n" in one.reason]
        assert any(row.paths[0].endswith("caf\\xe9.txt") for row in corpus.documents())
        (folder / "empty.txt").write_text("Runa Sel reported it.")
        assert len(corpus.add([folder / "empty.txt"]).failed) == 0
        assert [Path(one.path).name for one in corpus.store.problems()] == ["broken.pdf", "rows.csv"]
        corpus.export("brat", tmp_path / "out")
        assert corpus.verify() == []


FOREIGN = 2 * (
    "Der Minister sagte am Dienstag, dass die Brücke nicht getroffen worden sei. Die Regierung in Halvenna wies die "
    "Vorwürfe zurück und erklärte, niemand habe geschossen. Beobachter konnten das bisher nicht bestätigen. "
    "Die Gespräche in Abelund werden am Donnerstag fortgesetzt, hieß es weiter. "
)


def test_a_foreign_text_is_kept_and_analysed_when_it_is_said_to_be_english(tmp_path: Path) -> None:
    path = tmp_path / "meldung.txt"
    path.write_text(FOREIGN, encoding="utf-8")
    with purport.open(tmp_path / "made.db") as corpus:
        assert corpus.add([path]).foreign == 1
        (row,) = corpus.documents()
        assert (row.analysed, row.attributions) == (False, 0)
        assert "another language" in row.notes[0]
        assert corpus.add([path]).seen == 1
        assert corpus.add([path], told=Metadata(language="en")).filled == 1
        (row,) = corpus.documents()
        assert (row.analysed, row.notes, row.language) == (True, (), "en")
        assert corpus.add([path]).seen == 1
        assert corpus.verify() == []


def test_two_copies_that_come_at_once_are_one_document(tmp_path: Path) -> None:
    for name in "dcba":
        (tmp_path / f"{name}.csv").write_text("text\nMara Denk denied it.\nReth said no.\nMara Denk denied it.\n")
    found = []
    for workers in (1, 2):
        with purport.open(tmp_path / f"{workers}.db") as corpus:
            summary = corpus.add([tmp_path], workers=workers)
            assert (summary.new, summary.seen) == (2, 10)
            assert corpus.verify() == []
            found.append(list(corpus.records()))
            assert {one.document.part for one in found[-1]} == {"row 1", "row 2"}
    assert found[0] == found[1]


def test_jobs_share_out_files_of_many_documents(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}")
    (tmp_path / "b.txt").write_text("x")
    told = Metadata(outlet="Ardinform")
    table = {"b.txt": Metadata(title="B"), "gone.txt": Metadata()}
    todo, begun = jobs([tmp_path], told, Options(), table, tmp_path, shares=3)
    assert [(Path(one.path).name, one.share) for one in todo] == [
        *(("a.jsonl", (n, 3)) for n in range(3)),
        ("b.txt", (0, 1)),
    ]
    assert todo[-1] == Job(str(tmp_path / "b.txt"), 1, Metadata(outlet="Ardinform", title="B"), Options())
    assert [one.listed for one in todo] == [False, False, False, True]
    assert begun.unused == ("gone.txt",)
    with pytest.raises(ReadError, match="is not there"):
        jobs([tmp_path / "missing"], told, Options())


def test_what_is_passed_over_and_not_understood_is_in_the_summary(tmp_path: Path) -> None:
    folder, store = tmp_path / "in", tmp_path / "in" / "s.db"
    folder.mkdir()
    for name in ("1.jpg", "2.jpg", "3.png"):
        (folder / name).write_bytes(b"x")
    (folder / "a.txt").write_text("Mara Denk denied that the bridge had been hit.")
    (folder / "dam.txt").write_text("Ilian Denk said that the dam held.")
    (folder / "rows.csv").write_text("text,date\nRuna Sel reported it.,03/04/2031\nPetra Lund said no.,2031\n")
    table = folder / "part.csv"
    table.write_text("file;outlet;date;desk\na.txt;Echo;01.02.2031;News\ndam;Orrin Gazette;2031-03-04;\ngone;;;\n")
    for again in range(2):
        with purport.open(store) as corpus:
            summary = corpus.add([folder], metadata=table)
            assert not summary.failed  # the store and the table are no documents
            assert {row.outlet for row in corpus.documents()} == {"Echo", "Orrin Gazette", None}
        assert summary.ignored == ((".jpg", 2), (".png", 1))
        assert summary.table == "part.csv"
        assert summary.unused == ("gone",)
        assert summary.extra_columns == ("desk",)
        assert [Path(path).name for path in summary.unlisted] == ["rows.csv", "rows.csv"]
        # Of a document that is there already nothing is read again.
        expected = [("03/04/2031", "rows.csv")] if not again else []
        told = [(date, Path(path).name) for date, path in summary.undated]
        assert sorted(told) == sorted([("01.02.2031", "a.txt"), *expected])


def test_progress_counts_files_and_not_the_shares_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Mara Denk denied it."}\n{"text": "Reth said no."}\n')
    (tmp_path / "b.txt").write_text("Ilian Denk said that the dam held.")
    seen: list[Progress] = []
    with purport.open(tmp_path / "s.db") as corpus:
        corpus.add([tmp_path / "a.jsonl", tmp_path / "b.txt"], workers=3, progress=seen.append)
    assert {one.of_files for one in seen} == {2}
    assert [one.files for one in seen] == sorted(one.files for one in seen)
    assert (seen[-1].files, seen[-1].documents) == (2, 3)


def test_what_is_in_no_file_is_read_and_kept(tmp_path: Path) -> None:
    page = b"<html><body><p>Runa Sel said that nobody was hurt in Orrin.</p></body></html>"
    with purport.open(tmp_path / "s.db") as corpus:
        summary = corpus.add([], data={"-": page, "note.txt": b"Petra Lund said no.", "empty": b""})
        assert summary.new == 2
        assert [(one.path, one.reason) for one in summary.failed] == [("empty", "is empty; there is nothing to read")]
        rows = {row.paths: row.format for row in corpus.documents()}
        assert rows == {("-",): "html", ("note.txt",): "text"}
        assert corpus.verify() == []


def test_a_folder_that_is_read_only_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Mara Denk denied it.")
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != tmp_path)
    with purport.open(tmp_path / "s.db") as corpus, pytest.raises(StoreError, match=r"the folder .* is read-only"):
        corpus.add([tmp_path / "a.txt"])
    assert not (tmp_path / "s.db").exists()


def test_workers_are_one_or_more() -> None:
    assert worker_count(3) == 3
    assert worker_count() >= 1
    for number in (0, -1):
        with pytest.raises(UsageError, match="must be 1 process or more"):
            worker_count(number)


def test_texts_come_back_in_their_order() -> None:
    texts = [f"Mara Denk said that {n} bridges fell." for n in range(6)]
    assert [one.document.text for one in process_texts(texts, 2)] == texts
    with pytest.raises(ReadError, match="text 2"):
        process_texts([texts[0], ""], 1)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_read_is_one_file_that_can_be_copied(tmp_path: Path, workers: int) -> None:
    paths = sorted((CORPUS / "halyard").glob("*.txt"))[:workers]
    store = tmp_path / "own" / "s.db"
    store.parent.mkdir()
    with purport.open(store) as corpus:
        corpus.add(paths, workers=workers)
    assert [path.name for path in store.parent.iterdir()] == ["s.db"]
    copy = tmp_path / "copy.db"
    copy.write_bytes(store.read_bytes())
    with purport.open(copy) as corpus:
        assert len(corpus.documents()) == workers


def test_who_only_reads_folds_what_a_writer_that_was_killed_left(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    killed = (
        "import os, sys, purport\n"
        "from purport.store import Store, Sighting\n"
        "store = Store(sys.argv[1], write=True)\n"
        "store.add(purport.read_text('Denk said no.', language='en'), Sighting('a.txt'))\n"
        "os._exit(1)\n"
    )
    subprocess.run([sys.executable, "-c", killed, store], check=False, timeout=60)
    assert (tmp_path / "s.db-wal").exists()
    with purport.open(store) as corpus:
        assert len(corpus.documents()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["s.db"]
