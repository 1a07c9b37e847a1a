"""Questions that rules ask of a parse: who is the subject, how far does a clause or a name reach."""

from __future__ import annotations

from collections.abc import Collection

from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.model.document import Span
from purport.syntax import relations as rel

SUBJECTS = frozenset({rel.NSUBJ, rel.NSUBJ_PASS, rel.CSUBJ, rel.EXPL})
CLAUSES = frozenset({rel.CCOMP, rel.XCOMP, rel.ADVCL, rel.ACL, rel.RELCL, rel.PARATAXIS, rel.CSUBJ, rel.PCOMP})
_MARKS = frozenset({"PUNCT", "SPACE", "SYM"})


def root(analysis: Analysis, tokens: range) -> int | None:
    """The token of the range that governs the others (the first whose head lies outside); None for no tokens."""
    for index in tokens:
        head = analysis.tokens[index].head
        if (head not in tokens or head == index) and analysis.tokens[index].pos not in _MARKS:
            return index
    return tokens[0] if tokens else None


def subject(analysis: Analysis, verb: int) -> int | None:
    """The head of the noun phrase that does what `verb` says, also where the verb shares or leaves out its subject."""
    seen: set[int] = set()
    while verb not in seen:
        seen.add(verb)
        token = analysis.tokens[verb]
        for child in analysis.children[verb]:
            if analysis.tokens[child].dep in (rel.NSUBJ, rel.NSUBJ_PASS):
                return _referent(analysis, child)
        if token.dep == rel.CONJ and analysis.tokens[token.head].pos in ("VERB", "AUX"):
            verb = token.head
        elif token.dep in (rel.XCOMP, rel.ADVCL, rel.CCOMP, rel.PCOMP) and token.tag in ("VBG", "VB", "VBN"):
            verb = _up_to_verb(analysis, token.head)
        elif token.dep in (rel.ACL, rel.RELCL) and token.head != verb:
            return token.head
        else:
            return None
    return None


_PERSONAL = words_of("states of speakers")
"""States of who is to say something; any other is the thing's own: "it is absurd to suggest"."""
_RANKS = frozenset({"first", "last", "only", "next"})


def nobody(analysis: Analysis, verb: int, index: int) -> bool:
    """Whether the token, which `subject` gives for the verb, is nobody who says what the verb says: the "it" of "it is
    absurd to suggest", the reason of "no reason to believe", "nothing"."""
    token = analysis.tokens[verb]
    if analysis.tokens[index].lemma == "nothing":
        return True
    if token.tag != "VB":
        return False
    if token.dep in (rel.ACL, rel.RELCL, rel.ADVCL) and token.head == index:
        return not any(analysis.tokens[i].lemma in _RANKS for i in analysis.children[index])
    if analysis.tokens[index].lemma not in ("it", "there"):
        return False
    governor = analysis.tokens[token.head]
    states = [governor.i, *analysis.children[governor.i]] if governor.lemma == "be" else [governor.i]
    said = [analysis.tokens[i] for i in states if analysis.tokens[i].dep in (rel.ACOMP, rel.ATTR, rel.OPRD)]
    return bool(said) and not any(one.lemma in _PERSONAL for one in said)


def _up_to_verb(analysis: Analysis, index: int) -> int:
    while analysis.tokens[index].pos not in ("VERB", "AUX") and analysis.tokens[index].head != index:
        index = analysis.tokens[index].head
    return index


def _referent(analysis: Analysis, index: int) -> int:
    """For a relative pronoun the noun that it stands for; else the token itself."""
    token = analysis.tokens[index]
    if token.tag in ("WP", "WDT"):
        clause = analysis.tokens[token.head]
        if clause.dep == rel.RELCL and clause.head != clause.i:
            return clause.head
    return index


def child(analysis: Analysis, index: int, deps: Collection[str]) -> int | None:
    """The first token that stands in one of the relations `deps` to `index`."""
    for one in analysis.children[index]:
        if analysis.tokens[one].dep in deps:
            return one
    return None


def phrase(analysis: Analysis, head: int, *, without: Collection[int] = ()) -> Span:
    """The noun phrase of `head`: its subtree up to a relative or participial clause that a comma sets apart, also one
    about what stands in apposition to it ("Stavik, his father, who taught us")."""
    first, last = analysis.edges[head]
    for number, one in enumerate(analysis.children[head]):
        if one < head:
            continue
        token = analysis.tokens[one]
        left = analysis.edges[one][0]
        set_apart = left > 0 and analysis.word(left - 1) in (",", "--", "—", "–", "(")
        clause = token.dep in (rel.RELCL, rel.ACL, rel.ADVCL, rel.PARATAXIS, rel.CCOMP, rel.DEP)
        if (clause and set_apart) or any(left <= other <= analysis.edges[one][1] for other in without):
            last = left - 1
            break
        if token.dep == rel.CC and number + 1 < len(analysis.children[head]):
            following = analysis.tokens[analysis.children[head][number + 1]]
            if following.dep == rel.CONJ and following.pos in ("VERB", "AUX"):
                last = one - 1
                break
    for one in range(head + 1, last + 1):
        token = analysis.tokens[one]
        left, right = analysis.edges[one]
        about = token.dep == rel.RELCL and analysis.tokens[token.head].dep == rel.APPOS and right >= last - 1
        if about and left > head and analysis.word(left - 1) == ",":
            last = left - 1
            break
    return trim(analysis, first, max(last, head))


def trim(analysis: Analysis, first: int, last: int) -> Span:
    """The span from `first` to `last` without commas, dashes and stops at its ends.

    Quotation marks stay, but for one at the beginning that only closes what stands before.
    """
    while first < last and (analysis.word(first) in _LOOSE or analysis.word(first)[0] in "”»"):
        first += 1
    while last > first and analysis.word(last) in _LOOSE:
        last -= 1
    return analysis.span(first, last)


_LOOSE = frozenset({",", ".", ";", ":", "--", "—", "–", "-", "...", "…"})
