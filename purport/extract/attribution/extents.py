"""How far a clause reaches that is what somebody says."""

from __future__ import annotations

from collections.abc import Sequence

from purport.model.analysis import Analysis
from purport.model.document import Span
from purport.syntax import relations as rel
from purport.syntax.parse import trim


def clause(analysis: Analysis, head: int, verb: int) -> Span:
    """The clause of its head, as what is said by the verb or noun `verb`."""
    first, last = analysis.edges[head]
    if head > verb:
        first = max(first, verb + 1)
        while analysis.tokens[first].pos == "ADV" and analysis.tokens[first + 1].dep == rel.MARK:
            first += 1  # "noted only [that ...]"
    return trim(analysis, first, last)


def begins(analysis: Analysis, index: int, words: Sequence[str]) -> bool:
    """Whether what hangs on the token begins with one of the words."""
    return analysis.tokens[analysis.edges[index][0]].lemma in words
