"""Plain text: the text is the decoded bytes as they are, and places are bytes of the file."""

from __future__ import annotations

from collections.abc import Iterator

from purport.model.document import Document
from purport.read.decode import plain_text
from purport.read.layout import blocks_of
from purport.read.options import Failure, Options, selector
from purport.read.turns import with_labels


def read(data: bytes, name: str, options: Options) -> Iterator[Document | Failure]:
    """One document, its line ends as they are in the file. Raises `ReadError` for binary data."""
    text, source_map, notes = plain_text(data, name, options.encoding)
    selected = selector(options.encoding)
    yield Document(text, with_labels(text, blocks_of(text)), source_map, "text", data, selector=selected, notes=notes)
