"""All stances of a store as columns: a thread that fetches hundreds of thousands of rows would wait for seconds."""

from __future__ import annotations

import numpy as np

from purport.model.said import said
from purport.network.stances import StanceColumns, Told
from purport.store.store import Store

_CHUNK = 100_000
"""Stances that are fetched at a time: of each column their values are one text of some megabytes."""
_BETWEEN = "\x1f"
_COLUMNS = ("id", "coalesce(holder, '')", "target", "vouched", "basis", "certainty")


def stance_columns(store: Store) -> StanceColumns:
    """The columns of `purport.store.stances`, all of one moment. Raises `StoreError` where it cannot be read."""
    with store.snapshot():
        authors = dict(store.query("SELECT key, author FROM document WHERE outlet IS NULL AND author IS NOT NULL"))
        told = [
            (key, Told(id, outlet if outlet is not None else authors.get(key, ""), published or ""))
            for key, id, outlet, published in store.query(
                "SELECT key, id, outlet, published FROM document INDEXED BY document_card ORDER BY key"
            )
        ]
        ((last,),) = store.query("SELECT coalesce(max(key), 0) FROM stance")
        texts: list[list[str]] = [[] for _ in _COLUMNS]
        whole, shares = [np.empty((0, 5), np.int64)], [np.empty(0)]
        columns = ", ".join(f"group_concat({column}, char(31))" for column in _COLUMNS)
        for start in range(0, int(last), _CHUNK):
            ((numbers, share, *own),) = store.query(
                "SELECT group_concat(printf('%d,%d,%d,%d,%d', key, document, sign, voucher IS NULL, said)), "
                f"group_concat(printf('%!.17g', confidence)), {columns} "
                "FROM (SELECT * FROM stance WHERE key > ? AND key <= ? ORDER BY key)",
                (start, start + _CHUNK),
            )
            if numbers is None:
                continue
            whole.append(np.fromstring(numbers, np.int64, sep=",").reshape(-1, 5))
            shares.append(np.fromstring(share, np.float64, sep=","))
            for column, values in zip(texts, own, strict=True):
                column += values.split(_BETWEEN)
        table = np.concatenate(whole)
        for key, sentence in store.query(
            "SELECT s.key, substr(d.text, s.first + 1, s.last - s.first) FROM stance s "
            "JOIN document d ON d.key = s.document WHERE s.said < 0"
        ):
            table[table[:, 0] == key, 4] = said(sentence)
    ids, holder, target, voucher, basis, certainty = texts
    document = np.searchsorted(np.array([key for key, _ in told], np.int64), table[:, 1])
    sign, spoken, words = table[:, 2], table[:, 3] > 0, table[:, 4]
    documents, sure = tuple(one for _, one in told), np.concatenate(shares)
    return StanceColumns(documents, document, ids, holder, target, voucher, basis, certainty, sign, spoken, sure, words)
