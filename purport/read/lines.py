"""The lines of a text that is decoded piece by piece, so that a file of any size is read in little memory."""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

from purport.errors import ReadError
from purport.read.containers.entries import some
from purport.read.decode import errors_of, guess_of_head, mark_of, width_of

_HEAD = 1 << 20
"""Bytes that tell the encoding; in a file that is no longer, all of them."""

_PIECE = 1 << 18
_BY_LF = re.compile(r"[^\n]*\n|[^\n]+")
_BY_ANY = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class TooLongError(Exception):
    """A line is longer than may be held; it was passed over, and the next one can be asked for."""


class Lines(Iterator[str]):
    """The lines of `stream` with their ends, each thing that cannot be decoded as a lone surrogate.

    LF ends a line, and if `any_end` also CR and CRLF. `head` is the beginning of the text, `encoding` its codec: the
    one given, or the one that the first megabyte tells. A line of more than `longest` characters raises
    `TooLongError` in its place. Raises `ReadError` for binary data.
    """

    def __init__(self, stream: BinaryIO, name: str, encoding: str | None, longest: int, any_end: bool) -> None:
        head, self._wrong = _filled(stream, _HEAD)
        if self._wrong is not None and not head:
            raise self._wrong
        if encoding is None:
            encoding, skip = guess_of_head(head, name, len(head) < _HEAD and self._wrong is None)
        else:
            skip = mark_of(head, encoding)
        self.encoding = encoding
        self._pieces = self._decoded(stream, head[skip:], name)
        self._pattern = _BY_ANY if any_end else _BY_LF
        self._longest = longest
        self.head = next(self._pieces, "")
        self._ready: deque[str | None] = deque()
        self._part: list[str] = []
        self._size = 0
        self._return = ""
        self._add(self.head)

    def encoded(self, part: str) -> bytes:
        """The bytes that `part`, a stretch of lines, was decoded from."""
        return part.encode(self.encoding, errors_of(self.encoding))

    def __next__(self) -> str:
        while not self._ready:
            piece = next(self._pieces, None)
            if piece is not None:
                self._add(piece)
            elif self._return:
                self._return, last = "", self._return
                self._split(last)
            elif self._part or self._size:
                self._end()
            else:
                raise StopIteration
        line = self._ready.popleft()
        if line is None:
            raise TooLongError
        return line

    def _add(self, piece: str) -> None:
        """Split a piece; a CR at its end is kept back, since an LF may follow it."""
        piece = self._return + piece
        self._return = ""
        if self._pattern is _BY_ANY and piece.endswith("\r"):
            self._return, piece = "\r", piece[:-1]
        self._split(piece)

    def _split(self, piece: str) -> None:
        for line in self._pattern.findall(piece):
            self._size += len(line)
            if self._size > self._longest:
                self._part.clear()
            else:
                self._part.append(line)
            if line.endswith("\n") or (self._pattern is _BY_ANY and line.endswith("\r")):
                self._end()

    def _end(self) -> None:
        self._ready.append("".join(self._part) if self._size <= self._longest else None)
        self._part.clear()
        self._size = 0

    def _decoded(self, stream: BinaryIO, data: bytes, name: str) -> Iterator[str]:
        """The text in pieces. What ends inside a character of a fixed width is left out, as for whole files."""
        decoder = codecs.getincrementaldecoder(self.encoding)(errors_of(self.encoding))
        width = width_of(self.encoding)
        try:
            while data:
                if self._wrong is None:
                    more, self._wrong = _filled(stream, _PIECE)
                else:
                    more = b""
                whole = len(data) - len(data) % width
                yield decoder.decode(data[:whole], not more)
                data = data[whole:] + more if more else b""
        except UnicodeError:
            raise ReadError(f"{name}: is not in the encoding {self.encoding}; name another or none") from None
        if self._wrong is not None:
            raise self._wrong


def _filled(stream: BinaryIO, size: int) -> tuple[bytes, ReadError | None]:
    """The next `size` bytes, or all that are left or come before an error, and that error."""
    found = b""
    try:
        while len(found) < size and (more := some(stream, size - len(found))):
            found += more
    except ReadError as error:
        return found, error
    return found, None
