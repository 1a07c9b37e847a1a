"""The lexicon that ships, and the same with a user's own actors over it."""

from __future__ import annotations

from functools import cache, lru_cache

from purport.lexicons.actors import shipped_actors
from purport.lexicons.partisan import shipped_partisans
from purport.lexicons.user_table import UserTable
from purport.model.lexicon import Lexicon


@cache
def shipped_lexicon() -> Lexicon:
    """The tables that ship alone; one value."""
    return Lexicon(shipped_actors(), shipped_partisans())


def lexicon_with(table: UserTable | None) -> Lexicon:
    """A user's table over those that ship, its actors first and its names last; the same value for the same table."""
    return _lexicon_with(table) if table is not None and table.actors else shipped_lexicon()


@lru_cache(maxsize=8)
def _lexicon_with(table: UserTable) -> Lexicon:
    names = {row.name for row in table.actors}
    actors = (*table.actors, *(row for row in shipped_actors() if row.name not in names))
    words = {row.name.lower() for row in table.partisans}
    shipped = (row for row in shipped_partisans() if row.how != "name" or row.name.lower() not in words)
    return Lexicon(actors, (*shipped, *table.partisans), table.actors, table.digest)
