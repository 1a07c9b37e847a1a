"""Rows, records and networks -> files. One function a format, two tables: `EXPORTS` and `NETWORK_EXPORTS`."""

from purport.export.formats import EXPORTS, Material
from purport.export.networks import NETWORK_EXPORTS
from purport.export.picture import picture
from purport.export.tables import (
    actors_table,
    claims_table,
    documents_table,
    edges_table,
    links_table,
    nodes_table,
    statements_table,
)
from purport.export.timeline import timeline

__all__ = [
    "EXPORTS",
    "NETWORK_EXPORTS",
    "Material",
    "actors_table",
    "claims_table",
    "documents_table",
    "edges_table",
    "links_table",
    "nodes_table",
    "picture",
    "statements_table",
    "timeline",
]
