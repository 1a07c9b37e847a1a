"""What lists are asked for on the command line: the words of every command, what is refused, and what is left out."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import purport
from purport.cli.app import _EXAMPLES, _GROUPS, app, main
from purport.errors import StoreError, UsageError
from tests.conftest import Run


def ask(store: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--store", str(store)])


def refused(store: Path, *words: str) -> UsageError:
    """The error with which a command is refused; the message that `main` prints of it."""
    error = ask(store, *words).exception
    assert isinstance(error, UsageError)
    return error


def rows(store: Path, *words: str) -> list[dict[str, object]]:
    done = ask(store, *words, "--format", "jsonl")
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


# -- names that are not there -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words, argument, nearest",
    [
        (("statements", "--outlet", "Ardinfrom"), "outlet", "Ardinform"),
        (("statements", "--outlet", "Skerrin Lantren"), "outlet", "The Skerrin Lantern"),
        (("statements", "--by", "Mara Dnek"), "by", "Mara Denk"),
        (("statements", "--by", "Velmrak"), "by", "Velmark"),
        (("statements", "--about", "Tamisn"), "about", "Tamsin"),
        (("statements", "--document", "lantern-brigde"), "document", "lantern-bridge"),
        (("claims", "--outlet", "Ardinfrom"), "outlet", "Ardinform"),
        (("claims", "--by", "Mara Dnek"), "by", "Mara Denk"),
        (("claims", "--document", "halyard-bridge.text"), "document", "halyard-bridge"),
        (("network", "--outlet", "Ardinfrom"), "outlet", "Ardinform"),
        (("network", "--compare", "Ardinform", "Ardinfrom"), "outlet", "Ardinform"),
    ],
)
def test_what_is_not_there_is_refused_with_the_nearest_names(
    example_store: Path, words: tuple[str, ...], argument: str, nearest: str
) -> None:
    error = refused(example_store, *words)
    assert error.argument == argument
    assert "did you mean" in str(error)
    assert nearest in str(error)


@pytest.mark.parametrize(
    "words",
    [
        ("statements", "--outlet", "ardinform", "--since", "2032"),
        ("statements", "--by", "Mara Denk", "--act", "threaten"),
        ("statements", "--by", "The Skerrin Lantern", "--act", "threaten"),
        ("claims", "--outlet", "Ardinform", "--frame", "counterfactual", "--since", "2031-04"),
        ("statements", "--document", "lantern-bridge.html", "--act", "fear"),
    ],
)
def test_what_is_known_and_merely_empty_is_no_error(example_store: Path, words: tuple[str, ...]) -> None:
    done = ask(example_store, *words)
    assert done.exit_code == 0
    assert "fits" in done.output


def test_words_that_nobody_is_called_by_are_searched_for_and_that_is_said(example_store: Path) -> None:
    done = ask(example_store, "statements", "--about", "bridge")
    assert done.exit_code == 0
    assert "nobody is called 'bridge': these words were searched for" in done.output
    assert "lantern-bridge" in done.output


def test_a_document_is_meant_by_its_file_s_name(example_store: Path) -> None:
    by_name = rows(example_store, "statements", "--document", "lantern-bridge.html")
    assert by_name
    assert by_name == rows(example_store, "statements", "--document", "lantern-bridge")
    assert by_name == rows(example_store, "statements", "--document", str(by_name[0]["document"]))


# -- speech acts --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["deny", "denies", "denied", "Denying", "DENY", "denial"])
def test_an_act_is_asked_for_in_any_form(example_store: Path, form: str) -> None:
    found = rows(example_store, "statements", "--act", form)
    assert found
    assert {row["act"] for row in found} == {"deny"}


@pytest.mark.parametrize(
    "form, act",
    [
        ("criticized", "criticise"), ("withheld", "withhold"), ("promises", "promise"), ("accusing", "accuse"),
        ("said", "assert"), ("planned", "plan"), ("admitted", "admit"), ("praising", "praise"), ("feared", "fear"),
    ],
)  # fmt: skip
def test_every_act_has_its_forms(example_store: Path, form: str, act: str) -> None:
    assert (
        ask(example_store, "statements", "--act", form).output == ask(example_store, "statements", "--act", act).output
    )


def test_acts_are_a_union(example_store: Path) -> None:
    acts = Counter(row["act"] for row in rows(example_store, "statements"))
    both = rows(example_store, "statements", "--act", "deny", "--act", "accuses")
    assert Counter(row["act"] for row in both) == {"deny": acts["deny"], "accuse": acts["accuse"]}


def test_an_unknown_act_is_refused_with_those_there_are(example_store: Path) -> None:
    error = refused(example_store, "statements", "--act", "shout")
    assert "accuse, admit, agree" in str(error)
    assert "did you mean 'deny'?" in str(refused(example_store, "statements", "--act", "deney"))


# -- what is left out ---------------------------------------------------------------------------------------------


def test_unsure_rows_are_counted_and_shown_with_all(example_store: Path) -> None:
    sure, every = rows(example_store, "statements"), rows(example_store, "statements", "--all")
    assert min(float(str(row["confidence"])) for row in sure) >= 0.5
    left = len(every) - len(sure)
    assert left > 0
    assert f"+ {left} unsure: --all shows them" in ask(example_store, "statements").output
    assert "unsure: --all" not in ask(example_store, "statements", "--all").output


@pytest.mark.parametrize("command", ["statements", "claims"])
@pytest.mark.parametrize("least", ["0", "0.5", "0.9"])
def test_the_least_confidence_is_asked_for(example_store: Path, command: str, least: str) -> None:
    found = rows(example_store, command, "--min-confidence", least)
    every = rows(example_store, command, "--all")
    assert len(found) == sum(float(str(row["confidence"])) >= float(least) for row in every)


def test_the_old_way_to_mark_unsure_rows_still_works(example_store: Path) -> None:
    every = rows(example_store, "statements", "--unsure", "0.8")
    assert len(every) == len(rows(example_store, "statements", "--all"))
    assert {row["unsure"] for row in every} == {True, False}


# -- counted, chosen, sorted --------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", ["act", "outlet,act", "actor", "kind", "month", "week", "year,act", "day"])
def test_rows_are_counted_by_columns(example_store: Path, columns: str) -> None:
    counted = rows(example_store, "statements", "--count-by", columns)
    assert list(counted[0]) == [*columns.split(","), "count"]
    assert sum(int(str(row["count"])) for row in counted) == len(rows(example_store, "statements"))
    numbers = [int(str(row["count"])) for row in counted]
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("format", ["table", "csv", "jsonl"])
def test_counts_come_in_every_format(example_store: Path, format: str) -> None:
    done = ask(example_store, "statements", "--count-by", "act", "--format", format)
    told = json.loads(done.stdout.splitlines()[0]) if format == "jsonl" else None
    if format == "csv":
        told = next(csv.DictReader(io.StringIO(done.stdout)))
    assert done.exit_code == 0
    assert "assert" in done.stdout if told is None else told["act"] == "assert"


def test_claims_are_counted_too(example_store: Path) -> None:
    counted = rows(example_store, "claims", "--count-by", "certainty")
    assert {"CT+", "CT-"} <= {row["certainty"] for row in counted}


def test_rows_are_sorted_by_a_column(example_store: Path) -> None:
    up = [row["confidence"] for row in rows(example_store, "statements", "--sort", "confidence")]
    assert up == sorted(up, key=lambda one: float(str(one)))
    down = [row["confidence"] for row in rows(example_store, "statements", "--sort", "-confidence")]
    assert down == up[::-1]


def test_rows_are_chosen_by_the_value_of_a_column(example_store: Path) -> None:
    found = rows(example_store, "statements", "--where", "act=deny", "--where", "outlet=halyard wire")
    assert found
    assert {(row["act"], row["outlet"]) for row in found} == {("deny", "Halyard Wire")}
    assert not rows(example_store, "statements", "--where", "month=1999-01")


def test_columns_are_chosen_and_rows_limited(example_store: Path) -> None:
    found = rows(example_store, "statements", "--columns", "published,actor,act", "--limit", "3")
    assert [list(row) for row in found] == [["published", "actor", "act"]] * 3


@pytest.mark.parametrize(
    "words",
    [("--count-by", "acts"), ("--sort", "acts"), ("--where", "acts=deny"), ("--columns", "published,acts")],
)
def test_unknown_columns_are_refused_with_those_there_are(example_store: Path, words: tuple[str, str]) -> None:
    error = str(refused(example_store, "statements", *words))
    assert "no column is called 'acts'" in error
    assert "did you mean 'act'" in error
    assert "confidence" in error


def test_a_condition_without_a_value_is_refused(example_store: Path) -> None:
    assert "is not FIELD=VALUE" in str(refused(example_store, "statements", "--where", "act"))


# -- claims -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words, code", [("no", "CT-"), ("not so", "CT-"), ("yes", "CT+"), ("open", "Uu"), ("CT-", "CT-")]
)
def test_certainty_is_asked_for_as_tables_tell_it(example_store: Path, words: str, code: str) -> None:
    assert {row["certainty"] for row in rows(example_store, "claims", "--certainty", words)} == {code}


# -- the store, the help, pipes -----------------------------------------------------------------------------------


def test_the_environment_names_the_store_and_the_option_goes_before(
    example_store: Path, tmp_path: Path, purport_command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PURPORT_STORE", str(example_store))
    assert purport_command("documents").returncode == 0
    assert purport_command("actors", "--limit", "1").returncode == 0
    monkeypatch.setenv("PURPORT_STORE", str(tmp_path / "none.db"))
    assert purport_command("documents").returncode == 2
    assert purport_command("documents", "--store", example_store).returncode == 0


def test_the_help_groups_all_commands_and_gives_an_example_of_each() -> None:
    told = CliRunner().invoke(app, ["--help"]).output
    assert [line.rstrip(":") for line in told.splitlines() if line.rstrip(":") in _GROUPS] == list(_GROUPS)
    known = {command.callback.__name__ for command in app.registered_commands if command.callback}
    listed = {name for names in _GROUPS.values() for name in names}
    assert known <= listed
    assert known <= set(_EXAMPLES)
    assert f"Example: {_EXAMPLES['info']}" in CliRunner().invoke(app, ["info", "--help"]).output


def test_help_is_a_word_too() -> None:
    assert CliRunner().invoke(app, ["help"]).output == CliRunner().invoke(app, ["--help"]).output
    assert "--min-confidence" in CliRunner().invoke(app, ["help", "statements"]).output


def test_a_shell_can_be_taught_to_complete() -> None:
    told = CliRunner().invoke(app, ["--help"]).output
    assert "--install-completion" in told


@pytest.mark.parametrize(
    "option, begun, expected",
    [("--act", "acc", "accuse"), ("--outlet", "Ardin", "Ardinform"), ("--by", "Mara", "Mara Denk")],
)
def test_acts_outlets_and_actors_are_completed(
    example_store: Path, purport_command: Run, option: str, begun: str, expected: str
) -> None:
    words = f"purport statements --store {example_store} {option} {begun}"
    done = purport_command(
        env={"_PURPORT_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": "5", "PATH": "/usr/bin:/bin"}
    )
    assert expected in done.stdout


def test_lines_in_a_pipe_end_without_blanks_and_names_of_files_are_whole(example_store: Path) -> None:
    told = ask(example_store, "statements").output.splitlines()
    assert not [line for line in told if line != line.rstrip()]
    assert [line for line in told if "lantern-bridge.html" in line]


def test_a_refusal_is_one_line_with_the_flag(
    example_store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["purport", "statements", "--store", str(example_store), "--outlet", "Ardinfrom"]
    monkeypatch.setattr("sys.argv", words)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    assert capsys.readouterr().err == (
        "purport: no outlet is called 'Ardinfrom'; did you mean 'Ardinform'? (--outlet)\n"
    )


def test_edges_need_so_many_documents_by_either_name(example_store: Path) -> None:
    new, old = (ask(example_store, "network", word, "2") for word in ("--min-documents", "--least"))
    assert new.exit_code == 0
    assert new.output == old.output


def test_python_asks_in_the_same_words(example_store: Path) -> None:
    with purport.open(example_store) as corpus:
        assert corpus.statements(act="denied") == corpus.statements(act=["deny"])
        with pytest.raises(UsageError, match="no speech act"):
            corpus.statements(act="nonsense")
        with pytest.raises(UsageError, match="did you mean 'Ardinform'"):
            corpus.statements(outlet="Ardinfrom")


@pytest.mark.parametrize("format", ["table", "jsonl", "csv"])
@pytest.mark.parametrize(
    "words",
    [
        ("documents", "--count-by", "outlet"),
        ("documents", "--where", "outlet=Ardinform", "--columns", "id,published"),
        ("documents", "--sort", "-attributions", "--limit", "3"),
        ("actors", "--count-by", "type"),
        ("actors", "--sort", "-statements", "--columns", "name,statements", "--limit", "4"),
    ],
)
def test_documents_and_actors_are_counted_chosen_and_sorted(
    example_store: Path, words: tuple[str, ...], format: str
) -> None:
    done = ask(example_store, *words, "--format", format)
    assert done.exit_code == 0, done.output
    assert len(done.stdout.splitlines()) > 1


def test_documents_come_in_every_format(example_store: Path) -> None:
    assert len(rows(example_store, "documents")) == 22
    told = list(csv.DictReader(io.StringIO(ask(example_store, "documents", "--format", "csv").stdout)))
    assert {row["id"] for row in told} == {str(row["id"]) for row in rows(example_store, "documents")}


def test_what_is_no_store_is_told_at_once(tmp_path: Path) -> None:
    table = tmp_path / "outlets.csv"
    table.write_text("outlet\nLantern\n")
    with pytest.raises(StoreError, match="is not a store of purport"):
        purport.open(table)
    with pytest.raises(StoreError, match="is a folder, not a file"):
        purport.open(tmp_path)
    purport.open(tmp_path / "new.db").close()


def test_columns_of_a_table_are_fields_to_choose_and_count_by(tmp_path: Path) -> None:
    for name, verb in (("a", "denied"), ("b", "said"), ("c", "claimed")):
        (tmp_path / f"{name}.txt").write_text(f"Mara Denk {verb} that the dam had failed.")
    table = tmp_path / "known.csv"
    table.write_text("File;Publisher;desk;kind\na.txt;Lantern;foreign;news\nb.txt;Lantern;home;news\nc;Wire;home;op\n")
    store = tmp_path / "own.db"
    done = CliRunner().invoke(
        app, ["read", str(tmp_path), "--metadata", str(table), "--store", str(store), "--workers", "1"]
    )
    assert done.exit_code == 0, done.output
    assert "columns desk, table.kind of known.csv kept: --where and --count-by take them" in done.output
    assert [row["act"] for row in rows(store, "statements", "--where", "table.kind=op")] == ["assert"]
    assert {row["kind"] for row in rows(store, "statements")} == {"indirect"}
    assert rows(store, "statements", "--count-by", "desk") == [
        {"desk": "home", "count": 2},
        {"desk": "foreign", "count": 1},
    ]
    assert [row["act"] for row in rows(store, "statements", "--where", "desk=foreign")] == ["deny"]
    assert {row["desk"] for row in rows(store, "documents", "--where", "outlet=Lantern")} == {"foreign", "home"}
    assert "no column is called" in str(refused(store, "statements", "--count-by", "dsek"))
    with purport.open(store) as corpus:
        assert not corpus.verify()
