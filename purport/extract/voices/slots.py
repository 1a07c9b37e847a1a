"""Contributions whose heads or feet have the same shape: whoever stands in the same place of each says what it holds.

Between the paragraphs of a text stand runs of short lines that are no sentences: a number, a name, a place, a date.
Where the runs of a text have names in the same place (the second line, the third part of a line between bars), what
follows each run is the words of the name in it; or what stands before it, where the last run ends the text. The place
is found from the text itself, as wrappers of pages are (Kushmerick 1997), and no shape is listed here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from purport.extract.voices.keys import in_key
from purport.extract.voices.runs import Run, headed, keyed, runs
from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, BlockKind, Span, Spans
from purport.syntax.labels_names import nobody
from purport.syntax.speakers import body, names, person, speaks

_FIELDS = 8
"""Fields of a line that are looked at."""
_LINES = 10
"""Lines at either end of a run that names may stand in."""
_PARAGRAPHS = 8
"""Paragraphs that are looked at beside a run."""
_FAR_RIGHT = 30
"""Columns by which a signature is set to the right at least."""
_MINE = re.compile(
    r"\b(?:I|[Ww]e|[Mm]y|[Oo]urs?|[Mm]e|us|mine|[Yy]ou|[Yy]ours?)\b"
    r"|^(?:Sir|Madam|Dear [^\n,]{1,40}|To the editor)\b[,.:—–]?",
    re.MULTILINE,
)
_QUOTED = re.compile(r"[“\"«„][^“”\"«»\n]{1,2000}[”\"»]")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\. ?){1,3}[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+)?$")
_NUMBER = re.compile(r"[\W\d_]*(?:\b(?:am|pm|[a-z])\b)?[\W\d_]*$", re.I)
_RANK = re.compile(r"\s\([\w.]{2,6}\)(?=\s)")
"""What stands within a name: "Corporal (ret.) Silas Umber"."""
_ROLE = re.compile(r",\s+(?P<role>[^\W\d_][^\n,(/|]{2,60})|,\s+\d{2}\b")
_DASHED = re.compile(r"\s*(?:--|[-–—―~/])\s*$")


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place in a run: the line, from the first (0) or from the last (-1), and the field in it; with an anchor, the
    line is counted from one that all runs have. `roled`: only what has an office or a party behind it is a name."""

    line: int
    field: int
    anchor: str | None = None
    roled: bool = False

    def of(self, run: Run) -> Span | None:
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


@dataclass
class _Page:
    """A text, its blocks, whether each says something, and what was found out of its runs."""

    text: str
    blocks: Sequence[Block]
    says: list[bool]
    starts: list[int]
    """Where the blocks start."""
    beside: dict[tuple[int, bool], str] = field(default_factory=dict)

    @cached_property
    def paragraphs(self) -> int:
        """How many blocks say something."""
        return sum(self.says)

    def nearby(self, run: Run, *, under: bool) -> str:
        """The words of the paragraphs that a run stands over, or under, without quotations."""
        known = self.beside.get((run.first, under))
        if known is None:
            number, step = (run.last, 1) if under else (run.first - 1, -1)
            found: list[str] = []
            while len(found) < _PARAGRAPHS and 0 <= number < len(self.blocks) and self.says[number]:
                found.append(self.blocks[number].span.of(self.text)[:2000])
                number += step
            known = self.beside[run.first, under] = _QUOTED.sub("", "\n".join(found))
        return known

    def named(self, run: Run, slot: _Slot) -> Spans:
        """The name in a slot of a run; nothing where there is none."""
        span = slot.of(run)
        title = not run.first and span is not None and len(run.lines) == 1 and span == run.lines[0][0]
        if span is None or title or name_likeness(span.of(self.text)) <= 0:
            return ()
        return (
            (span,) if not slot.roled or (name_likeness(span.of(self.text)) >= 0.8 and _roled(self.text, span)) else ()
        )

    def block(self, run: Run, span: Span) -> Block:
        """The block of a run that a span stands in."""
        return self.blocks[bisect_right(self.starts, span.start, run.first, run.last) - 1]


