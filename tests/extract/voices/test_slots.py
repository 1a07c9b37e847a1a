"""Names in the same place of what stands over or under paragraphs, whatever that place is."""

from __future__ import annotations

import pytest

from purport.extract.voices.slots import in_slots, name_likeness
from purport.read.layout import blocks_of

Told = list[tuple[str, str]]


def told(text: str) -> Told:
    return [
        (" … ".join(s.of(text) for s in one.source), " … ".join(s.of(text) for s in one.content).replace("\n", " "))
        for one in in_slots(text, blocks_of(text))
    ]


SEL, KOLL = "The mine was closed in May.", "The mine has been open since June."
SHAPES = {
    "the third field of a line": (
        f"Card 1 | hall | Runa Sel | 3 March\n{SEL}\n\nCard 2 | hall | Kai Koll | 4 March\n{KOLL}\n\n"
        f"Card 3 | yard | Runa Sel | 5 March\nThe gate is new.\n"
    ),
    "the second line of a head": (
        f"No. 1\nRuna Sel to Ambrel\nOrrin, 3 March\n\n{SEL} I saw it.\n\nNo. 2\nAmbrel to Runa Sel\nOrrin, 4 March\n\n"
        f"{KOLL} We went there.\n"
    ),
    "below, in brackets": (
        f"ON THE MINE\n\n1.  {SEL}\n\n          (R. Sel)\n\n2.  {KOLL}\n\n          (K. Koll)\n\n"
        "3.  The gate is new.\n\n          (D. M. Ambrel)\n"
    ),
    "with a key": (
        f"Tape 1\n\n{SEL}\n\n    Inf.: Runa Sel, Orrin.\n    Coll.: Ask Vane.\n\nTape 2\n\n{KOLL}\n\n"
        "    Inf.: Kai Koll, Orrin.\n    Coll.: Ask Vane.\n"
    ),
    "between rules of marks": (
        f"=== 09:30 === Dr. Runa Sel === Guild ===\n\n{SEL}\n\n=== 10:05 === BREAK ======\n\nThe panel rose.\n\n"
        f"=== 10:25 === Dr. Kai Koll === Guild ===\n\n{KOLL}\n"
    ),
}
WHO = {
    "the third field of a line": ["Runa Sel", "Kai Koll", "Runa Sel"],
    "the second line of a head": ["Runa Sel", "Ambrel"],
    "below, in brackets": ["R. Sel", "K. Koll", "D. M. Ambrel"],
    "with a key": ["Runa Sel", "Kai Koll"],
    "between rules of marks": ["Dr. Runa Sel", "Dr. Kai Koll"],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_names_are_found_by_their_place(shape: str) -> None:
    found = told(SHAPES[shape])
    assert [who for who, _ in found] == WHO[shape]
    assert SEL in found[0][1]
    assert KOLL in found[1][1]


@pytest.mark.parametrize("shape", SHAPES)
def test_other_names_in_the_same_places_are_found_too(shape: str) -> None:
    text = SHAPES[shape].replace("Runa Sel", "Tamsin Odrell").replace("Kai Koll", "Ferris Okonby")
    assert len(told(text)) == len(WHO[shape])


def test_headings_of_one_report_are_nobodys() -> None:
    report = (
        "Harbour Dues\n\nThe dues rose in May.\n\nFerry Times\n\nThe ferry was late.\n\nOpen Points\n\nTwo are left.\n"
    )
    assert told(report) == []


def test_what_is_told_of_people_under_their_names_is_not_theirs() -> None:
    profiles = (
        "Runa Sel, 43\n\nSel was born in Orrin and runs a mill. Sel has two sons.\n\n"
        "Kai Koll, 51\n\nKoll was mayor for nine years. Koll lost the vote in May.\n"
    )
    assert told(profiles) == []


def test_who_stands_in_the_place_of_the_others_without_a_name_is_somebody() -> None:
    text = SHAPES["the third field of a line"] + "\nCard 4 | yard | (no name) | 5 March\nThe wall is old.\n"
    assert told(text)[3] == ("", "The wall is old.")


@pytest.mark.parametrize("words", ["14 April", "Tab 4", "Orrin Street", "4.12%", "Monday", "Dear Senator", "9"])
def test_what_is_no_name_is_worth_less_than_one(words: str) -> None:
    assert name_likeness(words) < 0.5 < name_likeness("Runa Sel")
