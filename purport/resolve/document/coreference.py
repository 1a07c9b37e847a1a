"""Which spans of a document name something, and which of them name the same.

One pass over the text: of each head's spans the likeliest is kept, and each mention is linked to the one before it that
it goes with best, or to none (mention ranking: Denis and Baldridge 2008; Durrett and Klein 2013). What is known for
certain to be two is never made one: two persons of different given names, what names a part of what the other names.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from purport.lexicons.given import given
from purport.model.analysis import Analysis, Pairs, Ranker
from purport.resolve.document.candidates import Candidate, candidates
from purport.resolve.document.features import (
    Describer,
    Floats,
    Ints,
    Row,
    described,
    described_head,
    kind_of,
    known,
    quotes,
)
from purport.resolve.document.names import bare
from purport.resolve.document.pairs import PAIRS, offered, paired
from purport.resolve.document.sure_names import sure_names

LEAST = 0.2
"""Probability from which on a span is taken to name something; personal pronouns always do."""
STEP = 400
"""Mentions whose antecedents are sought at once, among themselves and as many before them."""
_SEEN = tuple(PAIRS.index(name) for name in ("same text", "same lemma", "head in words", "digits same"))
"""Features of pairs of which it counts whether any mention before has them."""


@dataclass(frozen=True, slots=True)
class Named:
    """A span that names something: `chance` that it does, `again` that what it names is named elsewhere too, and the
    probabilities of its types, in the order of the ranker's `types`."""

    candidate: Candidate
    described: tuple[str, ...]
    chance: float
    again: float
    types: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """What a mention may go back to: numbers of mentions, None for nothing before it, with their probabilities, the
    likeliest first."""

    choices: tuple[tuple[int | None, float], ...]

    @property
    def antecedent(self) -> int | None:
        """The likeliest."""
        return self.choices[0][0]


CHOICES = 6
"""Antecedents that are kept, the likeliest."""


def mentions(analysis: Analysis) -> list[Named]:
    """The spans that name something, in the order of their first words, of those that begin together the longer first.

    Nothing where no ranker is at hand.
    """
    ranker, states = analysis.ranker, analysis.states
    if ranker is None or states is None:
        return []
    names = sure_names(analysis)
    groups = _apart(candidates(analysis), names)
    flat = [one for group in groups for one in group]
    if not flat:
        return []
    at_head = {head: described_head(analysis, head) for head in {one.head for one in flat}}
    words = [tuple(described(analysis, one, at_head[one.head])) for one in flat]
    chances, types = _spans(ranker, states, flat, words)
    found: dict[tuple[int, int], Named] = {}
    at = 0
    for group in groups:
        best = at + int(np.argmin(chances[at : at + len(group), 0]))
        at += len(group)
        one = flat[best]
        chance = 1 - float(chances[best, 0])
        sided: int | None = None
        if chance <= LEAST:
            sided = next((n for n, other in enumerate(group, at - len(group)) if _takes_a_side(analysis, other)), None)
            best, one = (best, one) if sided is None else (sided, flat[sided])
        if chance > LEAST or sided is not None or one.told or kind_of(analysis, one) == "pronoun":
            own = Named(one, words[best], chance, float(chances[best, 2]), tuple(map(float, types[best])))
            found.setdefault((one.first, one.last), own)
    return sorted(found.values(), key=lambda m: (m.candidate.first, -m.candidate.last))


def _apart(groups: list[list[Candidate]], names: Sequence[Candidate]) -> list[list[Candidate]]:
    """The candidates without pieces of names that are sure; of those with a head in such a name the ones that end with
    it, or the name itself."""
    if not names:
        return groups
    own: dict[int, list[Candidate]] = {name.first: [] for name in names}
    kept: list[list[Candidate]] = []
    for group in groups:
        left = [one for one in group if _agrees(one, names)]
        name = next((name for name in names if name.first <= group[0].head <= name.last), None)
        if name is None or (group[0].group and not (name.first <= group[0].first and group[0].last <= name.last)):
            kept += [left] if left else []
            continue
        left = [one for one in left if not one.group]
        own[name.first] += [one for one in left if one.last == name.last and one.first <= name.first]
    for name in names:
        fitting = [one for one in own[name.first] if one.head == name.head] or own[name.first] or [name]
        kept.append([replace(one, told=True) for one in fitting])
    return sorted(kept, key=lambda group: group[0].first)


