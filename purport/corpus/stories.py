"""Stories and shared passages of a store: what is asked of them, and their rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from purport import store as stores
from purport.corpus.asked import Period, outlet_of, period_of
from purport.corpus.part import CorpusPart, actors_called
from purport.errors import UsageError
from purport.model.rows import DocumentRow
from purport.store.kept_actors import actors_in, documents_naming

if TYPE_CHECKING:
    from purport.stories import Member, Passage, Story, StoryText

_ACTORS = 8
"""Actors of a story that its row names."""
_NO_ACTORS = frozenset({"role", "other"})
Called = tuple[str, str]
"""The id and the name of an actor."""


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story as a row of a table: its id and title; the first and last day of publication (ISO 8601), None where
    nothing is dated; the ids of its documents by date; its outlets by name; the actors named in most of its documents.
    `versions` are the ids of documents that are one article of an outlet, as it was and as it was published again.
    """

    id: str
    title: str
    first: str | None
    last: str | None
    documents: tuple[str, ...]
    outlets: tuple[str, ...]
    actors: tuple[str, ...]
    members: tuple[Member, ...]
    versions: tuple[tuple[str, ...], ...] = ()

    def version_of(self, document: str) -> tuple[int, int] | None:
        """Which version of its article a document of the story is, and of how many; None where there is one alone."""
        for ids in self.versions:
            if document in ids:
                return ids.index(document) + 1, len(ids)
        return None

    def told(self) -> dict[str, object]:
        """The row as JSON has it: `id`, `title`, `from`, `to`, `documents`, `outlets`, `actors`."""
        return {
            "id": self.id, "title": self.title, "from": self.first, "to": self.last,
            "documents": list(self.documents), "outlets": list(self.outlets), "actors": list(self.actors),
        }  # fmt: skip


