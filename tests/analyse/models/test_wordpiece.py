from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.analyse.models.tagger import model
from purport.analyse.models.wordpiece import LONGEST, WordPiece

WORDS = ["[UNK]", "the", "dam", "un", "##safe", "##s", "a", "##b", ",", "'", "cafe", "東"]
SMALL = WordPiece({word: number for number, word in enumerate(WORDS)})


def shown(text: str) -> list[tuple[str, str, bool]]:
    return [(WORDS[p.id], text[p.start : p.end], p.first) for p in SMALL.pieces(text)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("The dams,", [("the", "The", True), ("dam", "dam", True), ("##s", "s", False), (",", ",", True)]),
        ("unsafe", [("un", "un", True), ("##safe", "safe", False)]),
        ("xyz", [("[UNK]", "xyz", True)]),
        ("Café", [("cafe", "Café", True)]),
        ("Cafe\u0301", [("cafe", "Cafe\u0301"[:4], True), ("[UNK]", "\u0301", True)][:1]),
        ("東東", [("東", "東", True), ("東", "東", True)]),
        ("a_b", [("a", "a", True), ("[UNK]", "_", True), ("[UNK]", "b", True)]),
        ("a" + "b" * LONGEST, [("[UNK]", "a" + "b" * LONGEST, True)]),
        ("게a", [("[UNK]", "게a", True)]),
        ("", []),
    ],
)
def test_the_longest_piece_from_the_left(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert shown(text) == expected


@given(st.text(max_size=60))
def test_pieces_are_in_order_and_leave_no_letter_out(text: str) -> None:
    one = model()
    assert one is not None
    pieces = list(one.tokenizer.pieces(text))
    last = 0
    covered = set[int]()
    for piece in pieces:
        assert last <= piece.start < piece.end <= len(text)
        last = piece.end
        covered.update(range(piece.start, piece.end))
    assert {n for n, char in enumerate(text) if char.isascii() and char.isalnum()} <= covered


def test_what_is_remembered_changes_nothing() -> None:
    fresh = WordPiece(SMALL.vocabulary)
    assert [list(fresh.pieces("the dams")) for _ in range(2)] == [list(SMALL.pieces("the dams"))] * 2
