"""What kind of thing a name names, at run time: a weighing of features and of the encoder's states.

Multinomial logistic regression; `purport.resolve` names the features. The weights lie in `purport/models` and are
checked by their SHA-256.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from purport.analyse.models.ranking import READ, WIDTH
from purport.analyse.models.tagger import checked
from purport.errors import ModelError

Floats = NDArray[np.float32]


@cache
def facts() -> dict[str, Any] | None:
    """What ships of it: the digest of its weights, its features and types; None where none ships."""
    try:
        told: dict[str, Any] = json.loads((resources.files("purport") / "models" / "types.json").read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ModelError(f"models/types.json cannot be read ({error}): install purport again") from None
    return told


@cache
def namer() -> Naming | None:
    """What tells types, loaded once; None where none ships. Raises `ModelError` where it is damaged."""
    told = facts()
    if told is None:
        return None
    data = checked("types.npz", told["sha256"]["types.npz"])
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        weights = {name: arrays[name].astype(np.float32) for name in arrays.files}
    return Naming(weights, {name: number for number, name in enumerate(told["features"])}, tuple(told["types"]))


def read_states(states: Floats) -> Floats:
    """Of the encoder's states those that are read here: of the first layers, and of names by themselves."""
    return np.concatenate([states[:, :READ], states[:, WIDTH:]], axis=1)


@dataclass(frozen=True, eq=False)
class Naming:
    """The weights; see `purport.model.analysis.Namer`."""

    weights: Mapping[str, Floats]
    features: Mapping[str, int]
    types: tuple[str, ...]

    def chances(self, described: Sequence[Sequence[str]], states: Floats) -> Floats:
        """For each name the probability of each of `types`, by its features and its head's state."""
        with threadpool_limits(limits=1, user_api="blas"):  # or the number of threads decides the last digits
            scores = read_states(states) @ self.weights["states"] + self.weights["bias"]
        table = self.weights["features"]
        for row, names in enumerate(described):
            numbers = [self.features[name] for name in names if name in self.features]
            scores[row] += table[numbers].sum(axis=0)
        share = np.exp(scores - scores.max(axis=1, keepdims=True))
        found: Floats = share / share.sum(axis=1, keepdims=True)
        return found
