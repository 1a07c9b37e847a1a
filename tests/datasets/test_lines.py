from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from purport.corpus.reading import Found
from purport.datasets.lines import NOTHING, found_in, found_out, lines_of, problem_in, problem_out, squeezed
from purport.errors import StoreError
from purport.model.document import Metadata
from purport.runtime.packed import CHUNK, Packed
from purport.store import Problem, Sighting, Store

TOLD = Metadata("Ardinform", published="2031-04", extra=(("desk", "a\u2028b\nc"),))


def test_a_record_is_the_same_after_the_way_through_a_line(example_store: Path, tmp_path: Path) -> None:
    with Store(example_store) as store:
        founds = [
            Found(record, Sighting(f"{number}.txt", "row 3", TOLD)) for number, record in enumerate(store.records())
        ]
    path = tmp_path / "lines.gz"
    path.write_bytes(b"".join(squeezed(found_out(one)) for one in founds))
    assert [found_in(line, founds[0].record.run) for line in lines_of(path)] == founds
    assert gzip.decompress(path.read_bytes()).count(b"\n") == 22


def test_a_very_long_record_is_held_in_little_memory(example_store: Path) -> None:
    with Store(example_store) as store:
        record = max(store.records(), key=lambda one: len(one.mentions))
    many = replace(record, mentions=Packed(list(record.mentions) * (CHUNK // len(record.mentions) + 1)))
    found = found_in(json.loads(json.dumps(found_out(Found(many, Sighting("a"))))), record.run)
    assert isinstance(found.record.mentions, Packed)
    assert found.record == many


def test_a_problem_is_the_same_after_the_way_through_a_line(tmp_path: Path) -> None:
    problems = [Problem("a.zip", "b\n\u0085.txt", "is empty"), Problem("é", "", "")]
    path = tmp_path / "lines.gz"
    path.write_bytes(b"".join(squeezed(problem_out(one)) for one in problems))
    assert list(map(problem_in, lines_of(path))) == problems


def test_bytes_are_the_same_every_time_and_nothing_is_a_file_too(tmp_path: Path) -> None:
    assert squeezed({"b": 1, "a": "ü"}) == squeezed({"a": "ü", "b": 1})
    path = tmp_path / "none.gz"
    path.write_bytes(NOTHING)
    assert list(lines_of(path)) == []


DAMAGED = {
    "cut short": squeezed({"a": 1})[:-3],
    "no gzip": b"no gzip",
    "more behind it": squeezed([1]) + b"rest",
    "no JSON": gzip.compress(b"{\n", mtime=0),
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_what_is_damaged_is_said(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "lines.gz"
    path.write_bytes(data)
    with pytest.raises(StoreError, match=r"lines\.gz: is (cut short|damaged)"):
        list(lines_of(path))
