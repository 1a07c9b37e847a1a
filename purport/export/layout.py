"""Where the actors of a network stand in a picture: camps side by side, each laid out by stress majorization.

Positions are whole pixels, and sums are rounded on the way, so that the same network is drawn alike on any machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from purport.model.networks import Edge

Positions = NDArray[np.float64]
_SEED = 7
_ROUNDS = 300
_APART = 3.0
"""How far apart two actors of a camp are wanted that nothing in it ties, in lengths of an edge."""
_DENSITY = 0.24
"""The share of a camp's room that actors and their names fill before they are pushed apart."""
GAP = 150
"""Pixels between two camps."""
_MARGIN = 34
_NARROW = 210
"""No room is narrower, or its name would be wider than it."""


@dataclass(frozen=True, slots=True)
class Room:
    """The rectangle of a camp, in pixels."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Layout:
    """`places` has the middle of what is drawn for each actor, by id; `rooms` the rectangle of each group, None where
    it is empty."""

    places: dict[str, tuple[int, int]]
    rooms: tuple[Room | None, ...]
    width: int
    height: int


def layout(groups: Sequence[Sequence[str]], sizes: dict[str, tuple[float, float]], edges: Sequence[Edge]) -> Layout:
    """A layout of up to three `groups` of ids: the first two side by side, the third in rows below them.

    `sizes` are the width and height in pixels of what is drawn for each actor, its name below its mark, and no two
    of them overlap.
    """
    inner = [_camp(group, sizes, edges) for group in groups[:2]]
    _turned(groups[:2], inner, edges)
    places: dict[str, tuple[int, int]] = {}
    rooms: list[Room | None] = []
    extents = [_extent(group, sizes, own) for group, own in zip(groups[:2], inner, strict=True)]
    height = max([int(extent[3] - extent[1]) for extent in extents if extent] or [0])
    left = 0
    for group, own, extent in zip(groups[:2], inner, extents, strict=True):
        if extent is None:
            rooms.append(None)
            continue
        inside = int(extent[2] - extent[0])
        room = Room(left, 0, max(_NARROW, inside + 2 * _MARGIN), height + 2 * _MARGIN)
        aside = (room.width - inside) // 2
        down = _MARGIN + (height - int(extent[3] - extent[1])) // 2
        for one, (x, y) in zip(group, own.tolist(), strict=True):
            places[one] = (round(x - extent[0]) + left + aside, round(y - extent[1]) + down)
        rooms.append(room)
        left += room.width + GAP
    width = max(left - GAP, 0)
    bottom = height + 2 * _MARGIN if any(rooms) else 0
    for group in groups[2:]:
        rest, width, bottom = _rows(group, sizes, width, bottom + (_MARGIN if bottom else 0), places)
        rooms.append(rest)
    return Layout(places, tuple(rooms), width, bottom)


def _rows(
    group: Sequence[str],
    sizes: dict[str, tuple[float, float]],
    width: int,
    top: int,
    places: dict[str, tuple[int, int]],
) -> tuple[Room | None, int, int]:
    """Actors in rows from left to right; how wide and high everything then is."""
    if not group:
        return None, width, max(0, top - _MARGIN)
    width = max(width, 600)
    x, y, high = _MARGIN, top + _MARGIN - 4, 0
    for one in group:
        wide, tall = (int(side) for side in sizes[one])
        if x + wide > width - _MARGIN and x > _MARGIN:
            x, y, high = _MARGIN, y + high + 10, 0
        places[one] = (x + wide // 2, y + tall // 2)
        x, high = x + wide + 16, max(high, tall)
    bottom = y + high + _MARGIN
    return Room(0, top, width, bottom - top), width, bottom


def _camp(group: Sequence[str], sizes: dict[str, tuple[float, float]], edges: Sequence[Edge]) -> Positions:
    """Positions of the actors of one camp around 0, without overlaps."""
    if not group:
        return np.zeros((0, 2))
    boxes = np.array([sizes[one] for one in group])
    place = {one: i for i, one in enumerate(group)}
    wanted = np.full((len(group), len(group)), np.inf)
    np.fill_diagonal(wanted, 0.0)
    for edge in edges:
        if edge.holder in place and edge.target in place:
            a, b = place[edge.holder], place[edge.target]
            wanted[a, b] = wanted[b, a] = min(wanted[a, b], 1.0 if edge.sign > 0 else 1.8)
    for through in range(len(group)):
        wanted = np.minimum(wanted, wanted[:, through, None] + wanted[None, through])
    found = _stress(np.minimum(wanted, _APART))
    if len(group) > 1:
        if np.ptp(found[:, 0]) > np.ptp(found[:, 1]):
            found = found[:, ::-1].copy()  # upright, or edges to the other camp would run through this one
        spread = np.ptp(found, axis=0) + 0.5
        room = float((boxes[:, 0] * boxes[:, 1]).sum()) / _DENSITY
        found *= np.sqrt(room / float(spread[0] * spread[1]))
    return _apart(found.round(), boxes)


def _stress(wanted: NDArray[np.float64]) -> Positions:
    """Positions with distances as near as may be to those `wanted` (SMACOF: de Leeuw 1977; weights as Gansner, Koren
    and North 2004)."""
    count = len(wanted)
    rng = np.random.Generator(np.random.PCG64(_SEED))
    angle = np.arange(count) * 2 * np.pi / max(1, count)
    found = np.stack([np.cos(angle), np.sin(angle)], axis=1) + rng.random((count, 2)) * 0.1
    weights = np.where(wanted > 0, 1 / np.maximum(wanted, 0.1) ** 2, 0.0)
    total = np.maximum(weights.sum(axis=1), 1e-9)[:, None]
    for _ in range(_ROUNDS):
        between = found[:, None, :] - found[None, :, :]
        far = np.maximum(np.sqrt((between**2).sum(axis=2)), 1e-6)
        pulled = found[None, :, :] + (wanted / far)[:, :, None] * between
        # Rounded, so that processors that add in another order do not drift apart.
        found = ((weights[:, :, None] * pulled).sum(axis=1) / total).round(6)
    return found if count > 1 else np.zeros((count, 2))


def _apart(found: Positions, boxes: NDArray[np.float64]) -> Positions:
    """Positions whose boxes do not overlap: pairs are pushed apart along the shorter way, and all is made wider where
    that does not come to an end."""
    found = found.copy()
    for turn in range(4_000):
        clear = True
        for a in range(len(found) - 1):
            gap = found[a + 1 :] - found[a]
            need = (boxes[a] + boxes[a + 1 :]) / 2
            over = need - np.abs(gap)
            for b in np.flatnonzero((over > 0).all(axis=1)).tolist():
                other = a + 1 + b
                gap_now = found[other] - found[a]
                over_now = need[b] - np.abs(gap_now)
                if (over_now <= 0).any():
                    continue
                clear = False
                axis = int(over_now[1] <= over_now[0])
                push = np.ceil(over_now[axis] / 2 + 0.5) * (1 if gap_now[axis] >= 0 else -1)
                found[a, axis] -= push
                found[other, axis] += push
        if clear:
            break
        if turn % 100 == 99:
            found = (found * 1.06).round()
    return found


def _turned(groups: Sequence[Sequence[str]], inner: list[Positions], edges: Sequence[Edge]) -> None:
    """Mirrors the camps so that edges between them are short and stay level."""
    if len(inner) < 2 or not len(inner[0]) or not len(inner[1]):
        return
    places = [{one: i for i, one in enumerate(group)} for group in groups]
    across = [
        (places[0][a], places[1][b])
        for edge in edges
        for a, b in ((edge.holder, edge.target), (edge.target, edge.holder))
        if a in places[0] and b in places[1]
    ]
    if not across:
        return
    left, right = (np.array(column) for column in zip(*across, strict=True))
    reach = (np.ptp(inner[0][:, 0]) + np.ptp(inner[1][:, 0])) / 2 + GAP
    best: tuple[float, tuple[int, ...]] = (np.inf, ())
    for turn in product((1, -1), repeat=4):
        one, other = inner[0] * np.array(turn[:2]), inner[1] * np.array(turn[2:])
        between = other[right] - one[left] + np.array([reach, 0.0])
        length = round(float(np.sqrt((between**2).sum(axis=1)).sum()))
        if length < best[0]:
            best = (length, turn)
    inner[0] = inner[0] * np.array(best[1][:2])
    inner[1] = inner[1] * np.array(best[1][2:])


def _extent(
    group: Sequence[str], sizes: dict[str, tuple[float, float]], own: Positions
) -> tuple[float, float, float, float] | None:
    """The least and greatest x and y that a camp takes: left, top, right, bottom."""
    if not group:
        return None
    boxes = np.array([sizes[one] for one in group])
    (left, top), (right, bottom) = (own - boxes / 2).min(axis=0).tolist(), (own + boxes / 2).max(axis=0).tolist()
    return left, top, right, bottom
