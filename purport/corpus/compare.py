"""What two runs made of the same documents: attributions that came, went or changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from purport.model.codec import spans_in
from purport.model.rows import words
from purport.store import Store

CHANGED = 0.5
"""Share of words that two contents must have in common (Jaccard) to be taken for one attribution that changed."""


class Fate(StrEnum):
    """What became of an attribution from one run to the other."""

    CAME = "+"
    WENT = "-"
    CHANGED = "~"


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """An attribution in words: what two runs can be compared by even where the text was read otherwise."""

    source: str
    cue: str
    content: str
    act: str
    kind: str

    def __str__(self) -> str:
        return f"{self.source or 'unnamed'}: {self.act} ({self.kind}), {self.cue!r}: {self.content}"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference in one document; `before` is None for what came, `after` for what went."""

    document: str
    fate: Fate
    before: Told | None
    after: Told | None


def compare(store: Store, old: str, new: str) -> Iterator[Change]:
    """The differences between two runs, by their ids, over the documents that both have analysed, by document id."""
    for name in store.ids():
        before, after = store.record_under(name, old), store.record_under(name, new)
        if before is not None and after is not None:
            yield from differences(name, _told(before), _told(after))


def _told(record: Mapping[str, Any]) -> list[Told]:
    text = record["document"]["text"]
    return [
        Told(
            words(text, spans_in(one["source"])),
            words(text, spans_in(one["cue"])),
            words(text, spans_in(one["content"])),
            one["act"],
            one["kind"],
        )
        for one in record["attributions"]
    ]


def differences(document: str, before: Sequence[Told], after: Sequence[Told]) -> Iterator[Change]:
    """Pair what is alike, then what has the same cue or half its content in common; the rest came or went."""
    went = list((Counter(before) - Counter(after)).elements())
    came = list((Counter(after) - Counter(before)).elements())
    for one in went:
        match = max(came, key=lambda other: _likeness(one, other), default=None)
        if match is not None and _likeness(one, match) >= CHANGED:
            came.remove(match)
            yield Change(document, Fate.CHANGED, one, match)
        else:
            yield Change(document, Fate.WENT, one, None)
    for one in came:
        yield Change(document, Fate.CAME, None, one)


def _likeness(one: Told, other: Told) -> float:
    mine, theirs = set(one.content.split()), set(other.content.split())
    return len(mine & theirs) / max(1, len(mine | theirs))
