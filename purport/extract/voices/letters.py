"""Letters one behind the other, each from its salutation to who signs it: "Dear Jelena," ... "Yours, Matthis"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, BlockKind, Span, Spans

_OPENS = re.compile(
    r"(?:My )?(?:Dear(?:est)?|Esteemed|Honou?red|To the) [^\n.!?]{2,60}[,:!—–-]?$|(?:Sir|Madam|Sirs)[,:—–-]{0,2}$"
)
_CLOSES = re.compile(
    rf"(?:(?:I (?:am|remain),? ?(?:Sir,? ?)?)?(?i:{'|'.join(sorted(words_of('words that close letters')))})"
    r"\b[^\n.!?,]{0,40}),?(?:[ \t]*\n[ \t]*|[ \t]+)?(?P<name>[^\W\d_a-z][^\n,]{1,60})?(?:[,\n][^.!?]{0,90})?$"
)
_LINE = 200
"""Characters at most of a block that opens or closes a letter."""


def letters(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """Each letter of two at least; whoever signs says it, and where nobody does it is not known who."""
    opens = [n for n, block in enumerate(blocks) if len(block.span) <= _LINE and _OPENS.match(block.span.of(text))]
    if len(opens) < 2:
        return []
    found = []
    for number, later in zip(opens, [*opens[1:], len(blocks)], strict=True):
        closed = next((n for n in range(number + 1, later) if _closing(text, blocks[n])), None)
        heads = (n for n in range(number + 1, later) if blocks[n].kind is BlockKind.HEADING)
        end = closed if closed is not None else next(heads, later)
        said = tuple(block.span for block in blocks[number + 1 : end])
        if said:
            found.append(Voice(_signer(text, blocks, closed), (), said, "letter"))
    # One that signs alone may be the writer of the whole text.
    return found if sum(bool(one.source) for one in found) >= 2 else []


def _closing(text: str, block: Block) -> bool:
    return len(block.span) <= _LINE and _CLOSES.match(block.span.of(text)) is not None


def _signer(text: str, blocks: Sequence[Block], closed: int | None) -> Spans:
    """The name behind or below the words that close a letter."""
    if closed is None:
        return ()
    match = _CLOSES.match(text, blocks[closed].span.start, blocks[closed].span.end)
    if match is not None and match["name"]:
        start = match.start("name")
        return (Span(start, start + len(match["name"].rstrip(" ."))),)
    if closed + 1 < len(blocks) and len(blocks[closed + 1].span) <= _LINE:
        start = blocks[closed + 1].span.start
        name = re.split(r"[,\n]", blocks[closed + 1].span.of(text))[0].strip()
        return (Span(start, start + len(name)),) if name and name[0].isupper() and name[-1] not in ".!?" else ()
    return ()
