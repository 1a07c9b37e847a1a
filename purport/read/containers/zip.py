"""ZIP: each file in it that is of a format we read, wherever the archive says it lies; nothing is written to disk."""

from __future__ import annotations

import io
import stat
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from purport.errors import ReadError
from purport.read.containers.entries import STEP, Entry, held, printable
from purport.read.limits import ExhaustedError, Limits
from purport.read.options import Failure, Options
from purport.read.walk import ignored_name

if TYPE_CHECKING:
    import zipfile

_LISTING = 256
"""Bytes of the archive's list of entries that are granted for each entry; one takes 46 and its name."""

_SMALL_STEP = 4096
"""bz2 and lzma unpack all that they are given at once: 4 KB of them give some 80 MB at the most."""


def read(stream: BinaryIO, name: str, options: Options) -> Iterator[Entry | Failure]:
    """An entry for each file that may be a document. Raises `ReadError` for what is no ZIP."""
    import zipfile  # with what it imports, 20 ms

    with opened_archive(stream, name, options.limits) as archive:
        for info in archive.infolist():
            path = info.filename.replace("\\", "/")
            # A link could lead anywhere, and following it would read what the archive does not hold.
            if info.is_dir() or stat.S_ISLNK(info.external_attr >> 16) or ignored_name(path):
                continue
            shown = printable(path)
            if info.flag_bits & 1:
                yield Failure(name, shown, "is encrypted; unpack the archive with its password first")
                continue
            try:
                opened = archive.open(info)
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError) as error:
                yield Failure(name, shown, f"cannot be unpacked ({' '.join(str(error).split())[:200]}); pack it anew")
                continue
            with opened:
                step = STEP if info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) else _SMALL_STEP
                yield Entry(shown, opened, shown, path=True, step=step)


def opened_archive(stream: BinaryIO, name: str, limits: Limits) -> zipfile.ZipFile:
    """The archive that a stream is, its list of entries read. Raises `ReadError` for what is none or lists too many."""
    import zipfile

    if not stream.seekable():
        stream = io.BytesIO(held(stream, name, limits, "entry"))
    listing: Any = _Listing(stream, name, limits)
    try:
        archive = zipfile.ZipFile(listing)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, ValueError, OSError) as error:
        raise ReadError(f"{name}: is no valid ZIP file ({error}); pack it anew") from None
    listing.whole = False
    return archive


class _Listing:
    """A seekable stream for `zipfile`, which reads an archive's list of entries at one go, however long that is."""

    def __init__(self, stream: BinaryIO, name: str, limits: Limits) -> None:
        self._stream, self._name, self._limits = stream, name, limits
        self.whole = True

    def read(self, size: int = -1) -> bytes:
        if self.whole and size > _LISTING * self._limits.entries + STEP:
            raise ExhaustedError(f"{self._name}: holds more entries than {self._limits.crossed('entries')}")
        return self._stream.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def seekable(self) -> bool:
        return True
