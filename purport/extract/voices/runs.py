"""Runs of short lines between the paragraphs of a text, and the fields of their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from purport.lexicons.classes import words_of
from purport.model.document import Block, BlockKind, Span, trimmed
from purport.syntax.labels_names import unmarked

_PARTS = re.compile(
    r"\s*[|/\\·•\[\]<>{}«»#→▶]+\s*|\s*[=*_~+]{3,}\s*|\s+[-–—]+\s+|\s*[—]+\s*|\s*;\s+|\s*:(?:\s+|$)|\t+\s*|[ \u00a0]{2,}"
    r"|\b(?:[Bb]y|[Ff]rom|[Tt]o)\s+(?=[^\W\d_a-z])|\s+to\s+(?=[^\W\d_a-z])"
)
"""What parts a line into fields."""
_BEHIND = re.compile(
    r"\s*(?:,|\((?![\w.]{2,6}\) [^\W\d_a-z])"
    r"|(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|Fr))(?<!\b(?:Mrs|Rev|Ald|Cpl|Sgt))\.\s|\s(?:on|at|of)\s\d)"
)
"""What stands behind a name in its field: an office, an age, a day."""
_MONTH = "|".join(sorted({*words_of("months"), *words_of("short months")}))
_DATELINE = re.compile(rf",?\s+\d{{1,2}}\.? (?:{_MONTH})\b|,?\s+(?:{_MONTH})\.? \d{{1,2}}\b", re.I)
_TITLE = re.compile(r"\([^\W\d_][\w. ]{0,14}\) (?=[^\W\d_])")
"""A title in brackets before a name: "(Canon) Lucian Pell"."""
_EDGES = "*_~\"'“”‘’.,:- "
_INITIAL = re.compile(r"\b[A-Z]\.$")
_LINE = 140
"""Characters that a line of a head has at most."""
_LINES = 12
"""Lines at either end of a run that are looked at."""
_SAID = 60
"""Characters from which on a block without a full stop says something."""
_NARROW = 40
"""Characters of the lines of an address at most."""
_ENDS = tuple(".!?…")
_KEYED = re.compile(r"(?:[^\W\d_a-z][\w '-]{0,16}?\.?:\s+|[^\W\d_]{2,14}(?:[ \t]{3,}|\t))\S[^\n]{0,90}$", re.MULTILINE)
_KEY = re.compile(r"[^\W\d_a-z][\w '-]{0,16}?\.?:(?=\s+\S)")
_DIGITS = re.compile(r"\d+(?:[.,:/]\d+)*")
_BARS = re.compile(r"\s[|·•]\s|\s/\s|\S(?:[ ]{3,}|\t)(?=\S)")
_GAPS = re.compile(r"\S[ ]{2,}(?=\S)")
_TIMED = re.compile(r"\[?\d{1,2}:\d{2}(?::\d{2})?[.,\d]*\]?[ \t]*(?:[-–—>]+|to)[ \t]*\[?\d{1,2}:\d{2}")
_LETTERS = re.compile(r"(?:[A-Z]\.\s?){2,4}$")
_AGED = re.compile(r"(?:An?|One|Two|Three) (?:[^\W\d_]+ ){0,2}[^\W\d_]+, \d{2}\b")
DESCRIBED = re.compile(
    rf"(?:[FMX]|(?i:(?:an? |young |old |older |elderly )?(?:{'|'.join(sorted(words_of('kinds of respondents')))})))"
    r"[.,]? (?:aged )?\d{2}\b[^.!?\n]{0,60}$"
)
"""Who answers a survey, in place of a name: "F, 45, Upper Quay"."""
_RULE = re.compile(r"[\W_]+$")
_BIO = re.compile(
    r"(?P<name>[^\W\d_a-z][\w'’-]+(?:\s(?:[^\W\d_a-z]\.|de|van|von|al|bin|[^\W\d_a-z][\w'’-]+)){1,3})(?=[\s,(])"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks from `first` to before `last` that say nothing, in lines; each line in fields, and as it is `told` with
    its numbers left out. Of the lines at most those up to `feet` sign what stands above, and those from `tops` on name
    what stands below."""

    first: int
    last: int
    lines: tuple[tuple[Span, ...], ...]
    told: tuple[str, ...]
    feet: int
    tops: int
    headings: bool
    """Whether all of its blocks are headings."""

    def part(self, *, under: bool) -> Run:
        """The run as a head, or as a foot: what is on the other side of its headings and rules left out."""
        kept = slice(self.tops, None) if under else slice(None, self.feet)
        return replace(self, lines=self.lines[kept], told=self.told[kept])


