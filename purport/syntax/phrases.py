"""Phrases of a parse: how far a noun phrase reaches, which words make a predicate, who its subject is."""

from __future__ import annotations

from collections.abc import Sequence

from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.syntax import relations as rel
from purport.syntax.cues import row_of

_HELPING = frozenset({*rel.HELPING, rel.NEG, rel.PRT})
SUBJECTS = frozenset({rel.NSUBJ, rel.NSUBJ_PASS, rel.CSUBJ, rel.CSUBJ_PASS})
FILLERS = words_of("fillers")
PURPOSES = words_of("purposes")
_RANKS = words_of("ranks")
_OF_ANOTHER = words_of("prepositions of another's act")
_LIGHT = words_of("verbs with a bare noun")
"""Verbs with a bare noun that are one predicate together."""
WH = frozenset({"WDT", "WP", "WP$", "WRB"})
_BREAKS = frozenset({",", ";", ":", "--", "—", "–", "(", ")", "-LRB-", "-RRB-"})
_PUNCTUATION = frozenset(".,;:!?\"'“”‘’«»()[]{}…–—`") | {"--", "''", "``", "..."}
_CLEARING = words_of("verbs of guilt")
"""Verbs of what somebody did; the parser hangs "of doing it" on whom they name."""
_CALLING = words_of("calls on somebody")
"""Verbs whose infinitive is done by whom the preposition brings in."""


_QUOTED = frozenset('"“‘«„') | {"``", "''"}
"""Marks with which a quotation may begin."""
_PAIRED = frozenset('"()[]“”')
"""Marks that stand in pairs."""


class Parse:
    """One document's parse, asked for words by their places. Every number is the index of a token."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.children = analysis.children

    def kids(self, index: int, *deps: str) -> list[int]:
        """The words that stand in one of these relations to the word, in order."""
        return [one for one in self.children[index] if self.tokens[one].dep in deps]

    def kid(self, index: int, *deps: str) -> int | None:
        """The first of them."""
        return next(iter(self.kids(index, *deps)), None)

    def lower(self, index: int) -> str:
        """The word as it stands, in lower case."""
        return self.analysis.lower(index)

    def orders(self, index: int) -> bool:
        """Whether it is an order before the verb that tells it, or in quotation marks behind it: "“[Release] the
        envoys,” the guild said"."""
        token = self.tokens[index]
        if token.tag not in ("VB", "VBP") or token.dep not in (rel.CCOMP, rel.ADVCL, rel.XCOMP):
            return False
        if self.kids(index, *SUBJECTS, rel.EXPL, rel.MARK, *rel.HELPING):
            return False
        first = self.analysis.edges[index][0]
        opened = self.analysis.word(first) in _QUOTED or (first > 0 and self.analysis.word(first - 1) in _QUOTED)
        if index > token.head:
            return opened and token.tag == "VB" and token.dep != rel.ADVCL
        return token.dep == rel.CCOMP or opened


