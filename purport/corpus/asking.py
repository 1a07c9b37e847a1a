"""What a corpus can be asked, wherever its rows are kept: in a store, or in the tables of a dataset."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Protocol

from purport.corpus.asked import Acts, Period, acts_of, outlet_of, period_of, speaks, told_of
from purport.corpus.tables import Claims, Statements
from purport.errors import UsageError
from purport.model.networks import Network
from purport.model.record import Certainty, Frame, Kind, Polarity
from purport.model.rows import Claim, Statement
from purport.store.conditions import Bearers
from purport.store.filters import SURE, ClaimFilter, Filter, Within

if TYPE_CHECKING:
    from purport.corpus.standing import Standing


class Rows(Protocol):
    """Statements and claims, to be listed and counted; `bearers` are asked who bears a name."""

    def statements(self, wanted: Filter, limit: int | None, bearers: Bearers) -> Iterator[Statement]:
        """As `purport.store.statements`."""

    def count(self, wanted: Filter, bearers: Bearers) -> int:
        """How many statements fit."""

    def counts(self, several: Sequence[Filter], bearers: Bearers) -> list[int]:
        """As `purport.store.counts`."""

    def claims(self, wanted: ClaimFilter, limit: int | None, bearers: Bearers) -> Iterator[Claim]:
        """As `purport.store.claims`."""

    def count_claims(self, wanted: ClaimFilter, bearers: Bearers) -> int:
        """How many claims fit."""


class Asking:
    """Questions that are answered from rows, actors and who stands how to whom."""

    @abstractmethod
    def outlets(self) -> list[str]:
        """All outlets that documents were seen at, sorted."""

    @abstractmethod
    def names(self) -> Iterator[str]:
        """The names of all actors and outlets, those named most first."""

    @abstractmethod
    def find(self, name: str) -> str:
        """The id of the document called so."""

    @abstractmethod
    def standing_as(self, *, as_found: bool = False, within: Within | None = None) -> Standing:
        """Who stands how to whom, as people have judged it, or as it was found; what is not `within` may be left
        out."""

    @abstractmethod
    def _seen(self, as_found: bool) -> Rows: ...

    @abstractmethod
    def _bearing(self, name: str) -> Sequence[str]: ...

    def statements(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        outlet: str | None = None,
        since: Period | None = None,
        until: Period | None = None,
        act: Acts | None = None,
        kind: str | None = None,
        search: str | None = None,
        document: str | None = None,
        unsaid: bool = False,
        all: bool = False,
        min_confidence: float = SURE,
        as_found: bool = False,
        limit: int | None = None,
        once: bool = False,
    ) -> Statements:
        """The statements that fit all that is asked, by date, document and place; see `purport.store.Filter`.

        `by` is who says it; `act` one speech act or several, in any form of the verb ("denies"); `document` an id or
        the name of a file. Those less sure than `min_confidence` (0 to 1) are only counted, unless `all` are asked
        for. They come as people have judged them, or, with `as_found`, as they were found. With `once` they are read as
        they are gone through, which can be done once, while the corpus is open: for more than the memory holds.

        With `unsaid` what the text only asks, supposes, plans or imputes is in too; else it is only counted. Blocks of
        the layout (turns, quotations that are set in, mails) are in where `kind` asks for them, else counted as well.
        Raises `UsageError` for an outlet, actor, document, act or kind that is not there.
        """
        if kind is not None and kind not in list(Kind):
            raise UsageError(f"no kind is called {kind!r}; there are {', '.join(Kind)}", "kind")
        acts, since, until, outlet, document = self._checked(act, since, until, outlet, document)
        found = self._seen(True)
        bearers = cache(self._bearing)
        speaks(found, self.outlets(), by, bearers, self.names)
        note = told_of(found, about, bearers, self.names)
        every = Filter(by, about, outlet, since, until, acts or None, kind, search, document, unsaid)
        wanted = replace(every, least=0.0 if all else min_confidence)
        view = self._seen(as_found)
        asked = [wanted, replace(wanted, unsaid=True), replace(wanted, kind="block"), every]
        fitting, with_unsaid, of_blocks, sure_or_not = view.counts(asked, bearers)
        blocks = of_blocks if kind is None and not unsaid else 0
        rows = view.statements(wanted, limit, bearers)
        number = (fitting if limit is None else min(limit, fitting)) if once else None
        return Statements(rows, with_unsaid - fitting - blocks, blocks, sure_or_not - fitting, note, number)

    def claims(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        predicate: str | None = None,
        certainty: str | None = None,
        frame: str | None = None,
        outlet: str | None = None,
        since: Period | None = None,
        until: Period | None = None,
        document: str | None = None,
        polarity: str | None = None,
        with_reporting: bool = False,
        all: bool = False,
        min_confidence: float = SURE,
        as_found: bool = False,
        limit: int | None = None,
        once: bool = False,
    ) -> Claims:
        """The propositions that fit all that is asked, with who vouches for each; see `purport.store.ClaimFilter`.

        `polarity` is "positive", "negative" or "any"; by default "any", but "positive" where a `predicate` is asked
        for, and `negated` of what is returned says how many are left out by that. `with_reporting` takes in what only
        tells that somebody says something ("Denk denied it"); else `reporting` of what is returned counts it. The rest
        is as for `statements`.
        """
        for name, value, known in (("certainty", certainty, Certainty), ("frame", frame, Frame)):
            if value is not None and value not in list(known):
                raise UsageError(f"no {name} is called {value!r}; there are {', '.join(known)}", name)
        _, since, until, outlet, document = self._checked(None, since, until, outlet, document)
        found = self._seen(True)
        speaks(found, self.outlets(), by, self._bearing, self.names)
        note = told_of(found, about, self._bearing, self.names)
        every = ClaimFilter(
            by, about, predicate, certainty, frame, outlet, since, until, document, polarity, with_reporting
        )
        wanted = replace(every, least=0.0 if all else min_confidence)
        view = self._seen(as_found)
        fitting = view.count_claims(wanted, self._bearing)
        negated = reporting = 0
        if polarity is None and wanted.wanted_polarity == Polarity.POSITIVE:
            negated = view.count_claims(replace(wanted, polarity=Polarity.NEGATIVE), self._bearing)
        if not with_reporting:
            reporting = view.count_claims(replace(wanted, with_reporting=True), self._bearing) - fitting
        unsure = view.count_claims(every, self._bearing) - fitting if wanted.least else 0
        number = (fitting if limit is None else min(limit, fitting)) if once else None
        return Claims(view.claims(wanted, limit, self._bearing), negated, reporting, unsure, note, number)

    def network(
        self,
        since: Period | None = None,
        until: Period | None = None,
        outlets: Collection[str] | None = None,
        vouched_by: Collection[str] | None = None,
        kinds: Collection[str] | None = None,
        *,
        least: int = 1,
        directed: bool = True,
        resamples: int = 200,
        as_found: bool = False,
    ) -> Network:
        """The signed network of a corpus: who stands how to whom, by independent documents, as people have judged
        them, or, with `as_found`, as they were found.

        `since` and `until` are dates of publication, both included; `outlets` names of outlets; `vouched_by` names or
        ids of actors on whose word it stands (the innermost voucher), "outlet" for the text's own voice, "" for a
        source that is not named; `kinds` of "deed", "words", "name". An edge needs `least` documents, copies counted
        once; where it is not `directed`, both directions are one edge. `resamples` is how often documents are
        resampled to see how steady a sign is. Raises `UsageError` for what makes no sense, `StoreError` where the
        store cannot be read.
        """
        outlets, vouched_by, kinds = (
            [names] if isinstance(names, str) else names for names in (outlets, vouched_by, kinds)
        )
        _, since, until, _, _ = self._checked(None, since, until, None, None)
        own = [outlet_of(name, self.outlets()) for name in outlets] if outlets is not None else None
        within = Within(since, until, tuple(own) if own is not None else None)
        standing = self.standing_as(as_found=as_found, within=within)
        ties = standing.chosen(since, until, own, vouched_by, kinds)
        return standing.network(ties, least=least, directed=directed, resamples=resamples)

    def _checked(
        self, act: Acts | None, since: Period | None, until: Period | None, outlet: str | None, document: str | None
    ) -> tuple[tuple[str, ...], str | None, str | None, str | None, str | None]:
        """What several questions are asked with, as filters take it. Raises `UsageError` for what is not there."""
        if outlet is not None:
            outlet = outlet_of(outlet, self.outlets())
        if document is not None:
            document = self.find(document)
        return acts_of(act), period_of(since, "since"), period_of(until, "until"), outlet, document
