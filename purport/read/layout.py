"""Where the blocks of a plain text are: paragraphs, headings and items, told by blank lines and by how lines end.

Whether a single line end joins or parts two lines is decided for the whole text by the lengths of its lines: where
they are wrapped at a width, the first word of the next line would not have fitted on this one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from purport.model.document import Block, BlockKind, trimmed
from purport.read.dates import iso_date

MARKER = re.compile(r"\s*(?:[-–—*+•‣◦▪●·\uf0b7]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)|\d{1,2}\.)[ \t\u00a0]+(?=\S)")
"""The bullet or number that begins an item."""

SPEAKER = re.compile(
    r"\s*(?:[QA]|[A-Z][A-Z.'’\- ]{1,40}|(?:[A-Z][\w.'’-]*\s){0,4}[A-Z][\w.'’-]*)(?:\s*\([^)\n]{1,40}\))?:\s+(?=\S)"
)
"""The label of a speaker at the start of a line, with its colon: "Q: ", "MARA DENK: ", "Minister Denk: "."""

_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_QUOTED = re.compile(r"[ \t]{0,3}(?:>[ \t]?){1,12}(?![->])(?=[^\n]|$)")
"""The marks of a quotation at a line's beginning, as mail has them; ">>" that a name follows is a turn's."""
_SINGLE = re.compile(r"^[ \t]{0,3}>(?!>)", re.MULTILINE)
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,}|\*{3,}|_{3,})\s*")
_CLOSERS = "\"'”’»)]*_ \t"
_FULL_STOPS = ".!?…。！？؟"
_WIDEST_WRAP = 120
_HEADING = 90
_SHORT = 0.6
"""Share of the width up to which a line is not taken for one that was wrapped early."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its end: `start` and `end` in the text, its words, and those facts that decisions need. Marks of
    quotation before it (`depth` of them) are no part of it."""

    start: int
    end: int
    text: str
    depth: int = 0

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace()

    @property
    def stops(self) -> bool:
        return self.text.rstrip(_CLOSERS)[-1:] in tuple(_FULL_STOPS)

    @property
    def opens(self) -> bool:
        """Whether it begins as an item or with the label of a speaker."""
        return bool(MARKER.match(self.text) or SPEAKER.match(self.text))


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text; an item's span leaves out its marker, and an underline is in no block."""
    lines = list(_lines(text))
    runs = list(_runs(lines))
    width = _wrap_width(runs)
    groups: list[tuple[list[_Line], BlockKind, int]] = []
    for at, run in enumerate(runs):
        groups += _grouped(run, width, last=at + 1 == len(runs))
    found = []
    deep = _set_in(groups)
    for number, (group, kind, level) in enumerate(groups):
        marker = MARKER.match(group[0].text) if kind is BlockKind.ITEM else None
        span = trimmed(text, group[0].start + (marker.end() if marker else 0), group[-1].end)
        if span is not None:
            found.append(Block(span, kind, level, group[0].depth + (number in deep)))
    return tuple(found)


_SOME = 0.12
"""Share of a text's paragraphs at an indent from which on it is one that the text begins at."""
_SET_IN = 3
"""Columns by which a quotation is set in at least."""


def _set_in(groups: Sequence[tuple[list[_Line], BlockKind, int]]) -> set[int]:
    """The numbers of paragraphs that are set in as quotations are: all lines of a group deeper than those of most
    text, in a text whose first lines are not, with sentences in them."""
    indents = [min(_indent(line) for line in group) for group, _, _ in groups]
    sizes: Counter[int] = Counter()
    for (group, kind, _), indent in zip(groups, indents, strict=True):
        if kind is BlockKind.PARAGRAPH and not group[0].depth:
            sizes[indent] += sum(len(line.text) for line in group)
    if not sizes:
        return set()
    usual = min(indent for indent, size in sizes.items() if size >= _SOME * sum(sizes.values()))
    found = set()
    for number, ((group, kind, _), indent) in enumerate(zip(groups, indents, strict=True)):
        told = any(line.stops for line in group) or group[0].text.strip()[:1] in "-–—"
        if kind is not BlockKind.HEADING and indent >= usual + _SET_IN and not group[0].depth and told:
            found.add(number)
    whole = (groups[number][0] for number in found if groups[number][1] is BlockKind.PARAGRAPH)
    most = sum(len(line.text) for group in whole for line in group)
    return found if most <= 0.8 * sum(sizes.values()) else set()


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    mail = _SINGLE.search(text) is not None  # ">>" alone is how captions mark that another speaks
    for found in [*_END.finditer(text), None]:
        end = found.start() if found else len(text)
        marks = _QUOTED.match(text, start, end) if mail else None
        begin = marks.end() if marks else start
        yield _Line(begin, end, text[begin:end], marks[0].count(">") if marks else 0)
        start = found.end() if found else len(text)


