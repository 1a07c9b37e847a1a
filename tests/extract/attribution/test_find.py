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
