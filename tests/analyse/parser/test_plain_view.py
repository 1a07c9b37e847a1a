from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.analyse.parser.plain_view import dateline, label, plain


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
        ("Port Skerrin, 4 March 2033 - Ardania said", "Ardania said"),
        ("SKERRIN (Halyard) -- Ardania said", "Ardania said"),
        ("LOWER ORRIN, 4 March 2031 – Ardania said", "Ardania said"),
        ("Skerrin said — Ardania", "Skerrin said — Ardania"),
        ("THE DAM IS SAFE", "THE DAM IS SAFE"),
    ],
)
def test_datelines_are_nobodys_words(text: str, words: str) -> None:
    assert text[dateline(text, 0, len(text)) :] == words


KNOWN = frozenset("denied cross border de".split())


@pytest.mark.parametrize(
    "text, shown",
    [
        ("He de-\nnied it.", "He denied it."),
        ("the DE-\r\n  NIED charge", "the DENIED charge"),
        ("cross-\nborder fire", "cross-border fire"),
        ("in Ves-\ntica", "in Vestica"),
        ("the dam -\nand the bridge", "the dam - and the bridge"),
        ("Mara-\nDenk", "Mara- Denk"),
    ],
)
def test_words_that_a_lines_end_breaks(text: str, shown: str) -> None:
    view = plain(text, 0, len(text), KNOWN.__contains__)
    assert view.text == shown
    assert [text[at] for char, at in zip(view.text, view.back, strict=True) if char.isalpha()] == [
        char for char in view.text if char.isalpha()
    ]


@pytest.mark.parametrize(
    "text, words",
    [
        ("MS. DENK: We left.", "We left."),
        ("**VALK:** We left.", "We left."),
        ("QUESTION (Ilse Varga, the Lantern): Who left?", "Who left?"),
        ("Denk said: We left.", "Denk said: We left."),
        ("From the ministry: We left.", "From the ministry: We left."),
    ],
)
def test_a_label_is_shown_apart(text: str, words: str) -> None:
    assert text[label(text, 0, len(text)) :] == words
