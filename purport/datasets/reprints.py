"""Which documents of a dataset are copies of each other, so that they count once: as `purport.network.copies` finds
them, but by sketches that each shard keeps, and with the texts of those alone that may be copies."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from purport.datasets.duck import fetched, files
from purport.datasets.lines import member_at
from purport.datasets.linked import Linked
from purport.datasets.tables import shard_key
from purport.network.copies import NEAR, alike, root

_TEXTS = 64
"""Texts that are kept at hand: who may be copies of one another come one after another."""


def reprints(tables: Linked, connection: Any) -> Iterator[tuple[str, str]]:
    """Each document that is a copy of others, by its id, with the smallest id of them. Raises `StoreError`."""
    documents = files([tables.path("document")])
    both = f"{tables.rows('sketches')} s JOIN {documents} d ON d.shard = s.shard AND d.line = s.line"
    where = tables.path("reprint")
    same = f"SELECT d.id, min(d.id) OVER (PARTITION BY s.whole) AS first FROM {both}"
    parents = dict(fetched(connection, f"SELECT id, first FROM ({same}) WHERE id != first", where))
    parents |= {first: first for first in parents.values()}
    records = {shard_key(one.name): tables.dataset.folder / one.records.name for one in tables.shards}

    @lru_cache(_TEXTS)
    def text(shard: int, position: int, size: int) -> str:
        return str(member_at(records[shard], position, size)["document"]["text"])

    for one, *mine, other, shard, position, size in fetched(connection, _CANDIDATES.format(both), where):
        a, b = (root(parents, parents.setdefault(id_, id_)) for id_ in (one, other))
        if a != b and alike(text(*mine), text(shard, position, size)):
            parents[max(a, b)] = min(a, b)
    for id_ in sorted(parents):
        if (first := root(parents, id_)) != id_:
            yield id_, first


# Of texts that are word for word the same the first stands for all.
_CANDIDATES = f"""
WITH firsts AS (
    SELECT d.id, d.shard, d.position, d.size, s.bands FROM {{}} QUALIFY d.id = min(d.id) OVER (PARTITION BY s.whole)
), cells AS (
    SELECT * EXCLUDE (bands), unnest(bands) AS value, generate_subscripts(bands, 1) AS band FROM firsts
), shared AS MATERIALIZED (
    SELECT *, row_number() OVER (PARTITION BY band, value ORDER BY id) AS at FROM cells
    QUALIFY count(*) OVER (PARTITION BY band, value) > 1
)
SELECT DISTINCT a.id, a.shard, a.position, a.size, b.id, b.shard, b.position, b.size FROM shared a
JOIN shared b ON b.band = a.band AND b.value = a.value AND b.at BETWEEN a.at + 1 AND a.at + {NEAR}
ORDER BY a.id, b.id
"""
