"""Mentions of a document with what their words tell of them: a name, a type, whether they are a label."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from purport.analyse import is_word
from purport.lexicons.classes import words_of
from purport.lexicons.given import given
from purport.lexicons.places import places
from purport.lexicons.titles import titles
from purport.model.analysis import Analysis
from purport.model.document import BlockKind, Span
from purport.model.record import Naming
from purport.model.vocabulary import EntityType
from purport.resolve.document.candidates import Candidate
from purport.resolve.document.coreference import Named
from purport.resolve.document.described_names import described_name
from purport.resolve.document.features import kind_of
from purport.resolve.document.names import Name, acronym, bare, initials, read_name
from purport.resolve.document.nouns import BODIES, HEADS, KINDS
from purport.resolve.document.told_types import BY_NOUN, DOUBT, add_told
from purport.syntax import relations as rel
from purport.syntax.definitions import surnames

SURE = 0.98
"""Confidence of what a name tells by itself."""
_LEARNED: dict[str, EntityType] = {
    "person": "person", "place": "place", "organization": "organisation", "object": "other", "event": "other",
    "time": "other", "substance": "other", "animal": "other", "plant": "other", "abstract": "other",
}  # fmt: skip


@dataclass(slots=True)
class Node:
    """A mention while entities are made of them."""

    number: int
    span: Span
    words: str
    naming: Naming
    name: Name | None
    weights: Weights
    head: int
    type: EntityType = "other"
    reason: str = ""
    confidence: float = 1.0
    label: bool = False
    piece: bool = False
    sure: bool = False
    nobody: bool = False
    doubt: float = 0.0
    person: bool = False


def weigh(analysis: Analysis, nodes: Sequence[Node], firsts: Sequence[int]) -> None:
    """Give the names of mentions, of which `firsts` are the first tokens, the weights of their types as they are told
    by their words and by what stands around them."""
    namer, states = analysis.namer, analysis.states
    if namer is None or states is None:
        return
    own = [(node, name, first) for node, first in zip(nodes, firsts, strict=True) if (name := node.name) is not None]
    own = [(node, name, first) for node, name, first in own if name.row is None]
    if not own:
        return
    described = [list(described_name(analysis, first, node.head, name)) for node, name, first in own]
    told = namer.chances(described, states[np.array([node.head for node, _, _ in own])].astype(np.float32))
    for (node, name, first), shares in zip(own, told, strict=True):
        node.doubt = node.weights.get("person", 0.0)
        found: dict[EntityType, float] = dict.fromkeys(_TOLD.values(), 0.0)
        for type_, share in zip(namer.types, shares.tolist(), strict=True):
            found[_TOLD[type_]] += share
        if name.titles:
            found["person"] += 1
        elif node.naming is Naming.NAME:
            add_told(analysis, node.span, name, first, node.head, node.doubt, found)
        node.weights = found


_TOLD: dict[str, EntityType] = {
    "person": "person", "place": "place", "organisation": "organisation", "people": "people", "other": "other",
    "state": "state",
}  # fmt: skip


def settle(analysis: Analysis, nodes: Sequence[Node]) -> dict[str, Node]:
    """Give each mention its type, all of one name the same; of what stands for a longer one that of the whole name.
    Which short names stand for which name comes out, letters without full stops."""
    _complete(nodes)
    whole = {**_spelled_out(analysis.document.text, nodes), **_explained(analysis, nodes)}
    alike: dict[str, list[Node]] = {}
    full = [node.name.core for node in nodes if node.name is not None and len(node.name.core) > 1]
    borne = {word.lower() for core in full if core[0].lower() in given() for word in (core[0], core[-1])}
    ends = {core[-1].lower() for core in full}
    for node in nodes:
        if node.piece:
            continue
        key = node.name.words.lower() if node.name is not None and node.name.core else f"#{node.number}"
        if key in borne and _located(analysis, node):
            key += " @"  # "in Florence", of Florence Kest or Mara Florence
        alike.setdefault(key, []).append(node)
    for short, node in whole.items():
        if short in analysis.lexicon.defined.letters:
            node.weights = {
                **node.weights,
                "organisation": node.weights["organisation"] + 0.7,
            }  # letters stand for bodies
    for key, own in alike.items():
        _doubt_persons(own, key, borne | ends)
        type_ = type_of(node.weights for node in own)
        told = sum(node.weights.get(type_, 0.0) for node in own)
        sure = told >= _SURELY * sum(sum(node.weights.values()) for node in own)
        sure = sure and all(node.doubt < DOUBT for node in own)
        if any(node.person for node in own):
            type_, sure = "person", True
        every = sum(sum(node.weights.values()) for node in own)
        nobody = sum(node.weights.get("person", 0.0) for node in own) < _NOBODY * every
        nobody = nobody and type_ != "person" and all(node.doubt < DOUBT for node in own)
        for node in own:
            node.type, node.sure, node.nobody = type_, sure, nobody
    for node in nodes:
        long = stands_for(node, whole)
        if long is not None and long is not node and long.type != "other":
            node.type = long.type
    return whole


def _complete(nodes: Sequence[Node]) -> None:
    """Give a given name that no list has the surname with which the text has it: "Jorv" after "Jorv Denk"."""
    whole: dict[str, set[tuple[str, ...]]] = {}
    for node in nodes:
        core = node.name.core if node.name is not None and node.name.row is None and not node.piece else ()
        rare = len(core) == _TWO and core[0].lower() not in given() and core[0] not in places()
        if rare and core[1].lower() not in BODIES and not is_word(core[0].lower()):
            person = node.weights.get("person", 0.0) >= _CLEARLY * sum(node.weights.values())
            whole.setdefault(core[0], set()).add(core if person else ())
    for node in nodes if whole else ():
        name = node.name
        if name is not None and len(name.core) == 1 and name.row is None and not name.titles:
            fitting = whole.get(name.core[0], set())
            if len(fitting) == 1 and (core := next(iter(fitting))):
                node.name, node.person = replace(name, core=core), True


_CLEARLY = 0.8
"""Share of the weight of a name of two words from which on its first is a given name."""


def _doubt_persons(own: Sequence[Node], key: str, borne: Collection[str]) -> None:
    """Take a part of what speaks for a person from a single word that no title and no whole name in the text says to be
    one: who is a person is brought in by more than a surname, and what acts so is as often a land or a body."""
    for node in own:
        if node.name is None or node.name.row is not None or len(node.name.core) != 1 or node.naming is not Naming.NAME:
            return
        if node.name.titles or node.person or key in given() or key.split()[0] in borne or key.startswith("@"):
            return
    for node in own:
        before = sum(node.weights.values())
        weights = {**node.weights, "person": node.weights.get("person", 0.0) * _ALONE}
        left = sum(weights.values())
        node.weights = {type_: share * before / left for type_, share in weights.items()} if left else weights


_ALONE = 0.45
"""Share that is left of what speaks for a person where nothing but a surname would be told of one."""


def _located(analysis: Analysis, node: Node) -> bool:
    """Whether a name that a town has stands where one is: "in Florence"."""
    head = analysis.tokens[node.head]
    here = head.dep == rel.POBJ and analysis.tokens[head.head].lemma in ("in", "near", "at", "outside", "from", "to")
    name = node.name
    if not here or name is None or name.titles or name.words not in places():
        return False
    node.weights = {**node.weights, "place": node.weights.get("place", 0.0) + 2}
    return True


def stands_for(node: Node, whole: Mapping[str, Node]) -> Node | None:
    """The mention of the whole name for which that of a node stands."""
    if node.name is None or node.name.row is not None:
        return None
    return whole.get(node.name.words) or whole.get(acronym(node.name))


def _explained(analysis: Analysis, nodes: Sequence[Node]) -> dict[str, Node]:
    """The first mention of the name for which a short one stands, as the text explains it."""
    defined = analysis.lexicon.defined
    longs = {bare(long.split()): short for table in (defined.letters, defined.short) for short, long in table.items()}
    found: dict[str, Node] = {}
    for node in nodes if longs else ():
        if node.name is not None and (short := longs.get(bare(node.words.split()))) is not None:
            found.setdefault(short.replace(".", ""), node)
            found.setdefault(short, node)
    return found


def _spelled_out(text: str, nodes: Sequence[Node]) -> dict[str, Node]:
    """The first mention of the name that letters stand for: of the name before them where they stand in parentheses,
    else of the only one with these initials, which two letters take from a body alone and more from no person."""
    beginning: dict[str, dict[str, Node]] = {}
    for node in nodes:
        if node.name is not None and node.name.row is None and (letters := initials(node.name)):
            beginning.setdefault(letters, {}).setdefault(node.name.words.lower(), node)
    found: dict[str, Node] = {}
    for letters, names in beginning.items():
        [node, *others] = names.values()
        type_ = type_of([node.weights])
        if not others and (type_ == "organisation" or (len(letters) > _TWO and type_ != "person")):
            found[letters] = node
    by_end = {node.span.end: node for names in beginning.values() for node in names.values()}
    for node in nodes:
        letters = acronym(node.name) if node.name is not None else ""
        near = max(0, node.span.start - _NEAR)
        before = text[near : node.span.start].rstrip() if letters else ""
        if before.endswith("("):
            named = by_end.get(near + len(before[:-1].rstrip()))
            if named is not None and named.name is not None and initials(named.name) == letters:
                found[letters] = named
    return found


_NEAR = 8
"""Characters before letters in which the parenthesis stands."""
_TWO = 2
"""Letters that many a name begins with by chance."""


def beside(analysis: Analysis, one: int, other: int) -> bool:
    """Whether two words name the same side by side ("her rival Hollan Reth")."""
    first, second = analysis.tokens[one], analysis.tokens[other]
    return (second.dep == rel.APPOS and second.head == one) or (first.dep == rel.APPOS and first.head == other)


def node_of(analysis: Analysis, number: int, one: Named) -> Node:
    """A mention with what its words tell."""
    candidate = one.candidate
    span = analysis.span(candidate.first, candidate.last)
    kind = kind_of(analysis, candidate)
    naming = {"pronoun": Naming.PRONOUN, "name": Naming.NAME}.get(kind, Naming.DESCRIPTION)
    if candidate.group:
        naming = Naming.DESCRIPTION
    name = None
    text = analysis.document.text
    words = _apart(span.of(text).split())
    if kind == "name" and not candidate.group:
        # "Hollan Reth, the commander": the name ends with its head.
        own = words
        if not candidate.told:
            own = _apart(analysis.span(candidate.first, _of_names(analysis, candidate)).of(text).split())
        if candidate.told and words[0].endswith(","):
            own = [*words[1:], words[0].rstrip(",")]  # "Reth, Hollan"
        if words[0].lower() in _PAIRED and len(words) > 1 and words[1][:1].isupper():
            own = words = words[1:]  # "Both Mara Denk and ..."
        name = read_name(own, analysis.lexicon)
        head = analysis.word(candidate.head)
        if name.row is None and head.islower() and f"{head} of " in " ".join(words):
            name, naming = None, Naming.DESCRIPTION  # "the university of Orrin"
        elif _of_some(words, name):
            # "Some Republicans" are not the party, "the other Denk" is not who is called Denk.
            name, naming = None, Naming.DESCRIPTION
        elif _no_office(name) and _learned(analysis, one, "organization") > _learned(analysis, one, "person"):
            name = replace(name, core=tuple(own), titles=(), gender="")  # "General Electric" is no general
        if name is not None and name.row is None and len(words) <= 6:
            whole = read_name(words, analysis.lexicon)
            name = whole if whole.row is not None or whole.tone else name
    elif kind == "noun" and len(words) <= 5:
        whole = read_name(words, analysis.lexicon)
        # Nothing before it may be left out: "the prime minister of Velmark" is not Velmark.
        if (whole.row is not None or (whole.tone and whole.neutral)) and whole.core == bare(words):
            name, naming = whole, Naming.NAME
        elif len(words) == 1 and whole.words in surnames(analysis.document.text):
            name, naming = whole, Naming.NAME  # "Sanders said", which the parser takes for a noun
        elif _borne(analysis, candidate, words) or _capital_body(analysis, candidate, words):
            name, naming = whole, Naming.NAME  # which the parser has not seen to be one
    weights = _weights(analysis, one, name)
    label = _label(analysis, candidate)
    return Node(number, span, span.of(text), naming, name, weights, candidate.head, label=label)


def _apart(words: list[str]) -> list[str]:
    """Words of a name without the town that a report opens with: "ORRIN—Mayor Mara Denk"."""
    town, _, rest = words[0].rpartition("—") if words else ("", "", "")
    return [rest, *words[1:]] if rest and town.isupper() and len(words) > 1 else words


def _of_some(words: Sequence[str], name: Name) -> bool:
    """Whether words tell some of a kind, and are no name: "some Republicans", "at least one Democrat"."""
    low = [word.lower() for word in words[:2]]
    if low[0] in _SOME or low == ["the", "other"]:
        return True
    if low[0] in words_of("determiners of some"):
        return words[0].islower() or (len(words) > 1 and words[1].islower())
    return low[0] in ("a", "an", "one") and name.row is None and len(name.core) == 1 and not name.titles


def _capital_body(analysis: Analysis, one: Candidate, words: Sequence[str]) -> bool:
    """Whether words are the name of a body by their letters: "the Orrin Workers' League"."""
    own = bare(words)
    capital = all(word[:1].isupper() or word in ("of", "for", "and", "the") for word in own)
    return len(own) > 1 and capital and own[-1].lower() in BODIES and not analysis.word(one.head).isupper()


def _borne(analysis: Analysis, one: Candidate, words: Sequence[str]) -> bool:
    """Whether words are a person's name by their letters: a given name and others, all with a capital; no heading."""
    heading = analysis.document.blocks[analysis.block_of(one.head)].kind is BlockKind.HEADING
    own = bare(words)
    if heading or len(own) < _TWO or not all(word[:1].isupper() for word in words):
        return False
    first = own[0].lower()
    return first in given() or (
        first in words_of("surnames that come first") and _HYPHENED.fullmatch(own[1]) is not None
    )