class Phrases(Parse):
    """How far phrases reach and what they are made of."""

    # -- words -----------------------------------------------------------------------------------------------------

    def verbal(self, index: int) -> bool:
        """Whether it is a verb's form."""
        return self.tokens[index].pos in ("VERB", "AUX") or self.tokens[index].tag.startswith("VB")

    def trimmed(self, words: Sequence[int]) -> tuple[int, ...]:
        """Without marks at either end, and without a mark that opens or closes alone."""
        first, last = 0, len(words)
        while first < last and self.loose(words[first]):
            first += 1
        while last > first and self.loose(words[last - 1]):
            last -= 1
        kept = list(words[first:last])
        if _PAIRED.isdisjoint([self.analysis.word(i) for i in kept]):
            return tuple(kept)
        # A mark whose partner is cut off goes too.
        straight = [i for i in kept if self.analysis.word(i) == '"']
        if len(straight) % 2:
            kept = [i for i in kept if i not in straight]
        for opening, closing in (("(", ")"), ("[", "]"), ("“", "”")):
            opened = [i for i in kept if self.analysis.word(i) == opening]
            closed = [i for i in kept if self.analysis.word(i) == closing]
            if len(opened) != len(closed):
                kept = [i for i in kept if i not in opened and i not in closed]
        return tuple(kept)

    def loose(self, index: int) -> bool:
        """Whether it is a mark of punctuation."""
        return self.analysis.word(index) in _PUNCTUATION

    def under(self, index: int, without: frozenset[int] | set[int] = frozenset()) -> set[int]:
        """The token and what it governs, but not what is under `without`."""
        found: set[int] = set()
        ahead = [index]
        while ahead:
            one = ahead.pop()
            found.add(one)
            ahead.extend(child for child in self.children[one] if child not in without)
        return found

    def noun(self, head: int) -> tuple[int, ...]:
        """The words of a noun phrase that its truth needs: without what a comma, dash or bracket sets apart from it,
        without clauses about it, and without what it is in apposition to."""
        left_out: set[int] = set()
        ahead = [head]
        while ahead:
            index = ahead.pop()
            for one in self.children[index]:
                if self._left_out(index, one):
                    left_out.add(one)
                else:
                    ahead.append(one)
        words = sorted(self.under(head, left_out))
        # A phrase is one stretch but for what was left out of it.
        return self.trimmed([i for i in words if not self._stray(i, words)])

    def _stray(self, index: int, words: Sequence[int]) -> bool:
        """Whether it is a mark that set apart what is left out."""
        if not self.loose(index):
            return False
        kept = set(words)
        before, after = index - 1, index + 1
        word = self.analysis.word(index)
        if word in ("(", "[", "-LRB-"):
            return after not in kept
        if word in (")", "]", "-RRB-"):
            return before not in kept
        return word in (",", "--", "—", "–") and (before not in kept or after not in kept)

    def _denied(self, head: int, one: int) -> bool:
        """Whether it is a further member of a list that "not" takes out of it, or what joins that."""
        dep = self.tokens[one].dep
        if dep == rel.CC:
            return any(i > one and self._denied(head, i) for i in self.kids(head, rel.CONJ)[:1])
        if dep == rel.NEG:
            return one > head and self.tokens[head].pos in ("NOUN", "PROPN")
        return dep == rel.CONJ and not self.verbal(one) and any(i < one for i in self.kids(one, rel.NEG))

    def _left_out(self, head: int, one: int) -> bool:
        token = self.tokens[one]
        left = self.analysis.edges[one][0]
        apart = left > 0 and left > head and self.analysis.word(left - 1) in _BREAKS
        if token.dep == rel.RELCL or (
            token.dep == rel.ADVMOD and one > head and self.tokens[head].pos in ("NOUN", "PROPN")
        ):
            return True
        if token.dep == rel.APPOS and left == head + 1 and token.tag == "NNP" and not self.loose(left):
            return False  # "the exile [Dag Horvil]"
        if token.dep == rel.APPOS or (token.dep == rel.NEG and apart):
            return apart or left > head
        if token.dep in (rel.ADVCL, rel.PARATAXIS, rel.CCOMP, rel.DEP):
            return token.dep != rel.CCOMP or apart
        if token.dep == rel.ACL:
            return apart or token.tag in ("VBG", "VBN", "VBD")
        if token.dep == rel.PREP:
            return apart and self.lower(one) in ("including", "like", "unlike", "with", "such")
        if self._denied(head, one):
            return True  # "the guards [and not the rebels]"
        if token.dep == rel.CONJ:
            return self.verbal(one) and token.tag not in ("VBG",) and self.tokens[head].pos in ("NOUN", "PROPN")
        return token.dep == rel.PRECONJ

    # -- predicates ------------------------------------------------------------------------------------------------

    def predicate(self, head: int) -> tuple[int, ...]:
        """The word for an act with its auxiliaries, negation, particle and the adverbs among them."""
        words = {head, *self._light(head)}
        helping = self.kids(head, *_HELPING)
        own = self.tokens[head].dep == rel.CONJ and not [i for i in helping if self.tokens[i].dep in rel.HELPING]
        apart = self._of_what_follows(head, helping)
        words.update(i for i in helping if i not in apart and not (self.tokens[i].tag == "TO" and i < head))
        for one in self.kids(head, rel.NEG, rel.ADVMOD):
            token = self.tokens[one]
            if one in apart:
                continue
            if token.dep == rel.ADVMOD and not self._among(one, head, words) and not self._of_state(one, head):
                continue
            if token.dep == rel.ADVMOD and any(one < i < head for i in helping if self.tokens[i].tag == "TO"):
                continue  # "[only] to abandon it"
            words.update(self.under(one) if len(self.under(one)) < 4 else {one})
        if own:
            words.update(self._shared_auxiliaries(head))
        return tuple(sorted(words))

    def _of_what_follows(self, head: int, helping: Sequence[int]) -> set[int]:
        """The words in front of a clause that turn a time or one of two clauses about, and not the act: "[not] until
        the third night did the palace release them", "[not only] did they close it"."""
        auxiliary = next((i for i in helping if self.tokens[i].dep in rel.HELPING), head)
        apart = set[int]()
        for one in self.kids(head, rel.NEG, rel.ADVMOD, rel.PRECONJ):
            after = self.lower(one + 1) if one + 1 < auxiliary else ""
            if self.lower(one) == "not" and after in ("until", "till", "only", "just", "merely"):
                apart |= {one, one + 1}
        return apart

    def _light(self, head: int) -> list[int]:
        """The bare noun that makes one act with its verb ("took [place]")."""
        lemma = self.tokens[head].lemma
        return [
            i
            for i in self.kids(head, rel.OBJ)
            if f"{lemma} {self.lower(i)}" in _LIGHT and not self.kids(i, rel.DET, rel.AMOD)
        ]

    def _shared_auxiliaries(self, head: int) -> list[int]:
        """ "had [searched] and seized": the auxiliaries of the verb that it is coordinated with, where it has no
        subject of its own and could stand with them."""
        first = self.tokens[head].head
        if self.kids(head, *SUBJECTS) or not self.verbal(first):
            return []
        while (
            self.tokens[first].dep == rel.CONJ
            and self.verbal(self.tokens[first].head)
            and not self.kids(first, *rel.HELPING)
        ):
            first = self.tokens[first].head
        if self.tokens[head].tag not in ("VB", "VBN", "VBG") or self.tokens[first].tag != self.tokens[head].tag:
            return []
        return [i for i in self.kids(first, *rel.HELPING, rel.NEG) if self.tokens[i].tag != "TO" and i < head]

    def _of_state(self, adverb: int, head: int) -> bool:
        """Whether an adverb stands between a copula and what it says of its subject ("is [usually] calm")."""
        if self.tokens[head].lemma != "be" or adverb != head + 1 or self.kids(adverb, rel.PREP):
            return False
        if self.lower(adverb) in FILLERS or self.tokens[adverb].tag in WH:
            return False
        complement = self.kid(head, rel.ATTR, rel.ACOMP, rel.PREP)
        return complement is not None and complement > adverb and self.lower(adverb) not in ("here", "there", "now")

    def _among(self, adverb: int, head: int, words: set[int]) -> bool:
        """Whether an adverb stands right before the verb or between it and its auxiliaries."""
        if self.lower(adverb) in FILLERS or self.tokens[adverb].tag in WH or self.kids(adverb, rel.PREP):
            return False
        left, right = self.analysis.edges[adverb]
        if right > head or self.analysis.word(right + 1 if right + 1 < len(self.tokens) else right) in _BREAKS:
            return False
        least = min(words)
        between = all(
            i in words or self.tokens[i].dep in (rel.ADVMOD, rel.NEG, *rel.HELPING) or i == adverb
            for i in range(left, head)
            if not left <= i <= right
        )
        return left >= least or between

    # -- subjects --------------------------------------------------------------------------------------------------

    def antecedent(self, pronoun: int, clause: int) -> int:
        """For a relative pronoun the noun that it stands for; else the token itself."""
        token = self.tokens[pronoun]
        if token.tag not in ("WDT", "WP") and not (token.lemma == "that" and token.tag in ("WDT", "IN", "DT")):
            return pronoun
        index = clause
        while self.tokens[index].dep == rel.CONJ:
            index = self.tokens[index].head
        if self.tokens[index].dep != rel.RELCL:
            return pronoun
        return self._who_is(self.tokens[index].head)

    def _who_is(self, noun: int) -> int:
        """Of "she is a nurse who ..." her, of any other noun itself."""
        token = self.tokens[noun]
        first = self.analysis.edges[noun][0]
        if token.dep == rel.APPOS and "not" in (self.lower(first), self.lower(max(0, first - 1))):
            return token.head  # "the cleaners, not the detectives, who found it"
        if token.dep != rel.ATTR or self.tokens[token.head].lemma != "be":
            return noun
        subject, determiner = self.kid(token.head, rel.NSUBJ), self.kid(noun, rel.DET)
        indefinite = self.lower(determiner) in ("a", "an") if determiner is not None else token.tag in ("NNS", "NNPS")
        if subject is None or not indefinite or self.kid(noun, rel.POSS) is not None:
            return noun
        if self.tokens[subject].tag not in WH and self.lower(subject) not in ("it", "there", "this", "that"):
            return subject
        return noun

    def subject(self, head: int) -> int | None:
        """Who does what the word says, also where it shares or leaves out its subject."""
        seen: set[int] = set()
        index = head
        while index not in seen:
            seen.add(index)
            several = self.kids(index, *SUBJECTS)
            # "Fellow citizens, our gunners held the bridge": the one nearest before the verb.
            own = next((i for i in reversed(several) if i < index), next(iter(several), None))
            if own is not None:
                return self.antecedent(own, index)
            if self.kid(index, rel.EXPL) is not None:
                return None
            token = self.tokens[index]
            above = token.head
            if token.dep == rel.CONJ and (self.verbal(above) or self.tokens[above].dep in (rel.PCOMP, rel.POBJ)):
                index = above
            elif token.dep == rel.RELCL and index == head:
                return None
            elif token.dep in (rel.ACL,) and above != index:
                return above if token.tag != "VB" else self._controller(above)
            elif self.orders(index):
                return None
            elif (
                token.dep in (rel.XCOMP, rel.CCOMP)
                and above != index
                and (token.dep == rel.XCOMP or not self._finite(index))
            ):
                owner = self.kid(above, rel.OBJ, rel.IOBJ) if self._hands_on(above) else None
                if owner is not None and self.tokens[owner].pos == "ADJ":
                    owner = None  # "saw fit to raise"
                owner = owner if owner is not None else self._called_on(above)
                if owner is not None and owner < index:
                    return owner
                while self.tokens[above].pos == "ADJ" and self.verbal(self.tokens[above].head):
                    above = self.tokens[above].head
                subject = self.kid(above, rel.NSUBJ)
                if self.tokens[above].lemma == "be" and subject is not None and self.tokens[index].tag == "VB":
                    owner = self.owner(subject)
                    if owner is not None and self.tokens[subject].lemma in PURPOSES:
                        return owner  # "the goal of the Guard was to seize the dam"
                index = above
            elif token.dep == rel.DEP and token.tag == "VBD" and self.verbal(above) and above < index:
                index = above  # "thanked them, rebuilt the pier and, a week later, reopened the line"
            elif token.dep in (rel.ADVCL, rel.PCOMP, rel.DEP) and not self._finite(index):
                if token.tag == "VB" and (owner := self._called_on(above)) is not None and owner < index:
                    return owner
                holds = self.tokens[above].head
                if token.dep == rel.PCOMP and self.tokens[holds].pos == "ADJ":
                    judged = self.kid(holds, rel.NSUBJ)  # "found the keeper guilty of opening the gate"
                    if judged is None and self.tokens[holds].dep == rel.OPRD:
                        judged = self.kid(self.tokens[holds].head, rel.OBJ)
                    if judged is not None:
                        return judged
                up = self._up(above)
                if up is None:
                    return None
                cleared = self.tokens[holds].dep == rel.OBJ and self.tokens[up].lemma in _CLEARING
                near = holds == up or cleared or self.lower(holds) == "out"
                blamed = self.lower(above) == "by" and self._accuses(up)
                if token.dep == rel.PCOMP and near and (blamed or self.lower(above) in _OF_ANOTHER):
                    # "accused Velmark of shelling": what is done is done by who is accused; so it is in "accused it of
                    # shelling the port by firing across the line".
                    other = next((i for i in self.kids(up, rel.OBJ, rel.IOBJ) if i < above), None)
                    if other is not None:
                        return self.antecedent(other, up)
                index = up
            else:
                return None
        return None

    def _accuses(self, verb: int) -> bool:
        row = row_of(self.analysis, verb, "verb")
        return row is not None and row.act in ("accuse", "criticise", "praise")

    def owner(self, noun: int) -> int | None:
        """Whose it is: its possessor, or what "of" brings in."""
        own = self.kid(noun, rel.POSS)
        of = next((i for i in self.kids(noun, rel.PREP) if self.lower(i) == "of"), None)
        return own if own is not None or of is None else self.kid(of, rel.POBJ)

    def ranked(self, noun: int) -> bool:
        """Whether it is the first, the last, the only one."""
        return any(self.lower(i) in _RANKS for i in self.kids(noun, rel.AMOD))

    def _controller(self, noun: int) -> int | None:
        """Whose plan it is to do what hangs on a noun: its possessor, else the subject of what it is object of."""
        if self.ranked(noun):
            token = self.tokens[noun]  # "she was the first commander to answer"
            subject = self.kid(token.head, rel.NSUBJ) if token.dep == rel.ATTR else None
            return noun if subject is None else subject
        owner = self.owner(noun)
        if owner is not None:
            return owner
        up = self._up(noun)
        return self.subject(up) if up is not None else None

    def _finite(self, index: int) -> bool:
        if self.tokens[index].tag in ("VBD", "VBZ", "VBP"):
            return True
        return any(self.tokens[i].tag in ("MD", "VBD", "VBZ", "VBP") for i in self.kids(index, *rel.HELPING))

    def _called_on(self, verb: int) -> int | None:
        """Whom somebody calls on, or appeals to, to do something."""
        for one in self.kids(verb, rel.PREP, rel.IOBJ):
            if f"{self.tokens[verb].lemma} {self.lower(one)}" in _CALLING:
                return self.kid(one, rel.POBJ)
        return None

    def _hands_on(self, verb: int) -> bool:
        """Whether its object, not its subject, is who does what depends on it."""
        return self.tokens[verb].lemma not in words_of("verbs whose subject acts")

    def _up(self, index: int) -> int | None:
        """The nearest verb above."""
        seen: set[int] = set()
        while index not in seen:
            seen.add(index)
            if self.verbal(index):
                return index
            index = self.tokens[index].head
        return None
