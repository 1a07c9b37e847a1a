"""Bytes -> text, without losing the way back: which codec, and at which byte each line of the text starts."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from purport.errors import ReadError
from purport.model.document import Segment, SourceMap, Unit
from purport.read.options import Options

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_LEGACY = [
    "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r", "koi8_u", "iso8859_2",
    "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "iso8859_9", "mac_roman", "cp866", "gb18030", "big5",
    "shift_jis", "euc_jp", "euc_kr",
]  # fmt: skip
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_BYTE_LINE_END = re.compile(rb"\r\n|\r|\n")
_BAD = re.compile("([\ud800-\udfff]+)")
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\x08\x1a\x1b\x00"))
_HIGH = bytes(range(128, 256))
_LATIN = frozenset(b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa7\xa9\xab\xad\xae\xb0\xb7\xbb") | frozenset(
    range(0xC0, 0x100)
)
_SAMPLE = 200_000
_STRIDE = 4096
"""Characters between two segments of one line, so that a place in a line of 20 MB is found soon."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """`raw` is the text with a lone surrogate for each thing that could not be decoded, so that it encodes back to
    the very bytes; `encoding` the codec, `skip` the bytes of the byte order mark, `notes` what went wrong."""

    raw: str
    encoding: str
    skip: int
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text, with U+FFFD for each run of what could not be decoded."""
        return _BAD.sub("\ufffd", self.raw)

    def encoded(self, part: str) -> bytes:
        """The bytes that `part`, a stretch of `raw`, was decoded from."""
        return part.encode(self.encoding, errors_of(self.encoding))


def decode(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """Decode `data` with `encoding`, or with the codec that its bytes tell. Raises `ReadError` for binary data."""
    if encoding is None:
        encoding, skip = _guess(data, name)
    else:
        skip = mark_of(data, encoding)
    body, notes = data[skip:], []
    width = width_of(encoding)
    if len(body) % width:
        body = body[: len(body) - len(body) % width]
        notes.append("the file ends inside a character; that was left out")
    try:
        raw = body.decode(encoding, errors_of(encoding))
    except UnicodeError:
        raise ReadError(f"{name}: is not in the encoding {encoding}; name another or none") from None
    bad = sum(len(m[0]) for m in _BAD.finditer(raw))
    if bad:
        notes.append(f"{bad} bytes or units are not valid {encoding} and stand as U+FFFD")
    return Decoded(raw, encoding, skip, tuple(notes))


def plain_text(data: bytes, name: str, encoding: str | None = None) -> tuple[str, SourceMap, tuple[str, ...]]:
    """The text of a plain-text file, its map (lines; bytes from the start of the file) and notes.

    Raises `ReadError` for binary data.
    """
    decoded = decode(data, name, encoding)
    known = None
    if decoded.encoded(decoded.raw) != data[decoded.skip : decoded.skip + len(data)] and decoded.encoding[:3] != "utf":
        # Some legacy double-byte codecs have two codes for a character: then only the bytes tell where lines start.
        known = [decoded.skip, *(m.end() for m in _BYTE_LINE_END.finditer(data, decoded.skip))]
    parts: list[str] = []
    segments: list[Segment] = []
    position, offset = 0, decoded.skip
    for number, line in enumerate(_lines(decoded.raw), 1):
        if known is not None:
            if number > len(known):
                raise ReadError(f"{name}: lines cannot be told in {decoded.encoding}; convert the file to UTF-8")
            offset = known[number - 1]
        for part in _stretches(line):
            segments.append(Segment(position, number, offset))
            offset += len(decoded.encoded(part))
            parts.append("\ufffd" if _BAD.match(part) else part)
            position += len(parts[-1])
    return "".join(parts), SourceMap(Unit.LINE, tuple(segments), decoded.encoding), decoded.notes


def _lines(raw: str) -> Iterator[str]:
    """The lines with their ends; CRLF, LF and CR end a line."""
    return (m[0] for m in _LINE.finditer(raw) if m[0])


def _stretches(line: str) -> Iterator[str]:
    """A line in stretches that each need a segment: what is decodable, cut to a length, and what is not."""
    for part in _BAD.split(line):
        if _BAD.match(part):
            yield part
        else:
            yield from (part[at : at + _STRIDE] for at in range(0, len(part), _STRIDE))


def errors_of(encoding: str) -> str:
    """How what cannot be decoded is kept: as lone surrogates, which encode back to the very bytes."""
    return "surrogatepass" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"


def mark_of(data: bytes, encoding: str) -> int:
    """The length of the byte order mark that `data` begins with, if it is one of `encoding`."""
    return next((len(m) for m, e in _MARKS if e == encoding and data.startswith(m)), 0)


def width_of(encoding: str) -> int:
    """The bytes of a code unit."""
    return {"utf-16": 2, "utf-32": 4}.get(encoding[:6], 1)


def declared_charset(declared: str, data: bytes) -> str | None:
    """A charset that a page or a header declares, by the name a browser knows it under, if the bytes are in it."""
    name = declared.strip().lower()
    name = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "gb2312": "gb18030"}.get(name, name)
    try:
        data.decode(name)
        return Options(name).encoding
    except Exception:  # a name that is no codec, or no text codec, or bytes that are not in it: the bytes shall tell
        return None


