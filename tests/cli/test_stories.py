"""`purport stories` and `purport passages` over the examples."""

from __future__ import annotations

import csv
import io
import json
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
