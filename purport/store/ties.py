"""What a store keeps of how like its documents are to one another, a day of publication at a time, and what people
judged of stories."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from purport.errors import StoreError
from purport.model import codec
from purport.model.rows import StoryJudgement
from purport.store.store import Store
from purport.store.transaction import Transaction

if TYPE_CHECKING:
    from purport.stories.near import Near, Ties
    from purport.stories.vectors import Rarity, Row

_STEP = 10_000
"""Steps of a likeness from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A document: its id, title, and date of publication (ISO 8601); "" for what is not known."""

    id: str
    title: str
    published: str


def dated(store: Store) -> list[Dated]:
    """All documents, by id."""
    rows = store.query("SELECT id, coalesce(title, ''), coalesce(published, '') FROM document ORDER BY id")
    return [Dated(*row) for row in rows]


def signatures(store: Store) -> dict[int, str]:
    """What the kept days were derived from, by day."""
    return dict(store.query("SELECT day, signature FROM story_day"))


def drop_days(store: Store, days: Collection[int]) -> None:
    """Let go of what is kept of days on which there are no documents any more."""
    with Transaction(store.path, store.connection):
        store.connection.executemany("DELETE FROM story_day WHERE day = ?", [(day,) for day in sorted(days)])


class KeptTies:
    """What a store keeps of its documents' likeness, for as long as no document comes or goes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._keys: dict[str, int] = dict(store.query("SELECT id, key FROM document"))
        self._names = {key: id for id, key in self._keys.items()}

    def keep_day(self, day: int, signature: str, near: Mapping[str, Near]) -> None:
        """Keep what was worked out for the documents of a day. Raises `StoreError` where it cannot be written."""
        with Transaction(self._store.path, self._store.connection):
            many = self._store.connection.executemany
            ties = [(self._keys[id], _ties_out(one.ties, self._keys)) for id, one in near.items()]
            vectors = [(self._keys[id], _row_out(one.row)) for id, one in near.items()]
            many("INSERT OR REPLACE INTO story_ties VALUES (?, ?)", ties)
            many("INSERT OR REPLACE INTO story_vector VALUES (?, ?)", vectors)
            many("INSERT OR REPLACE INTO story_day VALUES (?, ?)", [(day, signature)])

    def ties(self, ids: Collection[str] | None = None) -> dict[str, Ties]:
        """What is kept of documents' ties, of all or of these."""
        wanted = "" if ids is None else "WHERE document IN (SELECT value FROM json_each(?))"
        rows = self._store.query(f"SELECT document, data FROM story_ties {wanted}", self._asked(ids))
        return {self._names[key]: _ties_in(data, self._names) for key, data in rows}

    def vectors(self, ids: Collection[str]) -> dict[str, Row]:
        """The kept vectors of documents."""
        rows = self._store.query(
            "SELECT document, data FROM story_vector WHERE document IN (SELECT value FROM json_each(?))",
            self._asked(ids),
        )
        return {self._names[key]: _row_in(data) for key, data in rows}

    def missing(self, ids: Collection[str]) -> int:
        """Of how many of the documents nothing is kept."""
        query = "SELECT count(*) FROM story_ties WHERE document IN (SELECT value FROM json_each(?))"
        ((there,),) = self._store.query(query, self._asked(ids))
        return len(ids) - int(there)

    def _asked(self, ids: Collection[str] | None) -> tuple[str, ...]:
        if ids is None:
            return ()
        return (codec.dumps(sorted(self._keys[id] for id in ids if id in self._keys)),)


