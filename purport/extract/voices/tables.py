"""Tables of what somebody says: the row's head is the source of a cell whose column is headed so ("Position")."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import partial

from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, Span, trimmed
from purport.syntax.labels_names import nobody
from purport.syntax.speakers import body, given_by, names, person, speaks

_NOTE = re.compile(r"\s*\([^()]{1,60}\)\s*$")


_Cells = dict[tuple[int, int], list[Span]]
"""The words of a table's cells, by row and column."""


def tables(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """The cells that hold what somebody says whom the table names: in the head of their row or column, in a row above,
    or in a row of its own beside "Speaker"."""
    grids: dict[int, _Cells] = {}
    for block in blocks:
        if block.cell is not None:
            table, row, column = block.cell
            grids.setdefault(table, {}).setdefault((row, column), []).append(block.span)
    found = []
    below = [_below(text, cells) for cells in grids.values()]
    mine = {key for cells in grids.values() for key in _of_mine(text, cells)}
    for cells, under in zip(grids.values(), below, strict=True):
        kinds = (_columns, partial(_records, mine=mine), _spoken, _headed)
        found += next((voices for kind in kinds if (voices := kind(text, cells))), [])
        found += under if sum(map(len, below)) >= 2 else []
    return found


def _headed(text: str, cells: _Cells) -> list[Voice]:
    """The cells of columns that are headed as what somebody says, in rows that have a name at their head."""
    found = []
    speaker = _speaker(text, cells)
    if speaker is None and any(not row and _said(spans[0].of(text)) for (row, _), spans in cells.items()):
        speaker = _naming(text, cells)
    for (row, column), spans in cells.items():
        head, who = cells.get((0, column)), _over(cells, row, speaker or 0)
        if not row or column == (speaker or 0) or head is None or who is None:
            continue
        given = given_by(text, head[0])
        if given is not None and given.start > head[0].start and _tells(text, spans):
            found.append(Voice((given,), (head[0],), tuple(spans), "table"))  # "Reply of the Coastal Agency"
            continue
        owner = _owned(text, head[0])
        if owner is not None and _tells(text, spans):
            found.append(Voice((owner,), (head[0],), tuple(spans), "table"))  # "Council response"
            continue
        telling = speaker is not None and sum(map(len, spans)) >= _LONG and not names(spans[0].of(text))
        if not (_said(head[0].of(text)) or telling):
            continue
        # "Answer Name" tells whose the answers are, beside "Asker Name".
        own = _beside(text, cells, column)
        who = _over(cells, row, own) if own is not None else who
        if who is None:
            continue
        note = _NOTE.search(who[0].of(text))
        source = trimmed(text, who[0].start, who[0].start + note.start() if note else who[0].end)
        if source is not None:
            found.append(Voice((source,), (head[0],), tuple(spans), "table"))
    return found


def _owned(text: str, head: Span) -> Span | None:
    """Whose the words of a column are by its head, of a body that answers: "Council response", "Officer's comment"."""
    match = re.match(r"(?P<who>[^\W\d_][\w ]{2,40}?)(?:['’]s?)? (?P<what>[a-z]+)$", head.of(text), re.I)
    if match is None or match["what"].lower() not in words_of("answers that are given") | {
        "comment",
        "comments",
        "view",
    }:
        return None
    last = match["who"].lower().split()[-1]
    named = body(last) or last in words_of("roles of speakers") | words_of("who has the word")
    return Span(head.start, head.start + len(match["who"])) if named else None


def _over(cells: _Cells, row: int, column: int) -> list[Span] | None:
    """A cell, or the one above it that goes down to it."""
    return next((cells[at, column] for at in range(row, 0, -1) if (at, column) in cells), None)


def _beside(text: str, cells: _Cells, column: int) -> int | None:
    """The column whose head says that it names who says what stands in another: "Answer", "Answer name"."""
    words = re.findall(r"[a-z]+", cells[0, column][0].of(text).lower())
    for (row, other), spans in cells.items():
        head = re.findall(r"[a-z]+", spans[0].of(text).lower())
        if not row and other != column and len(head) > 1 and head[: len(words)] == words and _who(head[len(words) :]):
            return other
    return None


def _who(words: Sequence[str]) -> bool:
    told = bool(words) and (words[-1] in ("by", "from") or not words_of("heads of who speaks").isdisjoint(words))
    return told and len(words) <= 3


def _columns(text: str, cells: _Cells) -> list[Voice]:
    """The cells below names: two columns at least that have a name for a head and sentences below it."""
    found = []
    heads = {column: _named(text, cells, column) for (row, column) in cells if not row and column}
    told = {column: head for column, head in heads.items() if head is not None}
    for (row, column), spans in cells.items() if len(told) >= 2 else ():
        if row and column in told and _tells(text, spans):
            found.append(Voice((told[column],), (), tuple(spans), "table"))
    return found


def _named(text: str, cells: _Cells, column: int) -> Span | None:
    """Whose the cells below the head of a column are: a name in it, or whose part somebody takes ("Claimant")."""
    below = [spans for (row, other), spans in cells.items() if row and other == column]
    if 2 * sum(_tells(text, spans) for spans in below) <= len(below):
        return None
    part: Span | None = None
    for head in cells[0, column]:
        at = head.start
        for line in head.of(text).split("\n"):
            name = re.split(r"\s*[,(]", line)[0]
            low = set(re.findall(r"[a-z]+", name.lower()))
            span = trimmed(text, at, at + len(name)) if name else None
            at += len(line) + 1
            if span is None or low & words_of("heads of what is said"):
                continue
            if low & words_of("heads of who speaks"):
                part = part or (span if len(low) == 1 and low & words_of("sides") else None)
            elif names(name) and (person(name) or len(name.split()) >= 2):
                return span
    return part


def _tells(text: str, spans: Sequence[Span]) -> bool:
    """Whether a cell holds a sentence."""
    return spans[-1].of(text).rstrip("\"'”’»)")[-1:] in tuple(".!?…")


def _spoken(text: str, cells: _Cells) -> list[Voice]:
    """The cells of a table without heads that has who speaks in one column and what is said in a later one."""
    columns = sorted({column for _, column in cells})
    for who in columns[:-1]:
        for told in (column for column in columns if column > who):
            found = _beside_names(text, cells, who, told)
            if found:
                return found
    return []


def _beside_names(text: str, cells: _Cells, who: int, told: int) -> list[Voice]:
    rows = {row: spans for (row, column), spans in cells.items() if column == who}
    said = {row: spans for (row, column), spans in cells.items() if column == told}
    both = [row for row in rows if row in said and any(map(str.isalnum, rows[row][0].of(text)))]
    name = {row: re.split(r"\s*[(,]", rows[row][0].of(text))[0] for row in both}
    named = [row for row in both if names(name[row]) and not nobody(name[row]) and len(rows[row]) == 1]
    tells = [row for row in both if _tells(text, said[row])]
    people = sum(person(name[row]) or speaks(name[row]) for row in named)
    again = len({name[row] for row in named}) < len(named)
    beyond = who > 0 and 3 * len(tells) >= 2 * len(both) and (2 * people > len(both) or again)
    if len(both) < 2 or len(named) < len(both) or not people or (len(tells) < len(both) and not beyond):
        return []
    return [
        Voice((Span(rows[row][0].start, rows[row][0].start + len(name[row])),), (), tuple(said[row]), "table")
        for row in tells
    ]


def _records(text: str, cells: _Cells, mine: Collection[str] = ()) -> list[Voice]:
    """What a table of fields holds, each in a row of its own: "Person" beside a name, "Wording" beside what is said."""
    if any(column > 1 for _, column in cells):
        return []
    fields = [(cells[row, 0], cells[row, 1]) for row, column in sorted(cells) if column == 1 and (row, 0) in cells]
    keys = [re.findall(r"[a-z]+", key[0].of(text).lower()) for key, _ in fields]
    who = [value[0] for key, (_, value) in zip(keys, fields, strict=True) if _who(key)]
    if len(who) > 1:  # beside "Proposed by"
        who = [value[0] for key, (_, value) in zip(keys, fields, strict=True) if _who(key) and key[-1] != "by"]
    said = [
        (fields[n][0][0], fields[n][1])
        for n, key in enumerate(keys)
        if key and sum(map(len, fields[n][1])) >= _LONG and (_spoken_of(key) or " ".join(key) in mine)
    ]
    if len(who) != 1 or not said:
        return []
    name = re.split(r"\s*[,(\n]", who[0].of(text))[0]
    if nobody(name):
        return []  # a head of a column: "Candidate", "Answer"
    source = (Span(who[0].start, who[0].start + len(name)),) if names(name) else ()
    return [Voice(source, (key,), tuple(spans), "table") for key, spans in said]


_MINE = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]urs?)\b")


