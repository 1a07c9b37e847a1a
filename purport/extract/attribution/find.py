"""Attributions of a document: roles found, settled, joined, nested and named."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from purport.extract.attribution.acts import act_of
from purport.extract.attribution.confidence import confidence, evidence
from purport.extract.attribution.forms import form_roles
from purport.extract.attribution.in_its_words import in_its_words
from purport.extract.attribution.join import Joined, join, merged
from purport.extract.attribution.labels import answered, unheaded
from purport.extract.attribution.lists import listed, set_in, unlisted
from purport.extract.attribution.merge import apart, beside, lent
from purport.extract.attribution.overheard import impersonal, overheard
from purport.extract.attribution.overrides import agreed, by_verb, in_passing
from purport.extract.attribution.parentheticals import agrees, asides, missed, ruled_with
from purport.extract.attribution.quotations import Quotation, quotations
from purport.extract.attribution.roles import Part, Role
from purport.extract.attribution.rules import find_roles
from purport.extract.attribution.said import said
from purport.extract.attribution.tagged import tagged_roles
from purport.extract.attribution.whole import whole
from purport.extract.voices.find import voices
from purport.extract.voices.voice import Voice
from purport.lexicons import cues
from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.model.document import BlockKind, Span, Spans, trimmed
from purport.model.record import Attribution, Kind, attribution_id
from purport.model.vocabulary import Act
from purport.syntax import relations as rel
from purport.syntax.intervals import Intervals
from purport.syntax.parse import root, trim


def attributions(analysis: Analysis) -> tuple[Attribution, ...]:
    """All attributions of the document, in the order of their first characters; each that lies in the content of
    another names it in `inside`. What is found is a function of the analysis alone."""
    text = analysis.document.text
    quoted = quotations(text, analysis.blocks.values())
    spoken = voices(analysis)
    by_layout = {(one.source, one.cue, one.content): one.reason for one in spoken}
    named = [_attribution(analysis, *one) for one in _found(analysis, quoted, [_as_found(one) for one in spoken])]
    named = [
        replace(one, kind=Kind.BLOCK, act=_act_of_block(analysis, one, by_layout[place]), reason=by_layout[place])
        if (place := (one.source, one.cue, one.content)) in by_layout
        else one
        for one in named
    ]
    named = impersonal(analysis, named)
    named = whole(analysis.document.id, text, tuple(analysis.blocks.values()), named, quoted)
    named += overheard(analysis, named, quoted)
    unique = {one.id: one for one in named}
    issued = [one for one in spoken if one.reason == "statement" and one.source]
    ordered = sorted(
        (_issuers(analysis, one, issued) for one in unique.values()), key=lambda a: (a.extent, a.content, a.id)
    )
    nested = _nested(ordered)
    inner: dict[str | None, list[Attribution]] = {}
    for one in nested:
        inner.setdefault(one.inside, []).append(one)
    marks = Intervals((piece, None) for quotation in quoted for piece in quotation.spans)
    filled = {block.span for block in analysis.blocks.values()}
    beginnings = {b.span.start for b in analysis.blocks.values() if b.kind is not BlockKind.HEADING}
    result = []
    for one in nested:
        if one.kind is Kind.BLOCK:
            result.append(one)
            continue
        turn = _turn(text, one, beginnings) or (one.content[0] in filled and set_in(text, one.content[0]))
        kind = kind_of(text, one, inner.get(one.id, ()), marks, turn=turn)
        asks = turn and text[one.content[-1].end - 1] == "?"
        result.append(replace(one, kind=kind, act="ask" if asks and one.act == "assert" else one.act))
    return tuple(said(analysis, result))


_SURE = 0.9


_OPENS = 25
"""Characters of a block in which the word stands with which an issuer's clause opens: "Deeply concerned that"."""


def _issuers(analysis: Analysis, one: Attribution, issued: Sequence[Voice]) -> Attribution:
    """The attribution; where it opens a block of a statement and names nobody, with whoever issues it for source:
    "Noting that ...", "Calls upon both parties to ..."."""
    if not issued or one.source or not one.cue or one.kind is Kind.BLOCK:
        return one
    own = next((b.span for b in analysis.document.blocks if b.span.contains(one.cue[0])), None)
    if own is None or one.cue[0].start - own.start > _OPENS:
        return one
    for voice in issued:
        if any(span.contains(one.cue[0]) for span in voice.content):
            name = attribution_id(analysis.document.id, voice.source, one.cue, one.content)
            return replace(one, id=name, source=voice.source)
    return one