_HYPHENED = re.compile("[A-Z][a-z]+-[A-Za-z][a-z]+")
"""A given name of two syllables, as those have it whose surname comes first ("Ban Ki-moon")."""


def _no_office(name: Name) -> bool:
    """Whether what stands before a name as a title may be a part of it: "Minister Denk" is never a body."""
    kinds = [titles()[title].kind for title in name.titles if title in titles()]
    return bool(name.titles) and not {"office", "honorific"} & set(kinds)


def _of_names(analysis: Analysis, one: Candidate) -> int:
    """The last word of a name: its head, or what "of" and names behind it add ("Leader of the Blue Revolution")."""
    end = one.head
    words = analysis.span(one.first, end).of(analysis.document.text).split()
    if len(read_name(words, analysis.lexicon).core) > 1 and analysis.lower(end) not in BODIES:
        return end  # "Mara Denk of Velmark" is Mara Denk
    of = end + 1
    if of + 1 > one.last or analysis.word(of).lower() not in ("of", "for"):
        return end
    while of < one.last:
        of += 1
        word = analysis.word(of)
        if not (word[:1].isupper() or word.lower() in ("the", "of", "and", "for", "-")):
            break
        if word[:1].isupper():
            end = of
    return end


_PAIRED = frozenset({"both", "neither", "either"})
_SOME = frozenset("some many most several few both two three four five other another any no every each".split())


