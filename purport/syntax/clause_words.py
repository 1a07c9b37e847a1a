"""The words of a clause beside its verb: what brings it in, its form, its auxiliaries, its adverbs, its negation."""

from __future__ import annotations

from purport.lexicons.classes import words_of
from purport.syntax import relations as rel
from purport.syntax.phrases import SUBJECTS, Parse

_ONLY = frozenset("only just merely simply solely".split())
_NOT_NEGATING = _ONLY | {"until", "till"}
"""Words before which "not" negates no act: "not only", "not until dawn"."""
_ANY = words_of("least amounts")
_SUPPOSING = frozenset({"supposing", "assuming", "providing", "provided"})
"""Verbs that bring in a condition, which the parser may take for prepositions."""
_NO_NEGATION = frozenset({("doubt", "in"), ("time", "in")})
"""Nouns that a preposition and "no" do not negate: "in no time" is soon."""
_QUANTIFYING = frozenset({rel.DET, rel.NEG, rel.PRECONJ, rel.ADVMOD})
_NOT_NEGATED = frozenset("sooner doubt wonder matter".split())
"""Words that "no" negates alone: "no sooner", "no doubt"."""


class Wording(Parse):
    """A parse that is asked for the words of its clauses."""

    def marks(self, index: int) -> list[str]:
        """The words that bring the clause in ("if", "that", "when"), in lower case."""
        found = [self.lower(i) for i in self.kids(index, rel.MARK)]
        found += [self.lower(i) for i in self.kids(index, rel.ADVMOD) if self.tokens[i].tag == "WRB"]
        found += [self.lower(i) for i in self.kids(index, rel.PREP) if self.lower(i) in _SUPPOSING and i < index]
        return found

    def infinitive(self, index: int) -> bool:
        """Whether the verb stands with "to"."""
        return any(self.tokens[i].tag == "TO" for i in self.kids(index, rel.AUX))

    def form(self, index: int) -> str:
        """How the clause is put: "to" with an infinitive, "ing", "that" where it is finite, else "bare"."""
        if self.infinitive(index):
            return "to"
        token = self.tokens[index]
        finite = any(self.tokens[i].tag in ("MD", "VBD", "VBZ", "VBP") for i in self.kids(index, *rel.HELPING))
        being = any(self.tokens[i].tag == "VBG" for i in self.kids(index, *rel.HELPING))
        if (token.tag == "VBG" or being) and not finite:
            return "ing"
        return "that" if finite or token.tag in ("VBD", "VBZ", "VBP") else "bare"

    def auxiliaries(self, index: int) -> list[str]:
        """The auxiliaries in lower case, those that a coordinated verb shares among them."""
        own = [self.lower(i) for i in self.kids(index, *rel.HELPING) if not self._surname(i)]
        token = self.tokens[index]
        if (
            not own
            and token.dep == rel.CONJ
            and self.tokens[token.head].pos in ("VERB", "AUX")
            and not self.kids(index, rel.NSUBJ, rel.NSUBJ_PASS)
            and token.tag in ("VB", "VBN", "VBG")
            and self.tokens[token.head].tag == token.tag
        ):
            return self.auxiliaries(token.head)
        return own

    def _surname(self, index: int) -> bool:
        """Whether what is taken for an auxiliary is a name ("Prime Minister May said")."""
        first = self.analysis.sentences[self.tokens[index].sentence].first
        return self.analysis.word(index) in ("May", "Will") and index > first and self.tokens[index - 1].pos == "PROPN"

    def adverbs(self, index: int) -> list[int]:
        """The adverbs of the clause, those of what a copula says of its subject among them."""
        found = self.kids(index, rel.ADVMOD)
        token = self.tokens[index]
        for one in self.kids(index, rel.ACOMP, rel.ATTR, rel.PREP):
            found += self.kids(one, rel.ADVMOD) if self.tokens[index].lemma == "be" else []
        if token.dep in (rel.ACOMP, rel.ATTR) and self.tokens[token.head].lemma == "be":
            found += self.kids(token.head, rel.ADVMOD)
        return found

    def negated(self, index: int) -> bool:
        """Whether words of its own clause turn it about; twice is not at all."""
        return len(self.negations(index)) % 2 == 1

    def negations(self, index: int) -> list[int]:
        """The words of its own clause that turn it about."""
        found: list[int] = []
        # "At no point did they cross": the parser may hang what stands before an auxiliary on it.
        before = [i for aux in self.kids(index, *rel.HELPING) for i in self.kids(aux, rel.PREP, rel.ADVMOD, rel.NEG)]
        for one in (*before, *self.children[index]):
            token = self.tokens[one]
            word = self.lower(one)
            adverb = token.dep in (rel.ADVMOD, rel.PRECONJ) and word in ("never", "not", "neither", "nor")
            if token.dep == rel.NEG or adverb:
                if one + 1 >= len(self.tokens) or self.lower(one + 1) not in _NOT_NEGATING:
                    found.append(one)
            elif token.dep in (rel.NSUBJ, rel.NSUBJ_PASS, rel.OBJ, rel.ATTR, rel.NPADVMOD, rel.ADVMOD):
                found += self.none(one)
            elif token.dep == rel.PREP and word in words_of("prepositions before no"):
                inner = next(iter(self.kids(one, rel.POBJ)), None)
                if inner is not None and (self.lower(inner), word) not in _NO_NEGATION:
                    found += self.none(inner)
                found += [i for i in self.kids(one, rel.NEG) if self.lower(i) == "never"]  # "never in his life"
                found += [i for i in self.kids(one, rel.ADVMOD) if self.lower(i) == "nowhere"]  # "nowhere on the tape"
            elif token.dep == rel.AGENT:
                found += [no for who in self.kids(one, rel.POBJ) for no in self.none(who)]  # "was seen by nobody"
            elif token.dep == rel.CC and word == "nor" and one < index and self._asked_about(index):
                found.append(one)  # "Nor did they cross the river"
            elif token.dep == rel.ADVMOD and word == "much" and self.kids(one, rel.NEG):
                found += self.kids(one, rel.NEG)  # "never so much as acknowledged it"
        token = self.tokens[index]
        behind = {self.analysis.edges[index][0], index} if self.tokens[token.head].lemma != "let" else ()
        if any(i > 1 and (self.lower(i - 2), self.lower(i - 1)) == ("let", "alone") for i in behind):
            found.append(index - 1)  # "let alone paid them"
        if token.dep == rel.CONJ and self._asked_about(index):
            found += [i for i in self.kids(token.head, rel.CC) if token.head < i < index and self.lower(i) == "nor"]
        if (
            not found
            and token.dep == rel.CONJ
            and not self.kids(index, rel.NSUBJ, rel.NSUBJ_PASS, *rel.HELPING)
            and self.tokens[token.head].pos in ("VERB", "AUX")
            and any(self.lower(i) in ("or", "nor") for i in self.kids(token.head, rel.CC))
        ):
            return self.negations(token.head)
        return found

    def _asked_about(self, index: int) -> bool:
        """Whether an auxiliary of the clause stands before its subject, as in a question or after "nor"."""
        subject = next(iter(self.kids(index, *SUBJECTS)), None)
        return subject is not None and any(i < subject for i in self.kids(index, *rel.HELPING))

    def cleft(self, index: int, head: int) -> int | None:
        """The copula of "it was the army that fired", where the clause is about what it names; else None."""
        copula = self.tokens[head].head
        if self.tokens[head].dep != rel.ATTR or self.tokens[copula].lemma != "be":
            return None
        it = any(self.lower(i) == "it" for i in self.kids(copula, rel.NSUBJ))
        who = any(self.tokens[i].tag in ("WP", "WDT", "IN") for i in self.kids(index, rel.NSUBJ, rel.NSUBJ_PASS))
        return copula if it and who else None

    def told_as(self, index: int) -> bool:
        """Whether a clause with "as" behind it says who holds it to be so: "did they drain it, as villagers claim?"."""
        beside = (one for one in self.kids(index, rel.ADVCL, rel.PARATAXIS) if one > index)
        return any(self.tokens[i].lemma == "as" for one in beside for i in self.children[one] if i < one)

    def _at_least(self, no: int) -> bool:
        """Whether it only counts: "no fewer than nineteen deputies", "no less than"."""
        ahead = [self.lower(i) for i in range(no + 1, min(no + 3, len(self.tokens)))]
        return len(ahead) == 2 and ahead[0] in ("fewer", "less", "more") and ahead[1] == "than"

    def none(self, index: int) -> list[int]:
        """The word that makes a noun phrase none: itself ("nobody") or what stands with it ("no guns")."""
        own = self.lower(index)
        if own in ("none", "nobody", "nothing", "no-one", "nowhere"):
            return [index]
        if not self.children[index]:
            return []
        if own == "neither" and self.kids(index, rel.PREP):
            return [index]  # "neither of the rockets"
        if own in _NOT_NEGATED and self.tokens[index].dep in (rel.ADVMOD, rel.NPADVMOD):
            return []
        with_it = [i for i in self.children[index] if self.tokens[i].dep in _QUANTIFYING and not self._at_least(i)]
        if own == "longer":
            return [i for i in with_it if self.lower(i) == "no"]
        with_it += [
            i for one in self.kids(index, rel.NUMMOD, rel.DET, rel.AMOD) for i in self.kids(one, rel.NEG, rel.ADVMOD)
        ]
        if own == "once":
            return [i for i in self.children[index] if self.lower(i) in ("not", "never")]  # "never once did they"
        return [i for i in with_it if self.lower(i) in ("no", "neither") or self._not_one(i, index)]

    def _not_one(self, word: int, noun: int) -> bool:
        """ "Not one shell fell", "not even the mayor", "not once": not any; but "not all" are some."""
        if self.lower(word) != "not":
            return False
        return any(self.lower(i) in _ANY for i in range(word + 1, noun + 1))
