"""What the words of its own clause make of an act: modals, conditions that it depends on, adverbs, negation."""

from __future__ import annotations

from purport.extract.factuality.reasons import Reasons
from purport.extract.factuality.value import Outlook, either, weaker
from purport.lexicons.classes import listed, words_of
from purport.model.record import Frame
from purport.syntax import relations as rel

_PROBABLE = words_of("probable")
_POSSIBLE = frozenset("possibly perhaps maybe conceivably potentially".split())
_NEARLY = frozenset("almost nearly".split())
_HARDLY = frozenset("hardly scarcely".split())
_WEAKENING = _PROBABLE | _POSSIBLE | _NEARLY | _HARDLY
_PAST = frozenset({"VBD", "VBN"})
_OPEN, _NOT = (0, Frame.PLAIN), (-3, Frame.PLAIN)
_NAMED: dict[str, tuple[int, Frame]] = {
    **dict.fromkeys(listed("alleged"), _OPEN),
    **dict.fromkeys("attempted".split(), (0, Frame.ATTEMPTED)),
    **dict.fromkeys("planned intended threatened proposed promised".split(), (0, Frame.INTENDED)),
    **dict.fromkeys(listed("expected"), (0, Frame.PREDICTED)),
    **dict.fromkeys(listed("failed"), _NOT),
}
"""Adjectives of an act that a noun names, and what they make of it."""
_MODALS = words_of("modal verbs")


class Modality(Reasons):
    """A parse that is asked what a clause's own words make of its act."""

    def own(self, index: int, given: Outlook) -> Outlook:
        """What is left of what was `given` of the act, after its own words."""
        certainty, frame = given.certainty, given.frame
        words = self.auxiliaries(index)
        modal = next((w for w in words if w in _MODALS), None)
        negative = self.negated(index)
        if "could" in words and "before" in self.marks(index):
            return given._replace(certainty=-3)  # "were caught before they could cross"
        if self.tokens[index].pos == "NOUN":
            return self._named(index, given)
        if frame is Frame.COUNTERFACTUAL and given.certainty > 0:
            # What is supposed against the fact: the act did not take place, its absence did not either.
            certainty = -3
            return given._replace(certainty=-certainty if negative else certainty)
        if modal is not None:
            self.because(f"modal: {modal}")
        if negative:
            self.because(f"negation: {', '.join(self.lower(i) for i in sorted(set(self.negations(index))))}")
        if modal is not None or words:
            certainty, frame = self._modal(index, modal, words, certainty, frame, negative=negative)
            if modal in ("can", "could", "ca") and negative:
                negative = False
        for one in self.adverbs(index):
            word = self.lower(one)
            if word in _WEAKENING:
                self.because(f"adverb: {word}")
            if word in _PROBABLE:
                certainty = weaker(2, certainty) if certainty else certainty
            elif word in _POSSIBLE:
                certainty = weaker(1, certainty) if certainty else certainty
            elif word in _NEARLY and one == index - 1 and self.tokens[index].pos == "VERB":
                certainty = -abs(certainty)
            elif word in _HARDLY:
                certainty = -min(2, abs(certainty))
        if negative:
            certainty = -certainty
        return given._replace(certainty=certainty, frame=frame)

    def _named(self, index: int, given: Outlook) -> Outlook:
        """What is made of an act that a noun names, by the words that stand with it: "the alleged attack"."""
        for one in self.kids(index, rel.AMOD, rel.COMPOUND, rel.NMOD):
            made = _NAMED.get(self.lower(one))
            if made is not None and given.certainty:
                self.because(f"adjective: {self.lower(one)}")
                return Outlook(min(made[0], abs(given.certainty), key=abs), either(given.frame, made[1]))
        return given._replace(certainty=-given.certainty) if self.negated(index) else given

    def _modal(
        self, index: int, modal: str | None, words: list[str], certainty: int, frame: Frame, *, negative: bool
    ) -> tuple[int, Frame]:
        perfect = "have" in words or "'ve" in words
        if modal is None:
            return self._quasi(index, certainty, frame)
        conditional = self.has_condition(index)
        if modal in ("would", "could", "might", "should", "'d") and perfect:
            if modal == "could" and any(self.lower(i) == "only" for i in self.adverbs(index)):
                return min(2, abs(certainty)), frame  # "could only have come from there"
            if conditional == "unreal" or modal in ("would", "could", "should", "'d"):
                return -min(2, abs(certainty)) if certainty else -2, Frame.COUNTERFACTUAL
            return (1 if certainty else 0), frame
        if conditional:
            return 0, Frame.CONDITIONAL
        if modal in ("will", "'ll", "wo", "shall"):
            # What is yet to come is neither so nor not so in the actual world.
            return 0, either(frame, Frame.PREDICTED)
        if modal in ("would", "'d") and self.tokens[index].lemma in ("like", "love", "prefer"):
            return certainty, frame
        if modal in ("would", "'d"):
            return 0, either(frame, Frame.PREDICTED if self._reported_past(index) else Frame.CONDITIONAL)
        if modal in ("may", "might"):
            return min(1, abs(certainty)) * (1 if certainty >= 0 else -1), frame
        if modal in ("can", "ca", "could"):
            if negative:
                return -abs(certainty), frame
            return min(1, abs(certainty)) * (1 if certainty >= 0 else -1), frame
        if modal == "must" and perfect:
            return min(2, abs(certainty)), frame
        return 0, either(frame, Frame.ORDERED)

    def _quasi(self, index: int, certainty: int, frame: Frame) -> tuple[int, Frame]:
        token = self.tokens[index]
        if self.infinitive(index) and token.dep == rel.XCOMP:
            above = self.tokens[token.head]
            if above.lemma == "go" and above.tag == "VBG":
                return 0, Frame.PREDICTED
            if above.lemma in ("have", "need") and above.pos in ("VERB", "AUX"):
                past = above.tag == "VBD"
                return (certainty if past else 0), frame if past else Frame.ORDERED
        return certainty, frame

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
