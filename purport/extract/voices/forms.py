"""Forms that several people filled in: fields at the head of each, one of them with a name, and what was written below
them; what stands in all of them in the same words is the form's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from purport.extract.voices.slots import name_likeness
from purport.extract.voices.voice import Voice
from purport.lexicons.classes import words_of
from purport.model.document import Block, BlockKind, Span, trimmed
from purport.syntax.intervals import Intervals

_FIELD = re.compile(
    r"[ \t]{0,12}(?P<key>[^\W\d_][\w’'/ -]{1,30}?)(?:[ \t]?[:=][ \t]{0,30}|[ \t]{2,40}|[ \t]?\.{3,60}[ \t]?)"
    r"(?P<value>[^\s:=.][^\n]{0,120})$"
)
_RULE = re.compile(r"[\s=_~*#+-]{3,}$")
_NAME_ENDS = re.compile(r"\s*(?:[,;(<|]|\s[-–—]\s)")
_TICKED = re.compile(r"[\[(][ xX✓]?[\])]|[☐☑☒]")
_LEAST = 20
"""Characters of what is written into a form at least."""


@dataclass(slots=True)
class _Form:
    """A form: its fields, and the lines below them."""

    keys: list[str]
    values: list[tuple[str, Span]]
    lines: list[Span] = field(default_factory=list)
    ruled: int | None = None
    """How many of its lines stand above the first rule below its fields."""


def forms(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """What is written into forms of the same fields; none where none of them has a name."""
    found = list(_forms(text, blocks))
    first = Counter(form.keys[0] for form in found)
    found = [form for form in found if first[form.keys[0]] >= 2]
    if len(found) < 2 or len({form.keys[0] for form in found}) > 1 or not found[-1].lines:
        return []
    words = Counter(line for form in found for line in {" ".join(span.of(text).split()).lower() for span in form.lines})
    who = [_who(text, form) for form in found]
    if sum(name is not None for name in who) * 2 < len(found):
        return []
    last = found[-1]
    if last.ruled:
        last.lines = last.lines[: last.ruled]
    result = []
    for form, name in zip(found, who, strict=True):
        said = tuple(span for span in form.lines if words[" ".join(span.of(text).split()).lower()] < 2)
        said = tuple(span for span in said if not _TICKED.search(span.of(text)) and span.of(text)[-1] != "?")
        if sum(map(len, said)) >= _LEAST:
            result.append(Voice((name,) if name is not None else (), (), said, "form"))
    return result if len(result) >= 2 else []


def _forms(text: str, blocks: Sequence[Block]) -> Iterator[_Form]:
    """The groups of two fields at least, each with the lines up to the next."""
    lines = list(_lines(text))
    apart = (BlockKind.HEADING, BlockKind.LABEL, BlockKind.CELL)
    held = Intervals((block.span, None) for block in blocks if block.kind not in apart)
    current: _Form | None = None
    number = 0
    while number < len(lines):
        span = lines[number]
        group: list[re.Match[str]] = []
        while number + len(group) < len(lines) and (one := lines[number + len(group)]) is not None:
            match = _FIELD.match(text, _begin(text, one), one.end)
            if match is None or one.of(text)[-1] in "?!":
                break
            group.append(match)
        if len(group) >= 2:
            if current is not None:
                yield current
            keys = [match["key"].strip().lower() for match in group]
            current = _Form(keys, [(key, Span(*m.span("value"))) for key, m in zip(keys, group, strict=True)])
            number += len(group)
            continue
        if current is not None and span is not None:
            if _RULE.match(span.of(text)):
                current.ruled = len(current.lines) if current.ruled is None and current.lines else current.ruled
            elif next(held.meeting(span), None) is not None:
                current.lines.append(span)
        number += 1
    if current is not None:
        yield current


def _lines(text: str) -> Iterator[Span | None]:
    at = 0
    for piece in text.splitlines(keepends=True):
        yield trimmed(text, at, at + len(piece))
        at += len(piece)


def _begin(text: str, span: Span) -> int:
    return max(text.rfind("\n", 0, span.start) + 1, span.start - 12)


def _who(text: str, form: _Form) -> Span | None:
    """The name in the fields of a form: of the first that says that it names somebody, and does."""
    for key, value in form.values:
        low = set(key.split())
        if low.isdisjoint(words_of("heads of who speaks")) or not low.isdisjoint(words_of("who takes down")):
            continue
        name = _NAME_ENDS.split(value.of(text))[0].strip("*_ ")
        if name and name[0].isalpha() and name_likeness(name) >= 0.4:
            at = value.start + value.of(text).find(name)
            return Span(at, at + len(name))
    return None
