from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import purport
from purport.cli.app import main
from purport.datasets import open_dataset, verify_dataset
from tests.datasets.conftest import exported, files_of, small_dataset


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder of texts that are kept without being analysed, where their language is told."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number}.txt").write_text(f"Die Brücke {number} wurde nicht getroffen, sagte Mara Denk. " * 5)
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(monkeypatch, capsys)


class Runner:
    """The command line in this process: its exit status, its output on one line each, its errors."""

    def __init__(self, patch: pytest.MonkeyPatch, captured: pytest.CaptureFixture[str]) -> None:
        self._patch, self._captured = patch, captured

    def __call__(self, *arguments: object) -> tuple[object, str, str]:
        self._patch.setattr(sys, "argv", ["purport", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, error = self._captured.readouterr()
        return ended.value.code, " ".join(out.split()), error


def test_documents_go_into_a_dataset_and_a_store_is_made_of_it(texts: Path, tmp_path: Path, run: Runner) -> None:
    dataset, store = small_dataset(tmp_path / "ds"), tmp_path / "s.db"
    told = ("read", texts, "--language", "de", "--dataset", dataset)
    status, out, _ = run(*told, "--shard", "1/2", "--workers", "1")
    share = len(verify_dataset(dataset).faults), len(list(dataset.glob("*.records.jsonl.gz")))
    assert share[0] == status == 0
    assert f"{share[1]} shards: {share[1]} read, 0 already there, of " in out
    status, out, _ = run(*told)
    count = verify_dataset(dataset).shards
    assert f"{count} shards: {count - share[1]} read, {share[1]} already there" in out
    assert "kept but not analysed, being surely in another language than English" in out
    before = files_of(dataset)
    assert run(*told)[0] == 0
    assert files_of(dataset) == before
    status, out, _ = run("verify", "--dataset", dataset)
    assert (status, out.startswith(f"sound: 12 documents in {count} shards of ")) == (0, True)
    for came, there in ((count, 0), (0, count)):
        status, out, _ = run("gather", dataset, "--store", store)
        assert status == 0
        assert f"{came} shards came from {dataset}; {there} already there" in out
    assert run("verify", "--store", store)[0] == 0
    other = tmp_path / "other.db"
    assert run("read", texts, "--language", "de", "--store", other)[0] == 0
    assert exported(store, tmp_path / "a", "jsonl", "csv") == exported(other, tmp_path / "b", "jsonl", "csv")


def test_patterns_and_lists_of_paths(texts: Path, tmp_path: Path, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    listed = tmp_path / "list.txt"
    listed.write_text(f"texts/1.txt\n\n{texts}/1?.txt\n", "utf-8")
    odd = tmp_path / "odd[1].txt"
    odd.write_text("Auch das noch, sagte Mara Denk.")
    status, out, error = run("read", "@list.txt", "texts/[2-4].txt", odd, "--language", "de", "--store", "s.db")
    assert (status, "read 7 documents" in out) == (0, True), (out, error)
    status, out, _ = run("read", "@list.txt", "texts/[2-4].txt", odd, "--language", "de", "--dataset", "ds")
    assert (status, "read 7 documents" in out) == (0, True)


def test_a_reading_that_is_killed_is_finished_by_the_same_command(texts: Path, tmp_path: Path, run: Runner) -> None:
    dataset = small_dataset(tmp_path / "ds", 200)
    told = ["read", str(texts), "--language", "de", "--dataset", str(dataset), "--workers", "1"]
    with subprocess.Popen(
        [sys.executable, "-m", "purport.cli", *told], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while not open_dataset(dataset).marker_paths() and process.poll() is None:
            time.sleep(0.001)
        process.kill()
    assert verify_dataset(dataset).faults == []
    assert run(*told)[0] == 0
    proof = verify_dataset(dataset)
    assert (proof.faults, proof.documents) == ([], 12)
    assert not list(dataset.glob(".*"))


def test_a_store_that_the_environment_names_gives_way(
    texts: Path, tmp_path: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PURPORT_STORE", str(tmp_path / "s.db"))
    assert run("read", texts, "--language", "de", "--dataset", tmp_path / "ds")[0] == 0
    assert not (tmp_path / "s.db").exists()
    assert run("verify", "--dataset", tmp_path / "ds")[0] == 0
    assert run("read", texts, "--language", "de")[0] == 0
    assert run("verify")[0] == 0
    with purport.open(tmp_path / "s.db") as corpus:
        assert len(corpus.documents()) == 12


def test_faults_are_lines_and_the_rest_is_gathered(texts: Path, tmp_path: Path, run: Runner) -> None:
    dataset = small_dataset(tmp_path / "ds")
    (texts / "empty.txt").write_text("")
    told = ("read", texts, "--language", "de", "--dataset", dataset)
    for _ in range(2):
        status, out, _ = run(*told)
        assert (status, f"failed: {texts / 'empty.txt'}: is empty" in out) == (1, True)
    broken = min(dataset.glob("*.records.jsonl.gz"))
    broken.write_bytes(broken.read_bytes()[:-5])
    status, out, error = run("verify", "--dataset", dataset)
    assert (status, error) == (1, "")
    assert "is cut short" in out
    assert out.endswith(f"FAILED: 1 fault in {dataset}")
    status, out, _ = run("gather", dataset, "--store", tmp_path / "s.db")
    assert (status, f"left out: {broken}: is cut short" in out) == (1, True)
    assert run(*told)[0] == 1
    assert run("verify", "--dataset", dataset)[0] == 0
    assert run("gather", dataset, "--store", tmp_path / "s.db")[0] == 0
    with purport.open(tmp_path / "s.db") as corpus:
        assert len(corpus.documents()) == 12


COMMANDS = [
    ["statements", "--by", "Denk"],
    ["statements", "--count-by", "act"],
    ["statements", "--format", "jsonl", "--all"],
    ["claims", "--about", "Velmark", "--limit", "5"],
    ["actors"],
    ["actors", "show", "Mara Denk"],
    ["network"],
    ["network", "--format", "csv"],
    ["documents", "--format", "csv"],
    ["problems"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_questions_to_a_dataset_are_answered_as_those_to_a_store(
    example_dataset: Path, example_store: Path, tmp_path: Path, run: Runner, command: list[str]
) -> None:
    dataset = Path(shutil.copytree(example_dataset, tmp_path / "ds"))
    wanted = run(*command, "--store", example_store)
    assert wanted[0] == 0
    status, out, err = run(*command, "--dataset", dataset)
    slow = re.compile(r"tables of \d+ of \d+ shards, \d+ s\n")  # what is told where that takes its time
    assert (status, out, slow.sub("", err)) == wanted


def test_tables_are_made_and_told(example_dataset: Path, tmp_path: Path, run: Runner) -> None:
    dataset = Path(shutil.copytree(example_dataset, tmp_path / "ds"))
    status, out, _ = run("link", dataset)
    assert (status, "tables of 22 documents and " in out) == (0, True)
    status, out, _ = run("link", dataset, "--workers", "1")
    assert (status, "0 shards came, " in out) == (0, True)
    status, out, _ = run("info", "--dataset", dataset)
    assert status == 0
    assert "dataset version 1 22 documents, published 2031-03-04 to 2031-03-27" in out
    assert "health: good" in out
    status, out, _ = run("gather", dataset, "--store", tmp_path / "s.db", "--about", "Stavik", "--since", "2031-03-10")
    assert status == 0
    status, out, _ = run("forget", "lantern-bridge.html", "--dataset", dataset)
    assert (status, out) == (0, f"1 document removed from {dataset}")
    broken = max(dataset.glob("*.records.jsonl.gz"), key=lambda path: path.stat().st_size)
    broken.write_bytes(broken.read_bytes()[:-5])
    status, out, error = run("documents", "--dataset", dataset)
    assert status == 0
    assert f"left out: {broken}: is cut short" in error
    status, out, _ = run("link", dataset)
    assert (status, f"left out: {broken}: is cut short" in out) == (1, True)


def test_pages_of_a_dataset_are_those_of_a_store_beside_its_tables(
    example_dataset: Path, tmp_path: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = Path(shutil.copytree(example_dataset, tmp_path / "ds"))
    served: list[tuple[Path, bool]] = []

    def serve(path: Path, _host: str, _port: int, _said: object, *, read_only: bool = False) -> None:
        served.append((path, read_only))

    monkeypatch.setattr("purport.web.serve", serve)
    for _ in range(2):
        assert run("serve", "--dataset", dataset)[0] == 0
    assert served == [(dataset / "tables" / "pages.db", True)] * 2
    with purport.open(served[0][0]) as corpus:
        assert len(corpus.documents()) == 22
    assert run("link", dataset)[0] == 0
    assert served[0][0].exists()
    assert run("forget", "lantern-bridge.html", "--dataset", dataset)[0] == 0
    assert not served[0][0].exists()
    monkeypatch.setattr("purport.cli.stores.MOST", 20)
    status, _, error = run("serve", "--dataset", dataset)
    assert status == 2
    assert "holds 21 documents, and pages show 20 at most; make a store of those" in error


@pytest.mark.parametrize(
    "arguments, line",
    [
        (["read", "{0}"], "name a store (--store FILE, here or as PURPORT_STORE) or a dataset (--dataset DIR)"),
        (["statements"], "name a store (--store FILE, here or as PURPORT_STORE) or a dataset (--dataset DIR)"),
        (["claims", "--store", "s.db", "--judgements", "j.db"], "a store has its own judgements; name a dataset"),
        (
            ["read", "{0}", "--store", "s.db", "--scheduler", "tcp://here:1"],
            "the workers of a cluster read into a dataset",
        ),
        (
            ["read", "{0}", "--dataset", "ds", "--scheduler", "tcp://here:1", "--workers", "2"],
            "the scheduler knows its workers; leave out",
        ),
        (["read", "{0}", "--dataset", "ds", "--scheduler", "here"], "no scheduler answers at 'here'"),
        (["verify"], "name a store (--store FILE, here or as PURPORT_STORE) or a dataset (--dataset DIR)"),
        (["read", "{0}", "--store", "s.db", "--dataset", "ds"], "--store and --dataset are both named; name one"),
        (["verify", "--store", "s.db", "--dataset", "ds"], "--store and --dataset are both named; name one"),
        (["read", "{0}", "--store", "s.db", "--shard", "1/2"], "shares are of a dataset; name one with --dataset DIR"),
        (["read", "{0}", "--dataset", "ds", "--shard", "3/2"], "'3/2' is no share; write K/N with K from 1 to N"),
        (["read", "{0}", "--dataset", "ds", "--shard", "0/2"], "'0/2' is no share"),
        (["read", "{0}", "--dataset", "ds", "--shard", "x"], "'x' is no share"),
        (["read", "{0}", "--dataset", "ds", "--again"], "a dataset holds one run; name another folder for another"),
        (["read", "{0}", "--dataset", "{0}"], "{0}: this folder holds other files"),
        (["read", "{0}", "--dataset", "{0}/1.txt"], "{0}/1.txt: no dataset can be made here"),
        (["read", "{0}/none.txt", "--dataset", "ds"], "{0}/none.txt: is not there; check the path"),
        (["read", "{0}/none-*.txt", "--dataset", "ds"], "{0}/none-*.txt: is not there; check the path"),
        (["read", "@none.txt", "--dataset", "ds"], "none.txt: the list of paths cannot be read"),
        (["gather", "{0}", "--store", "s.db"], "{0}: there is no dataset here; `purport read PATH... --dataset` makes"),
        (["verify", "--dataset", "{0}"], "{0}: there is no dataset here"),
    ],
)
def test_what_cannot_run_says_why_in_one_line(
    arguments: list[str], line: str, texts: Path, tmp_path: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PURPORT_STORE", raising=False)
    status, out, error = run(*(one.format(texts) for one in arguments))
    assert (status, out) == (2, "")
    assert error.startswith(f"purport: {line.format(texts)}")
    assert error.count("\n") == 1
    assert not Path("s.db").exists()
    assert not Path("ds").exists()
