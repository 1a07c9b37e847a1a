from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given

import purport
from purport.cli.printing import marked_text, one_line, print_document, print_documents, print_statements, printable
from purport.model.document import Metadata
from purport.model.record import Record
from purport.model.vocabulary import Act
from purport.store import Problem, Sighting, Store
from tests.conftest import Run
from tests.made import HOSTILE_TEXT, TEXT, attribution, bare, record, records

EVIL = "\x1b[2J\x1b]0;owned\x07\u202egnp.exe\u2066\x9b31m\x85\x00\u200b\ue000[bold red]x[/] "
BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ue000]")


@given(HOSTILE_TEXT)
def test_nothing_that_is_printed_controls_a_terminal(text: str) -> None:
    for shown in (printable(text), one_line(text)):
        for char in shown.replace("\n", ""):
            assert unicodedata.category(char) not in ("Cc", "Co", "Cs", "Zl", "Zp") and not BAD.match(char)  # noqa: PT018
    assert "\n" not in one_line(text)


def test_letters_of_all_the_world_are_printed_as_they_are() -> None:
    for text in ("قال ناطق", "Émile", "👨\u200d👩\u200d👧", "e\u0301", "漢字", "می\u200cخواهم"):
        assert printable(text) == one_line(text) == text
    assert printable("a\r\nb\rc\td") == "a\nb\nc d"


def test_marks_nest_and_are_closed() -> None:
    one = record()
    assert marked_text(one).plain == "[S1:Mara Denk] [C1:denied] [X1:that Ardania had shelled the bridge]. "
    text = "Reth said that Denk lied."
    made = bare(text)
    outer = attribution(made.document, [(0, 4)], [(5, 9)], [(10, 24)])
    inner = attribution(made.document, [(15, 19)], [(20, 24)], [(10, 24)], inside=outer.id)
    shown = marked_text(replace(made, attributions=(outer, inner))).plain
    assert re.sub(r"\[[SCX]\d+:|\]", "", shown) == text
    assert shown.count("[") == shown.count("]") == 6


@given(records())
def test_marking_loses_and_adds_no_word(one: Record) -> None:
    marks = sum(len(spans) for a in one.attributions for spans in (a.source, a.cue, a.content))
    marked, expected = marked_text(one).plain, printable(one.document.text)
    brackets = r"\[[SCX]\d+:|\]"  # a text may hold some of its own
    if "\r" not in one.document.text:
        assert re.sub(brackets, "", marked) == re.sub(brackets, "", expected)
    assert marked.count("]") == marks + expected.count("]")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A store in which every word that can be is hostile."""
    text = f"{TEXT[:9]}{EVIL} denied that Ardania had shelled the bridge{EVIL}. "
    told = Metadata(EVIL, EVIL, EVIL, "2031", EVIL)
    one = bare(text, [])
    places = [(0, 9 + len(EVIL)), (10 + len(EVIL), 16 + len(EVIL)), (17 + len(EVIL), len(text) - 2)]
    found = attribution(one.document, places[:1], places[1:2], places[2:], act=cast("Act", EVIL))
    one = replace(one, document=replace(one.document, metadata=told, notes=(EVIL,)), attributions=(found,))
    with Store(tmp_path / "hostile.db", write=True) as store:
        store.add(one, Sighting(f"/tmp/{EVIL}.txt", EVIL))
        store.fail(Problem(f"{EVIL}\n", EVIL, EVIL))
    return tmp_path / "hostile.db"


def test_hostile_documents_reach_no_terminal_raw(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with purport.open(hostile) as corpus:
        rows = corpus.documents()
        print_documents(rows)
        print_document(corpus.record(rows[0].id))
        print_statements(corpus.statements(), "table")
    shown = capsys.readouterr().out
    assert "Mara Denk" in shown
    assert "[bold red]x[/]" in shown
    assert not BAD.search(shown)


def test_hostile_names_and_problems_reach_no_terminal_raw(hostile: Path, tmp_path: Path, purport_command: Run) -> None:
    done = purport_command("problems", "--store", hostile)
    assert (done.returncode, done.stdout.count("\n")) == (0, 1)
    assert not BAD.search(done.stdout)
    name = tmp_path / "\x1b[31mbad\nname\u202e.txt"
    name.write_text("")
    for arguments in (
        ["read", name, "--store", tmp_path / "new.db"],
        ["show", EVIL.replace("\x00", ""), "--store", hostile],
    ):
        done = purport_command(*arguments)
        assert not BAD.search(done.stdout + done.stderr)
        assert done.returncode in (1, 2)


def test_whole_turns_are_counted_and_listed_when_asked_for(tmp_path: Path, purport_command: Run) -> None:
    talk, store = tmp_path / "talk.txt", tmp_path / "talk.db"
    talk.write_text("Runa Sel: The mine is closed.\n\nKai Koll: The owner said it was open.\n\nRuna Sel: No.", "utf-8")
    purport_command("read", talk, "--store", store, "--language", "en")
    listed = purport_command("statements", "--store", store).stdout.splitlines()
    assert [line.strip() for line in listed[-2:]] == ["1 statement", "+ 3 whole turns and letters (`--kind block`)"]
    whole = purport_command("statements", "--store", store, "--kind", "block").stdout.splitlines()
    assert whole[-1].strip() == "3 statements"
