"""What people decide of stories: that several are one, that documents are not of one, that a document is of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from purport import store as stores
from purport.corpus.asked import offered
from purport.corpus.stories import CorpusStories, StoryRow
from purport.errors import UsageError
from purport.model.rows import StoryJudgement
from purport.resolve.corpus.nearly import nearly
from purport.store.ties import judge_stories


class StoryJudging(CorpusStories):
    """The part of a corpus by which people correct its stories.

    Stories are named by their ids, or by a document of theirs. Judgements are only ever added, and stand when
    documents are read again; `who` and `note` are kept with them. Each method gives the number of the last judgement,
    and raises `UsageError` for what is not there, or where a judgement that stands says the contrary, and `StoreError`
    where the store cannot be written.
    """

    path: Path

    def close(self) -> None:
        """Let go of the store."""
        raise NotImplementedError

    def merge_stories(self, *stories: str, who: str = "", note: str = "") -> int:
        """Judge that stories tell one event."""
        return self._judge_stories(put_together(self, stories), who, note)

    def split_story(self, story: str, *documents: str, who: str = "", note: str = "") -> int:
        """Judge that documents do not tell the event of the others of a story."""
        return self._judge_stories(taken_out(self, story, documents), who, note)

    def move_documents(self, story: str, *documents: str, who: str = "", note: str = "") -> int:
        """Judge that documents tell the event of a story, and not that of the one that they are of."""
        return self._judge_stories(moved(self, story, documents), who, note)

    def undo_story(self, number: int | None = None, *, who: str = "", note: str = "") -> int:
        """Take back a judgement of stories, the last that stands if none is named, by another one."""
        return self._judge_stories([taken_back(self.story_judgements(), number)], who, note)

    def _judge_stories(self, judgements: Sequence[StoryJudgement], who: str, note: str) -> int:
        who, note = " ".join(who.split()), " ".join(note.split())
        self.close()
        with stores.Store(self.path, write=True) as store:
            return judge_stories(store, [replace(one, who=who, note=note) for one in judgements])


def put_together(corpus: CorpusStories, stories: Sequence[str]) -> list[StoryJudgement]:
    """The judgements that make stories one, which are named by their ids or documents of theirs. Raises `UsageError`
    as `CorpusStories.story`, for fewer than two, and where what people have judged says the contrary."""
    rows = list({row.id: row for row in map(corpus.story, stories)}.values())
    if len(rows) < 2:
        raise UsageError("these are one story already")
    return [_judged(corpus, "together", rows[0].documents, row.documents, central=True) for row in rows[1:]]


def taken_out(corpus: CorpusStories, story: str, documents: Sequence[str]) -> list[StoryJudgement]:
    """The judgement that documents, by the beginnings of their ids, are not of a story. Raises `UsageError` for a
    document that is not of it, where none would be left, and as `put_together`."""
    row = corpus.story(story)
    out = [_of(row, name) for name in documents]
    rest = [id for id in row.documents if id not in out]
    if not rest or not out:
        raise UsageError("name some of the story's documents, but not all")
    return [_judged(corpus, "apart", out, rest)]


def moved(corpus: CorpusStories, story: str, documents: Sequence[str]) -> list[StoryJudgement]:
    """The judgements that documents, by the beginnings of their ids, are not of the story that they are of, but of
    `story`. Raises `UsageError` where they are of several, and as `put_together`."""
    sources = {row.id: row for row in map(corpus.story, documents)}
    target = corpus.story(story)
    if len(sources) != 1:
        raise UsageError("the documents are of several stories; move those of one at a time")
    (source,) = sources.values()
    if source.id == target.id:
        raise UsageError(f"they are of the story {target.id} already")
    ids = [_of(source, name) for name in documents]
    out = taken_out(corpus, source.id, ids) if len(source.documents) > len(ids) else []
    return [*out, *(_judged(corpus, "together", [id], target.documents, central=True) for id in ids)]


def taken_back(judgements: Sequence[StoryJudgement], number: int | None) -> StoryJudgement:
    """The judgement that takes back another: the one with that number, by default the last that stands. Raises
    `UsageError` where there is none to take back."""
    from purport.stories.judged import standing, undone

    stand = [one.number for one in standing(judgements)]
    open_ = {one.number for one in judgements} - undone(judgements)
    if (number is None and not stand) or (number is not None and number not in open_):
        told = "nothing" if number is None else f"no judgement {number} of a story"
        raise UsageError(f"there is {told} to take back")
    return StoryJudgement(0, "undo", undoes=stand[-1] if number is None else number)


def _judged(
    corpus: CorpusStories, deed: str, one: Sequence[str], other: Sequence[str], *, central: bool = False
) -> StoryJudgement:
    from purport.stories.judged import against

    contrary = against(corpus.story_judgements(), deed, one, other)
    if contrary is not None:
        said = "tell one event" if contrary.deed == "together" else "do not tell one event"
        raise UsageError(f"judgement {contrary.number} says that some of these documents {said}; undo it first")
    if not central:
        return StoryJudgement(0, deed, tuple(one), tuple(other))
    # A story may have other documents later: what is judged is that the two that stand for them tell one event.
    return StoryJudgement(0, deed, (_central(corpus, one),), (_central(corpus, other),))


def _central(corpus: CorpusStories, documents: Sequence[str]) -> str:
    """The document that is most like the others."""
    similarity = corpus.likeness.graph.likeness(documents)
    return min(documents, key=lambda id: (-similarity[id], id))


def _of(story: StoryRow, name: str) -> str:
    """The id of a document of a story, by the beginning of it. Raises `UsageError` where there is none, or several."""
    fitting = [id for id in story.documents if len(name) >= 4 and id.startswith(name)]
    if len(fitting) != 1:
        near = offered(nearly(name, story.documents)) if not fitting else ""
        raise UsageError(f"{len(fitting)} documents of the story are called {name!r}{near}")
    return fitting[0]
