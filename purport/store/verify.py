"""Proving a store: that its bytes are the ones written, and that every place named in it is where it is said to be."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

import apsw

from purport.errors import PurportError
from purport.model import codec
from purport.model.document import Document
from purport.model.record import Record, attribution_id, proposition_id, stance_id
from purport.store.actors import judgements
from purport.store.connection import RESERVED
from purport.store.review import reviews
from purport.store.store import Store

Rereader = Callable[[Document], Document]
"""Reads a document's kept bytes again; given by the caller, since the store knows nothing of formats."""


def verify(store: Store, reread: Rereader | None = None) -> Iterator[str]:
    """Every fault found, one line each; nothing for a store that is sound.

    Checked are: each page's checksum; the database's structure, its references and full-text indexes; for each
    document the digest of its bytes, that reading them again (by `reread`) gives the same text, blocks and map; the
    digest of its record; the id, the places and the nesting of each attribution, the places and
    the vouchers of each proposition.
    """
    try:
        yield from _pages(store)
        with store.snapshot():
            yield from _structure(store)
            for name in store.ids():
                yield from _document(store, name, reread)
            yield from _earlier(store)
            judgements(store)  # raises where one cannot be read
            reviews(store)
    except (apsw.Error, PurportError, ValueError, TypeError, KeyError, OSError) as error:
        yield f"{store.path}: the store is damaged and cannot be read further ({type(error).__name__}: {error})"


def quick_check(store: Store) -> list[str]:
    """The faults of the file itself: its pages' checksums and its structure, in seconds even for a large store."""
    try:
        return [*_pages(store), *_structure(store)]
    except (apsw.Error, PurportError, OSError) as error:
        return [f"{store.path}: the store is damaged ({type(error).__name__}: {error})"]


