"""Whom "he" or "she" stands for, where the text tells it plainly: the person named last who acts."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from purport.lexicons.places import places
from purport.model.analysis import Analysis
from purport.syntax import relations as rel

_PERSONAL = frozenset({"he", "she", "him", "her"})
_ACTING = frozenset({rel.NSUBJ, rel.NSUBJ_PASS})
_BLOCKS = 3
"""Blocks back in which the person must have been named."""


class Persons:
    """Names of a document that may be persons: proper nouns that act, without an article, and known as no place."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.named = [token.i for token in analysis.tokens if self._person(token.i)]

    def _person(self, index: int) -> bool:
        token = self.analysis.tokens[index]
        if token.pos != "PROPN" or token.tag != "NNP" or token.dep == rel.COMPOUND:
            return False
        below = [self.analysis.tokens[i] for i in self.analysis.children[index]]
        if any(one.dep == rel.DET for one in below) or self.analysis.word(index) in places():
            return False
        return token.dep in _ACTING or any(one.dep == rel.COMPOUND and one.pos == "PROPN" for one in below)

    def meant(self, pronoun: int) -> int | None:
        """The name that a personal pronoun stands for: that of the last who acts before it, or whom the last such
        pronoun stood for, if nobody else has acted since; None where nobody is named near."""
        return self._meant.get(pronoun)

    @cached_property
    def _meant(self) -> dict[int, int]:
        found: dict[int, int] = {}
        last: tuple[int, int] | None = None
        for token in self.analysis.tokens:
            if token.pos != "PRON" or self.analysis.word(token.i).lower() not in _PERSONAL:
                continue
            before = self.named[: bisect_left(self.named, token.i)]
            block = self.analysis.block_of(token.i)
            near = [one for one in before if block - self.analysis.block_of(one) <= _BLOCKS]
            acting = [one for one in near if self.analysis.tokens[one].dep in _ACTING]
            if last is not None and block - self.analysis.block_of(last[0]) <= _BLOCKS:
                acting = [one for one in acting if one > last[0]] or [last[1]]
            if acting or near:
                last = (token.i, (acting or near)[-1])
                found[token.i] = last[1]
        return found
