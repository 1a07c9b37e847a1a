"""Finding what nouns tell that somebody says: "the claim that ...", "his warning that ...", "a plea from X to Y"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from purport.extract.attribution.extents import begins, clause
from purport.extract.attribution.roles import Part, Role
from purport.lexicons import CueRow
from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.model.document import Span
from purport.syntax import relations as rel
from purport.syntax.cues import row_of
from purport.syntax.parse import child, phrase, subject, trim

REFUSING = frozenset({"deny", "reject", "doubt", "criticise"})
"""Acts by which a source turns down what somebody else has said."""
_VERBS = frozenset({"VERB", "AUX"})


def noun_roles(analysis: Analysis, noun: int) -> Iterator[Role]:
    """ "The claim that ...", "his warning that ...", "a promise by X to ..."."""
    yield from _telling(analysis, noun)
    yield from going_round(analysis, noun)
    row = row_of(analysis, noun, "noun")
    if row is None:
        return
    if row.act in _ABOUT:
        yield from _about(analysis, noun, row)
    for one in analysis.children[noun]:
        token = analysis.tokens[one]
        hung = token.dep in (rel.ACL, rel.CCOMP, rel.RELCL) and one > noun and token.pos in _VERBS
        marked = any(analysis.tokens[c].dep == rel.MARK and analysis.tokens[c].lemma == "that"
                     for c in analysis.children[one])  # fmt: skip
        to = any(analysis.tokens[c].tag == "TO" for c in analysis.children[one])
        if not hung or not ((marked and "that" in row.frames) or (to and "to" in row.frames)):
            continue
        source = noun_source(analysis, noun) or _origin(analysis, noun)
        sure = source is not None and analysis.tokens[source].head != analysis.tokens[noun].head
        yield Role((analysis.span(noun, noun),), Part.CUE, 0.8 if sure else 0.6)
        yield Role((clause(analysis, one, noun),), Part.CONTENT, 0.8 if sure else 0.7)
        if source is not None:
            yield Role((phrase(analysis, source, without=[one]),), Part.SOURCE, 0.8 if sure else 0.6)


def _telling(analysis: Analysis, noun: int) -> Iterator[Role]:
    """ "The monks' version is that ...", "the monks' version is simple: ..."."""
    token = analysis.tokens[noun]
    copula = token.head
    owner = child(analysis, noun, (rel.POSS,))
    of = next((i for i in analysis.children[noun] if analysis.tokens[i].lemma == "of" and i == noun + 1), None)
    owner = child(analysis, of, (rel.POBJ,)) if owner is None and of is not None else owner
    if token.dep != rel.NSUBJ or owner is None or token.lemma not in words_of("what a telling is"):
        return
    if analysis.tokens[copula].lemma != "be" or copula < noun:
        return
    told = child(analysis, copula, (rel.CCOMP,))
    sentence = analysis.sentences[token.sentence]
    if told is not None and told > copula and begins(analysis, told, ("that",)):
        content = clause(analysis, told, copula)
    else:
        colon = next(
            (i for i in range(copula + 1, min(copula + _STATE, sentence.last)) if analysis.word(i) == ":"), None
        )
        behind = range(colon + 1, sentence.last) if colon is not None else range(0)
        between = range(copula + 1, colon) if colon is not None else range(0)
        how = any(analysis.lower(i) in words_of("how a telling is") for i in between)
        if between and not how:
            return  # "the party's position is weak: it lost nine seats"
        if colon is None or not any(analysis.tokens[i].pos in _VERBS for i in behind):
            return
        content = trim(analysis, colon + 1, sentence.last - 1)
    yield Role((analysis.span(noun, copula),) if copula == noun + 1 else (analysis.span(noun, noun),), Part.CUE, 0.8)
    yield Role((content,), Part.CONTENT, 0.8)
    yield Role((phrase(analysis, owner),), Part.SOURCE, 0.8)


def going_round(analysis: Analysis, noun: int) -> Iterator[Role]:
    """What nobody who is named says: "word in the bazaar is that ...", "legend has it that ...", "Finch, the story
    goes, ..."."""
    token = analysis.tokens[noun]
    verb = analysis.tokens[token.head]
    if token.lemma.lower() not in words_of("what goes round"):
        return
    if token.dep != rel.NSUBJ or verb.i < noun or child(analysis, noun, (rel.POSS,)) is not None:
        return
    first, last = analysis.edges[noun][0], verb.i
    put_in = analysis.word(first - 1) in (",", "so") and analysis.word(min(last + 1, len(analysis.tokens) - 1)) in ",."
    if verb.lemma in ("go", "run") and verb.i == noun + 1 and first and put_in:
        sentence = analysis.sentences[token.sentence]
        left, right = (sentence.first, sentence.last - 1) if verb.head == verb.i else analysis.edges[verb.head]
        around = trim(analysis, left, right)
        inner = analysis.span(first - (analysis.word(first - 1) == "so"), last)
        text = analysis.document.text
        sides = ((around.start, inner.start), (inner.end, around.end))
        content = tuple(one for start, end in sides if (one := _words(text, start, end)) is not None)
        cue = analysis.span(noun, verb.i)
    else:
        told = child(analysis, verb.i, (rel.CCOMP,))
        it = child(analysis, verb.i, (rel.OBJ,))
        has = verb.lemma == "have" and it is not None and analysis.lower(it) == "it"
        if told is None or told < verb.i or not (has or verb.lemma == "be") or not begins(analysis, told, ("that",)):
            return
        content = (clause(analysis, told, verb.i),)
        cue = analysis.span(noun, it if has and it is not None else verb.i)
    if content:
        yield Role((cue,), Part.CUE, 0.85)
        yield Role(content, Part.CONTENT, 0.85)


