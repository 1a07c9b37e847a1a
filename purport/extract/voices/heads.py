"""Contributions whose heads or feet have the same shape: whoever stands in the same place of each says what it holds.

Between the paragraphs of a text stand runs of short lines that are no sentences: a number, a name, a place, a date.
Where the runs of a text have names in the same place (the second line, the third part of a line between bars), what
follows each run is the words of the name in it; or what stands before it, where the last run ends the text. The place
is found from the text itself, as wrappers of pages are (Kushmerick 1997), and no shape is listed here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, BlockKind, Span, Spans, trimmed
from purport.syntax.speakers import names, person, speaks

_PARTS = re.compile(
    r"\s*[|/\\·•\[\]<>{}«»#→▶]+\s*|\s+[-–—]+\s+|\s*[—]+\s*|\s*;\s+|\s*:(?:\s+|$)|\t+\s*|[ \u00a0]{2,}"
    r"|\b(?:[Bb]y|[Ff]rom|[Tt]o)\s+(?=[^\W\d_a-z])|\s+to\s+(?=[^\W\d_a-z])"
)
"""What parts a line into fields."""
_BEHIND = re.compile(r"\s*(?:,|\(|(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St))(?<!\bMrs)\.\s|\s(?:on|at|of)\s\d)")
"""What stands behind a name in its field: an office, an age, a day."""
_DATELINE = re.compile(r",?\s+\d{1,2}\.? (?:[^\W\d_]{3,})|,?\s+[^\W\d_]{3,} \d{1,2}\b")
_EDGES = "*_~\"'“”‘’.,:- "
_LINE = 140
"""Characters that a line of a head has at most."""
_LINES = 10
"""Lines that a head has at most."""
_SAID = 60
"""Characters from which on a block without a full stop says something."""
_PARAGRAPHS = 8
"""Paragraphs that are looked at beside a run."""
_ENDS = tuple(".!?…")
_MINE = re.compile(
    r"\b(?:I|[Ww]e|[Mm]y|[Oo]urs?|[Mm]e|us|mine|[Yy]ou|[Yy]ours?)\b|^(?:Sir|Madam|Dear [^\n,]{1,40}|To the editor)\b[,.:—–]?",
    re.MULTILINE,
)
_QUOTED = re.compile(r"[“\"«„][^“”\"«»\n]{1,2000}[”\"»]")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\. ?){1,3}[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+)?$")
_LINE_KEY = re.compile(r"[^\W\d_a-z][\w '-]{0,16}?\.?:(?=\s+\S)")
_DIGITS = re.compile(r"\d+(?:[.,:/]\d+)*")
_NUMBER = re.compile(r"[\W\d_]*(?:\b(?:am|pm|[a-z])\b)?[\W\d_]*$", re.I)
_BARS = re.compile(r"\s[|·•]\s|\s/\s")
_RULE = re.compile(r"[\W_]+$")
_BIO = re.compile(r"(?P<name>[^\W\d_a-z][\w'’-]+(?:\s(?:[^\W\d_a-z]\.|de|van|von|al|bin|[^\W\d_a-z][\w'’-]+)){1,3})(?=[\s,(])")


@dataclass(frozen=True, slots=True)
class _Run:
    """Blocks from `first` to before `last` that say nothing, in lines; each line in fields, and as it is `told` with
    its numbers left out. Of the lines at most those
    up to `feet` sign what stands above, and those from `tops` on name what stands below."""

    first: int
    last: int
    lines: tuple[tuple[Span, ...], ...]
    told: tuple[str, ...]
    feet: int
    tops: int

    def part(self, *, under: bool) -> _Run:
        """The run as a head, or as a foot: what is on the other side of its headings and rules left out."""
        kept = slice(self.tops, None) if under else slice(None, self.feet)
        return replace(self, lines=self.lines[kept], told=self.told[kept])


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place in a run: the line, from the first (0) or from the last (-1), and the field in it; with an anchor, the
    line is counted from one that all runs have."""

    line: int
    field: int
    anchor: str | None = None

    def of(self, run: _Run) -> Span | None:
        """What stands there in a run."""
        line = self.line
        if self.anchor is not None:
            if self.anchor not in run.told:
                return None
            line += run.told.index(self.anchor)
            if line < 0:
                return None
        if not -len(run.lines) <= line < len(run.lines):
            return None
        fields = run.lines[line]
        return fields[self.field] if self.field < len(fields) else None


