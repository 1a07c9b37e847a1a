"""Rows and records -> files. One function a format, one table `EXPORTS`."""

from purport.export.formats import EXPORTS, Material
from purport.export.tables import actors_table, claims_table, documents_table, links_table, statements_table

__all__ = [
    "EXPORTS",
    "Material",
    "actors_table",
    "claims_table",
    "documents_table",
    "links_table",
    "statements_table",
]
