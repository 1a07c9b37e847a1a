"""Mending what the parser gets wrong often enough to matter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from purport.analyse.parser.endings import ADDRESSING, endings
from purport.analyse.parser.openings import openings
from purport.lexicons import cues
from purport.lexicons.classes import words_of
from purport.lexicons.deeds import deeds
from purport.model.analysis import Token
from purport.syntax import relations as rel

_INVERTED = frozenset({"have", "be", "should"})
_RANKS = frozenset({"first", "last", "only"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def mended(tokens: Sequence[Token], text: str) -> list[Token]:
    """The tokens of the text with verbs joined to the verb that they go with: see the functions below."""
    result = list(tokens)
    _chained(tokens, result)
    _coordinated(tuple(result), text, result)
    openings(tuple(result), result)
    endings(tuple(result), result)
    _inverted(tokens, result)
    _had_it(tokens, result)
    _threat_to(tokens, result)
    _last_of_several(tokens, result)
    _first_to(tokens, result)
    _what_it_says(tokens, result)
    _headline(tokens, result)
    _storms(tokens, result)
    _said_that(tokens, result)
    _told_that(tokens, result)
    # These look at what the others have made of it: `_headline` of a name, `_coordinated` of a list.
    _rejects_claims(tuple(result), result)
    _denied_having(tuple(result), result)
    _caught_doing(tuple(result), result)
    _listed(tokens, result)
    return result


_REFUSING = frozenset({"deny", "reject", "doubt", "criticise"})
_FAR = 80
"""Words at most between a word and what is sought for it, so that long texts take no longer by the word."""


@cache
def _refusing() -> frozenset[str]:
    return frozenset(row.lemma for row in cues() if row.pos == "verb" and row.act in _REFUSING)


@cache
def _reporting(pos: str) -> frozenset[str]:
    return frozenset(row.lemma for row in cues() if row.pos == pos and row.strong)


def _rejects_claims(tokens: Sequence[Token], result: list[Token]) -> None:
    """ "The ministry rejects claims that the dam leaks": the parser takes the ministry's rejects for those who claim.
    They would "claim": of a plural and a form in "-s" the one is the verb and the other what it is done to."""
    for noun in tokens[2:]:
        verb, name = tokens[noun.i - 1], tokens[noun.i - 2]
        wrong = verb.head == noun.i and verb.dep in (rel.NSUBJ, rel.COMPOUND) and verb.tag in ("NNS", "VBZ")
        if not wrong or verb.lemma not in _refusing() or noun.lemma not in _reporting("noun"):
            continue
        if name.dep not in (rel.COMPOUND, rel.NSUBJ) or name.head not in (verb.i, noun.i):
            continue
        determined = name.pos == "PROPN" or any(t.dep == rel.DET and t.head in (name.i, verb.i, noun.i)
                                                for t in tokens[max(0, name.i - 4) : name.i])  # fmt: skip
        near = tokens[max(0, noun.i - _FAR) : noun.i + _FAR]
        clause = next((t for t in near if t.i > noun.i == t.head and t.dep in (rel.CCOMP, rel.ACL, rel.RELCL)), None)
        if clause is None or (noun.tag not in ("VBZ", "NNS") and not determined):
            continue  # "Border disputes claim that ..." may be a sentence
        root = noun.head == noun.i
        head = verb.i if root else noun.head
        result[verb.i] = verb._replace(head=head, dep=noun.dep, pos="VERB", tag="VBZ")
        tag = "NNS" if noun.tag in ("VBZ", "NNS") else "NN"
        result[noun.i] = noun._replace(head=verb.i, dep=rel.OBJ, pos="NOUN", tag=tag)
        result[name.i] = name._replace(head=verb.i, dep=rel.NSUBJ)
        for other in near:
            if other.head not in (verb.i, noun.i) or other.i in (verb.i, noun.i, name.i):
                continue
            if other.i < name.i and other.dep in _BEFORE_A_NAME:
                result[other.i] = other._replace(head=name.i)
            elif other.i == clause.i:
                result[other.i] = other._replace(dep=rel.ACL)
            else:
                result[other.i] = other._replace(head=verb.i)


_BEFORE_A_NAME = frozenset({rel.DET, rel.AMOD, rel.COMPOUND, rel.POSS, rel.NUMMOD})


def _denied_having(tokens: Sequence[Token], result: list[Token]) -> None:
    """ "The army denied that it had crossed the river, taken the mill or shot the miller": the parser takes the later
    verbs for further acts of the army. Where they stand in a list that "or" closes, or in one of participles none of
    which is a cue, they are what it denied."""
    subjects = {
        t.head for t in tokens if t.dep in (rel.NSUBJ, rel.NSUBJ_PASS, rel.EXPL, rel.AUX, rel.AUX_PASS, rel.MARK)
    }
    for token in tokens:
        cue = tokens[token.head]
        if token.dep != rel.CONJ or token.tag not in ("VBD", "VBN") or token.i in subjects or cue.i > token.i:
            continue
        if cue.pos != "VERB" or cue.lemma not in _reporting("verb") or not token.i:
            continue
        between = [t for t in tokens[cue.i + 1 : token.i] if t.head == cue.i and t.dep in (rel.CCOMP, rel.XCOMP)]
        had = {t.head for t in tokens[cue.i + 1 : token.i] if t.dep == rel.AUX and t.lemma in ("have", "having")}
        clause = next((t for t in between if t.i in had and t.tag == "VBN"), None)
        later = [
            t
            for t in tokens[token.i + 1 : token.i + _FAR]
            if t.head == token.i and t.dep == rel.CONJ and t.tag in ("VBD", "VBN")
        ]
        if clause is None or tokens[token.i - 1].lemma != "," or not later:
            continue
        either = any(t.lemma == "or" for t in tokens[token.i + 1 : later[-1].i] if t.dep == rel.CC)
        if either or all(_participle(t) for t in (token, *later)):
            result[token.i] = token._replace(head=clause.i, tag="VBN")
            for one in later:
                result[one.i] = one._replace(tag="VBN")
            result[token.i - 1] = tokens[token.i - 1]._replace(head=clause.i)


def _participle(token: Token) -> bool:
    """Whether the verb can go on with an auxiliary that stands before, and says nothing of its own accord."""
    return token.tag in ("VBD", "VBN") and token.lemma not in _reporting("verb")


def _listed(tokens: Sequence[Token], result: list[Token]) -> None:
    """ "Denk denies that she met the envoy, that she took the list and that she lied", "denied opening the gate, hiding
    the logs and misleading the town": the parser takes the second of them for the circumstances of the first, as they
    are where it is a cue ("denied opening the gate, blaming the mayor and citing the logs")."""
    for token in tokens:
        over = tokens[token.head]
        if token.dep != rel.ADVCL or over.i > token.i:
            continue
        first = next((t for t in tokens[over.i : token.i] if t.head == token.i), token)
        comma = first.i > 0 and tokens[first.i - 1].lemma == ","
        if not comma or not any(t.head == token.i and t.dep == rel.CONJ for t in tokens[token.i + 1 : token.i + _FAR]):
            continue
        if first.dep == rel.MARK and first.lemma == "that" and over.dep == rel.CCOMP:
            result[token.i] = token._replace(dep=rel.CONJ)
        elif token.tag == "VBG" and first is token:
            before = over if over.dep == rel.XCOMP else _gerund_of(tokens, over, token)
            if before is None or before.tag != "VBG" or tokens[before.head].lemma not in _reporting("verb"):
                continue
            if token.lemma in _reporting("verb"):
                result[token.i] = token._replace(head=before.head)
            else:
                result[token.i] = token._replace(head=before.i, dep=rel.CONJ)


def _gerund_of(tokens: Sequence[Token], verb: Token, before: Token) -> Token | None:
    return next((t for t in tokens[verb.i + 1 : before.i] if t.head == verb.i and t.dep == rel.XCOMP), None)


def _said_that(tokens: Sequence[Token], result: list[Token]) -> None:
    """ "A captured bandit confessed that the chief had ordered it": the parser takes the past for a participle and the
    noun for the whole sentence, which then has no verb; a participle has no clause with "that" behind it."""
    verbs = {
        tokens[t.head].head
        for t in tokens
        if t.dep == rel.MARK and t.lemma == "that" and tokens[t.head].dep == rel.CCOMP
    }
    for verb in (tokens[i] for i in sorted(verbs)):
        noun = tokens[verb.head]
        if verb.dep != rel.ACL or verb.tag not in ("VBN", "VBD") or noun.head != noun.i or noun.i > verb.i:
            continue
        own = result[noun.i].pos in ("NOUN", "PROPN") and not any(
            t.dep in (rel.NSUBJ, rel.NSUBJ_PASS, rel.AUX_PASS) and t.head in (noun.i, verb.i) for t in tokens
        )
        if own:
            result[verb.i] = verb._replace(head=verb.i, dep=rel.ROOT, tag="VBD")
            result[noun.i] = result[noun.i]._replace(head=verb.i, dep=rel.NSUBJ)


def _told_that(tokens: Sequence[Token], result: list[Token]) -> None:
    """ "She informed detectives that Reth had altered it": the parser takes what they are told for a clause about
    them, though "that" is nobody in it."""
    for that in tokens:
        clause = tokens[that.head]
        hearer = tokens[clause.head]
        verb = tokens[hearer.head]
        if that.dep != rel.MARK or that.lemma != "that" or clause.dep not in (rel.RELCL, rel.ACL):
            continue
        told = verb.lemma in ADDRESSING and hearer.dep in (rel.OBJ, rel.IOBJ) and verb.i < hearer.i < that.i
        if told and not any(t.head == verb.i and t.dep == rel.CCOMP for t in tokens[verb.i : clause.i + _FAR]):
            result[clause.i] = result[clause.i]._replace(dep=rel.CCOMP, head=verb.i)


def _headline(tokens: Sequence[Token], result: list[Token]) -> None:
    """ "Brigadier Reth thanks Hesperin": in a headline the parser takes the verb for a noun within one long name."""
    for token in tokens:
        name = tokens[token.head]
        if token.tag != "NNS" or token.dep != rel.COMPOUND or name.i <= token.i or not token.i:
            continue
        before = tokens[token.i - 1]
        if before.pos != "PROPN" or name.pos != "PROPN" or before.sentence != token.sentence:
            continue
        root = name.head == name.i
        result[token.i] = token._replace(
            head=token.i if root else name.head, dep=name.dep, pos="VERB", tag="VBZ", lemma=token.lemma
        )
        result[name.i] = name._replace(head=token.i, dep=rel.OBJ)
        result[before.i] = before._replace(head=token.i, dep=rel.NSUBJ)
        for other in tokens[max(0, before.i - 6) : before.i]:
            if other.head in (name.i, token.i) and other.sentence == token.sentence:
                result[other.i] = other._replace(head=before.i)


@cache
def _saying_verbs() -> frozenset[str]:
    return frozenset(row.lemma for row in cues() if row.pos == "verb")


@cache
def _doing() -> frozenset[str]:
    """Verbs of deeds and of saying."""
    return frozenset(deeds()) | frozenset(row.lemma for row in cues() if row.pos == "verb")


def _storms(tokens: Sequence[Token], result: list[Token]) -> None:
    """ "Cadets storm studio in Orsk": a headline's verb behind a plural, taken for a noun within one long name."""
    verbs = {token.sentence for token in tokens if token.pos in ("VERB", "AUX")}
    for token in tokens[1:-1]:
        name, before = tokens[token.head], tokens[token.i - 1]
        plural = before.tag in ("NNS", "NNPS") or (before.tag == "NNP" and before.lemma.endswith(("s", "men")))
        if token.tag != "NN" or token.dep != rel.COMPOUND or name.head != name.i or not plural:
            continue
        if token.sentence in verbs or before.sentence != token.sentence or token.lemma not in _doing():
            continue
        if before.dep != rel.COMPOUND or before.head not in (name.i, token.i):
            continue
        result[token.i] = token._replace(head=token.i, dep=rel.ROOT, pos="VERB", tag="VBP")
        result[name.i] = name._replace(head=token.i, dep=rel.OBJ)
        result[before.i] = before._replace(head=token.i, dep=rel.NSUBJ)
        for other in tokens[max(0, before.i - 6) : name.i + _FAR]:
            if other.sentence != token.sentence or other.head not in (name.i, token.i) or other.head == other.i:
                continue
            if other.i < before.i:
                result[other.i] = other._replace(head=before.i)
            elif other.i > name.i:
                result[other.i] = other._replace(head=token.i)