_TITLED = re.compile(r"[\s,:–—-]+([A-Za-z]{3,20}ing)\b", re.ASCII | re.IGNORECASE)


def _act_of_block(analysis: Analysis, one: Attribution, layout: str) -> Act:
    """What a block does: by the title of a statement ("STATEMENT OF THE LEAGUE CONDEMNING ..."), else its words."""
    title = _TITLED.match(analysis.document.text, one.source[-1].end) if layout == "statement" and one.source else None
    if title is not None:
        stem = title[1].lower().removesuffix("ing")
        rows = {row.lemma: row for row in cues() if row.pos == "verb" and row.strong}
        row = rows.get(stem) or rows.get(f"{stem}e") or rows.get(stem[:-1])
        if row is not None:
            return row.act
    return in_its_words(analysis, one.content)


def _as_found(voice: Voice) -> Joined:
    source = Role(voice.source, Part.SOURCE, _SURE) if voice.source else None
    cue = Role(voice.cue, Part.CUE, _SURE) if voice.cue else None
    return Joined(source, cue, (Role(voice.content, Part.CONTENT, _SURE),))


def _found(analysis: Analysis, quoted: Sequence[Quotation], said: Sequence[Joined]) -> Iterator[tuple[Joined, float]]:
    """All that was found, each with how sure it is; `said` is what layout tells."""
    broken = asides(analysis)
    ruled = ruled_with(join(analysis, settled(analysis, find_roles(analysis, quoted, broken), quoted)), broken)
    below = listed(analysis)
    ruled = [*unlisted(unheaded(analysis, answered(analysis, ruled)), below), *below]
    if analysis.tagged is None:
        yield from ((one, _sure(one)) for one in (*said, *ruled, *_heard(analysis, ruled)))
        return
    formed = [*join(analysis, form_roles(analysis, quoted)), *below, *said]
    rules, verbs = set(ruled), by_verb(analysis, ruled)
    marks = Intervals((piece, None) for quotation in quoted for piece in quotation.spans)
    seen: list[Joined] = []
    for found, numbers in weighed(analysis, quoted, ruled, formed):
        one = agreed(analysis, found, verbs) if agrees(analysis, found, broken) else None
        if one is not None and one.source is not None and one.cue is not None and _in_what_is_said(one, marks):
            one = replace(one, source=None)
        if one is not None:
            seen.append(one)
            yield one, _sure(one) if one in rules else confidence(numbers, analysis.tagged.weights)
    sure = [*formed, *missed(seen, broken)]
    added = [*sure, *beside([*seen, *sure], ruled), *in_passing(analysis, seen, ruled)]
    yield from ((one, _sure(one)) for one in (*added, *_heard(analysis, [*seen, *added])))


def _in_what_is_said(one: Joined, marks: Intervals[None]) -> bool:
    """Whether who speaks was taken to be a part of the quotation: "“The guards,” the innkeeper wrote, “shot him”"."""
    source, cue = one.source, one.cue
    if source is None or cue is None:
        return False
    mine = {piece for span in source.spans for piece, _ in marks.holding(span)}
    quoted = {piece for span in one.content for piece, _ in marks.meeting(span)}
    return bool(mine & quoted) and not any(piece in mine for span in cue.spans for piece, _ in marks.holding(span))


def hearsay(analysis: Analysis) -> list[Joined]:
    """What an adverb puts on somebody who is not named: "the general [reportedly] ordered the attack"."""
    found = []
    for token in analysis.tokens:
        verb = analysis.tokens[token.head]
        if token.dep != rel.ADVMOD or verb.pos not in ("VERB", "AUX") or token.lemma not in _HEARSAY:
            continue
        first, last = analysis.edges[verb.i]
        before = trim(analysis, first, token.i - 1) if first < token.i else None
        after = trim(analysis, token.i + 1, last) if token.i < last else None
        content = tuple(
            span
            for span in (before, after)
            if span is not None and _lettered(analysis.document.text, span.start, span.end)
        )
        if content:
            cue = Role((analysis.span(token.i, token.i),), Part.CUE, 0.95)
            found.append(Joined(None, cue, (Role(content, Part.CONTENT, 0.95),)))
    return found


