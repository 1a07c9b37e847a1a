from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import purport
from purport.datasets import forget, gather, link, open_dataset, read_dataset, verify_dataset
from purport.errors import StoreError, UsageError
from purport.model.document import Metadata
from tests.datasets.conftest import files_of, small_dataset

GERMAN = Metadata(language="de")


def everything(folder: Path) -> bytes:
    """All bytes of a dataset, unpacked."""
    return b"".join(
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


@pytest.mark.parametrize("linked", [False, True])
def test_nothing_of_a_document_stays(dataset: Path, texts: Path, tmp_path: Path, linked: bool) -> None:
    # 3.txt is there twice, in two folders.
    with purport.open(dataset) as corpus:
        (gone,) = [row.id for row in corpus.documents() if any(Path(path).name == "3.txt" for path in row.paths)]
    if not linked:
        for path in (dataset / "tables").iterdir():
            path.unlink()
        forget(dataset, [gone])
    else:
        purport.open(dataset).forget([gone])
    assert b"Nummer 3 " not in everything(dataset)
    assert gone.encode() not in everything(dataset)
    proof = verify_dataset(dataset)
    assert (proof.faults, proof.documents, proof.unfinished) == ([], 29, [])
    assert not list(dataset.glob(".*"))
    with purport.open(dataset) as corpus:
        assert gone not in {row.id for row in corpus.documents()}
        assert len(corpus.documents()) == 29
    before = files_of(dataset)
    assert read_dataset(dataset, [texts], told=GERMAN).finished == 0  # it does not come back
    assert files_of(dataset) == before
    gather(dataset, tmp_path / "s.db")
    with purport.open(tmp_path / "s.db") as corpus:
        assert len(corpus.documents()) == 29


def test_all_documents_of_a_shard_may_go(texts: Path, tmp_path: Path) -> None:
    folder = small_dataset(tmp_path / "ds", 10**6)
    read_dataset(folder, [texts], told=GERMAN)
    with purport.open(folder) as corpus:
        corpus.forget([row.id for row in corpus.documents()])
        assert corpus.documents() == []
    assert verify_dataset(folder).faults == []


def test_one_that_is_not_there_is_refused_and_none_goes(dataset: Path) -> None:
    link(dataset)
    with purport.open(dataset) as corpus:
        ids = [row.id for row in corpus.documents()]
    before = files_of(dataset)
    wrong = [ids[0], "0" * 16]
    with pytest.raises(UsageError, match="no document 0000000000000000 is in this dataset"):
        forget(dataset, wrong)
    with purport.open(dataset) as corpus, pytest.raises(UsageError, match="no document 0000000000000000 is in this"):
        corpus.forget(wrong)
    assert files_of(dataset) == before
    broken = open_dataset(dataset).marker_paths()[0]
    marker = open_dataset(dataset).marker(broken)
    (dataset / marker.records.name).write_bytes(b"")
    with pytest.raises(StoreError, match="is cut short"):
        forget(dataset, [ids[0]])


def test_a_shard_that_was_left_out_is_looked_into_too(dataset: Path) -> None:
    with purport.open(dataset) as corpus:
        gone = corpus.documents()[0].id
    broken = max(dataset.glob("*.records.jsonl.gz"), key=lambda path: path.stat().st_size)
    broken.write_bytes(broken.read_bytes()[:-5])
    with purport.open(dataset) as corpus, pytest.raises(StoreError, match="is cut short"):
        corpus.forget([gone])