def _had_it(tokens: Sequence[Token], result: list[Token]) -> None:
    """ "Had this league not been founded, the valley would have starved": the parser takes "had" for a verb of which
    the founding is the content; with its subject behind it and a participle it is an auxiliary, and the whole a
    condition."""
    for token in tokens:
        if token.lemma != "have" or token.tag not in ("VBD", "VBN") or token.dep != rel.ADVCL or token.head < token.i:
            continue
        kids = [other for other in tokens[token.i + 1 : token.head] if other.head == token.i]
        clause = next((one for one in kids if one.dep in (rel.CCOMP, rel.XCOMP)), None)
        if clause is None or len(kids) > 1 or clause.tag not in ("VBN", "VBD", "JJ", "NN", "VB"):
            continue
        inside = [other for other in tokens[token.i + 1 : clause.i] if other.head == clause.i]
        if not any(other.dep in (rel.NSUBJ, rel.NSUBJ_PASS) for other in inside):
            continue
        result[clause.i] = clause._replace(head=token.head, dep=rel.ADVCL, pos="VERB", tag="VBN")
        result[token.i] = token._replace(head=clause.i, dep=rel.AUX, pos="AUX")


_TO = frozenset({"threat", "danger", "risk", "obstacle", "challenge", "insult"})


def _threat_to(tokens: Sequence[Token], result: list[Token]) -> None:
    """ "She eliminated a threat to Ardania": a threat is to somebody, whatever is done about it."""
    for token in tokens:
        noun = tokens[token.i - 1] if token.i else token
        wrong = token.dep == rel.PREP and token.lemma == "to" and noun.dep == rel.OBJ and token.head == noun.head
        if wrong and noun.lemma in _TO and noun.head < noun.i:
            result[token.i] = token._replace(head=noun.i)


