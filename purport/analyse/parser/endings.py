"""Mending how the parser hangs the later part of a sentence on the earlier: "the bridge was blown up, the command
announced", "managed at the second attempt to deliver it"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from purport.analyse.parser.dependents import Dependents, dependents
from purport.lexicons import cues
from purport.lexicons.classes import words_of
from purport.lexicons.embedding import embeddings
from purport.model.analysis import Token
from purport.syntax import relations as rel

_GOING_ON = frozenset({"whereupon", "whereafter"})
_AFTER = frozenset({"after", "upon", "following"})
"""What brings "which" in where the text goes on by itself: "after which her guards removed two of them"."""
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NAMING = frozenset("call declare dub name proclaim style term".split())
_PROOF = frozenset({"evidence", "proof", "basis"})
_FAR = 8
"""Words at most from who is named to the name, and steps from a noun to the last word of its phrase."""
ADDRESSING = frozenset("advise alert assure convince inform notify persuade remind tell warn".split())
"""Verbs whose object hears what the clause behind it says."""
_WHOLE = frozenset({"evidence", "proof", "truth", "indication", "sign", "doubt", "suggestion", "hint"})
"""Nouns of which there is a shred or none."""


def endings(tokens: Sequence[Token], result: list[Token]) -> None:
    """Mend the parse of sentences in `result`, a copy of `tokens`: see the functions below."""
    kids = dependents(tokens)
    for token in tokens:
        if token.dep == rel.ACL and token.tag == "VBN":
            _said_last(tokens, result, token, kids)
        if token.dep in (rel.ACL, rel.RELCL) and token.tag == "VB":
            _at_an_attempt(tokens, result, token, kids)
        if token.dep in (rel.ACL, rel.RELCL) and token.head < token.i:
            _shred_of_evidence(tokens, result, token, kids)
            _what_they_claim(tokens, result, token, kids)
            _nobody_disputes(tokens, result, token, kids)
        if token.dep == rel.ACL and tokens[token.head].dep == rel.NSUBJ and token.i > token.head:
            _what_was_done_to(tokens, result, token, kids)
        if token.dep == rel.RELCL and token.head < token.i:
            _told_them(tokens, result, token, kids)
        if token.dep in (rel.POBJ, rel.NSUBJ):
            _speaker_named(tokens, result, token, kids)
        if token.lemma == "hear" and token.tag == "VB" and token.dep == rel.ADVCL:
            _hear_tell(tokens, result, token, kids)
        if token.lemma == "than" and token.i > 1 and tokens[token.i - 1].lemma == "rather":
            _rather_than(tokens, result, token, kids)
        if token.tag == "PRP" and token.lemma.endswith(("self", "selves")) and token.dep == rel.OBJ:
            _calling_itself(tokens, result, token, kids)
        if token.dep == rel.DEP and token.tag in ("VBD", "VBZ"):
            _having_done(tokens, result, token, kids)
        if token.dep in (rel.ACL, rel.CCOMP, rel.RELCL) and tokens[token.head].lemma in _PROOF:
            _without_proof(tokens, result, token, kids)
        if token.dep == rel.CC and token.i + 1 < len(tokens) and tokens[token.i + 1].lemma == "not":
            _and_not(tokens, result, token, kids)
        if token.dep == rel.ROOT and token.tag == "NNS":
            _swears(tokens, result, token, kids)
        if token.dep == rel.ADVMOD and token.lemma in _GOING_ON:
            _whereupon(tokens, result, token)
        if token.dep == rel.POBJ and token.lemma == "which" and tokens[token.head].lemma in _AFTER:
            _whereupon(tokens, result, tokens[token.head])


@cache
def _telling_verbs() -> frozenset[str]:
    """Verbs with which a clause is told, before it or behind it."""
    return frozenset(
        row.lemma for row in cues() if row.pos == "verb" and row.strong and {"that", "quote"} <= row.frames
    )


@cache
def _cue_nouns() -> frozenset[str]:
    return frozenset(row.lemma for row in cues() if row.pos == "noun")


@cache
def _speakers() -> frozenset[str]:
    return words_of("bodies and documents") | words_of("persons") | words_of("who has the word")


def _said_last(tokens: Sequence[Token], result: list[Token], verb: Token, kids: Dependents) -> None:
    """ "The bridge was blown up, the joint command announced in its bulletin": the parser takes who announced it for
    another name of the bridge, and what they did for what was done to it."""
    who = tokens[verb.head]
    if verb.lemma not in _telling_verbs() or who.dep != rel.APPOS or who.i > verb.i or who.pos not in ("NOUN", "PROPN"):
        return
    if who.pos == "NOUN" and who.lemma not in _speakers():
        return  # "a plan announced in May"
    own = kids.get(who.i, [])
    first = min((t.i for t in own if t.i < who.i), default=who.i)
    if any(t.dep == rel.DET and t.lemma in ("a", "an") for t in own) or not first or tokens[first - 1].lemma != ",":
        return
    if any(t.dep in (rel.OBJ, rel.AGENT, rel.CCOMP, rel.XCOMP, rel.OPRD) for t in kids.get(verb.i, [])):
        return
    main = next((t for t in reversed(tokens[:first]) if t.head == t.i), None)
    if main is None or main.sentence != verb.sentence or main.pos not in ("VERB", "AUX"):
        return
    behind = [t for t in tokens[verb.i : verb.i + _FAR] if t.sentence == verb.sentence]
    if any(t.pos == "VERB" and t.head == main.i for t in behind):
        return
    result[verb.i] = verb._replace(head=verb.i, dep=rel.ROOT, tag="VBD")
    result[who.i] = who._replace(head=verb.i, dep=rel.NSUBJ)
    result[main.i] = result[main.i]._replace(head=verb.i, dep=rel.CCOMP)
    for token in behind:
        if token.head == main.i and token.i > verb.i:
            result[token.i] = result[token.i]._replace(head=verb.i)


def _what_was_done_to(tokens: Sequence[Token], result: list[Token], act: Token, kids: Dependents) -> None:
    """ "His insistence that they rescued every passenger convinced nobody": of two subjects of one verb, which stand on
    either side of a clause about the first, the second is what that clause's verb is done to."""
    noun = tokens[act.head]
    second = next((t for t in kids.get(noun.head, []) if t.dep == rel.NSUBJ and act.i < t.i < noun.head), None)
    if second is None or any(t.dep in (rel.OBJ, rel.ATTR, rel.CCOMP, rel.XCOMP) for t in kids.get(act.i, [])):
        return
    first = min([second.i, *(t.i for t in kids.get(second.i, []))])
    if first == act.i + 1 and any(t.lemma == "that" and t.i < act.i for t in kids.get(act.i, [])):
        result[second.i] = second._replace(head=act.i, dep=rel.OBJ)


