"""Rows as Arrow tables, which pandas, Polars, R and DuckDB take as they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from purport.export.network_rows import EdgeRow, NodeRow
from purport.model.rows import Actor, ActorLink, Claim, DocumentRow, Statement
from purport.runtime.extras import arrow

if TYPE_CHECKING:
    import pyarrow as pa


def _schema(kind: type) -> pa.Schema:
    pa = arrow()
    text, spans = pa.string(), pa.list_(pa.list_(pa.int32()))
    kinds = {"confidence": pa.float64(), "characters": pa.int64(), "attributions": pa.int64(), "analysed": pa.bool_()}
    kinds |= dict.fromkeys(("mentions", "documents", "statements", "hostile", "laudatory"), pa.int64())
    kinds |= dict.fromkeys(("sign", "positive", "negative", "neutral", "camp"), pa.int64())
    kinds |= dict.fromkeys(("start", "end", "a_start", "a_end", "b_start", "b_end"), pa.int64())
    kinds |= {
        "similarity": pa.float64(),
        "other_speaker": pa.bool_(),
        "own": pa.bool_(),
        "endorsed": pa.bool_(),
        "reporting": pa.bool_(),
        "steady": pa.float64(),
        "certain": pa.float64(),
    }
    several = {"chain", "notes", "paths", "times", "places", "unsure", "names", "ties", "why"}
    return pa.schema(
        [
            (
                f.name,
                kinds.get(f.name)
                or (pa.list_(text) if f.name in several else spans if f.name.endswith("_spans") else text),
            )
            for f in fields(kind)
        ]
    )


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [[one.start, one.end] if hasattr(one, "start") else one for one in value]
    return value


def table_of(kind: type, rows: Iterable[Any]) -> pa.Table:
    """Rows of a dataclass as an Arrow table."""
    pa = arrow()
    schema = _schema(kind)
    columns: dict[str, list[Any]] = {name: [] for name in schema.names}
    for row in rows:
        for name, column in columns.items():
            value = getattr(row, name)
            column.append(str(value) if name == "kind" else _value(value))
    return pa.table(columns, schema=schema)


def statements_table(rows: Iterable[Statement]) -> pa.Table:
    """Statements as an Arrow table; `*_spans` are lists of [start, end], `chain` a list of strings."""
    return table_of(Statement, rows)


def documents_table(rows: Iterable[DocumentRow]) -> pa.Table:
    """Documents as an Arrow table; `notes` and `paths` are lists of strings."""
    return table_of(DocumentRow, rows)


def claims_table(rows: Iterable[Claim]) -> pa.Table:
    """Claims as an Arrow table; `*_spans` are lists of [start, end], what is several a list of strings."""
    return table_of(Claim, rows)


def actors_table(rows: Iterable[Actor]) -> pa.Table:
    """Actors as an Arrow table; `names` is a list of strings."""
    return table_of(Actor, rows)


def links_table(rows: Iterable[ActorLink]) -> pa.Table:
    """What makes up actors as an Arrow table; `names` is a list of strings."""
    return table_of(ActorLink, rows)


def nodes_table(rows: Iterable[NodeRow]) -> pa.Table:
    """Actors of a network as an Arrow table."""
    return table_of(NodeRow, rows)


def edges_table(rows: Iterable[EdgeRow]) -> pa.Table:
    """Edges of a network as an Arrow table; `ties` is a list of strings."""
    return table_of(EdgeRow, rows)


def statements_parquet(rows: Iterable[Statement]) -> bytes:
    """Statements as the bytes of a Parquet file."""
    out = arrow().BufferOutputStream()
    arrow("pyarrow.parquet").write_table(statements_table(rows), out, compression="zstd")
    data: bytes = out.getvalue().to_pybytes()
    return data