def _chained(tokens: Sequence[Token], result: list[Token]) -> None:
    """ "said its units had retaken the ridge, captured two howitzers and reopened the road": the parser takes what
    stands behind the comma for one more thing that is said; without a subject of its own it goes on from the first."""
    own = {t.head for t in tokens if t.dep in (rel.NSUBJ, rel.NSUBJ_PASS, rel.EXPL, rel.AUX, rel.AUX_PASS, rel.MARK)}
    for token in tokens:
        if token.dep != rel.CCOMP or token.tag not in ("VBD", "VBN") or token.i in own or token.head > token.i:
            continue
        said = [t for t in tokens[max(token.head + 1, token.i - _FAR) : token.i] if t.head == token.head]
        first = next((t for t in reversed(said) if t.dep == rel.CCOMP and t.tag in ("VBD", "VBN")), None)
        if first is not None and tokens[token.i - 1].lemma == ",":
            result[token.i] = token._replace(head=first.i, dep=rel.CONJ)


def _caught_doing(tokens: Sequence[Token], result: list[Token]) -> None:
    """ "caught the envoy's driver smuggling rubies": the parser takes who was caught for a part of the smuggling's
    name; what has an object of its own is an act, and the noun before it does it."""
    done = {t.head for t in tokens if t.dep == rel.OBJ}
    for act in tokens[1:]:
        noun, over = tokens[act.i - 1], tokens[act.head]
        if act.tag != "VBG" or act.dep not in (rel.OBJ, rel.POBJ) or act.i not in done or over.i >= noun.i:
            continue
        if noun.dep != rel.COMPOUND or noun.head != act.i or over.lemma not in words_of("verbs of perceiving"):
            continue
        result[act.i] = act._replace(dep=rel.CCOMP, pos="VERB")
        result[noun.i] = noun._replace(dep=rel.NSUBJ)
        for other in tokens[over.i + 1 : noun.i]:
            if other.head == act.i:
                result[other.i] = other._replace(head=noun.i)


