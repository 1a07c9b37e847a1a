"""What is asked, as people have judged it or as it was found: rows of a store, or of whatever else keeps records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from purport import store as stores
from purport.corpus.asking import Rows
from purport.corpus.review import ACCEPT, accepted, states
from purport.corpus.reviewed import Records, by_date, overlaid
from purport.model.rows import Claim, Review, Statement
from purport.store.conditions import Bearers, nobody

if TYPE_CHECKING:
    from purport.network.stances import StanceColumns


class Standing(Rows, Protocol):
    """Rows of which stances are some."""

    def stances(self) -> StanceColumns:
        """The stances, by document and in the order of the text."""


class StoreRows:
    """The rows of a store as they were found."""

    def __init__(self, store: stores.Store) -> None:
        """Those of that store."""
        self._store = store

    def statements(
        self, wanted: stores.Filter, limit: int | None = None, bearers: Bearers = nobody
    ) -> Iterator[Statement]:
        """As `purport.store.statements`."""
        return stores.statements(self._store, wanted, limit, bearers)

    def count(self, wanted: stores.Filter, bearers: Bearers = nobody) -> int:
        """How many statements fit."""
        return stores.count(self._store, wanted, bearers)

    def counts(self, several: Sequence[stores.Filter], bearers: Bearers = nobody) -> list[int]:
        """As `purport.store.counts`."""
        return stores.counts(self._store, several, bearers)

    def claims(
        self, wanted: stores.ClaimFilter, limit: int | None = None, bearers: Bearers = nobody
    ) -> Iterator[Claim]:
        """As `purport.store.claims`."""
        return stores.claims(self._store, wanted, limit, bearers)

    def count_claims(self, wanted: stores.ClaimFilter, bearers: Bearers = nobody) -> int:
        """How many claims fit."""
        return stores.count_claims(self._store, wanted, bearers)

    def stances(self) -> StanceColumns:
        """All of the store."""
        from purport.store.stance_columns import stance_columns  # here, since lists have no need of its arrays

        return stance_columns(self._store)


class View:
    """Rows; those of documents of which anything was judged come from a copy that has it so."""

    def __init__(
        self,
        found: Standing,
        over: stores.Store | None = None,
        stack: ExitStack | None = None,
        accepted: tuple[str, ...] = (),
    ) -> None:
        """The rows as they were `found`, with those of the store `over` for the documents that it has."""
        self._found, self._stack = found, stack
        self._over = StoreRows(over) if over is not None else None
        self.judged: tuple[str, ...] = tuple(over.ids()) if over is not None else ()
        self._accepted = accepted

    @classmethod
    def as_judged(cls, found: Standing, records: Records, reviews: Sequence[Review]) -> View:
        """The rows with all that stands of people's judgements of statements and claims; to be closed."""
        told = states(reviews)
        if all(one.standing is None or one.standing.deed == ACCEPT for one in told.values()):
            return cls(found, accepted=accepted(told))
        stack = ExitStack()
        return cls(found, stack.enter_context(overlaid(records, told)), stack, accepted(told))

    def close(self) -> None:
        """Let go of the copy."""
        if self._stack is not None:
            self._stack.close()
            self._stack = None

    def statements(
        self, wanted: stores.Filter, limit: int | None = None, bearers: Bearers = nobody
    ) -> Iterator[Statement]:
        """As `purport.store.statements`."""
        wanted = replace(wanted, accepted=self._accepted)
        own = replace(wanted, without=(*wanted.without, *self.judged))
        rows = self._found.statements(own, limit, bearers)
        if self._over is None:
            return rows
        return islice(by_date(rows, self._over.statements(wanted, limit, bearers)), limit)

    def count(self, wanted: stores.Filter, bearers: Bearers = nobody) -> int:
        """How many statements fit."""
        (number,) = self.counts([wanted], bearers)
        return number

    def counts(self, several: Sequence[stores.Filter], bearers: Bearers = nobody) -> list[int]:
        """As `purport.store.counts`."""
        wanted = [replace(one, accepted=self._accepted) for one in several]
        own = [replace(one, without=(*one.without, *self.judged)) for one in wanted]
        judged = self._over.counts(wanted, bearers) if self._over is not None else [0] * len(wanted)
        return [sum(both) for both in zip(self._found.counts(own, bearers), judged, strict=True)]

    def claims(
        self, wanted: stores.ClaimFilter, limit: int | None = None, bearers: Bearers = nobody
    ) -> Iterator[Claim]:
        """As `purport.store.claims`."""
        wanted = replace(wanted, accepted=self._accepted)
        own = replace(wanted, without=(*wanted.without, *self.judged))
        rows = self._found.claims(own, limit, bearers)
        if self._over is None:
            return rows
        return islice(by_date(rows, self._over.claims(wanted, limit, bearers)), limit)

    def count_claims(self, wanted: stores.ClaimFilter, bearers: Bearers = nobody) -> int:
        """How many claims fit."""
        wanted = replace(wanted, accepted=self._accepted)
        own = replace(wanted, without=(*wanted.without, *self.judged))
        judged = self._over.count_claims(wanted, bearers) if self._over is not None else 0
        return self._found.count_claims(own, bearers) + judged

    def stances(self) -> StanceColumns:
        """All stances, by document and in the order of the text."""
        found = self._found.stances()
        return found if self._over is None else found.without(self.judged).joined(self._over.stances())