def _runs(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """The lines between blank ones. Rules of dashes are in no run, unless they underline the line before."""
    run: list[_Line] = []
    for line in lines:
        if line.blank or (run and line.depth != run[-1].depth) or (not run and _UNDERLINE.fullmatch(line.text)):
            if run:
                yield run
            run = [] if line.blank or (not line.depth and _UNDERLINE.fullmatch(line.text)) else [line]
        else:
            run.append(line)
    if run:
        yield run


def _wrap_width(runs: Sequence[Sequence[_Line]]) -> int | None:
    """The number of characters at which lines are wrapped; None where a line is a paragraph."""
    lengths = sorted(len(line.text) for run in runs for line in run)
    pairs = [(a, b) for run in runs for a, b in pairwise(run) if not _UNDERLINE.fullmatch(b.text)]
    if not pairs:
        return None
    width = lengths[min(len(lengths) - 1, int(0.98 * len(lengths)))]
    if not 30 <= width <= _WIDEST_WRAP:
        return None
    pairs = [(a, b) for a, b in pairs if not b.opens]
    full = sum(_full(a, b, width) for a, b in pairs)
    stopped = sum(a.stops for a, _ in pairs)
    return width if pairs and full >= 0.5 * len(pairs) and stopped <= 0.5 * len(pairs) else None


def _full(line: _Line, after: _Line, width: int) -> bool:
    """Whether the next line's first word would not have fitted; lines may be wrapped a little short of the width."""
    first = after.text.split(None, 1)[0]
    return len(line.text.rstrip()) + 1 + len(first) > 0.9 * width


def _grouped(run: list[_Line], width: int | None, last: bool) -> Iterator[tuple[list[_Line], BlockKind, int]]:
    """One run parted into blocks: their lines, kinds and levels."""
    group: list[_Line] = []
    for at, line in enumerate(run):
        under = _UNDERLINE.fullmatch(line.text)
        if under:
            if len(group) > 1:
                yield _kind(group[:-1])
            if group:
                yield [group[-1]], BlockKind.HEADING, 1 if "=" in line.text else 2
            group = []
            continue
        if group and not _joins(group, line, width):
            yield _kind(group)
            group = []
        after = run[at + 1] if at + 1 < len(run) else None
        if not group and _heads(line, after, width, last=last and after is None, alone=len(run) == 1):
            yield [line], BlockKind.HEADING, 0
            continue
        group.append(line)
    if group:
        yield _kind(group)


def _kind(group: list[_Line]) -> tuple[list[_Line], BlockKind, int]:
    item = MARKER.match(group[0].text)
    return group, BlockKind.ITEM if item else BlockKind.PARAGRAPH, 0


def _joins(group: Sequence[_Line], line: _Line, width: int | None) -> bool:
    """Whether `line` goes on with the block whose lines so far are `group`."""
    before = group[-1]
    goes_on = not before.stops and line.text.lstrip()[:1].islower()
    full = width is not None and _full(before, line, width)
    if line.opens:
        # In wrapped text a dash or a number may by chance be the first thing on a line.
        item = MARKER.match(group[0].text) or before.text.rstrip().endswith((":", ";"))
        return full and not before.stops and not item
    if width is None:
        return goes_on or (bool(MARKER.match(group[0].text)) and line.text[:1] in " \t" and not before.stops)
    if before.stops and _indent(line) > _indent(group[0]) and len(group) > 1 and not MARKER.match(group[0].text):
        return False
    if full or goes_on:
        return True
    if not before.stops:
        # A masthead, an address, a verse: short lines that each begin anew.
        return len(before.text) > _SHORT * width or not line.text.lstrip()[:1].isupper()
    return len(before.text) > 0.75 * width


def _indent(line: _Line) -> int:
    return len(line.text.expandtabs()) - len(line.text.expandtabs().lstrip())


def _heads(line: _Line, after: _Line | None, width: int | None, *, last: bool, alone: bool) -> bool:
    """Whether `line`, the first of a block, is a heading. `after` is the next line of its run."""
    words = line.text.strip()
    if last or not _titled(words) or (after is not None and _UNDERLINE.fullmatch(after.text)):
        return False
    if after is None:
        return alone
    if after.text.lstrip()[:1].islower() or after.opens or not _headed(after):
        return False
    if width is not None:
        return not _full(line, after, width) and len(words) < 0.8 * width
    return len(after.text) > 1.5 * len(words)


def _headed(after: _Line) -> bool:
    return after.stops or len(after.text) > 40


def _titled(words: str) -> bool:
    """Whether a line has the form of a title: short, begun by a capital or a number, without a stop at its end."""
    if len(words) > _HEADING or len(words.split()) > 14 or words[-1:] in tuple(_FULL_STOPS + ",;:-–—"):
        return False
    if words.rstrip(_CLOSERS)[-1:] in tuple(_FULL_STOPS + ",;"):
        return False
    first = words.lstrip("\"'“‘«([#")[:1]
    if not (first.isupper() or first.isdigit()) or not any(c.isalpha() for c in words):
        return False
    return not (MARKER.match(words) or SPEAKER.match(words) or iso_date(words) or _signed(words))


def _signed(words: str) -> bool:
    """Whether a line is a by-line or a note of where and when, which names no section."""
    return bool(re.match(r"(?:by|from|source|published|updated|photo|contact)\b", words, re.I)) or "@" in words
