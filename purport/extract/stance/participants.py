"""Who is meant by words of a sentence: the actors that a phrase names, alone or by what is theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.model.document import Span
from purport.model.record import Entity, Mention, Naming
from purport.syntax import relations as rel

ACTING = frozenset({"person", "state", "government", "organisation", "armed group", "outlet", "people", "movement"})
"""Types of entities that can stand to each other."""
_NAMED = frozenset({"place", "other"})
"""Types of which only what has a proper name can: a town, and what nothing is known of."""
_TIMES = words_of("words of time")

THEIRS = words_of("what stands for whose it is")
"""What, done to it or by it, is done to or by whose it is: "thwarted Velmark's plans", "Ardania's guns fired"."""
_AIMED = words_of("acts aimed at somebody")
_AGAINST = frozenset("against on to toward towards".split())


_WITHIN = frozenset({rel.AMOD, rel.APPOS, rel.COMPOUND, rel.NMOD, rel.POBJ, rel.POSS, rel.PREP})


class Meant(NamedTuple):
    """An entity that a phrase means, where it is named, and whether what is done to the phrase is done to it (1) or
    for it (-1: "ended the threat to Ardania")."""

    entity: str
    span: Span
    factor: int = 1


class Figures:
    """The mentions of a document by the words that head them."""

    def __init__(self, analysis: Analysis, mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> None:
        self.analysis = analysis
        self.entities = entities
        self.by_head: dict[int, list[Mention]] = defaultdict(list)
        self._proper: set[str] = set()
        for one in mentions:
            head = self._head(one.span)
            if one.entity in entities and head is not None:
                self.by_head[head].append(one)
                named = one.naming is Naming.NAME and analysis.tokens[head].pos == "PROPN"
                entity = entities[one.entity]
                if named and entity.type in _NAMED and entity.name.lower() not in _TIMES:
                    self._proper.add(one.entity)

    def acting(self, mention: Mention) -> bool:
        """Whether it names an actor by a name or stands for one that has a name."""
        entity = self.entities[mention.entity]
        return bool(entity.name) and (entity.type in ACTING or mention.entity in self._proper)

    def at(self, token: int) -> Mention | None:
        """The mention that a word heads: the one that names an actor, else the longest; None where there is none."""
        found = self.by_head.get(token, [])
        return max(found, key=lambda one: (self.acting(one), one.span.end - one.span.start), default=None)

    def meant(self, head: int, *, whole: bool = True) -> Iterator[Meant]:
        """Who is meant by the phrase that a word heads, and by those coordinated with it."""
        yield from self._one(head)
        if whole:
            for child in self.analysis.children[head]:
                if self.analysis.tokens[child].dep == rel.CONJ:
                    yield from self.meant(child)

    def heads(self, spans: Sequence[Span]) -> list[int]:
        """The words that head what stands at the spans."""
        tokens = self.analysis.tokens
        inside = {i for span in spans for i in self.analysis.tokens_in(span)}
        return [
            i
            for i in sorted(inside)
            if (tokens[i].head not in inside or tokens[i].head == i) and tokens[i].pos not in ("PUNCT", "ADP", "CCONJ")
        ]

    def _one(self, head: int) -> Iterator[Meant]:
        own = self.at(head)
        if own is not None and self.acting(own):
            yield Meant(own.entity, own.span)
            return
        tokens, children = self.analysis.tokens, self.analysis.children
        lemma = tokens[head].lemma
        found = False
        if lemma in _AIMED:
            for one in children[head]:
                if tokens[one].dep == rel.PREP and tokens[one].lemma in _AGAINST:
                    for goal in children[one]:
                        if tokens[goal].dep in (rel.POBJ, rel.PCOMP):
                            for meant in self.meant(goal):
                                found = True
                                yield meant._replace(factor=-meant.factor)
        if found:
            return
        if lemma in THEIRS:
            for one in children[head]:
                if tokens[one].dep in (rel.POSS, rel.COMPOUND, rel.NMOD, rel.AMOD):
                    owner = self.at(one)
                    if owner is not None and self.acting(owner):
                        found = True
                        yield Meant(owner.entity, owner.span)
                        for other in children[one]:
                            if tokens[other].dep == rel.CONJ:
                                yield from (m for m in self.meant(other) if m.entity != owner.entity)
                elif tokens[one].dep == rel.PREP and tokens[one].lemma == "of":
                    for owner_word in children[one]:
                        for meant in self.meant(owner_word):
                            found = True
                            yield meant
        if not found:
            # "One of the Guard's ships", "members of the Guard".
            partitive = tokens[head].pos == "NUM" or lemma in words_of("parts of a group")
            for one in children[head] if partitive else ():
                if tokens[one].dep == rel.PREP and tokens[one].lemma == "of":
                    for owner_word in children[one]:
                        for meant in self.meant(owner_word):
                            found = True
                            yield meant
        if not found and own is not None and self.entities[own.entity].type == "role":
            yield Meant(own.entity, own.span)

    def subordinate(self, mention: Mention) -> bool:
        """Whether it only says more of another actor: Velmark in "Denk, the envoy of Velmark"."""
        tokens = self.analysis.tokens
        word = self._head(mention.span)
        while word is not None and tokens[word].dep in _WITHIN and tokens[word].head != word:
            word = tokens[word].head
            above = self.at(word)
            if above is not None and above.entity != mention.entity and self.acting(above):
                return True
        return False

    def described(self, word: int) -> list[Meant]:
        """Of whom a word says something: of whom a noun that it qualifies or that it is means, of the subject of what
        it is said of, of who does what it qualifies."""
        tokens = self.analysis.tokens
        token = tokens[word]
        if token.pos in ("ADV", "VERB"):
            verb = token.head if token.pos == "ADV" else word
            if tokens[verb].dep in (rel.AMOD, rel.ACL) and token.pos == "VERB":
                return self._said_of(tokens[verb].head)
            return [meant for one in self._doers(verb) for meant in self.meant(one)]
        if token.pos == "ADJ":
            if token.dep in (rel.ACOMP, rel.OPRD) or (token.dep == rel.CONJ and tokens[token.head].dep == rel.ACOMP):
                above = tokens[token.head].head if token.dep == rel.CONJ else token.head
                return [meant for one in self._doers(above) for meant in self.meant(one)]
            return self._said_of(token.head) if token.dep in (rel.AMOD, rel.CONJ, rel.COMPOUND) else []
        return self._said_of(word)

    def _said_of(self, noun: int) -> list[Meant]:
        """Whom a noun phrase means, or is said of: its own actor, that of which it is a part or an apposition, whose it
        is, the subject of which it is said ("is a liar"), who did it ("plots hatched by Velmark")."""
        tokens, children = self.analysis.tokens, self.analysis.children
        own = self.at(noun)
        if own is not None and self.acting(own):
            return [Meant(own.entity, own.span)]
        if tokens[noun].dep in (rel.COMPOUND, rel.APPOS, rel.NMOD, rel.AMOD, rel.POSS) and tokens[noun].head != noun:
            above = self.at(tokens[noun].head)
            if above is not None and self.acting(above) and tokens[noun].dep != rel.POSS:
                return [Meant(above.entity, above.span)]
        if tokens[noun].dep == rel.ATTR:
            found = [meant for one in self._doers(tokens[noun].head) for meant in self.meant(one)]
            if found:
                return found
        found = []
        for one in children[noun]:
            dep = tokens[one].dep
            if dep in (rel.POSS, rel.COMPOUND, rel.NMOD):
                found += [meant for meant in self.meant(one) if meant.entity not in {m.entity for m in found}]
            elif dep == rel.APPOS:
                found += list(self.meant(one))
            elif dep == rel.PREP and tokens[one].lemma in ("of", "by"):
                found += [meant for goal in children[one] for meant in self.meant(goal)]
            elif dep in (rel.ACL, rel.RELCL):
                for by in children[one]:
                    if tokens[by].dep == rel.AGENT:
                        found += [meant for goal in children[by] for meant in self.meant(goal)]
        return found

    def _doers(self, verb: int) -> list[int]:
        """The subjects of a verb, or the agents of a passive; those of the verb that it is coordinated with."""
        tokens, children = self.analysis.tokens, self.analysis.children
        for _ in range(4):
            own = [i for i in children[verb] if tokens[i].dep in (rel.NSUBJ, rel.NSUBJ_PASS)]
            agents = [i for by in children[verb] if tokens[by].dep == rel.AGENT for i in children[by]]
            if own or agents:
                passive = any(tokens[i].dep == rel.NSUBJ_PASS for i in own)
                return agents if passive else own
            if tokens[verb].dep not in (rel.CONJ, rel.XCOMP, rel.ADVCL) or tokens[verb].head == verb:
                return []
            verb = tokens[verb].head
        return []

    def _head(self, span: Span) -> int | None:
        inside = self.analysis.tokens_in(span)
        tokens = self.analysis.tokens
        for i in inside:
            if (tokens[i].head not in inside or tokens[i].head == i) and tokens[i].pos not in ("PUNCT", "DET", "ADP"):
                return i
        return inside[0] if inside else None
