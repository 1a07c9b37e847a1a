"""Readers' verdicts beside what this build answers, on invented texts; sheets hold neither answer nor confidence."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import purport
from bench import readings, sheets, verdicts
from bench.questions import QUESTIONS, Item, items
from bench.readings import compared, report
from bench.texts import Text, found
from bench.verdicts import Key, MalformedError, Verdict
from purport.model.document import Span
from purport.model.record import Record
from tests.conftest import ROOT

TEXT = (
    "Mara Denk denied on Monday that the army of Velmark had burned the granary.\n\n"
    "The guns may have moved, Denk said. Ardania accused Velmark of shelling the bridge.\n"
)
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of texts; readings are kept beside it."""
    monkeypatch.setattr(verdicts, "FOLDER", tmp_path / "readings")
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "one.txt").write_bytes(TEXT.encode())
    (texts / "same.txt").write_bytes(TEXT.encode())
    (texts / "two.txt").write_text("Orlo promised to open the ferry. Halvenna thanked Orlo in Paris for the promise.\n")
    return texts


@pytest.fixture(scope="module")
def answers() -> Callable[[str], dict[str, Item]]:
    """This build's items of the text for a question, by the words at their places."""
    record = purport.read_text(TEXT)
    return lambda code: {span.of(TEXT): item for span, item in items(code, record).items()}


def test_every_question_is_answered(answers: Callable[[str], dict[str, Item]]) -> None:
    assert {item.answer for item in answers("listed").values()} == {"yes"}
    assert len(answers("listed")) == 3
    assert {words: item.answer for words, item in answers("source").items()} == {
        "Mara Denk": "Mara Denk", "Denk": "Mara Denk", "Ardania": "Ardania",
    }  # fmt: skip
    held = {words: item.answer for words, item in answers("held").items()}
    assert held["had burned"] == "no"
    assert held["may have moved"] == "possibly"
    assert answers("type")["Mara Denk"].answer == "person"
    assert set(answers("junk")) == set(answers("type"))
    for code, question in QUESTIONS.items():
        assert all(question.allows(item.answer) for item in answers(code).values()), code


def test_a_name_is_right_in_any_form_that_the_text_has(answers: Callable[[str], dict[str, Item]]) -> None:
    item = answers("source")["Denk"]
    agrees = QUESTIONS["source"].agrees
    assert [agrees(name, item) for name in ("denk", "Mara Denk", "Velmark", "unknown")] == [True, True, False, False]


def verdict(code: str, words: str, told: str, shift: int = 0) -> Verdict:
    start = TEXT.index(words)
    return Verdict(Key(SHA256, Span(start + shift, start + len(words)), code), told, "A")


def test_verdicts_are_compared_with_what_this_build_answers(folder: Path) -> None:
    judged = [
        verdict("held", "had burned", "no"), verdict("held", "may have moved", "yes"),
        verdict("held", "denied", "?"), verdict("held", "accused Velmark", "no"),
        verdict("type", "Mara Denk", "person"), verdict("junk", "granary", "no"), verdict("junk", "bridge", "yes"),
        replace(verdict("junk", "granary", "no"), key=Key("0" * 64, Span(0, 1), "junk")),
    ]  # fmt: skip
    texts = {one.sha256: one for one in found([folder])}
    tallies = compared(judged, texts)
    held = tallies["held"]
    assert held.agrees == [verdict("held", "had burned", "no")]
    assert held.against == [(verdict("held", "may have moved", "yes"), "possibly")]
    assert held.untold == [verdict("held", "denied", "?")]
    assert held.gone == [verdict("held", "accused Velmark", "no")]
    moved = {key.span.of(TEXT): at.of(TEXT) for key, at in held.unread if at is not None}
    assert moved == {"accused": "accused Velmark"}
    junk = tallies["junk"]
    assert [len(one) for one in (junk.agrees, junk.against, junk.elsewhere)] == [1, 1, 1]
    assert [one.verdict for one in tallies["type"].agrees] == ["person"]
    assert len(tallies["type"].unread) == len(junk.unread) - 1 > 1
    lines = list(report("x", tallies, texts, 1))
    assert lines[0].startswith(
        "x, held: agrees with 1, goes against 1, no longer there 1, cannot tell 1; no verdict yet"
    )
    assert f"  against: one.txt {SHA256[:12]} " in lines[1]
    assert "A says yes, this build possibly" in lines[1]
    assert any("more; --all lists them" in line for line in lines)
    assert not any("granary" in line or "burned" in line for line in lines)


