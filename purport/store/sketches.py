"""What a store keeps of the texts of its documents, by which copies of one another are found without reading all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from purport.model import codec
from purport.store.store import Store
from purport.store.transaction import Transaction

_AT_ONCE = 200
"""Documents of a transaction."""


def keep_sketches(store: Store, made: Callable[[str], bytes], form: int) -> None:
    """Keep what `made` makes of the text of each document that has a stance and of which nothing of that form is kept.
    Raises `StoreError` where it cannot be written."""
    query = (
        "SELECT key FROM document WHERE key IN (SELECT document FROM stance) "
        "AND key NOT IN (SELECT document FROM sketch WHERE form = ?) ORDER BY key LIMIT ?"
    )
    while keys := [int(key) for (key,) in store.query(query, (form, _AT_ONCE))]:
        with Transaction(store.path, store.connection):
            for key in keys:
                for (text,) in list(store.query("SELECT text FROM document WHERE key = ?", (key,))):
                    store.connection.execute(
                        "INSERT OR REPLACE INTO sketch VALUES (?, ?, ?)", (key, form, made(str(text)))
                    )


def sketches(store: Store, ids: Collection[str], form: int) -> Iterator[tuple[str, bytes]]:
    """The ids of documents of which something of that form is kept, with that."""
    yield from store.query(
        "SELECT d.id, s.data FROM sketch s JOIN document d ON d.key = s.document "
        "WHERE s.form = ? AND d.id IN (SELECT value FROM json_each(?)) ORDER BY d.id",
        (form, codec.dumps(sorted(ids))),
    )
