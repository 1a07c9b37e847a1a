"""Operators and outlooks on parses made by hand: what the rules make of a parse, whatever parser made it."""

from __future__ import annotations

import pytest

from purport.extract.factuality.evaluate import Factuality
from purport.extract.factuality.operators import Operators
from purport.model.analysis import Analysis
from purport.syntax.relations import Relations
from tests.parsed import parsed

FEW = "Few||JJ|amod|2 ministers|minister|NNS|nsubj|3 left|leave|VBD|ROOT|0 ||.|punct|3"
PLAIN = "Ministers|minister|NNS|nsubj|2 left|leave|VBD|ROOT|0 .||.|punct|2"
NOT = "Ministers|minister|NNS|nsubj|4 did|do|VBD|aux|4 not||RB|neg|4 leave||VB|ROOT|0 .||.|punct|4"
MAY = "Ministers|minister|NNS|nsubj|3 may||MD|aux|3 leave||VB|ROOT|0 .||.|punct|3"
FAILED = "Ministers|minister|NNS|nsubj|2 failed|fail|VBD|ROOT|0 to||TO|aux|4 leave||VB|xcomp|2 .||.|punct|2"
WITHOUT = (
    "Ministers|minister|NNS|nsubj|2 left|leave|VBD|ROOT|0 instead||RB|advmod|4 of||IN|prep|2 signing|sign|VBG|pcomp|4 "
    ".||.|punct|2"
)


def word(analysis: Analysis, lemma: str) -> int:
    return next(token.i for token in analysis.tokens if token.lemma == lemma)


@pytest.mark.parametrize(
    "sentence, lemma, certainty",
    [
        (PLAIN, "leave", 3),
        (NOT, "leave", -3),
        (MAY, "leave", 1),
        (FAILED, "leave", -3),
        (FAILED, "fail", 3),
        (WITHOUT, "sign", -3),
        (WITHOUT, "leave", 3),
    ],
)
def test_outlooks(sentence: str, lemma: str, certainty: int) -> None:
    analysis = parsed(sentence)
    assert Factuality(analysis).outlook(word(analysis, lemma)).certainty == certainty


def test_a_row_is_found_by_its_relations() -> None:
    analysis = parsed(FEW.replace("||.|", ".||.|"))
    [match] = Operators(analysis).within(word(analysis, "leave"))
    assert match.row.id == "few"
    assert Operators(analysis, without="few").within(word(analysis, "leave")) == ()


def test_prepositions_hang_on_what_they_bring_in() -> None:
    analysis = parsed(WITHOUT)
    relations = Relations(analysis)
    act = word(analysis, "sign")
    assert relations.relation[act] == "advcl"
    assert relations.head[word(analysis, "of")] == act
    assert relations.relation[word(analysis, "of")] == "mark"
