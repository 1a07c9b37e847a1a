"""Words in marks with who says them beside, once or often: "*I gave credit.*" over "Jonas Wicke, grocer"; “We had two
hundred blankets.” under "Photo 2. Sergeant Piet Rook"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from purport.extract.voices.quotations import somebody
from purport.extract.voices.runs import prose
from purport.extract.voices.slots import name_likeness
from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, BlockKind, Span, Spans, trimmed

_MARKED = (
    r"(?:“[^”]{12,1500}”|\"[^\"]{12,1500}\"|«[^»]{12,1500}»|„[^“”]{12,1500}[“”]"
    r"|(?P<em>\*{1,3}|_{1,3})(?![\s*_])[^*_]{12,1500}(?P=em))"
)
_SIGNED = re.compile(
    rf"(?P<said>{_MARKED})(?P<way>[ \t]{{0,40}}\n[ \t]{{0,80}}(?:[-–—]{{1,2}}[ \t]?)?|[ \t]{{0,9}}[-–—]{{1,2}}[ \t]?)"
    r"(?P<who>[^\W\d_][^\n]{2,90})$"
)
_WHOLE = re.compile(rf"{_MARKED}$")
_NAME_ENDS = re.compile(r"\s*[,;(|]|\s[-–—]\s")
_NAMED = re.compile(
    r"(?:[^\W\d_a-z][\w'’-]{1,30}\s){1,3}(?:(?:[^\W\d_a-z]\.|de|van|von)\s){0,1}[^\W\d_a-z][\w'’-]{1,30}"
)
_BEGINS = re.compile(r"(?P<word>[^\W\d_]{2,20})\W{0,3}\d{1,4}\b")
_LABEL = 160
"""Characters at most of a line that brings in words in marks."""


def signed(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """Words in marks that somebody stands beside; nobody where that is not told."""
    found = [voice for block in blocks if (voice := _in_block(text, block)) is not None]
    return [*found, *_pictured(text, blocks), *_over(text, blocks), *_closed(text, blocks), *_righted(text, blocks)]


_RIGHT = 30
"""Columns by which a signature is set in at least."""
_SIGNATURE = 45
"""Characters of a signature that is set to the right at most."""


def _righted(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """Words over a short line that is set far to the right of them, as a signature is, two at least."""
    found: list[Voice] = []
    for at, block in enumerate(blocks):
        begin = text.rfind("\n", 0, block.span.end) + 1
        line = trimmed(text, max(begin, block.span.start), block.span.end)
        if line is None or line.start - begin < _RIGHT or len(line) > _SIGNATURE or line.of(text)[-1] in "!?:;":
            continue
        if begin > block.span.start:
            said = trimmed(text, block.span.start, begin)
        else:
            above = blocks[at - 1] if at else block
            said = above.span if above.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and at else None
        if said is None or said.of(text)[-1] not in '.!?…"”»’':
            continue
        name = trimmed(text, line.start, line.start + len(re.split(r"[,;]", line.of(text))[0]))
        left = text.rfind("\n", 0, said.start) + 1
        if name is not None and said.start - left < _RIGHT // 2:
            found.append(Voice((name,), (), (said,), "signed"))
    return found if len({one.source[0].of(text) for one in found}) >= 2 else []


def _closed(text: str, blocks: Sequence[Block]) -> Iterator[Voice]:
    """A section that is headed as what somebody says, and ends with a name and lines of what and where he is: "Minority
    note", "Halvard Engelow", "Member of the Commission"."""
    heads = [n for n, block in enumerate(blocks) if block.kind is BlockKind.HEADING]
    for head, end in pairwise([*heads, len(blocks)]):
        low = set(re.findall(r"[a-z]+", blocks[head].span.of(text).lower()))
        if not head or low.isdisjoint(words_of("heads of what is said") | words_of("what may be quoted")):
            continue
        last = end
        while last > head + 1 and _short(text, blocks[last - 1]):
            last -= 1
        if not head + 1 < last <= end - 1:
            continue
        name = _name(blocks[last].span.of(text).split("\n")[0])
        more = last + 1 < end or "\n" in blocks[last].span.of(text) or "," in blocks[last].span.of(text)
        if more and len(name.split()) >= 2 and name_likeness(name) >= 0.8:
            start = blocks[last].span.start
            said = tuple(block.span for block in blocks[head + 1 : last])
            yield Voice((Span(start, start + len(name)),), (), said, "signed")