def in_slots(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """What stands under heads, or over feet, that have a name in the same place; none where none recurs."""
    parts = [part for block in blocks for part in headed(text, block)]
    blocks = [block for block, _ in parts]
    page = _Page(text, blocks, [says for _, says in parts], [block.span.start for block in blocks])
    found = list(runs(text, blocks, page.says))
    # A letter that is read out has heads of its own.
    depths = Counter(blocks[run.first].depth for run in found)
    found = [run for run in found if 2 * depths[blocks[run.first].depth] >= max(depths.values())]
    if len(found) < 2:
        return []
    best: tuple[float, _Slot, bool] | None = None
    for under in (True, False):
        beside = [run for run in found if _beside(page, run, under=under)]
        group = [part for run in beside if (part := run.part(under=under)).lines]
        slots = list(_slots(group))
        for slot in (*slots, *(replace(slot, roled=True) for slot in slots if slot.anchor is None)):
            worth = _worth(page, group, slot, under=under)
            if worth > 0 and (best is None or worth > best[0]):
                best = (worth, slot, under)
    if best is None:
        return []
    best = _leftmost(page, found, best)
    found = [run.part(under=best[2]) for run in found]
    told = _under(page, found, best[1]) if best[2] else _over(page, found, best[1])
    codes = {words for one in told for span in one.source if " " not in (words := span.of(text))}
    key = {code: in_key(text, code) for code in sorted(codes)}
    return [replace(one, source=_by_key(text, one.source, key)) for one in told]


def _by_key(text: str, source: Spans, key: Mapping[str, Span | bool]) -> Spans:
    """The name that a key gives to a code; nothing where the key says that it is nobody known."""
    known = key.get(source[0].of(text), False) if source else False
    if known is True:
        return ()
    return (known,) if isinstance(known, Span) else source


def _leftmost(page: _Page, found: Sequence[Run], best: tuple[float, _Slot, bool]) -> tuple[float, _Slot, bool]:
    """The place of names, or one to the left of it in the same line that has names too: whoever speaks is told before
    where, and a place comes again sooner than a name."""
    worth, slot, under = best
    group = [part for run in found if _beside(page, run, under=under) and (part := run.part(under=under)).lines]
    for number in range(slot.field):
        left = replace(slot, field=number)
        told = [span.of(page.text) for run in group if (span := left.of(run)) is not None]
        named = [words for words in told if name_likeness(words) >= 0.6]
        if len(set(named)) >= 2 and 3 * len(named) >= 2 * len(told) >= 2 * len(group) - 2:
            return worth, left, under
    return best


def _beside(page: _Page, run: Run, *, under: bool) -> bool:
    number = run.last if under else run.first - 1
    return 0 <= number < len(page.blocks) and page.says[number]


def _slots(group: Sequence[Run]) -> Iterator[_Slot]:
    seen: Counter[tuple[int, int]] = Counter()
    for run in group:
        count = len(run.lines)
        for line, fields in enumerate(run.lines):
            for number in range(min(len(fields), _FIELDS)):
                if line < _LINES:
                    seen[line, number] += 1
                if count - line <= _LINES:
                    seen[line - count, number] += 1
    common = Counter(told for run in group for told in set(run.told))
    for told in sorted(told for told, often in common.items() if often >= 2 and 3 * often >= 2 * len(group)):
        for line in (-1, 1, 2) if told[-1] != ":" else (0,):
            for number in range(_FIELDS // 2):
                yield _Slot(line, number, told)
    for (line, number), often in sorted(seen.items(), key=lambda one: (-one[1], abs(one[0][0]), one[0])):
        if often >= 2 and 2 * often >= len(group):
            yield _Slot(line, number)


def name_likeness(words: str) -> float:
    """How much words are somebody's name, from 0 to 1."""
    words = _RANK.sub("", words)
    low = words.lower().split()
    if _NUMBER.match(words) or len(low) > 5 or len(words) < 2 or low[0] in words_of("words of letters"):
        return 0.0
    if nobody(words):
        return 0.0
    if any(word[0].isdigit() and not word.isdigit() for word in low):
        return 0.0
    numbered = len(low) > 1 and low[-1].strip("#.").isdigit()
    if numbered and low[0] not in words_of("roles of speakers"):
        # "Reviewer 2"; but "Tab 4", "Insert 2", "Chapter 3"
        return 1.0 if len(low) == 2 and low[0] in words_of("roles that are numbered") else 0.0
    if low[0] in words_of("months") | words_of("weekdays") or words.lower() in words_of("fields of documents"):
        return 0.0
    if _INITIALS.match(words):
        return 1.0
    if low[0] in _SOMEBODY and len(low) > 1 and _person_word(low[-1]):
        return 0.6  # "A nurse"
    if person(words) and len(low) >= 2:
        return 0.7 if "of" in low else 1.0
    if low[-1] in words_of("thoroughfares") | words_of("kinds of places"):
        return 0.2
    if names(words):
        return 0.8 if 2 <= len(low) <= 4 or speaks(words) else 0.5
    handle = len(low) == 1 and words[0].isalpha() and not words[0].isupper() and len(words) >= 3
    return 0.4 if handle else 0.0


_SOMEBODY = ("a", "an", "one", "two", "three")


def _person_word(word: str) -> bool:
    return word in words_of("persons") or word.endswith(tuple(words_of("endings of persons")))


def _worth(page: _Page, group: Sequence[Run], slot: _Slot, *, under: bool) -> float:
    """How sure it is that names stand in a slot; 0 where it is not sure enough."""
    text, blocks = page.text, page.blocks
    title = Span(blocks[0].span.start, blocks[0].span.start + len(blocks[0].span.of(text).split("\n")[0]))
    there = [(run, span) for run in group if (span := slot.of(run)) is not None and not _titles(title, run, span)]
    there = [(run, span) for run, span in there if not (_heading(span.of(text)) or numbered(text, span))]
    named = [(run, span) for run, _ in there for span in page.named(run, slot)]
    told = [span.of(text).lower() for _, span in named]
    if len(set(told)) == len(told):
        # A single word that comes once is a heading sooner than a name.
        single = [
            span
            for _, span in named
            if name_likeness(span.of(text)) <= 0.5 and _led(text, span) <= 0 and not _dressed(text, span)
        ]
        named = [(run, span) for run, span in named if span not in single]
        there = [(run, span) for run, span in there if span not in single]
        told = [span.of(text).lower() for _, span in named]
    said = Counter(told)
    if len(named) < 2 or (not slot.roled and 3 * len(named) < 2 * len(there)) or len(said) < 2:
        return 0.0
    if 6 * len(named) < page.paragraphs:
        return 0.0
    values = [name_likeness(span.of(text)) for _, span in named]
    nearby = [page.nearby(run, under=under) for run, _ in named]
    mine = sum(_MINE.search(one) is not None for one in nearby)
    about = sum(_about(name, one.lower()) for name, one in zip(told, nearby, strict=True))
    keys = sum(keyed(text, span) for _, span in named)
    if keys < 0 or (2 * about >= len(named) and 2 * mine < len(named)):
        return 0.0  # who only took it down; what is told of people under their names
    people = sum(one == 1.0 for one in values)
    again = len(said) < len(named)
    shaped = sum(len(run.lines) > 1 or len(run.lines[0]) > 1 or _bio(page, run, span) for run, span in named)
    kinds = {page.block(run, span).kind for run, span in named}
    apart = sum(run.headings for run in group)
    of = len(group) if BlockKind.HEADING in kinds else max(len(named), len(group) - apart)
    worth = (sum(values) + 0.5 * sum(_led(text, span) for _, span in named) + keys) / of
    if not (
        (people >= 2 and 2 * people >= len(named))
        or 2 * keys > len(named)
        or all(_roled(text, span) for _, span in named)
        or (not under and BlockKind.HEADING not in kinds and all(page.block(run, span).strong for run, span in named))
        or (again and worth >= 0.4)
        or 3 * sum(_dressed(text, span) for _, span in named) >= 2 * len(named)
        or (2 * shaped >= len(named) and mine >= 2)
    ):
        return 0.0
    if 2 * sum(_signed(page, run, span) for run, span in named) > len(named):
        worth += -1.0 if under else 0.5
    nearer = sum(_nearer(page, run) for run, _ in named)
    if 2 * abs(nearer) > len(named):
        worth += 0.5 if (nearer > 0) == under else -1.0
    last, words = there[-1][0], there[-1][1].of(text).lower()
    if 2 * sum(said[one] > 1 for one in told) > len(named) and said[words] < 2:
        last = there[-2][0]  # "CURTAIN"
    worth += 0.3 * (_beside(page, last, under=True) == under) + 0.2 * (2 * people >= len(named)) + 0.1 * again
    headings = sum(page.block(run, span).kind is BlockKind.HEADING for run, span in named)
    if 2 * headings > len(named) and any(len(run.lines) > 1 for run, _ in named):
        worth -= 0.3  # of the part, and not of who speaks in it
    worth -= 0.06 * slot.field  # whoever speaks is told before where and when
    return worth - 0.05 * (slot.line if slot.line >= 0 else -slot.line - under)


def _titles(title: Span, run: Run, span: Span) -> bool:
    """Whether a span stands in the first line of the text, and that line is no head of several fields."""
    return title.contains(span) and len(run.lines[0]) == 1


def _nearer(page: _Page, run: Run) -> int:
    """1 where a run stands nearer to what is below it, -1 where to what is above, by the empty lines between."""
    if not 0 < run.first <= run.last < len(page.blocks):
        return 0
    blocks = page.blocks
    above = page.text.count("\n", blocks[run.first - 1].span.end, blocks[run.first].span.start)
    below = page.text.count("\n", blocks[run.last - 1].span.end, blocks[run.last].span.start)
    return (above > below) - (above < below)


def _heading(words: str) -> bool:
    """Whether words are a heading's of the record's own: "BREAK", "Methodology"."""
    return words.lower().split()[-1].strip(".") in words_of("words of headings")


def numbered(text: str, span: Span) -> bool:
    """Whether words in capitals stand behind the number of an item: "41/4  WEIR LANE"."""
    before = text[text.rfind("\n", 0, span.start) + 1 : span.start].strip()
    words = span.of(text)
    return words.isupper() and " " in words and not person(words) and _ITEM.match(before) is not None


_ITEM = re.compile(r"\d{1,4}(?:[./]\d{1,4})?[.)]?$")


def _about(name: str, words: str) -> bool:
    """Whether a paragraph speaks of the person by the name; both in small letters."""
    last = name.split()[-1]
    return len(last) > 2 and last in words and re.search(rf"\b{re.escape(last)}\b", words) is not None


def _led(text: str, span: Span) -> int:
    """1 where a name stands behind "by" or "from", or before "to"; -1 where it is whom it goes to; else 0."""
    before = text[max(0, span.start - 6) : span.start].lower()
    if before.endswith(("by ", "from ")) or text[span.end : span.end + 4].lower() == " to ":
        return 1
    return -1 if before.endswith(" to ") else 0


def _signed(page: _Page, run: Run, span: Span) -> bool:
    """Whether a name stands behind a dash, far to the right, in a line that is all in brackets, as under a quotation,
    or in what the layout calls a signature."""
    if page.block(run, span).kind is BlockKind.SIGNATURE:
        return True
    text = page.text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    if _DASHED.match(text[start : span.start]) is not None:
        return True
    if span.start - start >= _FAR_RIGHT and not text[start : span.start].strip(" ()\t"):
        return True
    line = text[start : end if end >= 0 else len(text)].strip("*_ \t\r")
    return line[:1] == "(" and line.rstrip(".")[-1:] == ")"


def _roled(text: str, span: Span) -> bool:
    """Whether a name has an office, a party or an age behind it: "Tove Arnskov, netmaker"."""
    match = _ROLE.match(text, span.end)
    if match is None:
        return False
    if match["role"] is None:
        return True
    words = match["role"].lower().split()
    if _person_word(words[-1].strip(".*_ ")) or body(" ".join(words)):
        return True
    return words[0] in words_of("roles of speakers") | words_of("persons")


_BRACKET = re.compile(r"[*_]{0,2}[ \t]{0,3}\((?P<what>[^()\n\d]{2,40})\)")
_AFTER = re.compile(r"[*_]{1,3},[ \t]+[^\W\d_A-Z]")


def _dressed(text: str, span: Span) -> bool:
    """Whether a name stands in a dress that only names of those who speak have: with a side or a party in brackets
    behind it ("Quillmar (in favour)"), in bold letters with what somebody is behind a comma."""
    begin = text.rfind("\n", 0, span.start) + 1
    if any(map(str.isalnum, text[begin : span.start])):
        return False
    bracket = _BRACKET.match(text, span.end)
    if bracket is not None and text[bracket.end() : bracket.end() + 1] in ("", "\n", "*", "_", ",", ":"):
        return True
    return text[max(0, span.start - 1) : span.start] in ("*", "_") and _AFTER.match(text, span.end) is not None


def _bio(page: _Page, run: Run, span: Span) -> bool:
    """Whether a name begins a line in bold or italic letters on whoever wrote."""
    block = page.block(run, span)
    return block.strong and block.span.start == span.start and block.span.end > span.end


def _nobody(page: _Page, group: Sequence[Run], run: Run, slot: _Slot) -> bool:
    """Whether a run without a name in the slot stands for somebody who is not named: it is of the same kind as those
    that have one, and no heading of the text's own."""
    span = slot.of(run)
    if span is None or slot.roled or not run.first:
        return False
    if _heading(span.of(page.text)):
        return False
    heading = page.block(run, span).kind is BlockKind.HEADING
    named = ((other, name) for other in group for name in page.named(other, slot))
    return any((page.block(other, name).kind is BlockKind.HEADING) == heading for other, name in named)


def _under(page: _Page, group: Sequence[Run], slot: _Slot) -> list[Voice]:
    found: list[Voice] = []
    blocks = page.blocks
    known = {told for run in group if page.named(run, slot) for told in run.told}
    last = -1
    for at, run in enumerate(group):
        end = group[at + 1].first if at + 1 < len(group) else len(blocks)
        if run.last >= end:
            continue
        source = page.named(run, slot)
        depth = blocks[run.last].depth
        stop = next((n for n in range(run.last, end) if blocks[n].depth < depth), end)
        content = tuple(block.span for block in blocks[run.last : stop])
        if not source and last == at - 1 and found and known.issuperset(run.told):
            # "Reference 2" of one interview: the same goes on.
            found[-1] = replace(found[-1], content=(*found[-1].content, *content))
        elif source or _nobody(page, group, run, slot):
            found.append(Voice(source, (), content, "name above"))
        else:
            continue
        last = at
    return found


def _over(page: _Page, group: Sequence[Run], slot: _Slot) -> list[Voice]:
    found: list[Voice] = []
    blocks = page.blocks
    places = [(group[at - 1].last if at else 0, run) for at, run in enumerate(group)]
    usual = min((run.first - start for start, run in places[1:] if run.first > start), default=1)
    for start, run in places:
        source = page.named(run, slot)
        if start >= run.first or not (source or _nobody(page, group, run, slot)):
            continue
        headed = start and blocks[start - 1].kind is BlockKind.HEADING and blocks[start - 1].level != 1
        if not found and not headed:
            start = max(start, run.first - usual)  # what stands before the first may be the text's own
        last = blocks[run.first - 1]
        first = run.first
        while first > start and (blocks[first - 1].depth, blocks[first - 1].strong) == (last.depth, last.strong):
            first -= 1
        if not (last.depth or last.strong):
            first = start
        found.append(Voice(source, (), tuple(block.span for block in blocks[first : run.first]), "name below"))
    return found
