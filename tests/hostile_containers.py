"""The hostile files among `tests.hostile` that hold other files: archives, e-mail and crawls."""

from __future__ import annotations

import base64
import gzip
import io
import random
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache

from tests.outcome import WORDS, Hostile, anything, reads, refused, zipped


def zips() -> Iterator[Hostile]:
    text = WORDS.encode()
    yield reads("good.zip", zipped({"a.txt": text, "b/c.html": b"<p>" + text * 3}), 2)
    yield refused("empty.zip", zipped({}))
    yield refused("cut.zip", zipped({"a.txt": text * 50})[:-60])
    yield refused("not.zip", text)
    yield reads("traversal.zip", zipped({"../../../tmp/evil.txt": text}))
    yield reads("absolute.zip", zipped({"/etc/evil.txt": text}))
    yield reads("backslash.zip", zipped({"..\\..\\evil.txt": text}))
    yield reads("same-name.zip", joined_zip([("a.txt", text), ("a.txt", text + b"Again."), ("A.txt", text)]), 3)
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", text)
    yield Hostile("link.zip", out.getvalue(), 1, None)
    yield refused("bomb.zip", zipped({"a.txt": b"a " * 50_000_000}), "limit")
    deep = zipped({"a.txt": text})
    for _ in range(30):
        deep = zipped({"inner.zip": deep}, zipfile.ZIP_STORED)
    yield refused("deep.zip", deep, "deep")
    shallow = zipped({"inner.zip": zipped({"a.txt": text})})
    yield reads("two-deep.zip", shallow)
    yield reads(
        "broken-amid.zip", zipped({"a.txt": text, "b.pdf": b"%PDF-1.4 broken", "c.txt": text + b"Again."}), 2, 1
    )
    yield reads("unknown-amid.zip", zipped({"a.txt": text, "b.exe": b"MZ" + bytes(500)}), 1, 0)
    yield Hostile("many.zip", zipped({f"{n}.txt": b"" for n in range(3000)}), 0, 3000, "empty")
    yield reads("control-name.zip", zipped({"a\x1b[2J\n.txt": text}))
    yield reads("long-name.zip", zipped({"n" * 4000 + ".txt": text}))
    lie = bytearray(zipped({"a.txt": text * 20}))
    at = lie.find(b"PK\x01\x02")
    lie[at + 24 : at + 28] = struct.pack("<I", 5)
    yield Hostile("size-lie.zip", bytes(lie), 0, 1)
    wrong = bytearray(zipped({"a.txt": text * 20}, zipfile.ZIP_STORED))
    wrong[60] ^= 0xFF
    yield Hostile("bad-crc.zip", bytes(wrong), 0, 1)


def joined_zip(entries: list[tuple[str, bytes]]) -> bytes:
    """An archive in which a name may stand more than once."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def gzips() -> Iterator[Hostile]:
    yield reads("good.txt.gz", gzip.compress(WORDS.encode(), mtime=0))
    yield refused("bomb.txt.gz", gzip_bomb(), "limit")
    yield refused("cut.txt.gz", gzip.compress(WORDS.encode() * 200, mtime=0)[:-20])
    yield refused("not.txt.gz", WORDS)
    yield refused("garbage.txt.gz", b"\x1f\x8b\x08\x00" + random.Random(10).randbytes(500))
    twice = gzip.compress(gzip.compress(WORDS.encode(), mtime=0), mtime=0)
    yield reads("twice.txt.gz.gz", twice)


@cache
def gzip_bomb() -> bytes:
    """Some 600 MB of spaces in half a megabyte; it ends before its checksum, which nobody should get to."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    piece = b" " * 1_000_000
    first = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + (packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)) * 599


