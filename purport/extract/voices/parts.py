"""Parts of a form or a record that a text says to be somebody's: "PART A for the complainant", "Argument of the
mover", where it names complainant and mover elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from purport.extract.voices.legends import Legend
from purport.extract.voices.runs import prose
from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, BlockKind, Span, trimmed
from purport.syntax.speakers import body, given_by, names, person

_LINE = 100
"""Characters of a line at most that says whose a part is."""


def in_parts(text: str, blocks: Sequence[Block], key: Legend) -> list[Voice]:
    """What stands in parts that are two people's at least."""
    labels: dict[int, Span] = {}
    for number, block in enumerate(blocks[:-1]):
        if prose(text, block) or len(block.span) > _LINE or block.kind is BlockKind.CELL or key.tells(block.span):
            continue
        who = _given(text, block) or key.told_in(block.span.of(text), block.span.start)
        if who is not None:
            labels[number] = who
    author = _author(key)
    if labels and author is not None:
        # "Submitted text", where the record names its author, beside "Opinion of the council".
        for number, block in enumerate(blocks[: min(labels)]):
            if block.kind is BlockKind.HEADING and number and _said(block.span.of(text)):
                labels[number] = author
    labels = dict(sorted(labels.items()))
    if len({who.of(text) for who in labels.values()}) < 2 and not _alone(text, blocks, labels):
        return []
    firsts = {_first(blocks[number].span.of(text)) for number in labels}
    heads = any(blocks[number].kind is BlockKind.HEADING for number in labels)
    found = []
    for number, who in labels.items():
        said: list[Span] = []
        depth: int | None = None
        for later in range(number + 1, len(blocks)):
            block = blocks[later]
            ends = _first(block.span.of(text)) in firsts or (block.kind is BlockKind.HEADING and not heads)
            if later in labels or (ends and not prose(text, block)) or key.tells(block.span):
                break
            if not prose(text, block) or block.span.of(text).endswith("?"):
                continue
            depth = block.depth if depth is None else depth
            if block.depth < depth:
                break
            said.append(block.span)
        if said:
            found.append(Voice((who,), (), tuple(said), "part"))
    return found


_GIVEN = re.compile(
    r"\W{0,4}(?:[^\W\d_]{1,20} ){0,3}?(?P<what>[^\W\d_]{3,20})(?: [a-z]{3,12}(?:ed|en)| made| sent)?"
    r"(?: in)? (?:of|by|from)(?: the)? (?P<name>[^\W\d_a-z][^\n,;:(]{2,60}?|an? [a-z][^\n,;:(]{2,60}?)"
    r"(?= (?:of|on|dated) \d|\s*[,;:(*_]|\s*$)"
)


def _given(text: str, block: Block) -> Span | None:
    """Whose a line says that the words below it are: "Opinion of the Coast Council of 3 September", "Reservation by
    Upper Harl", "Evidence submitted by a member of the public"."""
    last = text.rfind("\n", block.span.start, block.span.end) + 1
    if block.strong and last > block.span.start and (who := _among(text, block.span)) is not None:
        return who
    match = _GIVEN.match(text, max(last, block.span.start), block.span.end)
    if match is None or not _said(match["what"]):
        return None
    name = match["name"]
    somebody = name[0] == "a" and not words_of("persons").isdisjoint(name.split())
    return Span(*match.span("name")) if names(name) or somebody else None


def _among(text: str, span: Span) -> Span | None:
    """Whom the lines of a head in bold letters name, one of which tells what stands below: "Question for written
    answer", "Answer given by Ms Dorn"."""
    at, told = span.start, False
    for piece in span.of(text).splitlines(keepends=True):
        line = trimmed(text, at, at + len(piece))
        at += len(piece)
        if line is None:
            continue
        given = given_by(text, line)
        if given is not None and (told or _said(line.of(text))):
            return given
        name = re.split(r"\s*[,(]", line.of(text))[0]
        if told and len(name) < len(line) and 2 <= len(name.split()) <= 4 and names(name) and not _said(name):
            return Span(line.start, line.start + len(name))
        told = told or _said(line.of(text))
    return None


def _alone(text: str, blocks: Sequence[Block], labels: dict[int, Span]) -> bool:
    """Whether the only part is one that stands apart under a line of its own: "Reply of the Harbour Guild, 2 July"."""
    return all(
        (blocks[number].strong or blocks[number].kind is BlockKind.HEADING)
        and not words_of("answers that are given").isdisjoint(
            blocks[number].span.of(text).lower().strip("*_# ").split()[:3]
        )
        and (body(who.of(text).lower()) or person(who.of(text)))
        for number, who in labels.items()
    ) and bool(labels)


def _said(words: str) -> bool:
    low = set(re.findall(r"[a-z]+", words.lower()))
    kinds = ("heads of what is said", "what may be quoted", "answers that are given", "signs of collections")
    return any(not low.isdisjoint(words_of(kind)) for kind in kinds)


def _author(key: Legend) -> Span | None:
    """Who a record says to have written it, where that is one."""
    told = [entry.who for part in ("author", "deponent", "complainant") for entry in key.parts.get(part, ())]
    return told[0] if len(told) == 1 else None


def _first(words: str) -> str:
    match = re.match(r"\W{0,4}(\w{1,20})", words)
    return match[1].lower() if match is not None else ""