class KeptRarities:
    """How rare words are in the texts of some days, as a store keeps it (`purport.stories.near.Rarities`)."""

    def __init__(self, store: Store, *, keep: bool) -> None:
        """That of a store; with `keep` what is learned is kept in it, and what was not asked for no longer."""
        self._store, self._keep = store, keep
        self._asked: set[str] = set()

    def known(self, signature: str) -> Rarity | None:
        """What is kept by that signature."""
        import numpy as np

        from purport.stories.vectors import Rarity

        self._asked.add(signature)
        for (data,) in self._store.query("SELECT data FROM story_rarity WHERE signature = ?", (signature,)):
            terms, counts = np.frombuffer(data, "<u4", offset=8).reshape(2, -1)
            return Rarity(terms.astype(np.uint32), counts.astype(np.int64), int.from_bytes(data[:8], "little"))
        return None

    def learn(self, signature: str, found: Rarity) -> None:
        """Keep what was found. Raises `StoreError` where it cannot be written."""
        if not self._keep:
            return
        data = found.texts.to_bytes(8, "little") + found.terms.astype("<u4").tobytes()
        data += found.counts.astype("<u4").tobytes()
        with Transaction(self._store.path, self._store.connection):
            many = self._store.connection.executemany
            many("INSERT OR REPLACE INTO story_rarity VALUES (?, ?)", [(signature, data)])
            asked = codec.dumps(sorted(self._asked))
            many("DELETE FROM story_rarity WHERE signature NOT IN (SELECT value FROM json_each(?))", [(asked,)])


def _ties_out(ties: Ties, keys: dict[str, int]) -> bytes:
    import numpy as np

    both = (*ties.lenders, *ties.edges)
    others = np.array([keys[id] for id, _ in both], dtype="<i8")
    likes = np.array([round(like * _STEP) for _, like in both], dtype="<u2")
    head = np.array([len(ties.lenders), len(ties.edges)], dtype="<u2")
    return head.tobytes() + others.tobytes() + likes.tobytes() + ties.sketch.tobytes()


def _ties_in(data: bytes, names: dict[int, str]) -> Ties:
    import numpy as np

    from purport.stories.near import Ties

    lenders, edges = np.frombuffer(data, "<u2", 2).tolist()
    number = lenders + edges
    others = np.frombuffer(data, "<i8", number, 4).tolist()
    likes = np.frombuffer(data, "<u2", number, 4 + 8 * number).tolist()
    both = tuple((names.get(key, ""), like / _STEP) for key, like in zip(others, likes, strict=True))
    return Ties(both[:lenders], both[lenders:], np.frombuffer(data, np.int8, -1, 4 + 10 * number))


def _row_out(row: Row) -> bytes:
    terms, weights = row
    return terms.astype("<u4").tobytes() + weights.astype("<f2").tobytes()


def _row_in(data: bytes) -> Row:
    import numpy as np

    number = len(data) // 6
    terms, weights = np.frombuffer(data, "<u4", number), np.frombuffer(data, "<f2", number, 4 * number)
    return terms.astype(np.uint32), weights.astype(np.float32)


def story_judgements(store: Store) -> list[StoryJudgement]:
    """What people judged of stories, in order. Raises `StoreError` for a row that is none."""
    rows = store.query("SELECT number, deed, one, other, undoes, who, note FROM story_judgement ORDER BY number")
    return [
        StoryJudgement(number, deed, _ids(store, number, one), _ids(store, number, other), *rest)
        for number, deed, one, other, *rest in rows
    ]


def _ids(store: Store, number: int, told: str) -> tuple[str, ...]:
    try:
        return tuple(map(str, json.loads(told)))
    except (ValueError, TypeError):
        raise StoreError(
            f"{store.path}: judgement {number} of a story is damaged; restore the store from a copy"
        ) from None


def judge_stories(store: Store, judgements: Sequence[StoryJudgement]) -> int:
    """Keep judgements, all or none, under the next numbers whatever their own; the number of the last."""
    with Transaction(store.path, store.connection):
        ((last,),) = store.query("SELECT coalesce(max(number), 0) FROM story_judgement")
        rows = [
            (at, one.deed, codec.dumps(one.one), codec.dumps(one.other), one.undoes, one.who, one.note)
            for at, one in enumerate(judgements, int(last) + 1)
        ]
        store.connection.executemany("INSERT INTO story_judgement VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    return int(last) + len(rows)


def story_texts(store: Store, ids: Iterable[str]) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Documents as stories are made of them, by id: id, text, title, date, outlet, author ("" for unknown)."""
    yield from store.query(
        "SELECT id, text, coalesce(title, ''), coalesce(published, ''), coalesce(outlet, ''), coalesce(author, '') "
        "FROM document WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (codec.dumps(sorted(ids)),),
    )
