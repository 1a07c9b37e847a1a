from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.extract.attribution.quotations import Quotation, quotations
from purport.model.document import Block, Span, trimmed


def blocks(text: str) -> tuple[Block, ...]:
    found = []
    position = 0
    for piece in text.split("\n\n"):
        span = trimmed(text, position, position + len(piece))
        if span is not None:
            found.append(Block(span))
        position += len(piece) + 2
    return tuple(found)


def quoted(text: str) -> list[tuple[str, ...]]:
    return [tuple(s.of(text) for s in q.spans) for q in quotations(text, blocks(text))]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("“The dam is safe,” she said.", [("“The dam is safe,”",)]),
        ('"The dam is safe," she said.', [('"The dam is safe,"',)]),
        ("'The dam is safe,' she said.", [("'The dam is safe,'",)]),
        ("«Der Damm», « le barrage ».", [("«Der Damm»",), ("« le barrage »",)]),
        ("„Der Damm“ ist sicher.", [("„Der Damm“",)]),
        ("‘One,’ he said, ‘two.’", [("‘One,’",), ("‘two.’",)]),
        ("“He said, ‘Go home,’ and left,” she said.", [("“He said, ‘Go home,’ and left,”",), ("‘Go home,’",)]),
        ("\"He said, 'Go home,' and left,\" she said.", [("\"He said, 'Go home,' and left,\"",), ("'Go home,'",)]),
        ("The ministers' plan isn't Denk's.", []),
        ("The ministers’ plan isn’t Denk’s of the ’30s.", []),
        ("‘The ministers’ plan is dead,’ he said.", [("‘The ministers’ plan is dead,’",)]),
        ("A 6\" pipe and “a gate”.", [("“a gate”",)]),
        ("“One.\n\n“Two.”", [("“One.", "“Two.”")]),
        ('"One.\n\n"Two.\n\n"Three."', [('"One.', '"Two.', '"Three."')]),
        ("“One is open.\n\nAnother block.", [("“One is open.",)]),
        ("He said: “One is open.\n\nShe said: “Two.”", [("“One is open.",), ("“Two.”",)]),
        ("(\"aside\") [“note”]", [('"aside"',), ("“note”",)]),
        ('He asked "why?" and "who?"', [('"why?"',), ('"who?"',)]),
        ("\"\" and “”", []),
    ],
)  # fmt: skip
def test_marks(text: str, expected: list[tuple[str, ...]]) -> None:
    assert [q for q in quoted(text) if any(any(map(str.isalnum, s)) for s in q)] == expected


def test_a_stray_mark_spoils_no_other_block() -> None:
    assert quoted("A 6” pipe.\n\n“The dam is safe,” she said.")[-1] == ("“The dam is safe,”",)
    assert quoted('A stray " here.\n\n"The dam is safe," she said.')[-1] == ('"The dam is safe,"',)


def test_depth() -> None:
    text = "“He said, ‘Go home,’ and left,” she said."
    assert [q.depth for q in quotations(text, blocks(text))] == [0, 1]


@given(st.text(alphabet="aB .,\n'\"“”‘’«»„—é😀", max_size=200))
def test_places_are_in_their_blocks_whatever_the_text(text: str) -> None:
    within = blocks(text)
    for quotation in quotations(text, within):
        assert isinstance(quotation, Quotation)
        for span in quotation.spans:
            assert any(block.span.contains(span) for block in within)
        assert list(quotation.spans) == sorted(quotation.spans)
    outer = [q for q in quotations(text, within) if q.depth == 0]
    spans: list[Span] = sorted(s for q in outer for s in q.spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
