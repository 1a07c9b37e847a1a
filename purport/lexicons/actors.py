"""Actors that many texts name: states, organisations, armed groups, outlets, peoples."""

from __future__ import annotations

import re
from functools import cache

from purport.lexicons.tables import Column, Table, split_cell
from purport.model.lexicon import ActorRow
from purport.model.vocabulary import ACTOR_TYPES, ActorType

_CODE = re.compile(r"[A-Z]{2}")
_HELD = re.compile(r"[^:]+: [^:]+")


def _code_fault(code: str) -> str:
    return "" if _CODE.fullmatch(code) else f"{code!r} is not an ISO 3166-1 code of two letters"


def _name_fault(name: str) -> str:
    fits = name and name == name.strip() and not name.startswith("the ")
    return "" if fits else f"{name!r} is not a name: it is empty, begins with 'the' or has white space around it"


def _held_fault(held: str) -> str:
    return "" if _HELD.fullmatch(held) else f"{held!r} does not say who holds what; write 'what: who, who'"


def _row(name: str, kind: ActorType, of: str, aliases: str, adjectives: str, metonyms: str, held: str) -> ActorRow:
    several = split_cell(aliases, ";"), split_cell(adjectives, ";"), split_cell(metonyms, ";")
    row = ActorRow(name, kind, of, *several, held)
    if row.metonyms and kind != "state":
        raise ValueError(f"{name!r} is not a state and has metonyms")
    for names in ((name, *row.aliases), row.adjectives, row.metonyms):
        if len(set(names)) < len(names):
            raise ValueError(f"{name!r} has a name twice")
    return row


ACTORS = Table(
    "actors.tsv",
    (
        Column("name", check=_name_fault),
        Column("type", ACTOR_TYPES),
        Column("of", check=_code_fault, optional=True),
        Column("aliases", check=_name_fault, separator=";", optional=True),
        Column("adjectives", check=_name_fault, separator=";", optional=True),
        Column("metonyms", check=_name_fault, separator=";", optional=True),
        Column("held", check=_held_fault, separator="; ", optional=True),
    ),
    _row,
    order=lambda cells: (ACTOR_TYPES.index(cells[1]), cells[0]),
    unique="name",
)


@cache
def shipped_actors() -> tuple[ActorRow, ...]:
    """The actors that ship, in the order of type and name. What a text is read with is a `Lexicon`."""
    return ACTORS.load()
