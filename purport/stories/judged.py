"""Stories as people have judged them: documents that tell one event, and documents that do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from purport.model.rows import StoryJudgement
from purport.stories.grouping import Graph

TOGETHER, APART, MOVE, UNDO = "together", "apart", "move", "undo"


def undone(judgements: Sequence[StoryJudgement]) -> frozenset[int]:
    """The numbers of the judgements that a later one takes back, and that is not taken back itself."""
    found: set[int] = set()
    for one in sorted(judgements, key=lambda one: -one.number):
        if one.deed == UNDO and one.number not in found:
            found.add(one.undoes)
    return frozenset(found)


def standing(judgements: Sequence[StoryJudgement]) -> list[StoryJudgement]:
    """The judgements that stand, in order."""
    gone = undone(judgements)
    return [one for one in judgements if one.deed != UNDO and one.number not in gone]


def grouped(graph: Graph, threshold: float, judgements: Sequence[StoryJudgement]) -> list[list[str]]:
    """The groups of documents, by id, as they are found without those that are judged apart ever together; then those
    that are judged to be together are made one, with all that is in their groups, and documents that are moved are put
    where they were moved to."""
    stand = standing(judgements)
    apart = _apart(stand)
    groups = dict(enumerate(graph.grouped(threshold, apart)))
    place = {id: number for number, own in groups.items() for id in own}
    for one in stand:
        ours, theirs = _there(one.one, place), _there(one.other, place)
        if not ours or not theirs:
            continue
        if one.deed == TOGETHER:
            a, b = sorted((place[ours[0]], place[theirs[0]]))
            if a != b and not _kept_apart(groups[a], groups[b], apart):
                place.update((id, a) for id in groups[b])
                groups[a] += groups.pop(b)
        elif one.deed == MOVE:
            into = place[theirs[0]]
            for id in ours:
                if place[id] != into and not _kept_apart([id], groups[into], apart):
                    groups[place[id]].remove(id)
                    groups[into].append(id)
                    place[id] = into
    return [sorted(own) for own in groups.values() if own]


def _there(ids: Iterable[str], place: Mapping[str, int]) -> list[str]:
    return [id for id in ids if id in place]


def _kept_apart(ours: Iterable[str], theirs: Collection[str], apart: Mapping[str, set[str]]) -> bool:
    return bool(apart) and any(not apart[id].isdisjoint(theirs) for id in ours if id in apart)


def _apart(judgements: Iterable[StoryJudgement]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in judgements:
        if one.deed == APART:
            both = set(one.one) & set(one.other)
            for ours, theirs in ((one.one, set(one.other) - both), (one.other, set(one.one) - both)):
                for id in ours:
                    found[id] |= theirs
    return found


def against(
    judgements: Sequence[StoryJudgement],
    deed: str,
    one: Collection[str],
    other: Collection[str],
    there: Collection[str],
) -> StoryJudgement | None:
    """The judgement that stands and says the contrary of what is to be judged, by the documents that are there; None
    where none does."""
    ours, theirs = set(one), set(other)
    for told in standing(judgements):
        if (told.deed == APART) == (deed == APART):
            continue
        mine, rest = ([id for id in side if id in there] for side in (told.one, told.other))
        # What stands for a whole story is one document of it: others may be taken out of it.
        if told.deed == TOGETHER:
            mine, rest = mine[:1], rest[:1]
        elif told.deed == MOVE:
            rest = rest[:1]
        if (ours & set(mine) and theirs & set(rest)) or (ours & set(rest) and theirs & set(mine)):
            return told
    return None
