"""The store: one SQLite file that holds documents, what was found in them, and the words to search."""

from purport.store.actors import data_version, entities, judge, judgements
from purport.store.connection import surely_none, there
from purport.store.filters import ClaimFilter, Filter
from purport.store.forget import forget
from purport.store.questions import (
    Info,
    RunInfo,
    claims,
    count,
    count_claims,
    counts,
    documents,
    extra_fields,
    info,
    outlets,
    statements,
)
from purport.store.quoted import QuotedRow, quoted_words
from purport.store.review import Overtaken, gone, last_review, review, reviews, reviews_of
from purport.store.sketches import keep_sketches, sketches
from purport.store.stances import evidence, stances, state_of_stances, text, texts, with_stances
from purport.store.store import Added, Problem, Sighting, Store
from purport.store.verify import quick_check, verify

__all__ = [
    "Added",
    "ClaimFilter",
    "Filter",
    "Info",
    "Overtaken",
    "Problem",
    "QuotedRow",
    "RunInfo",
    "Sighting",
    "Store",
    "claims",
    "count",
    "count_claims",
    "counts",
    "data_version",
    "documents",
    "entities",
    "evidence",
    "extra_fields",
    "forget",
    "gone",
    "info",
    "judge",
    "judgements",
    "keep_sketches",
    "last_review",
    "outlets",
    "quick_check",
    "quoted_words",
    "review",
    "reviews",
    "reviews_of",
    "sketches",
    "stances",
    "state_of_stances",
    "statements",
    "surely_none",
    "text",
    "texts",
    "there",
    "verify",
    "with_stances",
]
