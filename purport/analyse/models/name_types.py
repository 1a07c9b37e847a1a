"""What kind of thing a name names, at run time: a weighing of features and of the encoder's states.

Multinomial logistic regression; `purport.resolve` names the features. The weights lie in `purport/models` and are
checked by their SHA-256.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from purport.analyse.models.ranking import READ, WIDTH
from purport.analyse.models.shipped import checked, facts_of

Floats = NDArray[np.float32]


@cache
def namer() -> NameTypes | None:
    """What tells types, loaded once; None where none ships. Raises `ModelError` where it is damaged."""
    told = facts_of("types")
    if told is None:
        return None
    data = checked("types.npz", told["sha256"]["types.npz"])
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        weights = {name: arrays[name].astype(np.float32) for name in arrays.files}
    return NameTypes(weights, {name: number for number, name in enumerate(told["features"])}, tuple(told["types"]))


def read_states(states: Floats) -> Floats:
    """Of the encoder's states those that are read here: of the first layers, and of names by themselves."""
    return np.concatenate([states[:, :READ], states[:, WIDTH:]], axis=1)


@dataclass(frozen=True, eq=False)
class NameTypes:
    """The weights; see `purport.model.analysis.Namer`."""

    weights: Mapping[str, Floats]
    features: Mapping[str, int]
    types: tuple[str, ...]

    @cached_property
    def _one_thread(self) -> ThreadpoolController:
        # How many threads share a product decides the order in which it is added up, and with it the last digits.
        return ThreadpoolController()

    def chances(self, described: Sequence[Sequence[str]], states: Floats) -> Floats:
        """For each name the probability of each of `types`, by its features and its head's state."""
        with self._one_thread.limit(limits=1, user_api="blas"):
            scores = read_states(states) @ self.weights["states"] + self.weights["bias"]
        table = self.weights["features"]
        for row, names in enumerate(described):
            numbers = [self.features[name] for name in names if name in self.features]
            scores[row] += table[numbers].sum(axis=0)
        share = np.exp(scores - scores.max(axis=1, keepdims=True))
        found: Floats = share / share.sum(axis=1, keepdims=True)
        return found
