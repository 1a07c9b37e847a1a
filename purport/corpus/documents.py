"""Reading documents into records, without a store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from purport.errors import ReadError
from purport.model.document import Document, Metadata
from purport.model.record import Record
from purport.read.dates import users_date
from purport.read.files import read_bytes, read_file
from purport.read.options import Failure, Options

LONGEST_PATH = 4096
"""Characters: what is longer is a text that somebody gave in place of a path."""


def read(
    path: str | Path,
    *,
    outlet: str | None = None,
    author: str | None = None,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    language: str | None = None,
    options: Options = Options(),
) -> Record:
    """The record of the one document in a file. What is told here goes over what the file says of itself.

    Raises `ReadError` where the file cannot be read or holds several documents, `UsageError` for a date that is none.
    """
    found = list(read_all(path, Metadata(outlet, author, title, published, url, language), options))
    if len(found) != 1:
        raise ReadError(f"{path}: holds {len(found)} documents; read such a file into a store with purport.open")
    return found[0]


def read_all(path: str | Path, told: Metadata = Metadata(), options: Options = Options()) -> Iterator[Record]:
    """The records of all documents in a file, one by one. Raises as `read`; a broken row raises `ReadError` too."""
    from purport.pipeline import process  # here, since who only asks a store need not load it

    told = with_iso_date(told)
    if isinstance(path, str) and ("\n" in path or len(path) > LONGEST_PATH):
        raise ReadError(f"path: is a text of {len(path)} characters; read what is at hand with purport.read_text")
    for found in read_file(Path(path), options):
        if isinstance(found, Failure):
            raise ReadError(str(found))
        yield process(replace(found, metadata=told.over(found.metadata)), told.language)


def read_text(
    text: str,
    *,
    outlet: str | None = None,
    author: str | None = None,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    language: str | None = None,
) -> Record:
    """The record of a text that is at hand; its places are code points of `text` itself.

    Raises `ReadError` for a text without a letter, or with lone surrogates, which no file can hold.
    """
    from purport.pipeline import process  # as above

    told = with_iso_date(Metadata(outlet, author, title, published, url, language))
    if type(text) is not str:
        raise ReadError(f"text: wants a str, not {type(text).__name__}; read a file with purport.read(path)")
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise ReadError(f"text: character {error.start} is half of a surrogate pair; mend the text first") from None
    for found in read_bytes(data, "text.txt", Options(encoding="utf-8"), told):
        if isinstance(found, Document) and found.text == text:
            return process(found, told.language)
    raise ReadError("text: cannot be read as plain text; a byte order mark or a NUL at its start is the usual cause")


def with_iso_date(told: Metadata) -> Metadata:
    """The same with the date of publication, as a user gave it, in ISO 8601. Raises `UsageError` where it is none."""
    return replace(told, published=users_date(told.published)) if told.published is not None else told
