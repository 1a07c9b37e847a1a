"""Headings that say whose what stands under them is."""

from __future__ import annotations

from purport.extract.voices.headings import headings
from purport.model.document import Document
from purport.read import read_bytes


def told(text: str) -> list[str]:
    found = next(iter(read_bytes(text.encode(), "x.md")))
    assert isinstance(found, Document)
    return [one.source[0].of(found.text) for one in headings(found.text, found.blocks)]


def test_an_answer_is_of_whom_its_heading_names() -> None:
    text = "# Dues\n\n## Question by Runa Sel\n\nWho pays?\n\n## Answer given by Kai Koll\n\nThe harbour pays.\n"
    assert told(text) == ["Runa Sel", "Kai Koll"]


def test_headings_of_chapters_name_nobody() -> None:
    assert told("# Dues\n\n## Background\n\nThe dues rose.\n\n## Findings\n\nThey fell.\n") == []
