"""Captions: SubRip (.srt) and WebVTT (.vtt). Cues are joined to sentences; a place is a line of the file.

Numbers, times, notes, styles and tags are left out. The name in a voice tag ("<v Lena Roth>") is the label of a turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from purport.errors import ReadError
from purport.model.document import BlockKind, Document, Segment, Unit
from purport.read.assemble import Piece, assemble
from purport.read.decode import decode
from purport.read.options import Failure, Options, selector
from purport.read.turns import with_labels

_TIMES = re.compile(r"\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}")
_HEAD = re.compile(r"\s*(?:WEBVTT|NOTE|STYLE|REGION)\b")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^<>\n]{1,80})>")
_TAG = re.compile(r"</?[a-zA-Z0-9.:_ -]{0,60}>|\{\\[^{}\n]{0,60}\}")
_OPENS = re.compile(
    r"\s*(?:>>|[-–—]\s|[^\W\d_][\w.'’-]{0,40}(?:\s[^\W\d_][\w.'’-]{0,40}){0,5}\s?(?:\([^()\n]{1,40}\))?:\s)"
)
_STOPS = (".", "!", "?", "…", '."', ".”", "?”", "!”", ")", "]")


class _Words:
    """A paragraph while its lines are gathered."""

    def __init__(self) -> None:
        self.text = ""
        self.segments: list[Segment] = []

    def add(self, words: str, line: int, offset: int) -> None:
        if self.text:
            self.segments.append(Segment(len(self.text), line, None))
            self.text += " "
        self.segments.append(Segment(len(self.text), line, offset))
        self.text += words


def read(data: bytes, name: str, options: Options) -> Iterator[Document | Failure]:
    """One document. Raises `ReadError` for binary data and for a file without a cue."""
    decoded = decode(data, name, options.encoding)
    pieces = list(_pieces(re.split(r"\r\n|\r|\n", decoded.text.removeprefix("\ufeff"))))
    if not pieces:
        raise ReadError(f"{name}: there is no caption in it: no line of times with an arrow between; call it .txt")
    text, blocks, source_map = assemble(pieces, Unit.LINE)
    selected = selector(options.encoding)
    yield Document(
        text, with_labels(text, blocks), source_map, "captions", data, selector=selected, notes=decoded.notes
    )  # fmt: skip


def _pieces(lines: Sequence[str]) -> Iterator[Piece]:
    shown, voice = False, ""
    words = _Words()
    for number, line in enumerate(lines, 1):
        if _TIMES.match(line):
            shown = True
            continue
        if not line.strip() or (not shown and (_HEAD.match(line) or line.strip().isdigit())):
            shown = shown and bool(line.strip())
            continue
        if not shown:
            continue
        tag = _VOICE.search(line)
        if tag is not None and tag[1].strip() != voice:
            yield from _whole(words)
            words, voice = _Words(), tag[1].strip()
            start = tag.start(1) + len(tag[1]) - len(tag[1].lstrip())
            yield Piece(voice, (Segment(0, number, start),), BlockKind.LABEL)
        for at, part in _parts(line):
            if words.text and (words.text.rstrip().endswith(_STOPS) or _OPENS.match(part)):
                yield from _whole(words)
                words = _Words()
            words.add(part, number, at)
    yield from _whole(words)


def _whole(words: _Words) -> Iterator[Piece]:
    if words.text:
        yield Piece(words.text, tuple(words.segments))


def _parts(line: str) -> Iterator[tuple[int, str]]:
    """What a line shows, without its tags, each stretch with where it begins."""
    at = 0
    tags = sorted([*_TAG.finditer(line), *_VOICE.finditer(line)], key=lambda tag: tag.start())
    for tag in [*tags, None]:
        end = tag.start() if tag else len(line)
        if at < end and (part := line[at:end].strip()):
            yield at + len(line[at:end]) - len(line[at:end].lstrip()), part
        at = max(at, tag.end() if tag else at)
