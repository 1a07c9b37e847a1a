"""Rows and records -> files. One function a format, one table `EXPORTS`."""

from purport.export.formats import EXPORTS, Material
from purport.export.tables import documents_table, statements_table

__all__ = ["EXPORTS", "Material", "documents_table", "statements_table"]
