"""Interviews and transcripts: each turn is its speaker's, and a heading with a colon is nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from purport import Record, read, read_text

Turn = tuple[str, str, str, str]


def turns(record: Record) -> list[Turn]:
    return [
        (record.text(one.source), record.text(one.content, " "), one.act, one.kind)
        for one in record.attributions
        if record.text(one.cue) in (":", ".")
    ]


BRIEFING = """QUESTION (Ilse Varga, the Lantern): Who opened the sluice?

MS. KOLL: The keeper. He had no orders.

QUESTION: Was he a soldier?

MS. KOLL: No."""


def test_a_briefing() -> None:
    assert turns(read_text(BRIEFING, language="en")) == [
        ("QUESTION … Ilse Varga, the Lantern", "Who opened the sluice?", "ask", "block"),
        ("MS. KOLL", "The keeper. He had no orders.", "assert", "block"),
        ("QUESTION", "Was he a soldier?", "ask", "block"),
        ("MS. KOLL", "No.", "assert", "block"),
    ]


@pytest.mark.parametrize(
    "text, speakers",
    [
        ("Lantern: Did Karsk flood the mine?\n\nValk: Never.", ["Lantern", "Valk"]),
        ("Moderator: Is the road open?\n\nDenk: It is.", ["Moderator", "Denk"]),
        ("Q. Who fired?\n\nA. The keeper did.", ["Q", "A"]),
        ("Q: Is the mine flooded?", ["Q"]),
        ("MR. VALK: We saw it.\n\nQ. Who else did?", ["MR. VALK", "Q"]),
        ("Dr. A. Finch: The well is clean.\n\nCapt. Reth: It is not.", ["Dr. A. Finch", "Capt. Reth"]),
        ("Claim: The well is poisoned.\n\nVerdict: False.\n\nThe keeper drank from it.", [""]),
        ("Background: The mine was closed.\n\nFindings: It is flooded.", []),
        ("What we know: The mine is flooded.\n\nWhat they say: Nothing.", [""]),
        ("Key Findings: The mine is flooded.\n\nKey Findings: It is closed.", []),
    ],
)
def test_who_has_turns(text: str, speakers: list[str]) -> None:
    assert [who for who, *_ in turns(read_text(text, language="en"))] == speakers


def test_bold_labels(tmp_path: Path) -> None:
    path = tmp_path / "radio.md"
    path.write_text(
        "**HOST:** Good morning. Who sank it?\n\n**VALK:** We have lost nine boats. I am a fisherman.", "utf-8"
    )
    assert turns(read(path, language="en")) == [
        ("HOST", "Good morning. Who sank it?", "assert", "block"),
        ("VALK", "We have lost nine boats. I am a fisherman.", "assert", "block"),
    ]


def test_what_is_asked_is_a_question_whoever_asks() -> None:
    record = read_text("Lantern: Did Karsk flood the mine?\n\nValk: No. Ardania did.", language="en")
    asked, answered = record.propositions
    assert (record.text(asked.subject), asked.certainty, asked.frame) == ("Karsk", "Uu", "question")
    assert record.text(answered.subject) == "Ardania"


def test_an_answer_holds_no_question() -> None:
    record = read_text("Was the gate open? No, says the keeper.", language="en")
    assert [record.text(one.content) for one in record.attributions] == ["No"]


@pytest.mark.parametrize(
    "text, source, cue",
    [
        ('"Olga"†, a nurse, said:\n\n> I saw a light on the hill. Nobody came.', '"Olga"†, a nurse', "said"),
        ("Olga said she had been warned:\n\n> I saw a light on the hill. Nobody came.", "Olga", ":"),
    ],
)
def test_words_that_are_set_in_below(tmp_path: Path, text: str, source: str, cue: str) -> None:
    path = tmp_path / "report.md"
    path.write_text(text, "utf-8")
    record = read(path, language="en")
    told = [(record.text(one.source), record.text(one.cue), record.text(one.content)) for one in record.attributions]
    assert (source, cue, "I saw a light on the hill. Nobody came.") in told