def _spoken_of(key: Sequence[str]) -> bool:
    return not words_of("heads of what is said").isdisjoint(key)


def _of_mine(text: str, cells: _Cells) -> Iterator[str]:
    """The keys of a table's fields in which somebody speaks of himself."""
    for (row, column), spans in cells.items():
        if column == 1 and (row, 0) in cells and _mine(text, spans):
            yield " ".join(re.findall(r"[a-z]+", cells[row, 0][0].of(text).lower()))


def _mine(text: str, spans: Sequence[Span]) -> bool:
    """Whether a cell holds a sentence in which somebody speaks of himself, whatever its key is: "Why I stand"."""
    return _tells(text, spans) and any(_MINE.search(span.of(text)) for span in spans)


def _below(text: str, cells: _Cells) -> list[Voice]:
    """Rows of one cell that holds sentences, each below a row of several with a name in it."""
    rows: dict[int, list[int]] = {}
    for row, column in cells:
        rows.setdefault(row, []).append(column)
    found = []
    for row, columns in rows.items():
        if len(columns) > 1 or len(rows.get(row - 1, ())) < 2 or not _tells(text, cells[row, columns[0]]):
            continue
        for column in sorted(rows[row - 1]):
            above = cells[row - 1, column][0]
            name = re.split(r"\s*[,(\n]", above.of(text))[0]
            if names(name) and not name[-1].isdigit():
                source = Span(above.start, above.start + len(name))
                found.append(Voice((source,), (), tuple(cells[row, columns[0]]), "table"))
                break
    return found


_LONG = 25
"""Characters of a cell from which on it is something that is said."""


def _speaker(text: str, cells: _Cells) -> int | None:
    """The column whose head says that it names who speaks."""
    heads = {column: spans for (row, column), spans in cells.items() if not row}
    for column, spans in sorted(heads.items()):
        words = re.findall(r"[a-z]+", spans[0].of(text).lower())
        if _who(words):
            return column
    return None


def _naming(text: str, cells: _Cells) -> int | None:
    """The column whose cells are names, most of them; the one with the most of them."""
    columns: dict[int, list[str]] = {}
    for (row, column), spans in cells.items():
        if row:
            columns.setdefault(column, []).append(re.split(r"\s*[,(\n]", spans[0].of(text))[0])
    named = {column: sum(names(one) and len(one.split()) >= 2 for one in told) for column, told in columns.items()}
    best = max(named, key=lambda column: (named[column], -column), default=None)
    return best if best is not None and best and 2 * named[best] > len(columns[best]) >= 2 else None


def _said(head: str) -> bool:
    """Whether a column is headed as one of what somebody says."""
    words = re.findall(r"[a-z]+", head.lower())
    return bool(words) and len(words) <= 6 and not words_of("heads of what is said").isdisjoint(words)
