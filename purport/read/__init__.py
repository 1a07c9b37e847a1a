"""Bytes -> documents: one module a format, one table `READERS`; and what surrounds it: files, metadata, dates."""

from purport.read.dates import iso_date, users_date
from purport.read.formats import READERS, Reader, read_bytes, reader_for, reread
from purport.read.language import surely_not_english
from purport.read.metadata import lookup, metadata_table
from purport.read.options import COLUMNS, Failure, Options
from purport.read.walk import IGNORED, ignored, walk

__all__ = [
    "COLUMNS",
    "IGNORED",
    "READERS",
    "Failure",
    "Options",
    "Reader",
    "ignored",
    "iso_date",
    "lookup",
    "metadata_table",
    "read_bytes",
    "reader_for",
    "reread",
    "surely_not_english",
    "users_date",
    "walk",
]
