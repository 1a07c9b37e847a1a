"""How far two people agree, and how sure a share of a sample is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence


def coincidences(units: Iterable[Sequence[str]]) -> dict[tuple[str, str], float]:
    """How often two values were given to one unit by different people, each unit weighing as many values as it has
    (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", C). A unit with fewer than two values is none."""
    found: dict[tuple[str, str], float] = {}
    for values in units:
        for at, one in enumerate(values):
            for other in (*values[:at], *values[at + 1 :]):
                found[one, other] = found.get((one, other), 0.0) + 1 / (len(values) - 1)
    return found


def alpha(table: Mapping[tuple[str, str], float]) -> float | None:
    """Krippendorff's alpha for nominal values: 1 for full agreement, 0 for what chance gives. None where there is
    nothing to agree on: fewer than two values, or only one kind of them."""
    totals: dict[str, float] = {}
    for (one, _), number in table.items():
        totals[one] = totals.get(one, 0.0) + number
    size = sum(totals.values())
    expected = size * size - sum(number * number for number in totals.values())
    if size < 2 or expected <= 0:
        return None
    observed = sum(number for (one, other), number in table.items() if one != other)
    return float(1 - (size - 1) * observed / expected)


def wilson(hits: int, size: int, z: float = 1.959964) -> tuple[float, float]:
    """The interval of a share of which `hits` of `size` were met, with 95 percent confidence (Wilson 1927)."""
    if not size:
        return 0.0, 1.0
    share, square = hits / size, z * z
    middle = share + square / (2 * size)
    wide = z * math.sqrt(share * (1 - share) / size + square / (4 * size * size))
    below = 0.0 if not hits else (middle - wide) / (1 + square / size)
    return below, 1.0 if hits == size else (middle + wide) / (1 + square / size)