def _and_not(tokens: Sequence[Token], result: list[Token], joint: Token, kids: Dependents) -> None:
    """ "The police and not the army fired": the parser takes "not" for the verb's, and both for who fired."""
    first, denial = tokens[joint.head], tokens[joint.i + 1]
    verb = tokens[first.head]
    second = next((t for t in kids.get(verb.i, []) if t.dep == rel.NSUBJ and t.i > denial.i), None)
    if first.dep != rel.NSUBJ or first.i > joint.i or denial.head != verb.i or second is None or second.i > verb.i:
        return
    result[denial.i] = denial._replace(head=second.i)
    result[second.i] = second._replace(head=first.i, dep=rel.CONJ)


def _swears(tokens: Sequence[Token], result: list[Token], verb: Token, kids: Dependents) -> None:
    """ "An innkeeper swears that they crossed the lake": the parser takes the verb for a plural and who swears for what
    kind it is of."""
    who = tokens[verb.i - 1] if verb.i else verb
    if verb.lemma not in _telling_verbs() or verb.lemma in _cue_nouns() or who.head != verb.i or who.dep not in _BEFORE:
        return
    clause = next((t for t in kids.get(verb.i, []) if t.i > verb.i and t.dep in (rel.RELCL, rel.ACL, rel.CCOMP)), None)
    if clause is None or not any(t.lemma == "that" and t.i == verb.i + 1 for t in kids.get(clause.i, [])):
        return
    result[verb.i] = verb._replace(pos="VERB", tag="VBZ")
    result[who.i] = who._replace(dep=rel.NSUBJ, pos="PROPN" if who.pos == "PROPN" else "NOUN")
    result[clause.i] = clause._replace(dep=rel.CCOMP)
    for token in kids[verb.i]:
        if token.i < who.i and token.dep in (*_BEFORE, rel.DET, rel.POSS):
            result[token.i] = token._replace(head=who.i)
        if token.lemma == "that" and token.i == verb.i + 1:
            result[token.i] = token._replace(head=clause.i, dep=rel.MARK, tag="IN", pos="SCONJ")


