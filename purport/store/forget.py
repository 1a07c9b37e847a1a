"""Taking a document back: nothing of it stays, neither in the tables nor in an index nor in a free page."""

from __future__ import annotations

from collections.abc import Sequence

import apsw

from purport.errors import UsageError
from purport.store.connection import explained
from purport.store.findings import delete_findings
from purport.store.kept_actors import drop_kept_actors
from purport.store.shared import drop_derived
from purport.store.store import Store
from purport.store.transaction import Transaction


def forget(store: Store, ids: Sequence[str]) -> None:
    """Remove documents with all that was derived from them, in one transaction, and then every trace in the file.

    Deleted rows are overwritten with zeros (`PRAGMA secure_delete`); the full-text indexes are merged, since FTS5
    keeps deleted words until then; the file is written anew (`VACUUM`) and the write-ahead log emptied. What the
    file system or a backup keeps is beyond reach. Raises `UsageError`, before anything is removed, for a document
    that is not there, and `StoreError` where the store cannot be written.
    """
    missing = [name for name in ids if not store.has(name)]
    if missing:
        raise UsageError(f"{store.path}: no document {', '.join(missing)} is in this store; nothing was removed")
    with Transaction(store.path, store.connection):
        drop_derived(store, ids)
        for name in dict.fromkeys(ids):
            _remove(store, name)
        drop_kept_actors(store)  # they have names that the documents alone may have had
    try:
        for index in ("document_words", "attribution_words", "proposition_words", "entity_words"):
            store.connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
        store.connection.execute("VACUUM")
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except apsw.Error as error:
        raise explained(store.path, error) from None


def _remove(store: Store, name: str) -> None:
    execute = store.connection.execute
    record = store.record(name)
    ((key,),) = store.query("SELECT key FROM document WHERE id = ?", (name,))
    delete_findings(store.connection, key, record)
    execute(
        "INSERT INTO document_words (document_words, rowid, title, text) VALUES ('delete', ?, ?, ?)",
        (key, record.document.metadata.title, record.document.text),
    )
    execute("DELETE FROM problem WHERE (path, part) IN (SELECT path, part FROM sighting WHERE document = ?)", (key,))
    for table in ("earlier", "sighting"):
        execute(f"DELETE FROM {table} WHERE document = ?", (key,))
    execute("DELETE FROM document WHERE key = ?", (key,))
    execute(
        "DELETE FROM source WHERE sha256 = ? AND NOT EXISTS (SELECT 1 FROM document d WHERE d.sha256 = source.sha256)",
        (record.document.sha256,),
    )
