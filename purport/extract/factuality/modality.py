"""What the words of its own clause make of an act: modals, conditions that it depends on, adverbs, negation."""

from __future__ import annotations

from purport.extract.factuality.reasons import Reasons
from purport.extract.factuality.value import KEEP, NEGATE, OPEN, UNKNOWN, Operation, Outlook, compose, fix, put, weaken
from purport.lexicons.classes import listed, words_of
from purport.model.record import Frame
from purport.syntax import relations as rel

_PROBABLE = words_of("probable")
_POSSIBLE = frozenset("possibly perhaps maybe conceivably potentially".split())
_NEARLY = frozenset("almost nearly".split())
_HARDLY = frozenset("hardly scarcely".split())
_WEAKENING = _PROBABLE | _POSSIBLE | _NEARLY | _HARDLY
_PAST = frozenset({"VBD", "VBN"})
_NAMED: dict[str, tuple[Operation, ...]] = {
    **dict.fromkeys(listed("alleged"), (OPEN,)),
    **dict.fromkeys("attempted".split(), (OPEN, put(Frame.ATTEMPTED))),
    **dict.fromkeys("planned intended threatened proposed promised".split(), (OPEN, put(Frame.INTENDED))),
    **dict.fromkeys(listed("expected"), (OPEN, put(Frame.PREDICTED))),
    **dict.fromkeys(listed("failed"), (fix(-3),)),
}
"""Adjectives of an act that a noun names, and what they make of it."""
_MODALS = words_of("modal verbs")


