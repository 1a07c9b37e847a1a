"""Statements and claims of a dataset: DuckDB finds in its tables which fit, and the rows are made from the records
themselves, so that they are those that a store gives. The conditions are `purport.store.conditions`' own, for tables.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from purport.datasets.duck import connected, files, run
from purport.datasets.lines import found_in, member_at
from purport.datasets.link import Linked, plain
from purport.errors import UsageError
from purport.model import codec
from purport.model.document import Span
from purport.model.record import Attribution, Polarity, Proposition, Record
from purport.model.rows import Claim, Evidence, StanceRow, Statement
from purport.store import Sighting
from purport.store.conditions import Bearers, acts_of, known_as
from purport.store.filters import ClaimFilter, Filter
from purport.store.questions import Page, claim_of, statement_of
from purport.store.stances import evidence_of
from purport.store.store import effective
from purport.store.tokens import sought
from purport.syntax.timex import dated_record

Row = TypeVar("Row", Statement, Claim)
Condition = tuple[str, list[object]]
"""An expression, and the values of its marks."""
_ORDER = "d.published IS NULL, d.published, d.id, s.n"
_PAGES = 8
"""Documents that are kept at hand: the rows of one stand together."""
_AT_ONCE = 1000


class TableRows:
    """The statements and claims of a dataset; answers as `purport.corpus.view.View` does."""

    def __init__(self, tables: Linked) -> None:
        """Those that the tables know."""
        self._tables = tables
        self._connection = connected()
        self.page = lru_cache(_PAGES)(self._page)

    def close(self) -> None:
        """Let go of the tables."""
        self._connection.close()

    # -- asking ---------------------------------------------------------------------------------------------------

    def query(self, query: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, some at a time. Raises `StoreError` where the tables cannot be read."""
        cursor = self._connection.cursor()
        run(cursor, query, values, self._tables.dataset.folder)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows

    def documents(self) -> str:
        """The table of documents, as what a query can be made from."""
        return files([self._tables.path("document")])

    def of(self, table: str) -> str:
        """A table of all shards `s`, joined with the documents `d` that its rows are of; a copy has none."""
        return f"{self._tables.rows(table)} s JOIN {self.documents()} d ON d.shard = s.shard AND d.line = s.line"

    def statements(self, wanted: Filter, limit: int | None, bearers: Bearers) -> Iterator[Statement]:
        """As `purport.store.statements`."""
        told = self._statements_wanted(wanted, bearers)
        return self._listed("statements", told, limit, lambda page, record, n: statement_of(page, _said(record, n)))

    def count(self, wanted: Filter, bearers: Bearers) -> int:
        """How many statements fit."""
        return self._counted("statements", self._statements_wanted(wanted, bearers))

    def claims(self, wanted: ClaimFilter, limit: int | None, bearers: Bearers) -> Iterator[Claim]:
        """As `purport.store.claims`."""
        told = self._claims_wanted(wanted, bearers)
        return self._listed("claims", told, limit, lambda page, record, n: claim_of(page, _claimed(record, n)))

    def count_claims(self, wanted: ClaimFilter, bearers: Bearers) -> int:
        """How many claims fit."""
        return self._counted("claims", self._claims_wanted(wanted, bearers))

    def _counted(self, table: str, told: Sequence[Condition]) -> int:
        where, values = _where(told)
        ((number,),) = self.query(f"SELECT count(*) FROM {self.of(table)} {where}", values)
        return int(number)

    def _listed(
        self,
        table: str,
        told: Sequence[Condition],
        limit: int | None,
        made: Callable[[Page, Record, int], Row],
    ) -> Iterator[Row]:
        where, values = _where(told)
        most = f"LIMIT {int(limit)}" if limit is not None else ""
        # All at once, since who goes through them may ask for something else meanwhile.
        places = list(self.query(f"SELECT d.id, s.n FROM {self.of(table)} {where} ORDER BY {_ORDER} {most}", values))
        for id_, n in places:
            yield made(*self.page(id_), n)

    def stances(self) -> Iterator[StanceRow]:
        """As `purport.store.stances`."""
        query = (
            "SELECT s.id, d.id, s.holder, s.target, s.sign, s.basis, s.voucher IS NULL, s.vouched, s.certainty, "
            "s.confidence, s.deed, coalesce(d.outlet, d.author, ''), coalesce(d.published, '') "
            f"FROM {self.of('stances')} ORDER BY d.id, s.n"
        )
        return (StanceRow(*row) for row in self.query(query))

    def with_stances(self) -> list[str]:
        """The ids of the documents that have a stance, in order."""
        return [id_ for (id_,) in self.query(f"SELECT DISTINCT d.id FROM {self.of('stances')} ORDER BY 1")]

    def evidence(self, ids: Sequence[str], name_of: Callable[[str | None, str], str]) -> Iterator[Evidence]:
        """As `purport.store.evidence`."""
        query = (
            "SELECT d.id, s.start, s.stop, s.id, s.holder, s.target, s.sign, s.basis, s.deed, s.voucher, s.certainty, "
            f"s.confidence FROM {self.of('stances')} WHERE list_contains(?::VARCHAR[], s.id) "
            "ORDER BY d.published IS NULL, d.published, d.id, s.start, s.n"
        )
        for id_, start, stop, *told in list(self.query(query, [list(ids)])):
            yield evidence_of(self.page(id_)[0], Span(start, stop), name_of, *told)

    # -- documents ------------------------------------------------------------------------------------------------

    def has(self, document_id: str) -> bool:
        """Whether the document is there."""
        return bool(list(self.query(f"SELECT 1 FROM {self.documents()} WHERE id = ?", [document_id])))

    def documents_of(self, wanted: Filter, bearers: Bearers) -> dict[str, list[str]]:
        """The ids of documents, by the shards that hold them, that fit what is asked of documents; with `about` those
        that name the actor, or in a statement of which these words stand."""
        told = _of_document(wanted)
        if wanted.about is not None:
            (part,) = sought(wanted.about, phrase=True)
            borne = self._bearing(wanted.about, bearers)
            named = f"SELECT s.shard, s.line FROM {self._tables.rows('entities')} s"
            said = f"SELECT s.shard, s.line FROM {self._tables.rows('statements')} s WHERE contains(s.content, ?)"
            told.append(
                (
                    f"(d.shard, d.line) IN ({named} WHERE list_contains(?::VARCHAR[], s.id) UNION {said})",
                    [borne, part],
                )
            )
        where, values = _where(told)
        query = (
            f"SELECT s.shard, list(DISTINCT s.id ORDER BY s.id) FROM {self._tables.rows('documents')} s "
            f"WHERE s.id IN (SELECT d.id FROM {self.documents()} d {where}) GROUP BY 1"
        )
        return dict(self.query(query, values))

    def shards_of(self, ids: Sequence[str]) -> set[str]:
        """The names of the shards that hold one of the documents."""
        query = f"SELECT DISTINCT shard FROM {self._tables.rows('documents')} s WHERE list_contains(?::VARCHAR[], id)"
        return {name for (name,) in self.query(query, [list(ids)])}

    def record(self, document_id: str) -> Record:
        """The record of one document. Raises `UsageError` where it is not there."""
        if not self.has(document_id):
            raise UsageError(f"{self._tables.dataset.folder}: no document {document_id} is in this dataset")
        return self.page(document_id)[1]

    def sightings(self, document_id: str) -> list[Sighting]:
        """Where a document was met, by path."""
        query = f"SELECT sightings FROM {self.documents()} WHERE id = ?"
        return [one for (met,) in self.query(query, [document_id]) for one in _sightings(met)]

    def _page(self, id_: str) -> tuple[Page, Record]:
        """A document by its id, as all that is known of it tells it: what its rows have in common, and its record."""
        query = f"SELECT shard, position, size, sightings, own, paths FROM {self.documents()} WHERE id = ?"
        ((shard, position, size, met, own, paths),) = self.query(query, [id_])
        tables = self._tables
        marker = next(one for one in tables.shards if one.name == shard)
        told = member_at(tables.dataset.folder / marker.records.name, position, size)
        record = found_in(told, tables.dataset.run).record
        document = effective(record.document, codec.metadata_in(own), _sightings(met))
        record = dated_record(replace(record, document=document))
        return Page.of(record, json.loads(paths)[0]), record

    # -- conditions -----------------------------------------------------------------------------------------------

    def _statements_wanted(self, wanted: Filter, bearers: Bearers) -> list[Condition]:
        told: list[Condition] = []
        if not wanted.unsaid:
            told.append(("s.said", []))
            if wanted.kind is None:
                told.append(("s.kind != 'block'", []))
        if acts := acts_of(wanted):
            told.append(("list_contains(?::VARCHAR[], s.act)", [list(acts)]))
        if wanted.kind is not None:
            told.append(("s.kind = ?", [wanted.kind]))
        if wanted.search is not None:
            told += [("contains(s.words, ?)", [part]) for part in sought(wanted.search)]
        if wanted.by is not None:
            (part,) = sought(wanted.by, phrase=True)
            borne = self._bearing(wanted.by, bearers)
            told.append(("(contains(s.source, ?) OR list_contains(?::VARCHAR[], s.holder))", [part, borne]))
        if wanted.about is not None:
            (part,) = sought(wanted.about, phrase=True)
            borne = self._bearing(wanted.about, bearers)
            told.append(("(contains(s.content, ?) OR list_has_any(s.named, ?::VARCHAR[]))", [part, borne]))
        return [*told, *_of_document(wanted)]

    def _claims_wanted(self, wanted: ClaimFilter, bearers: Bearers) -> list[Condition]:
        told: list[Condition] = []
        if wanted.predicate is not None:
            (part,) = sought(wanted.predicate, phrase=True, beginning=True)
            told.append(("contains(s.predicate, ?)", [part]))
        if wanted.about is not None:
            (part,) = sought(wanted.about, phrase=True)
            borne = self._bearing(wanted.about, bearers)
            told.append(("(contains(s.about, ?) OR list_has_any(s.named, ?::VARCHAR[]))", [part, borne]))
        for column, asked in (("certainty", wanted.certainty), ("frame", wanted.frame)):
            if asked is not None:
                told.append((f"s.{column} = ?", [asked]))
        if not wanted.with_reporting:
            told.append(("NOT s.reporting", []))
        if wanted.wanted_polarity != "any":
            told.append(("s.negative = ?", [wanted.wanted_polarity == Polarity.NEGATIVE]))
        if wanted.by is not None:
            (part,) = sought(wanted.by, phrase=True)
            borne = self._bearing(wanted.by, bearers)
            spoken = "contains(s.source, ?) OR list_contains(?::VARCHAR[], s.holder)"
            told.append((f"({spoken} OR s.own AND contains(d.voice, ?))", [part, borne, plain(wanted.by)]))
        return [*told, *_of_document(wanted.shared())]

    def _bearing(self, asked: str, bearers: Bearers) -> list[str]:
        """The ids of entities that bear the name, are known by it to the lexicon of actors, or are of an actor that
        bears it in another document: as `purport.store.conditions.naming` finds them."""
        (part,) = sought(asked, phrase=True)
        query = (
            f"SELECT DISTINCT s.id FROM {self.of('entities')} WHERE contains(s.words, ?) "
            "OR list_contains(?::VARCHAR[], s.known) ORDER BY 1"
        )
        found = [id_ for (id_,) in self.query(query, [part, sorted(known_as(asked))])]
        return [*found, *bearers(asked)]


