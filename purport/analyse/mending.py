"""Mending what the parser gets wrong often enough to matter."""

from __future__ import annotations

from collections.abc import Sequence

from purport.analysis import Token

_INVERTED = frozenset({"have", "be", "should"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def mended(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with verbs joined to the verb that they go with: see the functions below."""
    result = list(tokens)
    _coordinated(tokens, result)
    _inverted(tokens, result)
    _last_of_several(tokens, result)
    return result


def _last_of_several(tokens: Sequence[Token], result: list[Token]) -> None:
    """ "They trained, organised and equipped the militia": the parser takes the last verb for an adjective and what it
    is done to for one more of the things that are coordinated."""
    for token in tokens:
        first = tokens[token.head]
        later = next((t for t in tokens[token.i + 1 : token.i + 4] if t.head == token.i and t.dep == "conj"), None)
        participle = token.dep == "advcl" and token.tag in ("JJ", "VBN") and tokens[token.i - 1].lemma == ","
        if participle and later is not None and first.tag == later.tag == "VBD" and first.i == token.i - 2:
            result[token.i] = token._replace(dep="conj", pos="VERB", tag="VBD")  # "trained, armed and paid the militia"
            continue
        noun = tokens[token.head]
        verb = tokens[noun.head]
        if token.tag != "VBN" or token.dep != "amod" or noun.dep != "conj" or verb.tag not in ("VBD", "VBN"):
            continue
        joined = tokens[token.i - 1] if token.i else token
        if verb.i < token.i < noun.i and verb.pos == "VERB" and joined.dep == "cc" and joined.head == verb.i:
            result[token.i] = token._replace(head=verb.i, dep="conj", pos="VERB", tag=verb.tag)
            result[noun.i] = noun._replace(head=token.i, dep="dobj")


def _inverted(tokens: Sequence[Token], result: list[Token]) -> None:
    """ "The minister argues that, had he not been killed, the valley would have starved": the parser takes the
    condition for all that is argued, and the rest for the main clause."""
    for number, token in enumerate(tokens):
        if token.lemma != "that" or token.dep != "mark" or number + 2 >= len(tokens):
            continue
        after = tokens[number + 1 + (tokens[number + 1].dep == "punct")]
        condition = tokens[token.head]
        cue = tokens[condition.head]
        main = tokens[cue.head]
        inverted = after.head == condition.i and after.dep in ("aux", "auxpass") and after.lemma in _INVERTED
        if inverted and condition.dep == "ccomp" and cue.dep == "ccomp" and cue.i < condition.i < main.i:
            result[cue.i] = cue._replace(head=main.head if main.head != main.i else cue.i, dep=main.dep)
            result[main.i] = main._replace(head=cue.i, dep="ccomp")
            result[condition.i] = condition._replace(head=main.i, dep="advcl")


def _coordinated(tokens: Sequence[Token], result: list[Token]) -> None:
    """ "Denk denied that the dam had burst and promised to publish the logs": the parser takes "promised" to go with
    "burst", which makes the dam promise. Where the later verb has no subject and no auxiliary of its own, and has
    the form of the outer verb and not that of the clause between, it goes with the outer one.
    """
    with_subject = {t.head for t in tokens if t.dep in ("nsubj", "nsubjpass", "expl")}
    helped = {t.head for t in tokens if t.dep in ("aux", "auxpass")}
    for token in tokens:
        if token.dep != "conj" or token.tag not in _FINITE or token.i in with_subject or token.i in helped:
            continue
        clause = tokens[token.head]
        outer = tokens[clause.head]
        between = clause.dep == "ccomp" and outer.i < clause.i < token.i
        if (
            between
            and outer.tag == token.tag
            and outer.i not in helped
            and (clause.tag != token.tag or clause.i in helped)
        ):
            result[token.i] = token._replace(head=outer.i)
            before = tokens[token.i - 1]
            if before.dep == "cc" and before.head == clause.i:
                result[before.i] = before._replace(head=outer.i)
