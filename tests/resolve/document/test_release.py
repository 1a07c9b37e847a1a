"""The lines at the head of a document that may name who issues it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.model.document import Document
from purport.read.files import read_bytes
from purport.resolve.document.release import LINES, issuers


def named(text: str) -> list[str]:
    document = next(iter(read_bytes(text.encode(), "release.txt")))
    assert isinstance(document, Document)
    return [span.of(document.text) for span in issuers(document)]


@pytest.mark.parametrize(
    "head, wanted",
    [
        ("The Ministry of Defence of Velmark", ["Ministry of Defence of Velmark"]),
        ("Statement by the Hill Guard", ["Hill Guard"]),
        ("Joint statement of the Orrin Council", ["Orrin Council"]),
        ("Ministry of Defence - Press Release", ["Ministry of Defence"]),
        ("Orrin Council: official communiqué", ["Orrin Council"]),
        ("The Ministry of Defence denied the report.", []),
        ("One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen", []),
        ("the", ["the"]),
    ],
)
def test_a_line_of_the_head_is_a_name_or_says_whose_statement_it_is(head: str, wanted: list[str]) -> None:
    assert named(f"{head}\n\nWe condemn the shelling of Orrin.") == wanted


def test_the_head_ends_with_the_first_sentence() -> None:
    text = "Press office\nMinistry of Trade\n\nIt rained.\n\nMinistry of War\n\nWe left."
    assert named(text) == ["Press office", "Ministry of Trade"]


@given(st.text(alphabet="Ab .:-\n", min_size=1, max_size=60).filter(lambda text: any(map(str.isalpha, text))))
def test_places_are_in_order_and_in_one_line_each(text: str) -> None:
    document = next(iter(read_bytes(text.encode(), "release.txt")))
    if not isinstance(document, Document):
        return
    spans = list(issuers(document))
    assert len(spans) <= LINES
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all("\n" not in span.of(document.text) and span.of(document.text).strip() for span in spans)
