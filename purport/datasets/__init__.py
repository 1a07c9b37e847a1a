"""Datasets: folders of shards that any number of machines write at the same time, and stores made of them."""

from purport.datasets.corpus import DatasetCorpus
from purport.datasets.dataset import Dataset, make_dataset, open_dataset
from purport.datasets.forgetting import forget
from purport.datasets.gather import Gathering, gather
from purport.datasets.link import Linking, link
from purport.datasets.plan import expanded, parse_share
from purport.datasets.reading import read_dataset
from purport.datasets.summed import Reading
from purport.datasets.verify import Proof, verify_dataset

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