def prose(text: str, block: Block) -> bool:
    """Whether a block says something, as a sentence does, and is no head, name, line of fields or address."""
    if block.kind in (BlockKind.HEADING, BlockKind.LABEL, BlockKind.SIGNATURE, BlockKind.CELL):
        return False
    if block.strong and _BIO.match(text, block.span.start, block.span.end):
        return False
    if len(block.span) > 4 * _LINE:
        return True
    words = block.span.of(text)
    if (words[0] in "([" and words.rstrip(".")[-1:] in (")", "]") and len(words) <= _LINE) or _keyed(words):
        return False
    if len(words) <= _LINE and len(_BARS.findall(words)) >= 2:
        return False
    if DESCRIBED.match(words):
        return False
    if _LETTERS.match(words) or (len(words) <= _LINE and _AGED.match(words)):
        return False  # "C.E.", to whom a minute goes on; "A nurse, 41. Night ward."
    words = words.rstrip("\"'”’»*_)] ")
    if words.count("\n") >= 1 and words[-1:] not in _ENDS and all(len(line) <= _NARROW for line in words.split("\n")):
        return False
    return words[-1:] in _ENDS or (len(words) >= _SAID and _running(words))


def _keyed(words: str) -> bool:
    """Whether each line has a key and a short value: "Inf.: Mrs Hester Quillan (b. 1889), Northport."."""
    return all(_KEYED.match(line.strip()) for line in words.splitlines() if line.strip())


def _running(words: str) -> bool:
    """Whether words go on as in a sentence: most of them small."""
    parts = words.split()
    return 2 * sum(part[0].islower() for part in parts) >= len(parts)


def headed(text: str, block: Block) -> Iterator[tuple[Block, bool]]:
    """A block, and whether it says something; where its first line is a head of several fields over what is said, in
    two."""
    end = text.find("\n", block.span.start, block.span.end)
    if block.kind is BlockKind.PARAGRAPH and 0 < end - block.span.start <= _LINE:
        first, rest = trimmed(text, block.span.start, end), trimmed(text, end, block.span.end)
        if first is not None and rest is not None and _is_head(first.of(text), rest.of(text)):
            yield replace(block, span=first), False
            yield replace(block, span=rest), True
            return
    yield block, prose(text, block)


def _is_head(line: str, rest: str) -> bool:
    """Whether a line is a head of fields, and what is below it goes on as a sentence."""
    barred = len(_BARS.findall(line)) >= 2
    timed = _TIMED.match(line) is not None
    if DESCRIBED.match(line):
        return True
    barred = barred or (len(_GAPS.findall(line)) >= 2 and len(_DIGITS.findall(line)) >= 2)
    ends = rest.rstrip("\"'”’»*_)] ")[-1:] in _ENDS
    return line[-1] not in _ENDS and ((barred and ends) or (timed and (ends or rest[0].islower())))


def runs(text: str, blocks: Sequence[Block], says: Sequence[bool]) -> Iterator[Run]:
    """The runs of blocks that say nothing; `says` is whether each block does."""
    number = 0
    while number < len(blocks):
        if says[number]:
            number += 1
            continue
        first = number
        while number < len(blocks) and not says[number]:
            number += 1
        run = _run(text, blocks, first, number)
        if run.lines:
            yield run


