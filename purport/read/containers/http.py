"""The body of an HTTP response as a browser sees it: without its chunks, and unpacked, a piece at a time."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

from purport.errors import ReadError
from purport.read.containers.entries import STEP, Readable

_SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


def decoded_payload(body: Readable, transfer: str, content: str) -> Readable:
    """The payload behind the codings that headers name; those that are not what they are called are left alone.

    Raises `ReadError` for a coding that is not known.
    """
    if "chunked" in transfer.lower():
        body = _Chunked(body)
    for coding in reversed([c.strip().lower() for c in content.split(",")]):
        if coding in ("gzip", "x-gzip", "deflate"):
            body = _Inflated(body)
        elif coding == "br":
            body = _Unbrotlied(body)
        elif coding not in ("", "identity", "none", "utf-8", "binary", "8bit"):
            raise ReadError(f"is packed as {coding[:40]!r}, which is not known")
    return body


class _Chunked:
    """A body without the sizes of its chunks; crawlers may have taken these out and left the header."""

    def __init__(self, body: Readable) -> None:
        self._body, self._waiting = body, b""
        self._left: int | None = None
        self._begun = self._plain = False

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes. Raises `ReadError` where a chunk has no size."""
        if self._left is None and not self._plain:
            self._next()
        if self._left == 0:
            return b""
        if not self._waiting:
            self._waiting = self._body.read(STEP)
        count = size if self._left is None else min(size, self._left)
        found, self._waiting = self._waiting[:count], self._waiting[count:]
        if self._left is not None:
            self._left -= len(found)
            if not self._left:
                self._left = None
        return found

    def _next(self) -> None:
        """Read the size of the next chunk; 0 is the end, as is the body's end."""
        while len(self._waiting) < 1024 and (more := self._body.read(STEP)):
            self._waiting += more
        self._waiting = self._waiting.lstrip(b"\r\n") if self._begun else self._waiting
        found = _SIZE.match(self._waiting)
        if found is not None:
            self._left = int(found[1], 16)
            self._waiting = self._waiting[found.end() :]
        elif not self._begun:
            self._plain = True
        elif self._waiting:
            raise ReadError("is broken: a chunk of the response has no size")
        else:
            self._left = 0
        self._begun = True


class _Inflated:
    """A body unpacked from gzip, zlib or bare deflate, or as it is where a crawler has unpacked it already."""

    def __init__(self, body: Readable) -> None:
        self._body, self._waiting = body, b""
        self._unpack: Callable[[bytes, int], bytes] | None = None
        self._object = zlib.decompressobj(47)
        self._begun = False

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes."""
        if not self._begun:
            self._begin()
        while True:
            if not self._waiting:
                self._waiting = self._body.read(STEP)
            if self._unpack is None:
                found, self._waiting = self._waiting[:size], self._waiting[size:]
                return found
            if self._object.eof:
                return b""
            if not self._waiting:
                raise ReadError("ends too early; it was cut off")
            found = self._unpack(self._waiting, size)
            self._waiting = self._object.unconsumed_tail
            if found:
                return found

    def _begin(self) -> None:
        self._begun = True
        self._waiting = self._body.read(STEP)
        for window in (47, -15):
            try:
                zlib.decompressobj(window).decompress(self._waiting[:4096], 4096)
            except zlib.error:
                continue
            self._object = zlib.decompressobj(window)
            self._unpack = self._object.decompress
            return


class _Unbrotlied:
    """A body unpacked from Brotli."""

    def __init__(self, body: Readable) -> None:
        import brotli

        self._body, self._object = body, brotli.Decompressor()

    def read(self, size: int, /) -> bytes:
        """At most some more than `size` bytes."""
        while not self._object.is_finished():
            more = self._body.read(STEP) if self._object.can_accept_more_data() else b""
            if not more and self._object.can_accept_more_data():
                raise ReadError("ends too early; it was cut off")
            found: bytes = self._object.process(more, output_buffer_limit=size)
            if found:
                return found
        return b""
