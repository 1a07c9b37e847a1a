"""The ranker at run time: which spans name something, what they name, and which two name the same.

Two small networks over the states of the tagger's encoder and over features that `purport.resolve` names; numpy is
all they need. Which antecedent a mention has is decided among all before it, or none (Durrett and Klein 2013; Wiseman
et al. 2015). The weights lie in `purport/models` and are checked by their SHA-256.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from purport.analyse.models.shipped import checked, facts_of
from purport.model.analysis import Pairs, States

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

READ, WIDTH = 768, 1536
"""Numbers of a state that are read as they are, and up to which it is the encoder's; those of a name follow."""
HEADS = 8
"""Ways in which the states of two mentions are compared."""
_PAIRS = 1024
"""Pairs that are weighed at once, so that memory is bounded."""


@cache
def ranker() -> Ranking | None:
    """The ranker that ships, loaded once; None where there is none. Raises `ModelError` where it is damaged."""
    told = facts_of("ranker")
    if told is None:
        return None
    data = checked("ranker.npz", told["sha256"]["ranker.npz"])
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        weights = {name: arrays[name].astype(np.float32) for name in arrays.files}
    return Ranking(
        weights, {name: number for number, name in enumerate(told["features"])}, tuple(told["types"]), told["lean"]
    )


class _Bag(NamedTuple):
    """The numbers of the features that mentions have, each once, and how often each mention has each of them (mentions
    by features)."""

    numbers: Ints
    counts: Floats

    @property
    def mentions(self) -> int:
        """How many mentions there are."""
        return len(self.counts)


class _Net(NamedTuple):
    """What a network for links makes of each mention by itself; see `Ranking._net`."""

    name: str
    spoken: Floats
    mine: Floats
    other: Floats
    other_state: Floats
    asks: Floats
    offers: Floats
    new: Floats


_Weighed = tuple[tuple[_Net, ...], tuple[tuple[Floats, Floats], ...]]
"""Of mentions what each network makes of them, and what each layer that is looked at asks with and is asked for."""


