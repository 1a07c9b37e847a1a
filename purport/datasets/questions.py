"""Statements and claims of a dataset: DuckDB finds in its tables which fit, and the rows are made from the records
themselves, so that they are those that a store gives. The conditions are `purport.store.conditions`' own, for tables.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar, overload

from purport.datasets.duck import connected, fetched, files, run
from purport.datasets.lines import found_in, member_at
from purport.datasets.linked import Linked
from purport.datasets.linking import plain
from purport.datasets.tables import id_of, key_of, shard_key
from purport.errors import UsageError
from purport.model import codec
from purport.model.document import Span
from purport.model.record import Polarity, Record
from purport.model.rows import Claim, Evidence, StanceRow, Statement
from purport.network.stances import StanceColumns
from purport.store import Sighting
from purport.store.conditions import Bearers, acts_of, known_as
from purport.store.filters import ClaimFilter, Filter, Within
from purport.store.questions import Page, claim_of, statement_of
from purport.store.stances import evidence_of
from purport.store.store import effective
from purport.store.tokens import sought
from purport.syntax.timex import dated_record

Row = TypeVar("Row", Statement, Claim)
Condition = tuple[str, list[object]]
"""An expression, and the values of its marks."""
_BY_DATE = "d.published IS NULL, d.published, d.id"
_ORDER = f"{_BY_DATE}, s.n"
_VOICE = "coalesce(d.outlet, d.author, '')"
_EARLY = 200
_PAGES = 8
"""Documents that are kept at hand: the rows of one stand together."""
_KEPT = 24
"""Tables of what was asked before that are kept."""
_WORDS = {"statements": "source, content, words, named", "claims": "predicate, about, source, named"}
"""Columns of a table that say in what words: they are never asked for again."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the records of a shard a document is, by its id: at which byte, and how many bytes it takes."""

    id: str
    position: int
    size: int


class Bearing(Sequence[str]):
    """The entities of the actors of a name, by id, as a table of DuckDB; of a known actor there are millions."""

    def __init__(self, rows: TableRows, table: str) -> None:
        """Those in the table of that name, which has a column `id`."""
        self.table, self._rows = table, rows

    def __len__(self) -> int:
        ((number,),) = self._rows.query(f"SELECT count(*) FROM {self.table}")
        return int(number)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        found = [id_of(key) or "" for (key,) in self._rows.query(f"SELECT id FROM {self.table} ORDER BY id")]
        return found[at]


