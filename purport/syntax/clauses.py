"""Clauses: what a parse says is done or is so, by whom and to whom; word for word, before it is asked whether it holds.

Every verb, copula, apposition, participle and nominalised act that has a participant is one clause, as in clause-based
open information extraction (Del Corro and Gemulla 2013, ClausIE); arguments are kept apart from what may be left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from purport.lexicons.classes import words_of
from purport.lexicons.nominals import nominal
from purport.model.analysis import Analysis
from purport.model.vocabulary import ArgumentRole
from purport.syntax import relations as rel
from purport.syntax.cues import row_of
from purport.syntax.phrases import FILLERS, SUBJECTS, WH, Phrases


class Form(StrEnum):
    """What states the clause."""

    VERB = "verb"
    COPULA = "copula"
    PARTICIPLE = "participle"
    APPOSITION = "apposition"
    TITLE = "title"
    NOUN = "noun"


@dataclass(frozen=True, slots=True)
class Argument:
    """A part of a clause beside its subject.

    `role` is "object", "recipient", "complement" (what a copula or a naming verb says of somebody), "clause" (what is
    said, wanted, tried), "agent", or "adverbial"; `by` are the words that bring it in ("in", "after", "that"), `words`
    its own, `head` the word the others hang on. All are indices of tokens.
    """

    role: ArgumentRole
    head: int
    words: tuple[int, ...]
    by: tuple[int, ...] = ()

    @property
    def whole(self) -> tuple[int, ...]:
        """What brings it in and its own words."""
        return tuple(sorted({*self.by, *self.words}))


@dataclass(frozen=True, slots=True)
class Clause:
    """An act or a state with who takes part. All are indices of tokens.

    `head` is the word for the act; `predicate` that word with its auxiliaries, negation and particle; `led` the words
    of what embeds it with the same subject ("[failed to] capture"); `implied` stands for a predicate that no word
    gives ("is" of an apposition). `subject` is who does it, or whom it befalls where `passive`.
    """

    form: Form
    head: int
    predicate: tuple[int, ...]
    subject: tuple[int, ...] = ()
    subject_head: int | None = None
    arguments: tuple[Argument, ...] = ()
    led: tuple[int, ...] = ()
    implied: str = ""
    passive: bool = False

    def first(self, *roles: ArgumentRole) -> Argument | None:
        """The first argument in one of the roles."""
        return next((one for one in self.arguments if one.role in roles), None)


_PHRASES = frozenset({("for", "example"), ("for", "instance"), ("in", "fact"), ("of", "course"), ("in", "addition")})
"""Phrases that say nothing of the act."""


class _Reader(Phrases):
    """One document's parse while its clauses are read."""

    # -- arguments -------------------------------------------------------------------------------------------------

    def arguments(self, head: int, predicate: Sequence[int], *, skip: frozenset[int] = frozenset()) -> list[Argument]:
        """What stands beside the subject, in the order of the text."""
        found: list[Argument] = []
        taken = set(predicate)
        for one in self.children[head]:
            if one in taken or one in skip:
                continue
            found.extend(self._argument(head, one))
        if not any(a.role in ("object", "clause", "complement", "agent") for a in found):
            found.extend(self._shared_object(head))
        return sorted(found, key=lambda a: a.whole)

    def _argument(self, head: int, one: int) -> Iterator[Argument]:
        token = self.tokens[one]
        dep = token.dep
        if dep == rel.OBJ:
            yield Argument("object", *self._thing(one, head))
        elif dep in (rel.ATTR, rel.ACOMP, rel.OPRD):
            yield Argument("complement", *self._thing(one, head))
        elif dep == rel.IOBJ:
            inner = self.kid(one, rel.POBJ)
            if inner is not None:
                yield Argument("recipient", *self._thing(inner, head), by=(one,))
            else:
                yield Argument("recipient", *self._thing(one, head))
        elif dep in (rel.CCOMP, rel.XCOMP):
            if self._quoted_before(head, one):
                return
            words, by = self._clause_words(one)
            yield Argument("clause", one, words, by)
        elif dep in (rel.PREP, rel.AGENT):
            so = self._but(head, one) if self._not_so(one) else one
            if so is not None:
                yield from self._oblique(head, so, "agent" if dep == rel.AGENT else "adverbial")
        elif dep == rel.NPADVMOD:
            yield Argument("adverbial", one, self.noun(one))
        elif dep == rel.ADVMOD:
            if one < head and self.analysis.word(min(self.analysis.edges[one][1] + 1, len(self.tokens) - 1)) == ",":
                return
            if self.lower(one) not in FILLERS and token.tag not in WH:
                yield Argument("adverbial", one, self.trimmed(sorted(self.under(one))))
        elif dep == rel.ADVCL:
            words, by = self._clause_words(one)
            yield Argument("adverbial", one, words, by)

    def _not_so(self, preposition: int) -> bool:
        """Whether "not" takes it out: "by the guards [and not by the rebels]", "[not by the guards] but by rebels"."""
        if self.lower(preposition - 1) != "not" or preposition - 1 not in self.kids(preposition, rel.NEG):
            return False
        if preposition > 1 and self.lower(preposition - 2) in ("and", ",", "but"):
            return True
        return self._but(self.tokens[preposition].head, preposition) is not None

    def _but(self, head: int, preposition: int) -> int | None:
        """What is so instead of what "not" takes out: "not by the guards [but by rebels]"."""
        joined = (*self.kids(preposition, rel.CONJ), *self.kids(head, rel.CONJ))
        alike = (i for i in joined if i > preposition and self.tokens[i].pos == "ADP")
        return next((i for i in alike if self.lower(i - 1) == "but"), None)

    def _quoted_before(self, head: int, one: int) -> bool:
        """Whether a clause before the verb is not its content but a sentence of its own that a comma joins to it."""
        if one > head or self.tokens[one].dep != rel.CCOMP:
            return False
        return row_of(self.analysis, head, "verb") is None

    def _thing(self, one: int, clause: int) -> tuple[int, tuple[int, ...]]:
        referent = self.antecedent(one, clause)
        return referent, self.noun(referent)

    def _clause_words(self, head: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        marks = tuple(i for i in self.kids(head, rel.MARK) if i < head)
        words = self.trimmed([i for i in sorted(self.under(head)) if i not in marks])
        return words, marks

    def _oblique(self, head: int, prep: int, role: ArgumentRole) -> Iterator[Argument]:
        inner = self.kid(prep, rel.POBJ, rel.PCOMP)
        if inner is not None and (self.lower(prep), self.lower(inner)) in _PHRASES and not self.children[inner]:
            return
        before: tuple[int, ...] = (prep,)
        further = self.kid(prep, rel.PREP)
        if inner is None and further is not None:  # "out of", "because of"
            before = (*before, further)
            inner = self.kid(further, rel.POBJ, rel.PCOMP)
        if inner is None:
            if self.kid(prep, rel.AMOD, rel.ADVMOD, rel.ADVCL) is not None:
                yield Argument(role, prep, self.trimmed(sorted(self.under(prep))))
            return
        before = tuple(sorted({*before, *(i for i in self.kids(prep, rel.ADVMOD, rel.NPADVMOD) if i < prep)}))
        if prep and self.lower(prep) in ("until", "till") and self.lower(prep - 1) == "not":
            before = (prep - 1, *before)  # "not until dawn"
        if self.tokens[inner].dep == rel.PCOMP and self.verbal(inner):
            yield Argument(role, inner, self.trimmed(sorted(self.under(inner))), before)
        else:
            referent, words = self._thing(inner, head)
            yield Argument(role, referent, words, before)

    def _shared_object(self, head: int) -> Iterator[Argument]:
        """ "trained, organised and equipped the militia": the object that the last of them has is all of theirs."""
        if self.tokens[head].lemma == "be":
            return
        if self._passive(head):
            last = next((i for i in self.kids(head, rel.CONJ) if self.verbal(i)), None)
            if (
                last is not None
                and not self.kids(head, rel.PREP, rel.AGENT, rel.ADVMOD, rel.NPADVMOD)
                and not self.kids(last, *SUBJECTS)
            ):
                for one in self.kids(last, rel.PREP, rel.AGENT):
                    yield from self._oblique(last, one, "agent" if self.tokens[one].dep == rel.AGENT else "adverbial")
            return
        later = next((i for i in self.kids(head, rel.CONJ) if self.verbal(i)), None)
        while later is not None and not self.kids(later, *SUBJECTS):
            own = self.kid(later, rel.OBJ)
            if own is not None:
                # Only where nothing but the coordination stands between: "searched and seized the boat".
                between = range(head + 1, min(self.under(later)))
                after = [i for i in self.kids(head, rel.PREP, rel.XCOMP, rel.CCOMP) if i > head]
                if not after and self._coordination(head).issuperset(between):
                    yield Argument("object", *self._thing(own, later))
                return
            later = next((i for i in self.kids(later, rel.CONJ) if self.verbal(i)), None)

    def _coordination(self, head: int) -> set[int]:
        found: set[int] = set()
        ahead = [head]
        while ahead:
            one = ahead.pop()
            found.add(one)
            for child in self.children[one]:
                token = self.tokens[child]
                if token.dep in (rel.CONJ,) and self.verbal(child):
                    ahead.append(child)
                elif token.dep in (rel.CC, rel.PUNCT, rel.AUX, rel.AUX_PASS, rel.NEG, rel.ADVMOD, rel.PRT):
                    found |= self.under(child)
        return found

    # -- clauses ---------------------------------------------------------------------------------------------------

    def clauses(self) -> Iterator[Clause]:
        for token in self.tokens:
            if self.verbal(token.i):
                yield from self._verb(token.i)
            if token.dep == rel.APPOS:
                yield from self._apposition(token.i)
            if token.pos in ("NOUN", "PROPN"):
                yield from self._titled(token.i)
                yield from self._named_act(token.i)

    def _verb(self, head: int) -> Iterator[Clause]:
        token = self.tokens[head]
        if token.dep in (rel.AUX, rel.AUX_PASS, rel.AMOD, rel.COMPOUND, rel.NMOD):
            return
        if token.dep in (rel.POBJ, rel.OBJ, rel.NSUBJ) and token.tag in ("VBG",) and self.kid(head, rel.DET, rel.POSS):
            return
        if token.dep in (rel.POBJ, rel.OBJ, rel.NSUBJ, rel.NSUBJ_PASS, rel.ATTR) and token.tag == "VBN":
            return
        if token.tag == "VBN" and token.dep == rel.CONJ and self.tokens[token.head].pos in ("NOUN", "PROPN", "ADJ"):
            return
        if token.dep == rel.PREP or (
            token.lemma == "let" and self.lower(min(head + 1, len(self.tokens) - 1)) == "alone"
        ):
            return
        predicate = self.predicate(head)
        subject_head = self.subject(head)
        passive = self._passive(head)
        subject = self._named(subject_head, head) if subject_head is not None else ()
        arguments = self.arguments(head, predicate, skip=frozenset(i for i in (subject_head,) if i is not None))
        gap = self._gap(head, arguments)
        if gap is not None and gap != subject_head:
            arguments = [*arguments, Argument("object", gap, self.noun(gap))]
        led = self._led(head)
        form = Form.VERB
        if token.lemma == "be" and self.kid(
            head, rel.ATTR, rel.ACOMP, rel.PREP, rel.ADVMOD, rel.OPRD, rel.CCOMP, rel.XCOMP
        ):
            if self._clefts(head):
                return
            form = Form.COPULA
        elif token.dep in (rel.ACL, rel.ADVCL) and token.tag in ("VBN", "VBG", "VBD") and not self._finite(head):
            form = Form.PARTICIPLE
            bare = not any(a.role in ("object", "clause") for a in arguments) and token.dep == rel.ACL
            passive = passive or (token.tag in ("VBN", "VBD") and bare)
        if subject_head is None and self.kid(head, rel.EXPL) is not None:
            expletive = self.kid(head, rel.EXPL)
            assert expletive is not None
            subject_head, subject = expletive, (expletive,)
        if not subject and not arguments:
            return
        yield Clause(form, head, predicate, subject, subject_head, tuple(arguments), led, passive=passive)

    def _named(self, subject: int, head: int) -> tuple[int, ...]:
        """The words for a subject, without what it is said to do, where the parser hangs that on it: "convicted [the
        driver] of moving the guns"."""
        words, below = self.noun(subject), head
        while self.tokens[below].head not in (below, subject):
            below = self.tokens[below].head
        if head not in words or self.tokens[below].head != subject:
            return words
        without = self.under(below)
        return tuple(i for i in words if i not in without)

    def _clefts(self, copula: int) -> bool:
        """Whether all that it says is said by the clause about what it names: "it was the ministry that seized them".
        "It was a mistake that cost lives" says more."""
        named = self.kid(copula, rel.ATTR)
        if not any(self.lower(i) == "it" for i in self.kids(copula, rel.NSUBJ)):
            return False
        if named is None:  # "it was in March that the envoy left"
            marked = any(self.lower(i) == "that" for c in self.kids(copula, rel.CCOMP) for i in self.kids(c, rel.MARK))
            return marked and self.kid(copula, rel.PREP) is not None and self.kid(copula, rel.ACOMP) is None
        if any(self.lower(i) in ("a", "an") for i in self.kids(named, rel.DET)):
            return False
        several = (named, *self.kids(named, rel.CONJ))
        about = (clause for one in several for clause in self.kids(one, rel.RELCL))
        return any(
            self.tokens[i].tag in WH or self.lower(i) == "that" for one in about for i in self.kids(one, *SUBJECTS)
        )

    def _passive(self, head: int) -> bool:
        if self.kids(head, rel.NSUBJ_PASS, rel.AUX_PASS, rel.AGENT):
            return True
        token = self.tokens[head]
        if token.dep == rel.CONJ and token.tag == "VBN" and not self.kids(head, rel.AUX, *SUBJECTS):
            return self.verbal(token.head) and self._passive(token.head) and not self.kids(head, rel.OBJ)
        return False

    def _gap(self, head: int, arguments: Sequence[Argument]) -> int | None:
        """For a clause about a noun without a pronoun in it ("the letter [that] she wrote") the noun, if it is the
        object that is missing."""
        token = self.tokens[head]
        if token.dep != rel.RELCL or token.head == head:
            return None
        if any(self.tokens[i].tag in WH or self.lower(i) == "that" for i in self._clause_opening(head)):
            return None
        if any(a.role in ("object", "complement", "clause") for a in arguments) or self._passive(head):
            return None
        return token.head

    def _clause_opening(self, head: int) -> list[int]:
        return [i for i in self.under(head) if i < head]

    def _led(self, head: int) -> tuple[int, ...]:
        """The words of the verbs that embed it with the same subject."""
        words: list[int] = []
        index = head
        while self.tokens[index].dep == rel.XCOMP or (
            self.tokens[index].dep == rel.CONJ
            and self.tokens[self.tokens[index].head].dep == rel.XCOMP
            and not self.kids(index, *SUBJECTS)
        ):
            if self.tokens[index].dep == rel.CONJ:
                index = self.tokens[index].head
                continue
            above = self.tokens[index].head
            if (
                above == index
                or self.kids(above, rel.OBJ, rel.IOBJ)
                or not (self.verbal(above) or self.tokens[above].pos == "ADJ")
                or self.kids(index, *SUBJECTS)
            ):
                break
            words += self.predicate(above)
            words += self.kids(index, rel.AUX)  # "to"
            if self.tokens[above].pos == "ADJ" and self.verbal(self.tokens[above].head):
                above = self.tokens[above].head
                words += self.predicate(above)
            index = above
        return tuple(sorted(set(words)))

    def _apposition(self, one: int) -> Iterator[Clause]:
        token = self.tokens[one]
        above = token.head
        if token.pos not in ("NOUN", "PROPN") or self.tokens[above].pos not in ("NOUN", "PROPN", "PRON"):
            return
        left = self.analysis.edges[one][0]
        if left == 0 or self.analysis.word(left - 1) not in ("“", '"', ",", "--", "—", "–", "(", "-LRB-", "``", ":"):
            return
        if self.analysis.word(left - 1) in ("–", "—", "--", "-") and self._joined(left - 1):
            return
        if self.tokens[one].pos == "NUM" or self.tokens[one].tag == "CD":
            return
        if self.analysis.word(left - 1) in ("(", "-LRB-") and (
            token.pos == "PROPN" or self.analysis.word(one).isupper()
        ):
            return  # an acronym, a party, a country, a blessing: another name or where one belongs, not a statement
        words, subject = self.noun(one), self.noun(above)
        if not words or not subject or set(words) & set(subject):
            return
        yield Clause(Form.APPOSITION, one, (), subject, above, (Argument("complement", one, words),), implied="is")

    def _joined(self, index: int) -> bool:
        """Whether a dash stands between two words without a space ("Dempster–Laird")."""
        tokens = self.tokens
        return (
            0 < index < len(tokens) - 1
            and tokens[index - 1].end == tokens[index].start
            and (tokens[index].end == tokens[index + 1].start)
        )

    def _titled(self, name: int) -> Iterator[Clause]:
        """ "Prime Minister Juha Sipila": a title before a name."""
        token = self.tokens[name]
        if token.pos != "PROPN" or token.dep == rel.COMPOUND:
            return
        parts = [i for i in self.kids(name, rel.COMPOUND, rel.NMOD) if i < name]
        titles = [i for i in parts if self.tokens[i].lemma in _TITLES or self.tokens[i].pos == "NOUN"]
        if not titles:
            return
        last = titles[-1]
        own = list(range(last + 1, name + 1))
        first = self.analysis.edges[name][0]
        title = [
            i
            for i in range(first, last + 1)
            if self.tokens[i].dep not in (rel.DET, rel.POSS, rel.CASE) and not self.loose(i)
        ]
        if not all(self.analysis.word(i).replace("-", "").isalpha() for i in title):
            return
        if not own or not title or any(self.tokens[i].pos != "PROPN" for i in own):
            return
        yield Clause(
            Form.TITLE, last, (), tuple(own), name, (Argument("complement", last, tuple(title)),), implied="is"
        )

    def _named_act(self, noun: int) -> Iterator[Clause]:
        """ "the liberation of Mosul by the army": an act that a noun names, with who takes part in it."""
        row = nominal(self.tokens[noun].lemma)
        if row is None or self.tokens[noun].tag not in ("NN", "NNS"):
            return
        of = by = on = None
        for one in self.kids(noun, rel.PREP, rel.AGENT):
            inner = self.kid(one, rel.POBJ)
            if inner is None:
                continue
            word = self.lower(one)
            of = (one, inner) if word == "of" and of is None else of
            # "the shelling of the bridge by Velmark": the parser often hangs the doer on what it is done to.
            below = next((i for i in self.kids(inner, rel.PREP, rel.AGENT) if self.lower(i) == "by"), None)
            doer = self.kid(below, rel.POBJ) if below is not None else None
            if below is not None and doer is not None and by is None:
                by = (below, doer)
            by = (one, inner) if word == "by" and by is None else by
            on = (one, inner) if word in row.takes and word not in ("of", "by") and on is None else on
        above = self.tokens[noun].head
        if by is None and self.tokens[noun].dep == rel.OBJ and not self._passive(above):
            # "condemned the shelling by Velmark", where the parser hangs the doer on who condemns.
            for one in self.kids(above, rel.PREP, rel.AGENT):
                inner = self.kid(one, rel.POBJ)
                if one > noun and self.lower(one) == "by" and inner is not None:
                    by = (one, inner)
        owner = self.kid(noun, rel.POSS)
        actor = by[1] if by else None
        done = of if of is not None and "of" in row.takes else None
        object_ = done or on
        arguments: list[Argument] = []
        if actor is None and owner is not None:
            actor = owner
        if actor is None and of is not None and object_ is not of:
            actor = of[1]
        if object_ is not None:
            taken = self.under(by[0]) if by is not None else set()
            words = tuple(i for i in self.noun(object_[1]) if i not in taken)
            arguments.append(Argument("object", object_[1], words, (object_[0],)))
        if not arguments and actor is None:
            return
        subject = tuple(i for i in self.noun(actor) if self.tokens[i].dep != rel.CASE) if actor is not None else ()
        yield Clause(Form.NOUN, noun, (noun,), subject, actor, tuple(arguments))


_TITLES = words_of("titles of claims")


def clauses(analysis: Analysis) -> tuple[Clause, ...]:
    """All clauses of the document, in the order of the words for their acts."""
    found = map(_said, _Reader(analysis).clauses())
    return tuple(sorted(found, key=lambda c: (c.head, c.form, c.predicate)))


def _said(clause: Clause) -> Clause:
    """The clause without arguments of which nothing is left but marks, as a parser makes them of stray ones."""
    if all(one.words for one in clause.arguments):
        return clause
    return replace(clause, arguments=tuple(one for one in clause.arguments if one.words))
