"""Plain text: the text is the decoded bytes as they are, and places are bytes of the file.

A file of many articles (Nexis, Factiva, ProQuest) is a document an article, with the bytes of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from purport.model.document import Document
from purport.read.bulk import fields, parts, passed_over, without_fields
from purport.read.decode import decode, plain_text
from purport.read.fields import metadata_of
from purport.read.layout import blocks_of
from purport.read.options import Failure, Options, selector
from purport.read.turns import with_labels


def read(data: bytes, name: str, options: Options) -> Iterator[Document | Failure]:
    """One document, or one an article; line ends as they are in the file. Raises `ReadError` for binary data."""
    decoded = decode(data, name, options.encoding)
    articles = parts(decoded.raw)
    if len(articles) == 1:
        yield _document(data, name, options.encoding, "")
        return
    lead = passed_over(decoded.raw, articles)
    encoding = options.encoding or ("" if decoded.encoding == "utf-8" else decoded.encoding)
    for number, (start, end) in enumerate(articles, 1):
        own = decoded.encoded(decoded.raw[start:end])
        if own.strip():
            made = _document(own, name, encoding or None, f"document {number}")
            yield replace(made, notes=(*lead, *made.notes))


def _document(data: bytes, name: str, encoding: str | None, part: str) -> Document:
    text, source_map, notes = plain_text(data, name, encoding)
    metadata, remarks = metadata_of(fields(text))
    blocks = with_labels(text, without_fields(text, blocks_of(text)))
    return Document(
        text, blocks, source_map, "text", data, metadata, selector(encoding), part, notes=(*notes, *remarks)
    )  # fmt: skip
