"""What people decide of stories: that several are one, that documents are not of one, that a document is of another."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from purport import store as stores
from purport.corpus.asked import offered
from purport.corpus.stories import CorpusStories
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

    @abstractmethod
    def close(self) -> None:
        """Let go of the store."""

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
        return self._judge_stories([taken_back(self, number)], who, note)

    def _judge_stories(self, judgements: Sequence[StoryJudgement], who: str, note: str) -> int:
        who, note = " ".join(who.split()), " ".join(note.split())
        self.close()
        with stores.Store(self.path, write=True) as store:
            return judge_stories(store, [replace(one, who=who, note=note) for one in judgements])


def put_together(corpus: CorpusStories, stories: Sequence[str]) -> list[StoryJudgement]:
    """The judgements that make stories one, which are named by their ids or documents of theirs. Raises `UsageError`
    as `CorpusStories.story`, for fewer than two, and where what people have judged says the contrary."""
    found = list({own.id: own for own in corpus.groups_of(stories)}.values())
    if len(found) < 2:
        raise UsageError("these are one story already")
    before: list[str] = []
    made: list[StoryJudgement] = []
    for own in found:
        if before:
            _allowed(corpus, "together", before, own.documents)
            made.append(StoryJudgement(0, "together", found[0].central, own.central))
        before += own.documents
    return made


def taken_out(corpus: CorpusStories, story: str, documents: Sequence[str]) -> list[StoryJudgement]:
    """The judgement that documents, by the beginnings of their ids, are not of a story. Raises `UsageError` for a
    document that is not of it, where none would be left, and as `put_together`."""
    (own,) = corpus.groups_of([story])
    out = list(dict.fromkeys(_of(own.documents, name) for name in documents))
    rest = [id for id in own.documents if id not in set(out)]
    if not rest or not out:
        raise UsageError("name some of the story's documents, but not all")
    _allowed(corpus, "apart", out, rest)
    return [StoryJudgement(0, "apart", tuple(out), tuple(rest))]


def moved(corpus: CorpusStories, story: str, documents: Sequence[str]) -> list[StoryJudgement]:
    """The judgement that documents, by the beginnings of their ids, are not of the story that they are of, but of
    `story`. Raises `UsageError` where they are of several, and as `put_together`."""
    target, *sources = corpus.groups_of([story, *documents])
    if len({own.id for own in sources}) != 1:
        raise UsageError("the documents are of several stories; move those of one at a time")
    source = sources[0]
    if source.id == target.id:
        raise UsageError(f"they are of the story {target.id} already")
    ids = list(dict.fromkeys(_of(source.documents, name) for name in documents))
    _allowed(corpus, "together", ids, target.documents)
    rest = [id for id in source.documents if id not in set(ids)]
    _allowed(corpus, "apart", ids, rest)
    return [StoryJudgement(0, "move", tuple(ids), target.central)]


def taken_back(corpus: CorpusStories, number: int | None) -> StoryJudgement:
    """The judgement that takes back another: the one with that number, by default the last that stands. Raises
    `UsageError` where there is none to take back, and where what stands again by it is the contrary of another."""
    from purport.stories.judged import standing, undone

    judgements = corpus.story_judgements()
    stand = [one.number for one in standing(judgements)]
    open_ = {one.number: one for one in judgements if one.number not in undone(judgements)}
    if (number is None and not stand) or (number is not None and number not in open_):
        told = "nothing" if number is None else f"no judgement {number} of a story"
        raise UsageError(f"there is {told} to take back")
    found = open_[stand[-1] if number is None else number]
    if found.deed == "undo":
        again = next(one for one in judgements if one.number == found.undoes)
        _allowed(corpus, "apart" if again.deed == "apart" else "together", again.one, again.other)
    return StoryJudgement(0, "undo", undoes=found.number)


def _allowed(corpus: CorpusStories, deed: str, one: Sequence[str], other: Sequence[str]) -> None:
    """Raises `UsageError`, with its number, where a judgement that stands says the contrary."""
    from purport.stories.judged import against

    contrary = against(corpus.story_judgements(), deed, one, other, corpus.likeness.days)
    if contrary is not None:
        said = "do not tell one event" if contrary.deed == "apart" else "tell one event"
        raise UsageError(f"judgement {contrary.number} says that some of these documents {said}; undo it first")


def _of(documents: Sequence[str], name: str) -> str:
    """The id of a document of a story, by the beginning of it. Raises `UsageError` where there is none, or several."""
    fitting = [id for id in documents if len(name) >= 4 and id.startswith(name)]
    if len(fitting) != 1:
        near = offered(nearly(name, documents)) if not fitting else ""
        raise UsageError(f"{len(fitting)} documents of the story are called {name!r}{near}")
    return fitting[0]
