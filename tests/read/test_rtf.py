"""RTF is read as its paragraphs."""

from __future__ import annotations

import pytest

from purport.errors import ReadError
from purport.model.document import BlockKind, Document
from purport.read.files import read_bytes

TEXT = (
    rb"{\rtf1\ansi\b RUNA SEL:\b0  The mine was closed.\par KAI KOLL: It was open.\par It rained in Caf\'e9 Rond.\par}"
)


def read(data: bytes) -> Document:
    found = next(iter(read_bytes(data, "talk.rtf")))
    assert isinstance(found, Document)
    return found


def test_paragraphs_and_labels() -> None:
    found = read(TEXT)
    assert [(one.kind, one.span.of(found.text)) for one in found.blocks] == [
        (BlockKind.LABEL, "RUNA SEL:"),
        (BlockKind.PARAGRAPH, "The mine was closed."),
        (BlockKind.LABEL, "KAI KOLL:"),
        (BlockKind.PARAGRAPH, "It was open."),
        (BlockKind.PARAGRAPH, "It rained in Café Rond."),
    ]
    assert str(found.source_map.place(found.blocks[-1].span.start, found.text)) == "paragraph 3"


@pytest.mark.parametrize(
    "data, message",
    [(b"The mine was closed.", "no RTF"), (b"{\\rtf1}", "no text"), (b"{\\rtf1" + b"{" * 2000 + b"a", "nested")],
)
def test_what_is_no_rtf_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read(data)
