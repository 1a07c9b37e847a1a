"""gzip: the one file that is packed in it, a member after another."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from purport.errors import ReadError
from purport.read.containers.entries import STEP, Entry, some
from purport.read.options import Failure, Options

_MAGIC = b"\x1f\x8b"


def read(stream: BinaryIO, name: str, options: Options) -> Iterator[Entry | Failure]:  # noqa: ARG001 - all readers' form
    """One entry, named without ".gz". Raises `ReadError` for what is no gzip."""
    inner = name[:-3] if name.lower().endswith(".gz") else name
    yield Entry(inner, _Members(stream, name), "")


class _Members:
    """The unpacked bytes of a gzip stream, never more at a time than are asked for.

    What follows the last member and is none is left out, as gzip itself does: padding, or rubbish of a transfer.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name
        self._member = zlib.decompressobj(31)
        self._waiting = b""
        self._first = True

    def read(self, size: int, /) -> bytes:
        while True:
            if not self._waiting:
                self._waiting = some(self._stream, STEP)
            if self._member.eof and not self._next():
                return b""
            if not self._waiting and not self._member.eof:
                if self._first:
                    raise ReadError(f"{self._name}: is empty; there is nothing to read")
                raise ReadError(f"{self._name}: ends too early; it was cut off, so get it anew")
            self._first = False
            try:
                found = self._member.decompress(self._waiting, size)
            except zlib.error as error:
                raise ReadError(f"{self._name}: is no valid gzip file ({error}); get it anew") from None
            self._waiting = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            if found:
                return found

    def _next(self) -> bool:
        """Begin the next member, if there is one."""
        if len(self._waiting) < 2:
            self._waiting += some(self._stream, STEP)
        if not self._waiting.startswith(_MAGIC):
            return False
        self._member = zlib.decompressobj(31)
        return True
