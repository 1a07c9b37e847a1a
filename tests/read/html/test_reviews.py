"""Claims that a page says in its data to check."""

from __future__ import annotations

import json

import pytest

from purport.model.document import BlockKind, Document
from purport.read.files import read_bytes

CLAIM = "Nine thousand people were struck from the census."


def read(item: object) -> Document:
    data = json.dumps({"@type": "ClaimReview", "claimReviewed": CLAIM, "itemReviewed": item})
    body = f"<h1>The census</h1><p>A sentence travels.</p><p>{CLAIM}</p><p>The tables are public.</p>"
    page = f'<html><head><script type="application/ld+json">{data}</script></head><body>{body}</body></html>'
    found = next(iter(read_bytes(page.encode(), "x.html")))
    assert isinstance(found, Document)
    return found


def test_a_claim_is_set_in_and_signed_by_who_made_it() -> None:
    document = read({"author": {"@type": "Person", "name": "Runa Sel"}})
    told = [(b.kind, b.depth, b.span.of(document.text)) for b in document.blocks if b.depth]
    assert told == [(BlockKind.PARAGRAPH, 1, CLAIM), (BlockKind.SIGNATURE, 1, "Runa Sel")]


@pytest.mark.parametrize(
    "item", [None, "x", {"author": []}, {"author": {"name": 7}}, [1], {"author": {"name": "a" * 900}}]
)
def test_data_that_names_nobody_leaves_the_claim_unsigned(item: object) -> None:
    document = read(item)
    assert [b.span.of(document.text) for b in document.blocks if b.depth] == [CLAIM]


def test_data_that_is_broken_is_passed_over() -> None:
    data = '<script type="application/ld+json">{"claimReviewed": "x</script>'
    page = f"<html><head>{data}</head><body><p>Words of a page.</p></body></html>"
    found = next(iter(read_bytes(page.encode(), "x.html")))
    assert isinstance(found, Document)
    assert found.text == "Words of a page."
