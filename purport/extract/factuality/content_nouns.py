"""What the words around a noun that says something ("the claim that ...") make of what it says.

"The claim that the dam burst is baseless", "no truth to the rumour that ...", "invented the story that ...", "a false
report that ...", "rejected the charge that ...": whoever says so holds that it is not so, whatever the claimant holds.
The nouns are those that take a clause (Vendler 1967, on nouns as containers of what is said; Schmid 2000, shell nouns).
"""

from __future__ import annotations

from abc import abstractmethod
from functools import cache

from purport.extract.factuality.modality import Modality
from purport.extract.factuality.value import NEGATE, UNKNOWN, Outlook, compose, leaning, put, toward, unplanned, weaken
from purport.lexicons.classes import words_of
from purport.lexicons.embedding import EmbeddingRow, embeddings
from purport.model.record import Frame
from purport.syntax import relations as rel

_COPULAS = words_of("copulas")
_UNTRUE = words_of("untrue")
"""Adjectives with which a claim is called untrue as it is named ("the baseless claim that ...")."""
_SOLID = words_of("substance")
"""What a claim has something of, or nothing."""
_INVENTING = words_of("verbs of inventing")
"""Verbs that make what they are about untrue, whoever is their subject."""
_NAMING = words_of("verbs of calling")
"""Verbs with which somebody says what a claim is: "called the report false"."""
_PROVING = words_of("verbs of proving")
"""Verbs after which a claim is so, and without which that is not known."""


@cache
def _signatures() -> dict[tuple[str, str], tuple[EmbeddingRow, ...]]:
    found: dict[tuple[str, str], list[EmbeddingRow]] = {}
    for row in embeddings():
        found.setdefault((row.lemma, row.pos), []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


class Verdicts(Modality):
    """A parse that is asked what is made of what a noun says."""

    @abstractmethod
    def outlook(self, index: int) -> Outlook:
        """What is made of the act whose word is the token."""

    def _pos(self, index: int) -> str:
        return {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adj", "PROPN": "noun"}.get(
            self.tokens[index].pos, ""
        )

    def signature(self, index: int, how: str) -> EmbeddingRow | None:
        """The lexicon's row for the word where what it embeds is put so ("to", "that", "ing", "of", ...)."""
        token = self.tokens[index]
        further = ("verb" if token.tag.startswith("VB") else "", "adj" if token.tag in ("VBN", "VBG") else "")
        for pos in dict.fromkeys((self._pos(index), *further)):
            for row in _signatures().get((token.lemma, pos), ()):
                if how in row.takes or (how == "bare" and ("to" in row.takes or "that" in row.takes)):
                    return row
        return None

    def applied(self, parent: Outlook, row: EmbeddingRow) -> Outlook:
        """What a word of the lexicon makes of what it embeds, where `parent` is made of the word itself."""
        self.because(f"embedding.tsv: {row.lemma}")
        if row.presupposed:
            return Outlook(row.affirmed)
        made = row.affirmed if parent.certainty > 0 else row.negated if parent.certainty < 0 else 0
        given = Outlook(parent.certainty, parent.frame)
        found = compose(given, *toward(given, made), put(Frame(row.frame)))
        if parent.certainty < 0 and not (made and found.frame is Frame.PREDICTED):
            return unplanned(found)  # but what is not expected is predicted not to be
        return found

    def verdict(self, noun: int) -> Outlook | None:
        """What is made of what the noun says, by the words around it; None where they make nothing of it."""
        while self.tokens[noun].dep == rel.CONJ and self.tokens[self.tokens[noun].head].pos == "NOUN":
            noun = self.tokens[noun].head
        if any(self.lower(i) in _UNTRUE for i in self.kids(noun, rel.AMOD, rel.COMPOUND)):
            return Outlook(-3)
        token = self.tokens[self._least(noun)]
        above = token.head
        if token.dep == rel.NSUBJ and self.tokens[above].lemma in _COPULAS:
            states = self.kids(above, rel.ACOMP, rel.ATTR, rel.OPRD)
            # of "is unverified" the parser takes "is" for an auxiliary
            return self._called(above, states or [self.tokens[above].head])
        row = self.signature(above, "that") if token.dep in (rel.NSUBJ, rel.NSUBJ_PASS) else None
        if row is not None and (row.pos == "adj" or row.lemma in ("lack", "fabricate")):
            return self._called(above, [above])
        if token.dep in (rel.ATTR, rel.NSUBJ) and self.kids(above, rel.EXPL):
            return self._there_is(noun, above)
        if token.dep in (rel.OBJ, rel.NSUBJ_PASS) and self.tokens[above].pos == "VERB":
            return self._done_to(above)
        if token.dep == rel.POBJ and self.lower(above) in ("to", "in", "for", "of"):
            solid = self.tokens[above].head
            if self.tokens[solid].lemma in _SOLID:
                made = self._whether_any(solid)
                return Outlook(-3) if made < 0 else Outlook(UNKNOWN)
        return None

    def _least(self, noun: int) -> int:
        """Of "a shred of evidence" the shred, which there is or is not; of any other noun itself."""
        of = self.tokens[noun].head
        amount = self.tokens[of].head
        small = self.tokens[noun].dep == rel.POBJ and self.lower(of) == "of"
        return amount if small and self.tokens[amount].lemma in words_of("smallest amounts") else noun

    def _called(self, copula: int, states: list[int]) -> Outlook | None:
        """What the noun is said to be: "is false", "proved to be a lie"."""
        for one in self.kids(copula, rel.XCOMP):
            states += self.kids(one, rel.ACOMP, rel.ATTR) if self.tokens[one].lemma == "be" else [one]
        for state in states:
            if (row := self.signature(state, "that")) is not None and not row.presupposed:
                return self.applied(self.outlook(copula), row)
            if self.tokens[state].lemma in _UNTRUE or self.lower(state) in _UNTRUE:
                return compose(Outlook(self.outlook(copula).certainty), NEGATE)
        return None

    def _there_is(self, noun: int, copula: int) -> Outlook | None:
        """What is made of it that there is such a noun, or none: "there is no doubt that"."""
        row = self.signature(noun, "that")
        if row is None:
            return None
        if any(self.lower(i) in ("little", "scant", "hardly") for i in self.kids(noun, rel.AMOD, rel.ADVMOD, rel.DET)):
            return compose(Outlook(), *leaning(row.negated), weaken(1))
        return self.applied(self.outlook(copula), row)

    def _done_to(self, verb: int) -> Outlook | None:
        """What is done to the noun: "invented the story", "called the report false"."""
        if self.tokens[verb].lemma in _NAMING:
            found = self._called(verb, self.kids(verb, rel.OPRD, rel.ACOMP, rel.XCOMP, rel.CCOMP))
            if found is not None:
                return found
        made_up = self.tokens[verb].lemma == "make" and any(self.lower(i) == "up" for i in self.kids(verb, rel.PRT))
        if self.tokens[verb].lemma in _INVENTING or made_up:
            return Outlook(-abs(self.outlook(verb).certainty))
        if self.tokens[verb].lemma in _PROVING and self.kids(verb, rel.AUX_PASS):
            return Outlook(max(UNKNOWN, self.outlook(verb).certainty))
        return None

    def _whether_any(self, noun: int) -> int:
        """-3 where there is none of what the noun names, else what is made of the word that it hangs on."""
        token = self.tokens[noun]
        if token.dep in (rel.NSUBJ, rel.NSUBJ_PASS, rel.OBJ, rel.ATTR) and token.head != noun:
            return self.outlook(token.head).certainty
        return -3 if self.none(noun) else 3
