from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from typer.testing import CliRunner

import purport
from purport.cli.app import app
from purport.cli.reading import examples
from purport.model.rows import Statement
from tests.conftest import EXAMPLES, Run

COMMANDS = sorted(command.callback.__name__ for command in app.registered_commands if command.callback)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_what_it_does(command: str) -> None:
    done = CliRunner().invoke(app, [command, "--help"])
    assert done.exit_code == 0
    assert f"purport {command}" in done.output
    assert len(done.output.split("\n")[2].strip()) > 20


def test_the_commands_are_those_of_the_design() -> None:
    assert {"read", "statements", "show", "export", "verify", "evaluate", "demo"} <= set(COMMANDS)
    assert CliRunner().invoke(app, ["--version"]).output == f"purport {purport.__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["statements", "--store", "missing.db"],
        ["statements", "--store", "text.db"],
        ["statements", "--store", "."],
        ["statements", "--store", "STORE", "--act", "shout"],
        ["statements", "--store", "STORE", "--kind", "loud"],
        ["statements", "--store", "STORE", "--format", "xml"],
        ["statements", "--store", "STORE", "--since", "soon"],
        ["statements", "--store", "STORE", "--search", "'\""],
        ["statements", "--store", "STORE", "--limit", "0"],
        ["statements", "--store", "STORE", "--bogus"],
        ["statements"],
        ["show", "nobody", "--store", "STORE"],
        ["show", "posts", "--store", "STORE"],
        ["export", "--store", "STORE", "--format", "xml", "--out", "x"],
        ["export", "--store", "STORE", "--format", "csv", "--out", "text.db"],
        ["verify", "--store", "missing.db"],
        ["read", "missing.txt", "--store", "new.db"],
        ["read", "text.txt", "--store", "no/such/folder.db"],
        ["read", "text.txt", "--store", "text.db"],
        ["read", "text.txt", "--store", "new.db", "--workers", "0"],
        ["read", "text.txt", "--store", "new.db", "--published", "soon"],
        ["read", "text.txt", "--store", "new.db", "--column", "text"],
        ["read", "text.txt", "--store", "new.db", "--metadata", "missing.csv"],
        ["read", "text.txt", "--store", "new.db", "--encoding", "klingon"],
        ["actors"],
        ["actors", "--store", "missing.db"],
        ["actors", "--store", "STORE", "--type", "devil"],
        ["actors", "--store", "STORE", "--format", "xml"],
        ["actors", "show", "Mara Denk"],
        ["actors", "show", "Nobody", "--store", "STORE"],
        ["actors", "show", "--store", "STORE"],
        ["actors", "merge", "Mara Denk", "Mara Denk", "--store", "STORE"],
        ["actors", "apart", "Mara Denk", "Mara Denk", "--store", "STORE"],
        ["actors", "same", "Nobody", "--store", "STORE"],
        ["actors", "import", "missing.csv", "--store", "STORE"],
        ["actors", "export", "no/such/own.csv", "--store", "STORE"],
        ["actors", "split", "Mara Denk", "Nobody", "--store", "STORE"],
        ["actors", "rename", "Mara Denk", "", "--store", "STORE"],
        ["actors", "undo", "--store", "STORE"],
        ["actors", "undo", "x", "--store", "STORE"],
        ["evaluate", "."],
        ["bogus"],
    ],
    ids=" ".join,
)
def test_what_cannot_run_says_why_in_one_line(
    arguments: list[str],
    example_store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from purport.cli.app import main

    monkeypatch.chdir(tmp_path)
    Path("text.db").write_text("Mara Denk denied it. " * 100)
    Path("text.txt").write_text("Mara Denk denied it.")
    told = [str(example_store) if one == "STORE" else one for one in arguments]
    monkeypatch.setattr(sys, "argv", ["purport", *told])
    with pytest.raises(SystemExit) as ended:
        main()
    out, error = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert error.startswith("purport: ")
    assert error.count("\n") == 1
    assert not Path("new.db").exists()


def test_statements_are_read_by_programs(example_store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from purport.cli.printing import print_statements

    with purport.open(example_store) as corpus:
        rows = corpus.statements()
        print_statements(rows, "jsonl")
        told = [json.loads(line) for line in capsys.readouterr().out.split("\n")[:-1]]
        print_statements(rows, "csv")
        table = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline=""), strict=True))
    names = list(Statement.__dataclass_fields__)
    assert len(rows) == len(told) == len(table) > 200
    for row, one, cells in zip(rows, told, table, strict=True):
        assert list(one) == [*names, "unsure"]
        assert one["unsure"] == (row.confidence < 0.5)
        assert list(cells) == names
        assert one["content"] == row.content
        assert one["content_spans"] == [[s.start, s.end] for s in row.content_spans]
        assert cells["id"] == row.id
        assert cells["content"] in (row.content, f"'{row.content}")


