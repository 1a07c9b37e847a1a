"""EPUB: the chapters of a book in the order in which they are read, each as the page of HTML that it is."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from purport.errors import ReadError
from purport.model.document import Metadata
from purport.read.containers.entries import Entry, printable
from purport.read.containers.zip import opened_archive
from purport.read.dates import iso_date
from purport.read.fields import metadata_of
from purport.read.options import Failure, Options
from purport.read.xml_parts import check_archive, part_of, root_of

if TYPE_CHECKING:
    import zipfile

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")
_TAG = re.compile(rb"<[^<>]*>|&[#\w]{1,30};")


def is_epub(head: bytes) -> bool:
    """Whether a file that begins with these bytes surely is an EPUB."""
    return head.startswith(b"PK\x03\x04") and b"mimetypeapplication/epub+zip" in head[:256]


def read(data: bytes, name: str, options: Options) -> Iterator[Entry | Failure]:
    """An entry for each chapter in which there is text, with what the book says about itself.

    Raises `ReadError` for what is no EPUB, or unpacks past the limits.
    """
    with opened_archive(io.BytesIO(data), name, options.limits) as book:
        check_archive(book, len(data), name, options.limits)
        path, package = _package(book, name)
        metadata, notes = _metadata(package)
        locked = _locked(book, name)
        for chapter in _chapters(package, path):
            shown = printable(chapter)
            if chapter in locked:
                yield Failure(name, shown, "is encrypted; only programs of its seller can read it")
                continue
            try:
                page = part_of(book, chapter, name)
            except ReadError as error:
                yield Failure(name, shown, str(error).removeprefix(f"{name}: "))
                continue
            if page is None:
                yield Failure(name, shown, "is not in the book, though its contents name it; get the book anew")
                continue
            if not _has_words(page):
                continue  # a cover, or another picture
            yield Entry(
                f"{shown}.html" if not shown.lower().endswith((".html", ".xhtml", ".htm")) else shown,
                io.BytesIO(page), shown, metadata=metadata, notes=notes,
            )  # fmt: skip


def _has_words(page: bytes) -> bool:
    """Whether a page may show a letter."""
    body = page[max(0, page.find(b"<body")) :]
    return b"\x00" in page or re.search(rb"[a-zA-Z\x80-\xff]", _TAG.sub(b"", body)) is not None


def _package(book: zipfile.ZipFile, name: str) -> tuple[str, Any]:
    """The file that says what the book is made of: its path and its root element."""
    container = part_of(book, _CONTAINER, name)
    if container is None:
        raise ReadError(f"{name}: is a ZIP file but no EPUB; unpack it and give the files in it")
    for file in root_of(container, f"{name}: its part {_CONTAINER}").iter("{*}rootfile"):
        path = posixpath.normpath(file.get("full-path") or "")
        package = part_of(book, path, name)
        if package is not None:
            return path, root_of(package, f"{name}: its part {printable(path)}")
    raise ReadError(f"{name}: is no valid EPUB: nothing in it says what its chapters are; get it anew")


def _chapters(package: Any, path: str) -> Iterator[str]:
    """The paths of the chapters in the order of the book, each once, without the page that is its contents."""
    items = {item.get("id"): item for item in package.iter("{*}item")}
    seen: set[str] = set()
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or (item.get("media-type") or "").strip().lower() not in _PAGES:
            continue
        if "nav" in (item.get("properties") or "").split():
            continue
        file = unquote((item.get("href") or "").partition("#")[0])
        chapter = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
        if file and chapter not in seen:
            seen.add(chapter)
            yield chapter


def _metadata(package: Any) -> tuple[Metadata, tuple[str, ...]]:
    """What the book says about itself: its title is that of all its chapters."""

    def words(tag: str) -> list[str]:
        found = (" ".join("".join(one.itertext()).split())[:500] for one in package.iter(f"{_DC}{tag}"))
        return [one for one in found if one]

    dates = words("date")
    said = {
        "title": next(iter(words("title")), ""),
        "author": ", ".join(dict.fromkeys(words("creator"))),
        "outlet": next(iter(words("publisher")), ""),
        "published": next(filter(iso_date, dates), next(iter(dates), "")),
        "language": next(iter(words("language")), ""),
    }
    return metadata_of(said)


def _locked(book: zipfile.ZipFile, name: str) -> frozenset[str]:
    """The paths of what is encrypted, as books of some sellers are."""
    said = part_of(book, _ENCRYPTION, name)
    if said is None:
        return frozenset()
    root = root_of(said, f"{name}: its part {_ENCRYPTION}")
    return frozenset(unquote(one.get("URI") or "") for one in root.iter("{*}CipherReference"))