def _heard(analysis: Analysis, known: Sequence[Joined]) -> list[Joined]:
    """The hearsay that nothing that is known has for its cue."""
    cues = {span for one in known if one.cue for span in one.cue.spans}
    return [one for one in hearsay(analysis) if one.cue and not cues & set(one.cue.spans)]


_HEARSAY = frozenset({"allegedly", "purportedly", "reportedly", "rumouredly", "supposedly"})


def weighed(
    analysis: Analysis, quoted: Sequence[Quotation], ruled: Sequence[Joined], formed: Sequence[Joined]
) -> Iterator[tuple[Joined, tuple[float, ...]]]:
    """What the tagger found, with what the rules lend it, each with the evidence for it. `ruled` is what the rules
    found, `formed` what a text's form alone tells."""
    roles, likely = tagged_roles(analysis, quoted)
    kept = (cut(analysis, one) for one in join(analysis, roles, likely))
    joined = unlisted([one for one in kept if one is not None], formed)
    for one in answered(analysis, unheaded(analysis, lent(apart(joined, formed), ruled))):
        yield one, evidence(one, likely)


def cut(analysis: Analysis, one: Joined) -> Joined | None:
    """The attribution with its contents cut where, by the parse, they run on into what is said of the cue itself:
    "the claim [that he was sold] will be sung", "said [that it rained] and called it ..."; and without an "it" that
    only stands for what follows. None where all of it is said in other paragraphs, by nobody's quotation marks."""
    place = one.cue or one.source
    head = root(analysis, analysis.tokens_in(place.spans[0])) if place is not None else None
    if head is None:
        return one
    if one.cue is None:
        own = tuple(role for role in one.contents if not _elsewhere(analysis, head, role, ("\n\n", ";")))
        return replace(one, contents=own) if own else None
    limit = _limit(analysis, head)
    kept = []
    real = [role for role in one.contents if not (len(role.spans) == 1 and _stand_in(analysis, role.spans[0]))]
    for role in real or one.contents:
        if len(real) > 1 and role is not real[0] and _on_its_own(analysis, head, role):
            continue
        if _elsewhere(analysis, head, role):
            continue
        spans = [span for span in role.spans if len(role.spans) == 1 or not _stand_in(analysis, span)]
        if limit is not None:
            spans = [_before(analysis, span, limit) for span in spans]
        kept.append(replace(role, spans=tuple(spans) or role.spans))
    return replace(one, contents=tuple(kept)) if kept else None


def _on_its_own(analysis: Analysis, cue: int, role: Role) -> bool:
    """Whether a further content is a sentence behind the cue's that no quotation mark gives to the same source."""
    inside = analysis.tokens_in(role.spans[0])
    if not inside or analysis.tokens[inside[0]].sentence <= analysis.tokens[cue].sentence:
        return False
    start = role.spans[0].start
    around = analysis.document.text[max(0, start - 1) : start + 1]
    return not any(mark in around for mark in QUOTES)


def _elsewhere(analysis: Analysis, place: int, role: Role, breaks: Sequence[str] = ("\n\n",)) -> bool:
    """Whether a content is words of another paragraph than the token, or stands beyond another of the `breaks`, and no
    quotation mark gives it to anybody."""
    text = analysis.document.text
    start, end, at = role.spans[0].start, role.spans[-1].end, analysis.tokens[place].start
    between = text[end:at] if end <= at else text[at:start]
    quoted = any(mark in text[max(0, start - 1) : end + 1] for mark in QUOTES)
    return not quoted and any(one in between for one in breaks)


QUOTES = "\"'“”‘’«»`"


def _limit(analysis: Analysis, head: int) -> tuple[int, int] | None:
    """The last token that a content of the cue may reach, and a token beyond it by which it is known to be too long."""
    token = analysis.tokens[head]
    if token.pos == "NOUN" and token.dep in (rel.NSUBJ, rel.NSUBJ_PASS) and token.head > head:
        return analysis.edges[head][1], token.head
    if token.pos == "NOUN" and token.dep == rel.POBJ:  # "amid reports [that he had fled], crowds filled the square"
        main = analysis.tokens[analysis.tokens[token.head].head]
        if main.pos == "VERB" and main.i > analysis.edges[head][1]:
            return analysis.edges[head][1], main.i
    if token.pos != "VERB":
        return None
    for other in analysis.children[head]:
        verb = analysis.tokens[other]
        subjects = [i for i in analysis.children[other] if analysis.tokens[i].dep in (rel.NSUBJ, rel.NSUBJ_PASS)]
        own = bool(subjects) and verb.tag == token.tag == "VBD" and analysis.tokens[subjects[0]].pos != "PRON"
        if verb.dep == rel.CONJ and verb.pos == "VERB" and other > head and (own or not subjects):
            joint = [i for i in analysis.children[head] if analysis.tokens[i].dep == rel.CC and head < i < other]
            return (joint[-1] if joint else analysis.edges[other][0]) - 1, other
    return None