def mails() -> Iterator[Hostile]:
    head = "From: Mara Denk <denk@example.invalid>\r\nDate: Tue, 04 Mar 2031 10:00:00 +0000\r\nSubject: The bridge\r\n"
    body = WORDS.replace("\n", "\r\n")
    yield reads("good.eml", f"{head}\r\n{body}")
    yield refused("empty.eml", b"", "empty")
    yield refused("header-only.eml", head)
    multi = f"{head}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    attached = base64.b64encode((WORDS * 2).encode()).decode()
    yield reads(
        "attached.eml",
        f"{multi}--x\r\nContent-Type: text/plain\r\n\r\n{body}\r\n--x\r\nContent-Type: text/plain\r\n"
        'Content-Disposition: attachment; filename="../a.txt"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{attached}\r\n--x--\r\n",
        2,
    )
    yield reads("no-end.eml", f"{multi}--x\r\nContent-Type: text/plain\r\n\r\n{body}")
    yield reads("no-boundary.eml", f"{head}Content-Type: multipart/mixed\r\n\r\n{body}")
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(200))
    yield refused("deep.eml", f"{head}MIME-Version: 1.0\r\n{deep}Content-Type: text/plain\r\n\r\n{body}", "deep")
    yield reads("bad-charset.eml", f"{head}Content-Type: text/plain; charset=no-such\r\n\r\n{body}")
    yield reads(
        "bad-base64.eml", f"{head}Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n{attached}@@@"
    )
    yield reads("bad-date.eml", f"{head.replace('Tue, 04 Mar 2031', 'Never')}\r\n{body}")
    yield reads("bad-header.eml", f"{head}X: =?utf-8?b?!!!?=\r\nSubject: =?no-such?q?x?=\r\n\r\n{body}")
    yield reads("nul-header.eml", f"{head}X-\x00: a\r\n\r\n{body}")
    yield reads("html.eml", f"{head}Content-Type: text/html; charset=utf-8\r\n\r\n<p>{body}<script>x</script>")
    yield reads("many-headers.eml", f"{head}{'X-A: b' * 100}\r\n" + "X-B: c\r\n" * 5000 + f"\r\n{body}")
    yield reads("long-header.eml", f"{head}X-A: {'b' * 200_000}\r\n\r\n{body}")


def warcs() -> Iterator[Hostile]:
    page = b"<html><body><p>" + WORDS.encode() * 4 + b"</p></body></html>"
    good = warc_record(page)
    yield reads("good.warc", good)
    yield reads("good.warc.gz", gzip.compress(good, mtime=0))
    yield refused("empty.warc", b"", "empty")
    yield refused("text.warc", WORDS)
    yield reads("cut.warc", good[:-100], 1, 1, "cut off")
    yield anything("cut.warc.gz", gzip.compress(good, mtime=0)[:-30])
    yield reads("length-lie.warc", good.replace(b"Content-Length: ", b"Content-Length: 9999", 1), 1, 1)
    yield anything("negative.warc", good.replace(b"Content-Length: ", b"Content-Length: -", 1))
    yield refused("no-http.warc", good.replace(b"HTTP/1.1 200 OK\r\n", b"X: HTTP200OK\r\n\r\n"), "HTTP")
    yield refused("not-found.warc", good.replace(b"200 OK", b"404 No"), "nothing")
    yield refused("picture.warc", good.replace(b"text/html", b"image/png"), "nothing")
    yield reads("two.warc", good + warc_record(page.replace(b"calm", b"high")), 2)
    bomb = gzip_bomb()
    yield refused("bomb.warc", warc_record(bomb, b"Content-Encoding: gzip\r\n"), "limit")
    yield reads("garbage-between.warc", good + b"garbage\r\n\r\n" * 20 + good.replace(b"calm", b"high"), 2, 1)


def warc_record(payload: bytes, more: bytes = b"") -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + more + b"\r\n" + payload
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-%012d>\r\n"
        b"WARC-Target-URI: http://lantern.invalid/dam\r\nWARC-Date: 2031-03-04T00:00:00Z\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
        % (len(payload), len(http), http)
    )
