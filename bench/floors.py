"""The least that each figure must be: `floors.json`, which only rises.

Each figure has a line in that file, by its name:

    value      what it must be at least (`better` is "higher"), at most ("lower"), or the two bounds it must lie
               between ("within")
    measured   what it was when the file was last written, and `also` what belongs to it: precision, recall, counts
    epsilon    how far from what was measured `value` is set: a change of libraries moves a few parses
    gold       the SHA-256 of what it was measured on; a figure on another gold is not comparable
    command    what prints it
    reasons    why `value` was ever lowered, or the gold exchanged

`python -m bench.figures` measures, checks and writes; `python -m docs` puts the figures into the pages.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "floors.json"
DIGITS = 4
"""Of what is measured, and of its floor."""


class Better(StrEnum):
    """Which way a figure should go."""

    HIGHER = "higher"
    LOWER = "lower"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure as this build has it, with what belongs to it; `better` and `epsilon` are for one that is new.

    `bounds` are for a figure that must lie between two.
    """

    value: float
    also: Mapping[str, float] = field(default_factory=dict)
    better: Better = Better.HIGHER
    epsilon: float = 0.005
    bounds: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Floor:
    """What a figure must be; see above. One of `low` and `high` is infinite but where it must lie within both."""

    low: float
    high: float
    epsilon: float
    measured: float
    gold: str
    command: str
    also: Mapping[str, float] = field(default_factory=dict)
    reasons: tuple[Mapping[str, Any], ...] = ()

    @property
    def better(self) -> Better:
        """Which way the figure should go."""
        if math.isinf(self.high):
            return Better.HIGHER
        return Better.LOWER if math.isinf(self.low) else Better.WITHIN

    def shown(self) -> str:
        """What it must be, for people."""
        if self.better is Better.WITHIN:
            return f"{self.low:g} to {self.high:g}"
        return f"at least {self.low:g}" if self.better is Better.HIGHER else f"at most {self.high:g}"


Floors = Mapping[str, Floor]


def load(path: Path = FILE) -> dict[str, Floor]:
    """The floors by the names of their figures. Raises `ValueError`, naming the figure, where one is malformed."""
    found: dict[str, Floor] = {}
    for name, told in json.loads(path.read_text("utf-8")).items():
        try:
            low, high = _bounds(Better(told["better"]), told["value"])
            found[name] = Floor(
                low, high, told["epsilon"], told["measured"], told["gold"], told["command"], told["also"],
                tuple(told["reasons"]),
            )  # fmt: skip
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path.name}, {name}: malformed ({type(error).__name__}: {error})") from None
    return found


def _bounds(better: Better, value: Any) -> tuple[float, float]:
    if better is Better.WITHIN:
        low, high = value
        return float(low), float(high)
    return (float(value), math.inf) if better is Better.HIGHER else (-math.inf, float(value))


def save(floors: Floors, path: Path = FILE) -> None:
    """Write the floors, in the order of their names."""
    told = {}
    for name, one in sorted(floors.items()):
        value = {Better.HIGHER: one.low, Better.LOWER: one.high, Better.WITHIN: [one.low, one.high]}[one.better]
        told[name] = {
            "value": value, "better": one.better.value, "epsilon": one.epsilon, "measured": one.measured,
            "also": dict(one.also), "gold": one.gold, "command": one.command, "reasons": list(one.reasons),
        }  # fmt: skip
    path.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def digest(files: Iterable[Path], home: Path) -> str:
    """The SHA-256 of files: of their names below `home` and their bytes, in the order of the names."""
    whole = hashlib.sha256()
    for path in sorted(files):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{path.relative_to(home).as_posix()}\0{content}\n".encode())
    return whole.hexdigest()


def faults(found: Mapping[str, Measured], gold: str, floors: Floors) -> list[str]:
    """A line for each figure that is not what it must be, has no floor, or was measured on another gold."""
    lines = []
    for name, one in found.items():
        floor = floors.get(name)
        if floor is None:
            lines.append(f"{name} is {one.value:.4g} and has no floor; python -m bench.figures --raise sets it")
        elif floor.gold != gold:
            lines.append(f"{name}: the gold is another one ({gold[:12]}, not {floor.gold[:12]}); see docs/measuring.md")
        elif not floor.low <= round(one.value, DIGITS) <= floor.high:
            lines.append(f"{name} is {one.value:.4f}, must be {floor.shown()}")
    return lines


def raised(found: Mapping[str, Measured], gold: str, command: str, floors: Floors) -> dict[str, Floor]:
    """The floors with what was measured, those of these figures moved up to just below it; none is ever moved down.

    Raises `ValueError` where a figure has a floor that was measured on another gold.
    """
    new = dict(floors)
    for name, one in found.items():
        old = floors.get(name)
        if old is not None and old.gold != gold:
            raise ValueError(f"{name}: the gold is another one; --gold --reason TEXT takes it")
        low, high = _set(one, old.epsilon if old else one.epsilon, old.better if old else None)
        if old is not None and old.better is not Better.WITHIN:
            low, high = max(low, old.low), min(high, old.high)
        elif old is not None:
            low, high = old.low, old.high
        new[name] = Floor(
            low, high, old.epsilon if old else one.epsilon, round(one.value, DIGITS), gold, command, _rounded(one.also),
            old.reasons if old else (),
        )  # fmt: skip
    return new


def lowered(found: Mapping[str, Measured], reason: str, floors: Floors) -> dict[str, Floor]:
    """The floors with those that what was measured does not reach moved to just beyond it, which is kept with the
    reason; all others stay. Raises `ValueError` without a reason."""
    _must(reason)
    new = dict(floors)
    for name, one in found.items():
        old = floors.get(name)
        value = round(one.value, DIGITS)
        if old is None or old.low <= value <= old.high:
            continue
        low, high = _set(replace(one, bounds=None), old.epsilon, old.better)
        low, high = min(low, old.low), max(high, old.high)
        kept = {"was": old.shown(), "now": replace(old, low=low, high=high).shown(), "reason": reason}
        new[name] = replace(
            old, low=low, high=high, measured=value, also=_rounded(one.also), reasons=(*old.reasons, kept)
        )
    return new


def regolded(names: Sequence[str], gold: str, reason: str, floors: Floors) -> dict[str, Floor]:
    """The floors with another gold for these figures, which is kept with the reason; their values stay. Raises
    `ValueError` without a reason."""
    _must(reason)
    new = dict(floors)
    for name in names:
        old = floors.get(name)
        if old is not None and old.gold != gold:
            new[name] = replace(old, gold=gold, reasons=(*old.reasons, {"gold was": old.gold, "reason": reason}))
    return new


def _must(reason: str) -> None:
    if not reason.strip():
        raise ValueError("a floor is lowered, and a gold exchanged, with a reason only: --reason TEXT")


def _rounded(also: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, DIGITS) for name, value in also.items()}


def _set(one: Measured, epsilon: float, better: Better | None = None) -> tuple[float, float]:
    """The bounds that what was measured sets."""
    scale = 10**DIGITS
    low = math.floor(round((one.value - epsilon) * scale, 2)) / scale
    high = math.ceil(round((one.value + epsilon) * scale, 2)) / scale
    better = better or one.better
    if better is Better.WITHIN:
        return one.bounds or (low, high)
    return (low, math.inf) if better is Better.HIGHER else (-math.inf, high)