def _short(text: str, block: Block) -> bool:
    words = block.span.of(text) if len(block.span) <= 120 else "."
    return block.kind in (BlockKind.PARAGRAPH, BlockKind.SIGNATURE) and words[-1] not in ".!?:…"


def _in_block(text: str, block: Block) -> Voice | None:
    """Words in marks, and who says them on the next line or behind a dash."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CAPTION) or len(block.span) > 1700:
        return None
    match = _SIGNED.match(text, block.span.start, block.span.end)
    if match is None or not _said(match["said"]):
        return None
    who = _name(match["who"])
    if match["who"][-1] in "!?:" or len(match["who"].split()) > 12 or not (who[0].isupper() or somebody(who)):
        return None
    start = match.start("who")
    # "Mother of three, Pit Row" is no name, and still who says it.
    return Voice((Span(start, start + len(who)),), (), (Span(*match.span("said")),), "signed")


def _name(words: str) -> str:
    return _NAME_ENDS.split(words)[0].rstrip(" .*_")


def _said(words: str) -> bool:
    """Whether words in marks are a sentence, and no title."""
    return words.rstrip('"”»“*_ ')[-1:] in tuple(".!?…")


def _marked(text: str, block: Block) -> bool:
    words = block.span.of(text) if len(block.span) < 1600 else ""
    kinds = (BlockKind.PARAGRAPH, BlockKind.ITEM)
    return block.kind in kinds and _WHOLE.match(words) is not None and _said(words)


def _pictured(text: str, blocks: Sequence[Block]) -> Iterator[Voice]:
    """Words in marks below lines that begin alike with a number: "Photo 2. ... Sergeant Piet Rook of the guard." The
    only person that such a line names says them."""
    pairs: list[tuple[str, int]] = []
    for number, block in enumerate(blocks[:-1]):
        begins = _BEGINS.match(text, block.span.start, block.span.end)
        if begins is not None and len(block.span) <= _LABEL and _marked(text, blocks[number + 1]):
            pairs.append((begins["word"].lower(), number))
    often = Counter(word for word, _ in pairs)
    for word, number in pairs:
        if often[word] < 2:
            continue
        begins = _BEGINS.match(text, blocks[number].span.start)
        at = begins.end() if begins is not None else blocks[number].span.start
        people = [m for m in _NAMED.finditer(text, at, blocks[number].span.end) if name_likeness(m[0]) >= 0.8]
        source: Spans = (Span(*people[0].span()),) if len(people) == 1 else ()
        yield Voice(source, (), (blocks[number + 1].span,), "signed")


def over(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """Words in italics over a name, one for every part of a text: "*I gave credit.*" over "Jonas Wicke, grocer"."""
    found = [one for one in _over(text, blocks) if one.content[0].of(text)[0] in "*_"]
    return found if len(found) >= 3 else _boxed(text, blocks)


def _boxed(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """Words that are set in, each over a name that is not: where the first has none over it, and each has one below."""
    found: list[Voice] = []
    for number, (block, below) in enumerate(pairwise(blocks)):
        if not block.depth or below.depth >= block.depth or not prose(text, block):
            continue
        words = below.span.of(text)
        start = below.span.start + len(words) - len(words.lstrip("-–—*_ "))
        name = re.split(r"[*_]{1,3}|\s*[,;(|]", text[start : below.span.end])[0]
        above = blocks[number - 1].span.of(text) if number else ""
        if name_likeness(name) < 0.6 or len(words) > 90 or words[-1] in ".!?:":
            return []
        if not found and name_likeness(re.split(r"\s*[,;(|]", above.strip("*_ "))[0]) >= 0.6:
            return []
        found.append(Voice((Span(start, start + len(name)),), (), (block.span,), "signed"))
    return found if len({one.source[0].of(text) for one in found}) >= 2 else []


def _over(text: str, blocks: Sequence[Block]) -> Iterator[Voice]:
    """Words in marks, each in a block right over one with a name, and two of them at least."""
    found: list[Voice] = []
    for block, below in pairwise(blocks):
        words = below.span.of(text) if len(below.span) <= 90 else "."
        if (below.kind is BlockKind.HEADING and below.level) or words[-1] in ".!?:" or not _marked(text, block):
            continue
        who = words.lstrip("-–— ")
        name = _name(who)
        if name and (name_likeness(name) >= 0.6 or somebody(who)):
            start = below.span.end - len(who)
            found.append(Voice((Span(start, start + len(name)),), (), (block.span,), "signed"))
    if len({one.source[0].of(text) for one in found}) >= 2:
        yield from found