def _sightings(told: str) -> list[Sighting]:
    return [Sighting(path, part, codec.metadata_in(there)) for path, part, there in json.loads(told)]


def _said(record: Record, n: int) -> Attribution:
    return record.attributions[n]


def _claimed(record: Record, n: int) -> Proposition:
    return record.propositions[n]


def _where(told: Sequence[Condition]) -> tuple[str, list[object]]:
    values = [value for _, some in told for value in some]
    return f"WHERE {' AND '.join(one for one, _ in told)}" if told else "", values


def _of_document(wanted: Filter) -> list[Condition]:
    """What is asked of the document, and how sure it is to be."""
    told: list[Condition] = []
    if wanted.least > 0 and wanted.accepted:
        told.append(("(s.confidence >= ? OR list_contains(?::VARCHAR[], s.id))", [wanted.least, list(wanted.accepted)]))
    elif wanted.least > 0:
        told.append(("s.confidence >= ?", [wanted.least]))
    if wanted.outlet is not None:
        told.append(("list_contains(d.seen_at, ?)", [plain(wanted.outlet)]))
    if wanted.since is not None:
        told.append(("d.published >= substr(?, 1, length(d.published))", [wanted.since]))
    if wanted.until is not None:
        told.append(("substr(d.published, 1, ?) <= ?", [len(wanted.until), wanted.until]))
    if wanted.without:
        told.append(("NOT list_contains(?::VARCHAR[], d.id)", [list(wanted.without)]))
    if wanted.document is not None:
        told.append(("d.id = ?", [wanted.document]))
    return told
