"""A picture of a network for a report: coalitions by place and name, signs by colour and dash, evidence by width."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from purport.export.drawing import (
    COLOURS,
    FAINT,
    INK,
    RULE,
    folded_lines,
    haloed,
    line_of,
    mark,
    svg,
    thickness,
    wide,
    words,
)
from purport.export.layout import Room, layout
from purport.export.markup import shown
from purport.model.networks import Balance, Edge, Network, Node

MOST = 60
"""Actors in one picture: with more, names can no longer be read on a page."""
STEADY = 0.8
"""An edge whose sign fewer resamples of documents than this bear out is drawn thin."""
_TOP, _SIDE, _HEADING = 74, 28, 26
_CAMPS = ("Coalition A", "Coalition B", "In neither: no edge with a sign")
_SHAPES = ("circle", "square", "diamond")
_FILLS = ("#d7deea", "#f3dfb5", "#eceef0")
_STROKES = ("#41506b", "#97690f", "#80868d")


Address = Callable[[str, str], str]
"""The address of the sentences behind an edge, by its holder and target, which a picture links to."""


def picture(
    network: Network,
    balance: Balance | None = None,
    title: str = "Who stands with whom",
    address: Address | None = None,
) -> str:
    """The network as SVG, without scripts, fonts or anything from outside; the same for the same network.

    With `balance` its coalitions stand side by side (of an actor that has no edge with a sign it says so); without,
    all stand together. Edges of a directed network have arrows from holder to target. Of more than `MOST` actors those
    with the most edges are shown, and how many are left out is said. It states what documents say, not what is.
    """
    nodes, edges = _most_tied(network)
    signed = {end for edge in network.edges if edge.sign for end in (edge.holder, edge.target)}
    if balance is None:
        groups: list[list[str]] = [[node.id for node in nodes], [], []]
    else:
        groups = [[node.id for node in nodes if _group(node.id, balance, signed) == group] for group in range(3)]
    lines = {node.id: folded_lines(node.name) for node in nodes}
    radii = _radii(nodes, edges)
    sizes = {
        id: (max(max(map(wide, own), default=0.0), 2 * radii[id]) + 16, 2 * radii[id] + 15 * len(own) + 16)
        for id, own in lines.items()
    }
    plan = layout(groups, sizes, edges)
    down = _TOP + (_HEADING if balance else 0)
    legend = _legend(network.directed, balance is not None)
    width = max(plan.width, _LEGEND_WIDTH) + 2 * _SIDE
    aside = (width - plan.width) // 2
    figures = {}
    for node in nodes:
        x, y = plan.places[node.id]
        radius, (box, tall) = radii[node.id], sizes[node.id]
        # The mark stands on top of the name, in the box that the layout places.
        top = round(y + down - tall / 2 + radius + 8)
        foot = top + radius + 4 + 14 * len(lines[node.id])
        figures[node.id] = _Figure(node.name, x + aside, top, radius, box - 16, foot)
    height = down + plan.height + 20 + _LEGEND_HEIGHT
    parts = [words(_SIDE, 34, title, 20, weight=700), words(_SIDE, 56, _summary(network, nodes, balance), 12, FAINT)]
    if balance:
        for group, room in enumerate(plan.rooms):
            if room:
                parts += _room(group, room, aside, down, len(groups[group]))
    pairs = {(edge.holder, edge.target) for edge in edges}
    # What is thin lies under what is not, and all under the actors.
    for edge in sorted(edges, key=lambda one: (not _thin(one), one.documents, one.holder, one.target)):
        bent = network.directed and (edge.target, edge.holder) in pairs
        drawn = _edge(edge, figures[edge.holder], figures[edge.target], network.directed, bent)
        at = address(edge.holder, edge.target) if address is not None else ""
        parts.append(f'<a href="{shown(at)}">{drawn}</a>' if at else drawn)
    shape_of = {id: group for group, ids in enumerate(groups) for id in ids}
    for node in nodes:
        group = shape_of[node.id]
        x, y, radius = figures[node.id].x, figures[node.id].y, figures[node.id].radius
        parts.append(f"<g><title>{shown(f'{node.name} ({node.type})')}</title>")
        parts.append(mark(_SHAPES[group], x, y, radius, _FILLS[group], _STROKES[group]))
        parts += [haloed(x, y + radius + 14 + 14 * i, line) for i, line in enumerate(lines[node.id])]
        parts.append("</g>")
    parts.append(f'<g transform="translate({_SIDE} {down + plan.height + 20})">')
    parts += [*legend, "</g>"]
    drawn = svg(width, height, title, parts)
    # An image has no parts; what holds links is a group.
    return drawn if address is None else drawn.replace(' role="img"', ' role="group"', 1)


def _most_tied(network: Network) -> tuple[list[Node], list[Edge]]:
    """The actors and edges to draw, the actors in the order of the network."""
    tied: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for edge in network.edges:
        for end in (edge.holder, edge.target):
            tied[end] += 1
            told[end] += edge.documents
    first = sorted(network.nodes, key=lambda node: (-tied[node.id], -told[node.id], node.id))[:MOST]
    kept = {node.id for node in first}
    edges = [edge for edge in network.edges if edge.holder in kept and edge.target in kept]
    return [node for node in network.nodes if node.id in kept], edges


def _group(id: str, balance: Balance, signed: set[str]) -> int:
    return balance.camps.get(id, 2) if id in signed else 2


def _radii(nodes: list[Node], edges: list[Edge]) -> dict[str, float]:
    tied = Counter(end for edge in edges for end in (edge.holder, edge.target))
    return {node.id: round(min(15.0, 5.0 + 2.0 * math.sqrt(tied[node.id])), 1) for node in nodes}


def _thin(edge: Edge) -> bool:
    return edge.steady < STEADY  # NaN is not: it was not asked


def _summary(network: Network, nodes: list[Node], balance: Balance | None) -> str:
    told = [f"{_count(len(network.nodes), 'actor')}, {_count(len(network.edges), 'edge')}, as the documents have it"]
    if balance:
        few = f"{_count(balance.frustration, 'edge')} of {balance.edges} with a sign against the coalitions"
        told.append(f"{few}, {'the fewest possible' if balance.proved else f'at least {balance.bound} must be'}")
    if len(network.nodes) > len(nodes):
        left = len(network.nodes) - len(nodes)
        told.append(f"the {len(nodes)} with the most edges are shown, {left} left out")
    return "; ".join(told)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _room(group: int, room: Room, aside: int, down: int, count: int) -> list[str]:
    x, y = room.left + aside, room.top + down
    box = f'x="{x}" y="{y}" width="{room.width}" height="{room.height}" rx="12"'
    name = f"{_CAMPS[group]} ({_count(count, 'actor')})"
    under = group == 2
    return [
        f'<rect {box} fill="{_FILLS[group]}" fill-opacity="0.28" stroke="{RULE}"/>',
        words(x + 14, y + 20 if under else y - 9, name, 13, _STROKES[group], weight=700),
    ]


@dataclass(frozen=True, slots=True)
class _Figure:
    """What is drawn for an actor: a mark around (`x`, `y`) and a name below it, which lines end at."""

    name: str
    x: int
    y: int
    radius: float
    wide: float
    bottom: float

    def covers(self, x: float, y: float) -> bool:
        in_mark = math.hypot(x - self.x, y - self.y) < self.radius + 3
        return in_mark or (abs(x - self.x) < self.wide / 2 and self.y + self.radius + 2 < y < self.bottom)


_Point = tuple[float, float]


def _edge(edge: Edge, one: _Figure, other: _Figure, arrow: bool, bent: bool) -> str:
    thin = _thin(edge)
    width = 1.0 if thin else thickness(edge.documents)
    # Two edges of a pair bend away from each other; others only so much that they are told from a grid.
    bow = 0.16 if bent else 0.05
    middle = ((one.x + other.x) / 2 - (other.y - one.y) * bow, (one.y + other.y) / 2 + (other.x - one.x) * bow)
    start, turn, tip = _between((one.x, one.y), middle, (other.x, other.y), one, other)
    head = 7.0 + 1.4 * width if arrow else 0.0
    end = _toward(tip, turn, head * 0.8)
    documents, to = _count(edge.documents, "document"), "→" if arrow else "–"
    counts = f"{edge.positive} for, {edge.negative} against, {edge.neutral} neither; {documents}"
    told = f"<title>{shown(f'{one.name} {to} {other.name}: {counts}')}</title>"
    path = f"M{_at(start)}Q{_at(turn)} {_at(end)}"
    drawn = f'<path d="{path}" {line_of(edge.sign, width, thin)}/>'
    if arrow:
        drawn += _head(tip, turn, head, COLOURS[edge.sign], thin)
    return f"<g>{told}{drawn}</g>"


def _between(start: _Point, turn: _Point, end: _Point, one: _Figure, other: _Figure) -> tuple[_Point, _Point, _Point]:
    """The part of a curve (a quadratic Bezier's points) that is under neither of the figures at its ends."""

    def at(t: float, s: float) -> _Point:
        a, b, c = (1 - t) * (1 - s), t * (1 - s) + s * (1 - t), t * s
        return a * start[0] + b * turn[0] + c * end[0], a * start[1] + b * turn[1] + c * end[1]

    steps = [step / 100 for step in range(101)]
    first = next((t for t in steps if not one.covers(*at(t, t))), 0.0)
    last = next((t for t in reversed(steps) if not other.covers(*at(t, t))), 1.0)
    if first >= last:
        first, last = 0.0, 1.0
    return at(first, first), at(first, last), at(last, last)


def _at(point: _Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _toward(start: _Point, goal: _Point, far: float) -> _Point:
    length = max(1e-6, math.hypot(goal[0] - start[0], goal[1] - start[1]))
    return start[0] + (goal[0] - start[0]) * far / length, start[1] + (goal[1] - start[1]) * far / length


def _head(tip: _Point, back: _Point, long: float, colour: str, thin: bool) -> str:
    bx, by = _toward(tip, back, long)
    ox, oy = -(by - tip[1]) * 0.42, (bx - tip[0]) * 0.42
    points = f"{tip[0]:.1f},{tip[1]:.1f} {bx + ox:.1f},{by + oy:.1f} {bx - ox:.1f},{by - oy:.1f}"
    return f'<polygon points="{points}" fill="{colour}" fill-opacity="{0.55 if thin else 0.95}"/>'


_LEGEND_WIDTH, _LEGEND_HEIGHT = 840, 92


def _legend(directed: bool, camps: bool) -> list[str]:
    parts = [f'<path d="M0 0H{_LEGEND_WIDTH}" stroke="{RULE}"/>']
    for i, (sign, thin, text) in enumerate(
        ((1, False, "more for"), (-1, False, "more against"), (0, False, "neither or as many"), (1, True, "not steady"))
    ):
        x = (0, 150, 320, 560)[i]
        if thin:
            parts.append(f'<path d="M{x} 20H{x + 17}" {line_of(1, 1, True)}/>')
            parts.append(f'<path d="M{x + 20} 20H{x + 40}" {line_of(-1, 1, True)}/>')
            text = f"thin: sign in under {STEADY:.0%} of resamples"
        else:
            parts.append(f'<path d="M{x} 20H{x + 40}" {line_of(sign, 3, False)}/>')
        parts.append(words(x + 48, 24, text))
    for i, documents in enumerate((1, 4, 16)):
        x = 84 * i
        parts.append(f'<path d="M{x} 46H{x + 40}" stroke="{INK}" stroke-width="{thickness(documents):.1f}"/>')
        parts.append(words(x + 48, 50, str(documents)))
    parts.append(words(252, 50, "independent documents (copies count once)"))
    if directed:
        parts.append(f'<path d="M560 46H592" {line_of(0, 2, False).replace("1.5 4.5", "0")}/>')
        parts.append(_head((602, 46), (560, 46), 10, COLOURS[0], False))
        parts.append(words(608, 50, "from who holds it to whom it is about"))
    if camps:
        x = 8
        for group, text in enumerate(("coalition A", "coalition B", "in neither")):
            parts.append(mark(_SHAPES[group], x, 72, 7, _FILLS[group], _STROKES[group]))
            parts.append(words(x + 16, 76, text))
            x += 120
        parts.append(words(x, 76, "larger: more edges. Coalitions are reckoned from the signs alone.", colour=FAINT))
    return parts
