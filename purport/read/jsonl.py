"""JSON Lines: a document a line, whose source is that line's bytes alone and whose row is the line's number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from purport.document import Document
from purport.errors import ReadError
from purport.read.decode import Decoded, decode
from purport.read.options import Failure, Options, selector
from purport.read.rows import columns_of, document_of


def read(data: bytes, name: str, options: Options) -> Iterator[Document | Failure]:
    """A document for each line that is an object with a text, a `Failure` for each other that is not blank.

    Raises `ReadError` where no line can be read, or where none has the key that the text is to be taken from.
    """
    decoded = decode(data, name, options.encoding)
    found, keys = False, dict[str, None]()
    failures: list[Failure] = []
    for number, line in enumerate(decoded.raw.split("\n"), 1):
        if line.strip().strip("\x00"):
            result = _line(line.rstrip("\r"), number, name, decoded, options, keys)
            if not found and isinstance(result, Failure):
                failures.append(result)
                continue
            yield from failures
            failures, found = [], True
            yield result
    if keys and not found:
        wanted = options.column("text") or "text"
        raise ReadError(
            f"{name}: no line has the key {wanted!r}; map the text to one of: {', '.join(sorted(keys)[:30])}"
        )
    yield from failures


def _line(
    line: str, number: int, name: str, decoded: Decoded, options: Options, keys: dict[str, None]
) -> Document | Failure:
    """One line's document; the keys of its object are added to `keys`."""
    part = f"row {number}"
    source = decoded.encoded(line)
    try:
        row: Any = json.loads(_repaired(line))
    except (ValueError, RecursionError) as error:
        return Failure(name, part, f"is no valid JSON ({error}); each line must be one object")
    if not isinstance(row, dict):
        return Failure(name, part, "is no JSON object; each line must be one, with a key for the text")
    keys.update(dict.fromkeys(map(repr, row)))
    columns = columns_of(row, options)
    if "text" not in columns:
        return Failure(name, part, f"has no key for the text; it has {', '.join(map(repr, row))[:200] or 'none'}")
    if not isinstance(row[columns["text"]], str):
        return Failure(name, part, f"has no string under {columns['text']!r}; give the text as a string")
    selected = selector(decoded.encoding, columns["text"])
    return document_of("jsonl", number, source, selected, columns, lambda key: _string(row[key]))


def _repaired(line: str) -> str:
    """The line for the JSON parser: lone surrogates that stand for undecodable bytes become U+FFFD."""
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in line) if not line.isascii() else line


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
