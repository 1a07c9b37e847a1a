"""Fuzz a reader: mutated documents in, documents or one `ReadError` out, whatever the bytes.

    python -m bench.fuzz pdf --seconds 600

Each input is made from the seeds (the golden inputs and the examples) by a numbered random generator, so that a
number is all that must be kept to make it again (`--only N`). Inputs are read in a child process with a limit on
memory and an alarm, so that a crash in a C library, a hang or a hunger for memory is a finding like any other. What
is found is written to `bench/out/fuzz-<reader>/`; the reader's tests keep what was mended.
"""

from __future__ import annotations

import argparse
import gzip
import io
import multiprocessing
import random
import resource
import signal
import sys
import time
import traceback
import warnings
import zipfile
from multiprocessing.connection import Connection
from pathlib import Path

from purport import Document, ReadError
from purport.read import READERS, read_bytes, reread
from tests.read.checks import check

ROOT = Path(__file__).parents[1]
OUT = ROOT / "bench" / "out"
ALARM = 20
"""Seconds of processor time that one small input may take."""
MEMORY = 3 * 2**30
"""Bytes of address space that a child may use."""
LONGEST = 300_000
TOKENS = (
    b"\x00", b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\r", b"\x85", b"\xe2\x80\xa8", b'"',
    b"\\", b"{", b"[", b"\\ud800", b"\\u0000", b"<", b">", b"</div>", b"<div>" * 50, b"<!--", b"<![CDATA[",
    b"<script>", b"&#0;", b"&#xD800;", b"<table><tr><td>", b"<p hidden>", b"<meta charset=utf-7>", b"---\n",
    b"```\n", b"> > > ", b"- - - ", b"| a | b |\n|---|---|\n", b"obj", b"endobj", b"stream\n", b"endstream",
    b"/Type /Page", b"/Kids [1 0 R]", b"/Length 99999999", b"xref", b"trailer", b"%PDF-1.4", b"PK\x03\x04",
    b"PK\x05\x06", b"word/document.xml", b"<w:p>", b"</w:p>", b"<w:t>", b"<!DOCTYPE a [", b"<!ENTITY b 'c'>",
    "é".encode(), "😀".encode(), "\u202e".encode(), "\u0301".encode(), "“".encode(), b"9" * 30, b"A" * 5000,
    b" " * 5000, b"\n" * 3000, b"Content-Type: multipart/mixed; boundary=x\r\n", b"--x\r\n",
    b"Content-Transfer-Encoding: base64\r\n", b"=?utf-8?q?=ff?=", b"WARC/1.0\r\n", b"Content-Length: -1\r\n",
    b"\x1f\x8b\x08", b"WARC-Type: conversion\r\n", b"HTTP/1.1 200 OK\r\n", b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: br\r\n", b"Content-Encoding: gzip, deflate\r\n", b"Content-Length: 99999999999999999999\r\n",
    b"WARC-Type: response\r\n", b"Content-Type: text/html; charset=utf-16\r\n", b"ffffffff\r\n", b"0\r\n\r\n",
    b"Content-Type: message/rfc822\r\n\r\n", b"--outer\r\n", b"--inner--\r\n", b"Content-Disposition: attachment; ",
    b"filename*=utf-8''%ff%00.zip\r\n", b"filename=\"../\x1b[2J.eml\"\r\n", b"PK\x01\x02", b"\xff\xff\xff\xff",
)  # fmt: skip


def seeds(name: str) -> list[tuple[str, bytes]]:
    """The documents that inputs are made from, with their file names."""
    reader = next(r for r in READERS if r.name == name)
    folders = (ROOT / "tests" / "read" / "golden" / "inputs", ROOT / "examples" / "corpus")
    found = [
        (p.name, p.read_bytes())
        for folder in folders
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.suffix.lower() in [s for s in reader.suffixes if s]
    ]
    return found or [(f"seed{reader.suffixes[0]}", b"")]


def made(name: str, number: int) -> tuple[str, bytes]:
    """Input `number`: a seed changed in one to twelve places, inside its archive where it is one."""
    chance = random.Random(number)
    pool = seeds(name)
    file, data = chance.choice(pool)
    if name in ("docx", "zip") and chance.random() < 0.7:
        data = _inside_archive(data, chance)
    elif file.endswith(".gz") and chance.random() < 0.7:
        plain = gzip.decompress(data)
        data = gzip.compress(_changed(plain, chance, [plain]), mtime=0)
    else:
        data = _changed(data, chance, [d for _, d in pool])
    return file, data[:LONGEST]


