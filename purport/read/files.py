"""The ways through the table of formats: bytes, a file on disk, and bytes that were kept."""

from __future__ import annotations

import io
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from purport.errors import ReadError, UsageError
from purport.model.document import Document, Metadata, Segment, Unit
from purport.read.containers.entries import STEP, Entry, Nest, check_size, held, joined, printable
from purport.read.dates import users_date
from purport.read.decode import declared_charset
from purport.read.formats import READERS, Reader, reader_for, unread
from purport.read.limits import UNLIMITED, Budget, ExhaustedError
from purport.read.options import Failure, Options, options_of

_DEFAULT, _UNKNOWN = Options(), Metadata()
_HEAD = 8192
_BLANK = b"\x00 \t\r\n"
_ROW = re.compile(r"(?:.*, )?row (\d{1,18})", re.DOTALL)


def read_bytes(
    data: bytes, name: str, options: Options = _DEFAULT, metadata: Metadata = _UNKNOWN
) -> Iterator[Document | Failure]:
    """The documents in a file called `name` with the bytes `data`.

    `metadata` is what the user knows, which goes over what the file says. A row of a table or a file in an archive
    that cannot be read gives a `Failure` in its place. Raises `ReadError` where the whole file cannot be read, or no
    more of it than was given already, and `UsageError` where the user's date is none; whatever the bytes are, nothing
    else.
    """
    yield from _documents(io.BytesIO(data), len(data), printable(name), options, metadata)


def read_file(path: Path, options: Options = _DEFAULT, metadata: Metadata = _UNKNOWN) -> Iterator[Document | Failure]:
    """The documents in the file at `path`, as `read_bytes` gives them; errors name the file without its folder.

    Formats that hold many documents are read piece by piece, in little memory. Raises `ReadError` also for a path
    that is no regular file (without waiting for one), cannot be opened, or is made shorter while it is read.
    """
    name = printable(path.name)
    try:
        # Opened so, a pipe that nobody writes to does not wait for one who does.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{name}: cannot be opened ({what}); check the path and its permissions") from None
    state = os.fstat(handle)
    if not stat.S_ISREG(state.st_mode):
        os.close(handle)
        raise ReadError(f"{name}: is no regular file; save its content to one first")
    with io.BufferedReader(_Watched(handle, name, state.st_size), STEP) as stream:
        yield from _documents(stream, state.st_size, name, options, metadata)


class _Watched(io.FileIO):
    """A file that must not become shorter while it is read, and whose errors are `ReadError`s."""

    def __init__(self, handle: int, name: str, size: int) -> None:
        super().__init__(handle)
        self._shown, self._size = name, size

    # typeshed wants any writable buffer, and lets None be returned
    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            count = super().readinto(buffer) or 0
            ended = not count and len(buffer) > 0 and self.tell() < self._size
        except OSError as error:
            raise ReadError(f"{self._shown}: cannot be read ({error.strerror}); check the disk it is on") from None
        if ended:
            raise ReadError(f"{self._shown}: became shorter while it was read; read it again")
        return count


def _documents(
    stream: BinaryIO, size: int, name: str, options: Options, metadata: Metadata
) -> Iterator[Document | Failure]:
    if metadata.published is not None:
        metadata = replace(metadata, published=users_date(metadata.published))
    nothing = True
    for found in _read(stream, size, name, options, Nest(Budget(name, size, options.limits))):
        nothing = False
        if isinstance(found, Document):
            found = replace(found, metadata=metadata.over(found.metadata))
        else:
            found = replace(found, name=name)
        yield found
    if nothing:
        raise ReadError(f"{name}: holds nothing that can be read; check that it is the file you mean")


def _read(
    stream: BinaryIO, size: int, name: str, options: Options, nest: Nest, place: str = "", depth: int = 0,
    charset: str | None = None,
) -> Iterator[Document | Failure]:  # fmt: skip
    """The documents in one stream, which is the file itself or at `place` in it, `depth` containers deep.

    `size` is that of a file, 0 where it is not known yet. Raises `ReadError` for this stream, `ExhaustedError` for all.
    """
    head = _head(stream)
    if not head.strip(_BLANK) and len(head) < _HEAD:
        raise ReadError(f"{name}: is empty; there is nothing to read")
    reader = reader_for(name, head)
    if reader.contains and depth >= options.limits.depth:
        raise ReadError(f"{name}: containers are nested deeper than {options.limits.crossed('depth')}")
    crossable = (reader.limit, "entry") if depth else (reader.limit,)
    if reader.whole is not None:
        check_size(size, name, options.limits, *crossable)
    for found in guarded(reader, name, lambda: _called(reader, stream, name, options, charset, crossable)):
        if isinstance(found, Entry):
            yield from _entry(found, name, options, nest, place, depth + 1)
        elif isinstance(found, Failure):
            yield replace(found, part=joined(place, found.part, reader.name == "zip"))
        elif any(map(str.isalpha, found.text)):
            yield replace(found, part=joined(place, found.part))
        elif place or found.part:
            yield Failure(name, joined(place, found.part), "is empty: there is no letter in its text")
        else:
            raise ReadError(f"{name}: is empty: there is no letter in it")


