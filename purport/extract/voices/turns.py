"""Turns of transcripts, records and chats: what stands behind a label, up to the next or to the record's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, BlockKind, Span, Spans, trimmed
from purport.syntax.labels import Label, read_label
from purport.syntax.speakers import names, person

_DIRECTION = re.compile(r"[\[(<{*_]+\s?[^\n]{1,200}?\s?[\])>}*_]+[.—–-]?\s*$")
"""A line in brackets or between marks: "(COMMERCIAL BREAK)", "[Applause]"."""
_INNER = re.compile(r"[\[(][^\])\n]{2,80}[\])]")
_BETWEEN = re.compile(r"[\W_]+$")
_MINE = re.compile(r"\b(?:I|we|my|our|me|us|you|your|mine|ours)\b", re.I)
_REPLY = re.compile(
    r"(?:\[|[*_])?(?:In reply to|Reply(?:ing)? to|Quoting|Forwarded from)\b[^\]\n*_]*(?:\]|[*_])?(?:\s+|$)", re.I
)
_FORWARD = re.compile(r"\[?Forwarded (?:message )?from:? (?P<name>[^\]\n]{1,60})\]?\s*", re.I)
_MEDIA = re.compile(r"[\u200e\s]*(?:<[^<>\n]{3,30}>|(?:image|video|audio|sticker|document|GIF) omitted)\s*$", re.I)
_LEGEND = re.compile(
    r"(?P<name>[^\W\d_][\w.'’-]*(?:[ \t][^\W\d_][\w.'’-]*){1,4})[ \t]*(?:\((?P<in>[A-Z]{2,4})\)"
    r"|[=–-][ \t]*(?P<as>[A-Z]{2,4})\b)"
    r"|^[ \t]*(?P<of>[A-Z]{1,4}\d?)(?:[ \t]*[:=–-][ \t]*|[ \t]{2,}"
    r"|\t)(?P<who>[^\W\d_][\w.'’-]*(?:[ \t][^\W\d_][\w.'’-]*){1,4})",
    re.MULTILINE,
)
_TOLD = re.compile(
    r"(?:mr|mrs|ms|miss|dr|the|sir|dame|lord|lady)\.? [^\n.!?]{2,80}? (?:asked for the floor|rose"
    r"|left the (?:chamber|room|hall)|"
    r"entered|was sworn|took the (?:chair|stand|floor|oath)|withdrew|resumed (?:his|her|their) seats?"
    r"|sat down|stood up)\b[^\n]{0,80}$"
)
_NAMED = re.compile(r"[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’.-]+){1,4}$")
_CALLED = re.compile(
    r"(?P<name>[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’.-]*){1,4}),?\s+(?:(?:was )?called|having been|being|was"
    r"|first|duly|sworn|resumed)\b"
)
_SWORN = re.compile(r"(?:call(?:ed|s)|sworn|witness|testif|interviewed|examined)", re.I)


@dataclass(slots=True)
class _Turn:
    """A turn while its blocks are gathered; `depth` is that of the part of a page
    that holds all of it."""

    label: Label
    words: list[Span]
    paragraphs: int = 0
    depth: int = 0


def turns(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """The turns of a document whose reader marked labels; none where there are none."""
    labels = [read_label(text, block.span) for block in blocks if block.kind is BlockKind.LABEL]
    if not labels or any(label.dress == "mail" for label in labels):
        return []
    found: list[_Turn] = []
    current: _Turn | None = None
    # Labels that all stand in boxes: what is outside of them is the text's own.
    base = min(block.depth for block in blocks if block.kind is BlockKind.LABEL)
    last = max(number for number, block in enumerate(blocks) if block.kind is BlockKind.LABEL)
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.LABEL:
            label = read_label(text, block.span)
            nobody = label.dress in ("service", "examiner", "claimed", "rating")
            current = None if nobody else _Turn(label, [], depth=block.depth if block.level else base)
            if label.dress == "examiner":
                current = None
                found.append(_Turn(label, []))
            elif current is not None:
                found.append(current)
            continue
        if current is None:
            continue
        if _ends(text, block, current) or (number > last and _afterwards(text, block, current, found)):
            current = None
        elif not _direction(text, block.span) and not (block.kind is BlockKind.HEADING and current.depth):
            current.words += _said(text, block.span)
            current.paragraphs += 1
    return _voices(text, blocks, found)


def _ends(text: str, block: Block, turn: _Turn) -> bool:
    """Whether a block is the record's own: a heading, a line of procedure."""
    if block.depth < turn.depth:
        return True
    if _direction(text, block.span):
        return False
    if block.kind is BlockKind.HEADING and (turn.paragraphs or block.level) and not turn.depth:
        return True
    words = block.span.of(text).lower().strip("*_ ")
    lines = block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING) and bool(turn.paragraphs)
    return lines and (words.startswith(tuple(words_of("openings of procedure"))) or _TOLD.match(words) is not None)


def _direction(text: str, span: Span) -> bool:
    """Whether it is a stage direction, or nothing but marks."""
    words = span.of(text)
    return _DIRECTION.match(words) is not None or _BETWEEN.match(words) is not None or _MEDIA.match(words) is not None


def _afterwards(text: str, block: Block, turn: _Turn, found: Sequence[_Turn]) -> bool:
    """Whether a paragraph behind the last label is told by the text, not by who spoke last: no other turn has a second
    paragraph, and nobody speaks of himself in it."""
    others = [one for one in found if one is not turn and one.paragraphs]
    alone = len(others) >= 2 and all(one.paragraphs == 1 for one in others)
    return turn.paragraphs >= 1 and alone and _MINE.search(block.span.of(text)) is None


