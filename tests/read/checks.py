"""What must hold of every document, and the readable form that golden files have."""

from __future__ import annotations

from purport.model.document import Document
from purport.read.files import reread
from purport.read.options import Failure

WHOLE = ("html", "docx", "odt", "pdf")
"""The formats in which every character that is no white space is in a block."""


def check(document: Document) -> None:
    """Assert the invariants of blocks and maps, and that the kept source gives the same text again."""
    text, end, uncovered = document.text, 0, ""
    for block in document.blocks:
        words = block.span.of(text)
        assert words == words.strip()
        assert block.span.start >= end
        uncovered += text[end : block.span.start]
        end = block.span.end
    if document.format in WHOLE:
        assert not (uncovered + text[end:]).strip()
    starts = [segment.start for segment in document.source_map.segments]
    assert starts == sorted(set(starts))
    assert starts[0] == 0
    assert starts[-1] < len(text)
    text.encode("utf-8")
    again = reread(document.source, document.format, document.selector, document.part)
    assert (again.text, again.blocks, again.source_map) == (text, document.blocks, document.source_map)
    assert (again.id, again.part) == (document.id, document.part)


def rendered(found: list[Document | Failure]) -> str:
    """Documents and failures as a golden file shows them: metadata, notes, then `kind@place| text` for each block."""
    lines: list[str] = []
    for item in found:
        if isinstance(item, Failure):
            lines += [f"=== failure {item}", ""]
            continue
        lines.append(f"=== {item.format} {item.part} [{item.selector}]".rstrip())
        metadata = item.metadata
        for field in ("outlet", "author", "title", "published", "url", "language"):
            if getattr(metadata, field) is not None:
                lines.append(f"{field}: {getattr(metadata, field)}")
        lines += [f"note: {note}" for note in item.notes]
        for block in item.blocks:
            place = item.source_map.place(block.span.start, item.text)
            level = block.level or ""
            lines.append(f"{block.kind}{level}@{place}:{place.offset}| {block.span.of(item.text)!r}")
        lines.append("")
    return "\n".join(lines)
