"""E-mail: the message as one document with its headers as metadata, each attachment or forwarded message as another.

Of the forms that a message is sent in, plain text is taken before HTML.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from purport.errors import ReadError
from purport.model.document import Metadata
from purport.read.containers.entries import Entry, joined, printable
from purport.read.fields import metadata_of
from purport.read.options import Failure, Options

if TYPE_CHECKING:
    from email.message import Message

    Part = Message[str, str]

_DEEPEST = 40
"""Parts within parts; reading costs the number of lines times the depth."""

_SUFFIXES = {
    "text/plain": ".txt", "text/html": ".html", "text/markdown": ".md", "text/csv": ".csv", "application/pdf": ".pdf",
    "message/rfc822": ".eml", "application/zip": ".zip", "application/gzip": ".gz",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip
_LONGEST_HEADER = 10_000
"""Characters of a header that are looked at."""


def read(data: bytes, name: str, options: Options) -> Iterator[Entry | Failure]:  # noqa: ARG001 - all readers' form
    """An entry for the message and for each thing that came with it.

    Raises `ReadError` for a file without any of an e-mail's headers.
    """
    message = _parsed(data, name)
    if not any(message.get(header) for header in ("From", "Date", "Subject", "To", "Received", "Content-Type")):
        raise ReadError(f"{name}: is no e-mail: it has no header such as From, Date or Subject; call it .txt")
    yield from _message(message, "")


def _parsed(data: bytes, name: str) -> Part:
    from email.feedparser import BytesFeedParser  # with what it imports, 30 ms
    from email.message import Message

    class Bounded(Message):
        """A part that refuses to be nested too deeply."""

        depth = 0

        def attach(self, payload: Any) -> None:
            payload.depth = self.depth + 1
            if payload.depth > _DEEPEST:
                raise ReadError(f"{name}: its parts are nested more than {_DEEPEST} deep; save its text as .txt")
            super().attach(payload)

    parser: Any = BytesFeedParser(Bounded)
    # A mailbox's first line, and a mark that some programs write, are no headers.
    parser.feed(data.removeprefix(b"\xef\xbb\xbf"))
    found: Part = parser.close()
    return found


def _message(message: Part, outer: str) -> Iterator[Entry]:
    metadata, notes = _headers(message)
    for part, attached in _parts(message):
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            if inner is not None and not isinstance(inner, str) and inner.keys():
                yield from _message(inner, joined(outer, _forwarded(part)))
                continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes) or not payload.strip():
            continue
        charset = _header(part.get_content_charset() or "") or None
        if attached:
            file = _header(part.get_filename() or "").replace("\\", "/").rsplit("/", 1)[-1].strip()
            suffix = _SUFFIXES.get(kind, "")
            shown = printable(file) if file else f"unnamed{suffix}"
            called = shown if "." in shown else f"{shown}{suffix}"
            place = joined(outer, f"attachment {shown}")
            yield Entry(called, io.BytesIO(payload), place, packed=False, charset=charset)
        else:
            suffix = ".html" if kind == "text/html" else ".txt"
            if suffix == ".txt":
                payload = _unsigned(payload)
            place = joined(outer, "message")
            yield Entry(
                f"message{suffix}", io.BytesIO(payload), place, False, False, False, charset=charset,
                metadata=metadata, notes=notes,
            )  # fmt: skip


_SIGNED = re.compile(rb"\r?\n-- ?\r?\n(?:[^\r\n]{0,100}(?:\r?\n|\Z)){1,12}\s*\Z")
_SENT = re.compile(
    rb"\r?\n(?:Sent from my [^\r\n]{0,60}|Get Outlook for [^\r\n]{0,60}|Von meinem [^\r\n]{0,40} gesendet)\s*\Z"
)
_ADDED = re.compile(
    rb"\r?\n[_*=-]{0,80}\s*\r?\n?(?:(?:DISCLAIMER|CONFIDENTIALITY NOTICE|Confidentiality notice|Disclaimer)\b"
    rb"|(?:This (?:e-?mail|message|communication)"
    rb"|The (?:information|contents?) (?:contained )?in this (?:e-?mail|message))"
    rb"[^\0]{0,300}?(?:confidential|intended (?:solely|only)|privileged))[^\0]{0,3000}\Z"
)


def _unsigned(payload: bytes) -> bytes:
    """A mail's text without the signature, and the notes that programs and offices add, at its end."""
    for _ in range(3):
        cut = _SIGNED.search(payload) or _SENT.search(payload) or _ADDED.search(payload)
        if cut is None or not payload[: cut.start()].strip():
            break
        payload = payload[: cut.start()]
    return payload