_BEFORE = (rel.AMOD, rel.COMPOUND, rel.NMOD)
_FAR = 60
"""Words at most to the end of a sentence that are looked at."""


@cache
def _needing() -> frozenset[str]:
    """Verbs that say nothing without an infinitive."""
    return frozenset(row.lemma for row in embeddings() if row.pos == "verb" and row.takes == {"to"})


def _at_an_attempt(tokens: Sequence[Token], result: list[Token], act: Token, kids: Dependents) -> None:
    """ "Two envoys managed at the second attempt to deliver the letter": the parser takes the delivery for what was
    attempted; the verb before says nothing without it."""
    noun = tokens[act.head]
    before = tokens[noun.head]
    verb = tokens[before.head]
    if noun.dep != rel.POBJ or before.dep != rel.PREP or before.lemma not in ("at", "on", "in", "after", "with"):
        return
    if verb.lemma not in _needing() or verb.i > before.i or not any(t.tag == "TO" for t in kids.get(act.i, [])):
        return
    if any(t.dep in (rel.XCOMP, rel.CCOMP, rel.OBJ) for t in kids.get(verb.i, [])):
        return
    if any(t.dep in (rel.NSUBJ, rel.NSUBJ_PASS) for t in kids.get(act.i, [])):
        return
    result[act.i] = act._replace(head=verb.i, dep=rel.XCOMP)


def _shred_of_evidence(tokens: Sequence[Token], result: list[Token], act: Token, kids: Dependents) -> None:
    """ "There is not a shred of evidence that they did it": what is evident is no clause about the shred."""
    noun = tokens[act.head]
    of = next((t for t in kids.get(noun.i, []) if t.dep == rel.PREP and t.lemma == "of" and t.i == noun.i + 1), None)
    whole = next((t for t in kids.get(of.i, []) if t.dep == rel.POBJ), None) if of is not None else None
    that = next((t for t in kids.get(act.i, []) if t.lemma == "that" and noun.i < t.i < act.i), None)
    if whole is None or that is None or whole.lemma not in _WHOLE or that.i != whole.i + 1:
        return
    result[act.i] = act._replace(head=whole.i, dep=rel.ACL)
    result[that.i] = that._replace(dep=rel.MARK, tag="IN", pos="SCONJ")


def _what_they_claim(tokens: Sequence[Token], result: list[Token], act: Token, kids: Dependents) -> None:
    """ "Allegations by the bishops that soldiers burned two churches": the parser takes what is alleged for a clause
    about who alleges it, which lacks nothing that "that" could stand for."""
    who = tokens[act.head]
    by = tokens[who.head]
    said = tokens[by.head]
    own = kids.get(act.i, [])
    that = next((t for t in own if t.lemma == "that" and t.dep in (rel.MARK, rel.OBJ) and t.i < act.i), None)
    if that is None or who.dep != rel.POBJ or by.lemma not in ("by", "from", "of", "among", "in") or said.i > by.i:
        return
    whole = that.dep == rel.MARK or any(t.dep == rel.OBJ and t.i > act.i for t in own)
    if said.lemma in _cue_nouns() and whole and any(t.dep in _SUBJECTS for t in own):
        result[act.i] = act._replace(head=said.i, dep=rel.ACL)
        result[that.i] = that._replace(dep=rel.MARK, tag="IN", pos="SCONJ")


def _nobody_disputes(tokens: Sequence[Token], result: list[Token], act: Token, kids: Dependents) -> None:
    """ "Nobody in the capital disputes that they did it": the parser takes the verb for a plural, and where they are
    for what kind it is of."""
    who = tokens[act.head]
    that = next((t for t in kids.get(act.i, []) if t.dep == rel.MARK and t.lemma == "that"), None)
    verb = tokens[that.i - 1] if that is not None else who
    near = tokens[verb.head]
    if verb.tag != "NNS" or verb.dep != rel.POBJ or near.head != who.i or verb.lemma not in _telling_verbs():
        return
    place = next((t for t in reversed(kids.get(verb.i, [])) if t.dep in _BEFORE and t.i == verb.i - 1), None)
    if place is None or who.pos != "PRON" or any(t.dep == rel.POSS for t in kids.get(verb.i, [])):
        return
    result[verb.i] = verb._replace(pos="VERB", tag="VBZ", head=verb.i if who.head == who.i else who.head, dep=who.dep)
    result[place.i] = place._replace(head=near.i, dep=rel.POBJ)
    result[who.i] = who._replace(head=verb.i, dep=rel.NSUBJ)
    result[act.i] = act._replace(head=verb.i, dep=rel.CCOMP)
    for token in kids.get(verb.i, []):
        if token.i < place.i:
            result[token.i] = token._replace(head=place.i)
    over = tokens[who.head]
    if who.dep == rel.DEP and over.head == over.i and over.i > act.i:
        result[verb.i] = result[verb.i]._replace(head=verb.i, dep=rel.ROOT)
        result[over.i] = over._replace(head=verb.i, dep=rel.CONJ)


