"""Whom names mean before a text says so: actors by their names, and names and words that take a side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
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


@dataclass(frozen=True, slots=True)
class Defined:
    """Names that a text explains: `letters` are short forms by the long form that they abbreviate; `short` other short
    forms that it brings in for a long one ("the “Fund”"), and `other` further names of a person or body, by the name
    beside which they are brought in."""

    letters: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    other: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The `actors` and the `partisans` (names and words that take a side) that a text is read with.

    `own` are those of the actors that a user brought: of a name or alias that another row has too, only theirs holds.
    `digest` tells the user's table from others, "" where there is none. Of a lexicon for
    one text `defined` are the names that it explains itself, and `barred` those that mean nobody of these there, whom
    `whole` would know (`of_text`). One table is one value, which may be a key of
    caches (`purport.lexicons.shipped_lexicon`, `lexicon_with`); what is made of the rows is made when it is first
    asked for.
    """

    actors: tuple[ActorRow, ...] = ()
    partisans: tuple[PartisanRow, ...] = ()
    own: tuple[ActorRow, ...] = ()
    digest: str = ""
    defined: Defined = field(default_factory=Defined)
    barred: frozenset[str] = frozenset()
    whole: Lexicon | None = None

    def of_text(self, defined: Defined, barred: Iterable[str]) -> Lexicon:
        """The same for one text: with what that defines, without the names by which it means somebody else; itself
        where there is neither."""
        gone = frozenset(name for name in barred if name in self.named or name in self.metonyms)
        if not gone and defined == Defined():
            return self
        return replace(self, defined=defined, barred=gone, whole=self.whole or self)

    @cached_property
    def by_name(self) -> Mapping[str, ActorRow]:
        """The actors by neutral name."""
        return self.whole.by_name if self.whole is not None else {row.name: row for row in self.actors}

    @cached_property
    def named(self) -> Mapping[str, tuple[ActorRow, ...]]:
        """The actors by name and alias, as they are written; more than one where a name is truly ambiguous."""
        if self.whole is not None:
            return self._without(self.whole.named)
        return self._by((name, row) for row in self.actors for name in (row.name, *row.aliases))

    @cached_property
    def several(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """The names and aliases of several words, as words, by their first; the longest first."""
        if self.whole is not None and not self.barred:
            return self.whole.several
        found: dict[str, list[tuple[str, ...]]] = {}
        for name in self.named:
            words = tuple(name.split())
            if len(words) > 1:
                found.setdefault(words[0], []).append(words)
        return {first: tuple(sorted(names, key=lambda one: (-len(one), one))) for first, names in found.items()}

    @cached_property
    def adjectives(self) -> Mapping[str, tuple[ActorRow, ...]]:
        """States, places and peoples by adjective and by the word for those who belong to them."""
        if self.whole is not None:
            return self.whole.adjectives
        return self._by((name, row) for row in self.actors for name in row.adjectives)

    @cached_property
    def metonyms(self) -> Mapping[str, tuple[ActorRow, ...]]:
        """States by the places that stand for their governments."""
        if self.whole is not None:
            return self._without(self.whole.metonyms)
        return self._by((name, row) for row in self.actors for name in row.metonyms)

    def _without(self, names: Mapping[str, tuple[ActorRow, ...]]) -> Mapping[str, tuple[ActorRow, ...]]:
        return {name: rows for name, rows in names.items() if name not in self.barred} if self.barred else names

    def _by(self, pairs: Iterable[tuple[str, ActorRow]]) -> Mapping[str, tuple[ActorRow, ...]]:
        found: dict[str, list[ActorRow]] = {}
        for name, row in pairs:
            found.setdefault(name, []).append(row)
        own = set(self.own)
        return {name: tuple(row for row in rows if row in own) or tuple(rows) for name, rows in found.items()}

    def by_how(self, how: How) -> Mapping[str, PartisanRow]:
        """Those of one of `HOWS`, by name in lower case."""
        return self.whole.by_how(how) if self.whole is not None else self._by_how[how]

    @cached_property
    def _by_how(self) -> Mapping[How, Mapping[str, PartisanRow]]:
        return {how: {row.name.lower(): row for row in self.partisans if row.how == how} for how in HOWS}
