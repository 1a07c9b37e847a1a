from __future__ import annotations

import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from purport.model.document import Document
from purport.read.files import read_bytes
from tests.read.checks import check

COLUMNS = (Path(__file__).parents[1] / "golden" / "inputs" / "columns.pdf").read_bytes()


def pdf(*pages: list[tuple[float, float, str]]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(600, 800), invariant=True)
    for page in pages:
        canvas.setFont("Helvetica", 10)
        for x, y, words in page:
            canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read(data: bytes) -> Document:
    (found,) = read_bytes(data, "a.pdf")
    assert isinstance(found, Document)
    check(found)
    return found


def lines(*words: str, top: float = 600) -> list[tuple[float, float, str]]:
    return [(60, top - 12 * n, line) for n, line in enumerate(words)]


@pytest.mark.parametrize(
    "first, second, joined",
    [
        ("It was dis-", "placed by the flood.", "It was displaced by the flood."),
        ("They are self-", "declared judges.", "They are self-declared judges."),
        ("The ex-", "minister spoke.", "The ex-minister spoke."),
        ("Let them ex-", "plain it.", "Let them explain it."),
        ("The Sarn-", "Velmark line.", "The Sarn-Velmark line."),
        ("A well-known man is well-", "known here.", "A well-known man is well-known here."),
    ],
)
def test_words_parted_at_line_ends(first: str, second: str, joined: str) -> None:
    assert read(pdf(lines(first, second))).text == joined


def test_every_character_leads_back_to_pdfium() -> None:
    found = read(COLUMNS)
    document = pdfium.PdfDocument(COLUMNS)
    pages = [page.get_textpage() for page in document]
    for at, char in enumerate(found.text):
        place = found.source_map.place(at, found.text)
        if place.offset is not None and not char.isspace():
            there = pages[place.number - 1].get_text_range(place.offset, 1)
            assert there == char or (char == "-" and there in "\x02\ufffe\xad-")
    document.close()


def test_running_heads_feet_and_numbers_are_left_out() -> None:
    pages = [
        [(60, 780, f"Sarn Review, No. {n}"), (300, 20, f"- {n} -"), *lines(f"On page {w} the minister said no.")]
        for n, w in enumerate(("one", "two", "three"), 1)
    ]
    assert read(pdf(*pages)).text.split("\n\n") == [
        f"On page {w} the minister said no." for w in ("one", "two", "three")
    ]


def test_a_sentence_goes_on_over_a_page_end() -> None:
    text = read(pdf(lines("The minister said that she"), lines("had never been there."))).text
    assert text == "The minister said that she had never been there."


def test_gaps_part_paragraphs() -> None:
    words = [*lines("The first one says this", "and that."), *lines("The second one says", "no more.", top=550)]
    assert read(pdf(words)).text == "The first one says this and that.\n\nThe second one says no more."
