"""A store: the one object that holds a connection. It adds whole records and gives them back."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import apsw

from purport.errors import UsageError
from purport.model import codec
from purport.model.document import Document, Metadata, Segment, SourceMap, Unit
from purport.model.record import Record, Run
from purport.runtime.packed import packed
from purport.store.connection import WriterLock, connect, create, explained
from purport.store.findings import delete_findings, insert_findings
from purport.store.transaction import Transaction
from purport.syntax.timex import dated, dated_record

_DOCUMENT = (
    "SELECT d.key, d.text, d.blocks, d.map, d.format, s.deflated, d.own, d.selector, d.part, d.notes, d.analysed, "
    "d.outlet, d.author, d.title, d.published, d.url, d.language, r.version, r.parts, r.settings "
    "FROM document d JOIN source s USING (sha256) JOIN run r ON r.id = d.run"
)
ATTRIBUTION = "SELECT id, source, cue, content, kind, act, inside, holder, confidence, imputed, reason FROM attribution"
_STANCE = (
    "SELECT id, holder, target, sign, basis, first, last, places, voucher, certainty, deed, proposition, confidence "
    "FROM stance WHERE document = ? ORDER BY key"
)
_MENTION = "SELECT first, last, entity, naming, reason, confidence, tone FROM mention WHERE document = ? ORDER BY key"
_ENTITY = "SELECT id, name, type, names, known, belongs, held FROM entity WHERE document = ? ORDER BY key"
PROPOSITION = "SELECT id, predicate, subject, object, certainty, frame, voucher, confidence, rest FROM proposition"


class Added(StrEnum):
    """What adding a record did: a document was new, seen before, seen before with less known of it, or analysed anew
    with another result."""

    NEW = "new"
    SEEN = "seen"
    FILLED = "filled"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a document was met: a path as it was given, the part of that file, and what the user told about it."""

    path: str
    part: str = ""
    told: Metadata = Metadata()


@dataclass(frozen=True, slots=True)
class Problem:
    """A file, or a part of one, that could not be read, and why."""

    path: str
    part: str
    reason: str


