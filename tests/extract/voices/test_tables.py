"""Tables in which names stand in heads of columns, in rows above, in a column of their own, or beside a key."""

from __future__ import annotations

from time import process_time

import pytest

from purport.extract.voices.tables import tables
from purport.model.document import Document
from purport.read.files import read_bytes


def told(rows: list[list[str]]) -> list[tuple[str, str]]:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = f"<html><body><h1>Table</h1><table>{body}</table></body></html>"
    found = next(iter(read_bytes(page.encode(), "x.html")))
    assert isinstance(found, Document)
    text = found.text
    return [(one.source[0].of(text), one.content[0].of(text)) for one in tables(text, found.blocks)]


SEL, KOLL = ("Runa Sel", "The mine was closed in May."), ("Kai Koll", "The mine was open in June.")
SHAPES = {
    "heads of columns": [
        ["Point", "Runa Sel", "Kai Koll"],
        ["The mine", SEL[1], KOLL[1]],
        ["Gate", "It is new.", "It is old."],
    ],
    "a column of names": [["No.", "Wording", "Objector"], ["1", SEL[1], SEL[0]], ["2", KOLL[1], KOLL[0]]],
    "sent in by": [["No.", "Comment", "Sent in by"], ["1", SEL[1], "Runa Sel, warden"], ["2", KOLL[1], "Kai Koll"]],
    "without heads": [[SEL[0], SEL[1]], [KOLL[0], KOLL[1]]],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_cells_are_of_whom_the_table_names(shape: str) -> None:
    found = told(SHAPES[shape])
    assert (SEL[0], SEL[1]) in [(who.split(",")[0], said) for who, said in found]
    assert KOLL in found


def test_a_cell_over_several_rows_names_who_speaks_in_all_of_them() -> None:
    page = (
        "<table><tr><th>Respondent</th><th>Para.</th><th>Comment</th></tr>"
        "<tr><td rowspan=2>Runa Sel</td><td>1</td><td>The mine was closed in May.</td></tr>"
        "<tr><td>2</td><td>The gate of the mine is new.</td></tr></table>"
    )
    found = next(iter(read_bytes(f"<html><body><p>Comments</p>{page}</body></html>".encode(), "x.html")))
    assert isinstance(found, Document)
    assert [one.source[0].of(found.text) for one in tables(found.text, found.blocks)] == ["Runa Sel", "Runa Sel"]


def test_a_table_of_figures_is_nobodys() -> None:
    assert told([["Town", "Boats", "Year"], ["Orrin", "40", "2030"], ["Karsk", "12", "2031"]]) == []


def test_a_column_may_name_the_body_that_answers() -> None:
    text = (
        "| Ref | Respondent | Points raised | Council response |\n|---|---|---|---|\n"
        "| 1 | Runa Sel | The toll is too high. | The toll was never higher. |\n"
        "| 2 | Kai Koll | Nobody counted. | A count was made. |\n"
    )
    document = next(iter(read_bytes(text.encode(), "x.md")))
    assert isinstance(document, Document)
    found = {
        v.content[0].of(document.text): v.source[0].of(document.text) for v in tables(document.text, document.blocks)
    }
    assert found["A count was made."] == "Council"


def test_names_may_stand_in_a_later_column_of_a_table_without_heads() -> None:
    text = (
        "<table><tr><td>18:02</td><td>Mayor Runa Sel</td><td>opens the session</td></tr>"
        "<tr><td>18:04</td><td>Mayor Runa Sel</td><td>The mine was closed.</td></tr>"
        "<tr><td>18:09</td><td>Dr Kai Koll (Greens)</td><td>It is open.</td></tr></table>"
    )
    document = next(iter(read_bytes(text.encode(), "x.html")))
    assert isinstance(document, Document)
    found = {
        v.content[0].of(document.text): v.source[0].of(document.text) for v in tables(document.text, document.blocks)
    }
    assert found == {"The mine was closed.": "Mayor Runa Sel", "It is open.": "Dr Kai Koll"}


def test_a_table_of_thousands_of_columns_is_looked_through_once() -> None:
    began = process_time()
    told([[SEL[0]] * 3000, [KOLL[0]] * 3000])
    told([["", "The mine is open."] for _ in range(3000)])
    assert process_time() - began < 20  # a loop over all pairs of columns took minutes
