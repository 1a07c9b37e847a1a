"""WARC: the pages, texts and PDFs of a crawl, each with its address; pictures, styles and scripts are passed over.

The date on which a page was captured is not the date on which it was published, so it is not taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from purport.errors import ReadError
from purport.model.document import Metadata
from purport.read.containers.entries import STEP, Entry, Readable, some
from purport.read.containers.http import decoded_payload
from purport.read.options import Failure, Options

_SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/pdf": ".pdf",
}  # fmt: skip
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_BEGINS = re.compile(rb"(?:\A|\n)WARC/[01]\.")


def read(stream: BinaryIO, name: str, options: Options) -> Iterator[Entry | Failure]:  # noqa: ARG001 - all readers' form
    """An entry for each record that may be a document, counted as they stand in the file.

    Where the file is damaged, a `Failure` says so and reading goes on at the next record that can be found. Raises
    `ReadError` for a file that does not begin with a record.
    """
    window = _Window(stream)
    number = 0
    while True:
        read_any = False
        for record in _records(window):
            number, read_any = number + 1, True
            place = f"record {number}"
            body = _Body(record.reader)
            try:
                entry = _entry(record, body, place)
            # The headers of a response are as hostile as its body.
            except Exception as error:
                reason = " ".join(str(error).split())[:200]
                yield Failure(name, place, f"has headers that cannot be understood ({reason}); it was left out")
                continue
            if entry is not None:
                yield entry
                if body.drained() < record.content_length:
                    # A place of its own, since what could be read of the record stands at its place.
                    yield Failure(name, f"end of {place}", "ends too early; the file was cut off there, so get it anew")
        if window.wrong is None:
            return
        if not number:
            raise ReadError(f"{name}: is no valid WARC file ({window.wrong}); get it anew")
        if read_any:
            yield Failure(name, f"after record {number}", f"the file is damaged ({window.wrong}); get it anew")
        if not window.skip():
            return


def _records(window: _Window) -> Iterator[Any]:
    """The records from where the window stands to the file's end, or to what is none: `window.wrong` says what."""
    from fastwarc.warc import ArchiveIterator  # a library in Rust, and few runs read crawls

    window.wrong = None
    # fastwarc asks for an open file by type, and reads from whatever has `read`
    records: Any = iter(ArchiveIterator(window, parse_http=False, stream_detect=False))  # type: ignore[arg-type]
    while True:
        try:
            record = next(records)
        except StopIteration:
            return
        except ReadError:
            raise
        except OSError as error:
            window.wrong = " ".join(str(error).split())[:200]
            return
        # A panic in the Rust library is a BaseException of a class that cannot be imported.
        except BaseException as error:
            if type(error).__name__ != "PanicException":
                raise
            window.wrong = "the WARC library failed"
            return
        window.last = window.begun + record.stream_pos
        yield record


class _Body:
    """The bytes of a record behind its headers, which are counted."""

    def __init__(self, reader: Readable) -> None:
        self._reader = reader
        self._count = 0

    def read(self, size: int, /) -> bytes:
        found = self._reader.read(size)
        self._count += len(found)
        return found

    def drained(self) -> int:
        """How many bytes the record really has, after reading those that are left."""
        while self.read(STEP):
            pass
        return self._count


def _entry(record: Any, body: _Body, place: str) -> Entry | None:
    """The entry that a record is; None where it is none of a document."""
    from fastwarc.warc import WarcRecordType

    if record.record_type not in (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion):
        return None
    payload: Readable = body
    if record.is_http:
        record.parse_http()
        headers = record.http_headers
        if headers is None or headers.status_code is None:
            raise ReadError("there is no HTTP status")
        if headers.status_code != 200:
            return None
        kind, charset = record.http_content_type, record.http_charset
        payload = decoded_payload(body, headers.get("Transfer-Encoding") or "", headers.get("Content-Encoding") or "")
    else:
        kind, _, parameters = (record.headers.get("Content-Type") or "").partition(";")
        found = _CHARSET.search(parameters)
        charset = found[1] if found else None
    suffix = _SUFFIXES.get((kind or "").strip().lower())
    if suffix is None:
        return None
    url = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
    metadata = Metadata(url="".join(c if c.isprintable() else "\ufffd" for c in url)[:2000] or None)
    packed = payload is not body
    return Entry(f"{place}{suffix}", payload, place, counted=True, packed=packed, charset=charset, metadata=metadata)


class _Window:
    """A stream for fastwarc that keeps the last of what it gave, to find the next record where one is broken.

    `position` counts the bytes given, `begun` is where the present reading began, `last` where its last good record
    begins, `wrong` what ended it.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._kept = self._again = b""
        self.position = self.begun = 0
        self.last = -1
        self.wrong: str | None = None

    def read(self, size: int = STEP) -> bytes:
        if self._again:
            found, self._again = self._again[:size], self._again[size:]
        else:
            found = some(self._stream, size)
        self.position += len(found)
        self._kept = self._kept[-4 * STEP :] + found
        return found

    def tell(self) -> int:
        return self.position - self.begun

    def seek(self, _offset: int, _whence: int = 0) -> int:
        raise OSError("the stream cannot go back")

    def skip(self) -> bool:
        """Go on at the next thing that begins like a record after the last good one; False where there is none."""
        self._again, begins = self._kept + self._again, self.position - len(self._kept)
        self.position, self._kept = begins, b""
        start = max(0, self.last + 1 - begins)
        while True:
            found = _BEGINS.search(self._again, start)
            if found is not None:
                at = found.end() - len(b"WARC/1.")
                self.position += at
                self._again = self._again[at:]
                self.begun = self.last = self.position
                return True
            kept = self._again[-16:]
            self.position += len(self._again) - len(kept)
            start = 0
            more = some(self._stream, STEP)
            if not more:
                return False
            self._again = kept + more
