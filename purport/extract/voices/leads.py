"""Names that lead into what they say by a dash or a colon: "**Belm** — The gate was closed by snow."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from purport.extract.voices.slots import name_likeness
from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, BlockKind, Span, trimmed
from purport.syntax.speakers import body, names

_NAME = r"(?P<name>[^\W\d_a-z][^\n*_:—–().!?]{1,60}?)"
_WHAT = r"[ \t]?\([^()\n]{2,50}\)|,[^\n*_:—–.!?]{2,60}"
_ROLE = rf"(?P<role>{_WHAT})?"
_LED = (
    re.compile(
        rf"(?P<em>\*{{1,3}}|_{{1,3}}){_NAME}(?:(?P=em){_ROLE}|(?P<within>{_WHAT})(?P=em))"
        r"(?P<mark>[ \t]{1,3}(?:[—–]|--|-)|[ \t]?[:.])[ \t]+(?=[\"“«]?[^\W_])"
    ),
    re.compile(rf"(?P<em>\*{{1,3}}|_{{1,3}}){_NAME}(?P<mark>[:.])(?P=em)[ \t]+(?=[\"“«]?[^\W_])"),
    re.compile(rf"{_NAME}{_ROLE}(?P<mark>[ \t]{{1,3}}(?:[—–]|--|-))[ \t]+(?=[\"“«]?[^\W_])"),
)
_LONG = 80
"""Characters of a paragraph from which on it says something of its own."""
_EARLY = 4
"""Blocks in which a text says that it holds what others say."""
_MINE = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]urs?|us)\b")


def leads(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """What stands behind names at the beginnings of blocks; none where it may as well be headings that are run in."""
    if posts := _posts(text, blocks):
        return posts
    groups: dict[str, list[tuple[Span, Span, bool]]] = {}
    for block in blocks:
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            continue
        match = next((m for led in _LED if (m := led.match(text, block.span.start, block.span.end))), None)
        said = trimmed(text, match.end(), block.span.end) if match is not None else None
        if match is None or said is None or said.of(text)[-1] not in '.!?…"”»*_)':
            continue
        name, told = match["name"], match.groupdict()
        if (
            names(name)
            and name_likeness(name) >= 0.5
            and name.split()[0].lower() not in words_of("prepositions before places")
        ):
            role = bool(told.get("role") or told.get("within"))
            mark = (told.get("em") or "") + match["mark"].strip()
            groups.setdefault(mark, []).append((Span(*match.span("name")), said, role))
    marked, best = max(groups.items(), key=lambda one: len(one[1]), default=("", []))
    marked = marked.strip("—–-")
    called = [name.of(text) for name, _, _ in best]
    often = Counter(called)
    paragraphs = sum(len(block.span) > _LONG and block.kind is BlockKind.PARAGRAPH for block in blocks)
    if len(often) < 2 or 4 * len(best) < paragraphs or (len(best) < 3 and not marked):
        return []
    people = sum(name_likeness(name) >= 1.0 or body(name.lower()) for name in called)
    roled = sum(role for _, _, role in best)
    mine = sum(_MINE.search(words.of(text)) is not None for _, words, _ in best)
    sure = 2 * people >= len(best) or len(often) < len(best) or 2 * roled > len(best)
    # Places and bodies that nobody knows: where the text says that it holds statements, or they speak of themselves.
    sure = sure or (len(best) >= 3 and (collects(text, blocks) or 2 * mine >= len(best)))
    return [Voice((name,), (), (words,), "lead") for name, words, _ in best] if sure else []


_POST = re.compile(r"(?P<name>@\w[\w.-]{1,40})[ \t]?(?P<mark>:)[ \t]+(?=\S)")


def _posts(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """Posts, each a block that begins with the handle of who wrote it: "@MarshRangers: The herons are back."."""
    found = []
    for block in blocks:
        match = _POST.match(text, block.span.start, block.span.end)
        said = trimmed(text, match.end(), block.span.end) if match is not None else None
        if match is not None and said is not None:
            found.append(Voice((Span(*match.span("name")),), (Span(*match.span("mark")),), (said,), "lead"))
    return found


_REPLY = re.compile(
    r"[*_]{0,3}(?P<name>[^\W\d_a-z][^\n*_:—–().!?]{1,50}?)(?:['’]s?)? (?P<what>[a-z]{4,12})"
    r"[*_]{0,3}:[*_]{0,3}[ \t]+(?=[\"“«]?[^\W_])"
)


def replies(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """What stands behind "Authors' reply:", "Council response:" at the beginning of a block."""
    found = []
    for block in blocks:
        match = _REPLY.match(text, block.span.start, block.span.end)
        if match is None or match["what"] not in words_of("answers that are given") or len(match["name"].split()) > 4:
            continue
        said = trimmed(text, match.end(), block.span.end)
        if said is not None:
            found.append(Voice((Span(*match.span("name")),), (), (said,), "lead"))
    return found


def collects(text: str, blocks: Sequence[Block]) -> bool:
    """Whether a text says in its title or its first lines that it holds what others say: "explanations of vote",
    "responses received"."""
    for number, block in enumerate(blocks[:_EARLY]):
        words = set(re.findall(r"[a-z]+", block.span.of(text)[:400].lower()))
        told = not words.isdisjoint(words_of("signs of collections"))
        whole = not words.isdisjoint(words_of("words for whole texts"))
        if told and (whole or number == 0 or block.kind is BlockKind.HEADING):
            return True
    return False
