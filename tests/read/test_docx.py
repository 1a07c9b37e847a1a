from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from purport.errors import ReadError
from purport.model.document import Document
from purport.read.files import read_bytes
from tests.read.checks import check

STATEMENT = (Path(__file__).parent / "golden" / "inputs" / "statement.docx").read_bytes()
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def changed(name: str, content: bytes) -> bytes:
    """The statement with another content of one of its parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(STATEMENT)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return buffer.getvalue()


def body(xml: str) -> Document:
    data = changed("word/document.xml", f"<w:document {W}><w:body>{xml}</w:body></w:document>".encode())
    (found,) = read_bytes(data, "a.docx")
    assert isinstance(found, Document)
    check(found)
    return found


def test_links_fields_and_text_boxes() -> None:
    box = "<w:pict><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></w:pict>"
    link = "<w:hyperlink><w:r><w:t>denied</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r>"
    found = body(f"<w:p><w:r><w:t xml:space='preserve'>She </w:t></w:r>{link}<w:r>{box}<w:t> it.</w:t></w:r></w:p>")
    assert found.text == "She denied it.\n\nIn a box."


def test_places_count_paragraphs_and_characters() -> None:
    found = body("<w:p/><w:p><w:r><w:t xml:space='preserve'>  She said no.</w:t></w:r></w:p>")
    place = found.source_map.place(4, found.text)
    assert (place.number, place.offset) == (2, 6)


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document/>'
    with pytest.raises(ReadError, match="entities"):
        list(read_bytes(changed("word/document.xml", bomb), "a.docx"))


def test_bombs_are_refused() -> None:
    with pytest.raises(ReadError, match="unpacks to"):
        list(read_bytes(changed("word/document.xml", b" " * 60_000_000), "a.docx"))


def test_no_docx() -> None:
    with pytest.raises(ReadError, match="no valid DOCX"):
        list(read_bytes(STATEMENT[:5000], "a.docx"))
