"""Datasets: folders of shards that any number of machines write at the same time, and stores made of them."""

from purport.datasets.dataset import Dataset, make_dataset, open_dataset
from purport.datasets.gather import Gathering, gather
from purport.datasets.plan import expanded, parse_share
from purport.datasets.reading import Reading, read_dataset
from purport.datasets.verify import Proof, verify_dataset

__all__ = [
    "Dataset",
    "Gathering",
    "Proof",
    "Reading",
    "expanded",
    "gather",
    "make_dataset",
    "open_dataset",
    "parse_share",
    "read_dataset",
    "verify_dataset",
]
