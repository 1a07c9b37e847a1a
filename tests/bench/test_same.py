"""Two builds are compared by what they write; the old one is a stub here, or this build's own package elsewhere."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from bench import inputs, same
from bench.inputs import Batch
from tests.conftest import ROOT

TEXT = b"Mara Denk denied that the bridge had been hit."
STUB = """
import json, pathlib, sys
def main():
    if sys.argv[1] == "read":
        pathlib.Path("s.db").write_text("")
        sys.exit(1)
    out = pathlib.Path("out")
    out.mkdir()
    (out / "records.jsonl").write_text({line!r})
"""


def line(name: str = "a", **rest: Any) -> tuple[same.Key, bytes]:
    told = {"document": {"sha256": name, "part": "", "selector": "", "text": "x"}, "run": {"id": name}, **rest}
    return (name, "", ""), json.dumps(told).encode()


def compare(old: dict[str, Any], new: dict[str, Any]) -> same.Comparison:
    return same.compare(dict([line(**old)]), dict([line(**new)]), {"a": "one.txt"})


@pytest.mark.parametrize(
    "old, new, path, shown",
    [
        pytest.param({"x": [1, 2]}, {"x": [1, 3]}, "$.x[1]", ("2", "3"), id="another value"),
        pytest.param({"x": [1]}, {"x": [1, 3]}, "$.x[1]", ("(nothing)", "3"), id="one more in a list"),
        pytest.param({"x": 1}, {"x": True}, "$.x", ("1", "true"), id="another type"),
        pytest.param({"x": []}, {"x": [{"y": 1}]}, "$.x[0]", ("(nothing)", '{"y": 1}'), id="none before"),
        pytest.param(
            {"x": [{"y": 1, "z": 1}, {"y": 1}]}, {"x": [{"y": 1, "z": 1}, {"y": 1, "z": 2}]},
            "$.x[1].z", ("(nothing)", "2"), id="a field that both write elsewhere",
        ),
        pytest.param({"x": "a" * 90}, {"x": "b"}, "$.x", ('"' + "a" * 58 + "…", '"b"'), id="a long value is cut"),
    ],
)  # fmt: skip
def test_the_first_difference_is_named(
    old: dict[str, Any], new: dict[str, Any], path: str, shown: tuple[str, str]
) -> None:
    found = compare(old, new)
    assert found.differing == {"one.txt": same.Difference(path, *shown)}
    assert not found.same


def test_another_run_is_no_difference() -> None:
    assert compare({"run": 1}, {"run": 2}).same


def test_a_field_that_only_the_new_build_writes_is_left_out_and_named() -> None:
    found = compare({"x": [{"y": 1}]}, {"x": [{"y": 1, "z": {"deep": 2}}]})
    assert found.same
    assert found.fields_of_new == ["$.x[].z"]
    assert list(same.report(found)) == [
        "left out: $.x[].z: only the new build writes this field",
        "1 documents compared: the same",
    ]


def test_a_field_that_only_the_old_build_writes_is_a_difference() -> None:
    found = compare({"x": [{"y": 1, "z": 2}]}, {"x": [{"y": 1}]})
    assert not found.same
    assert (found.differing, found.fields_of_old) == ({}, ["$.x[].z"])


def test_documents_of_one_build_alone_are_differences() -> None:
    found = same.compare(dict([line("a"), line("b")]), dict([line("b"), line("c")]), {"a": "one.txt"})
    assert (found.documents, found.only_old, found.only_new) == (1, ["one.txt"], ["document with SHA-256 c"])
    assert not found.same


def test_a_line_without_a_document_cannot_be_compared(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("{}\n")
    with pytest.raises(same.CannotRunError, match="holds no document"):
        same.lines_of(tmp_path / "x.jsonl")


@pytest.mark.parametrize("checkout", ["missing", ".", str(ROOT)])
def test_what_is_no_other_build_is_refused_in_one_line(
    checkout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(same, "batches", lambda _: [Batch("one", {"a/a.txt": TEXT})])
    assert same.main([checkout]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith("bench.same: ")
    assert printed.err.count("\n") == 1


def test_another_build_is_run_and_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    digest = hashlib.sha256(TEXT).hexdigest()
    (tmp_path / "purport").mkdir()
    (tmp_path / "purport" / "__init__.py").touch()
    told = json.dumps({"document": {"sha256": digest, "part": "", "selector": "", "text": "another"}, "run": {}})
    (tmp_path / "purport" / "cli.py").write_text(STUB.format(line=f"{told}\n"))
    monkeypatch.setattr(same, "batches", lambda _: [Batch("one", {"a/a.txt": TEXT})])
    assert same.main([str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert "one: 1 files" in printed
    assert '$.document.text\n  old: "another"\n  new: "Mara Denk denied that the bridge had been hit."' in printed
    assert "left out: $.attributions: only the new build writes this field" in printed


def test_a_link_to_this_build_is_no_other_build(tmp_path: Path) -> None:
    (tmp_path / "purport").symlink_to(ROOT / "purport")
    with pytest.raises(same.CannotRunError, match="holds no build"):
        same.compared(tmp_path, [Batch("one", {"a/a.txt": TEXT})])


def test_a_document_of_a_file_with_several_is_named_by_its_part() -> None:
    found = same.compare({("a", "row 2", "text=x"): line("a")[1]}, {}, {"a": "rows.csv, row 1"})
    assert found.only_old == ["rows.csv, row 1, row 2"]


def test_two_builds_that_read_nothing_are_not_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    monkeypatch.setattr(same, "export", lambda *_: empty)
    monkeypatch.setattr(same, "batches", lambda _: [Batch("one", {"a/a.txt": TEXT})])
    assert same.main([str(tmp_path)]) == 2
    assert "neither build wrote a document" in capsys.readouterr().err


def test_texts_are_many_and_none_is_there_twice(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"Article {number}.")
    texts = inputs.batches(3, tmp_path)
    data = [one for batch in texts for one in batch.files.values()]
    assert len(data) == len(set(data))
    assert {batch.name: len(batch.files) for batch in texts}["PolNeAR train"] == 3
    assert len(data) > 1000
    assert all(b"[S:" not in one and b"[X:" not in one for one in dict(texts[4].files).values())
    assert texts == inputs.batches(3, tmp_path)


def test_what_is_not_there_is_said() -> None:
    texts = [Batch("sentences", {"a/a.txt": TEXT}), Batch("PolNeAR train", {})]
    first, second = same.counts(texts, 200)
    assert first == "sentences: 1 files"
    assert second.startswith("PolNeAR train: not on this machine")