_SUBJECTS = frozenset({rel.NSUBJ, rel.NSUBJ_PASS})


def _whereupon(tokens: Sequence[Token], result: list[Token], word: Token) -> None:
    """ "Doctors complained that bandages were short, whereupon the general struck one", "“Never,” she declared, after
    which her guards left": what comes of it is no part of what was said."""
    act = tokens[word.head]
    above = tokens[act.head]
    if act.dep not in (rel.ADVCL, rel.CCOMP) or not above.i < word.i < act.i:
        return
    while above.dep in (rel.CCOMP, rel.XCOMP, rel.CONJ, rel.ADVCL) and above.head < above.i:
        above = tokens[above.head]
    result[act.i] = act._replace(head=above.i, dep=rel.CONJ)


def _told_them(tokens: Sequence[Token], result: list[Token], clause: Token, kids: Dependents) -> None:
    """ "The nurse told the court she had watched guards drown a man": the parser takes what she told for a clause about
    the court, and for what she told only the clause within it."""
    hearer = tokens[clause.head]
    verb = tokens[hearer.head]
    if verb.lemma not in ADDRESSING or hearer.dep not in (rel.OBJ, rel.IOBJ) or hearer.i < verb.i:
        return
    who = next((kid for kid in kids.get(clause.i, ()) if kid.dep == rel.NSUBJ), None)
    if who is None or who.tag != "PRP" or who.i != hearer.i + 1:
        return
    inner = next((kid for kid in kids.get(verb.i, ()) if kid.dep == rel.CCOMP and kid.i > clause.i), None)
    if inner is not None and any(kid.dep == rel.NSUBJ and kid.i > clause.i for kid in kids.get(inner.i, ())):
        result[clause.i] = clause._replace(dep=rel.CCOMP, head=verb.i)
        result[inner.i] = inner._replace(head=clause.i)


def _speaker_named(tokens: Sequence[Token], result: list[Token], who: Token, kids: Dependents) -> None:
    """ "It closed over a bribe, according to its owner, Sefik Daran", "The strike is over, said its leader, Ana Brook":
    the parser takes the name for that of the bribe, or for what the strike is over."""
    above = tokens[who.head]
    if who.dep == rel.POBJ:
        verb = tokens[above.head]
        if above.lemma != "to" or verb.lemma != "accord":
            return
    else:
        verb = above
        if verb.i > who.i or verb.lemma not in _telling_verbs():
            return
    last = who.i
    for _ in range(_FAR):
        after = [kid.i for kid in kids.get(last, ()) if kid.i > last and kid.dep in (rel.PREP, rel.POBJ)]
        if not after:
            break
        last = after[-1]
    first = last + 2
    if first >= len(tokens) or tokens[last + 1].tag != ",":
        return
    name = tokens[first]
    while name.dep == rel.COMPOUND and first < name.head < first + _FAR:
        name = tokens[name.head]
    if name.tag != "NNP" or name.head >= verb.i or name.sentence != who.sentence:
        return
    before = [kid for kid in kids.get(name.i, ()) if kid.i < verb.i]
    for kid in before:  # the last word that was wrongly a part of the name takes over its head
        own = kid.i == before[-1].i
        result[kid.i] = kid._replace(head=name.head, dep=name.dep) if own else kid._replace(head=before[-1].i)
    result[name.i] = name._replace(head=who.i, dep=rel.APPOS)


