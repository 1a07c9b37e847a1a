"""`purport stories` and `purport passages` over the examples."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import purport
from purport.cli.app import app

FIELDS = ["id", "title", "from", "to", "documents", "outlets", "actors"]
PASSAGE = ["a", "a_start", "a_end", "b", "b_start", "b_end", "similarity", "first"]


def run(store: Path, *arguments: str) -> str:
    command, *rest = arguments
    done = CliRunner().invoke(app, [command, "--store", str(store), *rest], catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def test_stories_as_json_lines(example_store: Path) -> None:
    rows = [json.loads(line) for line in run(example_store, "stories", "--format", "jsonl").splitlines()]
    assert len(rows) == 6
    assert all(list(row) == FIELDS for row in rows)
    every = [json.loads(line) for line in run(example_store, "stories", "--all", "--format", "jsonl").splitlines()]
    assert sum(len(row["documents"]) for row in every) == 22


def test_stories_as_csv_and_as_a_table(example_store: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(example_store, "stories", "--format", "csv"))))
    assert list(rows[0]) == FIELDS
    assert "Halyard Wire" in rows[0]["outlets"].split("; ")
    assert "6 stories" in run(example_store, "stories")
    assert "1 story" in run(example_store, "stories", "--limit", "1")
    assert "no story fits" in run(example_store, "stories", "--since", "2040")


def test_stories_are_asked_for(example_store: Path) -> None:
    told = run(
        example_store, "stories", "--about", "Nadia Koll", "--outlet", "Halyard Wire", "--since", "2031-03",
        "--until", "2031-04", "--search", "ferry", "--min-documents", "2", "--min-outlets", "2", "--format", "jsonl",
    )  # fmt: skip
    (row,) = [json.loads(line) for line in told.splitlines()]
    assert row["from"] == "2031-03-17"


def test_passages_in_each_format(example_store: Path) -> None:
    rows = [json.loads(line) for line in run(example_store, "passages", "--format", "jsonl").splitlines()]
    assert rows
    assert all(list(row) == PASSAGE for row in rows)
    told = list(csv.DictReader(io.StringIO(run(example_store, "passages", "--format", "csv"))))
    assert [row["a"] for row in told] == [row["a"] for row in rows]
    assert "Tamsin bridge" in run(example_store, "passages")
    assert "1 passage" in run(example_store, "passages", "--limit", "1")


@pytest.mark.parametrize(
    "arguments, message",
    [
        (("stories", "--about", "Nadia Kol"), "did you mean 'Nadia Koll'"),
        (("stories", "--outlet", "Halyard Wyre"), "did you mean 'Halyard Wire'"),
        (("stories", "--until", "May"), "is not a date"),
        (("stories", "--format", "xml"), "no format is called 'xml'"),
        (("passages", "--format", "xml"), "no format is called 'xml'"),
    ],
)
def test_what_makes_no_sense_is_refused(example_store: Path, arguments: tuple[str, ...], message: str) -> None:
    command, *rest = arguments
    with pytest.raises(purport.UsageError, match=message):
        CliRunner().invoke(app, [command, "--store", str(example_store), *rest], catch_exceptions=False)


def test_quotations_in_each_format(example_store: Path) -> None:
    rows = [json.loads(line) for line in run(example_store, "quotations", "--format", "jsonl").splitlines()]
    assert [len(row["tellings"]) for row in rows] == [3, 2]
    cells = list(csv.DictReader(io.StringIO(run(example_store, "quotations", "--format", "csv"))))
    assert [row["how"] for row in cells] == ["fullest", "whole", "whole", "fullest", "whole"]
    assert "2 quotations" in run(example_store, "quotations")
    assert "1 quotation" in run(example_store, "quotations", "--by", "Denk")
    assert "no quotation travels" in run(example_store, "quotations", "--altered")


def test_a_story_is_shown_corrected_and_that_is_taken_back(example_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    shutil.copy(example_store, store)
    one, other = [json.loads(line) for line in run(store, "stories", "--format", "jsonl").splitlines()][:2]
    shown = run(store, "stories", "show", one["id"])
    assert all(id in shown for id in one["documents"])
    assert "shares " in shown
    assert "alike" in run(store, "stories", "weakest", "--limit", "2")
    told = run(store, "stories", "merge", one["id"], other["id"], "--who", "Ana", "--note", "one affair")
    assert re.fullmatch(r"1 \w+ put together with \w+, Ana: one affair\n", told)
    merged = json.loads(run(store, "stories", "--format", "jsonl").splitlines()[0])
    assert set(merged["documents"]) == {*one["documents"], *other["documents"]}
    assert run(store, "stories", "undo") == "2 takes back 1\n"
    moved = run(store, "stories", "move", other["id"], one["documents"][0])
    assert re.fullmatch(r"3 \w+ moved to the story of \w+\n", moved)
    assert "(undone)" in run(store, "stories", "log")
    assert "\n3 " in run(store, "stories", "log")
    assert "told apart from" in run(store, "stories", "split", one["documents"][1], one["documents"][1])


def test_a_story_that_is_not_there_is_refused(example_store: Path) -> None:
    done = CliRunner().invoke(app, ["stories", "--store", str(example_store), "show", "beef"])
    assert isinstance(done.exception, purport.UsageError)
    assert "nobody has judged a story" in run(example_store, "stories", "log")
    typed = ["stories", "--store", str(example_store), "--format", "csv", "--min-outlets", "2", "weakest"]
    done = CliRunner().invoke(app, typed)
    assert isinstance(done.exception, purport.UsageError)
    assert str(done.exception).startswith("--format, --min-outlets: for the list of stories")
