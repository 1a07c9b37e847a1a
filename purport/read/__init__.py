"""Bytes -> documents: one module a format, one table `READERS`; and what surrounds it: files, metadata, dates."""

from purport.read.containers.entries import printable
from purport.read.dates import iso_date, users_date
from purport.read.files import read_bytes, read_file, reread
from purport.read.formats import READERS, Reader, many_documents, reader_for
from purport.read.language import surely_not_english
from purport.read.limits import Limits
from purport.read.options import COLUMNS, Failure, Options
from purport.read.tables.metadata import lookup, metadata_table
from purport.read.walk import IGNORED, ignored, walk

__all__ = [
    "COLUMNS",
    "IGNORED",
    "READERS",
    "Failure",
    "Limits",
    "Options",
    "Reader",
    "ignored",
    "iso_date",
    "lookup",
    "many_documents",
    "metadata_table",
    "printable",
    "read_bytes",
    "read_file",
    "reader_for",
    "reread",
    "surely_not_english",
    "users_date",
    "walk",
]
