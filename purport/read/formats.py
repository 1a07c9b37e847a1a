"""The table of formats, and the two ways through it: bytes that come in, and bytes that were kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from purport.document import Document, Metadata, Segment, Unit
from purport.errors import ReadError, UsageError
from purport.read import docx, html, jsonl, markdown, pdf, table, text
from purport.read.dates import users_date
from purport.read.decode import binary
from purport.read.options import Failure, Options, options_of

_DEFAULT, _UNKNOWN = Options(), Metadata()
_HEAD = 8192
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_OTHERS = {
    ".doc": "save it as .docx", ".rtf": "save it as .docx", ".odt": "save it as .docx", ".pages": "save it as .docx",
    ".json": "write one object a line and call it .jsonl", ".xml": "save its text as .html or .txt",
    ".epub": "save its text as .html or .txt", ".xlsx": "save it as .csv", ".xls": "save it as .csv",
    ".ods": "save it as .csv", ".pptx": "save it as .pdf", ".parquet": "save it as .csv",
    ".eml": "save its text as .txt",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: its name, the suffixes of its files, whether a file's first bytes surely are of it, its function."""

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], bool] | None
    function: Callable[[bytes, str, Options], Iterator[Document | Failure]]


def _is_pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]


def _is_docx(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04") and (b"word/" in head or b"[Content_Types].xml" in head)


def _is_html(head: bytes) -> bool:
    return _HTML.match(head) is not None


READERS = (
    Reader("text", (".txt", ".text", ""), None, text.read),
    Reader("markdown", (".md", ".markdown"), None, markdown.read),
    Reader("html", (".html", ".htm", ".xhtml"), _is_html, html.read),
    Reader("pdf", (".pdf",), _is_pdf, pdf.read),
    Reader("docx", (".docx",), _is_docx, docx.read),
    Reader("jsonl", (".jsonl", ".ndjson"), None, jsonl.read),
    Reader("csv", (".csv", ".tsv"), None, table.read),
)


def reader_for(name: str, head: bytes) -> Reader:
    """The reader for a file of that name which begins with `head` (some thousand bytes).

    The suffix tells, unless the bytes are a PDF or a DOCX behind the suffix of a text format; where there is no
    known suffix, the bytes tell. Raises `ReadError` for a format that is not known.
    """
    suffix = PurePath(name).suffix.lower()
    known = next((reader for reader in READERS if suffix and suffix in reader.suffixes), None)
    sniffed = next((reader for reader in READERS if reader.sniff is not None and reader.sniff(head)), None)
    if known is not None:
        packed = sniffed is not None and sniffed.name in ("pdf", "docx") and known.name not in ("pdf", "docx")
        return sniffed if sniffed is not None and packed else known
    if suffix in _OTHERS:
        raise ReadError(f"{name}: files of the kind {suffix} are not read; {_OTHERS[suffix]}")
    if sniffed is not None:
        return sniffed
    if binary(head):
        kinds = ", ".join(s for reader in READERS for s in reader.suffixes if s)
        raise ReadError(f"{name}: is of no known format; what is read: {kinds}")
    return READERS[0]


def read_bytes(
    data: bytes, name: str, options: Options = _DEFAULT, metadata: Metadata = _UNKNOWN
) -> Iterator[Document | Failure]:
    """The documents in a file called `name` with the bytes `data`.

    `metadata` is what the user knows, which goes over what the file says. A row of a table or of JSON Lines that
    cannot be read gives a `Failure` in its place. Raises `ReadError` where the whole file cannot be read, and
    `UsageError` where the user's date is none; whatever the bytes are, nothing else.
    """
    if metadata.published is not None:
        metadata = replace(metadata, published=users_date(metadata.published))
    if not data.strip(b"\x00 \t\r\n"):
        raise ReadError(f"{name}: is empty; there is nothing to read")
    reader = reader_for(name, data[:_HEAD])
    for found in _guarded(reader, data, name, options):
        if isinstance(found, Document):
            if not any(map(str.isalpha, found.text)):
                if not found.part:
                    raise ReadError(f"{name}: is empty: there is no letter in it")
                found = Failure(name, found.part, "is empty: there is no letter in its text")
            else:
                found = replace(found, metadata=metadata.over(found.metadata))
        yield found


def _guarded(reader: Reader, data: bytes, name: str, options: Options) -> Iterator[Document | Failure]:
    """What the reader yields, with every error as a `ReadError`."""
    try:
        yield from reader.function(data, name, options)
    except ReadError:
        raise
    # Libraries that parse hostile bytes raise what they like (KeyError, RecursionError): here is the boundary.
    except Exception as error:
        what = " ".join(str(error).split())[:200] or type(error).__name__
        raise ReadError(f"{name}: is broken and cannot be read as {reader.name} ({what}); save it anew") from error


def reread(data: bytes, format: str, selector: str, part: str = "", name: str = "kept source") -> Document:
    """The document again, from `Document.source`, `format`, `selector` and `part`: the same text, blocks and map.

    Metadata that the user gave are not part of the source and are not in it. Raises `ReadError` where the bytes
    yield no document any more, and `UsageError` for a format or selector that no reader wrote.
    """
    reader = next((reader for reader in READERS if reader.name == format), None)
    if reader is None:
        raise UsageError(f"no format is called {format!r}; there are {', '.join(r.name for r in READERS)}")
    for found in _guarded(reader, data, name, options_of(selector)):
        if isinstance(found, Failure):
            raise ReadError(str(found))
        if found.source_map.unit is Unit.ROW and part:
            row = int(part.removeprefix("row "))
            segments = tuple(Segment(s.start, row, s.offset) for s in found.source_map.segments)
            return replace(found, part=part, source_map=replace(found.source_map, segments=segments))
        return found
    raise ReadError(f"{name}: holds no document any more; the store may be damaged")
