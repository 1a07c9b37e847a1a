"""Whom names mean before a text says so: actors by their names, and names and words that take a side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from purport.model.vocabulary import ActorType, Tone

How = Literal["name", "prefix", "suffix", "common"]
HOWS: tuple[How, ...] = get_args(How)
"""A whole name, a word before a name, a word behind one, a common noun for a group."""


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor by its neutral name. `of` is the code (ISO 3166-1) of where it belongs, "" where nowhere alone.
    `metonyms` are places by which texts mean the government of a state. `held` says who says what of a contested
    one: "what: who, who; what: who"."""

    name: str
    type: ActorType
    of: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    metonyms: tuple[str, ...]
    held: str


@dataclass(frozen=True, slots=True)
class PartisanRow:
    """A name or word that takes a side. `of` is the neutral name (of a state also where its government is meant), ""
    where it names nobody alone."""

    name: str
    of: str
    tone: Tone
    how: How
    example: str


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The `actors` and the `partisans` (names and words that take a side) that a text is read with.

    `own` are those of the actors that a user brought: of a name or alias that another row has too, only theirs holds.
    `digest` tells the user's table from others, "" where there is none. One table is one value, which may be a key of
    caches (`purport.lexicons.shipped_lexicon`, `lexicon_with`); what is made of the rows is made when it is first
    asked for.
    """

    actors: tuple[ActorRow, ...] = ()
    partisans: tuple[PartisanRow, ...] = ()
    own: tuple[ActorRow, ...] = ()
    digest: str = ""

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
        own = set(self.own)
        return {name: tuple(row for row in rows if row in own) or tuple(rows) for name, rows in found.items()}

    def by_how(self, how: How) -> Mapping[str, PartisanRow]:
        """Those of one of `HOWS`, by name in lower case."""
        return self._by_how[how]

    @cached_property
    def _by_how(self) -> Mapping[How, Mapping[str, PartisanRow]]:
        return {how: {row.name.lower(): row for row in self.partisans if row.how == how} for how in HOWS}
