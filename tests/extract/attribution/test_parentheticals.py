"""Clauses broken by whose word they are, clauses that a phrase gives to somebody, and phrases that give them to nobody:
as the rules find them, and as they are found beside a tagger that sees it otherwise."""

from __future__ import annotations

import pytest

from purport import read_text
from tests.extract.attribution.test_find import check, parts_found, parts_marked
from tests.marked import parse

BROKEN = [
    "[X1:The levee], [C1/assert:said] [S1:Mara Denk], [X1:was blown up by Karsk].",
    "[X1:Karsk has not], [C1/assert:says] [S1:the harbour master], [X1:returned the boats].",
    "[X1:The tunnel], [C1/assert:writes] [S1:the Herald], [X1:was never flooded].",
    "[X1:The letter], [C1/assert:said] [S1:Mara Denk, the minister of information], [X1:was forged].",
    "[X1:The farmers have], [S1:the governor] [C1/assert:says], [X1:burned the barn].",
    "[X1:Karsk], [S1:Ardania] [C1/assert:claims], [X1:has bought the judges].",
    "[X1:The envoy], [S1:Tessel] [C1/assert:said], [X1:had fled].",
    "[X1:The farmers] — [C1/assert:so] [S1:the governor] — [X1:have burned the barn].",
    "[X1:The ship], or so [S1:the ministry] [C1/assert:claims], [X1:was carrying grain].",
    "[X1:The ship] — [C1/assert:according to] [S1:the harbour master] — [X1:was carrying grain].",
    "[X1:Karsk] (as [S1:Ardania] [C1/assert:claims]) [X1:has closed the mine].",
    "If, as [S1:Ardinform] [C1/assert:claims], [X1:Karsk flooded the mine], there would be water.",
    "[X1:The bridge], [C1/quote:in the words of] [S1:the envoy], [X1:was a trap].",
]
FRAMED = [
    "In [S1:Karsk's] [C1/assert:telling], [X1:the miners struck first].",
    "[C1/believe:In the eyes of] [S1:the council], [X1:the miners are heroes].",
    "[C1/quote:In the words of] [S1:Mara Denk], [X1:the pact is a trap].",
    "In [S1:the colonel's] [C1/assert:version], [X1:the prisoner fell].",
    "As [S1:the Lantern] [C1/assert:tells it], [X1:the crowd cheered the general].",
    "As [S1:Karsk] [C1/assert:would have it], [X1:Ardania flooded its own mine].",
    "As [S1:Valk] [C1/assert:put it], [X1:the pact has lapsed].",
    "If [S1:the general] [C1/believe:is to be believed], [X1:the farmers have left].",
]
NOBODY = [
    "Contrary to what the Lantern reported, no boats were sunk at Skerrin.",
    "No boats were sunk at Skerrin, contrary to what the Lantern reported.",
    "Contrary to the general's assurances, the road was not open.",
    "Karsk did not, as the Lantern claims, burn the mill.",
    "The troops, as the war continued, left the valley.",
    "In Karsk's account books, the sum is missing.",
]


@pytest.mark.parametrize("marked", [*BROKEN, *FRAMED])
def test_rules_find_whose_word_a_clause_is(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize("marked", [*BROKEN, *FRAMED])
def test_so_it_is_beside_the_tagger(marked: str) -> None:
    text, expected = parse(marked)
    record = read_text(text, language="en")
    assert sorted(parts_found(record, a) for a in record.attributions) == sorted(
        parts_marked(text, a) for a in expected
    )


@pytest.mark.parametrize("text", NOBODY)
def test_what_is_nobodys_word_but_the_texts(text: str) -> None:
    record = read_text(text, language="en")
    assert record.attributions == ()
    assert {one.voucher for one in record.propositions} == {None}


def test_a_clause_that_is_broken_is_read_whole() -> None:
    record = read_text("The miners have – the governor says – flooded the shaft.", language="en")
    [flooded] = [one for one in record.propositions if record.text(one.predicate, " ") == "have flooded"]
    assert record.text(flooded.subject) == "The miners"
    assert flooded.voucher == record.attributions[0].id


def test_words_that_an_apposition_ends_are_no_aside() -> None:
    record = read_text("The road was closed, said Mara Denk, a cousin of the mayor.", language="en")
    [one] = record.attributions
    assert record.text(one.content) == "The road was closed"
