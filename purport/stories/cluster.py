"""Stories: documents that tell one event in the same days, by the words, names and numbers that they share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from purport.stories.grouping import Graph
from purport.stories.near import Days, Listed, work_out
from purport.stories.texts import UNDATED, StoryText
from purport.stories.vectors import Counter, Row, added, shared

THRESHOLD = 0.36
"""The mean likeness (0..1) of two groups from which on they are one story."""
LEAST_THRESHOLD = 0.15
"""Likenesses far below are not known."""
_SHARED = 5
"""Words of a reason."""


@dataclass(frozen=True, slots=True)
class Member:
    """That a document is of a story: how like it is to the others of it (0..1, the mean; 1 where there is no other),
    and the words and names that weigh most in both, the weightiest first."""

    document: str
    similarity: float
    words: tuple[str, ...]

    @property
    def reason(self) -> str:
        """The reason in words."""
        shared = f"shares {', '.join(self.words)}" if self.words else "the only one that tells it"
        return f"{shared} (similarity {self.similarity:.2f})" if self.words else shared


@dataclass(frozen=True, slots=True)
class Story:
    """Documents that tell one event, by date (unknown last) and id. `first` and `last` are days of publication in
    ISO 8601, "" where nothing is dated; `title` is that of the document most like the others."""

    id: str
    title: str
    first: str
    last: str
    members: tuple[Member, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of its documents."""
        return tuple(one.document for one in self.members)


def stories(texts: Iterable[StoryText], threshold: float = THRESHOLD) -> list[Story]:
    """The stories of texts, each text in exactly one; the earliest first (those without a date last), then by id.

    The order of `texts` does not matter. Of texts with one id the first in the order of their fields counts. Raises
    `ValueError` for a threshold outside of .15 to 1.
    """
    if not LEAST_THRESHOLD <= threshold <= 1:
        raise ValueError(f"a threshold lies between {LEAST_THRESHOLD} and 1, not {threshold!r}")
    every = {one.id: one for one in sorted(texts, key=_order, reverse=True)}
    days = Days(listed(one) for one in every.values())
    near = {id: one for day in work_out(days, lambda ids: [every[id] for id in ids]) for id, one in day.items()}
    graph = Graph({id: one.ties for id, one in near.items()}, {one.id: listed(one).day for one in every.values()})
    made: list[Story] = []
    for ids in graph.grouped(threshold):
        likeness = graph.likeness(ids)
        own = [every[id] for id in ids]
        ordered = sorted(own, key=lambda one: (one.day is None, one.day or 0, one.id))
        told = members([one.id for one in ordered], likeness, {id: near[id].row for id in ids}, own)
        dates = sorted(one.published[:10] for one in own if one.day is not None)
        title = title_of(own, likeness)
        made.append(Story(story_id(ids), title, dates[0] if dates else "", dates[-1] if dates else "", told))
    return sorted(made, key=lambda one: (one.first or "~", one.id))


def listed(text: StoryText) -> Listed:
    """A text as it is listed."""
    return Listed(text.id, text.title, UNDATED if text.day is None else text.day)


def story_id(documents: Collection[str]) -> str:
    """The id of the story of these documents."""
    return blake2b("\n".join(sorted(documents)).encode("utf-8", "replace"), digest_size=8).hexdigest()


def title_of(texts: Iterable[StoryText], likeness: Mapping[str, float]) -> str:
    """The title of the text that is most like the others; the first words of a text where none has a title."""
    central = min(texts, key=lambda one: (not one.title, -likeness[one.id], one.id))
    return central.title or opening(central.text)


def members(
    ids: Sequence[str], likeness: Mapping[str, float], vectors: Mapping[str, Row], texts: Iterable[StoryText]
) -> tuple[Member, ...]:
    """The members of a story, in the order of `ids`, with the words that they share; `texts` are theirs."""
    if len(ids) == 1:
        return (Member(ids[0], 1.0, ()),)
    counter = Counter()
    for text in sorted(texts, key=lambda one: one.id):
        counter.read(text)
    rows = [vectors[id] for id in ids]
    whole = added((row, 1.0) for row in rows)
    return tuple(
        Member(id, likeness[id], shared(row, whole, counter.words, _SHARED)) for id, row in zip(ids, rows, strict=True)
    )


def _order(text: StoryText) -> tuple[str, ...]:
    return text.id, text.text, text.title, text.published, text.outlet, text.author


def opening(text: str) -> str:
    """The first words of a text without a title."""
    words = text.split(maxsplit=12)
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")
