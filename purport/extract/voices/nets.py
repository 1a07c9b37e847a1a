"""Layouts that are seen and not resolved: what stands in them is somebody's, not known whose, never the text's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from purport.extract.voices.leads import collects
from purport.extract.voices.runs import DESCRIBED, headed, prose, runs
from purport.extract.voices.slots import name_likeness, numbered
from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, BlockKind, Span, Spans, trimmed

_CLOCK = re.compile(r"\s*[\[(]?\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?[ \t]+(?=\S)")
_NUMBERED = re.compile(r"[^\W\d_]{0,16}[ .-]{0,3}#")
_BOX = re.compile(r"^[ \t]*[+┌╔][-─═=+┬╦]{6,200}[+┐╗][ \t]*$", re.MULTILINE)
_SIGN = re.compile(r"[\[(<*][^\n]{0,160}[\])>*]\.?$")
_ENDS = ".!?…"
_MINE = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]urs?|[Mm]e|us|mine|[Yy]ou|[Yy]ours?)\b")
_QUOTED = re.compile(r"[“\"«„][^“”\"«»\n]{1,2000}[”\"»]")
_APART = 3
"""Short lines between what is said, from which on they part it."""
_UNITS = 2
_LINE = 90
"""Characters of a line at most that says what kind of person answers."""


def unresolved(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """What stands in boxes, behind times of a recording, and under numbered heads of which some have a name."""
    kinds = (_timed, _described, _units, _collected)
    return [*_boxes(text), *next((found for kind in kinds if (found := kind(text, blocks))), [])]


def _collected(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """What stands between short lines, in a text that says that it holds what others say, and in which people speak of
    themselves."""
    if not collects(text, blocks):
        return []
    says = [prose(text, block) for block in blocks]
    apart = [n for n, told in enumerate(says) if not told and blocks[n].kind is not BlockKind.CELL]
    lead = next((n for n, told in enumerate(says) if told), len(blocks))
    apart = [n for n in apart if n > lead or (n + 1 == lead and n > 1)]
    if len(apart) < _APART:
        return []
    said = [block.span for n, block in enumerate(blocks) if says[n] and apart[0] < n <= apart[-1] + 1]
    mine = sum(_MINE.search(_QUOTED.sub("", span.of(text)[:2000])) is not None for span in said)
    return [Voice((), (), (span,), "somebody") for span in said] if 3 * mine >= len(said) else []


def _described(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """What stands under lines that only tell what kind of person answers: "F, 45, Upper Quay"."""
    parts = [part for block in blocks for part in headed(text, block)]
    found: list[Voice] = []
    for (head, _), (block, _) in pairwise(parts):
        if len(head.span) <= _LINE and DESCRIBED.match(text, head.span.start, head.span.end):
            found.append(Voice((head.span,), (), (block.span,), "somebody"))
    return found if len(found) >= 2 else []


def _boxes(text: str) -> Iterator[Voice]:
    """What is written into boxes that are drawn around it."""
    edges = [match.span() for match in _BOX.finditer(text)]
    for (_, first), (last, _) in zip(edges[::2], edges[1::2], strict=False):
        said = []
        at = first
        for piece in text[first:last].splitlines(keepends=True):
            start, end = at, at + len(piece)
            at = end
            while start < end and text[start] in "|│║ \t":
                start += 1
            while end > start and text[end - 1] in "|│║ \t\r\n":
                end -= 1
            line = trimmed(text, start, end)
            if line is not None:
                said.append(line)
        if said and any(line.of(text)[-1] in _ENDS for line in said):
            yield Voice((), (), tuple(said), "box")


def _timed(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """What stands behind the times of a recording, in a text that says that it is one."""
    if not _recorded(text, blocks):
        return []
    found: list[Voice] = []
    for block in blocks:
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            continue
        match = _CLOCK.match(text, block.span.start, block.span.end)
        said = trimmed(text, match.end(), block.span.end) if match is not None else None
        if said is not None and not _SIGN.match(said.of(text)):
            found.append(Voice((), (), (said,), "somebody"))
    return found if len(found) >= 3 else []


def _recorded(text: str, blocks: Sequence[Block]) -> bool:
    words = {word for block in blocks[:6] for word in re.findall(r"[a-z]+", block.span.of(text)[:400].lower())}
    return not words.isdisjoint(words_of("words for recordings"))


def _units(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """What stands under heads that begin alike with a number ("PTT-0114  0:38  incoming  Beda Rullin"), of which one
    has a name at least, or that tell of a text which says that it holds what others say."""
    parts = [part for block in blocks for part in headed(text, block)]
    inside = [block for block, _ in parts]
    says = [told for _, told in parts]
    groups: dict[str, list[tuple[int, int, Spans]]] = {}
    found = list(runs(text, inside, says))
    for at, run in enumerate(found):
        if run.last >= len(inside):
            continue
        end = found[at + 1].first if at + 1 < len(found) else len(inside)
        for fields, told in zip(run.lines, run.told, strict=True):
            begins = _NUMBERED.match(told)
            own = set(re.findall(r"[a-z]+", begins[0])) if begins is not None else set()
            if begins is not None and len(fields) >= 2 and own.isdisjoint(words_of("words of headings")):
                groups.setdefault(begins[0], []).append((run.last, end, fields))
                break
    counts = Counter({prefix: len(group) for prefix, group in groups.items()})
    for prefix, often in counts.most_common(1):
        named = [_person(text, fields) for _, _, fields in groups[prefix]]
        if often < _UNITS or not (any(named) or collects(text, blocks)):
            continue
        return [
            Voice((name,) if name is not None else (), (), said, "somebody")
            for (first, last, _), name in zip(groups[prefix], named, strict=True)
            if (said := tuple(block.span for block in inside[first : min(last, first + _usual(groups[prefix]))]))
        ]
    return []


def _usual(group: Sequence[tuple[int, int, Spans]]) -> int:
    """How many blocks stand below a head at most, that of the last one aside: below it the text may go on."""
    return max([end - first for first, end, _ in group[:-1]], default=1)


def _person(text: str, fields: Spans) -> Span | None:
    least = 0.8 if len(fields) > 2 else 1.0  # "Chapter 3: The River War"
    found = next(
        (span for span in fields[1:] if name_likeness(span.of(text)) >= least and not numbered(text, span)), None
    )
    if found is not None:
        return found
    end = text.find("\n", fields[-1].end)
    bracket = _IN_BRACKETS.search(text, fields[-1].start, end if end >= 0 else len(text))
    named = bracket is not None and name_likeness(bracket[1]) >= least
    return Span(*bracket.span(1)) if bracket is not None and named else None


_IN_BRACKETS = re.compile(r"\(([^()\n\d]{3,40})\)[ \t]*$", re.MULTILINE)
