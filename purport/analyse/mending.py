"""Mending what the parser gets wrong often enough to matter."""

from __future__ import annotations

from collections.abc import Sequence

from purport.analysis import Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def mended(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with verbs joined to the verb that they go with.

    "Denk denied that the dam had burst and promised to publish the logs": the parser takes "promised" to go with
    "burst", which makes the dam promise. Where the later verb has no subject and no auxiliary of its own, and has
    the form of the outer verb and not that of the clause between, it goes with the outer one.
    """
    result = list(tokens)
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
    return result