def test_a_sheet_is_drawn_filled_in_and_taken(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "sheet.tsv"
    command = ["sheet", "held", "--draw", "3", "--seed", "x", "--out", str(sheet), "--texts", str(folder)]
    assert readings.main(command) == 0
    first = sheet.read_text()
    assert readings.main(command) == 0
    assert sheet.read_text() == first
    header, *rows = [line.split("\t") for line in first.splitlines() if not line.startswith("#")]
    assert tuple(header) == sheets.COLUMNS
    assert [row[4] for row in rows] == ["", "", ""]
    assert all(row[6].count("⟦") == 1 for row in rows)
    rows[0][4], rows[1][4] = "no", "?"
    sheet.write_text("\n".join("\t".join(row) for row in (header, *rows)) + "\n")
    assert readings.main(["take", str(sheet), "march", "--reader", "B2"]) == 0
    assert "2 verdicts of B2; 1 items of the sheet are not yet read" in capsys.readouterr().out
    kept = (tmp_path / "readings" / "march.tsv").read_text().splitlines()
    assert kept[0].split("\t") == list(verdicts.COLUMNS)
    assert sorted(line.split("\t")[4:] for line in kept[1:]) == [["?", "B2"], ["no", "B2"]]
    assert readings.main(["take", str(sheet), "march", "--reader", "B2"]) == 0
    assert (tmp_path / "readings" / "march.tsv").read_text().splitlines() == kept
    assert readings.main(["march", "--texts", str(folder)]) == 0
    assert "march, held: agrees with" in capsys.readouterr().out
    assert readings.main([*command, "--unread"]) == 0
    again = [line.split("\t")[:3] for line in sheet.read_text().splitlines() if not line.startswith("#")][1:]
    assert not {tuple(row) for row in again} & {tuple(row[:3]) for row in rows[:2]}


@pytest.mark.parametrize("code", [code for code, question in QUESTIONS.items() if question.context])
def test_a_sheet_does_not_hang_on_the_answers(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts, question = found([folder]), QUESTIONS[code]
    shown = sheets.drawn(code, texts, 50, "x")
    assert shown

    def unanswered(record: Record) -> Iterator[Item]:
        return (Item(item.span, item.words, "") for item in question.items(record))

    monkeypatch.setattr("bench.questions.QUESTIONS", {code: replace(question, items=unanswered)})
    assert sheets.drawn(code, texts, 50, "x") == shown
    for _, _, context in shown:
        assert context.replace("⟦", "").replace("⟧", "") in (TEXT, (folder / "two.txt").read_text())


def test_a_row_is_shown_without_its_sentence_and_from_all_strata(folder: Path) -> None:
    shown = sheets.drawn("row", found([folder]), 4, "x")
    assert {context for _, _, context in shown} == {""}
    assert all("did it happen?: " in words and " || claim: " in words for _, words, _ in shown)


def test_a_sheet_is_not_written_into_the_project(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(ROOT / "docs" / "sheet.tsv")
    assert readings.main(["sheet", "junk", "--draw", "1", "--seed", "x", "--out", out, "--texts", str(folder)]) == 2
    assert "a sheet holds words of texts" in capsys.readouterr().err
    assert not Path(out).exists()


GOOD = ("a" * 64, "0", "4", "junk", "yes", "A")


@pytest.mark.parametrize(
    "place, cell, reason",
    [
        (0, "abc", "no SHA-256"), (1, "9", "no place"), (2, "x", "no place"), (3, "why", "no question"),
        (4, "maybe", "no verdict for junk: yes, no, or ?"), (4, "", "no verdict"),
        (5, "Mara Denk", "no name of a reader"),
    ],
)  # fmt: skip
def test_a_malformed_line_is_refused_with_file_and_line(place: int, cell: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    cells = [*GOOD[:place], cell, *GOOD[place + 1 :]]
    path.write_text("\n".join("\t".join(row) for row in (verdicts.COLUMNS, GOOD, cells)) + "\n")
    with pytest.raises(MalformedError, match=rf"x\.tsv, line 3: .*{reason}"):
        verdicts.load(path)


@pytest.mark.parametrize("text, reason", [("a\tb\n", "line 1: the columns"), ("", "line 1: the columns")])
def test_another_table_is_refused(text: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text(text)
    with pytest.raises(MalformedError, match=reason):
        verdicts.load(path)
    path.write_text("\t".join(verdicts.COLUMNS) + "\na\tb\n")
    with pytest.raises(MalformedError, match="line 2: 2 cells, there must be 6"):
        verdicts.load(path)


@pytest.mark.parametrize(
    "command",
    [
        ["../x"],
        ["missing"],
        ["sheet", "why", "--draw", "1", "--seed", "x", "--out", "y"],
        ["--texts", "nowhere"],
        ["take", "missing.tsv", "x", "--reader", "A"],
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    command: list[str], folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    verdicts.save(verdicts.path_of("x"), [verdict("junk", "granary", "no")])
    assert readings.main(command) == 2
    assert capsys.readouterr().err.startswith("bench.readings: ")


def test_all_readings_of_this_project_are_well_formed() -> None:
    for path in (ROOT / "bench" / "readings").glob("*.tsv"):
        assert verdicts.load(path)


def test_texts_of_the_same_bytes_are_one(folder: Path) -> None:
    assert [one.path.name for one in found([folder])] == ["one.txt", "two.txt"]
    assert found([folder])[0] == Text(SHA256, folder / "one.txt")
