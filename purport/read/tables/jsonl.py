"""JSON Lines: a document a line, whose source is that line's bytes alone and whose row is the line's number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count, islice
from typing import Any, BinaryIO

from purport.errors import ReadError
from purport.model.document import Document
from purport.read.fields import whole
from purport.read.lines import Lines, TooLongError
from purport.read.options import Failure, Options, selector
from purport.read.tables.rows import bad_bytes, columns_of, document_of

_PATIENCE = 1000
"""Lines that may fail before they are given up one by one, and keys that are kept, to say which key the text has."""


def read(stream: BinaryIO, name: str, options: Options) -> Iterator[Document | Failure]:
    """A document for each line that is an object with a text, a `Failure` for each other that is not blank.

    Raises `ReadError` where no line can be read, or where none has the key that the text is to be taken from.
    """
    lines = Lines(stream, name, options.encoding, options.limits.row, any_end=False)
    found, keys = False, dict[str, None]()
    failures: list[Failure] = []
    for number in count(1):
        try:
            line = next(lines, None)
            if line is None:
                break
            if not line.strip().strip("\x00"):
                continue
            result = _line(line.removesuffix("\n").rstrip("\r"), number, name, lines, options, keys)
        except TooLongError:
            result = Failure(name, f"row {number}", f"is longer than {options.limits.crossed('row')}")
        if not found and isinstance(result, Failure) and len(failures) < _PATIENCE:
            failures.append(result)
            continue
        yield from failures
        failures = []
        found = found or not isinstance(result, Failure)
        yield result
    if keys and not found:
        wanted = options.column("text") or "text"
        raise ReadError(
            f"{name}: no line has the key {wanted!r}; map the text to one of: {', '.join(sorted(keys)[:30])}"
        )
    yield from failures


def _line(
    line: str, number: int, name: str, lines: Lines, options: Options, keys: dict[str, None]
) -> Document | Failure:
    """One line's document; the keys of its object are added to `keys`, up to some hundred."""
    part = f"row {number}"
    try:
        row: Any = json.loads(whole(line))
    except (ValueError, RecursionError) as error:
        return Failure(name, part, f"is no valid JSON ({error}); each line must be one object")
    if not isinstance(row, dict):
        return Failure(name, part, "is no JSON object; each line must be one, with a key for the text")
    if len(keys) < _PATIENCE:
        keys.update(dict.fromkeys(repr(key)[:100] for key in islice(row, _PATIENCE)))
    columns = columns_of(row, options)
    if "text" not in columns:
        present = ", ".join(repr(key)[:60] for key in islice(row, 20))
        return Failure(name, part, f"has no key for the text; it has {present[:200] or 'none'}")
    if not isinstance(row[columns["text"]], str):
        return Failure(name, part, f"has no string under {columns['text']!r}; give the text as a string")
    selected = selector(lines.encoding, columns["text"])
    notes = bad_bytes(line, lines.encoding)
    return document_of("jsonl", number, lines.encoded(line), selected, columns, lambda key: _string(row[key]), notes)


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
