"""An object of JSON -> a document: which of its keys the fields are taken from, and what is said where none is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from purport.errors import ReadError
from purport.model.document import Document
from purport.read.options import Failure, Options, selector
from purport.read.tables.rows import Columns, bad_bytes, columns_of, document_of

_PATIENCE = 1000
"""Objects that may fail before they are given up one by one, and keys that are kept, to say which key the text has."""


def keys_of(row: Mapping[str, Any], options: Options) -> Columns:
    """The key that each field is taken from; a key that the user names may be one in an object inside: "a.b"."""
    return columns_of([*row, *(key for _, key in options.columns if key not in row and _inside(row, key))], options)


def _inside(row: Mapping[str, Any], key: str) -> bool:
    """Whether `key` ("a.b") leads to a value in an object of an object."""
    return "." in key and value_of(row, key) is not None


def value_of(row: Mapping[str, Any], key: str) -> Any:
    """The value under `key`, or under the keys "a" and in it "b" of "a.b"; None where there is none."""
    if key in row:
        return row[key]
    value: Any = row
    for one in key.split("."):
        value = value.get(one) if isinstance(value, dict) else None
    return value


@dataclass(slots=True)
class Objects:
    """The objects of one file of a format whose part is `called` so ("line"), and the keys that were seen in them."""

    format: str
    name: str
    encoding: str
    options: Options
    called: str
    keys: dict[str, None] = field(default_factory=dict)

    def document(self, row: Any, number: int, raw: str, source: bytes) -> Document | Failure:
        """The document of object `number`, which stands in the file as `raw` (its bytes are `source`)."""
        part = f"row {number}"
        if not isinstance(row, dict):
            reason = f"is no JSON object; each {self.called} must be one, with a key for the text"
            return Failure(self.name, part, reason)
        if len(self.keys) < _PATIENCE:
            self.keys.update(dict.fromkeys(repr(key)[:100] for key in islice(row, _PATIENCE)))
        columns = keys_of(row, self.options)
        if "text" not in columns:
            present = ", ".join(repr(key)[:60] for key in islice(row, 20))
            return Failure(self.name, part, f"has no key for the text; it has {present[:200] or 'none'}")
        if not isinstance(value_of(row, columns["text"]), str):
            return Failure(self.name, part, f"has no string under {columns['text']!r}; give the text as a string")
        selected = selector(self.encoding, columns["text"])
        notes = bad_bytes(raw, self.encoding)

        def value(key: str) -> str | None:
            return _string(value_of(row, key))

        return document_of(self.format, number, source, selected, columns, value, notes)

    def checked(self, results: Iterable[Document | Failure]) -> Iterator[Document | Failure]:
        """The results as they are. Raises `ReadError` where there is no document in them, but are objects."""
        found = False
        failures: list[Failure] = []
        for result in results:
            if not found and isinstance(result, Failure) and len(failures) < _PATIENCE:
                failures.append(result)
                continue
            yield from failures
            failures = []
            found = found or not isinstance(result, Failure)
            yield result
        if self.keys and not found:
            wanted = self.options.column("text") or "text"
            there = ", ".join(sorted(self.keys)[:30])
            raise ReadError(f"{self.name}: no {self.called} has the key {wanted!r}; map the text to one of: {there}")
        yield from failures


def _string(value: Any) -> str | None:
    """A value of metadata as text: numbers as they are written, lists of names joined, an object by its name."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return ", ".join(item for item in value if isinstance(item, str))
    name = value.get("name") if isinstance(value, dict) else None
    return name if isinstance(name, str) else None
