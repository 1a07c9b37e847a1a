"""Records that sum up what was said: a paragraph that begins with who says something is his to its end, as "3. Ms. Sel
(Koll) said that the mine was closed. Nobody had been asked." is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from purport.extract.voices.runs import prose
from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, Span
from purport.syntax.speakers import body, person, speaks

_NAME = r"[^\W\d_a-z][\w.'’-]{0,24}"
_SAYS = re.compile(
    r"[*_]{0,3}(?:\(?\d{1,3}[.)][*_]{0,3}\s{1,8})?[*_]{0,3}"
    rf"(?P<name>(?:The [a-z]{{3,16}} (?:of|for) )?{_NAME}(?:\s(?:of|the|de|van|von|{_NAME})){{0,5}})[*_]{{0,3}}"
    r"(?:\s{1,8}\((?P<also>[^()]{2,60})\))?(?:,[^.,\n]{2,90}(?:\n[^.,\n]{0,90})?,)?"
    r"\s{1,8}(?P<cue>[a-z]{3,14})\s{1,8}(?:that|the|his|her|its|their)\b"
)
_SENTENCE = re.compile(r"[.!?]\s{1,8}[^\W\d_a-z]")
_SHARE = 2


def digests(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """What is summed up in paragraphs that begin with who says it; of two people at least, and of half of the text."""
    told = [block for block in blocks if prose(text, block)]
    found: list[Voice] = []
    for block in told:
        match = _SAYS.match(text, block.span.start, block.span.end)
        said = match["cue"].removesuffix("ed").removesuffix("d") if match is not None else ""
        if match is None or not ({said, f"{said}e", match["cue"]} & _verbs()) or not _speaker(match):
            continue
        source = (Span(*match.span("name")), *((Span(*match.span("also")),) if match["also"] else ()))
        found.append(Voice(source, (Span(*match.span("cue")),), (Span(match.end("cue"), block.span.end),), "digest"))
    whole = sum(_SENTENCE.search(one.content[0].of(text)) is not None for one in found)
    several = len({one.source[0].of(text) for one in found}) >= 2
    return found if several and whole and _SHARE * len(found) >= len(told) else []


def _verbs() -> frozenset[str]:
    return words_of("verbs of as one says") | words_of("verbs of records")


def _speaker(match: re.Match[str]) -> bool:
    """Whether a paragraph begins with a person who has a country or a body behind the name, or a title before it."""
    name = match["name"]
    return speaks(name) or person(name) or (match["also"] is not None and body(name.lower())) or name.startswith("The ")
