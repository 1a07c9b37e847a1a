"""The net below all layouts: in a record of several voices, a paragraph that nobody is found to say and that speaks of
"me" or to "you" is somebody's, not known whose, and never the record's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from purport.extract.voices.leads import collects
from purport.extract.voices.runs import headed
from purport.extract.voices.voice import Voice
from purport.model.document import Block, BlockKind
from purport.syntax.intervals import Intervals

_MINE = re.compile(r"\b(?:I|I['’]\w{1,2}|[Mm]y|[Mm]e|mine|[Ww]e|[Oo]urs?|us|[Yy]ou|[Yy]ours?)\b")
_ALONE = re.compile(r"\b(?:I|I['’]\w{1,2}|[Mm]y|[Mm]e)\b")
_QUOTED = re.compile(r"[“\"«„][^“”\"«»]{1,2000}[”\"»]")
_NOTE = re.compile(r"[\[(*_]{1,3}[^\n]{1,400}[\])*_]{1,3}\.?$")
_BEGINS = re.compile(r"(?=[^\n]{0,60}\d)[^\n]{4,60}[^\n,;:-]\n[ \t]{0,20}[\"“]?[^\W\d_a-z]")
"""A first line with a number that does not go on in the next: "Room 4, Herta Simm, 3 June."."""
_SEVERAL = 2
"""Voices of different people from which on a text is a record of them."""


def rest(text: str, blocks: Sequence[Block], found: Sequence[Voice]) -> list[Voice]:
    """What is left over in a record of several voices, where somebody speaks in it."""
    if not _record(text, blocks, found):
        return []
    held = Intervals((span, None) for one in found for span in (*one.content, *one.source))
    first = min(one.content[0].start for one in found if one.content) if found else 0
    often = Counter(block.span.of(text) for block in blocks)
    left = []
    for block in (part for whole in blocks for part, says in headed(text, whole) if says):
        if block.kind is BlockKind.HEADING or next(held.meeting(block.span), None) is not None:
            continue
        words = block.span.of(text)
        if often[words] > 1 or words[-1] == ":" or (block.span.start < first and not _ALONE.search(words)):
            continue  # a form's own questions; what brings in others; whoever edits
        if _MINE.search(_QUOTED.sub("", words[:3000])) and not _NOTE.match(words):
            left.append(Voice((), (), (block.span,), "somebody"))
    return left


def _record(text: str, blocks: Sequence[Block], found: Sequence[Voice]) -> bool:
    """Whether a text holds what several people say: voices of several, or a title that says so, or short lines of
    which nearly each has words below it in which somebody speaks of himself."""
    whole = {one.source[0].of(text) for one in found if one.source and one.reason not in _BESIDE}
    labelled = any(one.reason not in _BESIDE for one in found)
    if len(whole) >= _SEVERAL or (labelled and collects(text, blocks)):
        return True
    units = mine = 0
    above = False
    for block, says in (part for whole_ in blocks for part in headed(text, whole_)):
        if says and _BEGINS.match(text, block.span.start, block.span.end):
            above = True
        if says:
            if above and block.kind is not BlockKind.HEADING:
                units += 1
                mine += _MINE.search(_QUOTED.sub("", block.span.of(text)[:3000])) is not None
            above = False
        else:
            above = block.span.start > blocks[0].span.start
    return mine >= 3 and 3 * mine >= 2 * units


_BESIDE = frozenset({"quotation", "statement", "claim that is checked", "table", "somebody"}) | frozenset(
    {"insertion", "entry", "signed"}
)
"""Layouts that articles have too."""
