"""The table of formats, which one a file is of, and which files may hold many documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from purport.errors import ReadError
from purport.model.document import Document
from purport.read import captions, docx, feeds, markdown, odt, rtf, text
from purport.read.containers import epub, mail, mbox, warc
from purport.read.containers import gzip as gzipped
from purport.read.containers import zip as archive
from purport.read.containers.entries import Entry
from purport.read.decode import binary
from purport.read.html import page as html
from purport.read.options import Failure, Options
from purport.read.pdf import pages as pdf
from purport.read.tables import csv as table
from purport.read.tables import json_array, jsonl, xlsx
from purport.read.walk import IGNORED

_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_OTHERS = {
    ".doc": "save it as .docx", ".pages": "save it as .docx",
    ".xls": "save it as .csv",
    ".ods": "save it as .csv", ".pptx": "save it as .pdf", ".parquet": "save it as .csv",
    ".msg": "save it as .eml", ".tar": "unpack it", ".7z": "unpack it",
}  # fmt: skip

Found = Iterator[Document | Entry | Failure]


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: its name, the suffixes of its files, whether a file's first bytes surely are of it, its function.

    The function is either `whole`, which takes all of the bytes (not more of them than the limit that `limit` names),
    or `stream`, which takes an open file and reads as it goes, since there may be many documents in it.
    """

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], bool] | None
    whole: Callable[[bytes, str, Options], Found] | None = None
    limit: str = "whole"
    stream: Callable[[BinaryIO, str, Options], Found] | None = None

    @property
    def many(self) -> bool:
        """Whether a file may hold any number of documents, so that several workers may share it."""
        return self.stream is not None

    @property
    def contains(self) -> bool:
        """Whether what a file holds are files of other formats."""
        return self.name in ("eml", "mbox", "feed", "epub", "zip", "gzip", "warc")


def _is_pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]


def _is_docx(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04") and (b"word/" in head or b"[Content_Types].xml" in head)


def _is_rtf(head: bytes) -> bool:
    return head.lstrip().startswith(b"{\\rtf")


def _is_html(head: bytes) -> bool:
    return _HTML.match(head) is not None


def _is_zip(head: bytes) -> bool:
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _is_gzip(head: bytes) -> bool:
    return head.startswith(b"\x1f\x8b\x08")


def _is_warc(head: bytes) -> bool:
    return head.startswith((b"WARC/0.", b"WARC/1."))


READERS = (
    Reader("text", (".txt", ".text", ""), None, text.read, "text"),
    Reader("markdown", (".md", ".markdown"), None, markdown.read, "text"),
    Reader("html", (".html", ".htm", ".xhtml"), _is_html, html.read),
    Reader("pdf", (".pdf",), _is_pdf, pdf.read),
    Reader("xlsx", (".xlsx", ".xlsm"), xlsx.is_xlsx, stream=xlsx.read),
    Reader("docx", (".docx",), _is_docx, docx.read),
    Reader("odt", (".odt",), odt.is_odt, odt.read),
    Reader("captions", (".srt", ".vtt"), None, captions.read, "text"),
    Reader("rtf", (".rtf",), _is_rtf, rtf.read),
    Reader("eml", (".eml",), None, mail.read),
    Reader("feed", (".rss", ".atom", ".xml"), feeds.is_feed, feeds.read),
    Reader("mbox", (".mbox", ".mbx"), None, stream=mbox.read),
    Reader("jsonl", (".jsonl", ".ndjson"), None, stream=jsonl.read),
    Reader("json", (".json",), None, stream=json_array.read),
    Reader("csv", (".csv", ".tsv"), None, stream=table.read),
    Reader("epub", (".epub",), epub.is_epub, epub.read),
    Reader("zip", (".zip",), _is_zip, stream=archive.read),
    Reader("gzip", (".gz",), _is_gzip, stream=gzipped.read),
    Reader("warc", (".warc",), _is_warc, stream=warc.read),
)


def reader_for(name: str, head: bytes) -> Reader:
    """The reader for a file of that name which begins with `head` (some thousand bytes).

    The suffix tells, unless the bytes are a PDF, DOCX, ODT or XLSX behind the suffix of a text format, or a page
    behind .xml; where there is no known suffix, the bytes tell. Raises `ReadError` for a format that is not known.
    """
    suffix = PurePath(name).suffix.lower()
    known = _by_suffix(suffix)
    sniffed = next((reader for reader in READERS if reader.sniff is not None and reader.sniff(head)), None)
    if known is not None:
        packed = sniffed is not None and sniffed.name in ("pdf", "docx", "odt", "xlsx") and known.name in _TEXTS
        page = sniffed is not None and sniffed.name == "html" and known.name == "feed"
        return sniffed if sniffed is not None and (packed or page) else known
    if suffix in _OTHERS:
        raise ReadError(f"{name}: files of the kind {suffix} are not read; {_OTHERS[suffix]}")
    if sniffed is not None:
        return sniffed
    if binary(head):
        kinds = ", ".join(s for reader in READERS for s in reader.suffixes if s)
        raise ReadError(f"{name}: is of no known format; what is read: {kinds}")
    return READERS[0]


_TEXTS = frozenset(("text", "markdown", "html", "eml", "jsonl", "json", "csv", "feed"))


def unread(name: str, head: bytes) -> bool:
    """Whether a file found in a container is of no format that holds text, so that nobody will miss it."""
    suffix = PurePath(name).suffix.lower()
    if suffix in IGNORED:
        return True
    if _by_suffix(suffix) is not None or suffix in _OTHERS:
        return False
    return not head or (binary(head) and not any(reader.sniff(head) for reader in READERS if reader.sniff is not None))


def many_documents(name: str) -> bool:
    """Whether a file of that name may hold many documents, so that workers may share it."""
    path = PurePath(name)
    if path.suffix.lower() == ".gz" and PurePath(path.stem).suffix:
        return many_documents(path.stem)
    known = _by_suffix(path.suffix.lower())
    return known is not None and known.many


def _by_suffix(suffix: str) -> Reader | None:
    return next((reader for reader in READERS if suffix and suffix in reader.suffixes), None)