class TableRows:
    """The statements and claims of a dataset; answers as `purport.corpus.view.View` does."""

    def __init__(self, tables: Linked) -> None:
        """Those that the tables know."""
        self._tables = tables
        self._connection = connected()
        self._markers = {shard_key(one.name): one for one in tables.shards}
        self._made: dict[object, str] = {}
        self._number = 0
        self.page = lru_cache(_PAGES)(self._page)

    def close(self) -> None:
        """Let go of the tables."""
        self._connection.close()

    # -- asking ---------------------------------------------------------------------------------------------------

    def query(self, query: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, some at a time. Raises `StoreError` where the tables cannot be read."""
        yield from fetched(self._connection, query, self._tables.dataset.folder, values)

    def _kept(self, query: str, values: Sequence[object]) -> str:
        """A table with what a query gives, which is kept while other questions are few: one question of a person is
        several here, of the same rows. Its name."""
        key = query, codec.dumps(values)
        table = self._made.pop(key, None)
        if table is None:
            self._number += 1
            table = f"kept_{self._number}"
            run(self._connection, f"CREATE TABLE {table} AS {query}", values, self._tables.dataset.folder)
        self._made[key] = table
        while len(self._made) > _KEPT:
            self._connection.execute(f"DROP TABLE {self._made.pop(next(iter(self._made)))}")
        return table

    def documents(self) -> str:
        """The table of documents, as what a query can be made from."""
        return files([self._tables.path("document")])

    def of(self, table: str) -> str:
        """A table of all shards `s`, joined with the documents `d` that its rows are of; a copy has none."""
        return f"{self._tables.rows(table)} s JOIN {self.documents()} d ON d.shard = s.shard AND d.line = s.line"

    def _once(self, table: str) -> str:
        """A table of all shards `s` without the rows of copies."""
        copies = files([self._tables.path("copy")])
        return f"{self._tables.rows(table)} s ANTI JOIN {copies} c ON c.shard = s.shard AND c.line = s.line"

    def bearing(self, name: str, forms: Sequence[str], known: Sequence[str]) -> Bearing:
        """The entities of the actor with that id; else of those that have a name and are called by one of the forms, or
        are `known` to the lexicon by one of those names: as `purport.store.kept_actors.entities_called`."""
        entity, actor, form = (files([self._tables.path(one)]) for one in ("actor_entity", "actor", "actor_form"))
        own = f"SELECT place FROM {actor} WHERE id = ?"
        called = (
            f"SELECT place FROM {actor} WHERE named AND (place IN (SELECT place FROM {form} WHERE "
            "list_contains(?::VARCHAR[], form)) OR known != '' AND list_contains(?::VARCHAR[], known))"
        )
        places, values = own, list[object]([name])
        if not list(self.query(f"{own} LIMIT 1", [name])):
            places, values = called, [list(forms), list(known)]
        return Bearing(self, self._kept(f"SELECT entity AS id FROM {entity} WHERE place IN ({places})", values))

    def statements(self, wanted: Filter, limit: int | None, bearers: Bearers) -> Iterator[Statement]:
        """As `purport.store.statements`."""
        return self._listed(self._statements(wanted, bearers), limit, lambda page, record, n: statement_of(
            page, record.attributions[n]
        ))  # fmt: skip

    def count(self, wanted: Filter, bearers: Bearers) -> int:
        """How many statements fit."""
        return self._counted(self._statements(wanted, bearers))

    def counts(self, several: Sequence[Filter], bearers: Bearers) -> list[int]:
        """As `purport.store.counts`."""
        return [self.count(wanted, bearers) for wanted in several]

    def claims(self, wanted: ClaimFilter, limit: int | None, bearers: Bearers) -> Iterator[Claim]:
        """As `purport.store.claims`."""
        return self._listed(self._claims(wanted, bearers), limit, lambda page, record, n: claim_of(
            page, record.propositions[n]
        ))  # fmt: skip

    def count_claims(self, wanted: ClaimFilter, bearers: Bearers) -> int:
        """How many claims fit."""
        return self._counted(self._claims(wanted, bearers))

    def _counted(self, rows: Condition) -> int:
        query, values = rows
        ((number,),) = self.query(f"SELECT count(*) FROM ({query})", values)
        return int(number)

    def _listed(self, rows: Condition, limit: int | None, made: Callable[[Page, Record, int], Row]) -> Iterator[Row]:
        for id_, n in self._first(*rows, limit):
            yield made(*self.page(id_), n)

    def _first(self, query: str, values: Sequence[object], limit: int | None) -> list[tuple[str, int]]:
        """The documents and places of rows, in the order of lists; all at once, since who goes through them may ask for
        something else meanwhile."""

        def listed(documents: str, most: int | None) -> list[tuple[str, int]]:
            both = f"({query}) s JOIN {documents} d ON d.shard = s.shard AND d.line = s.line"
            few = f"LIMIT {int(most)}" if most is not None else ""
            return [(id_, n) for id_, n in self.query(f"SELECT d.id, s.n FROM {both} ORDER BY {_ORDER} {few}", values)]

        if limit is not None:
            # The first documents mostly have as many rows as are asked for; no other row can stand before theirs.
            early = f"SELECT * FROM {self.documents()} d ORDER BY {_BY_DATE} LIMIT {_EARLY + 4 * int(limit)}"
            found = listed(f"({early})", limit)
            if len(found) == limit:
                return found
        return listed(self.documents(), limit)

    def _fitting(
        self, table: str, conditions: Sequence[Condition], further: Sequence[Condition], *, documents: bool
    ) -> Condition:
        """The rows of a table that fit: those of the `conditions` are kept for other questions, as the next will ask
        for the same with other `further` ones. `documents` says whether the conditions ask something of documents."""
        rows = self.of(table) if documents else self._once(table)
        columns = f"SELECT s.* EXCLUDE ({_WORDS[table]}) FROM {rows}"
        where, values = _where(conditions)
        if conditions:
            rows, values = self._kept(f"{columns} {where}", values), []
        else:
            rows = f"({columns})"
        also, more = _where(further)
        return f"SELECT s.shard, s.line, s.n FROM {rows} s {also}", [*values, *more]

    # -- conditions -----------------------------------------------------------------------------------------------

    def _statements(self, wanted: Filter, bearers: Bearers) -> Condition:
        told: list[Condition] = []
        if acts := acts_of(wanted):
            told.append(("list_contains(?::VARCHAR[], s.act)", [list(acts)]))
        if wanted.search is not None:
            told += [("contains(s.words, ?)", [part]) for part in sought(wanted.search)]
        if wanted.by is not None:
            (part,) = sought(wanted.by, phrase=True)
            told.append((f"(contains(s.source, ?) OR s.holder IN ({self._borne(wanted.by, bearers)}))", [part]))
        if wanted.about is not None:
            (part,) = sought(wanted.about, phrase=True)
            told.append((f"(contains(s.content, ?) OR {self._named('statements', wanted.about, bearers)})", [part]))
        further = _sure(wanted)
        if not wanted.unsaid:
            further.append(("s.said", []))
            if wanted.kind is None:
                further.append(("s.kind != 'block'", []))
        if wanted.kind is not None:
            further.append(("s.kind = ?", [wanted.kind]))
        of_document = _of_document(wanted)
        return self._fitting("statements", [*told, *of_document], further, documents=bool(of_document))

    def _claims(self, wanted: ClaimFilter, bearers: Bearers) -> Condition:
        told: list[Condition] = []
        if wanted.predicate is not None:
            (part,) = sought(wanted.predicate, phrase=True, beginning=True)
            told.append(("contains(s.predicate, ?)", [part]))
        if wanted.about is not None:
            (part,) = sought(wanted.about, phrase=True)
            told.append((f"(contains(s.about, ?) OR {self._named('claims', wanted.about, bearers)})", [part]))
        for column, asked in (("certainty", wanted.certainty), ("frame", wanted.frame)):
            if asked is not None:
                told.append((f"s.{column} = ?", [asked]))
        if wanted.by is not None:
            (part,) = sought(wanted.by, phrase=True)
            spoken = f"contains(s.source, ?) OR s.holder IN ({self._borne(wanted.by, bearers)})"
            told.append((f"({spoken} OR s.own AND contains(d.voice, ?))", [part, plain(wanted.by)]))
        shared = wanted.shared()
        further = _sure(shared)
        if not wanted.with_reporting:
            further.append(("NOT s.reporting", []))
        if wanted.wanted_polarity != "any":
            further.append(("s.negative = ?", [wanted.wanted_polarity == Polarity.NEGATIVE]))
        of_document = _of_document(shared)
        asked_of_it = bool(of_document) or wanted.by is not None  # whose voice the text's own is
        return self._fitting("claims", [*told, *of_document], further, documents=asked_of_it)

    def _entities(self, asked: str, bearers: Bearers) -> str:
        """A table of the entities that bear the name, are known by it to the lexicon of actors, or are of an actor that
        bears it in another document: as `purport.store.conditions.naming` finds them; with their documents."""
        (part,) = sought(asked, phrase=True)
        given = bearers(asked)
        if isinstance(given, Bearing):
            table = given.table
        else:
            table = self._kept("SELECT unnest(?::UBIGINT[]) AS id", [list(map(key_of, given))])
        return self._kept(
            f"SELECT s.shard, s.line, s.id FROM {self._tables.rows('entities')} s WHERE contains(s.words, ?) "
            f"OR list_contains(?::VARCHAR[], s.known) OR s.id IN (SELECT id FROM {table})",
            [part, sorted(known_as(asked))],
        )

    def _borne(self, asked: str, bearers: Bearers) -> str:
        return f"SELECT id FROM {self._entities(asked, bearers)}"

    def _named(self, table: str, asked: str, bearers: Bearers) -> str:
        """The condition that such an entity is named in a row of a table."""
        kept = self._kept(
            f"SELECT s.shard, s.line, s.n FROM {self._tables.rows(table)} s JOIN {self._entities(asked, bearers)} e "
            "ON e.shard = s.shard AND e.line = s.line WHERE list_contains(s.named, e.id)",
            [],
        )
        return f"(s.shard, s.line, s.n) IN (SELECT (shard, line, n) FROM {kept})"

    def outlets(self) -> list[str]:
        """All outlets that documents were seen at, sorted."""
        return sorted(name for (name,) in self.query(f"SELECT DISTINCT unnest(outlets) FROM {self.documents()}"))

    def voices(self) -> list[str]:
        """The outlets of documents, or their authors where no outlet is known."""
        return [name for (name,) in self.query(f"SELECT DISTINCT {_VOICE} FROM {self.documents()} d")]

    def of_stances(self, within: Within) -> Condition:
        """The stances `s` with their documents `d`, as what a query can be made from, and the values of its marks."""
        told = _of_document(Filter(since=within.since, until=within.until))
        if within.outlets is not None:
            asked = {name.casefold() for name in within.outlets}
            own = [name for name in self.voices() if name.casefold() in asked]
            told.append((f"list_contains(?::VARCHAR[], {_VOICE})", [own]))
        where, values = _where(told)
        return f"{self.of('stances')} {where}", values

    def stances(self, within: Within = Within()) -> StanceColumns:
        """The stances of what is `within`, by document and in the order of the text."""
        return StanceColumns.of(self._stances(within))

    def _stances(self, within: Within) -> Iterator[StanceRow]:
        rows, values = self.of_stances(within)
        query = (
            "SELECT s.id, d.id, s.holder, s.target, s.sign, s.basis, s.voucher IS NULL, s.vouched, s.certainty, "
            f"s.confidence, s.deed, {_VOICE}, coalesce(d.published, ''), s.said FROM {rows} ORDER BY d.id, s.n"
        )
        for key, document, holder, target, sign, basis, own, vouched, *rest in self.query(query, values):
            ids = id_of(key) or "", document, id_of(holder), id_of(target) or ""
            yield StanceRow(*ids, sign, basis, own, id_of(vouched), *rest)

    def evidence(self, ids: Sequence[str], name_of: Callable[[str | None, str], str]) -> Iterator[Evidence]:
        """As `purport.store.evidence`."""
        query = (
            "SELECT d.id, s.start, s.stop, s.id, s.holder, s.target, s.sign, s.basis, s.deed, s.voucher, s.certainty, "
            f"s.confidence FROM {self.of('stances')} WHERE list_contains(?::UBIGINT[], s.id) "
            "ORDER BY d.published IS NULL, d.published, d.id, s.start, s.n"
        )
        for id_, start, stop, key, holder, target, sign, basis, deed, voucher, *rest in list(
            self.query(query, [list(map(key_of, ids))])
        ):
            named = id_of(key) or "", id_of(holder), id_of(target) or ""
            page = self.page(id_)[0]
            yield evidence_of(page, Span(start, stop), name_of, *named, sign, basis, deed, id_of(voucher), *rest)

    # -- documents ------------------------------------------------------------------------------------------------

    def has(self, document_id: str) -> bool:
        """Whether the document is there."""
        return bool(list(self.query(f"SELECT 1 FROM {self.documents()} WHERE id = ?", [document_id])))

    def documents_of(self, wanted: Filter, bearers: Bearers) -> dict[str, list[Place]]:
        """Where the documents are that fit what is asked of documents, by the names of the shards that hold them; with
        `about` those that name the actor, or in a statement of which these words stand."""
        told = _of_document(wanted)
        if wanted.about is not None:
            (part,) = sought(wanted.about, phrase=True)
            named = f"SELECT (shard, line) FROM {self._entities(wanted.about, bearers)}"
            said = f"SELECT (shard, line) FROM {self._tables.rows('statements')} WHERE contains(content, ?)"
            told.append((f"(d.shard, d.line) IN ({named} UNION {said})", [part]))
        where, values = _where(told)
        query = (
            f"SELECT s.shard, s.id, s.position, s.size FROM {self._tables.rows('documents')} s "
            f"WHERE s.id IN (SELECT d.id FROM {self.documents()} d {where}) ORDER BY s.shard, s.line"
        )
        found: dict[str, list[Place]] = {}
        for shard, *place in self.query(query, values):
            found.setdefault(self._markers[shard].name, []).append(Place(*place))
        return found

    def shards_of(self, ids: Sequence[str]) -> set[str]:
        """The names of the shards that hold one of the documents."""
        query = f"SELECT DISTINCT shard FROM {self._tables.rows('documents')} s WHERE list_contains(?::VARCHAR[], id)"
        return {self._markers[key].name for (key,) in self.query(query, [list(ids)])}

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
        dataset = self._tables.dataset
        told = member_at(dataset.folder / self._markers[shard].records.name, position, size)
        record = found_in(told, dataset.run).record
        document = effective(record.document, codec.metadata_in(own), _sightings(met))
        record = dated_record(replace(record, document=document))
        return Page.of(record, json.loads(paths)[0]), record


def _sightings(told: str) -> list[Sighting]:
    return [Sighting(path, part, codec.metadata_in(there)) for path, part, there in json.loads(told)]


def _where(told: Sequence[Condition]) -> tuple[str, list[object]]:
    values = [value for _, some in told for value in some]
    return f"WHERE {' AND '.join(one for one, _ in told)}" if told else "", values


def _sure(wanted: Filter) -> list[Condition]:
    """How sure a row is to be."""
    if wanted.least > 0 and wanted.accepted:
        accepted = list(map(key_of, wanted.accepted))
        return [("(s.confidence >= ? OR list_contains(?::UBIGINT[], s.id))", [wanted.least, accepted])]
    return [("s.confidence >= ?", [wanted.least])] if wanted.least > 0 else []


def _of_document(wanted: Filter) -> list[Condition]:
    """What is asked of the document."""
    told: list[Condition] = []
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
