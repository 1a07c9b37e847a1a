from __future__ import annotations

import pytest

from purport.lexicons.loaded import LoadedRow, loaded
from tests.ruled import analysed


def test_there_are_many_of_both_kinds() -> None:
    tones = [row.tone for row in loaded().values()]
    assert min(tones.count("hostile"), tones.count("laudatory")) >= 80


@pytest.mark.parametrize("row", loaded().values(), ids=lambda row: f"{row.lemma} ({row.pos})")
def test_the_example_holds_the_word(row: LoadedRow) -> None:
    words = {(token.lemma, token.pos) for token in analysed(row.example).tokens}
    assert (row.lemma, row.pos) in words
