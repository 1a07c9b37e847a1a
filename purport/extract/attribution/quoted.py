"""Roles about quotations: what is quoted, the cue beside it, and the one who is quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from purport.extract.attribution.quotations import Quotation
from purport.extract.attribution.roles import Part, Role
from purport.model.analysis import Analysis
from purport.model.document import Span
from purport.syntax import relations as rel
from purport.syntax.cues import cue_span, row_of
from purport.syntax.intervals import Intervals
from purport.syntax.parse import child, phrase, subject

LEAST_WORDS = 4
"""A quotation of fewer words that no reporting verb leans on is a term or an irony, not an utterance."""
_NEAR = 14
"""Words between a quotation and its cue at most."""
_ENDS = frozenset(",.?!…—")


def quoted_roles(analysis: Analysis, quotations: Sequence[Quotation]) -> Iterator[Role]:
    """Contents for quotations that are utterances, with the cue and the source that stand next to them.

    A quotation that goes on after its cue ("...," X said. "...") comes as a content of its own without a cue.
    """
    outer = [q for q in quotations if q.depth == 0]
    taken = Intervals((span, None) for q in outer for span in q.spans)
    for quotation in outer:
        tokens = analysis.tokens_in(quotation.spans[0])
        words = sum(analysis.tokens[i].pos not in ("PUNCT", "SYM") for i in tokens)
        if not words:
            continue
        verb = _cue_beside(analysis, quotation, taken)
        if verb is not None:
            yield from _with_cue(analysis, quotation, verb)
        elif words >= LEAST_WORDS and _stands_alone(analysis, quotation):
            yield Role(quotation.spans, Part.CONTENT, 0.6)
    yield from _inner(analysis, quotations)


def _inner(analysis: Analysis, quotations: Sequence[Quotation]) -> Iterator[Role]:
    """The same for quotations within quotations, whose cue and source stand within the outer one."""
    text = analysis.document.text
    outer = Intervals((span, None) for q in quotations if q.depth == 0 for span in q.spans)
    inner = [q for q in quotations if q.depth == 1 and q.closed]
    for quotation in inner:
        around = next((span for span, _ in outer.holding(quotation.spans[0])), None)
        if around is None:
            continue
        outside = (Span(0, around.start + 1), Span(around.end, len(text) + 1))
        taken = Intervals((span, None) for span in (*outside, *quotation.spans))
        lead = text[around.start : quotation.spans[0].start].rstrip()[-1:]
        verb = _before(analysis, quotation.spans[0], taken, lead) if lead in (",", ":") else None
        verb = verb if verb is not None else _cue_beside(analysis, quotation, taken)
        if verb is not None:
            for role in _with_cue(analysis, quotation, verb):
                if all(around.contains(span) for span in role.spans):
                    yield role


def _with_cue(analysis: Analysis, quotation: Quotation, verb: int) -> Iterator[Role]:
    row = row_of(analysis, verb, "verb")
    yield Role(quotation.spans, Part.CONTENT, 0.95)
    cue = cue_span(analysis, verb, row)
    yield Role((cue,), Part.CUE, 0.9)
    yield from _relayed(analysis, quotation, verb)
    source = _speaker(analysis, verb, quotation)
    if source is not None:
        span = phrase(analysis, source, without=[verb])
        if not span.overlaps(cue) and not any(span.overlaps(s) for s in quotation.spans):
            yield Role((span,), Part.SOURCE, 0.9)


def _relayed(analysis: Analysis, quotation: Quotation, verb: int) -> Iterator[Role]:
    """ "The paper quoted a keeper: “...”": the words are the keeper's, and that they are is what the paper says."""
    named = child(analysis, verb, (rel.OBJ,)) if analysis.tokens[verb].lemma in ("quote", "cite") else None
    if named is None or not verb < named:
        return
    source = phrase(analysis, named)
    first = quotation.spans[0]
    between = analysis.document.text[source.end : first.start] if source.end < first.start else ""
    if between.strip() == ":":
        at = source.end + between.index(":")
        yield Role((source,), Part.SOURCE, 0.8)
        yield Role((Span(at, at + 1),), Part.CUE, 0.9)
        yield Role((Span(source.start, first.end), *quotation.spans[1:]), Part.CONTENT, 0.8)