def _said(text: str, span: Span) -> list[Span]:
    """What of a block is said: without stage directions within it, and notes of what it replies to."""
    start = span.start
    if (reply := _REPLY.match(text, start, span.end)) is not None:
        start = reply.end()
    found: list[Span] = []
    for hole in [*_INNER.finditer(text, start, span.end), None]:
        end = hole.start() if hole else span.end
        if (part := trimmed(text, start, end) if start < end else None) is not None and any(
            c.isalnum() for c in part.of(text)
        ):
            found.append(part)
        start = hole.end() if hole else span.end
    return found


def _voices(text: str, blocks: Sequence[Block], found: Sequence[_Turn]) -> list[Voice]:
    legend = _initials(text)
    codes = {turn.label.name.of(text) for turn in found if turn.label.name}
    legend |= {code: name for code, name in _key(text).items() if code in codes and code not in legend}
    examiner: Span | None = None
    witness = _witness(text, blocks)
    result = []
    for turn in found:
        label = turn.label
        if label.dress == "examiner" or not turn.words:
            examiner = label.name or examiner
            continue
        if label.said(text) in ("witness", "the witness") and _NAMED.match(turn.words[0].of(text)):
            witness = turn.words[0]
            continue
        name, cue = label.name, (label.cue,) if label.cue else ()
        said = label.said(text)
        if label.dress == "asked" and said[:1] == "q":
            examiner = label.by or examiner
            name = examiner or name
        elif label.dress == "asked" and witness is not None:
            name = witness
        elif name is not None and name.of(text) in legend:
            name = legend[name.of(text)]
        also = _also(text, label)
        chat = label.dress == "chat" or (label.dress == "own" and "[" in text[label.start : label.end])
        reason = "chat" if chat else "turn"
        content = tuple(turn.words)
        forwarded = _FORWARD.search(text, label.end, turn.words[0].end) if chat else None
        if forwarded is not None:
            result.append(Voice((Span(*forwarded.span("name")),), (), _behind(text, content, forwarded.end()), reason))
            continue
        who = (*((name,) if name else ()), *((also,) if also and name and also.start > name.end else ()))
        result.append(Voice(who, cue, content, reason))
    return result


def _also(text: str, label: Label) -> Span | None:
    """The name that a label of an office gives in brackets: "The Minister for Water (Tessa Marl):"."""
    if label.name is None or person(label.name.of(text)):
        return None
    match = re.compile(r"\s*\((?P<name>[^()\n]{3,60})\)").match(text, label.name.end)
    return Span(*match.span("name")) if match is not None and person(match["name"]) and names(match["name"]) else None


def _behind(text: str, content: Spans, at: int) -> Spans:
    kept = (trimmed(text, max(at, span.start), span.end) for span in content if span.end > at)
    return tuple(span for span in kept if span is not None) or content


def _initials(text: str) -> dict[str, Span]:
    """Names by the initials that a legend gives them: "Interviewee: Jorun Askel (JA)", "LR = Lena Roth"."""
    found: dict[str, Span] = {}
    for match in _LEGEND.finditer(text, 0, min(len(text), 5000)):
        short = match["in"] or match["as"] or match["of"]
        name = Span(*match.span("name" if match["name"] else "who"))
        letters = [word[0].upper() for word in name.of(text).split()]
        if short and short[0] in letters and short[-1] == letters[-1]:
            at = name.start + name.of(text).rfind(" ".join(name.of(text).split()[-len(short) :]).split()[0])
            found.setdefault(short, Span(max(name.start, at), name.end))
    return found


_CODE = re.compile(
    r"^[ \t]*(?P<code>[A-Z]{1,4}-?[\d?]{1,2}|[A-Z]{2,4})(?:[ \t]*[:=–-][ \t]*|[ \t]{2,}|\t)(?P<who>[^\n.!?]{3,80})$",
    re.MULTILINE,
)


def _key(text: str) -> dict[str, Span]:
    """Names by the codes that a key gives them, wherever it stands: "M2   Jannis Worle, former works clerk"."""
    found: dict[str, Span] = {}
    for match in _CODE.finditer(text):
        name = re.split(r"\s*[,(]", match["who"])[0]
        if names(name) and len(name.split()) >= 2:
            found.setdefault(match["code"], Span(match.start("who"), match.start("who") + len(name)))
    return found


def _witness(text: str, blocks: Sequence[Block]) -> Span | None:
    """Who answers in a record of questions and answers: a name on a line of its own before "called as a witness", or
    behind "Person interviewed:"."""
    for number, block in enumerate(blocks):
        words = block.span.of(text)
        if block.kind is BlockKind.LABEL and read_label(text, block.span).dress == "asked":
            return None
        field = re.search(
            r"(?m)^\s*(?:Person interviewed|Interviewee|Witness|Deponent|Examinee|Name)\s*:\s*([^\n,;(]{3,60})", words
        )
        if field is not None:
            return trimmed(text, block.span.start + field.start(1), block.span.start + field.end(1))
        sworn = _CALLED.match(text, block.span.start, block.span.end)
        if sworn is not None:
            return Span(*sworn.span("name"))
        lines = words.split("\n")
        below = lines[1] if len(lines) > 1 else blocks[number + 1].span.of(text) if number + 1 < len(blocks) else ""
        first = lines[0].strip().rstrip(",")
        if (
            1 < len(first.split()) <= 5
            and first.isupper()
            and _SWORN.search(below.split("\n")[0] + " ".join(lines[1:]))
        ):
            return trimmed(text, block.span.start, block.span.start + len(lines[0].rstrip().rstrip(",")))
    return None
