"""Ties -> a signed network: what documents say of how actors stand to each other, counted by independent documents.

A story that many outlets reprint is one document here (`Tie.copies`): counting reprints measures how much a wire is
read, not who stands with whom. How far the sign of an edge hangs on single documents is told by the bootstrap
(Efron 1979), with whole documents resampled, since ties of one document are not independent of each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from purport.errors import UsageError
from purport.model.document import PERIOD_FORMS, is_period
from purport.model.networks import Edge, Network, Node, Tie
from purport.network.columns import Ints, Ties
from purport.runtime.gc_pause import uncollected

_PERIODS = (1, 3, 6, 12)


def aggregated(
    ties: Iterable[Tie], nodes: Mapping[str, Node], *, least: int = 1, resamples: int = 200, seed: int = 0
) -> Network:
    """The directed network of `ties`: an edge for each holder and target, by their ids; nodes are those with an edge.

    Ties of an actor with itself and with one that `nodes` lacks are left out, and edges with fewer than `least`
    documents (at least 1). `resamples` are those of all documents by which `Edge.steady` is measured (0: not at all,
    it is NaN); an edge on whose documents none of a resample falls has no sign there, so that one document alone gives
    about .63 and two that agree .86. The same ties in any order and the same `seed` give the same network.
    Raises `UsageError` for counts that make no sense.
    """
    return _network(ties, nodes, True, least, resamples, seed)


def folded(
    ties: Iterable[Tie], nodes: Mapping[str, Node], *, least: int = 1, resamples: int = 200, seed: int = 0
) -> Network:
    """The undirected network of `ties`, as `aggregated` has it: it is counted from the ties, so that a document in
    which two actors blame each other counts once."""
    return _network(ties, nodes, False, least, resamples, seed)


def least_for(ties: Iterable[Tie], nodes: Mapping[str, Node], most: int) -> int:
    """How many documents an edge of `aggregated` must have, at least 1, for no more than `most` edges to be left. Where
    that would leave none, it is the number of documents that the edges with the most have, however many these are."""
    own, pairs, edge_of = _paired(ties, nodes, directed=True)
    if len(pairs) <= most:
        return 1
    groups, seen, _ = _told(own, edge_of)
    documents = np.sort(np.bincount(seen // groups))[::-1]
    return min(int(documents[most]) + 1, int(documents[0]))


def chosen(
    ties: Iterable[Tie],
    *,
    since: str | None = None,
    until: str | None = None,
    outlets: Collection[str] | None = None,
    vouched_by: Collection[str] | None = None,
    kinds: Collection[str] | None = None,
) -> Ties:
    """The ties that are asked for, in their order; None asks for all.

    `since` and `until` are dates of publication (YYYY, YYYY-MM or YYYY-MM-DD), both included: ties without a date are
    then left out, and those of which only the month or the year is known are in where they may fit. `outlets` are
    names (whatever their case), `vouched_by` ids of actors, `purport.model.networks.OWN_VOICE` or "" for an unnamed
    source. Raises `UsageError` for a date that is none.
    """
    for name, value in (("since", since), ("until", until)):
        if value is not None and not is_period(value):
            raise UsageError(f"{value!r} is not a date; write {PERIOD_FORMS}", name)
    own = Ties.of(ties)
    columns = own.columns
    if since is not None or until is not None:
        own = own.where(columns.days.fitting(lambda day: _within(day, since, until))[columns.days.number[own.places]])
    if outlets is not None:
        places = {outlet.casefold() for outlet in outlets}
        own = own.where(
            columns.outlets.fitting(lambda name: name.casefold() in places)[columns.outlets.number[own.places]]
        )
    if vouched_by is not None:
        own = own.where(columns.vouchers.fitting(vouched_by.__contains__)[columns.vouchers.number[own.places]])
    if kinds is not None:
        own = own.where(columns.kinds.fitting(kinds.__contains__)[columns.kinds.number[own.places]])
    return own


def _within(day: str, since: str | None, until: str | None) -> bool:
    """Whether a date of publication, as far as it is known, may fit."""
    after = since is None or (day != "" and day >= since[: len(day)])
    return after and (until is None or (day != "" and day[: len(until)] <= until))


def windows(ties: Iterable[Tie], months: int) -> list[tuple[str, list[Tie]]]:
    """The ties by time of publication: a label and the ties of each window that has any, the earliest first.

    `months` is 1 ("2031-04"), 3 ("2031-Q2"), 6 ("2031-H1") or 12 ("2031"). Ties of which the date is not known well
    enough to tell the window are in none. Raises `UsageError` for another number of months.
    """
    if months not in _PERIODS:
        raise UsageError(f"windows of {months} months are not known; take 1, 3, 6 or 12")
    slices: dict[str, list[Tie]] = {}
    for tie in ties:
        label = _label(tie.published, months)
        if label:
            slices.setdefault(label, []).append(tie)
    return sorted(slices.items())


def _label(published: str, months: int) -> str:
    year, month = published[:4], published[5:7]
    if months == 12:
        return year
    if not month:
        return ""
    if months == 1:
        return f"{year}-{month}"
    return f"{year}-{'Q' if months == 3 else 'H'}{(int(month) - 1) // months + 1}"


def _network(
    ties: Iterable[Tie], nodes: Mapping[str, Node], directed: bool, least: int, resamples: int, seed: int
) -> Network:
    if least < 1 or resamples < 0:
        raise UsageError(f"least {least} and resamples {resamples} make no sense; take at least 1 and 0")
    own, pairs, edge_of = _paired(ties, nodes, directed)
    if not len(own):
        return Network((), (), directed)
    columns, actors = own.columns, own.columns.actors
    # A document counts once for each edge, with the sign that it gives more often: one that calls somebody a hero
    # five times and quotes a reproach once is for him.
    groups, seen, cell_of = _told(own, edge_of)
    says = np.sign(np.bincount(cell_of, columns.sign[own.places], len(seen)).astype(np.int64))
    cell_edge, cell_group = seen // groups, seen % groups

    # Edges of which too little is known go now, so that nothing is reckoned for them.
    wanted = np.bincount(cell_edge, minlength=len(pairs)) >= least
    if not wanted.any():
        return Network((), (), directed)
    number = np.cumsum(wanted) - 1
    pairs, cells, rows = pairs[wanted], wanted[cell_edge], wanted[edge_of]
    says, cell_edge, cell_group = says[cells], number[cell_edge[cells]], cell_group[cells]
    own, edge_of = own.where(rows), number[edge_of[rows]]
    negative, neutral, positive = (np.bincount(cell_edge[says == way], minlength=len(pairs)) for way in (-1, 0, 1))
    counted = negative + neutral + positive
    sign = np.sign(positive - negative)
    steady = _steady(says, cell_edge, cell_group, sign, groups, resamples, seed)
    certain = columns.certainties.fitting(lambda value: value == "CT+")[columns.certainties.number[own.places]]
    sure = np.bincount(edge_of, certain, len(pairs))
    total = np.bincount(edge_of, minlength=len(pairs))
    values = (sign, positive, negative, neutral, counted, steady, sure / total)
    with uncollected():
        edges = _edges(own, edge_of, (pairs // len(actors), pairs % len(actors), *values))
    present_actors = np.unique([pairs // len(actors), pairs % len(actors)]).tolist()
    return Network(tuple(nodes[actors[actor]] for actor in present_actors), tuple(edges), directed)


def _paired(ties: Iterable[Tie], nodes: Mapping[str, Node], directed: bool) -> tuple[Ties, Ints, Ints]:
    """The ties that make edges, the edges as numbers (holder by the number of actors, plus target), and for each tie
    which of these is its own."""
    own = Ties.of(ties)
    columns, actors = own.columns, own.columns.actors
    one, other = columns.holder[own.places], columns.target[own.places]
    present = np.unique(np.r_[one, other])  # few of all actors, where one outlet is asked about
    known = np.zeros(len(actors), np.bool_)
    known[present] = [actors[actor] in nodes for actor in present.tolist()]
    meant = (one != other) & known[one] & known[other]
    own, one, other = own.where(meant), one[meant], other[meant]
    if not directed:
        one, other = np.minimum(one, other), np.maximum(one, other)
    pairs, edge_of = np.unique(one * len(actors) + other, return_inverse=True)
    return own, pairs, edge_of


def _told(own: Ties, edge_of: Ints) -> tuple[int, Ints, Ints]:
    """How many independent documents there are, which of them tell of which edge (edge by their number, plus
    document), and for each tie which of these is its own."""
    present, group_of = np.unique(own.columns.copies.number[own.places], return_inverse=True)
    seen, cell_of = np.unique(edge_of * len(present) + group_of, return_inverse=True)
    return len(present), seen, cell_of


def _edges(own: Ties, edge_of: Ints, values: Sequence[NDArray[Any]]) -> list[Edge]:
    """The edges: of each a row of `values`, in the order of `Edge`, its dates and its ties."""
    columns = own.columns
    days = columns.days.number[own.places]
    undated = days == (0 if columns.days.texts[:1] == ("",) else -1)
    # Within an edge ties are sorted by date, those without one first, and by id.
    told = [columns.ids[place] for place in own.places.tolist()]
    order = np.lexsort((np.array(told), days, edge_of))
    ids = [told[place] for place in order.tolist()]
    days_in_order, texts, actors = days[order].tolist(), columns.days.texts, columns.actors
    ends = np.cumsum(np.bincount(edge_of))
    starts = np.r_[0, ends[:-1]]
    known_from = starts + np.bincount(edge_of, undated).astype(np.int64)
    rows = (column.tolist() for column in (*values, starts, known_from, ends))
    edges = []
    for holder, target, sign, positive, negative, neutral, documents, steady, certain, start, known, end in zip(
        *rows, strict=True
    ):
        first, last = (texts[days_in_order[known]], texts[days_in_order[end - 1]]) if known < end else ("", "")
        between, counts = (actors[holder], actors[target]), (positive, negative, neutral, documents)
        edges.append(Edge(*between, sign, *counts, steady, certain, first, last, tuple(ids[start:end])))
    return edges


def _steady(
    told: Ints, edge: Ints, group: Ints, sign: Ints, groups: int, resamples: int, seed: int
) -> NDArray[np.float64]:
    """The share of resamples of documents in which each edge has its sign; `told` is what a document (`group`) says of
    an edge, sorted by edge."""
    if not resamples:
        return np.full(len(sign), np.nan)
    rng = np.random.Generator(np.random.PCG64(seed))
    starts = np.flatnonzero(np.r_[True, edge[1:] != edge[:-1]])
    # Most edges of a large network have one document, and their sign whenever that is drawn: no sum is needed.
    single = np.diff(np.r_[starts, len(edge)]) == 1
    alone = starts[single]
    several = ~single[edge]
    small, own, wanted = told[several].astype(np.int32), group[several], sign[~single]
    begins = np.flatnonzero(np.r_[True, edge[several][1:] != edge[several][:-1]]) if len(own) else starts[:0]
    same = np.zeros(len(wanted), dtype=np.int64)
    drawn = np.zeros(groups, dtype=np.int64)
    for _ in range(resamples):
        times = np.bincount(rng.integers(groups, size=groups), minlength=groups).astype(np.int32)
        drawn += times > 0
        if len(begins):
            same += np.sign(np.add.reduceat(times[own] * small, begins)) == wanted
    found = np.empty(len(sign))
    found[~single] = same
    found[single] = np.where(told[alone] == 0, resamples, drawn[group[alone]])
    return found / resamples
