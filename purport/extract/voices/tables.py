"""Tables of what somebody says: the row's head is the source of a cell whose column is headed so ("Position")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, Span, trimmed
from purport.syntax.labels_names import nobody
from purport.syntax.speakers import body, given_by, names, person, speaks

_NOTE = re.compile(r"\s*\([^()]{1,60}\)\s*$")


_Cells = dict[tuple[int, int], list[Span]]
"""The words of a table's cells, by row and column."""
_Column = dict[int, list[Span]]
"""The words of the cells of a column by row, or of a row by column."""


@dataclass(slots=True)
class _Table:
    """The words of a table's cells: by row and column, and by column and row."""

    cells: _Cells = field(default_factory=dict)
    columns: dict[int, _Column] = field(default_factory=dict)
    rows: dict[int, list[int]] = field(default_factory=dict)
    """The rows of each column below its head that have a cell, from above, as they are needed."""

    def add(self, row: int, column: int, span: Span) -> None:
        if (row, column) not in self.cells:
            self.cells[row, column] = self.columns.setdefault(column, {})[row] = []
        self.cells[row, column].append(span)

    def heads(self) -> _Column:
        return {column: rows[0] for column, rows in self.columns.items() if 0 in rows}

    def over(self, row: int, column: int) -> list[Span] | None:
        """A cell, or the one above it that goes down to it."""
        if column not in self.rows:
            self.rows[column] = sorted(at for at in self.columns.get(column, ()) if at)
        rows = self.rows[column]
        at = bisect_right(rows, row)
        return self.cells[rows[at - 1], column] if at else None


