"""The store: one SQLite file that holds documents, what was found in them, and the words to search."""

from purport.store.connection import there
from purport.store.questions import Filter, count, documents, outlets, statements
from purport.store.store import Added, Problem, Sighting, Store
from purport.store.verify import verify

__all__ = [
    "Added",
    "Filter",
    "Problem",
    "Sighting",
    "Store",
    "count",
    "documents",
    "outlets",
    "statements",
    "there",
    "verify",
]
