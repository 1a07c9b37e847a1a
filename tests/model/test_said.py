"""What stands for a sentence is the same for the same words, and for no others."""

from __future__ import annotations

import pytest

from purport.model.said import LEAST, said

SENTENCE = "Ardania condemned the shelling of the Tamsin bridge by Velmark."


@pytest.mark.parametrize("other", [SENTENCE.upper(), f"“{SENTENCE}”", SENTENCE.replace(" ", "\n "), SENTENCE[:-1]])
def test_case_and_marks_do_not_count(other: str) -> None:
    assert said(other) == said(SENTENCE) > 0


def test_a_word_more_or_another_order_is_another_sentence() -> None:
    assert said(SENTENCE.replace("condemned", "never condemned")) != said(SENTENCE)
    assert said(" ".join(reversed(SENTENCE.split()))) != said(SENTENCE)


def test_short_sentences_stand_for_themselves() -> None:
    assert said(" ".join(["word"] * (LEAST - 1))) == 0
    assert 0 < said(" ".join(["word"] * LEAST)) < 2**63
    assert said("") == 0
