"""JSON Lines: a document a line, whose source is that line's bytes alone and whose row is the line's number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any, BinaryIO

from purport.model.document import Document
from purport.read.fields import whole
from purport.read.lines import Lines, TooLongError
from purport.read.options import Failure, Options
from purport.read.tables.objects import Objects


def read(stream: BinaryIO, name: str, options: Options) -> Iterator[Document | Failure]:
    """A document for each line that is an object with a text, a `Failure` for each other that is not blank.

    Raises `ReadError` where no line can be read, or where none has the key that the text is to be taken from.
    """
    lines = Lines(stream, name, options.encoding, options.limits.row, any_end=False)
    objects = Objects("jsonl", name, lines.encoding, options, "line")
    yield from objects.checked(_rows(lines, objects))


def _rows(lines: Lines, objects: Objects) -> Iterator[Document | Failure]:
    for number in count(1):
        try:
            line = next(lines, None)
        except TooLongError:
            longest = objects.options.limits.crossed("row")
            yield Failure(objects.name, f"row {number}", f"is longer than {longest}")
            continue
        if line is None:
            return
        if line.strip().strip("\x00"):
            yield _row(line.removesuffix("\n").rstrip("\r"), number, lines, objects)


def _row(line: str, number: int, lines: Lines, objects: Objects) -> Document | Failure:
    try:
        row: Any = json.loads(whole(line))
    except (ValueError, RecursionError) as error:
        reason = f"is no valid JSON ({error}); each line must be one object"
        return Failure(objects.name, f"row {number}", reason)
    return objects.document(row, number, line, lines.encoded(line))
