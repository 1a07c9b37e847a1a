from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.errors import ReadError
from purport.model.document import Document, Unit
from purport.read.files import read_bytes
from purport.read.options import Failure, Options
from tests.read.checks import check


def documents(data: bytes, name: str, options: Options = Options()) -> list[Document]:
    found = list(read_bytes(data, name, options))
    for document in found:
        assert isinstance(document, Document)
        check(document)
    return [document for document in found if isinstance(document, Document)]


CELLS = st.lists(st.sampled_from([*'ab,;"\t| é😀', "\r\n", "\n", "\r"]), max_size=20).map(lambda s: f"x{''.join(s)}y")


@given(st.lists(CELLS, min_size=1, max_size=6), st.sampled_from(["utf-8", "utf-16"]))
def test_a_row_is_a_table_by_itself(cells: list[str], encoding: str) -> None:
    quoted = ["".join(('"', cell.replace('"', '""'), '"')) for cell in cells]
    data = "".join(["id,text\r\n", *(f"{n},{cell}\r\n" for n, cell in enumerate(quoted))]).encode(encoding)
    found = documents(data, "a.csv")
    assert [document.text for document in found] == cells
    assert [document.part for document in found] == [f"row {n + 1}" for n in range(len(cells))]


def test_columns_are_mapped() -> None:
    data = b"Statement\tWhen\tmedium\nShe said no.\t2031-04-02\tSarn Review\n"
    options = Options(columns=(("text", "statement"), ("published", "When"), ("outlet", "medium")))
    (found,) = documents(data, "a.tsv", options)
    assert (found.metadata.published, found.metadata.outlet) == ("2031-04-02", "Sarn Review")
    assert found.selector == "text=Statement;encoding=utf-8;delimiter=%09"
    assert found.source_map.unit is Unit.ROW


@pytest.mark.parametrize("name, data", [("a.csv", b"x,y\n1,2\n"), ("a.jsonl", b'{"x": 1, "y": 2}\n')])
def test_a_missing_column_lists_those_there_are(name: str, data: bytes) -> None:
    with pytest.raises(ReadError, match=r"map the text to one of: 'x', 'y'"):
        list(read_bytes(data, name))


def test_a_broken_row_does_not_end_the_others() -> None:
    data = b'\n{"text": "One."}\r\n{"text": 3}\n[1]\nnope\n\xff\n{"text": "Two."}'
    found = list(read_bytes(data, "a.jsonl"))
    assert [item.part for item in found] == ["row 2", "row 3", "row 4", "row 5", "row 6", "row 7"]
    assert [isinstance(item, Failure) for item in found] == [False, True, True, True, True, False]


def test_values_of_metadata() -> None:
    data = b'{"text": "No.", "author": ["A", "B"], "date": 2031, "source": {"name": "Sarn Review"}, "url": null}'
    (found,) = documents(data, "a.jsonl")
    assert (found.metadata.author, found.metadata.published) == ("A, B", "2031")
    assert (found.metadata.outlet, found.metadata.url) == ("Sarn Review", None)


def test_nuls_and_long_cells() -> None:
    data = b"text\n" + b"word " * 40_000 + b"\0 end\n"
    (found,) = documents(data, "a.csv")
    assert found.text.endswith("\0 end")


def test_a_legacy_encoding_is_named_as_it_is_when_read_again() -> None:
    row = '{"text": "Η κυβέρνηση διέψευσε ότι η γέφυρα χτυπήθηκε, είπε η υπουργός."}\n'
    (found,) = documents(row.encode("iso8859_7"), "a.jsonl")
    assert found.selector in ("text=text;encoding=iso8859-7", "text=text;encoding=cp1253")
