"""Each operator works in its example, in contexts that are made of it, and not in its near miss."""

from __future__ import annotations

import pytest

from purport.extract.factuality.evaluate import Factuality
from purport.extract.factuality.operators import Operators, applied
from purport.extract.factuality.value import Outlook
from purport.lexicons.operators import EFFECTS, OperatorRow, operators, parse_pattern, relations_of
from purport.model.analysis import Analysis
from purport.model.record import Frame
from purport.syntax.relations import RELATIONS, Relations
from tests.ruled import analysed

ROWS = operators()
NAMES = {"Corvath": "Hesperin", "Velmark": "Ardania", "Norrland": "Velmark", "Ardania": "Hesperin"}
CONTEXTS = (
    "{}",
    "“{}” That is what Orlo said.",
    "It was a cold day in March. {}",
    "{} The bridge is old.",
)
"""Contexts in which an operator does what it does by itself."""


def marked(text: str) -> tuple[Analysis, int]:
    """The analysis of a text, and the token of its act, which is marked "[E:...]"."""
    before, rest = text.split("[E:")
    word, after = rest.split("]", 1)
    analysis = analysed(before + word + after)
    return analysis, next(token.i for token in analysis.tokens if token.start == len(before))


def ids(analysis: Analysis, act: int) -> set[str]:
    found = Operators(analysis)
    above = found.above(act)
    return {one.row.id for one in (*((above,) if above else ()), *found.within(act))}


def exchanged(text: str) -> str:
    return " ".join(NAMES.get(word, word) for word in text.split(" "))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_an_operator_is_found_in_its_example_whatever_the_names(row: OperatorRow) -> None:
    for example in (*row.examples, *map(exchanged, row.examples)):
        analysis, act = marked(example)
        assert row.id in ids(analysis, act)


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_example_has_the_value_that_the_row_says_wherever_it_stands(row: OperatorRow, context: str) -> None:
    for example in (*row.examples, *map(exchanged, row.examples)):
        analysis, act = marked(context.format(example))
        found = Factuality(analysis).outlook(act)
        assert (found.certainty, found.frame) == (applied(row.affirmed, Outlook()).certainty, Frame(row.frame))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_an_operator_is_not_found_in_its_near_miss(row: OperatorRow) -> None:
    for near_miss in row.near_misses:
        analysis, act = marked(near_miss)
        assert row.id not in ids(analysis, act), near_miss


@pytest.mark.parametrize("row", [row for row in ROWS if not row.affirmed.startswith("fix")], ids=lambda row: row.id)
def test_what_is_asked_is_open(row: OperatorRow) -> None:
    for example in row.examples:
        analysis, act = marked(f"{example.rstrip('.')}?")
        assert Factuality(analysis).outlook(act).certainty == 0, example


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_patterns_name_relations_that_there_are(row: OperatorRow) -> None:
    assert set(relations_of(row)) <= RELATIONS


def test_effects_are_named_once() -> None:
    assert len(set(EFFECTS)) == len(EFFECTS)


@pytest.mark.parametrize(
    "pattern", ["", "fail", "fail xcomp E", "E >xcomp E", "fail >xcomp [E]", "fail >xcomp E [>mark of", "1 >x E"]
)
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"act|begin|step"):
        parse_pattern(pattern)


@pytest.mark.parametrize(
    "text, told",
    [
        ("The dam is old.", "dam nsubj old; is cop old; old root old"),
        ("The army fired on the town.", "on case town; town obl fired"),
        ("The fall of the town was near.", "of case town; town nmod fall; was cop near"),
        ("The dam was hit by shells.", "dam nsubj:pass hit; was aux:pass hit; by case shells; shells obl:agent hit"),
        ("They left without firing a shot.", "without mark firing; firing advcl left; shot obj firing"),
        ("The army came and left.", "and cc left; left conj came"),
    ],
)
def test_relations_are_those_of_universal_dependencies(text: str, told: str) -> None:
    analysis = analysed(text)
    found = Relations(analysis)
    triples = {
        f"{analysis.word(i)} {relation} {analysis.word(head)}"
        for i, (relation, head) in enumerate(zip(found.relation, found.head, strict=True))
    }
    assert set(told.split("; ")) <= triples
