"""Actors that many texts name: states, organisations, armed groups, outlets, peoples."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TYPES = ("person", "state", "government", "organisation", "armed group", "outlet", "people", "movement", "place")
"""What an actor can be; the table is in this order."""

_CODE = re.compile(r"([A-Z]{2})?")
_HELD = re.compile(r"[^:]+: [^:]+")


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor by its neutral name. `of` is the code (ISO 3166-1) of where it belongs, "" where nowhere alone.
    `metonyms` are places by which texts mean the government of a state. `held` says who says what of a contested
    one: "what: who, who; what: who"."""

    name: str
    type: str
    of: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    metonyms: tuple[str, ...]
    held: str


_over: tuple[ActorRow, ...] = ()


def go_over(rows: tuple[ActorRow, ...]) -> None:
    """Let the user's rows go over those that ship: a name or alias of theirs means nobody else."""
    global _over
    _over = rows
    for known in (actors, by_name, named, adjectives, metonyms):
        known.cache_clear()


def over() -> tuple[ActorRow, ...]:
    """The user's rows."""
    return _over


@cache
def actors() -> tuple[ActorRow, ...]:
    """All rows, the user's first. Raises `ValueError`, naming the line, on a row that is malformed."""
    shipped = parse_actors((files(__package__) / "actors.tsv").read_text(encoding="utf-8"))
    own = {row.name for row in _over}
    return (*_over, *(row for row in shipped if row.name not in own))


@cache
def by_name() -> dict[str, ActorRow]:
    """The rows by neutral name."""
    return {row.name: row for row in actors()}


@cache
def named() -> dict[str, tuple[ActorRow, ...]]:
    """The actors by name and alias, as they are written; more than one where a name is truly ambiguous."""
    return _by("aliases")


@cache
def adjectives() -> dict[str, tuple[ActorRow, ...]]:
    """States, places and peoples by adjective and by the word for those who belong to them."""
    return _by("adjectives")


@cache
def metonyms() -> dict[str, tuple[ActorRow, ...]]:
    """States by the places that stand for their governments."""
    return _by("metonyms")


def parse_actors(table: str) -> tuple[ActorRow, ...]:
    """The rows of a table (tab-separated; lines that begin with "#" are comments), in its order.

    Raises `ValueError`, naming the line, on a row that is malformed, repeated or out of order.
    """
    rows: list[ActorRow] = []
    names: set[str] = set()
    before = (0, "")
    for number, line in enumerate(table.splitlines(), start=1):
        if line.startswith("#"):
            continue
        where = f"actors.tsv, line {number}"
        columns = line.split("\t")
        if len(columns) != 7:
            raise ValueError(f"{where}: a row has 7 columns, this one {len(columns)}")
        name, kind, of, held = *columns[:3], columns[6]
        aliases, own, places = (tuple(column.split(";")) if column else () for column in columns[3:6])
        if kind not in TYPES:
            raise ValueError(f"{where}: {kind!r} is no value of the column type")
        if not _CODE.fullmatch(of):
            raise ValueError(f"{where}: {of!r} is no code of a state")
        if places and kind != "state":
            raise ValueError(f"{where}: {name!r} is no state and has metonyms")
        for one in (name, *aliases, *own, *places):
            if not one or one != one.strip() or one.startswith("the "):
                raise ValueError(f"{where}: {one!r} is no name")
        for values in ((name, *aliases), own, places):
            if len(set(values)) < len(values):
                raise ValueError(f"{where}: {name!r} has a name twice")
        if held and not all(_HELD.fullmatch(part) for part in held.split("; ")):
            raise ValueError(f"{where}: {held!r} does not say who holds what")
        if name in names or (TYPES.index(kind), name) <= before:
            raise ValueError(f"{where}: {name!r} ({kind}) is repeated or out of order")
        before = (TYPES.index(kind), name)
        names.add(name)
        rows.append(ActorRow(name, kind, of, aliases, own, places, held))
    return tuple(rows)


def _by(column: str) -> dict[str, tuple[ActorRow, ...]]:
    found: dict[str, list[ActorRow]] = {}
    for row in actors():
        own = (row.name,) if column == "aliases" else ()
        for one in (*own, *getattr(row, column)):
            found.setdefault(one, []).append(row)
    mine = set(_over)
    return {name: tuple(row for row in rows if row in mine) or tuple(rows) for name, rows in found.items()}
