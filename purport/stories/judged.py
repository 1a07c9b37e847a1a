"""Stories as people have judged them: documents that tell one event, and documents that do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from purport.model.rows import StoryJudgement
from purport.stories.grouping import Graph

TOGETHER, APART, UNDO = "together", "apart", "undo"


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
    that are judged to be together are made one, with all that is in their groups."""
    stand = standing(judgements)
    apart = _apart(stand)
    groups = dict(enumerate(graph.grouped(threshold, apart)))
    place = {id: number for number, own in groups.items() for id in own}
    for one in stand:
        if one.deed != TOGETHER:
            continue
        numbers = sorted({place[id] for id in (*one.one, *one.other) if id in place})
        for number in numbers[1:]:
            into = groups[numbers[0]]
            if not any(other in apart.get(id, ()) for id in into for other in groups[number]):
                into += groups.pop(number)
                place.update((id, numbers[0]) for id in into)
    return [sorted(own) for own in groups.values()]


def _apart(judgements: Sequence[StoryJudgement]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in judgements:
        if one.deed == APART:
            for ours, theirs in ((one.one, one.other), (one.other, one.one)):
                for id in ours:
                    found[id] |= set(theirs) - set(ours)
    return found


def against(
    judgements: Sequence[StoryJudgement], deed: str, one: Collection[str], other: Collection[str]
) -> StoryJudgement | None:
    """The judgement that stands and says the contrary of what is to be judged; None where none does."""
    for told in standing(judgements):
        mine, theirs = set(told.one), set(told.other)
        crossed = (mine & set(one) and theirs & set(other)) or (mine & set(other) and theirs & set(one))
        if crossed and told.deed != deed:
            return told
    return None
