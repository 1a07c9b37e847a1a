from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.model.document import (
    PERIOD_FORMS,
    Document,
    Metadata,
    Place,
    Segment,
    SourceMap,
    Span,
    Unit,
    document_id,
    is_period,
    trimmed,
)
from tests.made import HOSTILE_TEXT, bare

PAIRS = st.tuples(st.integers(0, 50), st.integers(1, 50)).map(lambda p: Span(p[0], p[0] + p[1]))
VALUES = st.one_of(st.none(), st.sampled_from(["", "Ardinform", "Halyard Wire", "2031-03-04"]))
METADATA = st.builds(Metadata, VALUES, VALUES, VALUES, VALUES, VALUES, VALUES)


@pytest.mark.parametrize("start,end", [(-1, 3), (3, 3), (4, 3), (0, 0), (-2, -1)])
def test_a_span_that_names_nothing_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="0 <= start < end"):
        Span(start, end)


def test_a_span_names_its_words_and_no_others() -> None:
    text = "Denk 😀 said"
    assert Span(5, 6).of(text) == "😀"
    assert Span(0, len(text)).of(text) == text
    with pytest.raises(ValueError, match="past the text's end at 11"):
        Span(7, 12).of(text)


@given(PAIRS, PAIRS)
def test_contains_and_overlaps_are_those_of_sets(one: Span, other: Span) -> None:
    mine, others = set(range(one.start, one.end)), set(range(other.start, other.end))
    assert one.contains(other) == (others <= mine)
    assert one.overlaps(other) == bool(mine & others) == other.overlaps(one)
    assert len(one) == len(mine)


@given(HOSTILE_TEXT)
def test_trimmed_leaves_no_white_space_at_the_ends(text: str) -> None:
    span = trimmed(text, 0, len(text))
    assert (span.of(text) if span else "") == text.strip()


def test_places_in_plain_text_are_bytes() -> None:
    text = "é😀\nab"
    lines = SourceMap(Unit.LINE, (Segment(0, 1, 3), Segment(3, 2, 10)), "utf-8")
    assert [lines.place(i, text).offset for i in range(5)] == [3, 5, 9, 10, 11]
    assert lines.place(4, text) == Place(Unit.LINE, 2, 11)
    assert str(lines.place(4, text)) == "line 2"
    wide = SourceMap(Unit.LINE, (Segment(0, 1, 2),), "utf-16-le")
    assert [wide.place(i, text).offset for i in range(5)] == [2, 4, 8, 10, 12]


def test_places_elsewhere_are_characters_and_none_where_the_reader_put_the_text_in() -> None:
    pages = SourceMap(Unit.PAGE, (Segment(0, 1, 7), Segment(2, 1, None), Segment(3, 2, 0)))
    assert [pages.place(i, "ab cd").offset for i in range(5)] == [7, 8, None, 0, 1]
    assert pages.numbers([Span(0, 2)]) == (1, 1)
    assert pages.numbers([Span(3, 4), Span(1, 2)]) == (1, 2)
    for position in (-1, 5):
        with pytest.raises(ValueError, match="is not in a text"):
            pages.place(position, "ab cd")


@given(METADATA, METADATA, METADATA)
def test_what_is_known_goes_over_what_is_not(one: Metadata, other: Metadata, third: Metadata) -> None:
    for name in Metadata.__dataclass_fields__:
        assert getattr(one.over(other), name) == (getattr(one, name) or getattr(other, name))
    assert one.over(Metadata()).over(other) == one.over(other)
    assert one.over(other).over(third) == one.over(other.over(third))


def test_an_id_is_that_of_the_bytes_and_of_what_was_taken_of_them() -> None:
    one = bare("Denk said no").document
    assert one.id == document_id(one.sha256, one.format) == bare("Denk said no").document.id
    taken = Document(one.text, (), one.source_map, one.format, one.source, selector="text=body")
    marked = Document(one.text, (), one.source_map, "markdown", one.source)
    assert len({one.id, taken.id, marked.id, bare("Denk said so").document.id}) == 4


@pytest.mark.parametrize(
    "value, good",
    [
        *((form, True) for form in PERIOD_FORMS.replace(" or", ",").split(", ")),
        *((wrong, False) for wrong in ("", "31", "2031-4", "2031-13", "2031-02-30", "2031-04-02T10", "last year")),
    ],
)
def test_what_a_period_is(value: str, good: bool) -> None:
    assert is_period(value) == good