def _entry(
    entry: Entry, name: str, options: Options, nest: Nest, outer: str, depth: int
) -> Iterator[Document | Failure]:
    """The documents in an entry of the container called `name`; what is no text is passed over.

    What is wrong with it is a `Failure`, or a `ReadError` where the container holds nothing else.
    """
    place = nest.place(outer, entry)
    try:
        stream = nest.open(entry)
        if unread(entry.name, _head(stream)):
            return
        for found in _read(stream, 0, entry.name, options, nest, place, depth, entry.charset):
            if isinstance(found, Document):
                known = entry.metadata.over(found.metadata)
                found = replace(found, metadata=known, notes=(*entry.notes, *found.notes))
            yield found
    except ExhaustedError:
        raise
    except ReadError as error:
        reason = str(error).removeprefix(f"{name}: ").removeprefix(f"{entry.name}: ")
        if not place:
            raise ReadError(f"{name}: {reason}") from error
        yield Failure(name, place, reason)


def _head(stream: BinaryIO) -> bytes:
    """The first bytes of a stream, which stay to be read."""
    if isinstance(stream, io.BufferedReader):
        return stream.peek(_HEAD)[:_HEAD]
    head = stream.read(_HEAD)
    stream.seek(0)
    return head


def _called(
    reader: Reader, stream: BinaryIO, name: str, options: Options, charset: str | None, crossable: tuple[str, ...]
) -> Iterator[Document | Entry | Failure]:
    if reader.stream is not None:
        return reader.stream(stream, name, options)
    assert reader.whole is not None
    data = held(stream, name, options.limits, *crossable)
    if not data.strip(_BLANK):
        raise ReadError(f"{name}: is empty; there is nothing to read")
    if charset is not None:
        options = replace(options, encoding=declared_charset(charset, data) or options.encoding)
    return reader.whole(data, name, options)


def guarded(
    reader: Reader, name: str, call: Callable[[], Iterator[Document | Entry | Failure]]
) -> Iterator[Document | Entry | Failure]:
    """What the reader's function yields, with every error as a `ReadError`."""
    try:
        yield from call()
    except ReadError:
        raise
    # Libraries that parse hostile bytes raise what they like (KeyError, RecursionError): here is the boundary.
    except Exception as error:
        what = " ".join(str(error).split())[:200] or type(error).__name__
        raise ReadError(f"{name}: is broken and cannot be read as {reader.name} ({what}); save it anew") from error


def reread(data: bytes, format: str, selector: str, part: str = "", name: str = "kept source") -> Document:
    """The document again, from `Document.source`, `format`, `selector` and `part`: the same text, blocks and map.

    Metadata that the user or a container gave are not part of the source and are not in it. Raises `ReadError` where
    the bytes yield no document any more, and `UsageError` for a format or selector that no reader wrote.
    """
    formats = {reader.name: reader for reader in READERS if not reader.contains}
    if format not in formats:
        raise UsageError(f"no format of documents is called {format!r}; there are {', '.join(formats)}")
    reader, options = formats[format], replace(options_of(selector), limits=UNLIMITED)
    for found in guarded(reader, name, lambda: _called(reader, io.BytesIO(data), name, options, None, ())):
        if isinstance(found, Failure):
            raise ReadError(str(found))
        assert isinstance(found, Document), "only containers hold entries"
        row = _ROW.fullmatch(part)
        if found.source_map.unit is Unit.ROW and row is not None:
            segments = tuple(Segment(s.start, int(row[1]), s.offset) for s in found.source_map.segments)
            found = replace(found, source_map=replace(found.source_map, segments=segments))
        return replace(found, part=part)
    raise ReadError(f"{name}: holds no document any more; the store may be damaged")