def _run(text: str, blocks: Sequence[Block], first: int, last: int) -> Run:
    lines: list[tuple[Span, ...]] = []
    told: list[str] = []
    cuts: list[int] = []
    for block in blocks[first:last]:
        apart = text[max(0, block.span.start - 2) : block.span.start].count("\n") != 1  # no underlined name
        if (block.kind is BlockKind.HEADING and block.level) or (apart and _RULE.match(block.span.of(text))):
            cuts.append(len(lines))
        if block.kind is not BlockKind.CELL:
            for words, fields in _lines(text, block):
                key = _KEY.match(words)
                lines.append(fields)
                told.append(key[0] if key else _DIGITS.sub("#", words.lower()))
    feet, tops = (cuts[0], cuts[0] or cuts[-1]) if cuts else (len(lines), 0)
    if len(lines) > 2 * _LINES:
        gone = len(lines) - 2 * _LINES
        del lines[_LINES:-_LINES], told[_LINES:-_LINES]
        feet, tops = min(feet, _LINES), max(0, tops - gone)
    headings = all(block.kind is BlockKind.HEADING for block in blocks[first:last])
    return Run(first, last, tuple(lines), tuple(told), feet, tops, headings)


def _lines(text: str, block: Block) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """The lines of a block that says nothing, each as it stands and in fields."""
    at = block.span.start
    for line in block.span.of(text).splitlines(keepends=True):
        span = trimmed(text, at, at + len(line))
        at += len(line)
        if span is None or _RULE.match(text, span.start, span.end):
            continue
        if block.strong and (bio := _BIO.match(text, span.start, span.end)) is not None:
            yield span.of(text), (Span(*bio.span("name")),)
        elif len(span) <= _LINE:
            yield span.of(text), tuple(_fields(text, span))


def _fields(text: str, line: Span) -> Iterator[Span]:
    """The fields of a line, each cut down to the name that may stand in it."""
    if text[line.start] == "(" and text[line.end - 1] == ")" and len(line) > 4:
        line = Span(line.start + 1, line.end - 1)
        if " " not in line.of(text).strip():
            return  # "(Laughter)"
    start = line.start
    for cut in (*_PARTS.finditer(text, line.start, line.end), None):
        end = cut.start() if cut is not None else line.end
        if start < end:
            stop = _BEHIND.search(text, start + 1, end)
            part = trimmed(text, start, stop.start() if stop else end)
            if part is not None and (title := _TITLE.match(text, part.start, part.end)) is not None:
                part = Span(title.end(), part.end)
            while part is not None and len(part) > 1 and text[part.start] in _EDGES:
                part = Span(part.start + 1, part.end)
            while part is not None and len(part) > 1 and text[part.end - 1] in _EDGES and not _initial(text, part):
                part = Span(part.start, part.end - 1)
            part = unmarked(text, part) if part is not None else None
            led = cut is not None and cut[0].strip().lower() in (":", "by", "from")
            key = led and cut is not None and cut.end() < line.end
            if part is not None and not key and not _DATELINE.match(text, part.end, line.end):
                yield part
        start = cut.end() if cut is not None else line.end


def _initial(text: str, part: Span) -> bool:
    return _INITIAL.search(text, max(part.start, part.end - 4), part.end) is not None


_BEFORE = re.compile(r"(?P<key>[^\W\d_][\w '-]{1,20}?)\.?(?::|[ \t]{2,})\s*$")


def keyed(text: str, span: Span) -> int:
    """1 where the key before a value says that it is who speaks; -1 where it is who only took it down; else 0."""
    begin = max(text.rfind("\n", 0, span.start) + 1, span.start - _LINE)
    match = _BEFORE.search(text, begin, span.start)
    if match is None:
        return 0
    words = match["key"].lower().split()
    if not words_of("who takes down").isdisjoint(words):
        return -1
    return int(not words_of("heads of who speaks").isdisjoint(words))
