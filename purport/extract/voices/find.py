"""The voices of a document, of all kinds of layout together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from purport.extract.voices.checks import checks
from purport.extract.voices.coded import coded
from purport.extract.voices.digests import digests
from purport.extract.voices.examinations import examinations
from purport.extract.voices.forms import forms
from purport.extract.voices.grids import in_columns
from purport.extract.voices.headings import headings
from purport.extract.voices.insertions import insertions
from purport.extract.voices.interviews import dialogue, interviews
from purport.extract.voices.leads import leads, replies
from purport.extract.voices.legends import Legend, initialled, legend
from purport.extract.voices.letters import letters
from purport.extract.voices.mail import mails
from purport.extract.voices.nets import unresolved
from purport.extract.voices.parts import in_parts
from purport.extract.voices.quotations import quotations
from purport.extract.voices.records import records, symbols
from purport.extract.voices.rest import rest
from purport.extract.voices.signed import over, signed
from purport.extract.voices.slots import in_slots
from purport.extract.voices.statements import statements
from purport.extract.voices.surveys import surveys
from purport.extract.voices.tables import tables
from purport.extract.voices.tails import tails
from purport.extract.voices.turns import turns
from purport.extract.voices.voice import Voice
from purport.model.analysis import Analysis
from purport.model.document import Block, Span
from purport.syntax.intervals import Intervals
from purport.syntax.labels_names import nobody, unmarked
from purport.syntax.speakers import names, speaks


def voices(analysis: Analysis) -> list[Voice]:
    """Whose words the blocks of the document are, in order; what stands in none is the text's own."""
    text, blocks = analysis.document.text, analysis.document.blocks
    key = legend(text, blocks)
    found = mails(text, blocks)
    posted = bool(found)
    if not posted:
        found = _first(text, blocks, key)
        some, sure = _held(found), _held(one for one in found if one.reason in _BY_PLACE)
        found += [one for one in quotations(analysis) if not _within(one, sure if one.source else some)]
    found += [*checks(text, blocks), *tables(text, blocks)]
    found = list(_by_key(text, found, key))
    found += replies(text, blocks)
    found += _apart(signed(text, blocks), found)
    if all(one.reason in _PARTIAL for one in found):
        found += statements(analysis) or _apart(unresolved(text, blocks), found)
    if not posted:  # who wrote a mail speaks in it without a label
        found = _named_by(text, found, insertions(text, blocks))
        found += rest(text, blocks, found)
    found = [_without_notes(text, one) for one in found]
    found = [replace(one, source=()) if _unnamed(text, one) else one for one in found]
    return sorted(found, key=lambda one: (one.content[0], -one.content[-1].end))


_INITIALS = 6
"""Characters of initials at most, their stops with them."""
_BY_PLACE = frozenset({"form", "column", "code", "part"})
"""Layouts that set in whatever stands in them, so that words above that are nobody's bring it in."""
_PARTIAL = frozenset({"quotation", "table", "claim that is checked", "signed", "remark"})
"""Layouts that tell of some blocks whose they are, and not of a whole document."""


def _first(text: str, blocks: Sequence[Block], key: Legend) -> list[Voice]:
    """What the first kind of layout gives that tells of a whole document: labels, fields, questions, names."""

    def columns(text: str, _: Sequence[Block]) -> list[Voice]:
        return in_columns(text, key)

    def codes(text: str, blocks: Sequence[Block]) -> list[Voice]:
        return coded(text, blocks, key)

    def parts(text: str, blocks: Sequence[Block]) -> list[Voice]:
        return in_parts(text, blocks, key)

    beside = columns(text, blocks)
    coded_ = {entry.who for entries in key.codes.values() for entry in entries}
    if len(beside) >= 3 and 2 * sum(bool(coded_.intersection(one.source)) for one in beside) >= len(beside):
        return beside  # the text's own key explains what stands in the column
    kinds = (
        records, turns, symbols, columns, codes, tails, forms, examinations, letters, parts, surveys, interviews,
        headings, over, in_slots, dialogue, leads, digests,
    )  # fmt: skip
    return next((found for kind in kinds if (found := kind(text, blocks))), [])


def _by_key(text: str, found: Iterable[Voice], key: Legend) -> Iterator[Voice]:
    """The voices, each with the name that the text itself gives to the code or the part that it is under."""
    initials: dict[str, Span | None] = {}
    for one in found:
        if one.reason == "turn" and len(key.codes) >= 2 and all(key.tells(span) for span in one.content):
            continue  # a line of the key itself
        words = one.source[0].of(text) if len(one.source) == 1 and one.content else ""
        if words and words != (bare_ := unmarked(text, one.source[0])).of(text):
            one = replace(one, source=(bare_,))
            words = bare_.of(text)
        known = (
            (key.code(words) or key.code(words.rstrip("0123456789")) or key.part(words, one.content[0].start))
            if words
            else None
        )
        if known is None and one.reason != "turn" and len(words) <= _INITIALS and words.replace(".", "").isupper():
            if words not in initials:
                initials[words] = initialled(text, words)
            known = initials[words]
        yield replace(one, source=(known,)) if known is not None else one


def _named_by(text: str, found: list[Voice], more: Sequence[Voice]) -> list[Voice]:
    """The voices with those of insertions. Where an insertion names the speaker of a place, a voice there that names
    nobody is left out."""
    places = Intervals((span, one) for one in more if one.source for span in one.content)
    kept = [
        one
        for one in found
        if not _weak(text, one) or not all(next(places.meeting(span), None) is not None for span in one.content)
    ]
    held = _held(one for one in kept if one.reason != "statement")
    return [*kept, *(one for one in more if not _within(one, held))]


def _weak(text: str, one: Voice) -> bool:
    """Whether what stands for who says something is no name: "Reasons for dissent", "its"."""
    words = " ".join(span.of(text) for span in one.source)
    return not words or words.lower() in _PRONOUNS or (len(words.split()) > 1 and not names(words))


_PRONOUNS = frozenset({"it", "its", "this", "these", "text"})


_NOTE = re.compile(r"(?:\*[^*\n]{20,600}\*|_[^_\n]{20,600}_)$")
_MINE = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]urs?|us|[Yy]ou|[Yy]ours?)\b")


def _without_notes(text: str, one: Voice) -> Voice:
    """A voice without a last paragraph in italics that is about others: a note of whoever made the record."""
    last = one.content[-1].of(text) if len(one.content) > 1 and one.reason in _BLOCKS else ""
    if not _NOTE.match(last) or _MINE.search(last) or _NOTE.match(one.content[0].of(text)):
        return one
    return replace(one, content=one.content[:-1])


_BLOCKS = frozenset({"turn", "name above", "heading", "part", "form"})
"""Layouts whose voices go on to the next head."""


def _unnamed(text: str, one: Voice) -> bool:
    """Whether what stands for who says something names nobody."""
    words = one.source[0].of(text) if len(one.source) == 1 else ""
    return nobody(words) and not speaks(words)


def _apart(more: Iterable[Voice], found: Iterable[Voice]) -> list[Voice]:
    """Those whose words nobody is found to say yet."""
    held = _held(found)
    return [one for one in more if not _within(one, held)]


def _held(found: Iterable[Voice]) -> Intervals[None]:
    return Intervals((span, None) for one in found for span in one.content)


def _within(one: Voice, held: Intervals[None]) -> bool:
    """Whether all that one says stands in what others say, but for a label or a mark that is nobody's words."""
    return all(next(held.meeting(part), None) is not None for part in one.content)
