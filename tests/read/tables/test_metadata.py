from __future__ import annotations

from pathlib import Path

import pytest

from purport.errors import UsageError
from purport.model.document import Metadata
from purport.read import lookup, metadata_table


def test_table_and_lookup(tmp_path: Path) -> None:
    table = tmp_path / "table.tsv"
    table.write_bytes(
        b"\xef\xbb\xbfFile\tOutlet\tPublished\nsub/a.txt\tSarn Review\t2 April 2031\n\nb.txt\t\xc3\x89cho\t\n"
    )
    rows = metadata_table(table)
    assert rows["sub/a.txt"] == Metadata(outlet="Sarn Review", published="2031-04-02")
    assert lookup(rows, tmp_path / "sub" / "a.txt", [tmp_path]) == ("sub/a.txt", rows["sub/a.txt"])
    assert lookup(rows, Path("sub/a.txt")) == ("sub/a.txt", rows["sub/a.txt"])
    assert lookup(rows, tmp_path / "deep" / "b.txt", [tmp_path]) == ("b.txt", Metadata(outlet="Écho"))
    assert lookup(rows, tmp_path / "other" / "a.txt", [tmp_path]) is None


@pytest.mark.parametrize(
    "content, message",
    [
        ("file,colour\na,b\n", "unknown columns 'colour'"),
        ("outlet\na\n", "no column 'file'"),
        ("file,published\na,03/04/2031\n", "row 1: '03/04/2031' is not surely a date"),
        ("file\na\na\n", "row 2: names the file 'a' again"),
        ("file,outlet\na,b,c\n", "3 cells"),
        ("", "no column 'file'"),
    ],
)
def test_bad_tables(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(content)
    with pytest.raises(UsageError, match=message):
        metadata_table(path)


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        metadata_table(tmp_path / "none.csv")