def _forwarded(part: Part) -> str:
    file = printable(_header(part.get_filename() or "").replace("\\", "/").rsplit("/", 1)[-1].strip())
    return f"forwarded {file}" if file else "forwarded message"


def _parts(message: Part) -> Iterator[tuple[Part, bool]]:
    """The parts that hold something, each with whether it is an attachment (or else the message's own words)."""
    if message.get_content_maintype() == "multipart" and message.is_multipart():
        parts = [part for part in message.get_payload() if not isinstance(part, str)]
        if message.get_content_subtype() == "alternative":
            parts = [_chosen(parts)] if parts else []
        for part in parts:
            yield from _parts(part)
        return
    kind = message.get_content_type()
    # A multipart without parts is a message whose sender forgot to say where its parts end.
    words = kind in ("text/plain", "text/html") or message.get_content_maintype() == "multipart"
    attached = message.get_content_disposition() == "attachment" or bool(message.get_filename())
    yield message, attached or not words


def _chosen(parts: list[Part]) -> Part:
    """The alternative to read: the first with plain text in it, else the first with HTML, else the last."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            for inner, attached in _parts(part):
                if not attached and inner.get_content_type() == kind:
                    payload = inner.get_payload(decode=True)
                    if isinstance(payload, bytes) and payload.strip():
                        return part
    return parts[-1]


def _headers(message: Part) -> tuple[Metadata, tuple[str, ...]]:
    """Sender, subject and date. The date is the sender's own, without the time of day."""
    from email.utils import parseaddr, parsedate_to_datetime

    sender, address = parseaddr(_header(message.get("From")))
    date = _header(message.get("Date"))
    # A date that it does not understand is judged, and noted, as any other date that a file states.
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        date = parsedate_to_datetime(date).date().isoformat() if date else ""
    told = {"author": sender or address, "title": _header(message.get("Subject")), "published": date}
    metadata, notes = metadata_of(told)
    return replace(metadata, extra=_thread(message)), notes


_ID = re.compile(r"<([^<>\s]{1,250})>")


def _thread(message: Part) -> tuple[tuple[str, str], ...]:
    """The fields that link the messages of a thread: the message's own id, that of the message it answers, and that of
    the thread's first message (RFC 5322, section 3.6.4), which all of them share."""
    own, answers, before = (
        _ID.findall(" ".join(str(message.get(header) or "")[:_LONGEST_HEADER].split()))
        for header in ("Message-ID", "In-Reply-To", "References")
    )
    first = [*before, *answers, *own][:1]
    told = {"message_id": own[:1], "reply_to": [*answers, *before[-1:]][:1], "thread": first}
    return tuple((name, found[0]) for name, found in sorted(told.items()) if found)


def _header(value: Any) -> str:
    """A header's words, decoded as far as they can be, on one line."""
    from email.header import decode_header

    raw = str(value or "")[:_LONGEST_HEADER]
    try:
        pieces = decode_header(raw)
    # Encoded words that are broken (bad base64, for one) raise; the raw words are better than none.
    except Exception:
        return " ".join(raw.split())
    words = ""
    for piece, charset in pieces:
        if isinstance(piece, bytes):
            try:
                piece = piece.decode(charset or "utf-8", "replace")
            except Exception:  # a charset that is no codec, or no text codec
                piece = piece.decode("utf-8", "replace")
        words += piece
    return " ".join(words.split())
