"""Mailboxes: the mails of a file one after another, each behind a line that begins with "From "."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from purport.errors import ReadError
from purport.read.containers.entries import STEP, Entry
from purport.read.options import Failure, Options

_BEGINS = re.compile(rb"From .*\b\d?\d:\d\d\b.*\b\d{4}\b")
"""The line before a mail; the time of day in it tells it from a sentence that begins with "From"."""

_QUOTED = re.compile(rb">+From ")


def read(stream: BinaryIO, name: str, options: Options) -> Iterator[Entry | Failure]:  # noqa: ARG001 - all readers' form
    """An entry for each mail, counted as they stand in the file. Raises `ReadError` for what is no mailbox."""
    lines = _Pieces(stream)
    while lines.piece and not lines.piece.strip():
        lines.move()
    if not lines.piece.removeprefix(b"\xef\xbb\xbf").startswith(b"From "):
        raise ReadError(f"{name}: is no mailbox: it does not begin with 'From '; call a single mail .eml")
    number = 0
    while lines.piece:
        lines.move()
        number += 1
        mail = _Mail(lines)
        place = f"mail {number}"
        yield Entry(f"{place}.eml", mail, place, counted=True, packed=False)
        while mail.read(STEP):
            pass


class _Pieces:
    """The lines of a stream, those that are very long in pieces; `starts` says whether a line begins with `piece`."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.piece, self.starts = stream.readline(STEP), True

    def move(self) -> None:
        """Go on to the next piece, which is b"" at the end."""
        self.starts = self.piece.endswith(b"\n")
        self.piece = self._stream.readline(STEP)


class _Mail:
    """The bytes of one mail, up to the line before the next."""

    def __init__(self, lines: _Pieces) -> None:
        self._lines = lines
        self._waiting = b""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; b"" at the mail's end."""
        found, length = [self._waiting], len(self._waiting)
        while length < size and (piece := self._lines.piece):
            if self._lines.starts and _BEGINS.match(piece):
                break
            found.append(piece[1:] if self._lines.starts and _QUOTED.match(piece) else piece)
            length += len(found[-1])
            self._lines.move()
        whole = b"".join(found)
        self._waiting = whole[size:]
        return whole[:size]
