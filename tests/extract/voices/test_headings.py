"""Headings that say whose what stands under them is."""

from __future__ import annotations

from purport.extract.voices.headings import headings
from purport.model.document import Document
from purport.read.files import read_bytes


def told(text: str) -> list[str]:
    found = next(iter(read_bytes(text.encode(), "x.md")))
    assert isinstance(found, Document)
    return [one.source[0].of(found.text) for one in headings(found.text, found.blocks)]


def test_an_answer_is_of_whom_its_heading_names() -> None:
    text = "# Dues\n\n## Question by Runa Sel\n\nWho pays?\n\n## Answer given by Kai Koll\n\nThe harbour pays.\n"
    assert told(text) == ["Runa Sel", "Kai Koll"]


def test_headings_of_chapters_name_nobody() -> None:
    assert told("# Dues\n\n## Background\n\nThe dues rose.\n\n## Findings\n\nThey fell.\n") == []


def test_smaller_headings_that_come_again_stand_within_what_a_name_is_over() -> None:
    text = (
        "# The motion\n\nTwo write.\n\n"
        "## Runa Sel\n\n### Round one\n\nThe mine was closed.\n\n### Round two\n\nIt is shut.\n\n"
        "## Kai Koll\n\n### Round one\n\nIt is open.\n\n### Round two\n\nNobody went.\n"
    )
    document = next(iter(read_bytes(text.encode(), "x.md")))
    assert isinstance(document, Document)
    found = [(v.source[0].of(text), [s.of(text) for s in v.content]) for v in headings(document.text, document.blocks)]
    assert found == [
        ("Runa Sel", ["The mine was closed.", "It is shut."]),
        ("Kai Koll", ["It is open.", "Nobody went."]),
    ]
