"""RTF: the text that `striprtf` shows of it, a paragraph a line. A place is the number of the paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from purport.errors import ReadError
from purport.model.document import Document, Segment, SourceMap, Unit
from purport.read.bulk import articles
from purport.read.fields import whole
from purport.read.layout import blocks_of
from purport.read.options import Failure, Options, selector

_DEEPEST = 1000
"""Groups within groups; a file with more is no word processor's."""


def read(data: bytes, name: str, options: Options) -> Iterator[Document | Failure]:
    """One document. Raises `ReadError` for a file that is no RTF, or holds no text."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise ReadError(f"{name}: is no RTF file: it does not begin with {{\\rtf; call it .txt")
    depth = deepest = 0
    for byte in data:
        depth += (byte == 0x7B) - (byte == 0x7D)
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise ReadError(f"{name}: its groups are nested more than {_DEEPEST} deep; save it anew as .docx")
    from striprtf.striprtf import rtf_to_text

    try:
        make: Any = rtf_to_text
        shown = str(make(data.decode("latin-1"), encoding=options.encoding or "cp1252", errors="replace"))
    except Exception as error:  # whatever it stumbles over
        raise ReadError(
            f"{name}: is no valid RTF file ({error}); open it in a word processor and save it anew"
        ) from None
    shown = whole(shown).replace("\r\n", "\n").replace("\r", "\n")
    shown = shown.replace("\n|", "|")  # a cell that is a paragraph of its own
    lines = [line.replace("\xad", "") for line in shown.split("\n")]
    text = "\n".join(lines)
    if not text.strip():
        raise ReadError(f"{name}: there is no text in it")
    segments, at = [], 0
    for number, line in enumerate(lines, 1):
        if at < len(text):
            segments.append(Segment(at, number, 0))
        at += len(line) + 1
    source_map = SourceMap(Unit.PARAGRAPH, tuple(segments))
    document = Document(text, tuple(blocks_of(text)), source_map, "rtf", data, selector=selector(options.encoding))
    yield from articles(document, options)