def _learned(analysis: Analysis, one: Named, type_: str) -> float:
    assert analysis.ranker is not None
    return one.types[analysis.ranker.types.index(type_)]


def _weights(analysis: Analysis, one: Named, name: Name | None) -> Weights:
    """How much speaks for each of the types that are told apart: what whoever ranks mentions takes it for; of a
    description also what its noun says. What is told of names is weighed later (`weigh`)."""
    ranker = analysis.ranker
    assert ranker is not None
    found = dict.fromkeys((*_LEARNED.values(), "other"), 0.0)
    for type_, share in zip(ranker.types, one.types, strict=True):
        found[_LEARNED.get(type_, "other")] += share
    if name is None:
        told = HEADS.get(analysis.tokens[one.candidate.head].lemma, ())
        for type_ in BY_NOUN:
            if KINDS.get(type_, type_) in told:
                found[type_] += 2
    return found


def type_of(weights: Iterable[Weights]) -> EntityType:
    """The type for which most speaks; "other" where little does."""
    total: dict[EntityType, float] = {}
    count = 0
    for one in weights:
        count += 1
        for type_, share in one.items():
            total[type_] = total.get(type_, 0.0) + share
    land = total.get("state", 0.0) + total.get("place", 0.0)
    best = max(total, key=lambda type_: (total[type_], type_))
    if land > total[best]:  # which of the two a land is, is told less surely than that it is one
        best = max(("place", "state"), key=lambda type_: (total.get(type_, 0.0), type_))
        return best if land >= _ENOUGH * count else "other"
    return best if total[best] >= _ENOUGH * count else "other"


Weights = Mapping[EntityType, float]
_SURELY = 0.8
"""Share of the weight from which on a type is sure: who is "he" is no such body."""
_NOBODY = 0.15
"""Share of the weight below which a person's is so small that who is "he" is not meant."""
_ENOUGH = 0.4
"""Share of the weight that the best type must have."""


def _label(analysis: Analysis, one: Candidate) -> bool:
    """Whether it is a letter with a colon, which says whose turn it is ("Q:", "A:")."""
    after = one.last + 1
    letter = one.first == one.last and len(analysis.word(one.first)) == 1 and analysis.word(one.first).isupper()
    return letter and after < len(analysis.tokens) and analysis.word(after) == ":"
