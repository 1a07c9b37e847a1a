from __future__ import annotations

import pytest

from purport.lexicons.loaded import LoadedRow, loaded, parse_loaded
from tests.ruled import analysed


def test_there_are_many_of_both_kinds() -> None:
    tones = [row.tone for row in loaded().values()]
    assert min(tones.count("hostile"), tones.count("laudatory")) >= 80


@pytest.mark.parametrize("row", loaded().values(), ids=lambda row: f"{row.lemma} ({row.pos})")
def test_the_example_holds_the_word(row: LoadedRow) -> None:
    words = {(token.lemma, token.pos) for token in analysed(row.example).tokens}
    assert (row.lemma, row.pos) in words


@pytest.mark.parametrize(
    "line, message",
    [
        ("brave\tadj\tlaudatory", "4 columns"),
        ("brave\tnoun phrase\tlaudatory\tA brave man.", "'noun phrase'"),
        ("brave\tadj\tkind\tA brave man.", "'kind'"),
        ("brave\tadj\tlaudatory\tA bold man.", "no example"),
        ("brave\tadj\tlaudatory\tA brave man.\nbold\tadj\tlaudatory\tA bold man.", "out of order"),
    ],
)
def test_a_malformed_row_is_named(line: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"loaded.tsv, line .*{message}"):
        parse_loaded(line)