def tables(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """The cells that hold what somebody says whom the table names: in the head of their row or column, in a row above,
    or in a row of its own beside "Speaker"."""
    grids: dict[int, _Table] = {}
    for block in blocks:
        if block.cell is not None:
            number, row, column = block.cell
            grids.setdefault(number, _Table()).add(row, column, block.span)
    found = []
    below = [_below(text, table.cells) for table in grids.values()]
    mine = {key for table in grids.values() for key in _of_mine(text, table.cells)}
    for table, under in zip(grids.values(), below, strict=True):
        kinds = (_columns, partial(_records, mine=mine), _spoken, _headed)
        found += next((voices for kind in kinds if (voices := kind(text, table))), [])
        found += under if sum(map(len, below)) >= 2 else []
    return found


def _headed(text: str, table: _Table) -> list[Voice]:
    """The cells of columns that are headed as what somebody says, in rows that have a name at their head."""
    found = []
    heads = table.heads()
    said = {column for column, spans in heads.items() if _said(spans[0].of(text))}
    beside = {column: _beside(text, heads, column) for column in said}
    speaker = _speaker(text, heads)
    if speaker is None and said:
        speaker = _naming(text, table)
    for (row, column), spans in table.cells.items():
        head, who = heads.get(column), table.over(row, speaker or 0)
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
        if column not in said and not telling:
            continue
        # "Answer Name" tells whose the answers are, beside "Asker Name".
        own = beside.get(column)
        who = table.over(row, own) if own is not None else who
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


def _beside(text: str, heads: _Column, column: int) -> int | None:
    """The column whose head says that it names who says what stands in another: "Answer", "Answer name"."""
    words = re.findall(r"[a-z]+", heads[column][0].of(text).lower())
    for other, spans in heads.items():
        head = re.findall(r"[a-z]+", spans[0].of(text).lower())
        if other != column and len(head) > 1 and head[: len(words)] == words and _who(head[len(words) :]):
            return other
    return None


def _who(words: Sequence[str]) -> bool:
    told = bool(words) and (words[-1] in ("by", "from") or not words_of("heads of who speaks").isdisjoint(words))
    return told and len(words) <= 3


def _columns(text: str, table: _Table) -> list[Voice]:
    """The cells below names: two columns at least that have a name for a head and sentences below it."""
    found = []
    heads = {column: _named(text, table.columns[column]) for column in table.heads() if column}
    told = {column: head for column, head in heads.items() if head is not None}
    for (row, column), spans in table.cells.items() if len(told) >= 2 else ():
        if row and column in told and _tells(text, spans):
            found.append(Voice((told[column],), (), tuple(spans), "table"))
    return found


def _named(text: str, column: _Column) -> Span | None:
    """Whose the cells below the head of a column are: a name in it, or whose part somebody takes ("Claimant")."""
    below = [spans for row, spans in column.items() if row]
    if 2 * sum(_tells(text, spans) for spans in below) <= len(below):
        return None
    part: Span | None = None
    for head in column[0]:
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


def _spoken(text: str, table: _Table) -> list[Voice]:
    """The cells of a table without heads that has who speaks in one column and what is said in a later one."""
    columns = sorted(table.columns)[:_SIDE_BY_SIDE]
    people = {number: _people(text, table.columns[number]) for number in columns[:-1]}
    tells = {
        number: {row for row, spans in table.columns[number].items() if _tells(text, spans)} for number in columns[1:]
    }
    for who in columns[:-1]:
        for told in (column for column in columns if column > who and people[who] and tells[column]):
            found = _beside_names(text, table, who, told, people[who], tells[told])
            if found:
                return found
    return []


def _people(text: str, column: _Column) -> dict[int, str]:
    """The names in a column, each alone in its cell, by row."""
    first = {row: re.split(r"\s*[(,]", spans[0].of(text))[0] for row, spans in column.items() if len(spans) == 1}
    return {row: name for row, name in first.items() if names(name) and not nobody(name)}


def _beside_names(
    text: str, table: _Table, who: int, told: int, people: Mapping[int, str], tells: Collection[int]
) -> list[Voice]:
    rows, said = table.columns[who], table.columns[told]
    both = [row for row in rows if row in said and any(map(str.isalnum, rows[row][0].of(text)))]
    if len(both) < 2 or any(row not in people for row in both):
        return []
    telling = [row for row in both if row in tells]
    known = sum(person(people[row]) or speaks(people[row]) for row in both)
    again = len({people[row] for row in both}) < len(both)
    beyond = who > 0 and 3 * len(telling) >= 2 * len(both) and (2 * known > len(both) or again)
    if not known or (len(telling) < len(both) and not beyond):
        return []
    return [
        Voice((Span(rows[row][0].start, rows[row][0].start + len(people[row])),), (), tuple(said[row]), "table")
        for row in telling
    ]


_SIDE_BY_SIDE = 60
"""Columns from the left in which who speaks and what is said are looked for, each beside each."""


def _records(text: str, table: _Table, mine: Collection[str] = ()) -> list[Voice]:
    """What a table of fields holds, each in a row of its own: "Person" beside a name, "Wording" beside what is said."""
    cells = table.cells
    if any(column > 1 for column in table.columns):
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


def _speaker(text: str, heads: _Column) -> int | None:
    """The column whose head says that it names who speaks."""
    for column, spans in sorted(heads.items()):
        words = re.findall(r"[a-z]+", spans[0].of(text).lower())
        if _who(words):
            return column
    return None


def _naming(text: str, table: _Table) -> int | None:
    """The column whose cells are names, most of them; the one with the most of them."""
    columns = {
        number: [re.split(r"\s*[,(\n]", spans[0].of(text))[0] for row, spans in column.items() if row]
        for number, column in table.columns.items()
    }
    named = {column: sum(names(one) and len(one.split()) >= 2 for one in told) for column, told in columns.items()}
    best = max(named, key=lambda column: (named[column], -column), default=None)
    return best if best is not None and best and 2 * named[best] > len(columns[best]) >= 2 else None


def _said(head: str) -> bool:
    """Whether a column is headed as one of what somebody says."""
    words = re.findall(r"[a-z]+", head.lower())
    return bool(words) and len(words) <= 6 and not words_of("heads of what is said").isdisjoint(words)