def _first_to(tokens: Sequence[Token], result: list[Token]) -> None:
    """ "She was the first envoy to visit Velmark": the parser often takes the infinitive for a relative clause, in
    which the envoy would be visited; it says what she did. So it does of "The only envoy to visit Velmark was Denk",
    which the parser takes for a clause with the envoy as its subject."""
    ranked = {t.head for t in tokens if t.dep == rel.AMOD and t.lemma in _RANKS}
    if not ranked:
        return
    led = {t.head for t in tokens if t.dep == rel.AUX and t.lemma == "to"}
    own = {t.head for t in tokens if t.dep in (rel.NSUBJ, rel.NSUBJ_PASS, rel.MARK)}
    for token in tokens:
        infinitive = token.dep == rel.RELCL and token.tag == "VB" and token.i in led and token.i not in own
        if infinitive and token.head in ranked:
            result[token.i] = token._replace(dep=rel.ACL)
        if token.dep == rel.CSUBJ and token.tag == "VB" and token.i in led:
            noun = next((t for t in tokens[max(0, token.i - _FAR) : token.i] if t.head == token.i), token)
            if noun.dep == rel.NSUBJ and noun.i in ranked:
                result[noun.i] = noun._replace(head=token.head)
                result[token.i] = token._replace(head=noun.i, dep=rel.ACL)


