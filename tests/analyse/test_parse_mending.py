"""What the parser gets wrong is mended so that it says what the sentence says."""

from __future__ import annotations

import pytest

import purport
from purport.analyse import parse
from purport.analysis import Analysis
from purport.document import Document
from purport.read import read_bytes


def parsed(text: str) -> Analysis:
    document = next(iter(read_bytes(text.encode(), "text.txt")))
    assert isinstance(document, Document)
    return parse(document, tagger=False)


@pytest.mark.parametrize(
    "text, source, cue",
    [
        ("A captured bandit confessed in February that the chief had ordered it.", "A captured bandit", "confessed"),
        ("In Halvenna the other envoy said that the dam was safe.", "the other envoy", "said"),
        ("Ardania on Tuesday said that the dam was safe.", "Ardania", "said"),
    ],
)  # fmt: skip
def test_who_says_it(text: str, source: str, cue: str) -> None:
    record = purport.read_text(text)
    assert (source, cue) in {(record.text(one.source), record.text(one.cue)) for one in record.attributions}


def test_who_is_listed_is_named_beside_the_many() -> None:
    record = purport.read_text("The officials, including Mara Denk and Orlo Reth, said that the dam was safe.")
    named = {one.span.of(record.document.text) for one in record.mentions}
    assert {"The officials", "Mara Denk", "Orlo Reth"} <= named


@pytest.mark.parametrize(
    "text, verb",
    [
        ("Had this Northern League not been founded, the valley would have starved.", "founded"),
        ("Had the dam burst, the town would have drowned.", "burst"),
    ],
)
def test_had_before_its_subject_makes_a_condition(text: str, verb: str) -> None:
    analysis = parsed(text)
    (act,) = (token for token in analysis.tokens if analysis.word(token.i) == verb)
    assert (act.dep, act.head > act.i) == ("advcl", True)
    assert (analysis.tokens[0].dep, analysis.tokens[0].head) == ("aux", act.i)


def test_a_threat_is_to_somebody_whatever_is_done_about_it() -> None:
    analysis = parsed("Mara Denk eliminated a threat to Ardania.")
    (to,) = (token for token in analysis.tokens if token.lemma == "to")
    assert analysis.word(to.head) == "threat"


def test_a_name_behind_an_adjective_is_what_it_describes() -> None:
    analysis = parsed("The brutal Hill Guard has tortured prisoners.")
    rows = {analysis.word(token.i): token for token in analysis.tokens}
    assert (rows["tortured"].dep, rows["Guard"].dep, rows["brutal"].dep) == ("ROOT", "nsubj", "amod")
    assert rows["The"].head == rows["brutal"].head == rows["Guard"].i
    assert rows["."].head == rows["prisoners"].head == rows["tortured"].i


@pytest.mark.parametrize(
    "text, verb, dep",
    [
        ("The allegation that Velmark poisoned the wells is baseless.", "poisoned", "acl"),
        ("The rumour that General Tessel has been arrested is false.", "arrested", "acl"),
        ("No evidence Velmark mined the dam was found.", "mined", "acl"),
        ("Claims that the vaccine killed children are unfounded.", "killed", "acl"),
        ("The claim that he made yesterday was false.", "made", "relcl"),
        ("The report that Denk spread was false.", "spread", "relcl"),
        ("The story that was told is false.", "told", "relcl"),
    ],
)
def test_what_a_noun_says_is_told_from_what_is_said_of_it(text: str, verb: str, dep: str) -> None:
    analysis = parsed(text)
    (act,) = (token for token in analysis.tokens if analysis.word(token.i) == verb)
    assert (act.dep, analysis.tokens[act.head].pos) == (dep, "NOUN")
