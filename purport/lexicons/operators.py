"""Operators: constructions that make something of the certainty and the frame of an act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from purport.lexicons.tables import Column, Table, marked, split_cell

EFFECTS = ("keep", "negate", "negate 1", "weaken 1", "weaken 2", "open", "fix +", "fix -")
"""What an operator does to the value that it is given: leave it, negate it, weaken it to probable (1) or possible (2),
negate and weaken it, take no view, or settle it whatever is given (FactBank; Saurí and Pustejovsky 2009)."""
FRAMES = ("plain", "intended", "attempted", "predicted", "ordered", "conditional", "counterfactual")
ACT = "E"
SEPARATOR = " ; "
"""Between the patterns of a row, between its examples and between its near misses."""
_NODE = re.compile(r"(\*|E(?:=[a-z'|-]+)?|[a-z'|,-]+)(?:/([A-Z|$]+))?")


@dataclass(frozen=True, slots=True)
class Node:
    """A token of a pattern: its lemmas or words in lower case ("" for any), its Penn tags ("" for any), whether it is
    the act, and what must, or must not, stand beside it: (wanted, direction, relations, node)."""

    words: frozenset[str]
    tags: frozenset[str]
    act: bool
    beside: tuple[tuple[bool, str, frozenset[str], Node], ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A way along the parse: nodes with the steps between them, "<" up to a governor and ">" down to a dependent, by
    relations of Universal Dependencies. `embeds` where it leads from the operator's word to the act."""

    nodes: tuple[Node, ...]
    steps: tuple[tuple[str, frozenset[str]], ...]

    @property
    def needs(self) -> tuple[frozenset[str], ...]:
        """Sets of words of each of which one must be there for the way to be found."""

        def of(node: Node) -> Iterator[frozenset[str]]:
            if node.words:
                yield node.words
            for wanted, _, _, inner in node.beside:
                if wanted:
                    yield from of(inner)

        return tuple(words for node in self.nodes for words in of(node))

    @property
    def embeds(self) -> bool:
        """Whether the act comes last, so that the operator stands over it."""
        return self.nodes[-1].act


@dataclass(frozen=True, slots=True)
class OperatorRow:
    """An operator: constructions that do the same to an act.

    `patterns` are ways along the parse between the operator's word and the act, `ways` the same read; each has its
    example and its near miss. `affirmed` and `negated` are the effects where the operator itself is affirmed and
    negated. `rare` is the reason to keep a row that real text hardly needs.
    """

    id: str
    patterns: tuple[str, ...]
    affirmed: str
    negated: str
    frame: str
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]
    rare: str
    ways: tuple[Way, ...]


def parse_pattern(pattern: str) -> tuple[tuple[Node, ...], tuple[tuple[str, frozenset[str]], ...]]:
    """The nodes and steps of a pattern such as "short [<advmod stop] >advcl E [>mark of]".

    A node is `*`, lemmas with "|" between them, or the act: `E`, or `E=` and its lemmas. Penn tags stand behind "/", in
    brackets what must be beside a node, after "!" what must not. Raises `ValueError` for what is no pattern, or does
    not hold one act.
    """
    nodes, steps, rest = [], [], pattern.strip()
    node, rest = _node(rest)
    nodes.append(node)
    while rest:
        direction, relations, rest = _step(rest)
        steps.append((direction, relations))
        node, rest = _node(rest)
        nodes.append(node)
    if sum(one.act for one in nodes) != 1:
        raise ValueError(f"{pattern!r} must name the act ({ACT}) once")
    return tuple(nodes), tuple(steps)


def _step(rest: str) -> tuple[str, frozenset[str], str]:
    found = re.match(r"([<>])([a-z:|]+)\s+", rest)
    if found is None:
        raise ValueError(f"{rest!r} does not begin with a step such as >xcomp or <advmod")
    return found[1], frozenset(found[2].split("|")), rest[found.end() :]


def _node(rest: str) -> tuple[Node, str]:
    found = _NODE.match(rest)
    if found is None:
        raise ValueError(f"{rest!r} does not begin with a word, * or {ACT}")
    name, tags = found[1], frozenset(found[2].split("|")) if found[2] else frozenset[str]()
    rest, beside = rest[found.end() :].lstrip(), []
    while rest.startswith("["):
        wanted = not rest.startswith("[!")
        direction, relations, rest = _step(rest[1 + (not wanted) :])
        inner, rest = _node(rest)
        if not rest.startswith("]"):
            raise ValueError(f"{rest!r} should begin with ]")
        rest = rest[1:].lstrip()
        beside.append((wanted, direction, relations, inner))
    act, _, lemmas = name.partition("=") if name.startswith(ACT) else ("", "", name.removeprefix("*"))
    words = frozenset(lemmas.split("|")) if lemmas else frozenset[str]()
    return Node(words, tags, act == ACT, tuple(beside)), rest


def _pattern_fault(pattern: str) -> str:
    try:
        parse_pattern(pattern)
    except ValueError as error:
        return str(error)
    return ""


def _row(
    id_: str, patterns: str, affirmed: str, negated: str, frame: str, examples: str, near_misses: str, rare: str
) -> OperatorRow:
    cells = tuple(split_cell(cell, SEPARATOR) for cell in (patterns, examples, near_misses))
    if len({len(cell) for cell in cells}) != 1:
        raise ValueError(f"{id_!r} needs an example and a near miss for each pattern")
    ways = tuple(Way(*parse_pattern(one)) for one in cells[0])
    return OperatorRow(id_, cells[0], affirmed, negated, frame, cells[1], cells[2], rare, ways)


OPERATORS = Table(
    "operators.tsv",
    (
        Column("id"),
        Column("pattern", check=_pattern_fault, separator=SEPARATOR),
        Column("affirmed", EFFECTS),
        Column("negated", EFFECTS),
        Column("frame", FRAMES),
        Column("example", check=marked("[E:"), separator=SEPARATOR),
        Column("near_miss", check=marked("[E:"), separator=SEPARATOR),
        Column("rare", optional=True),
    ),
    _row,
    order=lambda cells: cells[0],
)


@cache
def operators() -> tuple[OperatorRow, ...]:
    """All operators, by their ids."""
    return OPERATORS.load()


def relations_of(row: OperatorRow) -> Iterator[str]:
    """The relations that a pattern names."""

    def of(node: Node) -> Iterator[str]:
        for _, _, relations, inner in node.beside:
            yield from relations
            yield from of(inner)

    for way in row.ways:
        for _, relations in way.steps:
            yield from relations
        for node in way.nodes:
            yield from of(node)
