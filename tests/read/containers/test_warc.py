from __future__ import annotations

import gzip
import zlib

import brotli
import pytest

from purport.errors import ReadError
from purport.model.document import Document
from purport.read.files import read_bytes
from purport.read.options import Failure
from tests.hostile_containers import warc_record
from tests.read.checks import check

PAGE = b"<html><body><p>Mara Denk said that the dam was safe.</p></body></html>"


def read(data: bytes, name: str = "a.warc") -> list[str]:
    """Texts of the documents, and in brackets the places of the failures."""
    found = list(read_bytes(data, name))
    for one in found:
        if isinstance(one, Document):
            check(one)
    return [one.text if isinstance(one, Document) else f"[{one.part}]" for one in found]


TEXT = "Mara Denk said that the dam was safe."
BARE = zlib.compressobj(9, zlib.DEFLATED, -15)


@pytest.mark.parametrize(
    "payload, headers",
    [
        (gzip.compress(PAGE, mtime=0), "Content-Encoding: gzip"),
        (zlib.compress(PAGE), "Content-Encoding: deflate"),
        (BARE.compress(PAGE) + BARE.flush(), "Content-Encoding: deflate"),
        (brotli.compress(PAGE), "Content-Encoding: br"),
        (brotli.compress(gzip.compress(PAGE, mtime=0)), "Content-Encoding: gzip, br"),
        (PAGE, "Content-Encoding: gzip"),
        (PAGE, "Transfer-Encoding: chunked"),
        (b"5;x=y\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (PAGE[:5], len(PAGE) - 5, PAGE[5:]), "Transfer-Encoding: chunked"),
        (b"%x\r\n" % len(PAGE) + PAGE + b"\r\n", "Transfer-Encoding: chunked"),
        (PAGE, "Content-Encoding: identity"),
    ],
)
def test_codings(payload: bytes, headers: str) -> None:
    assert read(warc_record(payload, headers.encode() + b"\r\n") * 2) == [TEXT, TEXT]


@pytest.mark.parametrize(
    "payload, headers",
    [
        (PAGE, "Content-Encoding: zstd"),
        (gzip.compress(PAGE, mtime=0)[:-20], "Content-Encoding: gzip"),
        (PAGE, "Content-Encoding: br"),
        (brotli.compress(PAGE)[:-5], "Content-Encoding: br"),
        (b"5\r\n" + PAGE[:5] + b"\r\nnone\r\n" + PAGE, "Transfer-Encoding: chunked"),
    ],
)
def test_a_payload_that_is_broken_costs_only_its_record(payload: bytes, headers: str) -> None:
    data = warc_record(payload, headers.encode() + b"\r\n") + warc_record(PAGE)
    assert read(data) == ["[record 1]", TEXT]


@pytest.mark.parametrize("size", [10, 100_000, 1_000_000])
def test_reading_goes_on_behind_damage(size: int) -> None:
    good = warc_record(PAGE)
    assert read(good + b"rubbish\r\n" * (size // 9) + good + good) == [TEXT, "[after record 1]", TEXT, TEXT]


def test_a_length_that_is_too_small_costs_no_other_record() -> None:
    good = warc_record(PAGE)
    short = good.replace(b"Content-Length: 1", b"Content-Length: ", 1)
    found = list(read_bytes(good + short + good, "a.warc"))
    assert [one.part for one in found if isinstance(one, Document)][-1] == "record 3"
    assert any(isinstance(one, Failure) for one in found)


def test_an_archive_of_packed_records() -> None:
    good = warc_record(PAGE)
    assert read(gzip.compress(good, mtime=0) + gzip.compress(good, mtime=0), "a.warc.gz") == [TEXT, TEXT]
    found = read_bytes(gzip.compress(good, mtime=0) + gzip.compress(good, mtime=0)[:-40], "a.warc.gz")
    assert isinstance(next(found), Document)
    with pytest.raises(ReadError, match="ends too early"):
        list(found)
