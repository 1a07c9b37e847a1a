"""Words that stand in a record without a label, digests of what was said, and the net below all layouts."""

from __future__ import annotations

import pytest

from tests.extract.voices.test_find import Told, told

CASES: dict[str, tuple[str, Told]] = {
    "between the marks of a beginning and an end": (
        (
            "1. Vice Prefect Runa Sel came. She read a note:\n\nBEGIN TEXT\n\nThe mine is closed.\n\nEND TEXT\n\n"
            "2. The meeting lasted ten minutes."
        ),
        [("Vice Prefect Runa Sel", "The mine is closed.")],
    ),
    "called out, in brackets": (
        'The gates open at nine.\n\n(A woman near the gate: "Give back the mine!")\n\nTwo carts leave.',
        [("A woman near the gate", '"Give back the mine!"')],
    ),
    "quoted in numbered entries": (
        (
            'No. 3   Runa Sel to Kai Koll, 4 May. Card. Extract: "The mine is open and I am tired."\n\n'
            'No. 4   Kai Koll to Runa Sel, 9 May. Letter. Extract: "Then close it. I have two boys in it."'
        ),
        [
            ("Runa Sel", '"The mine is open and I am tired."'),
            ("Kai Koll", '"Then close it. I have two boys in it."'),
        ],
    ),
    "set in below a line that only names": (
        (
            "The minutes were read.\n\nReasons for dissent, recorded at the request of Cllr Sel:\n\n"
            "      The mine is mine. Nobody had told me.\n\nThe meeting closed at nine."
        ),
        [("Cllr Sel", "The mine is mine. Nobody had told me.")],
    ),
    "a note that presents its compliments": (
        (
            "The Embassy of Sel presents its compliments to Koll.\n\nThe mine has been dark since May.\n\n"
            "The Embassy avails itself of this opportunity.\n\nTwo sheets."
        ),
        [
            (
                "The Embassy of Sel",
                (
                    "The Embassy of Sel presents its compliments to Koll. … The mine has been dark "
                    "since May. … The Embassy avails itself of this opportunity."
                ),
            )
        ],
    ),
    "summed up": (
        (
            "12. Ms. Sel (Orrin) said that the mine was closed. Nobody had been asked.\n\n"
            "13. Mr. Koll (Velmark) replied that the mine was open. He had seen it.\n\n14. The Chair rose at noon."
        ),
        [
            ("Ms. Sel … Orrin", "that the mine was closed. Nobody had been asked."),
            ("Mr. Koll … Velmark", "that the mine was open. He had seen it."),
        ],
    ),
    "names over handles": (
        "Runa Sel\n@runasel\nMar 3\nThe mine is closed.\n\nKai Koll\n@kaikoll\nMar 4\nIt is open.",
        [("Runa Sel", "The mine is closed."), ("Kai Koll", "It is open.")],
    ),
    "who speaks to whom": (
        "2210 SEL to KOLL: Leave the lamp.\n2212 KOLL to SEL: We have no oil.\n2215 SEL to KOLL: I can hear dogs.",
        [("SEL", "Leave the lamp."), ("KOLL", "We have no oil."), ("SEL", "I can hear dogs.")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_words_are_whose_the_record_says(case: str) -> None:
    text, expected = CASES[case]
    assert [(who, " ".join(said.split())) for who, said in told(text)] == expected


def test_first_persons_under_short_lines_are_somebody() -> None:
    lines = ["Calls of the week"]
    for number, said in enumerate(("I walk to the mine.", "My lamp is out.", "You never answer.", "We wait for you.")):
        lines += [f"[{number + 3}] 08:1{number} a call", said]
    lines.append("The tape was passed on.")
    assert told("\n\n".join(lines)) == [("", said) for said in lines[2:-1:2]]


def test_an_article_is_the_texts_own() -> None:
    assert not told("The mine is closed.\n\nI went there in May. We saw nobody.\n\nYou can see the lamp from the road.")


def test_a_headline_with_a_colon_is_nobodys_turn() -> None:
    """Such as has "to" in it, which in a log stands between two names."""
    assert not told("A Quiet Plan to Close Mines: Buy Them.\n\nRuna Sel bought a mine.\n\nIt was closed in May.")
