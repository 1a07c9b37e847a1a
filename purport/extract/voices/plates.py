"""Names that stand by themselves above or below what somebody says: in testimonies, letters, diaries, plays, records.

A name plate is a short block without a sentence: a name, with an age, an office or a place behind it. Where such blocks
recur, what stands between them is theirs: below them, or above where the last of them ends the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from purport.extract.voices.voice import Voice
from purport.model.document import Block, BlockKind, Span, Spans, trimmed
from purport.syntax.labels import read_label
from purport.syntax.speakers import given_by, names, person

_DIRECTION = re.compile(r"(?:\([^()\n]{2,120}\)|\[[^\[\]\n]{2,120}\])[.]?$")
_DASH = re.compile(r"\s*(?:--|[-—–―])\s*")
_PARTS = re.compile(r"\s*(?:,|\(|\n| to (?=[A-Z])|\s[-–—|·•]\s|;)")
_LONG = 25
"""Characters from which on a block is words that somebody says, and no plate."""
_MOST = 90
"""Characters of a plate at most."""
_MINE = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b")
_BRACKETED = re.compile(r"\([^()\n]{3,120}\)[.]?$")
_YEAR = re.compile(r"\b(?:1[89]|2[01])\d{2}\b")
_RULE = re.compile(r"[\W_]+$")


def plates(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """What stands under name plates, or over them; and under headings that say whose answer or letter follows."""
    found = _headed(text, blocks)
    if found:
        return found
    plate = {n: name for n, block in enumerate(blocks) if (name := _plate(text, block)) is not None}
    plate = _alone(text, blocks, plate)
    said = Counter(name.of(text).lower() for name in plate.values())
    # "CURTAIN": capitals that come once and lead to nothing name nobody.
    plate = {
        n: name
        for n, name in plate.items()
        if not name.of(text).isupper() or said[name.of(text).lower()] > 1 or _words(text, blocks, n + 1)
    }
    if len(plate) < 2 or not _recurs(text, blocks, plate):
        return []
    return _above(text, blocks, plate) if _below(text, blocks, plate) else _under(text, blocks, plate)


def _alone(text: str, blocks: Sequence[Block], plate: dict[int, Span]) -> dict[int, Span]:
    """The plates, of those that follow each other without a word between them the one with a person, or the first."""
    kept: dict[int, Span] = {}
    last = -2
    for number in sorted(plate):
        if number == last + 1:
            before = max(kept)
            led = " to " in blocks[before].span.of(text)
            if not led and person(plate[number].of(text)) and not person(kept[before].of(text)):
                del kept[before]
                kept[number] = plate[number]
        else:
            kept[number] = plate[number]
        last = number
    return kept


def _headed(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """Under "Answer given by Ms Dorn", and under names that are headings."""
    said: dict[int, Spans] = {}
    for number, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING or block.level == 1:
            continue
        match = given_by(text, block.span)
        if match is not None:
            said[number] = (match,)
    heads = [n for n, block in enumerate(blocks) if block.kind is BlockKind.HEADING and block.level != 1]
    named = [
        n
        for n in heads
        if names(name := re.split(r"\s*[,(\n]", blocks[n].span.of(text))[0]) and 2 <= len(name.split()) <= 4
    ]
    told = sum(_MINE.search(blocks[n + 1].span.of(text)) is not None for n in named if n + 1 < len(blocks))
    if len(named) >= 3 and 4 * len(named) >= 3 * len(heads) and told >= 2:
        for number in named:
            start = blocks[number].span.start
            name = re.split(r"\s*[,(\n]", blocks[number].span.of(text))[0]
            said.setdefault(number, (Span(start, start + len(name)),))
    if len(said) < 2 or 2 * len(said) < len(heads):
        return []
    for number in heads:
        words = blocks[number].span.of(text)
        name = re.split(r"\s*[,(\n]", words)[0]
        if number not in said and names(name) and len(name.split()) >= 2:
            said[number] = (Span(blocks[number].span.start, blocks[number].span.start + len(name)),)
    found = []
    for number, source in said.items():
        content = _until(text, blocks, number + 1, lambda n: blocks[n].kind is BlockKind.HEADING)
        if content:
            found.append(Voice(source, (), content, "heading"))
    return found


def _plate(text: str, block: Block) -> Span | None:
    """The name on a plate; None for a block that is none."""
    words = block.span.of(text)
    if block.kind is BlockKind.SIGNATURE and not block.depth and (own := read_label(text, block.span).name):
        return own
    if block.kind in (BlockKind.CELL, BlockKind.LABEL) or block.level == 1 or block.depth or len(words) > _MOST:
        return None
    if _YEAR.search(words) or words.count("\n") > 2 or words.rstrip("*_ ")[-1:] in tuple(".!?:;"):
        return None
    start = block.span.start
    dash = _DASH.match(text, start, block.span.end)
    start = dash.end() if dash else start
    while start < block.span.end and text[start] in "*_[( ~#":
        start += 1
    stop = _PARTS.search(text, start, block.span.end)
    name = trimmed(text, start, stop.start() if stop else block.span.end)
    while name is not None and name.of(text)[-1] in "*_]) ":
        name = trimmed(text, name.start, name.end - 1)
    if name is None or not names(name.of(text)) or len(name.of(text).split()) > 5:
        return None
    shouted = name.of(text).isupper() and len(name.of(text).split()) <= 4 and "\n" not in words
    mark = text[stop.start() : stop.end()].strip() if stop is not None else None
    if mark == "to" and stop is not None and names(text[stop.end() : block.span.end].split("\n")[0]):
        return name  # "Corvayne to Ashmeer", over a letter
    further = mark in (",", "(", "")
    if person(name.of(text)) or shouted or (further and len(name.of(text).split()) >= 2) or dash:
        return name
    return None


def _recurs(text: str, blocks: Sequence[Block], plate: dict[int, Span]) -> bool:
    """Whether the plates are a pattern: three at least, or two with a name in full, each beside words."""
    beside = [n for n in plate if _words(text, blocks, n + 1) or _words(text, blocks, n - 1)]
    people = [
        n for n in beside if person(plate[n].of(text)) or plate[n].of(text).isupper() or _further(text, blocks[n])
    ]
    paragraphs = sum(len(block.span) >= _LONG for block in blocks)
    ends = [n for n in beside if n + 1 == len(blocks) or blocks[n + 1].kind is BlockKind.HEADING]
    few = paragraphs <= 6 or (len(ends) == len(beside) and paragraphs <= 12)
    return len(people) >= 2 and len(beside) >= (2 if few else 3) and 5 * len(beside) >= paragraphs


def _further(text: str, block: Block) -> bool:
    return "," in block.span.of(text) or "\n" in block.span.of(text)


def _words(text: str, blocks: Sequence[Block], number: int) -> bool:
    """Whether a block is there and says something."""
    if not 0 <= number < len(blocks):
        return False
    block = blocks[number]
    own = block.span.of(text)
    told = own.rstrip("\"'”’»*_) ")[-1:] in tuple(".!?…")
    return block.kind not in (BlockKind.HEADING, BlockKind.LABEL) and (told or len(own) >= 2 * _LONG)


def _below(text: str, blocks: Sequence[Block], plate: dict[int, Span]) -> bool:
    """Whether plates stand below what they sign."""
    dashed = sum(
        _DASH.match(text[text.rfind("\n", 0, blocks[n].span.start) + 1 : blocks[n].span.end]) is not None for n in plate
    )
    if 2 * dashed > len(plate):
        return True
    bracketed = [n for n, block in enumerate(blocks) if _BRACKETED.match(block.span.of(text))]
    if 2 * sum(n in plate for n in bracketed) > len(plate):
        return not _words(text, blocks, bracketed[-1] + 1)
    above = sum(_words(text, blocks, n - 1) for n in plate)
    under = sum(_words(text, blocks, n + 1) or _DIRECTION.match(_own(text, blocks, n + 1)) is not None for n in plate)
    last = max(plate)
    return above > under or (above == under and not _words(text, blocks, last + 1))


def _own(text: str, blocks: Sequence[Block], number: int) -> str:
    return blocks[number].span.of(text) if 0 <= number < len(blocks) else ""


def _under(text: str, blocks: Sequence[Block], plate: dict[int, Span]) -> list[Voice]:
    found = []
    order = sorted(plate)
    for number in order:
        first = number + 1
        while first < len(blocks) and _DIRECTION.match(_own(text, blocks, first)):
            first += 1
        depth = blocks[first].depth if first < len(blocks) else 0

        def ends(n: int, depth: int = depth) -> bool:
            return n in plate or blocks[n].kind is BlockKind.HEADING or blocks[n].depth < depth

        content = _until(text, blocks, first, ends)
        if content:
            found.append(Voice((plate[number],), (), content, "name above"))
    return found


def _above(text: str, blocks: Sequence[Block], plate: dict[int, Span]) -> list[Voice]:
    found = []
    start = 0
    bracketed = [n for n in plate if _BRACKETED.match(blocks[n].span.of(text))]
    if 2 * len(bracketed) > len(plate):
        # "(woman from Upper Ussel, born 1961)": signed in the same dress, and by nobody who is named.
        unnamed = {n for n, block in enumerate(blocks) if n not in plate and _BRACKETED.match(block.span.of(text))}
    else:
        # In the place of the others, before a heading or at the end, and nobody who is named.
        closing = [n for n in plate if n + 1 == len(blocks) or blocks[n + 1].kind is BlockKind.HEADING]
        unnamed = {
            n
            for n, block in enumerate(blocks)
            if len(closing) == len(plate)
            and n not in plate
            and (n + 1 == len(blocks) or blocks[n + 1].kind is BlockKind.HEADING)
            and len(block.span) <= _MOST
            and not _words(text, blocks, n)
            and block.kind is not BlockKind.HEADING
        }
    order = sorted({*plate, *unnamed})
    usual = min((later - number - 1 for number, later in pairwise(order)), default=1)
    for number in order:
        inside = range(start, number)
        heads = [n for n in inside if blocks[n].kind is BlockKind.HEADING and blocks[n].level != 1]
        begin = heads[-1] + 1 if heads else start
        if number == order[0] and not heads:
            begin = max(begin, number - max(1, usual))  # what stands before the first may be the text's own
        content = tuple(blocks[n].span for n in range(begin, number) if not _RULE.match(blocks[n].span.of(text)))
        if content:
            found.append(Voice((plate[number],) if number in plate else (), (), content, "name below"))
        start = number + 1
    return found


def _until(text: str, blocks: Sequence[Block], first: int, ends: Callable[[int], bool]) -> Spans:
    found = []
    for number in range(first, len(blocks)):
        if ends(number):
            break
        words = blocks[number].span.of(text)
        if not _DIRECTION.match(words) and not _RULE.match(words):
            found.append(blocks[number].span)
    return tuple(found)
