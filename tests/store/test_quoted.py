"""The words that documents give as somebody's own."""

from __future__ import annotations

from pathlib import Path

import pytest

import purport
from purport.store import quoted_words


@pytest.mark.parametrize(
    "text, words",
    [
        ("“The dam is safe,” Denk said, “and full.”", [("The dam is safe,", "and full.")]),
        ('Denk said: "The dam is safe."', [("The dam is safe.",)]),
        ("Denk called the dam “a very old wall”.", [("a very old wall",)]),
        ("Denk said that the dam was safe.", []),
        ("Did Denk say “the dam is safe”?", []),
    ],
)
def test_they_are_without_their_marks_and_in_their_places(
    text: str, words: list[tuple[str, ...]], tmp_path: Path
) -> None:
    (tmp_path / "text.txt").write_text(text, encoding="utf-8")
    with purport.open(tmp_path / "store.db") as corpus:
        corpus.add([tmp_path / "text.txt"])
        found = list(quoted_words(corpus.store))
    assert [tuple(piece for _, piece in row.pieces) for row in found] == words
    for row in found:
        assert all(text[start : start + len(piece)] == piece for start, piece in row.pieces)