def _pages(store: Store) -> Iterator[str]:
    """Check the sum that SQLite's cksumvfs keeps at the end of every page, on the file itself: what is cached or
    free is checked too. A page that a writer is just putting back is read again before it is called damaged."""
    path = store.path
    # Opened by SQLite's own layer: closing a descriptor of ours would drop the locks of this process's connections.
    flags = apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READONLY
    file = apsw.VFSFile("unix", str(path.absolute()), [flags, 0])
    try:
        head = file.xRead(100, 0)
        size = int.from_bytes(head[16:18], "big")
        size = 65536 if size == 1 else size
        if len(head) < 100 or size < 512 or size & (size - 1) or head[20] != RESERVED:
            yield f"{path}: its pages carry no checksums, or its first page is damaged"
            return
        length = file.xFileSize()
        known = int(store.connection.pragma("page_count")) * size  # asked after `length`: a store only grows
        if length > known:
            yield f"{path}: {length - known} bytes at its end are none of it"
        for number in range(-(-length // size)):
            if not any(_whole(store, file, number, size) for _ in range(3)):
                yield f"{path}: page {number + 1} (bytes {number * size} and on) is not as it was written"
    finally:
        file.xClose()


def _whole(store: Store, file: apsw.VFSFile, number: int, size: int) -> bool:
    page = file.xRead(size, number * size)
    return len(page) == size and store.connection.execute("SELECT verify_checksum(?)", (page,)).get == 1


def _structure(store: Store) -> Iterator[str]:
    for (said,) in store.connection.execute("PRAGMA integrity_check(20)"):
        if said != "ok":
            yield f"{store.path}: {' '.join(said.split())}"
    for table, row, other, _ in store.connection.execute("PRAGMA foreign_key_check"):
        yield f"{store.path}: row {row} of {table} names a row of {other} that is not there"


def _earlier(store: Store) -> Iterator[str]:
    """Records that earlier runs made: only their digests can be checked, since their program is gone."""
    for name, run, kept in store.query(
        "SELECT d.id, e.run, e.digest FROM earlier e JOIN document d ON d.key = e.document ORDER BY 1, 2"
    ):
        try:
            told = store.record_under(name, run) or {}
            fault = None if codec.digest_of(told) == kept else "is not as it was written"
        except (PurportError, ValueError, TypeError, LookupError, zlib.error) as error:
            fault = f"cannot be read ({type(error).__name__}: {error})"
        if fault:
            yield f"document {name}: its record under run {run} {fault}"


def _document(store: Store, name: str, reread: Rereader | None) -> Iterator[str]:
    try:
        record = store.record(name)
        (kept,) = store.connection.execute("SELECT digest, sha256 FROM document WHERE id = ?", (name,))
        faults = [*faults_of_record(record, name, kept[0], kept[1])]
        if store.effective(record.document) != record.document:
            faults.append("what is known of it is not what was told where it was met")
        if not faults and reread is not None:
            faults = [*faults_read_again(record.document, reread)]
    # Whatever is wrong here is what is asked for; zlib.error has no family of its own.
    except (PurportError, ValueError, TypeError, LookupError, AttributeError, zlib.error, OverflowError) as error:
        faults = [f"cannot be read ({type(error).__name__}: {error})"]
    yield from (f"document {name}: {fault}" for fault in faults)


def faults_of_record(record: Record, name: str, digest: str, sha256: str) -> Iterator[str]:
    """What is wrong with a record that is kept under a document's id with its digest and the SHA-256 of its bytes."""
    document = record.document
    if document.sha256 != sha256:
        yield "its bytes are not the ones that were read (sha256 differs)"
    if document.id != name:
        yield "its id is not that of its bytes"
    if codec.digest(record) != digest:
        yield "its record is not the one that was written (digest differs)"
    last = 0
    for block in document.blocks:
        if block.span.start < last or block.span.end > len(document.text):
            yield f"block {block.span.start}..{block.span.end} is out of place"
        last = block.span.end
    ids = {one.id for one in record.attributions}
    known = {one.id for one in record.entities}
    for one in record.attributions:
        if one.id != attribution_id(name, one.source, one.cue, one.content):
            yield f"attribution {one.id}: its id is not that of its places"
        if one.extent.end > len(document.text):
            yield f"attribution {one.id}: reaches past the end of the text"
        if one.inside is not None and one.inside not in ids:
            yield f"attribution {one.id}: lies inside {one.inside}, which is not there"
        if one.holder is not None and one.holder not in known:
            yield f"attribution {one.id}: its source is {one.holder}, which is not there"
    for mention in record.mentions:
        if mention.entity not in known or mention.span.end > len(document.text):
            yield f"mention {mention.span.start}..{mention.span.end}: names {mention.entity}, which is not there"
    claims = {claim.id for claim in record.propositions} if record.stances else set()
    for stance in record.stances:
        places = (stance.holder_spans, stance.target_spans, stance.basis, stance.sign, stance.voucher, stance.evidence)
        if stance.id != stance_id(name, *places):
            yield f"stance {stance.id}: its id is not that of its places"
        if stance.evidence.end > len(document.text):
            yield f"stance {stance.id}: reaches past the end of the text"
        for what, one_id, there in (
            ("stands for", stance.holder, known),
            ("is of", stance.target, known),
            ("is vouched for by", stance.voucher, ids),
            ("rests on", stance.proposition, claims),
        ):
            if one_id is not None and one_id not in there:
                yield f"stance {stance.id}: {what} {one_id}, which is not there"
    for claim in record.propositions:
        parts = (claim.predicate, claim.subject, claim.object)
        if claim.id != proposition_id(name, parts[0], claim.implied, *parts[1:]):
            yield f"proposition {claim.id}: its id is not that of its places"
        if claim.extent.end > len(document.text):
            yield f"proposition {claim.id}: reaches past the end of the text"
        for by in {claim.voucher, *(held.by for held in claim.held)} - {None}:
            if by not in ids:
                yield f"proposition {claim.id}: is vouched for by {by}, which is not there"


def faults_read_again(document: Document, reread: Rereader) -> Iterator[str]:
    """What comes out otherwise when the document's bytes are read again."""
    try:
        again = reread(document)
    except PurportError as error:
        yield f"its bytes cannot be read again ({error})"
        return
    for what in ("text", "blocks", "source_map"):
        if getattr(again, what) != getattr(document, what):
            yield f"reading its bytes again gives another {what.replace('_', ' ')}"
