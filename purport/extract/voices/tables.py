"""Tables of what somebody says: the row's head is the source of a cell whose column is headed so ("Position")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, Span, trimmed
from purport.syntax.speakers import names, person, speaks

_NOTE = re.compile(r"\s*\([^()]{1,60}\)\s*$")


def tables(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """The cells that hold what the head of their row says."""
    cells: dict[tuple[int, int, int], list[Span]] = {}
    for block in blocks:
        if block.cell is not None:
            cells.setdefault(block.cell, []).append(block.span)
    found = []
    turned = {table for table, _, _ in cells if _turned(text, cells, table)}
    spoken = {table for table, _, _ in cells if _dialogue(text, cells, table)}
    for (table, row, column), spans in cells.items():
        if table in turned:
            above = cells.get((table, 0, column))
            if row and column and above is not None:
                line = above[0].of(text).split("\n")[0]
                found.append(Voice((Span(above[0].start, above[0].start + len(line)),), (), tuple(spans), "table"))
            continue
        if table in spoken:
            who = cells.get((table, row, 0))
            if column == 1 and who is not None:
                found.append(Voice((who[0],), (), tuple(spans), "table"))
            continue
        speaker = _speaker(text, cells, table)
        head, who = cells.get((table, 0, column)), cells.get((table, row, speaker or 0))
        if not row or column == (speaker or 0) or head is None or who is None:
            continue
        telling = speaker is not None and sum(map(len, spans)) >= _LONG and not names(spans[0].of(text))
        if not (_said(head[0].of(text)) or telling):
            continue
        note = _NOTE.search(who[0].of(text))
        source = trimmed(text, who[0].start, who[0].start + note.start() if note else who[0].end)
        if source is not None:
            found.append(Voice((source,), (head[0],), tuple(spans), "table"))
    return found


_LONG = 25
"""Characters of a cell from which on it is something that is said."""


def _turned(text: str, cells: dict[tuple[int, int, int], list[Span]], table: int) -> bool:
    """Whether the heads of the columns are who speaks: two names at least, with sentences below them."""
    heads = {column: spans for (one, row, column), spans in cells.items() if one == table and not row and column}
    below = [spans for (one, row, column), spans in cells.items() if one == table and row and column in heads]
    named = [re.split(r"\s*[,(\n]", spans[0].of(text))[0] for spans in heads.values()]
    people = sum(person(name) or len(name.split()) >= 2 for name in named)
    told = sum(spans[-1].of(text).rstrip("\"'”’»)")[-1:] in tuple(".!?…") for spans in below)
    return len(heads) >= 2 and all(map(names, named)) and people == len(named) and 2 * told > len(below) > 1


def _dialogue(text: str, cells: dict[tuple[int, int, int], list[Span]], table: int) -> bool:
    """Whether a table without heads has who speaks in its first column and what is said in the second."""
    rows = {row: spans for (one, row, column), spans in cells.items() if one == table and not column}
    said = {row: spans for (one, row, column), spans in cells.items() if one == table and column == 1}
    both = [row for row in rows if row in said]
    named = [row for row in both if names(rows[row][0].of(text)) and len(rows[row]) == 1]
    told = [row for row in both if said[row][-1].of(text).rstrip("\"'”’»)")[-1:] in tuple(".!?…")]
    people = any(person(rows[row][0].of(text)) or speaks(rows[row][0].of(text)) for row in named)
    return len(both) >= 2 and len(named) == len(both) and len(told) == len(both) and people


def _speaker(text: str, cells: dict[tuple[int, int, int], list[Span]], table: int) -> int | None:
    """The column whose head says that it names who speaks."""
    heads = {column: spans for (one, row, column), spans in cells.items() if one == table and not row}
    for column, spans in sorted(heads.items()):
        words = re.findall(r"[a-z]+", spans[0].of(text).lower())
        if words and len(words) <= 3 and not words_of("heads of who speaks").isdisjoint(words):
            return column
    return None


def _said(head: str) -> bool:
    """Whether a column is headed as one of what somebody says."""
    words = re.findall(r"[a-z]+", head.lower())
    return bool(words) and len(words) <= 6 and not words_of("heads of what is said").isdisjoint(words)
