from __future__ import annotations

import numpy as np
import pytest

from purport.analyse import parse
from purport.model.analysis import Analysis
from purport.resolve.document.candidates import Candidate, candidates, person_of
from purport.resolve.document.features import (
    Describer,
    Known,
    described,
    determined,
    kind_of,
    known,
    quotes,
)
from purport.resolve.document.gender import gender_of
from purport.resolve.document.pairs import PAIRS, offered, paired
from tests.made import document

TEXT = "The old minister, Mara Denk, and her aides said that it was “their own dam”. That was in 2030."


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return parse(document(TEXT), tagger=False)


def test_each_head_offers_spans_around_it(analysis: Analysis) -> None:
    found = candidates(analysis)
    assert found
    for group in found:
        assert len({one.head for one in group}) == 1
        assert len({(one.first, one.last) for one in group}) == len(group)
        assert all(0 <= one.first <= one.head <= one.last < len(analysis.tokens) for one in group)
        assert all(analysis.word(end).isalnum() for one in group for end in (one.first, one.last))
    words = {analysis.span(one.first, one.last).of(TEXT) for group in found for one in group}
    assert {"The old minister", "Mara Denk", "her", "her aides", "it", "That", "2030"} <= words


def test_what_is_known_of_each(analysis: Analysis) -> None:
    every = {analysis.span(c.first, c.last).of(TEXT): c for group in candidates(analysis) for c in group}
    kinds = {words: kind_of(analysis, every[words]) for words in ("her", "Mara Denk", "That", "2030", "her aides")}
    assert list(kinds.values()) == ["pronoun", "name", "demonstrative", "number", "noun"]
    assert determined(analysis, every["The old minister"]) == "def"
    assert determined(analysis, every["her aides"]) == "poss"
    assert gender_of(analysis, every["Mara Denk"], {"mara": 0.99}) == 2
    assert gender_of(analysis, every["Mara Denk"], {}) == 0
    assert f"lemma={'minister'}" in described(analysis, every["The old minister"])


def of_mentions(analysis: Analysis, chosen: list[Candidate]) -> Known:
    describer = Describer(analysis, {}, quotes(analysis))
    return known([describer.row(one) for one in chosen], np.ones((len(chosen), 1), np.float32))


def test_pairs_have_a_number_for_each_feature(analysis: Analysis) -> None:
    chosen = [group[0] for group in candidates(analysis)]
    of = of_mentions(analysis, chosen)
    later, earlier = offered(of)
    assert (later > earlier).all()
    pairs = paired(of, later, earlier)
    assert pairs.shape == (len(later), len(PAIRS))
    words = [analysis.word(one.head) for one in chosen]
    [row] = [n for n, pair in enumerate(zip(later, earlier, strict=True)) if [words[i] for i in pair] == ["it", "her"]]
    assert pairs[row, PAIRS.index("two pronouns")] == 1
    assert pairs[row, PAIRS.index("same person")] == 0


def test_nothing_is_asked_of_no_mentions(analysis: Analysis) -> None:
    of = of_mentions(analysis, [])
    assert paired(of, *offered(of)).shape == (0, len(PAIRS))


def test_far_apart_only_what_is_alike_is_weighed() -> None:
    text = "Mara Denk came. " + "The gate stood open. A boat left. " * 60 + "Denk saw it."
    analysis = parse(document(text), tagger=False)
    chosen = [group[0] for group in candidates(analysis)]
    later, earlier = offered(of_mentions(analysis, chosen))
    words = [analysis.span(one.first, one.last).of(text) for one in chosen]
    first = {words[one] for one, two in zip(later, earlier, strict=True) if words[two] == "Mara Denk"}
    assert "Denk" in first
    last = {words[two] for one, two in zip(later, earlier, strict=True) if one == words.index("it")}
    assert "Mara Denk" not in last
    assert len(later) < len(chosen) ** 2 / 2


def test_quotations_are_numbered(analysis: Analysis) -> None:
    inside = {analysis.word(i) for i, number in enumerate(quotes(analysis)) if number}
    assert inside == {"their", "own", "dam"}


@pytest.mark.parametrize("word, person", [("Him", "he"), ("their", "they"), ("myself", "i"), ("dam", "")])
def test_persons_of_pronouns(word: str, person: str) -> None:
    assert person_of(word) == person
