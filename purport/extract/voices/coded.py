"""Words behind, over or before the codes that a text's own key gives to those who speak: "(1) Low Harrant has ...",
"02:41:07 MIC-2 the door is shut", "... in two years.[^2]", "(red)" on a line of its own, "Second from left" under a
picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from purport.extract.voices.legends import Legend, bare
from purport.extract.voices.runs import prose
from purport.extract.voices.voice import Voice
from purport.model.document import Block, BlockKind, Span, trimmed

_CODE = r"\^?(?P<code>[^\W_][\w.?-]{0,14})"
_BEFORE = re.compile(
    r"\s*(?:\[?\d{1,4}:\d{2}(?::\d{2})?[.,\d]{0,4}\]?[ \t]{1,12})?(?P<open>[\[(<]?)"
    rf"{_CODE}(?P<close>[\])>]?)(?P<mark>[:.]?)(?P<gap>[ \t]{{1,24}})(?=\S)"
)
_BEHIND = re.compile(rf"(?P<gap>[ \t]{{0,24}})(?P<open>[\[(])[ \t]?{_CODE}[ \t]?(?P<close>[\])])\.?$")
_ALONE = re.compile(rf"(?P<open>[\[(]){_CODE}(?P<close>[\])])")
_LINE = 80
"""Characters of a line at most that is a label alone."""
_MARKS = '"“”„«»'
_DIRECTION = re.compile(r"[\[(][^\[\]()\n]{1,120}[\])]\.?$")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A code: whom it stands for, what it says on its own line, the number of its block, and its dress: before the
    words, behind them, or alone."""

    code: str
    who: Span
    said: Span | None
    block: int
    dress: str


def coded(text: str, blocks: Sequence[Block], key: Legend) -> list[Voice]:
    """What stands beside codes of the key; none where not two of them do."""
    if len(key.codes) < 2 and len(key.order) < 2:
        return []
    marks = [one for number, block in enumerate(blocks) for one in _marks(text, block, number, key)]
    best: list[_Mark] = []
    for dress in ("before", "behind", "alone"):
        group = [one for one in marks if one.dress == dress]
        if len({one.code for one in group}) >= 2 and len(group) > len(best):
            best = group
    paragraphs = [n for n, block in enumerate(blocks) if prose(text, block) and not key.tells(block.span)]
    if len(best) < 2 or 4 * len({one.block for one in best}) < len(paragraphs):
        return []
    return list(_behind(text, blocks, best) if best[0].dress == "behind" else _under(text, blocks, best))


def _marks(text: str, block: Block, number: int, key: Legend) -> Iterator[_Mark]:
    if block.kind in (BlockKind.CELL, BlockKind.SIGNATURE):
        return
    begin = max(text.rfind("\n", 0, block.span.start) + 1, block.span.start - 40)
    # The mark of an item may be a code: "(2)".
    at = begin if not text[begin : block.span.start].strip("()[]0123456789abcdefghiv. \t") else block.span.start
    place = key.placed(block.span.of(text)) if len(block.span) <= _LINE else None
    if place is not None:
        yield _Mark(block.span.of(text), place, None, number, "alone")
        return
    for piece in text[at : block.span.end].splitlines(keepends=True):
        line = trimmed(text, at, at + len(piece))
        at += len(piece)
        if line is None or key.tells(line):
            continue
        one = _mark(text, line, number, key)
        if one is not None:
            yield one


def _mark(text: str, line: Span, number: int, key: Legend) -> _Mark | None:
    before = _BEFORE.match(text, line.start, line.end)
    if before is not None and (who := key.code(before["code"])) is not None and _dressed(before):
        return _Mark(bare(before["code"]), who, trimmed(text, before.end(), line.end), number, "before")
    behind = _BEHIND.search(text, max(line.start, line.end - 40), line.end)
    if behind is not None and (who := key.code(behind["code"])) is not None:
        if behind.start() == line.start:
            return _Mark(bare(behind["code"]), who, None, number, "alone")
        said = trimmed(text, line.start, behind.start())
        if said is not None and said.of(text)[-1] in '.!?…"”’»*_':
            return _Mark(bare(behind["code"]), who, said, number, "behind")
    if len(line) <= _LINE and text[line.end - 1] not in ".!?":
        for alone in _ALONE.finditer(text, line.start, line.end):
            if (who := key.code(alone["code"])) is not None:
                return _Mark(bare(alone["code"]), who, None, number, "alone")
    return None


def _dressed(match: re.Match[str]) -> bool:
    """Whether a code before words is set apart from them: in brackets, by a colon, by more than a space."""
    if match["open"] and match["close"]:
        return True
    return not match["code"].isdigit() and (match["mark"] == ":" or len(match["gap"]) > 1 or "\t" in match["gap"])


def _under(text: str, blocks: Sequence[Block], marks: Sequence[_Mark]) -> Iterator[Voice]:
    """What stands behind each code, up to the next or to a heading. Behind the last one the text may go on."""
    usual = max((later.block - one.block for one, later in pairwise(marks)), default=1)
    for at, one in enumerate(marks):
        later = marks[at + 1] if at + 1 < len(marks) else None
        end = later.block if later is not None else min(len(blocks), one.block + usual)
        said = [one.said] if one.said is not None else []
        own = blocks[one.block].span
        stop = later.said.start if later is not None and later.block == one.block and later.said else own.end
        if one.said is not None and one.said.end < own.end:
            stop = text.rfind("\n", one.said.end, stop) if stop < own.end else stop
            rest = trimmed(text, one.said.end, stop) if one.said.end < stop else None
            said += [rest] if rest is not None else []
        for block in blocks[one.block + 1 : end]:
            if block.kind is BlockKind.HEADING or block.depth < blocks[one.block].depth:
                break
            said.append(block.span)
        content = tuple(span for span in said if not _DIRECTION.match(span.of(text)))
        if content:
            yield Voice((one.who,), (), content, "code")


def _behind(text: str, blocks: Sequence[Block], marks: Sequence[_Mark]) -> Iterator[Voice]:
    """What stands before each code: the words in quotation marks, else the paragraphs since the last code or
    heading."""
    last = -1
    for one in marks:
        block = blocks[one.block]
        said = Span(block.span.start, one.said.end) if one.said is not None else block.span
        content = [said]
        if said.of(text)[0] not in _MARKS:
            before = one.block - 1
            while before > last and blocks[before].kind is BlockKind.PARAGRAPH and prose(text, blocks[before]):
                content.insert(0, blocks[before].span)
                before -= 1
            if last < 0 and before < one.block - 1:
                content = [said]  # what stands before the first may be the text's own
        last = one.block
        yield Voice((one.who,), (), tuple(content), "code")
