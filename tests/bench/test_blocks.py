"""Rows of voices are judged by the innermost attribution over their words."""

from __future__ import annotations

from typing import Any

import pytest

from bench.blocks import judged

RECORD: dict[str, Any] = {
    "document": {"text": "Sel: Koll says it rained. Nobody came."},
    "entities": [{"id": "e", "name": "Runa Sel", "names": ["Sel"]}],
    "attributions": [
        {"source": [[0, 3]], "content": [[5, 25]], "holder": "e"},
        {"source": [[5, 9]], "content": [[15, 24]], "holder": None},
    ],
    "propositions": [{"predicate": [[33, 37]], "voucher": None, "certainty": "CT+", "frame": "plain"}],
}


@pytest.mark.parametrize(
    "whose, words, right, own",
    [
        ("Koll", "it rained", True, False),
        ("Sel>Koll", "it rained", True, False),
        ("Brandt>Koll", "it rained", False, False),
        ("Runa", "Koll says it rained.", True, False),
        ("!Sel", "it rained", True, False),
        ("!Koll", "it rained", False, False),
        ("other", "it rained", True, False),
        ("text", "it rained", False, False),
        ("text", "Nobody came.", True, False),
        ("other", "Nobody came.", False, True),
        ("Sel", "It snowed.", False, False),
    ],
)
def test_a_row(whose: str, words: str, right: bool, own: bool) -> None:
    wrong, is_own = judged(RECORD, whose, words)
    assert (not wrong, is_own) == (right, own)
