"""A file of many articles is a document an article, and its fields are metadata."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest

from purport.model.document import Document, Metadata
from purport.read.files import read_bytes, reread

NEXIS = """                               1 of 2 DOCUMENTS

                             The Skerrin Lantern

                           March 4, 2031 Tuesday

Mine is closed

BYLINE: Runa Sel

SECTION: NEWS; Pg. 4

LENGTH: 12 words

The mine was closed on Monday.

LOAD-DATE: March 5, 2031

                               2 of 2 DOCUMENTS

                             Radio Orrin Gazette

                           March 6, 2031 Thursday

Mine is open

BYLINE: Kai Koll

LENGTH: 9 words

The mine was opened on Thursday.
"""
FACTIVA = """HD  Mine is closed
BY  By Runa Sel
WC  9 words
PD  4 March 2031
SN  The Skerrin Lantern

LP  The mine was closed on Monday.

AN  Document SKLA000020310305e7350002y

HD  Mine is open
BY  By Kai Koll
WC  9 words
PD  6 March 2031
SN  Radio Orrin Gazette

LP  The mine was opened on Thursday.

AN  Document RORG000020310304e7340001x
"""


def documents(text: str) -> list[Document]:
    found = list(read_bytes(text.encode(), "bulk.txt"))
    assert all(isinstance(one, Document) for one in found)
    return [one for one in found if isinstance(one, Document)]


@pytest.mark.parametrize("text", [NEXIS, FACTIVA])
def test_articles_and_their_fields(text: str) -> None:
    first, second = documents(text)
    assert first.metadata == Metadata("The Skerrin Lantern", "Runa Sel", "Mine is closed", "2031-03-04")
    assert second.metadata == Metadata("Radio Orrin Gazette", "Kai Koll", "Mine is open", "2031-03-06")
    assert first.part == "document 1"
    assert first.id != second.id
    words = " ".join(block.span.of(first.text) for block in first.blocks)
    assert "The mine was closed on Monday." in words
    assert "BYLINE" not in words
    assert "Runa Sel" not in words


def test_the_bytes_of_an_article_are_read_again_as_they_were() -> None:
    for one in documents(NEXIS):
        [again] = documents(one.source.decode())
        assert (again.text, again.blocks, again.source_map, again.id) == (one.text, one.blocks, one.source_map, one.id)


@pytest.mark.parametrize("text", ["The mine was closed.\n\n1 of 2 DOCUMENTS was lost.", "SUBJECT: mines\n\nIt rained."])
def test_any_other_text_is_one_document(text: str) -> None:
    [one] = documents(text)
    assert one.metadata == Metadata()
    assert one.part == ""


def _rtf(text: str) -> bytes:
    return b"{\\rtf1\\ansi " + text.replace("\n", "\\par\n").encode() + b"}"


def _docx(text: str) -> bytes:
    made, package = io.BytesIO(), docx.Document()
    for line in text.split("\n"):
        package.add_paragraph(line.strip())
    package.save(made)
    return made.getvalue()


@pytest.mark.parametrize("name, pack", [("x.rtf", _rtf), ("x.docx", _docx)])
def test_files_of_word_processors_are_split_too(name: str, pack: Callable[[str], bytes]) -> None:
    found = [one for one in read_bytes(pack(NEXIS), name) if isinstance(one, Document)]
    assert [one.metadata.title for one in found] == ["Mine is closed", "Mine is open"]
    assert [one.metadata.outlet for one in found] == ["The Skerrin Lantern", "Radio Orrin Gazette"]
    assert [one.part for one in found] == ["document 1", "document 2"]
    assert len({one.id for one in found}) == 2
    for one in found:
        again = reread(one.source, one.format, one.selector, one.part)
        assert (again.text, again.blocks) == (one.text, one.blocks)
        assert "BYLINE" not in " ".join(block.span.of(one.text) for block in one.blocks)
        for block in one.blocks:
            assert one.source_map.place(block.span.start, one.text).number > 0


def test_articles_of_a_page_whose_fields_have_no_names_are_split() -> None:
    article = (
        "<div class='article'><div><b>{}</b></div><div>By {}</div><div>12 words</div><div>{}</div><div>{}</div>"
        "<div>SKLA</div><div>English</div><p>{}</p><p>Document SKLA0000203103{}e7350003z</p></div>"
    )
    one = article.format(
        "Mine is closed", "Runa Sel", "4 March 2031", "The Skerrin Lantern", "The mine was closed on Monday.", "04"
    )
    two = article.format(
        "Mine is open", "Kai Koll", "6 March 2031", "Radio Orrin Gazette", "The mine was opened.", "06"
    )
    page = f"<html><body>{one}{two}</body></html>"
    found = [one for one in read_bytes(page.encode(), "x.html") if isinstance(one, Document)]
    assert [(d.metadata.title, d.metadata.author, d.metadata.published) for d in found] == [
        ("Mine is closed", "Runa Sel", "2031-03-04"), ("Mine is open", "Kai Koll", "2031-03-06"),
    ]  # fmt: skip
    assert "12 words" not in [block.span.of(found[0].text) for block in found[0].blocks]
