"""Names behind what is said, in the same line."""

from __future__ import annotations

import pytest

from purport.extract.voices.tails import tails
from purport.read.layout import blocks_of


def told(text: str) -> list[tuple[str, str]]:
    return [(one.source[0].of(text), one.content[0].of(text)) for one in tails(text, blocks_of(text))]


ENDS = {
    "a dash": " -{}", "a dash and a space": " - {}", "brackets": " ({}, Orrin)",
    "a time": " {} (talk) 10:14, 3 May 2031",
}  # fmt: skip


@pytest.mark.parametrize("end", ENDS)
def test_lines_that_end_with_names_are_theirs(end: str) -> None:
    names = ["Runa Sel", "Kai Koll", "Runa Sel"]
    said = ["The mine was closed in May.", "It was open in June.", "The gate is new."]
    text = "\n\n".join(words + ENDS[end].format(name) for name, words in zip(names, said, strict=True))
    assert told(text) == list(zip(names, said, strict=True))


def test_capitals_after_a_full_stop_sign_a_note() -> None:
    text = "The weir is old.  SEL.\n\nThere was no weir.  KOLL.\n\nBoth are wrong.  SEL."
    assert [who for who, _ in told(text)] == ["SEL", "KOLL", "SEL"]


def test_remarks_in_brackets_are_of_whoever_the_key_names() -> None:
    text = (
        "Notes of Runa Sel (RS) and Kai Koll (KK).\n\nThe bus runs. [It was dropped in May. RS]\n\n"
        "It costs little. [It costs a million. KK]\n"
    )
    assert told(text) == [("Runa Sel", "It was dropped in May."), ("Kai Koll", "It costs a million.")]


@pytest.mark.parametrize("text", [
    "The mine was closed (Sel, 2019). It was open (Koll, 2020).",
    "The vote is on Monday (Reuters)",
    "Prices rose - a lot.\n\nThey fell - a little.\n\nThey rose - again.",
])  # fmt: skip
def test_other_ends_of_lines_sign_nothing(text: str) -> None:
    assert told(text) == []


def test_a_line_of_its_own_with_a_name_and_a_time_signs_what_is_above() -> None:
    text = (
        "The mine was closed in May.\n-- Mossback 10:12, 4 May 2031\n\nIt has been open since June.\n"
        "-- Tilda_Koll 11:40, 4 May 2031\n"
    )
    assert [(one.source[0].of(text), one.content[0].of(text)) for one in tails(text, blocks_of(text))] == [
        ("Mossback", "The mine was closed in May."),
        ("Tilda_Koll", "It has been open since June."),
    ]
