"""Actors and the names for them that take sides: the tables that ship and a user's own, seen as one value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from purport.lexicons.actors import ActorRow, shipped_actors
from purport.lexicons.partisan import HOWS, How, PartisanRow, shipped_partisans
from purport.lexicons.user_table import UserTable


@dataclass(frozen=True, eq=False)
class Lexicon:
    """What a user's `table` and the tables that ship say together; of a name or alias in both the user's row holds.

    Made by `shipped` or `with_table`, so that one table is one value, which may be a key of caches; what is made of
    the tables is made when it is first asked for.
    """

    table: UserTable | None = None

    @classmethod
    def shipped(cls) -> Lexicon:
        """The tables that ship alone."""
        return _SHIPPED

    @classmethod
    def with_table(cls, table: UserTable | None) -> Lexicon:
        """A user's table over those that ship; the same value for the same table."""
        return _with_table(table) if table is not None and table.actors else _SHIPPED

    def __reduce__(self) -> tuple[object, ...]:
        return Lexicon.with_table, (self.table,)  # another process makes its own, or has it already

    @property
    def digest(self) -> str:
        """The digest of the user's table, "" where there is none."""
        return self.table.digest if self.table is not None else ""

    @cached_property
    def actors(self) -> tuple[ActorRow, ...]:
        """All actors, the user's first."""
        own = {row.name for row in self._own}
        return (*self._own, *(row for row in shipped_actors() if row.name not in own))

    @property
    def _own(self) -> tuple[ActorRow, ...]:
        return self.table.actors if self.table is not None else ()

    @cached_property
    def by_name(self) -> Mapping[str, ActorRow]:
        """The actors by neutral name."""
        return {row.name: row for row in self.actors}

    @cached_property
    def named(self) -> Mapping[str, tuple[ActorRow, ...]]:
        """The actors by name and alias, as they are written; more than one where a name is truly ambiguous."""
        return self._by((name, row) for row in self.actors for name in (row.name, *row.aliases))

    @cached_property
    def adjectives(self) -> Mapping[str, tuple[ActorRow, ...]]:
        """States, places and peoples by adjective and by the word for those who belong to them."""
        return self._by((name, row) for row in self.actors for name in row.adjectives)

    @cached_property
    def metonyms(self) -> Mapping[str, tuple[ActorRow, ...]]:
        """States by the places that stand for their governments."""
        return self._by((name, row) for row in self.actors for name in row.metonyms)

    def _by(self, pairs: Iterable[tuple[str, ActorRow]]) -> Mapping[str, tuple[ActorRow, ...]]:
        found: dict[str, list[ActorRow]] = {}
        for name, row in pairs:
            found.setdefault(name, []).append(row)
        own = set(self._own)
        return {name: tuple(row for row in rows if row in own) or tuple(rows) for name, rows in found.items()}

    @cached_property
    def partisans(self) -> tuple[PartisanRow, ...]:
        """All names and words that take a side, the user's last."""
        own = self.table.partisans if self.table is not None else ()
        names = {row.name.lower() for row in own}
        return (*(row for row in shipped_partisans() if row.how != "name" or row.name.lower() not in names), *own)

    def by_how(self, how: How) -> Mapping[str, PartisanRow]:
        """Those of one of `partisan.HOWS`, by name in lower case."""
        return self._by_how[how]

    @cached_property
    def _by_how(self) -> Mapping[How, Mapping[str, PartisanRow]]:
        return {how: {row.name.lower(): row for row in self.partisans if row.how == how} for how in HOWS}


_SHIPPED = Lexicon()


@lru_cache(maxsize=8)
def _with_table(table: UserTable) -> Lexicon:
    return Lexicon(table)
