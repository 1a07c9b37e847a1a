"""What a store holds of people's judgements of items: appended, never changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from purport.errors import StoreError
from purport.model import codec
from purport.model.rows import Review
from purport.store.store import Store
from purport.store.transaction import Transaction

_COLUMNS = "number, item, kind, document, deed, told, undoes, batch, who, note, made"
_TABLES = {"attribution": "attribution", "proposition": "proposition"}


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Judgements that others made of an item since the form was made from which it was to be judged."""

    since: tuple[Review, ...]


def reviews(store: Store, after: int = 0) -> list[Review]:
    """The judgements of items under a higher number than `after`, in order. Raises `StoreError` for a damaged row."""
    return list(map(_review, store.query(f"SELECT {_COLUMNS} FROM review WHERE number > ? ORDER BY number", (after,))))


def reviews_of(store: Store, items: Iterable[str]) -> list[Review]:
    """The judgements of some items, in order, with what takes them back."""
    rows = store.query(
        f"SELECT {_COLUMNS} FROM review WHERE item IN (SELECT value FROM json_each(?)) ORDER BY number",
        (codec.dumps(list(items)),),
    )
    return list(map(_review, rows))


def _review(row: tuple[Any, ...]) -> Review:
    number, item, kind, document, deed, told, *rest = row
    try:
        pairs = tuple((str(name), json.dumps(value)) for name, value in sorted(json.loads(told).items()))
    except (ValueError, AttributeError):
        raise StoreError(f"judgement {number} of an item is damaged; restore the store from a copy") from None
    return Review(number, item, kind, document, deed, pairs, *rest)


def last_review(store: Store) -> int:
    """The number of the last judgement of an item; 0 where there is none."""
    ((number,),) = store.query("SELECT coalesce(max(number), 0) FROM review")
    return int(number)


def review(store: Store, made: Sequence[Review], after: int | None = None) -> int | Overtaken:
    """Keep judgements under the next numbers, all or none; the last of these numbers, once they are on the disk.

    With `after`, the number of the last judgement of its item that whoever judges has seen, nothing is kept where
    another has judged the item since: these judgements are given back. Raises `StoreError`.
    """
    with Transaction(store.path, store.connection):
        if after is not None:
            newer = tuple(one for one in reviews_of(store, {one.item for one in made}) if one.number > after)
            if newer:
                return Overtaken(newer)
        number = last_review(store)
        for one in made:
            number += 1
            told = codec.dumps({name: json.loads(value) for name, value in one.told})
            store.connection.execute(
                f"INSERT INTO review ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number, one.item, one.kind, one.document, one.deed, told, one.undoes, one.batch, one.who, one.note,
                    one.made,
                ),
            )  # fmt: skip
    return number


def gone(store: Store, kind: str, items: Iterable[str]) -> set[str]:
    """Which of the items (of that kind) the present run no longer has."""
    rows = store.query(
        f"SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM {_TABLES[kind]})",
        (codec.dumps(sorted(items)),),
    )
    return {str(name) for (name,) in rows}
