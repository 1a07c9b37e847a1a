from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from typing import Any

import pandas
import pytest
from openpyxl import Workbook

from purport.errors import ReadError
from purport.model.document import Document, Unit
from purport.read.files import read_bytes
from purport.read.formats import many_documents, reader_for
from purport.read.limits import Limits
from purport.read.options import Failure, Options
from tests.outcome import zipped
from tests.read.checks import check

HEADER = ["id", "Date", "outlet", "text"]
ROWS: list[list[Any]] = [
    [1, date(2031, 4, 2), "Ardan Gazette", "Mara Denk denied it.\nShe said “no”."],
    [2.5, datetime(2031, 4, 3, 10, 30), None, 'Hollan Reth said, "yes".'],
]


def book(*sheets: list[list[Any]]) -> bytes:
    made = Workbook()
    made.remove(made.worksheets[0])
    for rows in sheets:
        sheet = made.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(part: str, content: bytes) -> bytes:
    """A workbook with another content of one of its parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book([HEADER, *ROWS]))) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == part else old.read(entry))
    return buffer.getvalue()


def sheet(rows: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    return changed("xl/worksheets/sheet1.xml", xml.encode())


def cell(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def documents(data: bytes, options: Options = Options(), name: str = "a.xlsx") -> list[Document]:
    found = list(read_bytes(data, name, options))
    for document in found:
        assert isinstance(document, Document), str(document)
        check(document)
    return [document for document in found if isinstance(document, Document)]


def test_each_row_is_a_document() -> None:
    found = documents(book([HEADER, *ROWS]))
    assert [one.text for one in found] == [row[3] for row in ROWS]
    assert [one.part for one in found] == ["row 1", "row 2"]
    assert [one.metadata.published for one in found] == ["2031-04-02", "2031-04-03T10:30:00"]
    assert [one.metadata.outlet for one in found] == ["Ardan Gazette", None]
    assert found[1].source_map.unit is Unit.ROW
    kept = list(csv.reader(io.StringIO(found[1].source.decode(), newline="")))
    assert kept == [HEADER, ["2.5", "2031-04-03T10:30:00", "", ROWS[1][3]]]


def test_what_pandas_writes() -> None:
    out = io.BytesIO()
    table = pandas.DataFrame(
        {"text": ["Denk said no.", "Reth said yes."], "published": pandas.to_datetime(["2031-04-02"] * 2)}
    )
    table.to_excel(out, index=False)
    found = documents(out.getvalue())
    assert [(one.text, one.metadata.published) for one in found] == [
        ("Denk said no.", "2031-04-02"),
        ("Reth said yes.", "2031-04-02"),
    ]


def test_the_sheet_and_the_header_are_looked_for() -> None:
    found = documents(book([["About this file"], ["Collected in Orrin"]], [["Statements"], [], HEADER, [], *ROWS]))
    assert [one.part for one in found] == ["row 1", "row 2"]


def test_columns_are_mapped_and_what_is_told_of_others_is_not_heeded() -> None:
    options = Options(encoding="cp1252", columns=(("text", "Aussage"),), delimiter=";")
    (found,) = documents(book([["Aussage"], ["Mara Denk said “no”; Őze did not."]]), options)
    assert found.text == "Mara Denk said “no”; Őze did not."
    with pytest.raises(ReadError, match="map the text to one of: 'Aussage', 'x'"):
        documents(book([["Aussage", "x"], ["No.", 1]]))


def test_rows_without_a_text_are_listed() -> None:
    found = list(
        read_bytes(book([["text", "x"], [None, 1], ["Denk said no.", 2, "more"], ["Reth said yes."]]), "a.xlsx")
    )
    assert [isinstance(one, Failure) for one in found] == [True, True, False]


def test_in_an_archive_and_without_a_suffix() -> None:
    data = book([HEADER, *ROWS])
    assert reader_for("a", data[:8192]).name == "xlsx"
    assert many_documents("a.xlsx")
    assert [one.part for one in documents(zipped({"b/a.xlsx": data}), name="a.zip")] == [
        "b/a.xlsx, row 1",
        "b/a.xlsx, row 2",
    ]


@pytest.mark.parametrize(
    "data, says",
    [
        (b"Denk said no.", "no valid ZIP"),
        (book([HEADER, *ROWS])[:1500], "no valid ZIP"),
        (zipped({"a.txt": b"Denk said no."}), "no XLSX"),
        (book([]), "nothing in its sheets"),
        (changed("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook/>'), "declares entities"),
        (changed("xl/workbook.xml", b"<workbook>"), "."),
        (changed("xl/styles.xml", b" " * 60_000_000), "unpacks to"),
        (book([["text", *["x"] * 1000]]), "more than 1000 columns"),
        (book([["text"]]), "nothing that can be read"),
    ],
)
def test_what_cannot_be_read(data: bytes, says: str) -> None:
    with pytest.raises(ReadError, match=f"^a.xlsx: .*{says}") as raised:
        list(read_bytes(data, "a.xlsx"))
    assert "\n" not in str(raised.value)


@pytest.mark.timeout(30)
def test_places_that_no_sheet_has() -> None:
    first = f'<row r="1">{cell("A1", "text")}</row><row r="2">{cell("A2", "Denk said no.")}{cell("XFD2", "x")}</row>'
    for far in (1_000_000, 10**9):
        found = list(read_bytes(sheet(f'{first}<row r="{far}">{cell(f"A{far}", "Reth said yes.")}</row>'), "a.xlsx"))
        assert isinstance(found[0], Document)
        assert len(found) == (2 if far == 1_000_000 else 1)


def test_what_comes_before_damage_is_read() -> None:
    rows = "".join(f'<row r="{n}">{cell(f"A{n}", "Denk said no.")}</row>' for n in range(2, 3000))
    data = sheet(f'<row r="1">{cell("A1", "text")}</row>{rows}<row')
    found: list[Document | Failure] = []
    with pytest.raises(ReadError, match=r"^a\.xlsx: ") as raised:
        found.extend(read_bytes(data, "a.xlsx"))
    assert "\n" not in str(raised.value)


def test_limits() -> None:
    with pytest.raises(ReadError, match="whole="):
        documents(book([HEADER, *ROWS]), Options(limits=Limits(whole=1000)))
