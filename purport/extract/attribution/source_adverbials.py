"""Phrases that say on whose word a clause is: "In Velmark's telling", "as Ardinform tells it", "if the minister is to
be believed"; and those that say whose word it is not: "contrary to what Ardinform reported"."""

from __future__ import annotations

from dataclasses import dataclass

from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.model.document import Span, Spans
from purport.syntax import relations as rel
from purport.syntax.cues import cue_span, row_of
from purport.syntax.parse import child, phrase

_VIEWS = words_of("views")
"""What a clause is "in": somebody's."""
_TELLING = words_of("verbs of as one tells it")
"""Verbs of "as Velmark tells it"."""
SAYING = words_of("verbs of as one says")
"""Verbs of "as Velmark claims"; others are said of what goes on at the same time ("as the army continued")."""
_TOLD_TO = frozenset({"tell", "inform", "remind", "assure"})
"""Verbs whose object is who hears it: "as the steward told the inquiry"."""
_SELF = words_of("no source of a view")
_AGAINST = frozenset({"contrary", "despite", "notwithstanding"})


@dataclass(frozen=True, slots=True)
class Told:
    """Cue and source of a phrase; neither where it only says whose word the clause is not."""

    cue: Spans = ()
    source: Span | None = None


def told(analysis: Analysis, index: int) -> Told | None:
    """What the phrase with this head tells of the clause on which it hangs."""
    token = analysis.tokens[index]
    if token.lemma in _AGAINST and token.dep in (rel.PREP, rel.ADVMOD, rel.ADVCL, rel.ACOMP, rel.AMOD):
        return Told()
    if token.dep == rel.PREP:
        return _view(analysis, index) if token.lemma in ("in", "by", "on") else None
    if token.dep != rel.ADVCL:
        return None
    if any(analysis.tokens[i].lemma == "as" and i < index for i in analysis.children[index]):
        return _as(analysis, index)
    return _heard(analysis, index) or _believed(analysis, index)


def _view(analysis: Analysis, index: int) -> Told | None:
    """ "In Velmark's telling", "in the words of Orrin Sel", "by the jailer's account"."""
    noun = child(analysis, index, (rel.POBJ,))
    views = _VIEWS if analysis.tokens[index].lemma == "in" else words_of("what a clause is by")
    if noun is None or analysis.tokens[noun].lemma not in views:
        return None
    owner = child(analysis, noun, (rel.POSS,))
    if owner is not None:
        who = phrase(analysis, owner)
        return None if analysis.word(owner).lower() in _SELF else Told((analysis.span(noun, noun),), who)
    of = next((i for i in analysis.children[noun] if analysis.tokens[i].lemma == "of" and i == noun + 1), None)
    named = child(analysis, of, (rel.POBJ,)) if of is not None else None
    if of is None or named is None or noun != index + 2:
        return None
    return Told((analysis.span(index, of),), phrase(analysis, named))


def _as(analysis: Analysis, index: int) -> Told | None:
    """ "As Velmark would have it", "as the ministry claims"."""
    token = analysis.tokens[index]
    source, object_ = child(analysis, index, (rel.NSUBJ,)), child(analysis, index, (rel.OBJ,))
    if (
        source is None
        or source > index
        or child(analysis, index, (rel.NSUBJ_PASS, rel.AUX_PASS, rel.CCOMP)) is not None
    ):
        return None
    who = phrase(analysis, source, without=[index])
    row = row_of(analysis, index, "verb", "phrase")
    if object_ is not None and analysis.word(object_).lower() == "it" and token.lemma in _TELLING:
        return Told((Span(cue_span(analysis, index, None).start, analysis.tokens[object_].end),), who)
    heard = object_ is not None and token.lemma in _TOLD_TO
    if (object_ is not None and not heard) or not (heard or token.lemma in SAYING) or row is None:
        return None
    return Told((cue_span(analysis, index, row),), who)


def _heard(analysis: Analysis, index: int) -> Told | None:
    """ "To hear Ardinform tell it"."""
    tell = child(analysis, index, (rel.CCOMP,)) if analysis.tokens[index].lemma == "hear" else None
    source = child(analysis, tell, (rel.NSUBJ,)) if tell is not None else None
    object_ = child(analysis, tell, (rel.OBJ,)) if tell is not None else None
    if tell is None or source is None or object_ is None or analysis.word(object_).lower() != "it":
        return None
    return Told((analysis.span(tell, object_),), phrase(analysis, source, without=[tell]))


def _believed(analysis: Analysis, index: int) -> Told | None:
    """ "If the minister is to be believed"."""
    verb = child(analysis, index, (rel.XCOMP,)) if analysis.tokens[index].lemma == "be" else index
    if verb is None or analysis.tokens[verb].lemma not in ("believe", "trust"):
        return None
    source = child(analysis, index, (rel.NSUBJ, rel.NSUBJ_PASS))
    led = any(analysis.tokens[i].lemma == "if" for i in analysis.children[index])
    if not led or source is None or child(analysis, verb, (rel.AUX_PASS,)) is None:
        return None
    first = min(index, *(i for i in analysis.children[index] if i > source))
    return Told((analysis.span(first, verb),), phrase(analysis, source, without=[index]))