class CorpusStories(CorpusPart):
    """The part of a corpus that tells which documents belong together."""

    def stories(
        self,
        *,
        all: bool = False,
        about: str | None = None,
        outlet: str | None = None,
        since: Period | None = None,
        until: Period | None = None,
        search: str | None = None,
        min_documents: int | None = None,
        min_outlets: int = 1,
        threshold: float | None = None,
    ) -> list[StoryRow]:
        """The stories of all documents, the earliest first (those without a date last).

        Stories of one document are left out unless `all` are asked for. A story is in where one of its documents
        names the actor `about`, by whatever name, is published by `outlet`, has all words of `search`, is published
        from `since` and until `until` (documents without a date then count for none); each of these may be another
        document. `min_documents` and `min_outlets` are the least numbers of its documents and outlets; `threshold`
        the likeness (0..1) that makes a story. Raises `UsageError` for a name that is not there, a date that is none,
        a number below 1 or a wrong threshold.
        """
        from purport.stories import cluster, vectors  # here, as below: who asks for none need not load them
        from purport.stories.versions import versions

        threshold = cluster.THRESHOLD if threshold is None else threshold
        if not 0 < threshold <= 1:
            raise UsageError(f"a threshold lies above 0 and is at most 1, not {threshold!r}", "threshold")
        least = (1 if all else 2) if min_documents is None else min_documents
        for name, number in (("min_documents", least), ("min_outlets", min_outlets)):
            if number < 1:
                raise UsageError(f"{number} is no number of documents or outlets; give 1 or more", name)
        asked = stores.Filter(since=period_of(since, "since"), until=period_of(until, "until"), search=search)
        rows = {row.id: row for row in self.documents()}
        wanted: list[Callable[[str], bool]] = []
        if outlet is not None:
            own = outlet_of(outlet, stores.outlets(self.store))
            wanted.append(lambda id: rows[id].outlet == own)
        if about is not None:
            told_about = self._naming(about)
            wanted.append(told_about.__contains__)
        if asked.since is not None or asked.until is not None:
            wanted.append(lambda id: _between(rows[id].published, asked.since, asked.until))
        texts = texts_of(self.store, rows)
        if search is not None:
            words = set(map(vectors.stem, vectors.words_in(search)))
            having = {
                one.id for one in texts if words <= set(map(vectors.stem, vectors.words_in(f"{one.title} {one.text}")))
            }
            wanted.append(lambda id: id in having)
        found: list[Story] = []
        text_of = {one.id: one for one in texts}
        for story in cluster.stories(texts, threshold):
            outlets = _outlets(story, rows)
            if len(story.documents) < least or (len(outlets) < min_outlets and (min_outlets > 1 or outlets)):
                continue
            if not any(not any(map(fits, story.documents)) for fits in wanted):
                found.append(story)
        named = self._named({id for story in found for id in story.documents})
        return [_row(story, rows, named, versions(text_of[id] for id in story.documents)) for story in found]

    def _naming(self, name: str) -> set[str]:
        """The documents that name the actor called so. Raises `UsageError` where there is none."""
        kept = self._kept()
        entities = kept.bearing(name) if kept is not None else []
        if entities:
            return documents_naming(self.store, entities, _NO_ACTORS)
        bearing = actors_called(name, self.cast, "about")
        return {id for id, actors in self._named(None).items() if any(one in bearing for one, _ in actors)}

    def _named(self, documents: Collection[str] | None) -> Mapping[str, Counter[Called]]:
        """How often each document, or each of these, names each actor that has a name."""
        found: dict[str, Counter[Called]] = defaultdict(Counter)
        if documents is not None and self._kept() is not None:
            for document, id, name, mentions in actors_in(self.store, documents, _NO_ACTORS):
                found[document][id, name] += mentions
            return found
        cast = self.cast
        for one in cast.judged.clusters:
            if one.name and one.type not in _NO_ACTORS:
                for link in one.links:
                    row = cast.rows[link.entity]
                    if documents is None or row.document in documents:
                        found[row.document][one.id, one.name] += row.mentions
        return found

    def passages(self, *, least: float | None = None) -> list[Passage]:
        """The passages that each two documents share, by ids and places. Raises `UsageError` for a similarity
        outside of 0 to 1."""
        from purport.stories.passages import LEAST_SIMILAR, passages

        least = LEAST_SIMILAR if least is None else least
        if not 0 <= least <= 1:
            raise UsageError(f"a similarity lies between 0 and 1, not {least!r}", "least")
        rows = {row.id: row for row in self.documents()}
        return passages(texts_of(self.store, rows), least)


def texts_of(store: stores.Store, rows: Mapping[str, DocumentRow]) -> list[StoryText]:
    """The documents as stories are made of them, by id."""
    from purport.stories import StoryText

    return [
        StoryText(
            id, text, rows[id].title or "", rows[id].published or "", rows[id].outlet or "", rows[id].author or ""
        )
        for id, text in stores.texts(store, sorted(rows))
    ]


def _between(published: str | None, since: str | None, until: str | None) -> bool:
    """Whether a date may lie between two, of which each may be a year or a month alone; both are included."""
    if not published:
        return False
    day = published[:10]
    return (since is None or day >= since[: len(day)]) and (until is None or day[: len(until)] <= until)


def _outlets(story: Story, rows: Mapping[str, DocumentRow]) -> tuple[str, ...]:
    return tuple(sorted({rows[id].outlet or "" for id in story.documents} - {""}))


def _row(
    story: Story,
    rows: Mapping[str, DocumentRow],
    named: Mapping[str, Counter[Called]],
    same: Sequence[tuple[str, ...]],
) -> StoryRow:
    documents: Counter[Called] = Counter()
    mentions: Counter[Called] = Counter()
    for id in story.documents:
        own = named.get(id, Counter())
        documents.update(own.keys())
        mentions.update(own)
    actors = sorted(documents, key=lambda one: (-documents[one], -mentions[one], one[1], one[0]))[:_ACTORS]
    return StoryRow(
        story.id, story.title, story.first or None, story.last or None, story.documents, _outlets(story, rows),
        tuple(dict.fromkeys(name for _, name in actors)), story.members, tuple(same),
    )  # fmt: skip
