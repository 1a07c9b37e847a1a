from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from purport.errors import UsageError
from purport.model.document import Metadata
from purport.read.tables.metadata import assigned, lookup, metadata_table


def test_table_and_lookup(tmp_path: Path) -> None:
    table = tmp_path / "table.tsv"
    table.write_bytes(
        b"\xef\xbb\xbfFile\tOutlet\tPublished\nsub/a.txt\tSarn Review\t2 April 2031\n\nb.txt\t\xc3\x89cho\t\n"
    )
    rows = metadata_table(table).rows
    assert rows["sub/a.txt"] == Metadata(outlet="Sarn Review", published="2031-04-02")
    assert lookup(rows, tmp_path / "sub" / "a.txt", [tmp_path]) == ("sub/a.txt", rows["sub/a.txt"])
    assert lookup(rows, Path("sub/a.txt")) == ("sub/a.txt", rows["sub/a.txt"])
    assert lookup(rows, tmp_path / "deep" / "b.txt", [tmp_path]) == ("b.txt", Metadata(outlet="Écho"))
    assert lookup(rows, tmp_path / "other" / "a.txt", [tmp_path]) is None


@pytest.mark.parametrize(
    "content, message",
    [
        ("outlet\na\n", "no column is called 'file', 'filename' or 'path'; it has 'outlet'"),
        ("file,outlet,Outlet \na,b,c\n", "has the column 'outlet' twice"),
        ("outlet,file\nEcho,\n", "row 1: names no file"),
        ("file\na\na\n", "row 2: names the file 'a' again"),
        ("file,outlet\na,b,c\n", "3 cells"),
        ('file,outlet\na,"b\n', "cannot be read"),
        ("", "no column is called 'file'"),
    ],
)
def test_bad_tables(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(content)
    with pytest.raises(UsageError, match=message):
        metadata_table(path)


TEXT = "file;outlet;author\ndam.txt;Écho d’Orrin;Mara Denk, Petra Lund\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("cp1252"),
        b"sep=;\r\n" + TEXT.replace("\n", "\r\n").encode(),
        b"\n" + TEXT.replace(";", "\t").encode(),
        TEXT.replace(";", "|").encode(),
        TEXT.replace(", ", " and ").replace(";", ",").encode(),
    ],
)
def test_what_stands_between_cells_and_the_encoding_are_found_out(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(data)
    (row,) = metadata_table(path).rows.items()
    assert row[0] == "dam.txt"
    assert row[1].outlet == "Écho d’Orrin"
    assert (row[1].author or "").replace(" and ", ", ") == "Mara Denk, Petra Lund"


def test_an_excel_table(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([None])
    sheet.append([" File Name", "Publisher", "Date", "Headline", "Desk"])
    sheet.append(["dam.txt", "Orrin Gazette", datetime(2031, 3, 4), 2031.0])
    sheet.append([12, None, datetime(2031, 3, 4, 10, 15), None])
    book.save(tmp_path / "table.xlsx")
    table = metadata_table(tmp_path / "table.xlsx")
    assert table.rows == {
        "dam.txt": Metadata(outlet="Orrin Gazette", published="2031-03-04", title="2031"),
        "12": Metadata(published="2031-03-04T10:15:00"),
    }
    assert table.extra == ("Desk",)


def test_synonyms_dates_that_are_none_and_further_columns(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(
        "PATH,Source,Byline,Headline,PubDate,Link,Lang,Section,outlet,,\n"
        "sub\\dam.txt,Wire,Petra Lund,Dam holds,2031-03-04,https://velmark.example/dam,en,News,Orrin Gazette,,\n"
        "b.txt,,,,03/04/2031,,,,,\n"
    )
    table = metadata_table(path)
    assert table.rows["sub/dam.txt"] == Metadata(
        "Orrin Gazette", "Petra Lund", "Dam holds", "2031-03-04", "https://velmark.example/dam", "en",
        (("Section", "News"), ("Source", "Wire")),
    )  # fmt: skip
    assert table.rows["b.txt"] == Metadata()
    assert table.undated == (("03/04/2031", "b.txt"),)
    assert table.extra == ("Source", "Section")


def test_a_row_names_a_file_without_its_ending_where_one_fits() -> None:
    table = {name: Metadata(title=name) for name in ("crlf", "sub/dam", "two", "exact", "a.b", "gone")}
    names = ("crlf.txt", "sub/dam.html", "two.txt", "two.pdf", "exact", "exact.txt", "a.b.txt")
    found = assigned(table, [Path(name) for name in names])
    assert {str(file): key for file, (key, _) in found.items()} == {
        "crlf.txt": "crlf",
        "sub/dam.html": "sub/dam",
        "exact": "exact",
        "a.b.txt": "a.b",
    }
    assert found[Path("crlf.txt")] == ("crlf", Metadata(title="crlf"))


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.csv: is not there; check the path"):
        metadata_table(tmp_path / "none.csv")
    with pytest.raises(UsageError, match="is a folder, not a file"):
        metadata_table(tmp_path)


def test_a_table_that_is_broken(tmp_path: Path) -> None:
    for name, data in (("table.xlsx", b"PK\x03\x04"), ("table.csv", bytes(range(256)))):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(UsageError, match="the metadata table cannot be read") as refused:
            metadata_table(tmp_path / name)
        assert "\n" not in str(refused.value)