def _changed(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(changed) + 1)
        what = chance.randrange(8)
        if what == 0 and changed:
            changed[at % len(changed)] ^= 1 << chance.randrange(8)
        elif what == 1:
            del changed[at : at + chance.choice((1, 2, 8, 64, 4096))]
        elif what == 2:
            changed[at:at] = chance.choice(TOKENS)
        elif what == 3:
            piece = changed[at : at + chance.choice((1, 16, 256, 4096))]
            changed[at:at] = piece * chance.choice((1, 2, 20))
        elif what == 4:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            changed[at:at] = other[start : start + chance.choice((8, 128, 2048))]
        elif what == 5:
            changed[at : at + 4] = chance.randbytes(chance.randint(0, 8))
        elif what == 6 and chance.random() < 0.2:
            del changed[at:]
        elif what == 7:
            changed[at:at] = chance.choice(("0", "1", "-1", "65536", "4294967295", "1e400")).encode()
        if len(changed) > LONGEST:
            del changed[LONGEST:]
    return bytes(changed)


def _inside_archive(data: bytes, chance: random.Random) -> bytes:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        return data
    entries = archive.infolist()
    victim = chance.randrange(len(entries)) if entries else 0
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        warnings.simplefilter("ignore")  # that a name is there twice
        for number, entry in enumerate(entries):
            content, name = archive.read(entry), entry.filename
            if number == victim:
                content = _changed(content, chance, [content])
            if chance.random() < 0.02:
                continue
            copy.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def attempt(name: str, number: int) -> None:
    """Read one input; anything but documents that hold what they promise, or a `ReadError`, raises."""
    file, data = made(name, number)
    parts: set[str] = set()
    try:
        for found in read_bytes(data, file):
            if isinstance(found, Document):
                check(found)
                again = reread(found.source, found.format, found.selector, found.part)
                assert (again.text, again.blocks) == (found.text, found.blocks), "reading again gives another text"
                assert found.part not in parts, f"two documents are at {found.part}"
                parts.add(found.part)
            assert (str(found.part) + str(found.notes if isinstance(found, Document) else found)).isprintable()
    except ReadError as error:
        if "\n" in str(error):
            raise AssertionError(f"more than one line: {error!r}") from error


def _child(link: Connection, name: str, first: int, count: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for number in range(first, first + count):
        link.send(("began", number, ""))
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + ALARM, -1))
        try:
            attempt(name, number)
        except BaseException:  # a finding is anything at all that escapes
            link.send(("raised", number, traceback.format_exc()))
    link.send(("done", first + count, ""))


def fuzz(name: str, seconds: float, first: int = 0) -> tuple[int, int]:
    """Try inputs for `seconds` of processor time; returns how many were tried and how many were findings."""
    folder = OUT / f"fuzz-{name}"
    folder.mkdir(parents=True, exist_ok=True)
    began = resource.getrusage(resource.RUSAGE_CHILDREN)
    number, findings = first, 0
    while True:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        if used.ru_utime + used.ru_stime - began.ru_utime - began.ru_stime >= seconds:
            return number - first, findings
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.get_context("fork").Process(target=_child, args=(theirs, name, number, 200))
        process.start()
        theirs.close()
        last = number
        try:
            while True:
                what, last, told = ours.recv()
                if what == "raised":
                    findings += 1
                    _keep(folder, name, last, told)
                elif what == "done":
                    number = last
                    break
        except EOFError:
            process.join()
            findings += 1
            code = process.exitcode or 0
            cause = signal.Signals(-code).name if code < 0 else f"exit {code}"
            _keep(folder, name, last, f"the process died: {cause}\n")
            number = last + 1
        process.join()


def _keep(folder: Path, name: str, number: int, told: str) -> None:
    file, data = made(name, number)
    (folder / f"{number}-{file}").write_bytes(data)
    (folder / f"{number}.txt").write_text(told, encoding="utf-8")
    print(f"{name} {number}: {told.strip().splitlines()[-1][:200]}", flush=True)


def main() -> int:
    """The command line; exit status 1 where anything was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("readers", nargs="*", help="readers by name; all of them by default")
    parser.add_argument("--seconds", type=float, default=600, help="processor time for each reader")
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--only", type=int, help="try this one input, in this process")
    told = parser.parse_args()
    total = 0
    for name in told.readers or [r.name for r in READERS]:
        if told.only is not None:
            attempt(name, told.only)
            continue
        tried, findings = fuzz(name, told.seconds, told.first)
        total += findings
        print(f"{name}: {tried} inputs in {told.seconds:g} seconds of processor time, {findings} findings", flush=True)
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