_SAYING = frozenset(
    "accusation admission allegation announcement argument assertion assumption assurance belief canard case charge "
    "claim conclusion confession contention conviction declaration denial doubt evidence fabrication fact falsehood "
    "fantasy fear fiction finding hint hoax hope hypothesis idea impression indication insinuation insistence "
    "invention legend lie myth narrative nonsense notion opinion possibility prediction pretence proof propaganda "
    "question report rumor rumour sign slander speculation statement story suggestion suspicion tale theory threat "
    "truth view warning".split()
)
"""Nouns that take a clause with what they say (Schmid 2000), besides those by which somebody says it."""


@cache
def _saying() -> frozenset[str]:
    return _SAYING | {row.lemma for row in cues() if row.pos == "noun" and "that" in row.frames}


_HANDLED = frozenset(
    "make spread repeat tell hear raise publish deny reject report bring issue level print post circulate share push "
    "peddle air put give offer advance state announce leave voice express draw reach release quote cite carry".split()
)
"""Verbs of what is done with a claim, so that "the claim that he made" is one that was made."""
_NAMING = frozenset("call describe label dub brand deem term consider".split())
_COMPLETE = frozenset({rel.OBJ, rel.AUX_PASS, rel.ATTR, rel.ACOMP, rel.CCOMP, rel.XCOMP, rel.OPRD, rel.NEG})


def _what_it_says(tokens: Sequence[Token], result: list[Token]) -> None:
    """ "The allegation that Velmark poisoned the wells": the parser takes what a noun says for a clause about the noun,
    in which the allegation would be poisoned; it is so in "the claim that he made", which lacks what was made."""
    for token in tokens:
        # "Claims that the dam burst are false": the parser takes the noun for a verb at the beginning of a sentence
        opens = not token.i or tokens[token.i - 1].sentence != token.sentence
        if opens and token.tag in ("VBZ", "NNS") and token.dep in (rel.CSUBJ, rel.NSUBJ) and token.lemma in _saying():
            clause = next(
                (t for t in tokens[token.i + 1 : token.head] if t.head == token.i and t.dep == rel.CCOMP), None
            )
            if clause is not None:
                result[token.i] = token._replace(pos="NOUN", tag="NNS", dep=rel.NSUBJ)
                result[clause.i] = clause._replace(dep=rel.ACL)
    kids: dict[int, list[Token]] = {}
    for token in tokens:
        if tokens[token.head].dep in (rel.RELCL, rel.ACL) and token.i != token.head:
            kids.setdefault(token.head, []).append(token)
    for verb in (tokens[i] for i in kids):
        noun, own = tokens[verb.head], kids[verb.i]
        finite = verb.tag != "VBG" or any(one.dep == rel.AUX and one.tag in _FINITE for one in own)
        if noun.lemma not in _saying() or noun.i > verb.i or verb.tag == "TO" or not finite:
            continue
        that = next((one for one in own if one.lemma == "that" and noun.i < one.i < verb.i), None)
        subject = any(one.dep in (rel.NSUBJ, rel.NSUBJ_PASS, rel.EXPL) and one is not that for one in own)
        if not subject or (that is not None and that.dep in (rel.NSUBJ, rel.NSUBJ_PASS)):
            continue
        there = {one.dep for one in own if one is not that}
        whole = bool(there & _COMPLETE) and (rel.OBJ in there or verb.lemma not in _NAMING)
        if (
            that is not None
            and not whole
            and (verb.lemma in _NAMING or (that.dep != rel.MARK and verb.lemma in _HANDLED))
        ):
            result[verb.i] = verb._replace(dep=rel.RELCL)
        elif that is not None or (
            whole and verb.dep == rel.RELCL and not any(t.tag in ("WP", "WDT", "WRB") for t in own)
        ):
            result[verb.i] = result[verb.i]._replace(dep=rel.ACL)
            if that is not None:
                result[that.i] = that._replace(dep=rel.MARK, tag="IN", pos="SCONJ")


