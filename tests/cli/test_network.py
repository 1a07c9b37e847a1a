"""`purport network`, asked of the examples told by two sides."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import purport
from purport.cli.app import app
from tests.conftest import ROOT

Run = Callable[..., str]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, path = ROOT / "examples" / "stances", tmp_path_factory.mktemp("network") / "stances.db"
    with purport.open(path) as corpus:
        corpus.add(
            [folder],
            metadata=ROOT / "examples" / "stances-metadata.csv",
            actors=ROOT / "examples" / "world.csv",
            workers=1,
        )
    return path


@pytest.fixture
def run(store: Path) -> Run:
    def asked(*told: str) -> str:
        done = CliRunner().invoke(app, ["network", "--store", str(store), *told], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    return asked


def test_edges_and_coalitions_are_printed(run: Run) -> None:
    printed = run("--least", "3")
    assert "Velmark" in printed.splitlines()[1]
    assert "coalition 1: " in printed
    assert "no partition has fewer" in printed


def test_edges_do_not_wait_for_the_coalitions(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("purport.corpus.standing.balance", killed)
    done = CliRunner().invoke(app, ["network", "--store", str(store), "--least", "3"])
    assert "Velmark" in done.stdout.splitlines()[1]
    assert "coalition 1: " not in done.stdout


def test_who_has_edges_only_when_both_directions_are_one_is_in_no_coalition(run: Run) -> None:
    assert "coalition 2" in run("--least", "2")
    assert "coalition 2" in run("--least", "2", "--folded")


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_edges_go_out_as_rows(run: Run, format: str) -> None:
    told = run("--format", format)
    rows = (
        list(csv.DictReader(io.StringIO(told))) if format == "csv" else [json.loads(row) for row in told.splitlines()]
    )
    [edge] = [row for row in rows if (row["holder_name"], row["target_name"]) == ("Petra Valk", "Hollan Reth")]
    assert (str(edge["sign"]), str(edge["negative"])) == ("-1", "3")


def test_an_edge_opens_its_sentences(run: Run) -> None:
    rows = [json.loads(row) for row in run("--between", "Petra Valk", "Hollan Reth", "--format", "jsonl").splitlines()]
    assert {row["sign"] for row in rows} == {-1}
    assert "Petra Valk denounced Hollan Reth." in {row["words"] for row in rows}
    assert all(row["chain"] for row in rows)
    assert "denounced" in run("--between", "Petra Valk", "Hollan Reth")


def test_outlets_are_compared_and_windows_follow_each_other(run: Run) -> None:
    assert "alike" in run("--compare", "Ardinform", "Hill Guard channel")
    rows = list(csv.DictReader(io.StringIO(run("--compare", "Ardinform", "Halyard Wire", "--format", "csv"))))
    assert {row["where"] for row in rows} <= {"contrary", "agreed", "unsure", "Ardinform", "Halyard Wire"}
    windows = [json.loads(row) for row in run("--by", "month", "--format", "jsonl").splitlines()]
    assert [row["window"] for row in windows] == ["2031-05"]
    assert "coalition 2" in run("--by", "year")


@pytest.mark.parametrize("format", ["gexf", "graphml", "csv", "parquet", "svg"])
def test_files_are_written(run: Run, tmp_path: Path, format: str) -> None:
    named = run("--format", format, "--out", str(tmp_path / "new")).split()
    assert named
    assert all(Path(name).stat().st_size for name in named)


def test_a_timeline_is_drawn(run: Run, tmp_path: Path) -> None:
    run("--timeline", "Velmark", "--out", str(tmp_path))
    assert "Hill Guard" in (tmp_path / "timeline.svg").read_text("utf-8")


@pytest.mark.parametrize(
    "told, message",
    [
        (("--format", "gexf"), "without --out"),
        (("--format", "table", "--out", "."), "with --out"),
        (("--timeline", "Velmark"), "--out DIR"),
        (("--by", "week"), "no window is called 'week'"),
        (("--by", "year", "--compare", "A", "B"), "give one of them"),
        (("--kind", "gossip"), "no kind of tie"),
        (("--since", "May"), "is not a date"),
        (("--vouched-by", "Nobody Atall"), "no actor is called"),
    ],
)
def test_what_makes_no_sense_is_refused(store: Path, told: tuple[str, ...], message: str) -> None:
    with pytest.raises(purport.UsageError, match=message):
        CliRunner().invoke(app, ["network", "--store", str(store), *told], catch_exceptions=False)