def _agrees(one: Candidate, names: Sequence[Candidate]) -> bool:
    """Whether a candidate is apart from each name that is sure, is it, or holds it whole."""
    at = bisect_left(names, one.first, key=lambda name: name.last)
    for name in names[at:]:
        if name.first > one.last:
            return True
        if not (one.first <= name.first and name.last <= one.last):
            return False
    return True


def _takes_a_side(analysis: Analysis, one: Candidate) -> bool:
    """Whether a span is a name of somebody that takes a side ("the “Martyr of the Valley”"), which always names."""
    words = analysis.span(one.first, one.last).of(analysis.document.text).split()
    return len(words) <= _LONGEST and " ".join(bare(words)).lower() in analysis.lexicon.by_how("name")


_LONGEST = 8
"""Words that a name may have which takes a side."""


def _spans(
    ranker: Ranker, states: NDArray[np.float16], flat: Sequence[Candidate], words: Sequence[Sequence[str]]
) -> tuple[Floats, Floats]:
    head = np.array([one.head for one in flat])
    last = np.array([one.last for one in flat])
    after = np.minimum(last + 1, len(states) - 1)
    parts = [
        ranker.spans(
            words[begin : begin + STEP],
            *(states[at[begin : begin + STEP]] for at in (head, last, after)),
        )
        for begin in range(0, len(flat), STEP)
    ]
    return np.concatenate([one for one, _ in parts]), np.concatenate([other for _, other in parts])


def evidence(found: Sequence[Named], later: Ints, pairs: Floats) -> Floats:
    """What speaks for a mention's having an antecedent at all, mentions by 6; `later` says whose each pair is."""
    columns = [np.array([one.chance for one in found]), np.array([one.again for one in found])]
    for number in _SEEN:
        seen = np.zeros(len(found))
        np.maximum.at(seen, later, pairs[:, number])
        columns.append(seen)
    return np.stack(columns, axis=1).astype(np.float32)


def scored(analysis: Analysis, found: Sequence[Named]) -> Iterator[tuple[int, int, Floats]]:
    """For stretches of mentions `begin` to `end` the scores of their antecedents: row by row none, then those from
    mention `end - columns + 1` on."""
    ranker, states = analysis.ranker, analysis.states
    assert ranker is not None
    assert states is not None
    linking, describer = ranker.linking(), Describer(analysis, given(), quotes(analysis))
    before: list[Row] = []
    for begin in range(0, len(found), STEP):
        first, end = max(0, begin - STEP), min(begin + STEP, len(found))
        here = found[begin:end]
        rows = [describer.row(one.candidate) for one in here]
        of = known([*before, *rows], np.array([one.types for one in found[first:end]], np.float32))
        later, earlier = offered(of)
        wanted = later >= begin - first
        later, earlier = later[wanted], earlier[wanted]
        pairs = paired(of, later, earlier)
        head = states[np.array([one.candidate.head for one in here])].astype(np.float32)
        yield (
            begin,
            end,
            linking.links(
                [one.described for one in here],
                head,
                evidence(here, later - (begin - first), pairs),
                Pairs(later, earlier, pairs),
                of.person[begin - first :] > 0,
            ),
        )
        before = rows


def linked(analysis: Analysis, found: Sequence[Named]) -> list[Linked]:
    """For each mention its antecedent."""
    links: list[Linked] = []
    for begin, end, scores in scored(analysis, found):
        first = end - (scores.shape[1] - 1)
        for number in range(begin, end):
            links.append(_best(scores[number - begin], first))
    return links


def _best(scores: NDArray[np.float32], first: int) -> Linked:
    offered = np.flatnonzero(np.isfinite(scores))
    share = np.exp(scores[offered] - scores[offered].max())
    share /= share.sum()
    best = np.argsort(-share, kind="stable")[:CHOICES]
    chances = share[best].tolist()
    return Linked(
        tuple((first + at - 1 if at else None, one) for at, one in zip(offered[best].tolist(), chances, strict=True))
    )


def chains(links: Sequence[Linked]) -> list[list[int]]:
    """The mentions that name the same, each chain and the chains in the order of the text."""
    of: list[int] = []
    found: dict[int, list[int]] = {}
    for number, one in enumerate(links):
        chain = number if one.antecedent is None else of[one.antecedent]
        of.append(chain)
        found.setdefault(chain, []).append(number)
    return list(found.values())
