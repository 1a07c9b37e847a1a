from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from purport.datasets import open_dataset, verify_dataset
from purport.datasets.dataset import marker_in, marker_out
from purport.datasets.lines import squeezed
from purport.errors import StoreError


def rewritten(folder: Path, change: str) -> None:
    """Changes a line of a shard, and its marker to fit, so that only what is in the line tells."""
    records = max(folder.glob("*.records.jsonl.gz"))
    lines = [json.loads(line) for line in gzip.decompress(records.read_bytes()).splitlines()]
    match change:
        case "digest":
            lines[0]["attributions"][0]["confidence"] = 0.123
        case "text":
            lines[0]["document"]["text"] = lines[0]["document"]["text"].replace("e", "a", 1)
        case "count":
            lines.append(lines[0])
        case "run":
            lines[0]["run"] = "0" * 16
        case "form":
            del lines[0]["document"]["blocks"]
    records.write_bytes(b"".join(map(squeezed, lines)))
    path = folder / f"{records.name[:32]}.json"
    told = json.loads(path.read_bytes())
    told["records"]["size"] = records.stat().st_size
    told["records"]["sha256"] = hashlib.sha256(records.read_bytes()).hexdigest()
    path.write_text(json.dumps(told))


def test_a_sound_dataset_has_no_faults(example_dataset: Path) -> None:
    proof = verify_dataset(example_dataset)
    assert (proof.faults, proof.unfinished, proof.documents) == ([], [], 22)
    assert proof.shards == len(list(example_dataset.glob("*.records.jsonl.gz")))


@pytest.mark.parametrize(
    "change, fault",
    [
        ("digest", "its record is not the one that was written"),
        ("text", "its record is not the one that was written"),
        ("count", "and its marker says"),
        ("run", "was made by run 0000000000000000"),
        ("form", "a line of it is none that was written"),
    ],
)
def test_what_a_line_says_is_checked(copied_dataset: Path, change: str, fault: str) -> None:
    rewritten(copied_dataset, change)
    faults = verify_dataset(copied_dataset).faults
    assert faults
    assert all(one.count("\n") == 0 and one.startswith(str(copied_dataset)) for one in faults)
    assert fault in faults[0]


def test_files_are_checked_against_markers(copied_dataset: Path) -> None:
    short, gone, flipped, unmarked, *_ = sorted(copied_dataset.glob("*.records.jsonl.gz"))
    short.write_bytes(short.read_bytes()[:-1])
    gone.unlink()
    data = bytearray(flipped.read_bytes())
    data[len(data) // 2] ^= 1
    flipped.write_bytes(data)
    (copied_dataset / f"{unmarked.name[:32]}.json").unlink()
    proof = verify_dataset(copied_dataset)
    assert [one.partition(": ")[0] for one in proof.faults] == [str(short), str(gone), str(flipped)]
    assert "is cut short" in proof.faults[0]
    assert "is not there, and the marker of its shard is" in proof.faults[1]
    assert "its bytes are not the ones that were written" in proof.faults[2]
    assert proof.unfinished == [unmarked.name]


@pytest.mark.parametrize("change", ["cut", "run", "name", "inputs", "path", "form"])
def test_a_marker_is_checked(copied_dataset: Path, change: str) -> None:
    path = min(one for one in copied_dataset.iterdir() if len(one.name) == 37)
    told = json.loads(path.read_bytes())
    match change:
        case "run":
            told["run"] = "0" * 16
        case "name":
            told["shard"] = "0" * 32
        case "inputs":
            told["inputs"] = "0" * 64
        case "path":
            told["records"]["name"] = "../../etc/passwd"
        case "form":
            told["format"] = 2
    path.write_text(json.dumps(told)[: 100 if change == "cut" else None])
    [fault] = verify_dataset(copied_dataset).faults
    assert fault.startswith(f"{path}: this ")
    assert "\n" not in fault


def test_a_marker_is_what_was_written(example_dataset: Path) -> None:
    dataset = open_dataset(example_dataset)
    for path in dataset.marker_paths():
        data = path.read_bytes()
        assert marker_out(marker_in(data)) == data


def test_there_must_be_a_dataset(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no dataset here"):
        verify_dataset(tmp_path)