def _before(analysis: Analysis, span: Span, limit: tuple[int, int]) -> Span:
    last, beyond = (analysis.tokens[i] for i in limit)
    if span.start < last.end and span.contains(Span(beyond.start, beyond.end)):
        return trimmed(analysis.document.text, span.start, last.end) or span
    return span


def _stand_in(analysis: Analysis, span: Span) -> bool:
    inside = analysis.tokens_in(span)
    return len(inside) == 1 and analysis.tokens[inside[0]].lemma in ("it", "what")


def settled(analysis: Analysis, roles: Sequence[Role], quoted: Sequence[Quotation]) -> list[Role]:
    """Roles whose contents reach over whole quotations, each place once.

    A parse knows nothing of quotation marks, so a clause that ends amid one is drawn out to its end; and two
    contents that overlap without one holding the other are one content.
    """
    text = analysis.document.text
    rest = [_closed(text, role) for role in roles if role.part is not Part.CONTENT]
    cues = Intervals((span, None) for role in rest if role.part is Part.CUE for span in role.spans)
    marks = Intervals((piece, None) for quotation in quoted for piece in quotation.spans)
    drawn: dict[Spans, float] = {}
    for role in roles:
        if role.part is Part.CONTENT:
            spans = merged(_drawn_out(text, span, marks, cues) for span in role.spans)
            drawn[spans] = max(role.confidence, drawn.get(spans, 0.0))
    kept: list[tuple[Spans, float]] = []
    for spans, certain in sorted(drawn.items(), key=lambda item: (item[0][0].start, -item[0][-1].end, item)):
        number = _crossing(kept, spans)
        if number is None:
            kept.append((spans, certain))
        else:
            other, sure = kept[number]
            kept[number] = (merged((*other, *spans)), max(sure, certain))
    return sorted([*rest, *(Role(spans, Part.CONTENT, confidence) for spans, confidence in kept)])


def _closed(text: str, role: Role) -> Role:
    """A source with the comma that closes an apposition in it ("Mara Denk, the minister,"), as PolNeAR has it."""
    span = role.spans[-1]
    if role.part is Part.SOURCE and "," in span.of(text)[:-1] and text[span.end : span.end + 1] == ",":
        return replace(role, spans=(*role.spans[:-1], Span(span.start, span.end + 1)))
    return role


_FAR = 20_000
"""Characters between the beginnings of two contents beyond which they are not compared."""


def _crossing(kept: Sequence[tuple[Spans, float]], spans: Spans) -> int | None:
    """The number of a content that crosses `spans`; `kept` are in the order of their beginnings."""
    for number in range(len(kept) - 1, -1, -1):
        other = kept[number][0]
        if spans[0].start - other[0].start > _FAR:
            return None
        if _crosses(spans, other):
            return number
    return None


def _drawn_out(text: str, span: Span, marks: Intervals[None], cues: Intervals[None]) -> Span:
    start, end = span.start, span.end
    if any(piece == span for piece, _ in marks.meeting(span)):
        return span
    for piece, _ in marks.meeting(span):
        if span.contains(piece) and not _lettered(text, start, piece.start) and not _lettered(text, piece.end, end):
            return piece  # an emoji or a dash beside the marks is not quoted
        # A clause inside a quotation is somebody's words within it, not the quotation itself.
        inside = piece.start < start and end < piece.end - 1
        fills = start - piece.start <= 3 and piece.end - end <= 3
        if inside and not fills:
            continue
        grown = Span(min(start, piece.start), max(end, piece.end))
        if not any(not span.overlaps(cue) and not piece.contains(cue) for cue, _ in cues.meeting(grown)):
            start, end = grown.start, grown.end
    return trimmed(text, start, end) or span


def _lettered(text: str, start: int, end: int) -> bool:
    return any(map(str.isalnum, text[start:end]))


