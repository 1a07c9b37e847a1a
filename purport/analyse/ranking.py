"""The ranker at run time: which spans name something, what they name, and which two name the same.

Two small networks over the states of the tagger's encoder and over features that `purport.resolve` names; numpy is
all they need. Which antecedent a mention has is decided among all before it, or none (Durrett and Klein 2013; Wiseman
et al. 2015). The weights lie in `purport/models` and are checked by their SHA-256.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from purport.analyse.tagger import checked
from purport.errors import ModelError

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

HEADS = 8
"""Ways in which the states of two mentions are compared."""
_ROWS = 64
"""Mentions whose antecedents are weighed at once, so that memory is bounded."""


@cache
def facts() -> dict[str, Any] | None:
    """What ships of the ranker: the digest of its weights and the names of its features; None where none ships."""
    try:
        told: dict[str, Any] = json.loads((resources.files("purport") / "models" / "ranker.json").read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ModelError(f"models/ranker.json cannot be read ({error}): install purport again") from None
    return told


@cache
def ranker() -> Ranking | None:
    """The ranker that ships, loaded once; None where there is none. Raises `ModelError` where it is damaged."""
    told = facts()
    if told is None:
        return None
    data = checked("ranker.npz", told["sha256"]["ranker.npz"])
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        weights = {name: arrays[name].astype(np.float32) for name in arrays.files}
    return Ranking(weights, {name: number for number, name in enumerate(told["features"])}, tuple(told["types"]))


@dataclass(frozen=True, eq=False)
class Ranking:
    """The two networks; see `purport.analysis.Ranker`."""

    weights: Mapping[str, Floats]
    features: Mapping[str, int]
    types: tuple[str, ...]

    def _summed(self, table: str, described: Sequence[Sequence[str]]) -> Floats:
        """For each mention the sum of the rows of its features; a feature that is not known counts for nothing."""
        rows = self.weights[table]
        found = np.zeros((len(described), rows.shape[1]), np.float32)
        for number, names in enumerate(described):
            known = [self.features[name] for name in names if name in self.features]
            found[number] = rows[known].sum(axis=0)
        return found

    def _linear(self, name: str, values: Floats) -> Floats:
        found: Floats = values @ self.weights[f"{name}.weight"].T
        bias = self.weights.get(f"{name}.bias")
        return found if bias is None else found + bias

    @cached_property
    def _one_thread(self) -> ThreadpoolController:
        # How many threads share a product decides the order in which it is added up, and with it the last digits.
        return ThreadpoolController()

    def spans(
        self, described: Sequence[Sequence[str]], head: Floats, last: Floats, after: Floats
    ) -> tuple[Floats, Floats]:
        """For each span the probabilities that it names nothing, something once, something that is named again; and
        of each of `types`. `head`, `last`, `after` are the states of its head, its last word and the one behind it."""
        with self._one_thread.limit(limits=1, user_api="blas"):
            hidden = self._summed("span.features", described)
            for name, states in (("span.head", head), ("span.last", last), ("span.after", after)):
                hidden += self._linear(name, states)
            said = self._linear("span.out", np.maximum(hidden, 0))
        return _softmax(said[:, :3]), _softmax(said[:, 3:])

    def links(self, described: Sequence[Sequence[str]], head: Floats, evidence: Floats, pairs: Floats) -> Floats:
        """For each mention how well each of the others goes with it as its antecedent, and in the first column how
        well none does; -inf for those that do not stand before it.

        `evidence` has what is known of a mention's having an antecedent, `pairs` (mentions by mentions by features)
        what is known of each two.
        """
        with self._one_thread.limit(limits=1, user_api="blas"):
            return self._links(described, head, evidence, pairs)

    def _links(self, described: Sequence[Sequence[str]], head: Floats, evidence: Floats, pairs: Floats) -> Floats:
        count = len(described)
        mine = self._summed("link.mine", described) + self._linear("link.state", head)
        other = self._summed("link.other", described) + self._linear("link.other_state", head)
        asks = self._linear("link.asks", head).reshape(count, HEADS, -1)
        offers = self._linear("link.offers", head).reshape(count, HEADS, -1)
        new = np.maximum(self._summed("link.new", described) + self._linear("link.new_state", head), 0)
        new = np.maximum(self._linear("link.new_hidden", np.concatenate([new, evidence], axis=1)), 0)
        scores = np.full((count, count + 1), -np.inf, np.float32)
        scores[:, 0] = self._linear("link.new_out", new)[:, 0]
        scale = np.float32(1 / math.sqrt(asks.shape[2]))
        for begin in range(0, count, _ROWS):
            rows = slice(begin, min(begin + _ROWS, count))
            alike = np.einsum("ihd,jhd->ijh", asks[rows], offers[: rows.stop]) * scale
            known = np.concatenate([pairs[rows, : rows.stop], alike], axis=-1)
            hidden = self._linear("link.pair", known) + mine[rows, None] + other[None, : rows.stop]
            hidden = np.maximum(self._linear("link.hidden", np.maximum(hidden, 0)), 0)
            own = self._linear("link.out", hidden)[..., 0]
            before = np.arange(rows.stop)[None, :] < np.arange(rows.start, rows.stop)[:, None]
            scores[rows, 1 : rows.stop + 1] = np.where(before, own, -np.inf)
        return scores


def _softmax(values: Floats) -> Floats:
    share = np.exp(values - values.max(axis=1, keepdims=True))
    found: Floats = share / share.sum(axis=1, keepdims=True)
    return found
