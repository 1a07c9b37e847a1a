from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.model.document import Document
from purport.read.files import read_bytes
from tests.read.checks import check


def shown(text: str) -> list[str]:
    (found,) = read_bytes(text.encode(), "a.md")
    assert isinstance(found, Document)
    assert found.text == text
    check(found)
    return [f"{block.kind[0]}{block.level or ''}:{block.span.of(text)}" for block in found.blocks]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("# Title #\n\nText *here*\nand on.", ["h1:Title", "p:Text *here*\nand on."]),
        ("Title\r\n---\r\nText.", ["h2:Title", "p:Text."]),
        ("- one\n- two\n\n  more", ["i:one", "i:two", "p:more"]),
        ("> she\n> said\n\nend", ["p:she\n> said", "p:end"]),
        ("```\ncode\n```\ntext", ["p:text"]),
        ("    indented text", ["p:indented text"]),
        ("---\ntitle: T\n---\n# A\ntext", ["h1:A", "p:text"]),
        ("a | b\n--|--\nc | d", ["c:a", "c:b", "c:c", "c:d"]),
    ],
)
def test_blocks(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


@given(st.text(st.sampled_from(list("ab#->*1.| `\n\r\t=é\\[]<")), max_size=60))
def test_any_markdown(text: str) -> None:
    shown("a\n" + text)
