"""Whose the words in the columns of a plain text are: columns below names, beside names or codes, and notes in a
margin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from purport.extract.voices.columns import Grid, Row, grids
from purport.extract.voices.legends import Legend, bare
from purport.extract.voices.slots import name_likeness
from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Span, Spans, trimmed
from purport.syntax.labels_names import unmarked
from purport.syntax.speakers import body, names, speaks

_SAID = 3.0
"""Words of a line from which on, on an average, a column says something."""
_BESIDE = 0.4
"""Share of the words of the longest column from which on another one stands side by side with it."""
_COLUMNS = 3
"""Columns from which on the first line is one of their heads."""
_HEAD = 6
"""Lines above a column in which its head is looked for."""
_LONG = 6
"""Words of a cell without a full stop from which on it says something."""
_LEFT = 0.4
"""How much surer a column of codes is than one to the right of it: who calls stands before who is called."""
_NAME_ENDS = re.compile(r"\s*(?:[,(;]|\s[-–—]\s)")
_LED = re.compile(r"(?P<open>[\[(])(?P<name>[^\[\]()\n]{1,40})[\])]:?(?:\s+|$)")
_SIGN = re.compile(r"[\[(<*][^\n]{0,120}[\])>*]\.?$")
_SOUND = re.compile(r"^[\[(][^\[\]()\n]{1,60}[\])]\s*")


@dataclass(slots=True)
class _Unit:
    """What stands beside a label: the label, and the words in lines."""

    label: Span | None
    said: list[Span] = field(default_factory=list)


def in_columns(text: str, key: Legend) -> list[Voice]:
    """What is said in the columns of a plain text; none where no column names anybody."""
    found: list[Voice] = []
    for grid in grids(text):
        words = [_words(text, grid, column) for column in range(len(grid[0][0].cells))]
        most = max(sum(counts) for counts in words)
        told = [
            column
            for column, counts in enumerate(words)
            if counts and sum(counts) >= _SAID * len(counts) * 0.8 and sum(counts) >= _BESIDE * most
        ]
        if not told or most < 12:
            continue
        if len(told) >= 2:
            found += _noted(text, grid, key) or _headed(text, grid, told, key)
        else:
            found += (
                _noted(text, grid, key) or _labelled(text, grid, told[0], key) or _testified(text, grid, told[0], key)
            )
    return [replace(one, content=_joint(text, one.content)) for one in found]


def _joint(text: str, spans: Spans) -> Spans:
    """Lines that have nothing but space between them as one."""
    found: list[Span] = []
    for span in spans:
        if found and found[-1].end <= span.start and not text[found[-1].end : span.start].strip():
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)


def _words(text: str, grid: Grid, column: int) -> list[int]:
    return [len(span.of(text).split()) for part in grid for row in part if (span := row.cells[column]) is not None]


def _sentence(words: str) -> bool:
    return words.rstrip("\"'”’»)]* ")[-1:] in tuple(".!?…") or len(words.split()) >= _LONG


def _headed(text: str, grid: Grid, told: Sequence[int], key: Legend) -> list[Voice]:
    """Columns that each have a name for a head: all that stands below it is theirs."""
    for part in grid:
        heads = {column: _head(text, part, column, key) for column in told}
        named = {column: head for column, head in heads.items() if head is not None}
        if 3 * len(named) < 2 * len(told) or len(named) < 2:
            continue
        found = []
        for column in told:
            head, first = named.get(column), 1
            if head is not None:
                first = head[1]
            for paragraph in _paragraphs(grid, column, part, first):
                found.append(Voice((head[0],) if head is not None else (), (), paragraph, "column"))
        return found
    return []


def _head(text: str, part: Sequence[Row], column: int, key: Legend) -> tuple[Span, int] | None:
    """Who a column is headed by, and the number of the line from which on it is theirs."""
    ruled = next((n for n, row in enumerate(part[: 2 * _HEAD]) if row.rule), None)
    best: tuple[float, Span, int] | None = None
    seen = 0
    for number, row in enumerate(part[: ruled if ruled is not None else 2 * _HEAD]):
        span = row.cells[column]
        if span is None:
            continue
        seen += 1
        words = _NAME_ENDS.split(span.of(text).strip(",;:"))[0].strip("*_ ")
        who = key.part(words, span.start) or key.side(words)
        worth = 1.0 if who is not None else _worth(words, key)
        if words.lower() in words_of("sides") or (worth == 0 and speaks(words)):
            worth = 0.5
        if span.of(text)[-1] in ".!?…" or seen > _HEAD:
            break
        if worth >= 0.4 and (best is None or worth > best[0]):
            best = (worth, who or Span(span.start, span.start + len(words)), number + 1)
    if best is None:
        return None
    first = ruled + 1 if ruled is not None else _after_head(text, part, column, best[2])
    return best[1], first


def _after_head(text: str, part: Sequence[Row], column: int, first: int) -> int:
    """The first line behind a head without a rule: behind the blank line that ends its paragraph, if there is one
    soon."""
    for number in range(first, min(len(part), first + 3)):
        if part[number].blank:
            return number + 1
        span = part[number].cells[column]
        if span is not None and span.of(text)[-1] in ".!?":
            return first
    return first


def _paragraphs(grid: Grid, column: int, headed: Sequence[Row], first: int) -> Iterator[Spans]:
    said: list[Span] = []
    below = False
    for part in grid:
        below = below or part is headed
        if not below:
            continue
        for row in part[first if part is headed else 0 :]:
            span = row.cells[column]
            if span is not None:
                said.append(span)
            elif row.blank and said:
                yield tuple(said)
                said = []
        if said:
            yield tuple(said)
            said = []


def _worth(words: str, key: Legend) -> float:
    """How much words of a column are the name, the code or the part of somebody who speaks."""
    words = words.strip(" *_:.")
    if not words or words[-1] in "!?":
        return 0.0
    if key.code(words) is not None:
        return 1.0
    if body(words.lower()) and names(words):
        return 0.8
    name = _NAME_ENDS.split(words)[0]
    return name_likeness(name) if len(name) > 1 and name[0].isupper() else 0.0


def _labelled(text: str, grid: Grid, told: int, key: Legend) -> list[Voice]:
    """The words beside names or codes: of the columns that are not told, the one that has most of them."""
    heads = [row.cells for part in grid for row in part[:1]]
    best: tuple[float, list[_Unit]] | None = None
    for column in range(len(heads[0])):
        if column == told:
            continue
        units = [
            unit
            for part in grid
            for unit in _units(part, column, told)
            if _sentence(_joined(text, unit.said)) and not (unit.label is not None and key.tells(unit.label))
        ]
        for unit in units:
            unit.label = unmarked(text, unit.label) if unit.label is not None else None
        worth = _certain(text, units, heads, column, key)
        coded = sum(unit.label is not None and key.code(unit.label.of(text)) is not None for unit in units)
        if 2 * coded >= len(units):
            worth += _LEFT if worth and best is None else 0.0
        if worth and (best is None or worth > best[0]):
            best = (worth, units)
    if best is None:
        return []
    found = []
    for unit in best[1]:
        said = _unsounded(text, unit.said)
        if not said:
            continue
        label = unit.label
        source: Spans = ()
        if label is not None and (label.of(text).lower() not in words_of("fields of documents")):
            source = _source(text, label, key, said[0].start)
        found.append(Voice(source, (), tuple(said), "column"))
    return found


def _source(text: str, label: Span, key: Legend, at: int) -> Spans:
    words = label.of(text)
    known = key.code(words) or key.told_in(words, at)
    if known is not None:
        return (known,)
    name = _NAME_ENDS.split(words.strip(":.[]()"))[0]
    start = label.start + max(0, words.find(name))
    return (Span(start, start + len(name)),) if _worth(name, key) > 0 or speaks(name) or _part(name) else ()


def _part(words: str) -> bool:
    return words.lower().strip(" :.") in words_of("heads of who speaks") | words_of("sides")


def _joined(text: str, spans: Sequence[Span]) -> str:
    return " ".join(span.of(text) for span in spans)


def _unsounded(text: str, said: Sequence[Span]) -> list[Span]:
    """What is said, without a sound or a note in brackets that begins it or is all of it."""
    if _SIGN.match(_joined(text, said)):
        return []
    first = _SOUND.match(said[0].of(text))
    begin = trimmed(text, said[0].start + first.end(), said[0].end) if first is not None else said[0]
    return [*([begin] if begin is not None else []), *said[1:]]


def _certain(
    text: str, units: Sequence[_Unit], heads: Sequence[Sequence[Span | None]], column: int, key: Legend
) -> float:
    """How sure it is that a column names who says what stands beside it; 0 where it is not sure enough."""
    labels = [(unit.label, unit) for unit in units if unit.label is not None]
    if len(labels) < 2 or 3 * len(labels) < len(units):
        return 0.0
    words = [" ".join(label.of(text).split()) for label, _ in labels]
    values = [max(_worth(one, key), 0.8 * (speaks(one) or _part(one))) for one in words]
    named = [(one, value) for one, value in zip(words, values, strict=True) if value >= 0.4]
    said = Counter(one.lower() for one, _ in named)
    if 3 * len(named) < 2 * len(labels) or len(said) < 2:
        return 0.0
    keyed = sum(key.code(one) is not None or key.part(one, 0) is not None for one, _ in named)
    people = sum(value >= 0.8 for _, value in named)
    head = any(
        span is not None
        and not words_of("heads of who speaks").isdisjoint(re.findall(r"[a-z]+", span.of(text).lower()))
        for cells in heads
        for span in (cells[column],)
    )
    again = len(said) < len(named)
    dressed = sum("(" in one[1:] for one, _ in named)  # "Tverrin (Free)"
    sure = 2 * keyed >= len(named) or head or 2 * people >= len(named) or (again and len(named) >= 4)
    sure = sure or 3 * dressed >= 2 * len(named)
    return (sum(value for _, value in named) + head + again) / len(labels) if sure else 0.0


def _units(part: Sequence[Row], label: int, told: int) -> Iterator[_Unit]:
    """What is said, with the label beside its first line; or beside any, where the labels stand behind it."""
    behind = label > told
    unit = _Unit(None)
    gap = True
    for row in part:
        own, said = row.cells[label], row.cells[told]
        other = any(span is not None for n, span in enumerate(row.cells) if n not in (label, told))
        if row.blank:
            gap = True
            continue
        begins = (own is not None and not behind) or (other and (gap or not behind)) or (gap and (behind or other))
        if begins and (unit.said or unit.label):
            if unit.said:
                yield unit
            unit = _Unit(None)
        if own is not None:
            unit.label = unit.label or own
        if said is not None:
            unit.said.append(said)
        gap = False
    if unit.said:
        yield unit


def _testified(text: str, grid: Grid, told: int, key: Legend) -> list[Voice]:
    """The words in a column that is headed as what somebody says, whom the record names, if it is one: "Testimony"."""
    head = next((row.cells[told] for part in grid for row in part if row.cells[told] is not None), None)
    low = re.findall(r"[a-z]+", head.of(text).lower()) if head is not None else []
    if not low or len(low) > 3 or words_of("heads of what is said").isdisjoint(low):
        return []
    who = key.sole()
    if who is None and len(grid[0][0].cells) < _COLUMNS:
        return []  # a field of the document's own: "SE  Opinion"
    units = [unit for part in grid for unit in _units(part, 0, told) if unit.said[0] != head]
    said = [_unsounded(text, unit.said) for unit in units]
    return [Voice((who,) if who is not None else (), (), tuple(one), "column") for one in said if one]


def _noted(text: str, grid: Grid, key: Legend) -> list[Voice]:
    """Notes in a column that each begin with who made them, in brackets: "[Treasury] Sixty-one.", "(red)"."""
    for column in range(len(grid[0][0].cells) - 1, -1, -1):
        notes: list[tuple[Span, list[Span]]] = []
        for part in grid:
            open_ = False
            for row in part:
                span = row.cells[column]
                if span is None:
                    open_ = open_ and not row.blank
                    continue
                match = _LED.match(text, span.start, span.end)
                if match is not None:
                    notes.append((Span(*match.span("name")), []))
                    rest = trimmed(text, match.end(), span.end) if match.end() < span.end else None
                    notes[-1][1].extend([rest] if rest is not None else [])
                    open_ = True
                elif open_:
                    notes[-1][1].append(span)
        named = [(name, said) for name, said in notes if said and _worth(bare(name.of(text)), key) >= 0.4]
        if len(named) >= 2 and 3 * len(named) >= 2 * len(notes):
            return [
                Voice((key.code(name.of(text)) or name,), (), tuple(said), "note in a margin")
                for name, said in notes
                if said
            ]
    return []