class Store:
    """An open store. One process may write at a time; any number may read beside it."""

    def __init__(self, path: str | Path, *, write: bool = False, alone: bool = True) -> None:
        """Open the store at `path`; with `write` it is made where there is none, and locked for this process.

        A writer that is not `alone` takes no lock: it may only append judgements, in short transactions beside those
        of one who reads documents in, and the store must be there and of this version. Raises `StoreError` where it
        cannot be opened, is none, is damaged, newer, or being written to.
        """
        self.path = Path(path)
        self._lock: WriterLock | None = None
        if write and not alone:
            Store(path).close()  # raises where it is not there or of another version
        elif write:
            create(self.path)
            self._lock = WriterLock(self.path)
        try:
            self.connection: apsw.Connection = connect(self.path, write=write)
        except BaseException:
            self._release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; the store can be copied as one file afterwards."""
        with suppress(apsw.Error):
            # Who only reads may fold what a writer that was killed left beside the file, if nobody else has it open.
            self.connection.execute("PRAGMA query_only = OFF").fetchall()
        self.connection.close()
        self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    # -- writing ------------------------------------------------------------------------------------------------

    def add(self, record: Record, sighting: Sighting) -> Added:
        """Add one document with all that was found in it, in one transaction. The same document is kept once; one
        that was kept without being analysed is filled when it comes analysed."""
        with Transaction(self.path, self.connection):
            known = self._key(record.document.id)
            if known is not None:
                if not record.analysed or self.analysed(record.document.id):
                    return self._see(known, sighting, record)
                self._analyse(known, record, sighting)
                return Added.FILLED
            self._insert(record, sighting)
            self._solve(sighting)
            return Added.NEW

    def replace(self, record: Record, sighting: Sighting) -> Added:
        """Put what a new analysis found in the place of what is there; a document that is not there is added.

        What an earlier run found is kept beside it, so that the two can be compared; `AGAIN` says that it differs.
        """
        with Transaction(self.path, self.connection):
            key = self._key(record.document.id)
            if key is None:
                self._insert(record, sighting)
                self._solve(sighting)
                return Added.NEW
            self._sight(key, sighting)
            self._solve(sighting)
            before = self.record_by_key(key)
            after = dated_record(replace(record, document=self.effective(record.document)))
            if after == before:
                return Added.SEEN
            self._insert_run(record.run)
            self.connection.execute("DELETE FROM earlier WHERE document = ? AND run = ?", (key, record.run.id))
            if before.run != after.run:
                self.connection.execute(
                    "INSERT OR REPLACE INTO earlier VALUES (?, ?, ?, ?)",
                    (key, before.run.id, codec.digest(before), _deflated(codec.record_json(before))),
                )
            self._update(key, before, after)
            delete_findings(self.connection, key, before)
            insert_findings(self.connection, key, after)
            return Added.AGAIN

    def see(self, document_id: str, sighting: Sighting) -> Added:
        """Note that a document that is there was met again. Raises `UsageError` for one that is not there."""
        with Transaction(self.path, self.connection):
            key = self._key(document_id)
            if key is None:
                raise UsageError(f"{self.path}: no document {document_id} is in this store")
            return self._see(key, sighting)

    def fail(self, problem: Problem) -> None:
        """Keep what could not be read and why; a later success at the same place takes it away."""
        with Transaction(self.path, self.connection):
            self.connection.execute(
                "INSERT INTO problem VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET reason = excluded.reason",
                (problem.path, problem.part, problem.reason),
            )

    def _solve(self, sighting: Sighting) -> None:
        self.connection.execute("DELETE FROM problem WHERE path = ? AND part = ?", (sighting.path, sighting.part))

    def _key(self, document_id: str) -> int | None:
        for (key,) in self.query("SELECT key FROM document WHERE id = ?", (document_id,)):
            return int(key)
        return None

    def _insert(self, record: Record, sighting: Sighting) -> None:
        own = record.document.metadata
        record = replace(record, document=replace(record.document, metadata=sighting.told.over(own)))
        document = record.document
        self._insert_run(record.run)
        self.connection.execute(
            "INSERT OR IGNORE INTO source VALUES (?, ?, ?)",
            (document.sha256, len(document.source), zlib.compress(document.source, 6)),
        )
        values = {
            "id": document.id,
            "sha256": document.sha256,
            "selector": document.selector,
            "own": codec.metadata_out(own),
            **self._columns(record),
        }
        marks = ", ".join("?" * len(values))
        self.connection.execute(f"INSERT INTO document ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))
        key = self.connection.last_insert_rowid()
        self._index(key, document)
        insert_findings(self.connection, key, record)
        self._sight(key, sighting)

    def _insert_run(self, run: Run) -> None:
        self.connection.execute(
            "INSERT OR IGNORE INTO run VALUES (?, ?, ?, ?)",
            (run.id, run.version, codec.dumps(run.parts), codec.dumps(run.settings)),
        )

    def _columns(self, record: Record) -> dict[str, str | int | None]:
        """The columns of `document` that a later sighting or analysis may change."""
        document = record.document
        return {
            "format": document.format,
            "part": document.part,
            "text": document.text,
            "blocks": codec.blocks_out(document.blocks),
            "map": codec.map_out(document.source_map),
            **document.metadata.known(),
            "notes": codec.dumps([list(document.notes), list(record.notes)]),
            "analysed": int(record.analysed),
            "run": record.run.id,
            "digest": codec.digest(dated_record(record)),
        }

    def _index(self, key: int, document: Document) -> None:
        self.connection.execute(
            "INSERT INTO document_words (rowid, title, text) VALUES (?, ?, ?)",
            (key, document.metadata.title, document.text),
        )

    def _analyse(self, key: int, record: Record, sighting: Sighting) -> None:
        """Put the findings of `record` in the place of none."""
        self._sight(key, sighting)
        self._solve(sighting)
        self._insert_run(record.run)
        self._update(key, self.record_by_key(key), replace(record, document=self.effective(record.document)))
        insert_findings(self.connection, key, record)

    def _sight(self, key: int, sighting: Sighting) -> None:
        """Note where the document was met. What was told there before stays where less is told now."""
        told = sighting.told
        where = (key, sighting.path, sighting.part)
        for (before,) in self.query("SELECT told FROM sighting WHERE (document, path, part) = (?, ?, ?)", where):
            told = told.over(codec.metadata_in(before))
        self.connection.execute(
            "INSERT OR REPLACE INTO sighting VALUES (?, ?, ?, ?)", (*where, codec.metadata_out(told))
        )

    def _see(self, key: int, sighting: Sighting, record: Record | None = None) -> Added:
        """Note a sighting, and `record`'s reason for which it was not analysed, if there is one."""
        self._sight(key, sighting)
        self._solve(sighting)
        before = self.record_by_key(key)
        document = self.effective(before.document)
        after = dated_record(replace(before, document=document))
        if record is not None and not before.analysed:
            after = replace(after, notes=min(before.notes, record.notes))  # whichever was there first
        if after == before:
            return Added.SEEN
        self._update(key, before, after)
        return Added.SEEN if document.metadata == before.document.metadata else Added.FILLED

    def _update(self, key: int, before: Record, after: Record) -> None:
        """Put what `after` says of its document in the place of what `before` says; its bytes are the same."""
        words = "INSERT INTO document_words (document_words, rowid, title, text) VALUES ('delete', ?, ?, ?)"
        self.connection.execute(words, (key, before.document.metadata.title, before.document.text))
        values = self._columns(after)
        columns = ", ".join(f"{name} = ?" for name in values)
        self.connection.execute(f"UPDATE document SET {columns} WHERE key = ?", (*values.values(), key))
        self._index(key, after.document)

    def effective(self, document: Document) -> Document:
        """The document as its sightings tell it: its part is that of the place that sorts first, and what is known
        of it was told there, else at the other places, else by the file itself.

        A function of the set of sightings, so that the order of reading makes no difference.
        """
        own = Metadata()
        for (told,) in self.query("SELECT own FROM document WHERE id = ?", (document.id,)):
            own = codec.metadata_in(told)
        return effective(document, own, self.sightings(document.id))

    # -- reading ------------------------------------------------------------------------------------------------

    def query(self, statement: str, values: Sequence[str | int | float | None] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a SELECT. Raises `StoreError` where they cannot be read."""
        try:
            yield from self.connection.execute(statement, values)
        except apsw.Error as error:
            raise explained(self.path, error) from None

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside is the store of one moment, whatever a writer does meanwhile; a snapshot inside another
        is of the same moment."""
        outer = not self.connection.in_transaction
        if outer:
            self.connection.execute("BEGIN")
        try:
            yield
        finally:
            if outer and self.connection.in_transaction:
                self.connection.execute("ROLLBACK")

    def ids(self) -> list[str]:
        """The ids of all documents, sorted."""
        return [name for (name,) in self.query("SELECT id FROM document ORDER BY id")]

    def has(self, document_id: str) -> bool:
        """Whether the document is in the store."""
        return self._key(document_id) is not None

    def analysed(self, document_id: str) -> bool | None:
        """Whether the document was analysed; None where it is not in the store."""
        for (analysed,) in self.query("SELECT analysed FROM document WHERE id = ?", (document_id,)):
            return bool(analysed)
        return None

    def record(self, document_id: str) -> Record:
        """The record of one document. Raises `UsageError` where it is not there."""
        key = self._key(document_id)
        if key is None:
            raise UsageError(f"{self.path}: no document {document_id} is in this store")
        return self.record_by_key(key)

    def records(self) -> Iterator[Record]:
        """All records, by their documents' ids."""
        for name in self.ids():
            yield self.record(name)

    def record_by_key(self, key: int) -> Record:
        """The record of the document in that row."""
        ((_, text, blocks, mapping, form, deflated, _, selector, part, notes, analysed, *rest),) = self.query(
            f"{_DOCUMENT} WHERE d.key = ?", (key,)
        )
        metadata, (version, parts, settings) = Metadata(*rest[:6]), rest[6:]
        reading, analysing = json.loads(notes)
        document = Document(
            text,
            codec.blocks_in(blocks),
            codec.map_in(mapping),
            form,
            zlib.decompress(deflated),
            metadata,
            selector,
            part,
            tuple(reading),
        )
        rows = self.query(f"{ATTRIBUTION} WHERE document = ? ORDER BY key", (key,))
        claims = self.query(f"{PROPOSITION} WHERE document = ? ORDER BY key", (key,))
        propositions = packed(map(codec.proposition_in, claims))
        return Record(
            document,
            codec.run_in(version, parts, settings),
            tuple(map(codec.attribution_in, rows)),
            dated(document.text, document.blocks, metadata.published, propositions),
            packed(map(codec.mention_in, self.query(_MENTION, (key,)))),
            packed(map(codec.entity_in, self.query(_ENTITY, (key,)))),
            packed(map(codec.stance_in, self.query(_STANCE, (key,)))),
            bool(analysed),
            tuple(analysing),
        )

    def sightings(self, document_id: str) -> list[Sighting]:
        """Where a document was met, by path."""
        rows = self.query(
            "SELECT s.path, s.part, s.told FROM sighting s JOIN document d ON d.key = s.document "
            "WHERE d.id = ? ORDER BY s.path, s.part",
            (document_id,),
        )
        return [Sighting(path, part, codec.metadata_in(told)) for path, part, told in rows]

    def problems(self) -> list[Problem]:
        """What could not be read, by path."""
        return [Problem(*row) for row in self.query("SELECT * FROM problem ORDER BY path, part")]

    def record_under(self, document_id: str, run: str) -> dict[str, Any] | None:
        """The record that one run made of a document, as the JSON object of the export; None where it made none."""
        for (current,) in self.query("SELECT run FROM document WHERE id = ?", (document_id,)):
            if current == run:
                return codec.record_out(self.record(document_id))
        for (deflated,) in self.query(
            "SELECT e.deflated FROM earlier e JOIN document d ON d.key = e.document WHERE d.id = ? AND e.run = ?",
            (document_id, run),
        ):
            told: dict[str, Any] = json.loads(zlib.decompress(deflated))
            return told
        return None

    def runs(self) -> list[Run]:
        """The runs that made what is in the store, by id."""
        rows = self.query("SELECT version, parts, settings FROM run ORDER BY id")
        return [codec.run_in(*row) for row in rows]


def effective(document: Document, own: Metadata, sightings: Iterable[Sighting]) -> Document:
    """The document as its sightings, by path and part, tell it; `own` is what its file says of it. See
    `Store.effective`."""
    metadata, part = Metadata(), document.part
    for number, sighting in enumerate(sightings):
        metadata = metadata.over(sighting.told)
        part = part if number or not sighting.part else sighting.part
    metadata = replace(metadata.over(own), extra=())
    source_map = _in_part(document.source_map, document.part, part)
    return replace(document, metadata=metadata, part=part, source_map=source_map)


_ROW = re.compile(r"(?:.*, )?row (\d{1,18})", re.DOTALL)
"""The part of a file that is a row, of the file itself or of one in a container: "posts.jsonl, row 3"."""


def _in_part(source_map: SourceMap, before: str, part: str) -> SourceMap:
    """The map of a row that is met as `part` ("row 7") of its file and was met as `before`."""
    row = _ROW.fullmatch(part)
    if source_map.unit is not Unit.ROW or part == before or row is None:
        return source_map
    segments = tuple(Segment(s.start, int(row[1]), s.offset) for s in source_map.segments)
    return replace(source_map, segments=segments)


def _deflated(pieces: Iterable[str]) -> bytes:
    """The pieces together, as `zlib.compress` gives them."""
    squeeze = zlib.compressobj(6)
    return b"".join((*(squeeze.compress(piece.encode()) for piece in pieces), squeeze.flush()))