class Modality(Reasons):
    """A parse that is asked what a clause's own words make of its act."""

    def own(self, index: int, given: Outlook) -> Outlook:
        """What is left of what was `given` of the act, after its own words."""
        if self.tokens[index].pos == "NOUN":
            return self._named(index, given)
        words = self.auxiliaries(index)
        modal = next((w for w in words if w in _MODALS), None)
        negative = self.negated(index)
        if "could" in words and "before" in self.marks(index):
            return compose(given, fix(-3))  # "were caught before they could cross"
        if given.frame is Frame.COUNTERFACTUAL and given.certainty > 0:
            # What is supposed against the fact: the act did not take place, its absence did not either.
            return compose(given, NEGATE, *((NEGATE,) if negative else ()))
        if modal is not None:
            self.because(f"modal: {modal}")
        if negative:
            self.because(f"negation: {', '.join(self.lower(i) for i in sorted(set(self.negations(index))))}")
        found = given
        if modal is not None:
            found = compose(given, *self._modal(index, modal, words, given, negative=negative))
        elif words:
            found = compose(given, *self._quasi(index))
        for one in self.adverbs(index):
            found = compose(found, *self._adverb(index, one))
        return compose(found, NEGATE) if negative else found

    def _adverb(self, index: int, adverb: int) -> tuple[Operation, ...]:
        """What an adverb makes of the act beside which it stands."""
        word = self.lower(adverb)
        if word in _WEAKENING:
            self.because(f"adverb: {word}")
        if word in _PROBABLE:
            return (weaken(1),)
        if word in _POSSIBLE:
            return (weaken(2),)
        if word in _NEARLY and adverb == index - 1 and self.tokens[index].pos == "VERB":
            return (NEGATE,)
        return (NEGATE, weaken(1)) if word in _HARDLY else ()

    def _named(self, index: int, given: Outlook) -> Outlook:
        """What is made of an act that a noun names, by the words that stand with it: "the alleged attack"."""
        for one in self.kids(index, rel.AMOD, rel.COMPOUND, rel.NMOD):
            made = _NAMED.get(self.lower(one))
            if made is not None and given.certainty:
                self.because(f"adjective: {self.lower(one)}")
                return compose(given, *made)
        return compose(given, NEGATE) if self.negated(index) else given

    def _modal(
        self, index: int, modal: str, words: list[str], given: Outlook, *, negative: bool
    ) -> tuple[Operation, ...]:
        """What a modal verb makes of its act, before any "not" turns it about."""
        perfect = "have" in words or "'ve" in words
        conditional = self.has_condition(index)
        if modal in ("would", "could", "might", "should", "'d") and perfect:
            if modal == "could" and any(self.lower(i) == "only" for i in self.adverbs(index)):
                return (weaken(1),)  # "could only have come from there"
            if conditional == "unreal" or modal != "might":
                return (fix(-min(2, abs(given.certainty)) or -2, Frame.COUNTERFACTUAL),)
            return (weaken(2),)
        if conditional:
            return (fix(UNKNOWN, Frame.CONDITIONAL),)
        if modal in ("will", "'ll", "wo", "shall"):
            return OPEN, put(Frame.PREDICTED)  # what is yet to come is neither so nor not so in the actual world
        if modal in ("would", "'d"):
            if self.tokens[index].lemma in ("like", "love", "prefer"):
                return (KEEP,)
            return OPEN, put(Frame.PREDICTED if self._reported_past(index) else Frame.CONDITIONAL)
        if modal in ("may", "might"):
            return (weaken(2),)
        if modal in ("can", "ca", "could"):
            # who could not, did not; who could, may have
            return (KEEP,) if negative and given.certainty > 0 else (weaken(2),)
        if modal == "must" and perfect:
            return (weaken(1),)
        return OPEN, put(Frame.ORDERED)

    def _quasi(self, index: int) -> tuple[Operation, ...]:
        """What "going to", "have to" and "need to" make of the act that they lead."""
        token = self.tokens[index]
        if self.infinitive(index) and token.dep == rel.XCOMP:
            above = self.tokens[token.head]
            if above.lemma == "go" and above.tag == "VBG":
                return (fix(UNKNOWN, Frame.PREDICTED),)
            if above.lemma in ("have", "need") and above.pos in ("VERB", "AUX"):
                return (KEEP,) if above.tag == "VBD" else (fix(UNKNOWN, Frame.ORDERED),)
        return (KEEP,)

    def has_condition(self, index: int) -> str:
        """Whether the act depends on a condition: "open", "unreal" where it is put against the fact, else ""."""
        for one in self.kids(index, rel.ADVCL):
            if any(mark in ("if", "unless") for mark in self.marks(one)) or self._inverted(one):
                return "unreal" if self._unreal(one) else "open"
        token = self.tokens[index]
        if token.dep == rel.CONJ and self.tokens[token.head].pos in ("VERB", "AUX"):
            return self.has_condition(token.head)
        return ""

    def _reported_past(self, index: int) -> bool:
        token = self.tokens[index]
        while token.dep == rel.CONJ and token.head != token.i:
            token = self.tokens[token.head]
        above = self.tokens[token.head]
        return token.dep in (rel.CCOMP, rel.ACL) and above.tag in _PAST

    def _inverted(self, index: int) -> bool:
        """ "Had this axis not been ...", "Were it to ...", "Should they ...": a condition without "if"."""
        subject = next(iter(self.kids(index, rel.NSUBJ, rel.NSUBJ_PASS, rel.EXPL)), None)
        if subject is None or self.marks(index):
            return False
        first = next((i for i in self.kids(index, *rel.HELPING) if i < subject), None)
        if first is None:
            first = index if index < subject and self.lower(index) in ("were", "had") else None
        if first is None or self.lower(first) not in ("had", "were", "should"):
            return False
        return first == min(self.analysis.edges[index][0], first)

    def _unreal(self, index: int) -> bool:
        """Whether a condition is put in the past perfect, as what was not so."""
        words = [self.lower(i) for i in self.kids(index, *rel.HELPING)]
        return (
            ("had" in words or ("have" in words and "'d" in words)) and self.tokens[index].tag in ("VBN", "VBD")
        ) or ("had" in words and "been" in words)

    def _below_real(self, head: int) -> bool:
        """Whether what depends on the condition is put as real ("if they had left, they were safe")."""
        return not any(self.lower(i) in ("would", "could", "might", "should") for i in self.kids(head, rel.AUX))
