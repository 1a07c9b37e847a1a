"""JSON: a document an object of an array, whose source is the object's bytes alone and whose row is its number.

The array may stand in an object ({"articles": [...]}); one object with a text is one document, and objects that
follow each other without an array are read as well, as in JSON Lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from purport.errors import ReadError
from purport.model.document import Document
from purport.read.containers.entries import held
from purport.read.decode import Decoded, decode
from purport.read.fields import whole
from purport.read.options import Failure, Options
from purport.read.tables.objects import Objects, keys_of, value_of

_SPACE = re.compile(r"[ \t\r\n\x00]*")
_DECODER = json.JSONDecoder()


def read(stream: BinaryIO, name: str, options: Options) -> Iterator[Document | Failure]:
    """A document for each object with a text, a `Failure` for each other thing in the array.

    Raises `ReadError` for what is no JSON, holds no array of objects, or has no object with the key of the text.
    """
    crossable = ("whole",) if stream.seekable() else ("whole", "entry")
    decoded = decode(held(stream, name, options.limits, *crossable), name, options.encoding)
    objects = Objects("json", name, decoded.encoding, options, "object")
    yield from objects.checked(_rows(decoded, objects))


def _rows(decoded: Decoded, objects: Objects) -> Iterator[Document | Failure]:
    """The results of the objects, one parsed at a time: the whole file as objects of Python would take much memory."""
    text, number = whole(decoded.raw), 0
    longest = objects.options.limits.row
    try:
        at = _start(text, objects.options)
        if at is None:
            what = "is JSON, but no object nor array of objects"
            raise ReadError(f"{objects.name}: {what}; give an array of objects, each with a key for the text")
        for item in _items(text, at, alone=at == _past(text, 0)):
            number += 1
            if item.end - item.start > longest:
                reason = f"is longer than {objects.options.limits.crossed('row')}"
                yield Failure(objects.name, f"row {number}", reason)
                continue
            raw = decoded.raw[item.start : item.end]
            yield objects.document(item.value, number, raw, decoded.encoded(raw))
    except (ValueError, RecursionError) as error:
        if not number:
            raise ReadError(f"{objects.name}: is no valid JSON ({error}); save it anew") from None
        yield Failure(objects.name, f"after row {number}", f"is no valid JSON ({error}); what follows is not read")


@dataclass(frozen=True, slots=True)
class _Item:
    """A value and the stretch of the text that it stands in."""

    value: Any
    start: int
    end: int


def _start(text: str, options: Options) -> int | None:
    """Where the array of objects begins, or the first object where there is none; None where nothing is an object."""
    top = at = _past(text, 0)
    if text[at : at + 1] == "[":
        first = _past(text, at + 1)
        return at if text[first : first + 1] == "{" else None
    if text[at : at + 1] != "{":
        _parsed(text, at)  # what is no JSON at all says so
        return None
    while True:
        row, lists, inner = _members(text, at)
        columns = keys_of(row, options)
        if "text" in columns and isinstance(value_of(row, columns["text"]), str):
            return top
        if len(lists) == 1:
            return lists[0]
        if lists or len(inner) != 1:
            return top
        at = inner[0]


def _members(text: str, at: int) -> tuple[dict[str, Any], list[int], list[int]]:
    """The object at `at` without what is in its arrays, where those of objects begin, and where objects in it do."""
    row: dict[str, Any] = {}
    lists: list[int] = []
    inner: list[int] = []
    at = _past(text, at + 1)
    while text[at : at + 1] != "}":
        key = _parsed(text, at)
        at = _past(text, key.end)
        if not isinstance(key.value, str) or text[at : at + 1] != ":":
            raise json.JSONDecodeError("Expecting a key and ':'", text, at)
        at = _past(text, at + 1)
        first = _past(text, at + 1)
        if text[at : at + 1] == "[" and text[first : first + 1] == "{":
            end, alike = first, True
            for item in _items(text, at):
                alike = alike and isinstance(item.value, dict)
                end = item.end
            row[key.value] = []
            if alike:
                lists.append(at)
            at = _past(text, text.index("]", end) + 1)
        else:
            value = _parsed(text, at)
            row[key.value] = value.value
            if isinstance(value.value, dict):
                inner.append(at)
            at = _past(text, value.end)
        at = _comma(text, at, "}")
    return row, lists, inner


def _items(text: str, at: int, alone: bool = False) -> Iterator[_Item]:
    """The items of the array at `at`, behind which nothing may stand if it is `alone`; or, where there is none, the
    values from there to the text's end."""
    array = text[at : at + 1] == "["
    at = _past(text, at + 1) if array else at
    while at < len(text) and not (array and text[at] == "]"):
        item = _parsed(text, at)
        yield item
        at = _past(text, item.end)
        if array:
            at = _comma(text, at, "]")
    if array and at >= len(text):
        raise json.JSONDecodeError("The array is not closed", text, at)
    if alone and array and (at := _past(text, at + 1)) < len(text):
        raise json.JSONDecodeError("Extra data", text, at)


def _parsed(text: str, at: int) -> _Item:
    value, end = _DECODER.raw_decode(text, at)
    return _Item(value, at, end)


def _comma(text: str, at: int, closing: str) -> int:
    """Behind the comma at `at`, or at the closing bracket. Raises `ValueError` where there is neither."""
    if text[at : at + 1] == closing:
        return at
    if text[at : at + 1] != ",":
        raise json.JSONDecodeError(f"Expecting ',' or {closing!r}", text, at)
    return _past(text, at + 1)


def _past(text: str, at: int) -> int:
    """Behind the white space at `at`."""
    found = _SPACE.match(text, at)
    return found.end() if found is not None else at
