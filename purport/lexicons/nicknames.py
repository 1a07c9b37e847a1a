"""Short forms of given names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from purport.lexicons.tables import Column, Table, split_cell, word_fault


def _row(name: str, short: str) -> tuple[str, tuple[str, ...]]:
    return name, split_cell(short, "|")


NICKNAMES = Table(
    "nicknames.tsv", (Column("name", check=word_fault), Column("short")), _row, order=lambda cells: cells[0]
)


@cache
def nicknames() -> Mapping[str, frozenset[str]]:
    """The short forms of each given name, in lower case."""
    return {name: frozenset(shorts) for name, shorts in NICKNAMES.load()}
