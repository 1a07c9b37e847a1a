"""How a sentence is shown to the network that reads attitudes: without the names of those it is asked about.

Every name of the first actor is one mark, every name of the second another. So what the network says can't depend on
who they are, and putting other names in the same places changes nothing (Zhang et al. 2017 mask entities for relations;
here it is what makes the reading even-handed). Words that are no names ("the company") stay, behind the mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from purport.analyse.models.wordpiece import Piece

Ints = NDArray[np.int64]

MARKS = ("[unused0]", "[unused1]")
"""Pieces of the vocabulary that stand for the first actor in the text and for the second."""
LONGEST = 192
"""Pieces of a sentence that are shown at most; of a longer one those around the actors."""
_CAPITAL = re.compile(r"[^\W\d_][\w.&'’-]*(?<![.'’-])")
_POSSESSIVE = re.compile(r"['’]s?$")
_PRONOUNS = frozenset(
    "i me my mine myself you your yours he him his himself she her hers herself it its itself we us our ours ourselves "
    "they them their theirs themselves who whom whose".split()
)

Range = tuple[int, int]


def named(text: str, span: Range) -> Range | None:
    """The part of `span` that is a name or a pronoun: from its first word with a capital to its last. None where it
    is a description. A span that begins or ends within a word takes in all of it."""
    start, end = whole(text, span)
    if text[start:end].strip("'’ ").lower() in _PRONOUNS:
        return start, end
    words = [one for one in _CAPITAL.finditer(text, start, end) if one.group()[0].isupper()]
    if words and words[0].start() == start and words[0].group() in ("The", "A", "An", "This", "These", "Our", "His"):
        del words[0]
    if not words:
        return None
    last = words[-1]
    return words[0].start(), last.start() + len(_POSSESSIVE.sub("", last.group()) or last.group())


def whole(text: str, span: Range) -> Range:
    """`span` drawn out to whole words, without white space at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while start > 0 and end > start and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and end > start and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def again(text: str, name: Range) -> Iterator[Range]:
    """Where the same name stands elsewhere in the text, whole or by its last word alone."""
    words = text[slice(*name)].split()
    forms = {" ".join(words), words[-1]} if words and words[-1][:1].isupper() and len(words[-1]) > 2 else set()
    for form in sorted(forms, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            if match.end() <= name[0] or match.start() >= name[1]:
                yield match.span()


def shown(
    text: str, pieces: Sequence[Piece], actors: Sequence[Range], marks: Sequence[int]
) -> tuple[list[int], list[int]]:
    """The ids of a sentence with its actors masked, and at which of them each actor stands.

    `pieces` are those of `text`, `actors` one or two places in it, `marks` the ids of the masks, one for each actor in
    the order of the text. What comes out has at most `LONGEST` ids, and none of the marks that begin and end a window.
    """
    order = sorted(range(len(actors)), key=lambda number: actors[number])
    masks: list[tuple[int, int, int]] = []  # start, end, which mark
    before: list[tuple[int, int]] = []  # where a mark is put in, which mark
    at: dict[int, tuple[int, int]] = {}
    own = [named(text, actors[number]) for number in order]
    for place, (number, name) in enumerate(zip(order, own, strict=True)):
        if name is None or any(start < name[1] and name[0] < end for start, end, _ in masks):
            at[number] = (whole(text, actors[number])[0], -1)
            before.append((at[number][0], place))
        else:
            at[number] = name
            masks.append((*name, place))
    for place, name in enumerate(own):
        for start, end in again(text, name) if name is not None else ():
            if not any(start < other_end and other_start < end for other_start, other_end, _ in masks):
                masks.append((start, end, place))
    masks.sort()
    ids: list[int] = []
    where: dict[tuple[int, int], int] = {}
    waiting = sorted(before)
    mask = 0
    for piece in pieces:
        while waiting and piece.start >= waiting[0][0]:
            start, place = waiting.pop(0)
            where[(start, -1)] = len(ids)
            ids.append(marks[place])
        while mask < len(masks) and masks[mask][1] <= piece.start:
            mask += 1
        if mask < len(masks) and masks[mask][0] < piece.end and piece.start < masks[mask][1]:
            start, end, place = masks[mask]
            if (start, end) not in where:
                where[(start, end)] = len(ids)
                ids.append(marks[place])
            continue
        ids.append(piece.id)
    for start, place in waiting:
        where[(start, -1)] = len(ids)
        ids.append(marks[place])
    places = [where.get(at[number], 0) for number in range(len(actors))]
    return _cut(ids, places)


def _cut(ids: list[int], places: list[int]) -> tuple[list[int], list[int]]:
    if len(ids) <= LONGEST:
        return ids, places
    middle = (min(places) + max(places)) // 2
    first = max(0, min(middle - LONGEST // 2, len(ids) - LONGEST))
    return ids[first : first + LONGEST], [min(max(place - first, 0), LONGEST - 1) for place in places]