def _having_done(tokens: Sequence[Token], result: list[Token], verb: Token, kids: Dependents) -> None:
    """ "She said the crews, having drained it, drove away": the parser takes the crews for what is said."""
    having = tokens[verb.head]
    told = tokens[having.head]
    who = next((kid for kid in kids.get(told.i, ()) if kid.dep == rel.OBJ and told.i < kid.i < having.i), None)
    if who is None or having.dep != rel.ADVCL or having.i > verb.i or told.lemma not in _telling_verbs():
        return
    result[verb.i] = verb._replace(head=told.i, dep=rel.CCOMP)
    result[who.i] = who._replace(head=verb.i, dep=rel.NSUBJ)
    result[having.i] = having._replace(head=verb.i)


def _without_proof(tokens: Sequence[Token], result: list[Token], clause: Token, kids: Dependents) -> None:
    """ "He claimed without evidence that it fell": the parser takes what is claimed for what there is evidence of."""
    without = tokens[tokens[clause.head].head]
    verb = tokens[without.head]
    if without.lemma != "without" or verb.lemma not in _telling_verbs() or verb.i > without.i:
        return
    if not any(kid.dep == rel.CCOMP for kid in kids.get(verb.i, ())):
        result[clause.i] = clause._replace(head=verb.i, dep=rel.CCOMP)


def _rather_than(tokens: Sequence[Token], result: list[Token], than: Token, kids: Dependents) -> None:
    """ "The cutter, rather than ram it, let it pass": the parser takes what was not done for the sentence."""
    who = tokens[than.head]
    left = tokens[who.head]
    if than.dep != rel.CC or who.dep != rel.NSUBJ or left.tag != "VB" or left.i < than.i:
        return
    done = next((t for t in kids.get(left.i, ()) if t.i > left.i and t.dep in (rel.DEP, rel.CONJ)), None)
    if done is None or done.tag not in _FINITE or any(t.dep in rel.HELPING for t in kids.get(left.i, ())):
        return
    root = left.head == left.i
    result[done.i] = done._replace(head=done.i if root else left.head, dep=left.dep)
    result[left.i] = left._replace(head=done.i, dep=rel.ADVCL)
    result[who.i] = who._replace(head=done.i)
    for word in (tokens[than.i - 1], than):
        result[word.i] = word._replace(head=left.i, dep=rel.MARK if word is than else rel.ADVMOD)


def _calling_itself(tokens: Sequence[Token], result: list[Token], oneself: Token, kids: Dependents) -> None:
    """ "A band calling itself the Free Oars hijacked it", "a band that calls itself ...": the parser takes the name for
    who did it."""
    calling = tokens[oneself.head]
    if calling.lemma not in _NAMING:
        return
    about = calling.dep in (rel.ACL, rel.RELCL)
    own = next((t for t in kids.get(calling.i, ()) if t.dep == rel.NSUBJ and t.i < calling.i), None)
    band = tokens[calling.head] if about else own
    if band is None or band.i > calling.i or not (about or calling.tag == "VBG"):
        return
    known = tokens[band.head]
    verb = next((t for t in kids.get(calling.i, ()) if t.dep == rel.CCOMP and t.tag in _FINITE), None)
    if verb is None and about and band.dep in (rel.NSUBJ, rel.NSUBJ_PASS):
        verb = known
    if verb is None or verb.i < oneself.i:
        return
    names = (t for t in kids.get(verb.i, ()) if t.dep in (rel.NSUBJ, rel.NSUBJ_PASS) and oneself.i < t.i < verb.i)
    name = next(names, None)
    if name is None:
        return
    result[name.i] = name._replace(head=calling.i, dep=rel.OPRD)
    if verb is known:
        return
    above = band if about else calling
    root = above.head == above.i
    result[verb.i] = verb._replace(head=verb.i if root else above.head, dep=above.dep)
    result[band.i] = band._replace(head=verb.i, dep=name.dep)
    if not about:
        result[calling.i] = calling._replace(head=band.i, dep=rel.ACL)


def _hear_tell(tokens: Sequence[Token], result: list[Token], hear: Token, kids: Dependents) -> None:
    """ "To hear the councillor tell it, the firm cheated": the parser takes the telling for what the sentence says."""
    tell = tokens[hear.head]
    it = next((t for t in kids.get(tell.i, ()) if t.dep == rel.OBJ and t.lemma == "it"), None)
    if tell.lemma != "tell" or it is None or tell.dep != rel.CCOMP or not hear.i < tell.i < tell.head:
        return
    result[hear.i] = hear._replace(head=tell.head)
    result[tell.i] = tell._replace(head=hear.i)
