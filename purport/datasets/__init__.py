"""Datasets: folders of shards that any number of machines write at the same time, and stores made of them.

Its names are loaded when they are first asked for (PEP 562): to read into a store, hardly any of this is needed.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from purport.datasets.corpus import DatasetCorpus
    from purport.datasets.dataset import Dataset, make_dataset, open_dataset
    from purport.datasets.forgetting import forget
    from purport.datasets.gathering import Gathering, gather
    from purport.datasets.linking import Linking, link
    from purport.datasets.plan import expanded, parse_share
    from purport.datasets.reading import read_dataset
    from purport.datasets.summed import Reading
    from purport.datasets.verify import Proof, verify_dataset

_HOME_OF = {
    "Dataset": "dataset",
    "DatasetCorpus": "corpus",
    "Gathering": "gathering",
    "Linking": "linking",
    "Proof": "verify",
    "Reading": "summed",
    "expanded": "plan",
    "forget": "forgetting",
    "gather": "gathering",
    "link": "linking",
    "make_dataset": "dataset",
    "open_dataset": "dataset",
    "parse_share": "plan",
    "read_dataset": "reading",
    "verify_dataset": "verify",
}
"""The module of this folder in which each name is."""

__all__ = [
    "Dataset",
    "DatasetCorpus",
    "Gathering",
    "Linking",
    "Proof",
    "Reading",
    "expanded",
    "forget",
    "gather",
    "link",
    "make_dataset",
    "open_dataset",
    "parse_share",
    "read_dataset",
    "verify_dataset",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
