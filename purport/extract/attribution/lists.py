"""What stands below "The Guard demanded:": the items of a list, or words that are set in as a quotation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from purport.extract.attribution.join import Joined
from purport.extract.attribution.roles import Part, Role
from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.model.document import Block, BlockKind, Span, trimmed
from purport.syntax import relations as rel
from purport.syntax.cues import cue_span, row_of
from purport.syntax.intervals import Intervals
from purport.syntax.parse import phrase, subject, trim

SURE = 0.9
_DEEP = 20
"""Characters of marks and spaces at most that stand before words that are set in."""
_WHO = frozenset("DT PDT JJ NN NNS NNP NNPS PRP PRP$ POS CD".split())
_LEADS = words_of("leads of a list") | {":"}
"""What may stand between the cue and the colon."""
_ENDS = ("; and", "; or", ", and", ";", ",", ".")


def listed(analysis: Analysis) -> list[Joined]:
    """What such a beginning gives to somebody; an attribution has an item a span."""
    found = []
    numbers = list(analysis.blocks)
    for at, number in enumerate(numbers):
        if analysis.document.text[analysis.blocks[number].span.end - 1] != ":":
            continue
        below = tuple(_below(analysis, [analysis.blocks[i] for i in numbers[at + 1 :]]))
        led = _led(analysis, number) if below else None
        if below and led is None and set_in(analysis.document.text, below[0]):
            led = _teller(analysis, number)
        if led is not None:
            found.append(Joined(*led, (Role(below, Part.CONTENT, SURE),)))
    return found


def unlisted(joined: Sequence[Joined], found: Sequence[Joined]) -> list[Joined]:
    """Attributions without those whose cue has what stands below it for content, whatever else they take for that."""
    cues = Intervals((span, None) for one in found if one.cue for span in one.cue.spans)
    return [one for one in joined if not one.cue or not any(next(cues.meeting(s), None) for s in one.cue.spans)]


def _below(analysis: Analysis, blocks: Sequence[Block]) -> Iterator[Span]:
    """The items or the quotation right below; paragraphs end it."""
    text = analysis.document.text
    kind = None
    for block in blocks:
        own = "item" if block.kind is BlockKind.ITEM else "quotation" if set_in(text, block.span) else None
        if own is None or kind not in (None, own):
            return
        kind = own
        end = block.span.end
        ending = next((mark for mark in _ENDS if text[block.span.start : end].endswith(mark)), "")
        span = trimmed(text, block.span.start, end - len(ending)) if own == "item" else block.span
        if span is not None:
            yield span


def set_in(text: str, span: Span) -> bool:
    """Whether a span is what the mark of a quotation stands before at its line's beginning: "> I saw it."."""
    low = max(0, span.start - _DEEP)
    line = max(text.rfind("\n", low, span.start), text.rfind("\r", low, span.start), low - 1) + 1
    return ">" in text[line : span.start]


def _teller(analysis: Analysis, number: int) -> tuple[Role, Role] | None:
    """Who told something else before the colon: "Denk said he had been warned:"; the colon is the cue."""
    colon = analysis.by_block[number][-1]
    sentence = analysis.sentences[analysis.tokens[colon].sentence]
    for verb in range(sentence.first, sentence.last):
        row = row_of(analysis, verb, "verb") if analysis.tokens[verb].pos == "VERB" else None
        if row is not None and "quote" in row.frames:
            who = _who(analysis, sentence.first, verb, analysis.span(verb, verb))
            cue = Role((analysis.span(colon, colon),), Part.CUE, SURE)
            return (Role((who,), Part.SOURCE, SURE), cue) if who else None
    return None


def _led(analysis: Analysis, number: int) -> tuple[Role, Role] | None:
    """The source and the cue before the colon that ends a block."""
    tokens = analysis.by_block[number]
    last = tokens[-1]
    first = analysis.sentences[analysis.tokens[last].sentence].first
    for verb in range(last - 1, first - 1, -1):
        row = row_of(analysis, verb, "verb", "phrase") if analysis.tokens[verb].pos in ("VERB", "AUX") else None
        if row is None or not (row.strong or "quote" in row.frames):
            if analysis.word(verb).lower() not in _LEADS and not _addressed(analysis, verb):
                return None
            continue
        if any(analysis.tokens[i].dep == rel.AUX_PASS for i in analysis.children[verb]):
            return None  # "he had been warned:"
        cue = cue_span(analysis, verb, row)
        who = _who(analysis, first, verb, cue)
        return (Role((who,), Part.SOURCE, SURE), Role((cue,), Part.CUE, SURE)) if who else None
    return None


def _addressed(analysis: Analysis, index: int) -> bool:
    """Whether the word may be of whom or what the words are told to or put in: "told reporters:"."""
    return analysis.tokens[index].tag in _WHO


def _who(analysis: Analysis, first: int, verb: int, cue: Span) -> Span | None:
    """Who speaks: all that stands before the cue, where that is names and nothing else, else the verb's subject."""
    before = [i for i in range(first, verb) if analysis.tokens[i].end <= cue.start]
    if any(analysis.tokens[i].tag in ("WP", "WDT") for i in before):
        return None  # "Here is what we know:"
    marks = sum(analysis.tokens[i].tag not in _WHO and analysis.word(i).isalnum() for i in before)
    if before and not marks and analysis.tokens[before[0]].tag not in ("CC",):
        return trim(analysis, before[0], before[-1])
    found = subject(analysis, verb)
    return phrase(analysis, found, without=[verb]) if found is not None and found < verb else None
