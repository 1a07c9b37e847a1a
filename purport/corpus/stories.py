"""Stories and shared passages of a store: what is asked of them, their rows, and what people judge of them."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from purport import store as stores
from purport.corpus.asked import Period, offered, outlet_of, period_of
from purport.corpus.likeness import Likeness, texts_of
from purport.corpus.part import CorpusPart, actors_called
from purport.corpus.sharing import Sharing, in_order, told_of
from purport.errors import UsageError
from purport.model.rows import DocumentRow, StoryDocument, StoryJudgement
from purport.resolve.corpus.nearly import nearly
from purport.store.kept_actors import actors_in, documents_naming
from purport.store.ties import story_judgements

if TYPE_CHECKING:
    from purport.stories import Member, Passage

_ACTORS = 8
"""Actors of a story that its row names."""
_NO_ACTORS = frozenset({"role", "other"})
Called = tuple[str, str]
"""The id and the name of an actor."""


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story as a row of a table: its id and title; the first and last day of publication (ISO 8601), None where
    nothing is dated; the ids of its documents by date; its outlets by name; the actors named in most of its documents.

    `similarities` tell, in the order of the documents, how like each is to the others (0..1, the mean; 1 where there
    is no other). `versions` are the ids of documents that are one article of an outlet, as it was and as it was
    published again. `follows` is the id of the story that it goes on from, where a long affair is a chain of stories.
    """

    id: str
    title: str
    first: str | None
    last: str | None
    documents: tuple[str, ...]
    outlets: tuple[str, ...]
    actors: tuple[str, ...]
    similarities: tuple[float, ...]
    versions: tuple[tuple[str, ...], ...] = ()
    follows: str | None = None

    def version_of(self, document: str) -> tuple[int, int] | None:
        """Which version of its article a document of the story is, and of how many; None where there is one alone."""
        for ids in self.versions:
            if document in ids:
                return ids.index(document) + 1, len(ids)
        return None

    def rows(self) -> list[StoryDocument]:
        """The story as rows of a table, one for each of its documents."""
        return [
            StoryDocument(self.id, self.title, self.first, self.last, document, similarity, self.follows)
            for document, similarity in zip(self.documents, self.similarities, strict=True)
        ]

    def told(self) -> dict[str, object]:
        """The row as JSON has it: `id`, `title`, `from`, `to`, `documents`, `outlets`, `actors`."""
        return {
            "id": self.id, "title": self.title, "from": self.first, "to": self.last,
            "documents": list(self.documents), "outlets": list(self.outlets), "actors": list(self.actors),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    """A story before it is told: its id, and its documents by date, each with how like the others it is."""

    id: str
    documents: tuple[str, ...]
    similarity: Mapping[str, float]
    follows: str | None

    @property
    def central(self) -> tuple[str, ...]:
        """Its documents, those most like the others first."""
        return tuple(sorted(self.documents, key=lambda id: (-self.similarity[id], id)))


class CorpusStories(CorpusPart):
    """The part of a corpus that tells which documents belong together."""

    @property
    @abstractmethod
    def likeness(self) -> Likeness:
        """How like the documents are to one another, as they are now."""

    @property
    @abstractmethod
    def sharing(self) -> Sharing:
        """What the documents share with one another, as it is now."""

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
        the likeness (0.15..1) that makes a story, as people's judgements leave it. Raises `UsageError` for a name that
        is not there, a date that is none, a number below 1 or a wrong threshold.
        """
        from purport.stories import vectors  # here, as below: who asks for none need not load it

        least = (1 if all else 2) if min_documents is None else min_documents
        for name, number in (("min_documents", least), ("min_outlets", min_outlets)):
            if number < 1:
                raise UsageError(f"{number} is no number of documents or outlets; give 1 or more", name)
        asked = stores.Filter(since=period_of(since, "since"), until=period_of(until, "until"), search=search)
        groups = self._groups(threshold)
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
        if search is not None:
            words = set(map(vectors.stem, vectors.words_in(search)))
            having = {
                one.id
                for one in texts_of(self.store, rows)
                if words <= set(map(vectors.stem, vectors.words_in(f"{one.title} {one.text}")))
            }
            wanted.append(having.__contains__)
        found: list[_Group] = []
        for story in groups:
            outlets = _outlets(story, rows)
            if len(story.documents) < least or (len(outlets) < min_outlets and (min_outlets > 1 or outlets)):
                continue
            if not any(not any(map(fits, story.documents)) for fits in wanted):
                found.append(story)
        made = self._story_rows(found, rows)
        return sorted(made, key=lambda one: (one.first or "~", one.id))

    def _groups(self, threshold: float | None = None) -> list[_Group]:
        """All stories, as people have judged them. Raises `UsageError` for a wrong threshold."""
        from purport.stories.cluster import LEAST_THRESHOLD, THRESHOLD

        threshold = THRESHOLD if threshold is None else threshold
        if not LEAST_THRESHOLD <= threshold <= 1:
            raise UsageError(f"a threshold lies between {LEAST_THRESHOLD} and 1, not {threshold!r}", "threshold")
        like, judgements = self.likeness, self.story_judgements()
        # Where somebody has taken documents back since then, their likeness may still be there.
        there = frozenset(self.store.ids())
        asked = threshold, len(judgements), there
        if asked not in like.groups:
            like.groups[asked] = self._grouped(threshold, judgements, there)
        return like.groups[asked]

    def _grouped(self, threshold: float, judgements: Sequence[StoryJudgement], there: frozenset[str]) -> list[_Group]:
        from purport.stories.chains import chained
        from purport.stories.cluster import story_id
        from purport.stories.judged import grouped

        like = self.likeness
        groups = [
            sorted(own, key=lambda id: (like.days[id], id))
            for found in grouped(like.graph, threshold, judgements)
            if (own := there.intersection(found))
        ]
        ids = [story_id(own) for own in groups]
        follows = chained(like.graph, groups, threshold)
        return [
            _Group(id, tuple(own), like.graph.likeness(own), ids[before] if before is not None else None)
            for id, own, before in zip(ids, groups, follows, strict=True)
        ]

    def _story_rows(self, groups: Sequence[_Group], rows: Mapping[str, DocumentRow]) -> list[StoryRow]:
        from purport.stories.cluster import opening
        from purport.stories.versions import versions

        named = self._named({id for one in groups for id in one.documents})
        central = [next((id for id in one.central if rows[id].title), one.central[0]) for one in groups]
        again = [_of_one_outlet(one.documents, rows) for one in groups]
        needed = {id for own in again for id in own} | {id for id in central if not rows[id].title}
        texts = {one.id: one for one in texts_of(self.store, needed)}
        return [
            _row(
                one, rows[title].title or opening(texts[title].text), rows, named,
                versions(texts[id] for id in own),
            )
            for one, title, own in zip(groups, central, again, strict=True)
        ]  # fmt: skip

    def members(self, story: StoryRow) -> tuple[Member, ...]:
        """That each document is of a story, with the reason, in the order of its documents."""
        from purport.stories.cluster import members

        similarity = dict(zip(story.documents, story.similarities, strict=True))
        rows = self.likeness.vectors(self.store, story.documents)
        return members(story.documents, similarity, rows, texts_of(self.store, story.documents))

    def memberships(self, threshold: float | None = None) -> list[tuple[StoryRow, str, float]]:
        """All memberships of stories of several documents, the weakest first: the story, the document and how like it
        is to the others (0..1). Raises `UsageError` for a wrong threshold."""
        found = [
            (story, id, like)
            for story in self.stories(threshold=threshold)
            for id, like in zip(story.documents, story.similarities, strict=True)
        ]
        return sorted(found, key=lambda one: (one[2], one[0].id, one[1]))

    def story(self, name: str, threshold: float | None = None) -> StoryRow:
        """The story with that id, or the one that a document is of, by its id or the beginning of either. Raises
        `UsageError` where there is none, or several."""
        found = self.groups_of([name], threshold)
        return self._story_rows(found, {row.id: row for row in self.documents()})[0]

    def groups_of(self, names: Sequence[str], threshold: float | None = None) -> list[_Group]:
        """The stories with those ids, or that documents are of, by their ids or the beginnings of either, in the order
        of the names. Raises `UsageError` where there is none, or several."""
        groups = self._groups(threshold)
        by_id = {id: own for own in groups for id in (*own.documents, own.id)}
        return [by_id.get(name) or _called(name, groups) for name in names]

    def near_stories(self, story: StoryRow, number: int = 5, threshold: float | None = None) -> list[StoryRow]:
        """The stories whose documents are most like those of one, the likest first."""
        from purport.stories.chains import likest

        groups = [one for one in self._groups(threshold) if one.id != story.id]
        found = likest(self.likeness.graph, story.documents, [one.documents for one in groups], number)
        rows = {row.id: row for row in self.documents()}
        made = {one.id: one for one in self._story_rows([groups[place] for place in found], rows)}
        return [made[groups[place].id] for place in found]

    def story_judgements(self) -> list[StoryJudgement]:
        """All that people decided of stories, in order."""
        return story_judgements(self.store)

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

    def passages(self, *, least: float | None = None, weakest: bool = False, limit: int | None = None) -> list[Passage]:
        """The passages that each two documents share, by ids and places, or the `weakest` first; the first of them
        where there is a `limit`. Raises `UsageError` for a similarity outside of 0 to 1."""
        from purport.stories.passages import LEAST_SIMILAR

        least = LEAST_SIMILAR if least is None else least
        if not 0 <= least <= 1:
            raise UsageError(f"a similarity lies between 0 and 1, not {least!r}", "least")
        sharing = self.sharing
        rows = in_order(sharing.order, sharing.rows(least=least).rows.tolist())
        if weakest:
            rows.sort(key=lambda row: row[-1])
        return told_of(self.store, sharing.order, rows[:limit])

    def passages_between(self, documents: Sequence[str], limit: int | None = None) -> tuple[list[Passage], int]:
        """The passages that documents share with one another, the longest first, at most so many; and how many there
        are."""
        sharing = self.sharing
        rows = in_order(sharing.order, sharing.rows(documents).rows.tolist())
        rows.sort(key=lambda row: row[2] - row[3])
        return told_of(self.store, sharing.order, rows[:limit]), len(rows)


def _called(name: str, groups: Sequence[_Group]) -> _Group:
    fitting = [
        one
        for one in groups
        if len(name) >= 4 and (one.id.startswith(name) or any(id.startswith(name) for id in one.documents))
    ]
    if len(fitting) != 1:
        near = offered(nearly(name, [one.id for one in groups])) if not fitting else ""
        told = f"{len(fitting)} stories are called" if fitting else "no story, and no document of one, is called"
        raise UsageError(f"{told} {name!r}{near}")
    return fitting[0]


def _between(published: str | None, since: str | None, until: str | None) -> bool:
    """Whether a date may lie between two, of which each may be a year or a month alone; both are included."""
    if not published:
        return False
    day = published[:10]
    return (since is None or day >= since[: len(day)]) and (until is None or day[: len(until)] <= until)


def _outlets(story: _Group, rows: Mapping[str, DocumentRow]) -> tuple[str, ...]:
    return tuple(sorted({rows[id].outlet or "" for id in story.documents} - {""}))


def _of_one_outlet(documents: Sequence[str], rows: Mapping[str, DocumentRow]) -> list[str]:
    """The documents of outlets that have several of them: these may be versions of one article."""
    number = Counter(" ".join((rows[id].outlet or "").split()).casefold() for id in documents)
    return [id for id in documents if number[" ".join((rows[id].outlet or "").split()).casefold()] > 1]


def _row(
    story: _Group,
    title: str,
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
    days = sorted(day for id in story.documents if (day := _day(rows[id].published)))
    return StoryRow(
        story.id, title, days[0] if days else None, days[-1] if days else None, story.documents,
        _outlets(story, rows), tuple(dict.fromkeys(name for _, name in actors)),
        tuple(story.similarity[id] for id in story.documents), tuple(same), story.follows,
    )  # fmt: skip


def _day(published: str | None) -> str:
    from purport.stories.texts import UNDATED, day_of

    return published[:10] if published and day_of(published) != UNDATED else ""
