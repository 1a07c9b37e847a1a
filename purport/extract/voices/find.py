"""The voices of a document, of all kinds of layout together."""

from __future__ import annotations

from collections.abc import Sequence

from purport.extract.voices.checks import checks
from purport.extract.voices.headings import headings
from purport.extract.voices.interviews import dialogue, interviews
from purport.extract.voices.mail import mails
from purport.extract.voices.quotations import quotations
from purport.extract.voices.records import records, symbols
from purport.extract.voices.slots import in_slots
from purport.extract.voices.statements import statements
from purport.extract.voices.surveys import surveys
from purport.extract.voices.tables import tables
from purport.extract.voices.tails import tails
from purport.extract.voices.turns import turns
from purport.extract.voices.voice import Voice
from purport.model.analysis import Analysis
from purport.model.document import Block


def voices(analysis: Analysis) -> list[Voice]:
    """Whose words the blocks of the document are, in order; what stands in none is the text's own."""
    text, blocks = analysis.document.text, analysis.document.blocks
    found = mails(text, blocks)
    if not found:
        found = _first(text, blocks)
        found += [one for one in quotations(analysis) if one.source or not _within(one, found)]
    found += [*checks(text, blocks), *tables(text, blocks)]
    if all(one.reason in _PARTIAL for one in found):
        found += statements(analysis)
    return sorted(found, key=lambda one: (one.content[0], -one.content[-1].end))


_PARTIAL = frozenset({"quotation", "table", "claim that is checked"})
"""Layouts that tell of some blocks whose they are, and not of a whole document."""


def _first(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """What the first kind of layout gives that tells of a whole document: labels, fields, questions, names."""
    kinds = (records, turns, symbols, tails, surveys, interviews, headings, in_slots, dialogue)
    return next((found for kind in kinds if (found := kind(text, blocks))), [])


def _within(one: Voice, others: Sequence[Voice]) -> bool:
    """Whether all that one says stands in what another says."""
    return any(all(any(span.contains(part) for span in other.content) for part in one.content) for other in others)