@dataclass(frozen=True, eq=False)
class Ranking:
    """The networks; see `purport.model.analysis.Ranker`."""

    weights: Mapping[str, Floats]
    features: Mapping[str, int]
    types: tuple[str, ...]
    lean: float = 0.0
    """What is added for a mention's having no antecedent."""

    def _summed(self, table: str, bag: _Bag) -> Floats:
        """For each mention the sum of the rows of its features; as a product, since many mentions share a feature and
        gathering its row for each of them takes five times as long."""
        found: Floats = bag.counts @ self.weights[table][bag.numbers]
        return found

    def _bag(self, described: Sequence[Sequence[str]]) -> _Bag:
        """The numbers of the features of each mention; those that are not known are left out."""
        number_of = self.features.get
        own = [[number for name in names if (number := number_of(name)) is not None] for names in described]
        numbers, columns = np.unique(np.fromiter(chain.from_iterable(own), np.int64), return_inverse=True)
        rows = np.repeat(np.arange(len(own)), [len(one) for one in own])
        cells = np.bincount(rows * len(numbers) + columns, minlength=len(own) * len(numbers))
        counts = cells.reshape(len(own), len(numbers)).astype(np.float32)
        return _Bag(numbers, counts)

    def _linear(self, name: str, values: Floats) -> Floats:
        found: Floats = values @ self.weights[f"{name}.weight"].T
        bias = self.weights.get(f"{name}.bias")
        return found if bias is None else found + bias

    @cached_property
    def _one_thread(self) -> ThreadpoolController:
        # How many threads share a product decides the order in which it is added up, and with it the last digits.
        return ThreadpoolController()

    def spans(
        self, described: Sequence[Sequence[str]], head: States, last: States, after: States
    ) -> tuple[Floats, Floats]:
        """For each span the probabilities that it names nothing, something once, something that is named again; and
        of each of `types`. `head`, `last`, `after` are the states of its head, its last word and the one behind it."""
        with self._one_thread.limit(limits=1, user_api="blas"):
            hidden = self._summed("span.features", self._bag(described))
            for name, states in (("span.head", head), ("span.last", last), ("span.after", after)):
                hidden += self._linear(name, self.first(states))
            said = self._linear("span.out", np.maximum(hidden, 0))
        return _softmax(said[:, :3]), _softmax(said[:, 3:])

    def linking(self) -> Linking:
        """What weighs the mentions of one text, stretch by stretch."""
        return Linking(self)

    def links(self, weighed: _Weighed, before: int, evidence: Floats, pairs: Pairs) -> Floats:
        """See `Linking.links`: `weighed` has the mentions of two stretches, `before` of them of the first."""
        with self._one_thread.limit(limits=1, user_api="blas"):
            nets, looks = weighed
            count = len(evidence)
            scores = np.full((count, before + count + 1), -np.inf, np.float32)
            scores[:, 0] = np.mean([self._alone(net, before, evidence) for net in nets], axis=0) + self.lean
            for begin in range(0, len(pairs.later), _PAIRS):
                one, two = (side[begin : begin + _PAIRS] for side in (pairs.later, pairs.earlier))
                near = _Near(*_places(one, before + count), *_places(two, before + count))
                known = [pairs.known[begin : begin + _PAIRS]]
                for query, key in looks:
                    known += [near.compared(query, key), near.turned.compared(query, key)]
                both = np.concatenate(known, axis=1)
                scores[one - before, two + 1] = np.mean([self._pair(net, both, near) for net in nets], axis=0)
            return scores

    def weighed(self, described: Sequence[Sequence[str]], head: Floats, pronoun: NDArray[np.bool_]) -> _Weighed:
        """What the networks make of each mention by itself; the arguments are those of `Linking.links`."""
        with self._one_thread.limit(limits=1, user_api="blas"):
            own, bag = self.first(head), self._bag(described)
            looks = tuple(_scaled(self.looked(layer, at, head)) for layer, at in ATTENDED)
            return tuple(self._net(name, bag, own, pronoun) for name in self.members), looks

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The networks for links, whose scores are averaged: what one has learned by chance, the others have not."""
        numbers = sorted(name.partition(".")[0] for name in self.weights if name.startswith("link"))
        return tuple(dict.fromkeys(numbers))

    def _net(self, name: str, bag: _Bag, own: Floats, pronoun: NDArray[np.bool_]) -> _Net:
        """What one network makes of each mention by itself."""
        count = bag.mentions
        # What their states say counts of pronouns alone: of names and nouns there is too little to learn it from.
        spoken = pronoun.astype(np.float32)[:, None]
        which = np.flatnonzero(pronoun)
        states = own[which]
        mine, new = self._summed(f"{name}.mine", bag), self._summed(f"{name}.new", bag)
        mine[which] += self._linear(f"{name}.state", states)
        new[which] += self._linear(f"{name}.new_state", states)
        other, other_state = self._summed(f"{name}.other", bag), self._linear(f"{name}.other_state", own)
        offers = self._linear(f"{name}.offers", own).reshape(count, HEADS, -1)
        asks = np.zeros_like(offers)
        asks[which] = self._linear(f"{name}.asks", states).reshape(len(which), HEADS, offers.shape[2])
        asks *= np.float32(1 / math.sqrt(asks.shape[2]))
        return _Net(name, spoken, mine, other, other_state, asks, offers, new)

    def _alone(self, net: _Net, before: int, evidence: Floats) -> Floats:
        """How well it goes with each mention behind the first `before` that it has no antecedent, by one network."""
        new = np.concatenate([np.maximum(net.new[before:], 0), evidence], axis=1)
        hidden = np.maximum(self._linear(f"{net.name}.new_hidden", new), 0)
        found: Floats = self._linear(f"{net.name}.new_out", hidden)[:, 0]
        return found

    def _pair(self, net: _Net, known: Floats, near: _Near) -> Floats:
        """How well the mentions `near.two` go with the mentions `near.one` behind them, by one network."""
        one, two = near.one[near.at_one], near.two[near.at_two]
        alike = near.compared(net.asks, net.offers)
        hidden = self._linear(f"{net.name}.pair", np.concatenate([known, alike], axis=1))
        hidden += net.mine[one]
        hidden += net.other[two]
        hidden += net.other_state[two] * net.spoken[one]
        hidden = np.maximum(self._linear(f"{net.name}.hidden", np.maximum(hidden, 0)), 0)
        found: Floats = self._linear(f"{net.name}.out", hidden)[:, 0]
        return found

    def first(self, states: States) -> Floats:
        """Of the states those that are read as they are: of the first layers, and of names by themselves; the others
        are there for the layers' attention."""
        return np.concatenate([states[:, :READ], states[:, WIDTH:]], axis=1, dtype=np.float32)

    def looked(self, layer: int, at: int, states: Floats) -> tuple[Floats, Floats]:
        """What a layer of the encoder asks with and is asked for at each mention's head, mentions by heads by size."""
        size = self.weights[f"attention.{layer}.query.weight"].shape[1]
        own = np.ascontiguousarray(states[:, at * size : (at + 1) * size])
        query, key = (self._linear(f"attention.{layer}.{which}", own) for which in ("query", "key"))
        return query.reshape(len(own), ATTENTION, -1), key.reshape(len(own), ATTENTION, -1)


