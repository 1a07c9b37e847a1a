"""Who "he" is that says something: whom the sentence before is about, as a report goes on.

A report keeps to the one that its last sentence has as its subject, so that "he said" behind a quotation is whoever was
brought in right before it, and not whom the text as a whole is about (Grosz, Joshi and Weinstein 1995, "Centering").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from purport.lexicons.classes import words_of
from purport.lexicons.titles import titles
from purport.model.analysis import Analysis
from purport.model.document import Span
from purport.model.record import Attribution, Kind, Naming
from purport.resolve.document.candidates import person_of
from purport.resolve.document.nodes import Node
from purport.resolve.document.nouns import BEFORE, HEADS, KINDS
from purport.syntax import relations as rel

_LONG = 6
"""Words up to which a description says no more than who is meant."""
_KNOWN = 0.8
"""Confidence that a pronoun must have for which a description may stand too."""
_SINGULAR = frozenset({"NN", "NNP"})
_BACK = 4
"""Sentences back in which whom a report is about is sought."""
_SUBJECTS = frozenset({rel.NSUBJ, rel.NSUBJ_PASS})
_LEVEL = frozenset({rel.ROOT, rel.CCOMP, rel.CONJ, rel.PARATAXIS})
"""Relations of clauses that go on with a report; what hangs on them otherwise is beside it."""


def _opened(text: str, span: Span) -> bool:
    """Whether words begin with a quotation mark, or stand right behind one."""
    return text[span.start] in _OPENING or text[max(0, span.start - 1)] in _OPENING


def _is_person(lemma: str) -> bool:
    """Whether a noun says what somebody is."""
    known = lemma in titles() or "person" in HEADS.get(lemma, ()) or lemma in words_of("persons by what they are")
    return known or lemma.endswith(tuple(sorted(words_of("endings of persons"))))


_OPENING = frozenset("\"“‘„«'`")


class Running:
    """Whom each sentence of a report is about. `holders` are the mentions that name the sources of attributions, by the
    ids of those."""

    def __init__(
        self,
        analysis: Analysis,
        nodes: Sequence[Node],
        attributions: Sequence[Attribution],
        holders: Mapping[str, int],
    ) -> None:
        self._analysis = analysis
        self._at_head: dict[int, Node] = {}
        for node in nodes:
            before = self._at_head.get(node.head)
            if before is None or (node.name is not None and before.name is None):
                self._at_head[node.head] = node
        self._said: dict[int, tuple[Span, ...]] = {}
        self._quoted: set[int] = set()
        self._sources: dict[int, list[int]] = {}
        for one in attributions:
            for span in one.content:
                if one.kind is Kind.DIRECT or _opened(analysis.document.text, span):
                    self._quoted.update(analysis.tokens_in(span))
            number = holders.get(one.id)
            if number is not None and one.kind is not Kind.BLOCK:
                self._said[number] = (*self._said.get(number, ()), *one.content)
                sentence = analysis.tokens[nodes[number].head].sentence
                self._sources.setdefault(sentence, []).append(nodes[number].head)

    def meant(self, node: Node) -> int | None:
        """The number of the mention of whom "he" or "she" as a source goes on from; None where that is not told."""
        tokens = self._analysis.tokens
        at = tokens[node.head]
        if node.number not in self._said or at.dep not in _SUBJECTS or at.i in self._quoted:
            return None
        found = self._main_behind(node) or self._above(node) or self._beside(node)
        if found is not None:
            return self._fitting(found, node).number
        if self._begun_otherwise(node):
            return None
        for number in range(at.sentence - 1, max(-1, at.sentence - 1 - _BACK), -1):
            about = self._about(number)
            if about is not None:
                return self._fitting(about, node).number if about is not _NOBODY else None
        return None

    def _fitting(self, about: Node, node: Node) -> Node:
        """Whom a sentence is about, or the one other person in it whose name tells that it is he, or she."""
        wanted = "f" if person_of(node.words) == "she" else "m"
        if about.name is None or about.name.gender == wanted:
            return about
        sentence = self._analysis.sentences[self._analysis.tokens[about.head].sentence]
        others = (self._person(i) for i in range(sentence.first, min(sentence.last, node.head)) if i != about.head)
        named = [one for one in others if one is not None and one.name is not None and one.name.gender == wanted]
        return named[0] if len(named) == 1 else about

    def described(self, node: Node) -> int | None:
        """The number of the mention of whom "the senator" or "the company" as a source goes on from, the subject of the
        sentence before; None where that is not told, or where the words are those for somebody without a name."""
        tokens = self._analysis.tokens
        at = tokens[node.head]
        words = node.words.split()
        if node.number not in self._said or at.dep not in _SUBJECTS or at.i in self._quoted or at.tag not in _SINGULAR:
            return None
        lemma = at.lemma.lower()
        if words[0].lower() != "the" or len(words) > _LONG or lemma in words_of("roles without a name"):
            return None
        below = {tokens[i].dep for i in self._analysis.children[at.i]}
        if tokens[at.head].dep not in _LEVEL or not below.isdisjoint({rel.RELCL, rel.ACL}):
            return None
        bodily = "body" in HEADS.get(lemma, ()) or lemma in BEFORE
        if not bodily and not (node.type == "person" and _is_person(lemma)):
            return None
        for number in range(at.sentence - 1, max(-1, at.sentence - 1 - _BACK), -1):
            about = self._about(number, bodily=bodily)
            if about is not None:
                surely = about.reason != "" and about.confidence >= _KNOWN
                return about.number if about is not _NOBODY and (about.name is not None or surely) else None
        return None

    def _main_behind(self, node: Node) -> Node | None:
        """The subject of the main clause behind one that opens the sentence: "When he spoke, Denk said ..."."""
        tokens = self._analysis.tokens
        clause = tokens[tokens[node.head].head]
        if clause.dep != rel.ADVCL or clause.head < clause.i:
            return None
        behind = (i for i in self._analysis.children[clause.head] if i > clause.i and tokens[i].dep in _SUBJECTS)
        found = next((one for i in behind if (one := self._person(i)) is not None), None)
        return found if found is not None and found.name is not None else None

    def _above(self, node: Node) -> Node | None:
        """The subject of the nearest clause that holds that of "he": "Denk left a note in which he explained it"."""
        tokens = self._analysis.tokens
        top = tokens[tokens[node.head].head]
        while top.head != top.i:
            top = tokens[top.head]
            for i in self._analysis.children[top.i]:
                if tokens[i].dep in _SUBJECTS and i < node.head and (found := self._outside(i, node)) is not None:
                    return found
        return None

    def _beside(self, node: Node) -> Node | None:
        """The subject of a clause before, in the same sentence: "Denk saw it otherwise: it was, he said, a lie"."""
        tokens = self._analysis.tokens
        at = tokens[node.head]
        found: Node | None = None
        for i in range(self._analysis.sentences[at.sentence].first, at.i):
            if tokens[i].dep in _SUBJECTS and tokens[tokens[i].head].dep in _LEVEL and tokens[i].head != at.head:
                found = self._outside(i, node) or found
        return found

    def _begun_otherwise(self, node: Node) -> bool:
        """Whether the sentence has another subject before "he" which is none of what "he" says."""
        tokens = self._analysis.tokens
        begin = self._analysis.sentences[tokens[node.head].sentence].first
        own = [i for i in range(begin, node.head) if tokens[i].dep in _SUBJECTS and tokens[i].pos != "PRON"]
        own = [i for i in own if i not in self._quoted]
        own = [i for i in own if tokens[tokens[i].head].dep == rel.ROOT or self._person(i) is not None]
        return any(not any(span.start <= tokens[i].start < span.end for span in self._said[node.number]) for i in own)

    def _outside(self, at: int, node: Node) -> Node | None:
        """The person whom a word names, where it is no part of what "he" says."""
        start = self._analysis.tokens[at].start
        said = any(span.start <= start < span.end for span in self._said[node.number])
        return None if said or at in self._quoted else self._person(at)

    def _about(self, number: int, *, bodily: bool = False) -> Node | None:
        """Whom a sentence is about; `_NOBODY` where it is about something else; None where it only goes on with a
        quotation."""
        tokens, sentence = self._analysis.tokens, self._analysis.sentences[number]
        root = next((i for i in range(sentence.first, sentence.last) if tokens[i].head == i), sentence.first)
        subject = next((i for i in self._analysis.children[root] if tokens[i].dep in _SUBJECTS), -1)
        if subject >= 0 and subject not in self._quoted:
            person = self._person(subject, bodily=bodily)
            if person is not None:
                return person
        for head in self._sources.get(number, ()):
            if head not in self._quoted and (person := self._person(head, bodily=bodily)) is not None:
                return person
        return None if root in self._quoted else _NOBODY

    def _person(self, at: int, *, bodily: bool = False) -> Node | None:
        """The mention of one person, or body, that a word heads."""
        token, node = self._analysis.tokens[at], self._at_head.get(at)
        if node is None or token.tag in ("NNS", "NNPS"):
            return None
        if any(self._analysis.tokens[i].dep == rel.CONJ for i in self._analysis.children[at]):
            return None
        if bodily:
            known = node.type if node.name is None or node.name.row is None else node.name.row.type
            return node if node.name is not None and KINDS.get(known) == "body" else None
        if node.naming is Naming.PRONOUN:
            return node if person_of(node.words) in ("he", "she") else None
        return node if node.type == "person" else None


_NOBODY = Node(-1, Span(0, 1), "", Naming.DESCRIPTION, None, {}, -1)
