"""A dataset in a file system of another machine: here one behind FTP, which can do less than most."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import purport
from purport.datasets import forget, gather, link, make_dataset, read_dataset, verify_dataset
from purport.datasets.files import explained
from purport.datasets.places import far, located
from purport.errors import StoreError, UsageError
from purport.lexicons import lexicon_with
from purport.pipeline import current_run
from purport.runtime import extras
from tests.conftest import EXAMPLES, Run
from tests.datasets.conftest import exported, files_of, free_port, listening


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of an FTP server, and the folder that it serves."""
    folder = tmp_path / "served"
    folder.mkdir()
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "pyftpdlib", "-w", "-i", "127.0.0.1", "-p", str(port),
               "-d", str(folder), "-u", "reader", "-P", "secret"]  # fmt: skip
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        listening(f"ftp://127.0.0.1:{port}")
        yield f"ftp://reader:secret@127.0.0.1:{port}/archive/papers", folder / "archive" / "papers"
    finally:
        server.kill()
        server.wait()


def test_a_dataset_of_another_machine_is_one_of_this(
    served: tuple[str, Path], example_store: Path, tmp_path: Path, purport_command: Run
) -> None:
    address, there = served
    corpus, metadata = EXAMPLES / "corpus", EXAMPLES / "metadata.csv"
    make_dataset(located(address), current_run(lexicon_with(None)), 20_000)
    done = read_dataset(address, [corpus], metadata=metadata, workers=2)
    assert (done.summary.new, done.finished > 2) == (22, True)
    before = files_of(there)
    assert read_dataset(address, [corpus], metadata=metadata).there == done.finished
    assert files_of(there) == before
    assert not [name for name in before if name.startswith(".")]
    assert link(address, workers=2).documents == 22
    with purport.open(address) as far_away, purport.open(example_store) as store:
        assert list(far_away.statements(about="Velmark")) == list(store.statements(about="Velmark"))
        assert list(far_away.actors()) == list(store.actors())
        first = far_away.documents()[0].id
    said = purport_command("claims", "--dataset", address, "--limit", "3", "--format", "jsonl")
    assert (said.returncode, len(said.stdout.splitlines())) == (0, 3), said.stderr
    assert verify_dataset(address).faults == []
    gather(address, tmp_path / "s.db")
    assert exported(tmp_path / "s.db", tmp_path / "a", "jsonl") == exported(example_store, tmp_path / "b", "jsonl")
    refused = purport_command("serve", "--dataset", address)
    assert refused.returncode == 2
    assert "pages are of a folder of this machine" in refused.stderr
    assert "secret" not in refused.stderr
    forget(located(address), [first])
    assert link(address).documents == 21


def test_a_dataset_may_be_where_only_this_process_reaches(example_store: Path) -> None:
    address = "memory://elsewhere/papers"
    make_dataset(located(address), current_run(lexicon_with(None)), 20_000)
    done = read_dataset(address, [EXAMPLES / "corpus"], metadata=EXAMPLES / "metadata.csv", workers=2)
    linked = link(address, workers=2)
    assert (linked.tables, linked.documents, linked.faults) == (done.finished, 22, ())
    with purport.open(address) as far_away, purport.open(example_store) as store:
        assert far_away.network() == store.network()


@pytest.mark.parametrize("command", [["statements", "--dataset"], ["link"], ["verify", "--dataset"]])
def test_a_file_system_that_is_not_known_is_one_line(purport_command: Run, command: list[str]) -> None:
    done = purport_command(*command, "nosuch://archive/papers")
    assert done.returncode == 2
    assert done.stderr.startswith("purport: nosuch://archive/papers: this file system cannot be reached")
    assert len(done.stderr.splitlines()) == 1


def test_who_lacks_what_reaches_others_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "import_module", _missing)
    with pytest.raises(UsageError, match=r"pip install 'purport\[remote\]'"):
        located("s3://archive/papers")


def _missing(name: str) -> None:
    raise ImportError(name)


def test_a_folder_of_this_machine_may_be_named_as_others_are(tmp_path: Path) -> None:
    assert located(f"file://{tmp_path}") == located(tmp_path) == tmp_path
    assert not far(located("a/b"))
    assert located(f"FILE://localhost{tmp_path}") == tmp_path


def test_who_comes_is_never_printed() -> None:
    with pytest.raises(UsageError) as told:
        located("nosuch+https://reader:secret@archive.example/papers")
    assert "secret" not in str(told.value)
    assert "nosuch+https://archive.example/papers" in str(told.value)


@pytest.mark.parametrize(
    "error, says", [(PermissionError("Access Denied"), "may not be read"), (OSError("gone astray"), "gone astray")]
)
def test_errors_without_a_number_are_told_too(error: OSError, says: str) -> None:
    with pytest.raises(StoreError, match=says), explained(Path("a")):
        raise error


def test_what_another_file_system_says_is_one_line() -> None:
    folder = located("memory://archive/papers")
    assert far(folder)
    assert located(folder) is folder
    with (
        pytest.raises(StoreError, match=r"memory://archive/papers: cannot be read or written \(RuntimeError: no\)"),
        explained(folder),
    ):
        raise RuntimeError("no\nsuch thing")
