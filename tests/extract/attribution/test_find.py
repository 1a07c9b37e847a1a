from __future__ import annotations

import pytest

from purport import Attribution, Record, read_text
from tests.extract.cases import CASES
from tests.marked import MarkedAttribution, parse
from tests.ruled import ruled

Parts = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], str]


def parts_found(record: Record, one: Attribution) -> Parts:
    text = record.document.text
    source, cue, content = (tuple(span.of(text) for span in spans) for spans in (one.source, one.cue, one.content))
    return source, cue, content, one.act


def parts_marked(text: str, one: MarkedAttribution) -> Parts:
    source, cue, content = (tuple(text[s:e] for s, e in spans) for spans in (one.source, one.cue, one.content))
    return source, cue, content, one.act


def check(marked: str) -> None:
    text, expected = parse(marked)
    record = ruled(text)
    assert sorted(parts_found(record, a) for a in record.attributions) == sorted(
        parts_marked(text, a) for a in expected
    )


@pytest.mark.parametrize("name", CASES)
def test_what_is_marked_is_found_and_nothing_else(name: str) -> None:
    check(CASES[name])


def test_what_stands_beside_a_document_never_changes_it() -> None:
    one = ruled("Denk denied that the bridge had been hit.")
    read_text("Tessel said the road was closed. " * 50, language="en")
    assert ruled("Denk denied that the bridge had been hit.") == one


def test_nesting_is_by_content() -> None:
    text, _ = parse(CASES["nested"])
    outer, inner = ruled(text).attributions
    assert outer.inside is None
    assert inner.inside == outer.id


@pytest.mark.parametrize(
    "text, kind",
    [
        ("“The dam is safe,” Denk said.", "direct"),
        ("Denk said the dam was safe.", "indirect"),
        ("Denk said the dam was “safe as a house” and whole.", "mixed"),
        ("Q: Is there a text?\n\nA: There are two of them.", "block"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    found = ruled(text).attributions
    assert {one.kind.value for one in found} == {kind}


def test_words_quoted_by_somebody_inside_do_not_make_the_outer_mixed() -> None:
    text = "The observers said that two drivers had told them that “the whistle came from the east”."
    outer, inner = sorted(ruled(text).attributions, key=lambda a: a.extent)
    assert (outer.kind.value, inner.kind.value) == ("indirect", "mixed")


def test_unsure_ones_say_so() -> None:
    sure = ruled("“The dam is safe,” Denk said.").attributions[0]
    unnamed = ruled("It was reported that the guns had moved.").attributions[0]
    assert unnamed.confidence < sure.confidence


def test_words_of_another_paragraph_need_marks_to_be_somebodys() -> None:
    record = read_text("That Velmark shelled the clinic is false.\n\nThat it burned is not true, the mayor said.")
    assert all("shelled" not in record.text(one.content) for one in record.attributions)


@pytest.mark.parametrize(
    "text, source, content",
    [
        ("By the account of a former jailer, the warders starved them.", "a former jailer", "the warders starved them"),
        ("By the institute's forecast, the river will crest today.", "the institute's", "the river will crest today"),
        ("On the ministry's reckoning, the dam holds a sea.", "the ministry's", "the dam holds a sea"),
        ("The monks' version is simple: soldiers stole the bell.", "The monks'", "soldiers stole the bell"),
        ("The monks' version is that soldiers stole the bell.", "The monks'", "that soldiers stole the bell"),
        ("The verdict of the auditors was clear: the bank hid it.", "the auditors", "the bank hid it"),
    ],
)
def test_whose_telling_it_is(text: str, source: str, content: str) -> None:
    record = read_text(text, language="en")
    assert [(record.text(one.source), record.text(one.content)) for one in record.attributions if one.listed] == [
        (source, content)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "By Tuesday, the army had left.",
        "The mill was sold by a count of five to four.",
        "The party's position is weak: it lost nine seats.",
        "Denk's answer was to close the port: it shut at noon.",
    ],
)
def test_when_and_how_it_was_is_nobodys_telling(text: str) -> None:
    assert read_text(text, language="en").attributions == ()


def test_who_holds_to_be_so_what_is_asked() -> None:
    record = read_text("Did the agency drain the lake, as villagers have claimed since spring?", language="en")
    (one,) = record.attributions
    drained = next(claim for claim in record.propositions if "drain" in record.text(claim.predicate))
    assert [(held.by, held.certainty.value) for held in drained.held] == [(one.id, "CT+")]


def test_who_is_found_guilty_did_it() -> None:
    record = read_text("A jury found the former paymaster guilty of embezzling the pensions.", language="en")
    (one,) = (claim for claim in record.propositions if record.text(claim.predicate) == "embezzling")
    assert (record.text(one.subject), one.certainty.value) == ("the former paymaster", "CT+")


@pytest.mark.parametrize(
    "text, source, act",
    [
        ("Open Ledger took the treasury to task for hiding the cost of the yacht.", "Open Ledger", "criticise"),
        ("Demands by the Brigades for the release of nine men have stalled the talks.", "the Brigades", "demand"),
        ("Accused by Candle Watch of shielding torturers, the governor walked out.", "Candle Watch", "accuse"),
        ("Brandeck: Rebels mined road to hospital", "Brandeck", "assert"),
    ],
)  # fmt: skip
def test_what_is_said_with_several_words(text: str, source: str, act: str) -> None:
    record = read_text(text, language="en")
    assert (source, act) in {(record.text(one.source), one.act) for one in record.attributions if one.listed}


def test_what_stands_behind_a_semicolon_is_not_given_to_who_spoke_before_it() -> None:
    record = read_text("Shells hit bridge in Sorrel valley, Ardania says; Velmark denies firing", language="en")
    assert [(record.text(one.source), record.text(one.content), one.inside) for one in record.attributions] == [
        ("Ardania", "Shells hit bridge in Sorrel valley", None),
        ("Velmark", "firing", None),
    ]
