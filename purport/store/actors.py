"""What a store holds of actors: the entities of its documents, and what people decided of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from purport.errors import StoreError
from purport.model import codec
from purport.model.rows import EntityRow, Judgement
from purport.store.store import Store
from purport.store.transaction import Transaction


def entities(store: Store) -> Iterator[EntityRow]:
    """Whom the documents name, by document and in the order of the text."""
    mentions = {
        name: counts
        for name, *counts in store.query(
            "SELECT entity, count(*), sum(tone = 'hostile'), sum(tone = 'laudatory') FROM mention GROUP BY entity"
        )
    }
    statements = dict(store.query("SELECT holder, count(*) FROM attribution WHERE holder IS NOT NULL GROUP BY holder"))
    for name, document, called, type_, names, known, published in store.query(
        "SELECT e.id, d.id, e.name, e.type, e.names, e.known, d.published "
        "FROM entity e JOIN document d ON d.key = e.document ORDER BY d.id, e.key"
    ):
        met, hostile, laudatory = mentions.get(name, (0, 0, 0))
        yield EntityRow(
            name,
            document,
            called,
            type_,
            tuple(json.loads(names)),
            known,
            met,
            statements.get(name, 0),
            hostile,
            laudatory,
            (published or "")[:10],
        )


def judgements(store: Store) -> list[Judgement]:
    """What people decided of actors, in order. Raises `StoreError` for a row that is none."""
    return [
        Judgement(number, deed, _key(store, number, one), _key(store, number, other), *rest)
        for number, deed, one, other, *rest in store.query(
            "SELECT number, deed, one, other, name, undoes, told, who, note FROM judgement ORDER BY number"
        )
    ]


def _key(store: Store, number: int, told: str) -> tuple[str, ...]:
    try:
        return tuple(map(str, json.loads(told)))
    except (ValueError, TypeError):
        raise StoreError(f"{store.path}: judgement {number} is damaged; restore the store from a copy") from None


def judge(store: Store, judgements: Sequence[Judgement]) -> int:
    """Keep judgements, all or none, under the next numbers whatever their own; the number of the last. Those before
    them are never changed."""
    with Transaction(store.path, store.connection):
        ((last,),) = store.query("SELECT coalesce(max(number), 0) FROM judgement")
        rows = [
            (
                at,
                one.deed,
                codec.dumps(one.one),
                codec.dumps(one.other),
                one.name,
                one.undoes,
                one.told,
                one.who,
                one.note,
            )
            for at, one in enumerate(judgements, int(last) + 1)
        ]
        store.connection.executemany("INSERT INTO judgement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    return int(last) + len(rows)


def data_version(store: Store) -> int:
    """A number that changes once any other connection has written to the store (SQLite's `data_version`)."""
    ((version,),) = store.query("SELECT * FROM pragma_data_version")
    return int(version)
