"""What a store keeps of the texts of its documents, by which copies of one another are found without reading all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

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


def has_copies(store: Store, form: int) -> bool:
    """Whether the groups of copies are kept of the store as it is, by sketches of that form."""
    return _kept(store, "copies", form)


def copies_of(store: Store) -> dict[str, str]:
    """For each document that is a copy of others, by its id, the smallest id of them, as it is kept."""
    rows = store.query(
        "SELECT d.id, c.first FROM copy c CROSS JOIN document d INDEXED BY document_card ON d.key = c.document "
        "WHERE c.first IN (SELECT first FROM copy GROUP BY first HAVING count(*) > 1) ORDER BY d.id"
    )
    return dict(rows)


class KeptCopies:
    """The groups of copies that a store keeps, to be brought up to date."""

    def __init__(self, store: Store, form: int) -> None:
        """Those of a store that can be written, by sketches of that form; those of another are dropped. Raises
        `StoreError` where that cannot be written."""
        self._store, self._form = store, form
        if not _kept(store, "groups", form):
            with Transaction(store.path, store.connection):
                store.connection.execute("DELETE FROM copy")
                store.connection.execute("INSERT OR REPLACE INTO kept VALUES ('groups', ?)", (str(form),))
        self.came = self._came()
        """The documents of which no group is kept yet, by key, with their ids."""

    def _came(self) -> dict[int, str]:
        rows = self._store.query(
            "SELECT d.key, d.id FROM sketch s CROSS JOIN document d INDEXED BY document_card ON d.key = s.document "
            "WHERE s.form = ? AND s.document NOT IN (SELECT document FROM copy) "
            "AND EXISTS (SELECT 1 FROM stance WHERE document = s.document) ORDER BY d.key",
            (self._form,),
        )
        return dict(rows)

    def sketches(self) -> dict[int, bytes]:
        """The sketches of all that have a group or are to have one, by key."""
        rows = self._store.query("SELECT document, data FROM sketch WHERE document IN (SELECT document FROM copy)")
        own = self._store.query(
            "SELECT document, data FROM sketch WHERE document IN (SELECT value FROM json_each(?))",
            (codec.dumps(list(self.came)),),
        )
        return {**dict(rows), **dict(own)}

    def firsts(self, keys: Collection[int]) -> dict[int, str]:
        """The smallest id of the group of each of these documents, of which one is kept or which came."""
        rows = self._store.query(
            "SELECT document, first FROM copy WHERE document IN (SELECT value FROM json_each(?))",
            (codec.dumps(sorted(keys)),),
        )
        return {**{key: self.came[key] for key in keys if key in self.came}, **dict(rows)}

    def text(self, key: int) -> str:
        """The text of a document."""
        return "".join(text for (text,) in self._store.query("SELECT text FROM document WHERE key = ?", (key,)))

    def ids(self) -> dict[str, int]:
        """The keys of all documents that have a group or are to have one, by id."""
        rows = self._store.query(
            "SELECT d.id, d.key FROM copy c CROSS JOIN document d INDEXED BY document_card ON d.key = c.document"
        )
        return {**dict(rows), **{id: key for key, id in self.came.items()}}

    def keep(self, groups: Mapping[int, str], changed: Mapping[str, str]) -> None:
        """Keep the smallest ids of the groups of documents, by key, and what became of those of earlier groups; not
        where documents came or went meanwhile. Raises `StoreError` where it cannot be written."""
        with Transaction(self._store.path, self._store.connection):
            if _kept(self._store, "groups", self._form) and self._came() == self.came:
                many = self._store.connection.executemany
                many("UPDATE copy SET first = ? WHERE first = ?", sorted((new, old) for old, new in changed.items()))
                many("INSERT OR REPLACE INTO copy VALUES (?, ?)", sorted(groups.items()))
                self._store.connection.execute("INSERT OR REPLACE INTO kept VALUES ('copies', ?)", (str(self._form),))


def _kept(store: Store, what: str, form: int) -> bool:
    query = "SELECT 1 FROM kept WHERE what = ? AND made_by = ?"
    return any(True for _ in store.query(query, (what, str(form))))
