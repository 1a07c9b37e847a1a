"""What a user may tell the readers, and the selector that keeps it with a document so that it can be read again."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from urllib.parse import quote, unquote

from purport.errors import UsageError
from purport.read.limits import UNLIMITED, Limits

COLUMNS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article"),
    "outlet": ("outlet", "source", "publisher"),
    "author": ("author", "byline"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "pubdate"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
}
"""A row per field of a document: the columns (or keys) it is taken from where the user names none, tried in order."""

_UNCOUNTABLE = ("utf-7", "hz", "iso2022", "punycode", "idna", "raw-unicode-escape", "unicode-escape", "undefined")
_WITHOUT_MARK = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}


@dataclass(frozen=True, slots=True)
class Options:
    """How files are to be read; the same for every file of a run.

    `encoding` is a codec's name, None to find it out. `columns` are pairs (field of `COLUMNS`, column or key of the
    file), sorted. `delimiter` is the character between a table's cells, None to find it out. `limits` are what a file
    may ask of the machine. `article` is the number (from 1) of the only one wanted of a file of many articles. Raises
    `UsageError` for a codec or a field that there is not.
    """

    encoding: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    delimiter: str | None = None
    limits: Limits = Limits()
    article: int | None = None

    def __post_init__(self) -> None:
        if self.encoding is not None:
            object.__setattr__(self, "encoding", _codec(self.encoding))
        for field, _ in self.columns:
            if field not in COLUMNS:
                raise UsageError(f"no field is called {field!r}; a column can be mapped to {', '.join(COLUMNS)}")
        object.__setattr__(self, "columns", tuple(sorted(self.columns)))
        if self.delimiter is not None and (len(self.delimiter) != 1 or self.delimiter in '\r\n"'):
            raise UsageError(f"a delimiter is one character, not {self.delimiter!r}")

    def column(self, field: str) -> str | None:
        """The column that the user mapped to `field`; None where it was left to the defaults."""
        return dict(self.columns).get(field)


def _codec(name: str) -> str:
    """The name under which Python knows a codec whose text maps back to bytes piece by piece."""
    try:
        found = codecs.lookup(name).name
        "".encode(found)
    except (LookupError, ValueError):
        raise UsageError(f"no encoding is called {name!r}; try utf-8, cp1252 or utf-16-le") from None
    if found.startswith(_UNCOUNTABLE):
        raise UsageError(f"places cannot be counted in the encoding {found}; convert the files to UTF-8 first")
    return _WITHOUT_MARK.get(found, found)


@dataclass(frozen=True, slots=True)
class Failure:
    """One part (a row, a file in an archive) of a file of many documents that could not be read; the others were."""

    name: str
    part: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name}, {self.part}: {self.reason}"


def selector(
    encoding: str | None = None, text: str | None = None, delimiter: str | None = None, article: int | None = None
) -> str:
    """What a reader was told, as `Document.selector`: "text=body;encoding=utf-8", "" where nothing was told."""
    number = str(article) if article is not None else None
    pairs = (("text", text), ("encoding", encoding), ("delimiter", delimiter), ("article", number))
    return ";".join(f"{key}={quote(value, safe=' ,|/')}" for key, value in pairs if value is not None)


def options_of(selected: str) -> Options:
    """The options under which a document with this selector is read again. Raises `UsageError` if it is malformed."""
    told: dict[str, str] = {}
    for pair in selected.split(";") if selected else ():
        key, equals, value = pair.partition("=")
        if not equals or key not in ("text", "encoding", "delimiter", "article"):
            raise UsageError(f"the selector {selected!r} is not one that a reader wrote")
        told[key] = unquote(value)
    number = told.get("article", "")
    if "article" in told and not (number.isdecimal() and len(number) < 9):
        raise UsageError(f"the selector {selected!r} is not one that a reader wrote")
    columns = (("text", told["text"]),) if "text" in told else ()
    return Options(told.get("encoding"), columns, told.get("delimiter"), UNLIMITED, int(number) if number else None)