def _speaker(analysis: Analysis, verb: int, quotation: Quotation) -> int | None:
    passive = child(analysis, verb, (rel.AUX_PASS, rel.NSUBJ_PASS)) is not None
    if passive:
        agent = child(analysis, verb, (rel.AGENT,))
        by = child(analysis, agent, (rel.POBJ,)) if agent is not None else None
        quoted = analysis.tokens[verb].lemma in ("quote", "cite")  # "was quoted as saying"
        return by if by is not None else subject(analysis, verb) if quoted else None
    found = subject(analysis, verb)
    if found is not None and not any(s.start <= analysis.tokens[found].start < s.end for s in quotation.spans):
        return found
    # The parse often makes an inverted subject ("said the minister") the object, or loses it in the quotation.
    for one in analysis.children[verb]:
        token = analysis.tokens[one]
        inverted = one > verb and token.dep in (rel.OBJ, rel.ATTR, rel.OPRD, rel.NPADVMOD, rel.DEP)
        if inverted and token.pos in ("NOUN", "PROPN", "PRON"):
            return one
    before = verb - 1
    if before >= 0 and analysis.tokens[before].pos in ("PROPN", "NOUN", "PRON"):
        return before
    return None


def _cue_beside(analysis: Analysis, quotation: Quotation, taken: Intervals[None]) -> int | None:
    """The verb that reports the quotation: behind it in its sentence, or before it."""
    text = analysis.document.text
    last = quotation.spans[-1]
    first = quotation.spans[0]
    ends = text[last.end - 2] if len(last) > 1 else ""
    comma = ends == "," or text[last.end : last.end + 1] == ","
    behind = _behind(analysis, last, taken, comma or ends in "?!") if ends in _ENDS or comma else None
    lead = text[: first.start].rstrip()[-1:] if first.start else ""
    if comma and behind is not None:
        return behind
    before = _before(analysis, first, taken, lead)
    if before is not None and (lead in ",:" or behind is None):
        return before
    return behind


def _within(position: int, taken: Intervals[None]) -> bool:
    return next(taken.meeting(Span(position, position + 1)), None) is not None


def _behind(analysis: Analysis, span: Span, taken: Intervals[None], sure: bool) -> int | None:
    tokens = analysis.tokens_in(span)
    if not tokens:
        return None
    block = analysis.block_of(tokens[-1])
    for index in range(tokens[-1] + 1, min(tokens[-1] + 1 + _NEAR, len(analysis.tokens))):
        token = analysis.tokens[index]
        if analysis.block_of(index) != block or _within(token.start, taken):
            return None
        if token.lemma in (".", "?", "!", ":"):
            return None
        if token.pos in ("VERB", "AUX") and token.tag not in ("VB",):
            if _quotes(analysis, index):
                return index
            near = index - tokens[-1] <= 5 and token.tag in ("VBD", "VBZ", "VBP") and token.pos == "VERB"
            if sure and near and token.dep not in (rel.RELCL, rel.ACL, rel.ADVCL):
                return index
    return None


def _before(analysis: Analysis, span: Span, taken: Intervals[None], lead: str) -> int | None:
    tokens = analysis.tokens_in(span)
    if not tokens:
        return None
    block = analysis.block_of(tokens[0])
    for index in range(tokens[0] - 1, max(tokens[0] - 1 - _NEAR, -1), -1):
        token = analysis.tokens[index]
        if analysis.block_of(index) != block or _within(token.start, taken):
            return None
        if token.lemma in (".", "?", "!") and index != tokens[0] - 1:
            return None
        if token.pos in ("VERB", "AUX") and _quotes(analysis, index):
            return index
        if token.lemma == "." or (token.pos == "VERB" and lead not in (",", ":")):
            return None
    return None


def _quotes(analysis: Analysis, index: int) -> bool:
    row = row_of(analysis, index, "verb")
    said = child(analysis, index, (rel.OBJ,))
    if said is not None and analysis.tokens[said].lemma == "nothing":
        return False  # "“...” Tessel said nothing."
    return row is not None and "quote" in row.frames


def _stands_alone(analysis: Analysis, quotation: Quotation) -> bool:
    """Whether the quotation is a sentence or more of its own: a capital first, a stop last, nothing before it."""
    text = analysis.document.text
    inner = text[quotation.spans[0].start + 1 : quotation.spans[-1].end].lstrip("'‘“\" [.…")
    before = text[: quotation.spans[0].start].rstrip(" \t")[-1:]
    return bool(inner) and inner[0].isupper() and before in ("", "\n", "\r", ".", "?", "!", "”", '"', ":")
