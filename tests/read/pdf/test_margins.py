"""Numbers of lines are no part of a page's text, and notes stand behind it."""

from __future__ import annotations

from purport.read.pdf.lines import Glyph, Line
from purport.read.pdf.margins import with_notes_apart


def line(text: str, y: float, size: float = 11.0, page: int = 1) -> Line:
    glyphs = tuple(Glyph(char, at, 60.0 + 6 * at, 66.0 + 6 * at, y, size, False) for at, char in enumerate(text))
    return Line(glyphs, page, 800.0)


def shown(lines: list[Line]) -> list[str]:
    return [one.text for one in with_notes_apart(lines)]


def test_numbers_before_lines_go() -> None:
    page = [line(f"{number} The gate was shut on day {number}.", 700 - 20 * number) for number in range(1, 9)]
    assert shown(page) == [f"The gate was shut on day {number}." for number in range(1, 9)]


def test_numbered_items_stay() -> None:
    page = [line("1 The gate was shut.", 700), line("It rained.", 680), line("2 The mine was sold.", 660)]
    assert shown(page) == ["1 The gate was shut.", "It rained.", "2 The mine was sold."]


def test_every_fifth_number_behind_lines_goes() -> None:
    wide = "          "
    page = [line(f"The gate was shut.{wide}5", 700), line("It rained.", 680), line(f"The mine was sold.{wide}10", 660)]
    assert shown(page) == ["The gate was shut.", "It rained.", "The mine was sold."]


def test_notes_stand_behind_all_pages() -> None:
    pages = [
        line("The council denied that the gate", 300),
        line("1 The council sits in May.", 80, 8.0),
        line("was shut at all.", 700, page=2),
    ]
    assert shown(pages) == ["The council denied that the gate", "was shut at all.", "1 The council sits in May."]
