"""What a text says of the codes and parts of those who speak."""

from __future__ import annotations

import pytest

from purport.extract.voices.legends import initialled, legend

CODES = {
    "two columns": ("RS   Runa Sel, smith\nKK   Kai Koll, the mine\n", "RS", "Runa Sel"),
    "brackets behind a name": (
        "Present   Runa Sel      (RS)   Orrin\n          Kai Koll      (KK)   Tolm\n",
        "KK",
        "Kai Koll",
    ),
    "numbers": ("   1   Runa Sel, mayor\n   2   Kai Koll, the mine\n", "(2)", "Kai Koll"),
    "colours": ("   red      Runa Sel, minister\n   green    Kai Koll, miner\n", "red", "Runa Sel"),
    "notes": ("[^1]: Runa Sel, editor, *Orrin Star*\n[^2]: Kai Koll, owner\n", "^1", "Runa Sel"),
    "run in": ("Speakers: RS Runa Sel, winder. KK Kai Koll, her cousin.\n", "KK", "Kai Koll"),
    "equal signs": ("Signs: MV1 = Captain Runa Sel; TWR = Orrin tower\n", "TWR", "Orrin tower"),
    "what somebody is": ("P1   ward sister\nP2   student nurse\n\nP1 was alone. P2 was not.\n", "P2", "student nurse"),
}


@pytest.mark.parametrize("shape", CODES)
def test_a_key_gives_codes_to_names(shape: str) -> None:
    text, code, who = CODES[shape]
    found = legend(text, ()).code(code)
    assert found is not None
    assert found.of(text) == who


def test_books_that_a_note_cites_do_not_speak() -> None:
    assert legend("[^1]: Runa Sel, Mines of Orrin, 1987, p. 4\n", ()).code("1") is None


def test_a_part_is_the_last_one_named_above() -> None:
    text = "Mover:  Runa Sel\n\nThe lamps burn.\n\nMover:  Kai Koll\n\nThe pound is empty.\n"
    found = legend(text, ())
    first, second = found.told_in("Argument of the mover", 20), found.told_in("Argument of the mover", len(text))
    assert first is not None
    assert second is not None
    assert (first.of(text), second.of(text)) == ("Runa Sel", "Kai Koll")


def test_a_side_is_known_by_its_stem() -> None:
    text = "Claimant:   Orrin Grain Company\nDefendant:  Kai Koll\n"
    found = legend(text, ()).side("DEFENCE")
    assert found is not None
    assert found.of(text) == "Kai Koll"


def test_turns_are_no_key() -> None:
    text = "SEL: Kai Koll told me.\n\nKOLL: Runa Sel, thank you. The mine is shut.\n"
    assert not legend(text, ()).codes


def test_those_in_a_picture_are_known_by_their_place() -> None:
    text = "Pictured, from left to right: Runa Sel, 58, porter; Kai Koll, 23, miner; and Ask Vane, who is retired.\n"
    found = legend(text, ())
    told = [found.placed(words) for words in ("First from left", "Second from left", "Far right", "The left")]
    assert [span.of(text) if span else None for span in told] == ["Runa Sel", "Kai Koll", "Ask Vane", None]


def test_initials_are_of_the_only_name_that_has_them() -> None:
    text = "Edited by Runa Sel\n\nThe stove was sold. R.S.\n"
    found = initialled(text, "R.S.")
    assert found is not None
    assert found.of(text) == "Runa Sel"
    assert initialled(text + "Rolf Stahl came.", "R.S.") is None


def test_labels_of_turns_are_no_codes_of_whom_is_addressed() -> None:
    text = (
        "Q: Mr Denk, is there a text?\n\nA: There are two.\n\nQ: Which Denk?\n\n"
        "A: Mara Denk. You are right, one must say which.\n\nQ: Is he right?\n\nA: I am not paid to judge.\n"
    )
    assert not legend(text, ()).codes