class Linking:
    """The networks at work on one text; see `purport.model.analysis.Linking`. What they made of a stretch's mentions is
    kept for the next, whose mentions go back to them."""

    def __init__(self, ranking: Ranking) -> None:
        """Begin a text."""
        self._ranking = ranking
        self._last: _Weighed | None = None

    def links(
        self,
        described: Sequence[Sequence[str]],
        head: Floats,
        evidence: Floats,
        pairs: Pairs,
        pronoun: NDArray[np.bool_],
    ) -> Floats:
        """See `purport.model.analysis.Linking.links`."""
        own = self._ranking.weighed(described, head, pronoun)
        last, self._last = self._last, own
        if last is None:
            return self._ranking.links(own, 0, evidence, pairs)
        return self._ranking.links(_together(last, own), len(last[0][0].new), evidence, pairs)


def _together(one: _Weighed, other: _Weighed) -> _Weighed:
    """The mentions of both."""
    nets = (
        _Net(mine.name, *(np.concatenate(both) for both in zip(mine[1:], theirs[1:], strict=True)))
        for mine, theirs in zip(one[0], other[0], strict=True)
    )
    looks = (
        (np.concatenate([query, other_query]), np.concatenate([key, other_key]))
        for (query, key), (other_query, other_key) in zip(one[1], other[1], strict=True)
    )
    return tuple(nets), tuple(looks)


ATTENTION = 12
"""Heads of attention of a layer of the encoder."""
ATTENDED = ((4, 0), (3, 2), (5, 3))
"""Layers whose attention between two mentions is looked at, each with the place of what it reads among the states."""


class _Near(NamedTuple):
    """Pairs of mentions: the mentions on either side, each once, and where each pair's stand among them. Of all pairs
    that there are they are few, so that only these mentions are compared."""

    one: Ints
    at_one: Ints
    two: Ints
    at_two: Ints

    @property
    def turned(self) -> _Near:
        """The same pairs, the other way round."""
        return _Near(self.two, self.at_two, self.one, self.at_one)

    def compared(self, asks: Floats, offers: Floats) -> Floats:
        """The products of what the first of each pair asks and the second is asked for, pairs by heads; both given
        for all mentions, mentions by heads by size."""
        every = compared(asks[self.one], offers[self.two])
        found: Floats = every[:, self.at_one, self.at_two].T
        return found


def _places(numbers: Ints, count: int) -> tuple[Ints, Ints]:
    """Numbers below `count`, each once and in order, and the place of each of the `numbers` among them."""
    there = np.zeros(count, np.bool_)
    there[numbers] = True
    return np.flatnonzero(there), (there.cumsum() - 1)[numbers]


def compared(asks: Floats, offers: Floats) -> Floats:
    """The products of what each mention asks and each is asked for, heads by mentions by mentions."""
    found: Floats = np.matmul(asks.transpose(1, 0, 2), offers.transpose(1, 2, 0))
    return found


def attended(looked: tuple[Floats, Floats]) -> Floats:
    """How much the heads of a layer attend from each mention to each other before it is weighed against all else:
    attention knows much of who is who (Clark et al. 2019). Heads by mentions by mentions."""
    return compared(*_scaled(looked))


def _scaled(looked: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    query, key = looked
    return query * np.float32(1 / (4 * math.sqrt(query.shape[2]))), key


def _softmax(values: Floats) -> Floats:
    share = np.exp(values - values.max(axis=1, keepdims=True))
    found: Floats = share / share.sum(axis=1, keepdims=True)
    return found
