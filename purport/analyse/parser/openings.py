"""Mending how the parser reads a sentence that opens with a clause or with "it was": "That X did Y is false"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from purport.analyse.parser.dependents import Dependents, dependents
from purport.lexicons.classes import words_of
from purport.lexicons.embedding import embeddings
from purport.model.analysis import Token
from purport.syntax import relations as rel

_FAR = 40
"""Words at most between the word that opens a sentence and the verb that says something of it."""
_ADDRESS = 4
"""Words of an address at most: "my distinguished fellow members"."""
_SUBJECTS = frozenset({rel.NSUBJ, rel.NSUBJ_PASS})
_WHOSE = frozenset({"WDT", "WP", "WP$"})


def openings(tokens: Sequence[Token], result: list[Token]) -> None:
    """Mend the parse of sentences in `result`, a copy of `tokens`: see the functions below."""
    kids = dependents(tokens)
    for first in _firsts(tokens):
        if first.lemma == "that":
            _clause_that(tokens, result, first, kids)
        if first.lemma.lower() == "lest":
            _lest(tokens, result, first, kids)
        if first.lemma.lower() in ("amid", "amidst") and first.dep == rel.NSUBJ:
            _amid(tokens, result, first, kids)
        if first.lemma.lower() in words_of("words before an address"):
            _addressed(tokens, result, first, kids)
    for token in tokens:
        if token.tag == "NN" and (token.dep in _CLAUSAL or token.dep == rel.ADVCL):
            _verb_of_a_headline(result, token, kids)
        if token.dep == rel.CCOMP:
            (_semicolon if token.i < token.head else _after_a_semicolon)(tokens, result, token, kids)
        if token.lemma in _DREADED and token.tag == "VBD":
            _feared_dead(result, token, kids)
        if token.lemma == "be" and token.pos in ("AUX", "VERB"):
            _cleft(tokens, result, token, kids)


def _firsts(tokens: Sequence[Token]) -> Iterator[Token]:
    """The first word of each sentence."""
    last = -1
    for token in tokens:
        if token.sentence != last and token.pos not in ("PUNCT", "SPACE"):
            last = token.sentence
            yield token


def _clause_that(tokens: Sequence[Token], result: list[Token], that: Token, kids: Dependents) -> None:
    """ "That Velmark shelled the clinic is false": the parser takes "that Velmark" for a name, and the clinic for that
    which is false. A verb with its object between it and a second finite verb is a clause, and the second verb says
    something of it; so it may be of one that takes a clause itself, but "That man knew the clinic was empty"."""
    above = tokens[that.head]
    verb = above if that.dep == rel.MARK else tokens[above.head]
    if that.dep not in (rel.DET, rel.MARK) or verb.tag not in ("VBD", "VBZ", "VBP", "VBN"):
        return
    named = next((t for t in kids.get(verb.i, []) if t.dep in _SUBJECTS and that.i < t.i < verb.i), None)
    if named is None or (that.dep == rel.DET and named.i != above.i):
        return
    if named.tag == "NN" and named.i == that.i + 1 and verb.lemma in _taking_clauses():
        return  # "that man"
    outer = next((t for t in kids.get(verb.i, []) if t.i > verb.i and t.dep in (rel.CCOMP, rel.CONJ)), None)
    if outer is None or outer.i > verb.i + _FAR or outer.pos not in ("AUX", "VERB"):
        return
    own = [t for t in kids.get(outer.i, []) if t.i < outer.i]
    thing = next((t for t in own if t.dep in _SUBJECTS and t.i > verb.i), None)
    joined = any(t.dep in (rel.CC, rel.PUNCT) for t in kids.get(verb.i, []) if t.i < outer.i)
    if any(t.dep == rel.MARK for t in own) or joined or (thing is None) is (outer.dep == rel.CCOMP):
        return
    passive = any(t.dep == rel.AUX_PASS for t in own)
    result[that.i] = that._replace(head=verb.i, dep=rel.MARK, pos="SCONJ", tag="IN")
    if thing is not None:
        result[thing.i] = thing._replace(head=verb.i, dep=rel.OBJ)
    result[outer.i] = outer._replace(head=outer.i if verb.head == verb.i else verb.head, dep=verb.dep)
    result[verb.i] = verb._replace(head=outer.i, dep=rel.CSUBJ_PASS if passive else rel.CSUBJ)
    for other in kids.get(verb.i, []):
        if other.i > outer.i:
            result[other.i] = other._replace(head=outer.i)


def _lest(tokens: Sequence[Token], result: list[Token], lest: Token, kids: Dependents) -> None:
    """ "Lest looters strip the museum, its director shut it": the parser takes the word for a part of their name, or
    the clause for the main one."""
    name = tokens[lest.head]
    verb = name if lest.dep == rel.MARK else tokens[name.head]
    if lest.dep in (rel.COMPOUND, rel.AMOD, rel.DET, rel.NMOD) and name.dep in _SUBJECTS and name.i < verb.i:
        result[lest.i] = lest._replace(head=verb.i, dep=rel.MARK, pos="SCONJ", tag="IN", lemma="lest")
    elif lest.dep != rel.MARK:
        return
    if verb.dep == rel.CCOMP and verb.head > verb.i:
        result[verb.i] = verb._replace(dep=rel.ADVCL)
    own = kids.get(verb.i, [])
    main = next((t for t in own if t.dep == rel.CONJ and t.i > verb.i and t.pos == "VERB"), None)
    if verb.dep != rel.ROOT or main is None or any(t.dep == rel.CC for t in own):
        return
    result[main.i] = main._replace(head=main.i, dep=rel.ROOT)
    result[verb.i] = verb._replace(head=main.i, dep=rel.ADVCL)


def _amid(tokens: Sequence[Token], result: list[Token], amid: Token, kids: Dependents) -> None:
    """ "Amid fears that rebels might take it, the army left": the parser takes "Amid" for a name."""
    fears = tokens[amid.head]
    if fears.i == amid.i or fears.tag not in ("VBZ", "VBP") or fears.head == fears.i:
        return
    result[amid.i] = amid._replace(head=fears.head, dep=rel.PREP, pos="ADP", tag="IN", lemma="amid")
    result[fears.i] = fears._replace(head=amid.i, dep=rel.POBJ, pos="NOUN", tag="NNS")
    for clause in kids.get(fears.i, ()):
        if clause.dep == rel.CCOMP:
            result[clause.i] = clause._replace(dep=rel.ACL)


def _addressed(tokens: Sequence[Token], result: list[Token], first: Token, kids: Dependents) -> None:
    """ "Madam Speaker, the party opposite closed forty clinics": the parser takes whoever is addressed for who did it,
    and who did it for another name of theirs. "Mr Speaker, the oldest member, rose" has a second comma."""
    name = next((t for t in tokens[first.i + 1 : first.i + _ADDRESS] if t.dep in _SUBJECTS), None)
    if name is None or name.i + 1 >= len(tokens) or tokens[name.i + 1].lemma != ",":
        return
    if name.lemma.lower() not in words_of("persons addressed"):
        return
    verb = tokens[name.head]
    doer = next((t for t in kids.get(name.i, []) if t.dep == rel.APPOS and name.i < t.i < verb.i), None)
    if doer is None or any(t.lemma == "," for t in tokens[doer.i : verb.i]):
        return
    result[doer.i] = doer._replace(head=verb.i, dep=name.dep)
    result[name.i] = name._replace(head=verb.i, dep=rel.INTJ)


@cache
def _taking_clauses() -> frozenset[str]:
    return frozenset(row.lemma for row in embeddings())


def _cleft(tokens: Sequence[Token], result: list[Token], copula: Token, kids: Dependents) -> None:
    """ "It was the ministry, not the bank, that seized the accounts": the parser takes who did it for one thing and
    what was done for another. A clause whose "that" or "who" is its own subject is about the noun before it."""
    own = kids.get(copula.i, [])
    named = next((t for t in own if t.dep == rel.ATTR and t.i > copula.i), None)
    if named is None or not any(t.dep == rel.NSUBJ and t.lemma == "it" for t in own):
        return
    near = (*kids.get(named.i, []), *own)
    beside = [t for t in near if t.dep == rel.APPOS or (t.i > named.i and _denied(t, kids))]
    for clause in (*own, *(t for one in beside for t in kids.get(one.i, []))):
        if clause.dep not in (rel.CCOMP, rel.ADVCL, rel.RELCL) or clause.i < named.i:
            continue
        if _about(clause, kids):
            result[clause.i] = clause._replace(head=named.i, dep=rel.RELCL)
    over = tokens[copula.head]
    if copula.dep == rel.CCOMP and over.i > named.i and _about(over, kids):
        result[copula.i] = copula._replace(head=copula.i if over.head == over.i else over.head, dep=over.dep)
        result[over.i] = over._replace(head=named.i, dep=rel.RELCL)


def _about(clause: Token, kids: Dependents) -> bool:
    """Whether its own subject is "that" or "who"."""
    return any(t.dep in _SUBJECTS and t.tag in _WHOSE for t in kids.get(clause.i, []))


def _denied(noun: Token, kids: Dependents) -> bool:
    """Whether "not" stands before it: "the rebels, and not the army, who ..."."""
    return any(t.dep in (rel.NEG, rel.ADVMOD, rel.PRECONJ) and t.lemma == "not" for t in kids.get(noun.i, []))


_CLAUSAL = frozenset({rel.ROOT, rel.CCOMP, rel.CONJ, rel.DEP, rel.PARATAXIS})
_ASKING = frozenset({"do", "will", "would", "can", "could", "may", "might", "shall", "should", "must"})
_DREADED = frozenset({"fear", "believe", "presume"})


def _verb_of_a_headline(result: list[Token], token: Token, kids: Dependents) -> None:
    """ "Flood waters breach dam": a plural right before it, of which the parser makes a subject, and what follows its
    object make a verb of what is spelt as a noun."""
    own = kids.get(token.i, [])
    before = next((t for t in own if t.dep == rel.NSUBJ and t.i == token.i - 1), None)
    if before is not None and any(t.dep == rel.AUX and t.i < before.i and t.lemma in _ASKING for t in own):
        result[token.i] = token._replace(pos="VERB", tag="VB")  # "not once did the envoy threaten"
        return
    if before is not None and before.tag in ("NNS", "NNPS"):
        result[token.i] = token._replace(pos="VERB", tag="VBP")


def _semicolon(tokens: Sequence[Token], result: list[Token], clause: Token, kids: Dependents) -> None:
    """ "Ferry sinks off Larnek; 40 feared dead": what stands before a semicolon is not what the verb behind it says."""
    verb = tokens[clause.head]
    own = kids.get(verb.i, [])
    both = sorted([*own, *kids.get(clause.i, [])])
    mark = next((t for t in both if clause.i < t.i < verb.i and t.lemma == ";"), None)
    if mark is None or not any(t.dep in _SUBJECTS and t.i > mark.i for t in own):
        return
    result[clause.i] = result[clause.i]._replace(head=clause.i if verb.head == verb.i else verb.head, dep=verb.dep)
    result[verb.i] = result[verb.i]._replace(head=clause.i, dep=rel.CONJ)


def _after_a_semicolon(tokens: Sequence[Token], result: list[Token], clause: Token, kids: Dependents) -> None:
    """ "Denk said the talks had gone well; an hour later, Velmark recalled its envoy": what stands behind a semicolon
    is a sentence of its own, unless it goes on within quotation marks or with one more "that"."""
    verb = tokens[clause.head]
    before = next((t for t in kids.get(verb.i, []) if t.dep == rel.CCOMP and verb.i < t.i < clause.i), None)
    own = kids.get(clause.i, [])
    subject = next((t for t in own if t.dep in _SUBJECTS), None)
    if before is None or subject is None or any(t.dep == rel.MARK for t in own):
        return
    between = tokens[before.i : subject.i]
    marked = any(t.lemma in _QUOTING for t in tokens[verb.i : clause.i])
    if len(between) <= _FAR and any(t.lemma == ";" for t in between) and not marked:
        result[clause.i] = clause._replace(head=verb.i, dep=rel.CONJ)


_QUOTING = frozenset({'"', "“", "”", "``", "''", "«", "»", "„", "‘"})


def _feared_dead(result: list[Token], verb: Token, kids: Dependents) -> None:
    """ "40 feared dead": the short passive of headlines."""
    own = kids.get(verb.i, [])
    state = next((t for t in own if t.dep in (rel.OPRD, rel.ACOMP, rel.OBJ) and t.pos == "ADJ" and t.i > verb.i), None)
    subject = next((t for t in own if t.dep == rel.NSUBJ and t.i < verb.i), None)
    if state is not None and subject is not None and not any(t.dep == rel.OBJ and t.i != state.i for t in own):
        result[verb.i] = result[verb.i]._replace(tag="VBN")
        result[subject.i] = subject._replace(dep=rel.NSUBJ_PASS)
