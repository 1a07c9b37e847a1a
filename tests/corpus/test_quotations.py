"""The quotations of the example corpus that travel, and what is asked of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import purport
from purport.errors import UsageError

TRAVELLING = [
    ("They aimed at the bread of forty thousand people, This was no accident.", "Mara Denk", 3),
    ("the whistle came from the east", "", 2),
]
"""Every quotation that two of the examples share: its words, who says them, and how many documents have it."""


@pytest.fixture(scope="module")
def corpus(example_store: Path) -> Iterator[purport.Corpus]:
    with purport.open(example_store) as corpus:
        yield corpus


def test_those_of_the_examples(corpus: purport.Corpus) -> None:
    found = [
        (row.quotation.fullest.quoted.text, row.quotation.fullest.quoted.name, len(row.quotation.tellings))
        for row in corpus.quotations()
    ]
    assert found == TRAVELLING


def test_by_whom_and_what_was_altered(corpus: purport.Corpus) -> None:
    assert len(corpus.quotations(by="Denk")) == 1
    assert corpus.quotations(altered=True) == []
    with pytest.raises(UsageError, match="nobody is called 'Mara Denkk'"):
        corpus.quotations(by="Mara Denkk")


def test_a_row_as_json_has_it(corpus: purport.Corpus) -> None:
    told = corpus.quotations()[0].told()
    assert list(told) == ["id", "first", "tellings"]
    texts = {row.id: corpus.record(row.id).document.text for row in corpus.documents()}
    for telling in told["tellings"]:  # type: ignore[attr-defined]  # of JSON, whose values are of any type
        assert texts[telling["document"]][telling["start"] : telling["end"]].startswith("They aimed")
