"""Mentions that their names make one: an entry of the lexicon, a name, a part of it that one alone bears, letters."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeVar

from purport.lexicons.classes import words_of
from purport.lexicons.given import given
from purport.lexicons.places import places
from purport.lexicons.titles import titles
from purport.model.analysis import Analysis
from purport.model.document import BlockKind
from purport.model.record import Naming
from purport.resolve.document.clusters import Sets, join
from purport.resolve.document.names import acronym, bare, head_of, lowered, read_name, same_person, surnamed
from purport.resolve.document.nodes import SURE, Node, beside, stands_for
from purport.resolve.document.nouns import BODIES, HEADS, KINDS
from purport.syntax import relations as rel

_Key = TypeVar("_Key", bound=Hashable)
_NEAR = 20
"""Mentions after one in which the name beside it is sought."""


def join_names(analysis: Analysis, nodes: Sequence[Node], sets: Sets, whole: Mapping[str, Node]) -> None:
    """Join what names tell for sure: the same entry, the same name, a part of it that no other person bears, an
    acronym; `whole` has the mentions of the names that letters stand for."""
    own = [node for node in nodes if not node.piece]
    by_row: dict[str, int] = {}
    by_name: dict[tuple[str, ...], int] = {}
    for node in own:
        name = node.name
        if name is None:
            continue
        if name.row is not None:
            _first(node, by_row, name.row.name, "alias in the lexicon", nodes, sets)
        elif name.core:
            _first(node, by_name, lowered(name.core), "exact name", nodes, sets)
    _join_beside(analysis, nodes, sets)
    _join_office(analysis, own, sets)
    _join_persons(analysis, [n for n in own if n.type == "person" and n.name is not None and n.name.row is None], sets)
    for node in own:
        if (long := stands_for(node, whole)) is not None and long is not node:
            sets.of(node.number).kinds.clear()  # letters are whoever they stand for
            sets.of(node.number).persons.clear()
            join(node, long, "acronym" if node.name and acronym(node.name) else "short name", SURE - 0.05, sets)
    _join_others(analysis, own, sets)
    _join_bodies(analysis, own, sets)


def _join_beside(analysis: Analysis, nodes: Sequence[Node], sets: Sets) -> None:
    """Join a name with the description that it stands beside without a comma ("her rival Hollan Reth")."""
    for node in nodes:
        if node.naming is Naming.DESCRIPTION and analysis.tokens[node.head].tag == "NNS":
            continue  # "contenders Hollan Reth and Mara Denk"
        for after in nodes[node.number + 1 : node.number + _NEAR] if not node.piece else ():
            if after.span.start >= node.span.end:
                near = analysis.document.text[node.span.end : after.span.start] == " "
                if near and after.name is not None and node.name is None and beside(analysis, node.head, after.head):
                    join(node, after, "apposition", SURE - 0.05, sets)  # "The farmer" "Mara Denk", read apart
                break
            if after.span.end <= node.span.end and after.name is not None and beside(analysis, node.head, after.head):
                between = analysis.document.text[node.span.start : after.span.start]
                if "," not in between and "(" not in between:
                    join(node, after, "apposition", SURE - 0.05, sets)
                break


def _join_office(analysis: Analysis, nodes: Sequence[Node], sets: Sets) -> None:
    """Join a person's name with the office in apposition to it ("Velmark's prime minister, Petra Valk"), where
    no list makes the two doubtful."""
    by_head: dict[int, list[Node]] = {}
    for node in nodes:
        by_head.setdefault(node.head, []).append(node)
    for token in analysis.tokens:
        if token.dep != rel.APPOS:
            continue
        two = [node for head in (token.head, token.i) for node in by_head.get(head, ())]
        if any(analysis.tokens[i].dep == rel.CONJ for head in (token.head, token.i) for i in analysis.children[head]):
            continue
        offices = [node for node in two if node.naming is Naming.DESCRIPTION and _office(analysis, node)]
        persons = [node for node in two if node.name is not None and node.type == "person" and node.name.row is None]
        if len(offices) == len(persons) == 1:
            join(offices[0], persons[0], "apposition", SURE - 0.05, sets)


def _office(analysis: Analysis, node: Node) -> bool:
    """Whether a description is of one person, by what its noun means."""
    head = analysis.tokens[node.head]
    known = head.lemma in titles() or "person" in HEADS.get(head.lemma, ())
    return head.tag == "NN" and (known or (node.type == "person" and head.lemma.endswith(_persons())))


@cache
def _persons() -> tuple[str, ...]:
    return tuple(sorted(words_of("endings of persons")))


def _join_persons(analysis: Analysis, nodes: Sequence[Node], sets: Sets) -> None:
    """Join a part of a name with the one person of the document whose whole name it is a part of."""
    by_word: dict[str, dict[tuple[str, ...], Node]] = {}
    for node in nodes:
        core = node.name.core if node.name is not None else ()
        for word in set(lowered((core[0], surnamed(core)[-1]))) if core else ():
            by_word.setdefault(word, {}).setdefault(core, node)
    for node in nodes:
        assert node.name is not None
        core = node.name.core
        if not core:
            continue
        first, last = lowered((core[0], surnamed(core)[-1]))
        near = {**by_word[last], **by_word[first]}
        if len(core) == 1 and core[0] in places() and _in_a_place(analysis, node, of=False):
            continue  # "moved to Florence", of Florence Kest
        alike = [one for other, one in near.items() if other != core and same_person(core, other)]
        whole = [one for one in alike if one.name is not None and len(one.name.core) > len(core)]
        people = {min(sets.of(one.number).members) for one in whole}
        if len(people) > 1 and len(core) == 1 and node.name.gender and node.name.titles:
            # "Ms. Kest" is she of two whose name is no man's.
            told = [one for one in whole if one.name is not None and one.name.gender == node.name.gender]
            whole = told or [one for one in whole if one.name is not None and not one.name.gender]
            people = {min(sets.of(one.number).members) for one in whole}
        if len(people) > 1 and len(core) == 1 and (known := _known_first(analysis, lowered(core), nodes, whole, sets)):
            whole, people = known, {0}
        if len(people) == 1:
            one = min(whole, key=lambda other: (other.number > node.number, abs(other.number - node.number)))
            how = "title and surname" if node.name.titles else "part of the name"
            join(node, one, how, SURE - 0.03, sets)
        elif not whole and len(core) > 1:
            same = [one for one in alike if one.name is not None and len(one.name.core) == len(core)]
            if same:
                join(node, same[0], "the same name in another spelling", SURE - 0.05, sets)


def _known_first(
    analysis: Analysis, core: tuple[str, ...], nodes: Sequence[Node], whole: Sequence[Node], sets: Sets
) -> list[Node]:
    """Of several whom a surname fits the one whom the running text brings in first, where it says the surname alone
    before it brings in another: it goes on so of whom it is about, and names the others in full. Else none."""
    keys = {sets.key(one.number) for one in whole}
    first: Node | None = None
    alone = False
    for one in nodes:
        if one.name is None or _heading(analysis, one):
            continue
        if lowered(one.name.core) == core:
            alone = alone or first is not None
        elif sets.key(one.number) in keys and len(one.name.core) > 1:
            if first is None:
                first = one
            elif sets.key(one.number) != sets.key(first.number):
                break
    return [first] if first is not None and alone else []


def _heading(analysis: Analysis, node: Node) -> bool:
    """Whether a mention stands in a heading, or in the first line of a text, as long as one."""
    block = analysis.block_of(node.head)
    first = block == analysis.block_of(0) and len(analysis.by_block.get(block, ())) <= _LINE
    return first or analysis.document.blocks[block].kind is BlockKind.HEADING


_LINE = 24
"""Words up to which the first block of a text may be its title."""


def _join_others(analysis: Analysis, nodes: Sequence[Node], sets: Sets) -> None:
    """Join a name with another of the same one that the text brings in ("Emil Strand, better known as Ox")."""
    others = {
        tuple(other.lower().split()): _core(name, analysis) for other, name in analysis.lexicon.defined.other.items()
    }
    if not others:
        return
    first: dict[tuple[str, ...], Node] = {}
    for node in nodes:
        if node.name is not None:
            first.setdefault(lowered(node.name.core), node)
    for node in nodes:
        core = lowered(node.name.core) if node.name is not None else ()
        name = others.get(core) or others.get(lowered(bare(node.words.split())))
        if name and name in first and first[name] is not node:
            join(node, first[name], "another name, as the text says", SURE - 0.05, sets)


def _core(name: str, analysis: Analysis) -> tuple[str, ...]:
    return lowered(read_name(name.split(), analysis.lexicon).core)


def _join_bodies(analysis: Analysis, nodes: Sequence[Node], sets: Sets) -> None:
    """Join a short name of a body with the one body of the document whose whole name it is taken from: what it is ("the
    Commission"), those whose party it is ("the Conservatives"), its name without what it is ("Orrin Steel")."""
    whole: dict[tuple[str, ...], Node] = {}
    for node in nodes:
        if node.name is not None and len(node.name.core) > 1 and _is_body(node):
            whole.setdefault(lowered(node.name.core), node)
    by_short: dict[str, dict[int, Node]] = {}
    for core, node in whole.items():
        for short in _shorts(core):
            by_short.setdefault(short, {})[sets.key(node.number)] = node
    _keep_towns_apart(analysis, nodes, whole, sets)
    for node in nodes:
        if node.name is None or node.name.row is not None or (node.type == "person" and len(node.name.core) > 1):
            continue
        core = lowered(node.name.core)
        fitting = by_short.get(" ".join(core), {}) if core not in whole else {}
        own = {sets.key(other.number) for other in fitting.values()} - {sets.key(node.number)}
        if len(own) == 1 and not _in_a_place(analysis, node):
            one = next(other for other in fitting.values() if sets.key(other.number) in own)
            node.type = one.type
            sets.of(node.number).kinds.clear()  # whatever "Labour" alone is taken for
            sets.of(node.number).persons.clear()
            join(node, one, "short for the only body of that name", SURE - 0.08, sets)


def _keep_towns_apart(
    analysis: Analysis, nodes: Sequence[Node], whole: Mapping[tuple[str, ...], Node], sets: Sets
) -> None:
    """A town is not the club or the person that has its name: "the mayor of Dunmere", "Dunmere Rovers"."""
    by_first: dict[str, list[Node]] = {}
    for core, body in whole.items():
        by_first.setdefault(core[0], []).append(body)
    for node in nodes:
        if node.name is not None and len(node.name.core) > 1 and node.type == "person":
            by_first.setdefault(node.name.core[0].lower(), []).append(node)
    for node in nodes:
        if node.name is None or len(node.name.core) != 1 or not _in_a_place(analysis, node):
            continue
        if node.name.core[0].lower() in given() and node.name.core[0] not in places():
            continue  # "the mother of Mara" is a person's
        for body in by_first.get(node.name.core[0].lower(), ()):
            sets.of(node.number).banned |= set(sets.of(body.number).members)


def _is_body(node: Node) -> bool:
    assert node.name is not None
    if node.name.row is not None:
        return KINDS.get(node.name.row.type) == "body"
    return node.type == "organisation" or head_of(node.name).lower() in BODIES


def _shorts(core: tuple[str, ...]) -> Iterator[str]:
    """What a body's whole name may be cut to, in lower case."""
    of = core.index("of") if "of" in core[1:] else len(core)
    head = core[of - 1]
    if head in BODIES:
        yield head
        if of > 1:
            yield " ".join(core[:of])
        if head in ("party", "movement", "alliance", "front", "league", "union", "bloc", "coalition") and of > 1:
            yield from (core[of - 2], f"{core[of - 2]}s")
        if of == len(core) and of > 2:
            yield " ".join(core[:-1])


def _in_a_place(analysis: Analysis, node: Node, *, of: bool = True) -> bool:
    """Whether a mention stands where places stand: "in Orrin", "the mayor of Orrin"; without `of` only where somebody
    is, goes or comes from."""
    head = analysis.tokens[node.head]
    before = analysis.tokens[head.head].lemma
    return head.dep == rel.POBJ and (before in words_of("prepositions of towns") or (of and before == "of"))


def _first(node: Node, firsts: dict[_Key, int], key: _Key, reason: str, nodes: Sequence[Node], sets: Sets) -> None:
    first = firsts.setdefault(key, node.number)
    if first != node.number:
        join(node, nodes[first], reason, SURE, sets)
    else:
        node.reason = "the first of its name"
