"""What the parser gets wrong is mended so that it says what the sentence says."""

from __future__ import annotations

import random

import pytest

import purport
from purport.analyse import parse
from purport.model.analysis import Analysis
from purport.model.document import Document
from purport.read.files import read_bytes
from tests.claims import cases
from tests.conftest import ROOT


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


@pytest.mark.parametrize(
    "text, verb, dep",
    [
        ("The allegation that Velmark poisoned the wells is baseless.", "poisoned", "acl"),
        ("The rumour that General Tessel has been arrested is false.", "arrested", "acl"),
        ("No evidence Velmark mined the dam was found.", "mined", "acl"),
        ("Claims that the vaccine killed children are unfounded.", "killed", "acl"),
        ("The demand by the union that Northwater reinstate the six stewards is open.", "reinstate", "acl"),
        ("The claim that he made yesterday was false.", "made", "relcl"),
        ("The promise that he made yesterday was kept.", "made", "relcl"),
        ("The report that Denk spread was false.", "spread", "relcl"),
        ("The story that was told is false.", "told", "relcl"),
    ],
)
def test_what_a_noun_says_is_told_from_what_is_said_of_it(text: str, verb: str, dep: str) -> None:
    analysis = parsed(text)
    (act,) = (token for token in analysis.tokens if analysis.word(token.i) == verb)
    assert (act.dep, analysis.tokens[act.head].pos) == (dep, "NOUN")


@pytest.mark.parametrize(
    "text, heads",
    [
        ("The general denies burning the ferry, shelling the mill and arresting the priest.", {"shelling": "burning"}),
        ("The board denied it had opened the gate, hidden the logs or misled the town.", {"hidden": "opened"}),
        ("The army said it had crossed the river, taken the mill and burned the ferry.", {"taken": "crossed"}),
        ("Karsk denies having armed the rebels, trained their officers or paid their wages.", {"trained": "armed"}),
        ("Reth denies that he sold the maps, that he met the envoy, and that he fled.", {"met": "sold", "fled": "met"}),
        # What is itself said is no part of what was denied.
        (
            "Denk denied that the dam had burst, promised to publish the logs and called it a lie.",
            {"promised": "denied"},
        ),
    ],
)
def test_a_list_of_what_is_said_goes_on_to_its_end(text: str, heads: dict[str, str]) -> None:
    analysis = parsed(text)
    words = {analysis.word(token.i): token for token in analysis.tokens}
    assert {word: analysis.word(words[word].head) for word in heads} == heads
    assert {words[word].dep for word in heads} == {"conj"}


def test_what_is_said_beside_a_denial_is_not_denied() -> None:
    analysis = parsed("The board denied opening the gate, blaming the mayor and citing the logs.")
    (blaming,) = (token for token in analysis.tokens if analysis.word(token.i) == "blaming")
    assert analysis.word(blaming.head) == "denied"


@pytest.mark.parametrize(
    "text, verb, noun",
    [
        ("The board rejects claims that it hid the logs.", "rejects", "claims"),
        ("Hill Guard disputes reports that the queen has fled", "disputes", "reports"),
        ("The new mayor questions claims that the dam is safe.", "questions", "claims"),
        ("Ardania rejects claim it burned ferry", "rejects", "claim"),
    ],
)
def test_who_rejects_claims_makes_none(text: str, verb: str, noun: str) -> None:
    analysis = parsed(text)
    words = {analysis.word(token.i): token for token in analysis.tokens}
    assert words[verb].head == words[verb].i
    assert (words[noun].dep, words[noun].head, words[noun].pos) == ("dobj", words[verb].i, "NOUN")
    assert [words[verb].i, "nsubj"] in [[token.head, token.dep] for token in analysis.tokens[: words[verb].i]]


def test_who_is_at_odds_may_claim() -> None:
    analysis = parsed("Border disputes claim that nobody is safe.")
    assert analysis.tokens[2].dep == "ROOT"


def test_a_chain_of_acts_goes_on_from_the_first() -> None:
    analysis = parsed("The staff said its units had retaken the ridge, captured two guns and reopened the road.")
    rows = {analysis.word(token.i): token for token in analysis.tokens}
    assert (rows["captured"].dep, analysis.word(rows["captured"].head)) == ("conj", "retaken")


def test_the_only_one_to_do_it_did_it() -> None:
    analysis = parsed("The only ministry to publish its accounts was the Ministry of Fisheries.")
    rows = {analysis.word(token.i): token for token in analysis.tokens}
    assert (rows["publish"].dep, analysis.word(rows["publish"].head)) == ("acl", "ministry")
    assert (rows["ministry"].dep, analysis.word(rows["ministry"].head)) == ("nsubj", "was")


def test_who_is_caught_does_it() -> None:
    analysis = parsed("Customs officers caught the envoy's driver smuggling uncut rubies in a spare tyre.")
    rows = {analysis.word(token.i): token for token in analysis.tokens}
    assert (rows["smuggling"].dep, rows["driver"].dep) == ("ccomp", "nsubj")
    assert analysis.word(rows["envoy"].head) == "driver"


HOSTILE = (
    "That",
    "Lest",
    ";",
    "and not",
    "; he said",
    ", whereupon",
    ", the command announced",
    "it was",
    "who",
    "; 40",
)
"""What the corrections look at, put where it does not belong."""


def test_no_words_hang_on_each_other_in_a_circle() -> None:
    chance = random.Random(1)
    words = " ".join(case.text for case in cases(ROOT / "examples" / "claims.txt")).split()
    lines = []
    for start in range(0, len(words), 12):
        line = words[start : start + 12]
        for piece in chance.sample(HOSTILE, 2):
            line.insert(chance.randrange(len(line)), piece)
        lines.append(" ".join(line))
    tokens = parsed("\n\n".join(lines)).tokens
    for token in tokens:
        way = {token.i}
        while tokens[token.head].i != token.i:
            token = tokens[token.head]
            assert token.i not in way
            way.add(token.i)


@pytest.mark.parametrize(
    "text, verb, dep",
    [
        ("The nurse, Adela Quist, had informed detectives that Dr Roan altered the charts.", "altered", "ccomp"),
        ("The nurse informed the detectives that Reth had met.", "met", "relcl"),
    ],
)
def test_what_somebody_is_told_is_no_clause_about_who_is_told(text: str, verb: str, dep: str) -> None:
    analysis = parsed(text)
    (act,) = (token for token in analysis.tokens if analysis.word(token.i) == verb)
    assert act.dep == dep