def heads(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """What stands under heads, or over feet, that have a name in the same place; none where none recurs."""
    runs = list(_runs(text, blocks))
    # A letter that is read out has heads of its own.
    depths = Counter(blocks[run.first].depth for run in runs)
    runs = [run for run in runs if 2 * depths[blocks[run.first].depth] >= max(depths.values())]
    if len(runs) < 2:
        return []
    best: tuple[float, _Slot, bool] | None = None
    for under in (True, False):
        beside = [run for run in runs if _prose(text, blocks, run.last if under else run.first - 1)]
        group = [part for run in beside if (part := run.part(under=under)).lines]
        for slot in _slots(group):
            worth = _worth(text, blocks, group, slot, under=under)
            if worth and (best is None or worth > best[0]):
                best = (worth, slot, under)
    if best is None:
        return []
    runs = [run.part(under=best[2]) for run in runs]
    return _under(text, blocks, runs, best[1]) if best[2] else _over(text, blocks, runs, best[1])


def _prose(text: str, blocks: Sequence[Block], number: int) -> bool:
    """Whether a block is there and says something."""
    if not 0 <= number < len(blocks):
        return False
    block = blocks[number]
    if block.kind in (BlockKind.HEADING, BlockKind.LABEL, BlockKind.SIGNATURE, BlockKind.CELL):
        return False
    if block.strong and _BIO.match(text, block.span.start, block.span.end):
        return False
    words = block.span.of(text)
    if (words[0] in "([" and words.rstrip(".")[-1] in ")]" and len(words) <= _LINE) or _keyed(words):
        return False
    if len(words) <= _LINE and len(_BARS.findall(words)) >= 2:
        return False
    words = words.rstrip("\"'”’»*_)] ")
    if words.count("\n") >= 1 and all(len(line) <= 40 for line in words.split("\n")) and words[-1:] not in _ENDS:
        return False
    return words[-1:] in _ENDS or (len(words) >= _SAID and _running(words))


_KEY = re.compile(r"[^\W\d_a-z][\w '-]{0,16}?\.?:\s+\S[^\n]{0,90}$", re.MULTILINE)


def _keyed(words: str) -> bool:
    """Whether each line has a key and a short value: "Inf.: Mrs Hester Quillan (b. 1889), Northport."."""
    lines = words.splitlines()
    return len(words) <= 4 * _LINE and all(_KEY.match(line.strip()) for line in lines if line.strip())


def _running(words: str) -> bool:
    """Whether words go on as in a sentence: most of them small."""
    parts = words.split()
    return 2 * sum(part[0].islower() for part in parts) >= len(parts)


def _runs(text: str, blocks: Sequence[Block]) -> Iterator[_Run]:
    """The runs of blocks that say nothing."""
    number = 0
    while number < len(blocks):
        if _prose(text, blocks, number):
            number += 1
            continue
        first = number
        while number < len(blocks) and not _prose(text, blocks, number):
            number += 1
        lines: list[tuple[Span, ...]] = []
        told: list[str] = []
        cuts: list[int] = []
        for block in blocks[first:number]:
            apart = text[max(0, block.span.start - 2) : block.span.start].count("\n") != 1  # no underlined name
            if (block.kind is BlockKind.HEADING and block.level) or (apart and _RULE.match(block.span.of(text))):
                cuts.append(len(lines))
            if block.kind is not BlockKind.CELL:
                for words, fields in _lines(text, block):
                    lines.append(fields)
                    key = _LINE_KEY.match(words)
                    told.append(key[0] if key else _DIGITS.sub("#", words.lower()))
        if lines:
            feet, tops = (cuts[0], cuts[0] or cuts[-1]) if cuts else (len(lines), 0)
            yield _Run(first, number, tuple(lines), tuple(told), feet, tops)


def _lines(text: str, block: Block) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """The lines of a block that says nothing, each as it stands and in fields."""
    at = block.span.start
    for line in block.span.of(text).splitlines(keepends=True):
        span = trimmed(text, at, at + len(line))
        at += len(line)
        if span is None or _RULE.match(span.of(text)):
            continue
        if block.strong and (bio := _BIO.match(text, span.start, span.end)) is not None:
            yield span.of(text), (Span(*bio.span("name")),)
        elif len(span) <= _LINE:
            yield span.of(text), tuple(_fields(text, span))


def _fields(text: str, line: Span) -> Iterator[Span]:
    """The fields of a line, each cut down to the name that may stand in it."""
    if text[line.start] == "(" and text[line.end - 1] == ")" and len(line) > 4:
        line = Span(line.start + 1, line.end - 1)
    start = line.start
    cuts = [*_PARTS.finditer(text, line.start, line.end), None]
    for cut in cuts:
        end = cut.start() if cut is not None else line.end
        if start < end:
            stop = _BEHIND.search(text, start + 1, end)
            part = trimmed(text, start, stop.start() if stop else end)
            while part is not None and len(part) > 1 and text[part.start] in _EDGES:
                part = Span(part.start + 1, part.end)
            while part is not None and len(part) > 1 and text[part.end - 1] in _EDGES and not _initial(part.of(text)):
                part = Span(part.start, part.end - 1)
            led = cut is not None and cut[0].strip().lower() in (":", "by", "from")
            key = led and cut is not None and cut.end() < line.end
            if part is not None and not key and not _DATELINE.match(text, part.end, line.end):
                yield part
        start = cut.end() if cut is not None else line.end


def _initial(words: str) -> bool:
    return re.search(r"\b[A-Z]\.$", words) is not None


def _slots(runs: Sequence[_Run]) -> Iterator[_Slot]:
    seen: Counter[tuple[int, int]] = Counter()
    for run in runs:
        count = len(run.lines)
        for line, fields in enumerate(run.lines):
            for field in range(min(len(fields), 8)):
                if line < _LINES:
                    seen[line, field] += 1
                if count - line <= _LINES:
                    seen[line - count, field] += 1
    common = Counter(told for run in runs for told in set(run.told))
    for told in sorted(told for told, often in common.items() if often >= 2 and 3 * often >= 2 * len(runs)):
        for line in (-1, 1, 2) if told[-1] != ":" else (0,):
            for field in range(4):
                yield _Slot(line, field, told)
    for (line, field), often in sorted(seen.items(), key=lambda one: (-one[1], abs(one[0][0]), one[0])):
        if often >= 2 and 2 * often >= len(runs):
            yield _Slot(line, field)


def _value(words: str) -> float:
    """How much the words of a slot are somebody's name, from 0 to 1."""
    count = len(words.split())
    if _NUMBER.match(words) or count > 5 or len(words) < 2:
        return 0.0
    low = words.lower()
    if low.split()[0] in ("dear", "yours", "sincerely", "respectfully", "faithfully", "signed"):
        return 0.0
    if any(word[0].isdigit() and not word.isdigit() for word in low.split()):
        return 0.0
    numbered = count > 1 and low.split()[-1].strip("#.").isdigit()
    if numbered and low.split()[0] not in words_of("roles of speakers"):
        return 0.0  # "Tab 4", "Insert 2"
    if low.split()[0] in words_of("months") | words_of("weekdays") or low in words_of("fields of documents"):
        return 0.0
    if _INITIALS.match(words):
        return 1.0
    if person(words) and count >= 2:
        return 0.7 if " of " in words else 1.0
    if low.split()[-1] in words_of("thoroughfares") or low.split()[-1] in words_of("kinds of places"):
        return 0.2
    if names(words):
        return 0.8 if 2 <= count <= 4 or speaks(words) else 0.5
    if count == 1 and words[0].isalpha() and not words[0].isupper() and len(words) >= 3:
        return 0.4  # a handle
    return 0.0


def _worth(text: str, blocks: Sequence[Block], runs: Sequence[_Run], slot: _Slot, *, under: bool) -> float:
    """How sure it is that names stand in a slot; 0 where it is not sure enough."""
    title = Span(blocks[0].span.start, blocks[0].span.start + len(blocks[0].span.of(text).split("\n")[0]))
    there = [
        (run, span.of(text)) for run in runs if (span := slot.of(run)) is not None and not title.contains(span)
    ]
    named = [(run, words) for run, words in there if _value(words) > 0]
    said = Counter(words.lower() for _, words in named)
    if len(named) < 2 or 3 * len(named) < 2 * len(there) or len(said) < 2:
        return 0.0
    values = [_value(words) for _, words in named]
    worth = sum(values) / len(runs)
    led = sum(_led(text, span) for run, _ in named if (span := slot.of(run)) is not None)
    worth += 0.5 * led / len(runs)
    people = sum(value == 1.0 for value in values)
    again = len(said) < len(named)
    shaped = sum(len(run.lines) > 1 or len(run.lines[0]) > 1 or _bio(blocks, run, slot) for run, _ in named)
    said_by = [_nearby(text, blocks, run, under=under) for run, _ in named]
    mine = [_MINE.search(one) is not None for one in said_by]
    about = [_about(words, one) for (_, words), one in zip(named, said_by, strict=True)]
    if 2 * sum(about) >= len(named) and 2 * sum(mine) < len(named):
        return 0.0  # what is told of people under their names
    signed = sum(_signed(text, blocks, run, span) for run, _ in named if (span := slot.of(run)) is not None)
    if 2 * signed > len(named):
        worth += -1.0 if under else 0.5
    keyed = sum(_key(text, span) for run, _ in named if (span := slot.of(run)) is not None)
    if keyed < 0:
        return 0.0
    worth += keyed / len(runs)
    evidence = (people >= 2 and 2 * people >= len(named)) or 2 * keyed > len(named)
    evidence = evidence or (again and worth >= 0.4) or (2 * shaped >= len(named) and sum(mine) >= 2)
    if not evidence:
        return 0.0
    reach = sum(_prose(text, blocks, n) for n in range(len(blocks)))
    if 6 * len(named) < reach:
        return 0.0
    last = there[-1][0]
    if 2 * sum(said[words.lower()] > 1 for _, words in named) > len(named) and said[there[-1][1].lower()] < 2:
        last = there[-2][0]  # "CURTAIN"
    ends = _prose(text, blocks, last.last) == under
    return worth + 0.3 * ends + 0.2 * (2 * people >= len(named)) + 0.1 * again - 0.05 * (slot.line if slot.line >= 0 else -slot.line - under)


def _led(text: str, span: Span) -> int:
    """1 where a name stands behind "by" or "from", or before "to"; -1 where it is whom it goes to; else 0."""
    before = text[max(0, span.start - 6) : span.start].lower()
    if before.endswith(("by ", "from ")) or text[span.end : span.end + 4].lower() == " to ":
        return 1
    return -1 if before.endswith(" to ") else 0


_DASHED = re.compile(r"\s*(?:--|[-–—―~])\s*$")


def _signed(text: str, blocks: Sequence[Block], run: _Run, span: Span) -> bool:
    """Whether a name stands behind a dash, in a line that is all in brackets, as under a quotation, or in what the
    layout calls a signature."""
    if any(b.kind is BlockKind.SIGNATURE and b.span.contains(span) for b in blocks[run.first : run.last]):
        return True
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = text[start : end if end >= 0 else len(text)].strip("*_ \t\r")
    return _DASHED.match(text[start : span.start]) is not None or (line[:1] == "(" and line.rstrip(".")[-1:] == ")")


_BEFORE = re.compile(r"(?P<key>[^\W\d_][\w '-]{1,20}?)\.?(?::|[ \t]{2,})\s*$")
_WHO = ("inf", "voice", "told by")
_WHOM = frozenset("byline coll collected collector recorded recorder editor translator typist transcriber received to cc".split())


def _key(text: str, span: Span) -> int:
    """1 where the key before a value says that it is who speaks; -1 where it is who only took it down; else 0."""
    match = _BEFORE.search(text, text.rfind("\n", 0, span.start) + 1, span.start)
    if match is None:
        return 0
    words = match["key"].lower().split()
    if not _WHOM.isdisjoint(words):
        return -1
    return int(not words_of("heads of who speaks").isdisjoint(words) or words[-1] in _WHO)


def _bio(blocks: Sequence[Block], run: _Run, slot: _Slot) -> bool:
    """Whether what stands in the slot begins a line in bold or italic letters on whoever wrote."""
    span = slot.of(run)
    return span is not None and any(
        block.strong and block.span.start == span.start and block.span.end > span.end
        for block in blocks[run.first : run.last]
    )


def _nearby(text: str, blocks: Sequence[Block], run: _Run, *, under: bool) -> str:
    """The words of the paragraphs that a run stands over, or under."""
    number, step = (run.last, 1) if under else (run.first - 1, -1)
    found = []
    while len(found) < _PARAGRAPHS and _prose(text, blocks, number):
        found.append(blocks[number].span.of(text))
        number += step
    return _QUOTED.sub("", "\n".join(found))


def _about(name: str, words: str) -> bool:
    """Whether the paragraph speaks of the person by the name."""
    last = name.split()[-1]
    return len(last) > 2 and re.search(rf"\b{re.escape(last)}\b", words, re.I) is not None


def _named(text: str, run: _Run, slot: _Slot) -> Spans:
    span = slot.of(run)
    title = not run.first and span is not None and span == run.lines[0][0] and len(run.lines) == 1
    return (span,) if span is not None and not title and _value(span.of(text)) > 0 else ()


def _nobody(text: str, blocks: Sequence[Block], runs: Sequence[_Run], run: _Run, slot: _Slot) -> bool:
    """Whether a run without a name in the slot stands for somebody who is not named: it is of the same kind as those
    that have one, and no heading of the text's own."""
    span = slot.of(run)
    if span is None or not run.first or span.of(text).lower().split()[-1] in words_of("words of headings"):
        return False
    kinds = Counter(_kind(blocks, other, named[0]) for other in runs if (named := _named(text, other, slot)))
    return kinds[_kind(blocks, run, span)] > 0


def _kind(blocks: Sequence[Block], run: _Run, span: Span) -> bool:
    """Whether a span stands in a heading."""
    return any(
        block.kind is BlockKind.HEADING and block.span.contains(span) for block in blocks[run.first : run.last]
    )


def _content(blocks: Sequence[Block], first: int, last: int, depth: int) -> Iterator[Span]:
    for number in range(first, last):
        if blocks[number].depth < depth:
            return
        yield blocks[number].span


def _under(text: str, blocks: Sequence[Block], runs: Sequence[_Run], slot: _Slot) -> list[Voice]:
    found: list[Voice] = []
    known = {told for run in runs if _named(text, run, slot) for told in run.told}
    last = -1
    for at, run in enumerate(runs):
        end = runs[at + 1].first if at + 1 < len(runs) else len(blocks)
        if run.last >= end:
            continue
        source = _named(text, run, slot)
        content = tuple(_content(blocks, run.last, end, blocks[run.last].depth))
        if not source and last == at - 1 and found and known.issuperset(run.told):
            # "Reference 2" of one interview: the same goes on.
            found[-1] = replace(found[-1], content=(*found[-1].content, *content))
        elif source or _nobody(text, blocks, runs, run, slot):
            found.append(Voice(source, (), content, "name above"))
        else:
            continue
        last = at
    return found


def _over(text: str, blocks: Sequence[Block], runs: Sequence[_Run], slot: _Slot) -> list[Voice]:
    found = []
    for at, run in enumerate(runs):
        start = runs[at - 1].last if at else 0
        source = _named(text, run, slot)
        if start >= run.first or not (source or _nobody(text, blocks, runs, run, slot)):
            continue
        content = tuple(block.span for block in blocks[start : run.first])
        found.append(Voice(source, (), content, "name below"))
    return found