def _crosses(spans: Spans, other: Spans) -> bool:
    """Whether the two overlap and neither lies wholly in a span of the other."""
    if not any(a.overlaps(b) for a in spans for b in other):
        return False
    one_holds = all(any(b.contains(a) for b in other) for a in spans)
    other_holds = all(any(a.contains(b) for a in spans) for b in other)
    # Of the same beginning or end one is a shorter reading of the other, not an attribution within it.
    flush = spans[0].start == other[0].start and spans[-1].end == other[-1].end
    return flush or not (one_holds or other_holds)


def _sure(joined: Joined) -> float:
    """How sure the rules are: no more than of the part they are least sure of, less where a part is missing."""
    roles = [r for r in (joined.source, joined.cue, *joined.contents) if r is not None]
    least = min(role.confidence for role in roles)
    return least * (1.0 if joined.source and joined.cue else 0.7)


def _attribution(analysis: Analysis, joined: Joined, sure: float) -> Attribution:
    source = joined.source.spans if joined.source and not _nobody(analysis, joined.source) else ()
    cue = joined.cue.spans if joined.cue else ()
    content = joined.content
    return Attribution(
        id=attribution_id(analysis.document.id, source, cue, content),
        source=source,
        cue=cue,
        content=content,
        kind=Kind.INDIRECT,
        act=act_of(analysis, cue, content),
        confidence=round(sure, 4),
    )


def _nobody(analysis: Analysis, source: Role) -> bool:
    """Whether it is the "it" of "it was reported that", which stands for nobody."""
    inside = analysis.tokens_in(source.spans[0])
    token = analysis.tokens[inside[0]] if len(inside) == 1 else None
    if token is None or len(source.spans) > 1 or token.lemma != "it" or token.dep not in (rel.NSUBJ_PASS, rel.EXPL):
        return False
    return analysis.tokens[token.head].lemma in _OF_NOBODY


_OF_NOBODY = words_of("cues of nobody")


def kind_of(
    text: str, one: Attribution, inner: Sequence[Attribution], marks: Intervals[None], *, turn: bool = False
) -> Kind:
    """Direct where all the content's words stand in quotations of its own, mixed where some do, else indirect.

    A quotation that reaches beyond the content belongs to whoever is quoted around it, and one in the content of an
    attribution inside this one (`inner`) to whoever is quoted there. What follows a speaker's label (`turn`) needs
    no marks.
    """
    if turn:
        return Kind.DIRECT
    extent = Span(one.content[0].start, one.content[-1].end)
    theirs = Intervals((span, None) for other in inner for span in other.content)
    covered = [
        mark for mark, _ in marks.meeting(extent) if extent.contains(mark) and next(theirs.holding(mark), None) is None
    ]
    if not covered:
        return Kind.INDIRECT
    letters = [i for span in one.content for i in range(span.start, span.end) if text[i].isalnum()]
    quoted = {i for mark in covered for i in range(mark.start, mark.end)}
    loose = sum(i not in quoted for i in letters)
    return Kind.DIRECT if loose <= 0.05 * len(letters) else Kind.MIXED


def _turn(text: str, one: Attribution, beginnings: Collection[int]) -> bool:
    """Whether the words are a turn of a transcript: a label and a colon at the beginning of a block of text."""
    if [span.of(text) for span in one.cue] not in ([":"], ["."]) or not one.source:
        return False
    start = one.source[0].start
    while start and text[start - 1] in "*_":  # a label in bold letters
        start -= 1
    return start in beginnings


def _nested(ordered: Sequence[Attribution]) -> list[Attribution]:
    contents = Intervals((span, one) for one in ordered for span in one.content)
    result: list[Attribution] = []
    for one in ordered:
        first = one.content if one.kind is Kind.BLOCK else one.cue
        near = {other.id: other for span in first[:1] for _, other in contents.holding(span)}
        holders = [
            other
            for other in near.values()
            if other.id != one.id and _holds(other, one) and not (_holds(one, other) and other.id > one.id)
        ]
        nearest = min(holders, key=lambda a: (sum(map(len, a.content)), a.id), default=None)
        result.append(replace(one, inside=nearest.id) if nearest else one)
    return result


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Whether the inner one's cue and content lie in the outer one's content; of a block its content."""
    block = inner.kind is Kind.BLOCK
    parts = inner.content if block else (*inner.cue, *inner.content)
    return (block or bool(inner.cue)) and all(any(span.contains(part) for span in outer.content) for part in parts)