def _last_of_several(tokens: Sequence[Token], result: list[Token]) -> None:
    """ "They trained, organised and equipped the militia": the parser takes the last verb for an adjective and what it
    is done to for one more of the things that are coordinated."""
    for token in tokens:
        first = tokens[token.head]
        later = next((t for t in tokens[token.i + 1 : token.i + 4] if t.head == token.i and t.dep == rel.CONJ), None)
        participle = token.dep == rel.ADVCL and token.tag in ("JJ", "VBN") and tokens[token.i - 1].lemma == ","
        if participle and later is not None and first.tag == later.tag == "VBD" and first.i == token.i - 2:
            result[token.i] = token._replace(
                dep=rel.CONJ, pos="VERB", tag="VBD"
            )  # "trained, armed and paid the militia"
            continue
        noun = tokens[token.head]
        verb = tokens[noun.head]
        if token.tag != "VBN" or token.dep != rel.AMOD or noun.dep != rel.CONJ or verb.tag not in ("VBD", "VBN"):
            continue
        joined = tokens[token.i - 1] if token.i else token
        if verb.i < token.i < noun.i and verb.pos == "VERB" and joined.dep == rel.CC and joined.head == verb.i:
            result[token.i] = token._replace(head=verb.i, dep=rel.CONJ, pos="VERB", tag=verb.tag)
            result[noun.i] = noun._replace(head=token.i, dep=rel.OBJ)


def _inverted(tokens: Sequence[Token], result: list[Token]) -> None:
    """ "The minister argues that, had he not been killed, the valley would have starved": the parser takes the
    condition for all that is argued, and the rest for the main clause."""
    for number, token in enumerate(tokens):
        if token.lemma != "that" or token.dep != rel.MARK or number + 2 >= len(tokens):
            continue
        after = tokens[number + 1 + (tokens[number + 1].dep == rel.PUNCT)]
        condition = tokens[token.head]
        cue = tokens[condition.head]
        main = tokens[cue.head]
        inverted = after.head == condition.i and after.dep in (rel.AUX, rel.AUX_PASS) and after.lemma in _INVERTED
        if inverted and condition.dep == rel.CCOMP and cue.dep == rel.CCOMP and cue.i < condition.i < main.i:
            result[cue.i] = cue._replace(head=main.head if main.head != main.i else cue.i, dep=main.dep)
            result[main.i] = main._replace(head=cue.i, dep=rel.CCOMP)
            result[condition.i] = condition._replace(head=main.i, dep=rel.ADVCL)


def _coordinated(tokens: Sequence[Token], text: str, result: list[Token]) -> None:
    """ "Denk denied that the dam had burst and promised to publish the logs": the parser takes "promised" to go with
    "burst", which makes the dam promise. Where the later verb has no subject and no auxiliary of its own, and has
    the form of the outer verb and not that of the clause between, it goes with the outer one.
    """
    with_subject = {t.head for t in tokens if t.dep in (rel.NSUBJ, rel.NSUBJ_PASS, rel.EXPL)}
    helped = {t.head for t in tokens if t.dep in (rel.AUX, rel.AUX_PASS)}
    # "had freed the crew, reopened the port": a participle that looks like a past tense, unless it says something.
    led_by_have = {t.head for t in tokens if t.dep == rel.AUX and t.lemma == "have"}
    for token in tokens:
        if token.dep != rel.CONJ or token.tag not in _FINITE or token.i in with_subject or token.i in helped:
            continue
        if text[token.start : token.end].lower() in words_of("unmistakable participles"):
            continue  # "had shelled the port and sunk the ferry"
        clause = tokens[token.head]
        outer = tokens[clause.head]
        between = clause.dep == rel.CCOMP and outer.i < clause.i < token.i
        if (
            between
            and outer.tag == token.tag
            and outer.i not in helped
            and (clause.tag != token.tag or clause.i in helped)
            and (clause.i not in led_by_have or token.lemma in _saying_verbs())
        ):
            result[token.i] = token._replace(head=outer.i)
            before = tokens[token.i - 1]
            if before.dep == rel.CC and before.head == clause.i:
                result[before.i] = before._replace(head=outer.i)
