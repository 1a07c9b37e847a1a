"""What a store keeps of its documents' words, and of what they share with those before them, a day at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from purport.model import codec
from purport.store.store import Store
from purport.store.transaction import Transaction

if TYPE_CHECKING:
    from purport.stories.passages import Shared
    from purport.stories.places import Codes

_INNER, _SEEDS = 5, 8
"""Numbers of a row of what is shared beside the two documents, and its seeds."""
_ROW = 8 + 4 * _INNER + 4 * _SEEDS
"""Bytes of a row."""
_AT_ONCE = 500
"""Documents of a transaction."""


def days_shared(store: Store) -> dict[int, str]:
    """What the kept days were derived from, by day."""
    return dict(store.query("SELECT day, signature FROM passage_day"))


def drop_derived(store: Store, ids: Collection[str]) -> None:
    """Let go of what is kept of the days of documents that are taken back, and of what others share with them; the
    caller holds the transaction."""
    import numpy as np

    from purport.stories.near import APART
    from purport.stories.texts import UNDATED, day_of

    many = store.connection.executemany
    query = "SELECT key, published FROM document WHERE id IN (SELECT value FROM json_each(?))"
    rows = list(store.query(query, (codec.dumps(sorted(ids)),)))
    days, keys = [day_of(published) for _, published in rows], [int(key) for key, _ in rows]
    # What is kept of later documents names those that they look at by keys, which others may have once they are gone.
    many("DELETE FROM story_day WHERE day BETWEEN ? AND ?", [(day, day + APART) for day in sorted(set(days))])
    many("DELETE FROM story_day WHERE day = ?", [(UNDATED,)])
    many("DELETE FROM passage_day WHERE day >= ?", [(min(days),)] if days else [])
    gone = np.array(sorted(keys), dtype=np.int64)
    found = []
    for key, data in store.query("SELECT document, data FROM passage"):
        earlier = np.frombuffer(data, "<i8", len(data) // _ROW)
        if np.isin(earlier, gone).any():
            found.append((key,))
    store.connection.executemany("DELETE FROM passage WHERE document = ?", found)


class KeptShared:
    """What a store keeps of documents that stand in an `order`, by their ids; they are told by their places in it."""

    def __init__(self, store: Store, order: Sequence[str]) -> None:
        self._store = store
        keys: dict[str, int] = dict(store.query("SELECT id, key FROM document"))
        self._keys = [keys[id] for id in order]
        self._numbers = {key: number for number, key in enumerate(self._keys)}

    def words(self) -> dict[int, Codes]:
        """The words that are kept of documents."""
        import numpy as np

        rows = self._store.query("SELECT document, data FROM passage_words")
        return {self._numbers[key]: np.frombuffer(data, "<u4").astype(np.uint32) for key, data in rows}

    def missing(self) -> int:
        """Of how many documents the words are not kept."""
        ((there,),) = self._store.query("SELECT count(*) FROM passage_words")
        return len(self._keys) - int(there)

    def keep_words(self, words: Mapping[int, Codes]) -> None:
        """Keep the words of documents. Raises `StoreError` where they cannot be written."""
        rows = [(self._keys[number], codes.astype("<u4").tobytes()) for number, codes in words.items()]
        for at in range(0, len(rows), _AT_ONCE):
            with Transaction(self._store.path, self._store.connection):
                self._store.connection.executemany(
                    "INSERT OR REPLACE INTO passage_words VALUES (?, ?)", rows[at : at + _AT_ONCE]
                )

    def begin(self, first: int, days: Collection[int]) -> None:
        """Let go of what is kept of documents from number `first` on, and of days."""
        with Transaction(self._store.path, self._store.connection):
            gone = [(key,) for key in self._keys[first:]]
            self._store.connection.executemany("DELETE FROM passage WHERE document = ?", gone)
            self._store.connection.executemany(
                "DELETE FROM passage_day WHERE day = ?", [(day,) for day in sorted(days)]
            )

    def keep(self, found: Shared) -> None:
        """Keep what documents share with those before them: all of each. Raises `StoreError` as `keep_words`."""
        import numpy as np

        rows: list[tuple[int, bytes]] = []
        changes = np.nonzero(np.diff(found.rows[:, 1]))[0] + 1
        for own, seeds in zip(np.split(found.rows, changes), np.split(found.seeds, changes), strict=True):
            if len(own):
                earlier = np.array([self._keys[number] for number in own[:, 0].tolist()], dtype="<i8")
                data = earlier.tobytes() + own[:, 2:].astype("<i4").tobytes() + seeds.astype("<u4").tobytes()
                rows.append((self._keys[int(own[0, 1])], data))
        with Transaction(self._store.path, self._store.connection):
            self._store.connection.executemany("INSERT OR REPLACE INTO passage VALUES (?, ?)", rows)

    def close(self, signatures: Mapping[int, str]) -> None:
        """Say of what days was kept what was derived from what."""
        with Transaction(self._store.path, self._store.connection):
            self._store.connection.executemany(
                "INSERT OR REPLACE INTO passage_day VALUES (?, ?)", sorted(signatures.items())
            )

    def shared(self, before: int) -> Shared:
        """What is kept of documents before that number."""
        from purport.stories.passages import Shared

        rows = self._store.query("SELECT document, data FROM passage")
        return Shared.joined([self._row(key, data) for key, data in rows if self._numbers[key] < before])

    def _row(self, key: int, data: bytes) -> Shared:
        import numpy as np

        from purport.stories.passages import Shared

        number = len(data) // _ROW
        earlier = np.frombuffer(data, "<i8", number).tolist()
        rows = np.empty((number, 2 + _INNER), dtype=np.int64)
        rows[:, 0] = [self._numbers[one] for one in earlier]
        rows[:, 1] = self._numbers[key]
        rows[:, 2:] = np.frombuffer(data, "<i4", number * _INNER, 8 * number).reshape(number, _INNER)
        seeds = np.frombuffer(data, "<u4", number * _SEEDS, (8 + 4 * _INNER) * number).reshape(number, _SEEDS)
        return Shared(rows, seeds.astype(np.uint32))