def guess_of_head(head: bytes, name: str, complete: bool) -> tuple[str, int]:
    """The codec and the length of the byte order mark of a file that begins with `head`, or is it if `complete`.

    Raises `ReadError` for binary data.
    """
    if not complete and not head.startswith(tuple(mark for mark, _ in _MARKS)) and _wide(head[:_SAMPLE]) is None:
        # Cut after a line, so that no character is cut, which would look like one that is in another encoding.
        head = head[: head.rfind(b"\n") + 1 or len(head)]
    return _guess(head, name)


def _guess(data: bytes, name: str) -> tuple[str, int]:
    """The codec and the length of the byte order mark. Raises `ReadError` for binary data."""
    for mark, encoding in _MARKS:
        if data.startswith(mark) and not (encoding.startswith("utf-32") and len(data) % 4):
            return encoding, len(mark)
    wide = _wide(data[:_SAMPLE])
    if wide is not None:
        return wide, 0
    if binary(data):
        raise ReadError(
            f"{name}: is binary data of no known format; give text, Markdown, HTML, PDF, DOCX, CSV or JSONL"
        )
    return _narrow(data), 0


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark, told by where the zero bytes of its ASCII characters stand; None for anything else."""
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    even, odd = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if odd > 0.4 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * pairs and odd < 0.05 * pairs else None


def binary(data: bytes) -> bool:
    """Whether bytes (not in UTF-16) are no text: a hundredth of it is NULs and other control characters."""
    if _wide(data[:_SAMPLE]) is not None or data.startswith(tuple(mark for mark, _ in _MARKS)):
        return False
    controls = len(data) - len(data.translate(None, _CONTROL + b"\x00"))
    return controls * 100 > len(data)


def _narrow(data: bytes) -> str:
    """The codec of bytes that are not UTF-16: UTF-8 if most of it is, else a legacy codec."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    damaged = data.decode("utf-8", "surrogateescape")
    bad = sum(len(m[0]) for m in _BAD.finditer(damaged))
    good = sum(1 for c in damaged if c > "\x7f") - bad
    if 0 < bad <= good:
        return "utf-8"
    high = len(data) - len(data.translate(None, _HIGH))
    if high * 10 < len(data) and _LATIN.issuperset(data.translate(None, bytes(range(128)))):
        # English with a few accents and curly quotes: charset detection by frequency knows too little to be sure.
        return "cp1252"
    return _legacy(data[:_SAMPLE], data)


def _legacy(sample: bytes, data: bytes) -> str:
    from charset_normalizer import from_bytes  # 0.1 s to import, and few files need it

    for match in from_bytes(sample, cp_isolation=_LEGACY, preemptive_behaviour=False):
        try:
            data.decode(match.encoding)
        except UnicodeDecodeError:
            continue
        # By Python's own name, which it also has when the document is read again.
        return codecs.lookup(match.encoding).name
    return "cp1252"