def test_a_reading_end_to_end(tmp_path: Path, purport_command: Run) -> None:
    (tmp_path / "a.txt").write_text("Mara Denk denied that the bridge had been hit.")
    (tmp_path / "b.txt").write_text("")
    store = tmp_path / "made.db"
    done = purport_command("read", tmp_path / "a.txt", "--store", store, "--outlet", "Ardinform")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert "read 1 document with 1 statement; 0 already there; 0 failed" in " ".join(done.stdout.split())
    done = purport_command("read", tmp_path, "--store", store)
    assert done.returncode == 1
    assert "failed" in done.stdout
    assert "is empty" in done.stdout
    for how in ("a", "a.txt"):
        done = purport_command("show", how, "--store", store)
        assert done.returncode == 0
        assert "[S1:Mara Denk] [C1:denied] [X1:that the bridge had been hit]." in done.stdout
    done = purport_command("verify", "--store", store)
    assert (done.returncode, done.stdout[:19]) == (0, "sound: 1 documents ")
    data = bytearray(store.read_bytes())
    data[-50] ^= 1
    store.write_bytes(data)
    done = purport_command("verify", "--store", store)
    assert (done.returncode, "FAILED" in done.stdout, done.stderr) == (1, True, "")
    assert "Traceback" not in purport_command("statements", "--store", store).stderr


def test_actors_are_listed_for_people_and_for_programs(example_store: Path, purport_command: Run) -> None:
    rows = purport.open(example_store).actors()
    done = purport_command("actors", "--store", example_store, "--format", "jsonl")
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {**asdict(row), "names": list(row.names)} for row in rows
    ]
    done = purport_command("actors", "--store", example_store, "--format", "csv", "--search", "stavik")
    table = list(csv.DictReader(io.StringIO(done.stdout)))
    assert "Aurel Stavik" in [row["name"] for row in table]
    assert len(table) < len(rows)
    done = purport_command("actors", "--store", example_store, "--type", "person", "--limit", "3")
    assert (done.stderr, done.stdout.splitlines()[-1]) == ("", "3 actors")
    assert purport_command("actors", "--store", example_store, "--search", "nobody").stdout == "no actor fits\n"


def test_who_is_who_is_corrected_and_taken_back(copied: Path, purport_command: Run) -> None:
    def run(*arguments: str) -> str:
        done = purport_command("actors", *arguments, "--store", copied)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return str(done.stdout)

    assert run("log") == "no judgements\n"
    before = run("show", "Hollan Reth")
    assert "why" in before
    said = run("merge", "Hollan Reth", "Aurel Stavik", "--who", "Ister Crole", "--note", "a trial")
    assert said.startswith("1 merge: Aurel Stavik (person, ")
    assert said.endswith("; by Ister Crole; note: a trial\n")
    assert "judgement 1: merged (1.00)" in " ".join(run("show", "Hollan Reth").split())
    assert run("split", "Hollan Reth", "Aurel Stavik").startswith("2 split: ")
    assert run("rename", "Hollan Reth", "The brigadier").startswith("3 rename: ")
    assert run("show", "the brigadier").startswith("The brigadier (person, ")
    for number in (3, 2, 1):
        assert f" undo {number}: not so: " in run("undo")
    assert run("show", "Hollan Reth") == before
    assert run("undo", "6").startswith("7 undo 6: ")
    log = run("log").splitlines()
    assert [line.endswith("[undone]") for line in log] == [False, True, True, False, False, True, False]


def test_who_may_be_one_is_listed_judged_several_at_once_and_goes_out_and_in(
    copied: Path, tmp_path: Path, purport_command: Run
) -> None:
    def run(*arguments: str | Path) -> str:
        done = purport_command("actors", *arguments, "--store", copied)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return str(done.stdout)

    told = run("same", "Mara Denk")
    assert "for: the surname alone" in told
    assert "Minister Denk claims that eleven shells crossed the river." in told
    other = told.splitlines()[2].partition(" ")[0]
    lines = run("apart", "Mara Denk", other, "--who", "Ana").splitlines()
    assert len(lines) == 1
    assert " is not Mara Denk (person, " in lines[0]
    assert other not in run("same", "Mara Denk")
    assert len(run("merge", "Hollan Reth", "Aurel Stavik", "Petra Valk").splitlines()) == 2
    table = tmp_path / "own.csv"
    assert run("export", table).startswith(f"wrote {table}: ")
    table.write_text("name,type,aliases\nPetra Valk,person,Hollan Reth\nNobody Else,person,\n", "utf-8")
    assert run("import", table).splitlines() == [
        f"{table}: 2 rows, 0 merges, 1 new name",
        "  1 passed over: rows whose names nobody bears",
    ]


@pytest.mark.parametrize("format", ["table", "jsonl", "csv"])
@pytest.mark.parametrize("reader", ["head -1", "true"])
def test_nobody_need_read_to_the_end(example_store: Path, format: str, reader: str) -> None:
    line = f"{sys.executable} -m purport.cli statements --store {example_store} --format {format}"
    done = subprocess.run(
        ["bash", "-c", f"{line} | {reader} > /dev/null; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_terminal_without_letters_is_no_reason_to_stop(example_store: Path, purport_command: Run) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = purport_command("statements", "--store", example_store, "--by", "Corvane", env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "mile Corvane" in done.stdout


def test_the_demo_works_from_the_source_tree(tmp_path: Path, purport_command: Run) -> None:
    done = purport_command("demo", cwd=tmp_path)
    assert done.returncode == 0
    assert not [line for line in done.stderr.splitlines() if not line.startswith("read ")]  # progress
    assert (tmp_path / "demo.db").exists()
    assert "22 documents" in done.stdout
    with examples() as folder:
        assert (folder / "metadata.csv").read_bytes() == (EXAMPLES / "metadata.csv").read_bytes()