def _words(text: str, start: int, end: int) -> Span | None:
    """A span without marks at its ends; None where it has no word."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end) if start < end else None


_STATE = 6
"""Words behind "is" in which a colon may stand: "is a simple one:"."""


_ABOUT = frozenset(
    {"accuse", "agree", "criticise", "demand", "praise", "promise", "reject", "request", "threaten", "warn"}
)
"""Acts whose nouns need no clause: "the minister's rebuke of the coastguard"."""
_UPON: Mapping[str, frozenset[str]] = {
    "accuse": frozenset({"against"}),
    "criticise": frozenset({"against", "of", "for"}),
    "warn": frozenset({"about", "of", "over"}),
    "agree": frozenset({"to", "with"}),
    "request": frozenset({"for", "to"}),
}
"""Prepositions that bring in what such a noun is about, besides those that are frames of its row."""


def _about(analysis: Analysis, noun: int, row: CueRow) -> Iterator[Role]:
    """ "The miners' accusation against Ambry", "demands by the miners for a share", "a plea from the parents to the
    kidnappers": what is said is what stands behind the preposition."""
    owner = child(analysis, noun, (rel.POSS,))
    by = next(
        (i for i in analysis.children[noun] if analysis.tokens[i].lemma in ("by", "from") and i == noun + 1), None
    )
    owner = child(analysis, by, (rel.POBJ,)) if owner is None and by is not None else owner
    if owner is None:
        return
    opens = (row.frames & {"of", "for", "to"}) | _UPON.get(row.act, frozenset())
    about = [
        i
        for one in ((noun, owner) if by is not None else (noun,))
        for i in analysis.children[one]
        if analysis.tokens[i].dep == rel.PREP and analysis.tokens[i].lemma in opens and i > (by or noun)
        if one == noun or analysis.tokens[i].lemma != "of"  # "from the Guild of Pilots"
    ]
    if about and child(analysis, about[0], (rel.POBJ, rel.PCOMP)) is not None:
        yield Role((analysis.span(noun, noun),), Part.CUE, 0.8)
        yield Role((trim(analysis, *analysis.edges[about[0]]),), Part.CONTENT, 0.8)
        yield Role((phrase(analysis, owner, without=[about[0]]),), Part.SOURCE, 0.8)


def noun_source(analysis: Analysis, noun: int) -> int | None:
    """The word for whose claim, warning, promise it is; None where that is not told."""
    owner = child(analysis, noun, (rel.POSS,))
    if owner is not None:
        return owner
    for one in analysis.children[noun]:
        if analysis.tokens[one].lemma in ("by", "from", "of") and analysis.tokens[one].dep == rel.PREP:
            return child(analysis, one, (rel.POBJ,))
    verb = analysis.tokens[noun].head
    if analysis.tokens[noun].dep == rel.OBJ and analysis.tokens[verb].pos == "VERB":
        return subject(analysis, verb) if voices(analysis, verb) else None
    return None


def _origin(analysis: Analysis, noun: int) -> int | None:
    """Who a claim is said to come from: "the claim that ... [comes] from a rival"."""
    verb = analysis.tokens[noun].head
    if analysis.tokens[noun].dep != rel.NSUBJ or analysis.tokens[verb].lemma not in _COMES:
        return None
    of = next((i for i in analysis.children[verb] if i > verb and analysis.tokens[i].lemma in ("from", "with")), None)
    return child(analysis, of, (rel.POBJ,)) if of is not None else None


_COMES = frozenset({"come", "originate", "stem", "emanate"})


def voices(analysis: Analysis, verb: int) -> bool:
    """Whether who does this with a claim, a warning, a promise is the one whose it is: "made the claim that", and not
    "is investigating claims that"."""
    if analysis.tokens[verb].lemma in words_of("verbs of voicing"):
        return True
    row = row_of(analysis, verb, "verb", "phrase")
    return row is not None and row.act not in REFUSING and row.act not in ("learn", "ask")
