"""What is checked, in fact-checks: words behind "Claim:", "Myth:", "What was said:" are somebody's, and not the text's.
A rating or a verdict is the text's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, BlockKind, Spans, trimmed
from purport.syntax.labels import read_label

_CLAIM = 45
"""Words of a claim that stands below a heading at most."""
_NUMBER = re.compile(r"\s*(?:no\.?|number|#)?\s*\d{1,2}\s*$", re.I)


def checks(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """The claims that a text checks, where a label or a heading says that they are."""
    found = []
    for number, block in enumerate(blocks):
        label = read_label(text, block.span) if block.kind is BlockKind.LABEL else None
        if label is not None and label.dress == "claimed":
            spans = [one.span for one in blocks[number + 1 : number + 2] if _plain(one)]
            if spans:
                who = _made_by(text, blocks[number + 2 : number + 5])
                found.append(Voice(who, (label.cue,) if label.cue else (), tuple(spans), "claim that is checked"))
        elif block.kind is BlockKind.HEADING and _claimed(block.span.of(text)):
            spans = []
            for one in blocks[number + 1 :]:
                if not _plain(one) or _rated(one.span.of(text)):
                    break
                spans.append(one.span)
            # A longer section tells who claims what, and is the text's own account of it.
            if spans and sum(len(span.of(text).split()) for span in spans) <= _CLAIM:
                found.append(Voice((), (block.span,), tuple(spans), "claim that is checked"))
    return found


_MADE_BY = re.compile(
    r"(?i:(?:made|claimed|said|stated|posted|spread|shared) by|who said (?:it|so)|speaker|claimant|source of the claim)"
    r"[ \t]*:[ \t]*(?P<name>[^\W\d_a-z][^\n,;(]{1,60})"
)


def _made_by(text: str, blocks: Sequence[Block]) -> Spans:
    """Who made the claim, where a field below it says so: "Made by: Senator Bryle"; else nobody."""
    for block in blocks:
        match = _MADE_BY.match(text, block.span.start, block.span.end)
        if match is not None:
            named = trimmed(text, *match.span("name"))
            return (named,) if named is not None else ()
    return ()


def _plain(block: Block) -> bool:
    return block.kind not in (BlockKind.HEADING, BlockKind.LABEL, BlockKind.CELL)


def _claimed(heading: str) -> bool:
    words = _NUMBER.sub("", heading.strip(" :*_").lower())
    return words in words_of("labels of what is checked")


def _rated(words: str) -> bool:
    first = words.split(":")[0].split(".")[0].lower().strip("*_ ")
    return len(first) < 40 and (
        first.split()[-1:] != []
        and (first.split()[-1] in words_of("headings of verdicts") or first.startswith("our rating"))
    )
