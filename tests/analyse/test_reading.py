from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.analyse.reading import dateline, plain


@given(st.text(max_size=120))
def test_every_character_shown_knows_where_it_stood(text: str) -> None:
    view = plain(text, 0, len(text))
    assert len(view.text) == len(view.back)
    assert list(view.back) == sorted(set(view.back))
    assert all(0 <= at < len(text) for at in view.back)
    letters = [text[at] for char, at in zip(view.text, view.back, strict=True) if char.isalnum()]
    assert "".join(letters).casefold() == "".join(c for c in view.text if c.isalnum()).casefold()


@pytest.mark.parametrize(
    "text, shown",
    [
        ("The dam\r\nis safe", "The dam is safe"),
        ("The\u00a0dam  is\u200b safe", "The dam is safe"),
        ("“The dam”", '"The dam"'),
        ("``The dam''", '"The dam"'),
        ("« Le barrage »", '" Le barrage "'),
        ("DENK DENIED THAT THE BRIDGE WAS HIT", "denk denied that the bridge was hit"),
        ("dis\u00adplaced", "displaced"),
        ("The\tdam", "The dam"),
    ],
)
def test_plain_dress(text: str, shown: str) -> None:
    assert plain(text, 0, len(text)).text == shown


@pytest.mark.parametrize(
    "text, words",
    [
        ("SKERRIN, March 4 (Halyard) — Ardania said", "Ardania said"),
        ("SKERRIN (Halyard) -- Ardania said", "Ardania said"),
        ("LOWER ORRIN, 4 March 2031 – Ardania said", "Ardania said"),
        ("Skerrin said — Ardania", "Skerrin said — Ardania"),
        ("THE DAM IS SAFE", "THE DAM IS SAFE"),
    ],
)
def test_datelines_are_nobodys_words(text: str, words: str) -> None:
    assert text[dateline(text, 0, len(text)) :] == words
