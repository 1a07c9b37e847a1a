from __future__ import annotations

from pathlib import Path

import pytest

from purport.errors import ReadError
from purport.model.document import BlockKind, Document
from purport.read.files import read_bytes
from purport.read.formats import reader_for
from tests.outcome import zipped
from tests.read.checks import check

STATEMENT = (Path(__file__).parent / "golden" / "inputs" / "statement.odt").read_bytes()
SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip


def packed(xml: str, styles: str = "", more: dict[str, bytes] | None = None) -> bytes:
    content = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{xml}"
    content += "</office:text></office:body>"
    content = f"<office:document-content {SPACES}>{content}</office:document-content>"
    kind = b"application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": content.encode()} | (more or {}), 0)


def body(xml: str, styles: str = "") -> Document:
    (found,) = read_bytes(packed(xml, styles), "a.odt")
    assert isinstance(found, Document)
    check(found)
    return found


def test_marks_and_white_space() -> None:
    found = body(
        "<text:p>She\n   said<text:tab/>no<text:s text:c='2'/>to <text:span> them</text:span>.<text:s/>x</text:p>"
    )
    assert found.text == "She said\tno  to them. x"
    assert body("<text:p>One<text:line-break/>two</text:p>").text == "One\ntwo"


def test_deletions_comments_and_boxes() -> None:
    deleted = "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion>"
    deleted += "</text:changed-region></text:tracked-changes>"
    comment = "<office:annotation><text:p>Check this.</text:p></office:annotation>"
    box = "<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>"
    link = "<text:a><text:span>denied</text:span></text:a>"
    found = body(f"{deleted}<text:section><text:p>She {comment}{link}{box} it.</text:p></text:section>")
    assert found.text == "She denied it.\n\nIn a box."


def test_notes_come_last() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p>"
    found = body(f"<text:p>One{note}</text:note-body></text:note> more.</text:p><text:p>Two.</text:p>")
    assert found.text == "One more.\n\nTwo.\n\nA note."


def test_places_count_paragraphs_and_characters() -> None:
    found = body("<text:p/><text:p><text:s text:c='2'/>She said no.</text:p>")
    place = found.source_map.place(4, found.text)
    assert (place.number, place.offset) == (2, 6)


def test_kinds() -> None:
    styles = """<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>
    <style:style style:name="P2" style:parent-style-name="Title"/>
    <style:style style:name="P3"><style:paragraph-properties fo:margin-left="1.25cm"/></style:style>
    <style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>
    <style:style style:name="T2"><style:text-properties text:display="none"/></style:style>"""
    table = "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>A</text:p>"
    table += "</table:table-cell></table:table-row></table:table-header-rows><table:table-row>"
    table += "<table:table-cell table:number-columns-repeated='2'/><table:table-cell><text:p>B</text:p>"
    table += "</table:table-cell></table:table-row></table:table>"
    found = body(
        "<text:p text:style-name='P2'>A title</text:p><text:h text:outline-level='3'>A heading</text:h>"
        "<text:p text:style-name='P1'>A quotation.</text:p><text:p text:style-name='P3'>Set in.</text:p>"
        "<text:p><text:span text:style-name='T1'>All bold</text:span></text:p>"
        "<text:p>Some <text:span text:style-name='T1'>bold</text:span>."
        "<text:span text:style-name='T2'>no</text:span></text:p>"
        f"<text:list><text:list-item><text:p>An item</text:p></text:list-item></text:list>{table}",
        styles,
    )
    shown = [(block.kind, block.level, block.depth, block.strong, block.cell) for block in found.blocks]
    assert shown == [
        (BlockKind.HEADING, 1, 0, False, None),
        (BlockKind.HEADING, 3, 0, False, None),
        (BlockKind.PARAGRAPH, 0, 1, False, None),
        (BlockKind.PARAGRAPH, 0, 1, False, None),
        (BlockKind.PARAGRAPH, 0, 0, True, None),
        (BlockKind.PARAGRAPH, 0, 0, False, None),
        (BlockKind.ITEM, 0, 0, False, None),
        (BlockKind.CELL, 0, 0, False, (0, 0, 0)),
        (BlockKind.CELL, 0, 0, False, (0, 1, 2)),
    ]
    assert found.notes == ("2 characters of hidden text were left out",)


@pytest.mark.parametrize("name", ["a", "a.txt", "a.odt"])
def test_the_bytes_tell(name: str) -> None:
    assert reader_for(name, packed("<text:p>No.</text:p>")[:8192]).name == "odt"
    assert reader_for(name, STATEMENT[:8192]).name == "odt"


@pytest.mark.parametrize(
    "data, says",
    [
        (STATEMENT[:2000], "no valid ZIP"),
        (zipped({"a.txt": b"Denk said no."}), "no text of OpenDocument"),
        (packed("<text:p>"), "no valid XML"),
        (packed("<text:p/>"), "is empty"),
        (packed("<text:p>No.</text:p>", more={"META-INF/manifest.xml": b"<a><encryption-data/></a>"}), "encrypted"),
        (
            packed("<text:p>No.</text:p>", more={"content.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
            "declares entities",
        ),
        (packed("<text:span>" * 10_000), "no valid XML"),
        (zipped({"content.xml": b" " * 60_000_000}), "unpacks to"),
    ],
)
def test_what_cannot_be_read(data: bytes, says: str) -> None:
    with pytest.raises(ReadError, match=f"^a.odt: .*{says}") as raised:
        list(read_bytes(data, "a.odt"))
    assert "\n" not in str(raised.value)
