"""A store as it is asked: as people have judged it, or as it was found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice

from purport import store as stores
from purport.corpus.review import ACCEPT, accepted, states
from purport.corpus.reviewed import by_date, overlaid
from purport.model.rows import Claim, StanceRow, Statement
from purport.store.conditions import Bearers


class View:
    """The rows of a store; those of documents of which anything was judged come from a copy that has it so."""

    def __init__(
        self,
        store: stores.Store,
        over: stores.Store | None = None,
        stack: ExitStack | None = None,
        accepted: tuple[str, ...] = (),
    ) -> None:
        self._store, self._over, self._stack = store, over, stack
        self.judged: tuple[str, ...] = tuple(over.ids()) if over is not None else ()
        self._accepted = accepted

    @classmethod
    def as_judged(cls, store: stores.Store) -> View:
        """The store with all that stands of people's judgements of statements and claims; to be closed."""
        told = states(stores.reviews(store))
        if all(one.standing is None or one.standing.deed == ACCEPT for one in told.values()):
            return cls(store, accepted=accepted(told))
        stack = ExitStack()
        return cls(store, stack.enter_context(overlaid(store, told)), stack, accepted(told))

    def close(self) -> None:
        """Let go of the copy."""
        if self._stack is not None:
            self._stack.close()
            self._stack = None

    def statements(
        self, wanted: stores.Filter, limit: int | None = None, bearers: Bearers = lambda _: ()
    ) -> Iterator[Statement]:
        """As `purport.store.statements`."""
        wanted = replace(wanted, accepted=self._accepted)
        own = replace(wanted, without=(*wanted.without, *self.judged))
        rows = stores.statements(self._store, own, limit, bearers)
        if self._over is None:
            return rows
        return islice(by_date(rows, stores.statements(self._over, wanted, limit, bearers)), limit)

    def count(self, wanted: stores.Filter, bearers: Bearers = lambda _: ()) -> int:
        """How many statements fit."""
        wanted = replace(wanted, accepted=self._accepted)
        own = replace(wanted, without=(*wanted.without, *self.judged))
        judged = stores.count(self._over, wanted, bearers) if self._over is not None else 0
        return stores.count(self._store, own, bearers) + judged

    def claims(
        self, wanted: stores.ClaimFilter, limit: int | None = None, bearers: Bearers = lambda _: ()
    ) -> Iterator[Claim]:
        """As `purport.store.claims`."""
        wanted = replace(wanted, accepted=self._accepted)
        own = replace(wanted, without=(*wanted.without, *self.judged))
        rows = stores.claims(self._store, own, limit, bearers)
        if self._over is None:
            return rows
        return islice(by_date(rows, stores.claims(self._over, wanted, limit, bearers)), limit)

    def count_claims(self, wanted: stores.ClaimFilter, bearers: Bearers = lambda _: ()) -> int:
        """How many claims fit."""
        wanted = replace(wanted, accepted=self._accepted)
        own = replace(wanted, without=(*wanted.without, *self.judged))
        judged = stores.count_claims(self._over, wanted, bearers) if self._over is not None else 0
        return stores.count_claims(self._store, own, bearers) + judged

    def stances(self) -> Iterator[StanceRow]:
        """All stances, by document and in the order of the text."""
        if self._over is None:
            return stores.stances(self._store)
        gone = set(self.judged)
        rows = [row for row in stores.stances(self._store) if row.document not in gone]
        return iter(sorted([*rows, *stores.stances(self._over)], key=lambda row: row.document))
