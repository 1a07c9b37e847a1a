"""Files of many articles as Nexis, Factiva and ProQuest give them: where each begins, and what its fields say.

A field ("BYLINE: Petra Lund", "PD  4 March 2031") is no part of the text: what it says of the article is metadata.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from purport.model.document import Block, BlockKind, Document, Metadata, Segment, SourceMap, Span, trimmed
from purport.read.dates import iso_date
from purport.read.fields import metadata_of
from purport.read.options import Options, selector
from purport.read.turns import with_labels

_BEGINS = re.compile(r"^[ \t]*(?:\d{1,5} of \d{1,5} DOCUMENTS?|Document \d{1,5} of \d{1,5})[ \t]*$", re.MULTILINE)
_ENDS = re.compile(
    r"^[ \t]*(?:End of Document|(?:AN[ \t]+)?Document [A-Za-z]{2,12}\d[\w-]{10,30})[ \t]*$\n?", re.MULTILINE
)
_NAMED = re.compile(
    r"[ \t]*(?P<name>BYLINE|SECTION|LENGTH|DATELINE|HEADLINE|HIGHLIGHT|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|JOURNAL-CODE"
    r"|GRAPHIC|SUBJECT|COUNTRY|CITY|STATE|COMPANY|PERSON|ORGANIZATION|TYPE|CORRECTION(?:-DATE)?|DOCUMENT-TYPE"
    r"|Byline|Section|Length|Dateline|Highlight|Load-Date|Graphic|Classification|Language|Publication-Type"
    r"|Author|Publication info|Publication title|Publication year|Publication date|Subject|Location|Document type"
    r"|ProQuest document ID|Document URL|Copyright|Last updated|Database|ISSN|Abstract"
    r"|Links?)[ \t]*:[ \t]*(?P<value>[^\n]*)"
)
_CODED = re.compile(
    r"(?P<name>SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|CO|IN|NS|RE|IPD|IPC|PUB|AN|CT|RF|ART)[ \t]{2,}(?P<value>[^\n]*)"
)
_LED = re.compile(r"(?:LP|TD)[ \t]{2,}|Full text:[ \t]*")
_OTHER = re.compile(
    r"[ \t]*(?:Copyright (?:\(c\) |©)?\d{4}\b[^\n]*|All Rights Reserved\.?|\(c\) \d{4} [^\n]*|Body"
    r"|ProQuest document link"
    r"|\d+ words|[_=-]{5,}|Full text)[ \t]*$"
)
_DAY = re.compile(
    r"^[ \t]*(?P<day>[A-Z][a-z]{2,8} \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})\b[^\n]{0,30}$", re.MULTILINE
)
_INFO = re.compile(r"(?P<outlet>[^;:\[\]]{2,80}?)\s*[;\[].*?(?P<day>\d{1,2} [A-Z][a-z]{2,8} \d{4})")
"""ProQuest's "Radio Orrin Gazette; Orrin [Orrin]. 08 Mar 2031: A.4."."""
_KEYS = {"BY": "author", "HD": "title", "PD": "published", "SN": "outlet", "HEADLINE": "title"}
_FEW = 3
"""Fields from which on a text is an article of such a file."""


def parts(text: str) -> list[tuple[int, int]]:
    """Where each article of a file of many begins and ends; the whole of any other text."""
    begins = [match.start() for match in _BEGINS.finditer(text)]
    if len(begins) < 2:
        ends = [match.end() for match in _ENDS.finditer(text)]
        begins = [0, *(end for end in ends if text[end:].strip())] if len(ends) > 1 else []
    if len(begins) < 2:
        return [(0, len(text))]
    if not text[: begins[0]].strip():
        begins[0] = 0
    return list(zip(begins, [*begins[1:], len(text)], strict=True))


def articles(document: Document, options: Options) -> Iterator[Document]:
    """The articles of a file of many, each a document with its own text, places and metadata; any other as it is.

    Their bytes are those of the whole file, and the selector says which of them it is.
    """
    ranges = parts(document.text)
    if len(ranges) == 1:
        text, blocks = document.text, document.blocks
        said, notes = metadata_of(fields(text))
        bare = without_fields(text, blocks) if said != Metadata() else blocks
        blocks = with_labels(text, bare)
        # Fields may stand in any page; only in an article of such a file do they tell more than the page itself.
        sure = _BEGINS.search(text) is not None or _ENDS.search(text) is not None
        known = said.over(document.metadata) if sure else document.metadata.over(said)
        yield replace(document, blocks=blocks, metadata=known, notes=(*document.notes, *notes))
        return
    lead = passed_over(document.text, ranges)
    for number, (start, end) in enumerate(ranges, 1):
        span = trimmed(document.text, start, end)
        if span is None or options.article not in (None, number):
            continue
        text = span.of(document.text)
        inside = [block for block in document.blocks if span.contains(block.span)]
        moved = [
            replace(block, span=Span(block.span.start - span.start, block.span.end - span.start)) for block in inside
        ]
        said, notes = metadata_of(fields(text))
        yield replace(
            document,
            text=text,
            blocks=with_labels(text, without_fields(text, moved)),
            source_map=_cut(document.source_map, span),
            metadata=said,
            selector=selector(options.encoding, article=number),
            part=f"document {number}",
            notes=(*document.notes, *lead, *notes),
        )


def passed_over(text: str, ranges: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """A note on what stands before the first article of a file of many (a cover, a list of contents) and is in none."""
    count = len(text[: ranges[0][0]].strip())
    return (f"{count} characters before the first article of the file were left out",) if count else ()


def _cut(source_map: SourceMap, span: Span) -> SourceMap:
    """The way back to the source of a part of a text."""
    found: list[Segment] = []
    for at, segment in enumerate(source_map.segments):
        last = at + 1 == len(source_map.segments)
        end = span.end if last else source_map.segments[at + 1].start
        if end <= span.start or segment.start >= span.end:
            continue
        lost = max(0, span.start - segment.start)
        offset = None if segment.offset is None else segment.offset + lost
        found.append(Segment(segment.start + lost - span.start, segment.number, offset))
    return replace(source_map, segments=tuple(found))


def fields(text: str) -> dict[str, str]:
    """What the fields of an article say of it: outlet, author, title, published; nothing of a text without them."""
    found = {match["name"]: match["value"].strip() for _, match in _fields(text)}
    unnamed = _counted(text)
    if len(found) < _FEW and not _BEGINS.match(text.lstrip()) and unnamed is None:
        return {}
    if unnamed is not None and len(found) < _FEW:
        return unnamed
    said: dict[str, str] = {}
    if (info := _INFO.match(found.get("Publication info", ""))) is not None:
        said = {"outlet": info["outlet"].strip(), "published": info["day"]}
    for name, value in found.items():
        key = _KEYS.get(name) or {"byline": "author", "author": "author", "publication title": "outlet"}.get(
            name.lower()
        )
        if key is not None and value:
            said.setdefault(key, value)
    if "author" in said:
        said["author"] = re.sub(r"^[Bb]y\s+", "", said["author"])
    lines = [line.strip() for line in text.splitlines() if line.strip() and not _BEGINS.match(line)]
    day = next((n for n, line in enumerate(lines[:8]) if _DAY.match(line)), None)
    if day is not None:
        dated = _DAY.match(lines[day])
        if dated is not None:
            said.setdefault("published", dated["day"])
        above = [line for line in lines[:day] if not _OTHER.match(line)]
        if above:
            said.setdefault("outlet", above[-1])
        # The headline stands above the outlet, or below the day.
        head = above[0] if len(above) > 1 else next(iter(lines[day + 1 :]), "")
        said.setdefault("title", head)
    elif lines:
        said.setdefault("title", next((line for line in lines if not _OTHER.match(line)), ""))
    if "published" in said and iso_date(said["published"]) is None:
        del said["published"]
    return {key: value for key, value in said.items() if value}


_COUNT = re.compile(r"\d{1,3}(?:,\d{3})* words$")
_BY = re.compile(r"[Bb]y (?P<author>[^\W\d_][^\n]{2,80})$")


def _counted(text: str) -> dict[str, str] | None:
    """The fields of an article that only their order tells, as in Factiva's pages: title, writer, "212 words", day,
    outlet, its code, language, copyright. None for any other text."""
    lines = [line.strip() for line in text.splitlines() if line.strip()][:12]
    count = next((n for n, line in enumerate(lines) if _COUNT.match(line)), None)
    if count is None or not 1 <= count <= 3 or count + 2 >= len(lines):
        return None
    if _DAY.match(lines[count + 1]) is None or not _ENDS.search(text):
        return None
    said = {"title": lines[0], "outlet": lines[count + 2], "published": lines[count + 1]}
    who = _BY.match(lines[1]) if count > 1 else None
    return {**said, "author": who["author"]} if who is not None else said


def _fields(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    at = 0
    for line in text.splitlines(keepends=True):
        match = _NAMED.match(line) or _CODED.match(line)
        if match is not None:
            yield at, match
        at += len(line)


def without_fields(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of an article without its fields; those of any other text as they are."""
    if sum(1 for _ in _fields(text)) < _FEW and not _BEGINS.match(text.lstrip()) and _counted(text) is None:
        return tuple(blocks)
    blocks = _uncounted(text, blocks) if _counted(text) is not None else blocks
    found = []
    for block in blocks:
        words = block.span.of(text)
        led = _LED.match(words)
        start = block.span.start + (led.end() if led else 0)
        lines = text[start : block.span.end].splitlines(keepends=True)
        while lines and (
            _NAMED.match(lines[0]) or _CODED.match(lines[0]) or _OTHER.match(lines[0]) or _BEGINS.match(lines[0])
        ):
            start += len(lines.pop(0))
        end = block.span.end
        while lines and (
            _NAMED.match(lines[-1]) or _CODED.match(lines[-1]) or _OTHER.match(lines[-1]) or _ENDS.match(lines[-1])
        ):
            end -= len(lines.pop())
        span = trimmed(text, start, end) if start < end else None
        if span is not None and not _DAY.fullmatch(span.of(text)):
            kind = BlockKind.PARAGRAPH if led else block.kind
            found.append(replace(block, span=span, kind=kind))
    return tuple(found)


def _uncounted(text: str, blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks without those between the title and the text, which are short and end with no full stop."""
    first = next((n for n, block in enumerate(blocks) if _COUNT.match(block.span.of(text))), 0)
    last = first
    while (
        last + 1 < len(blocks) and len(blocks[last + 1].span) < 80 and text[blocks[last + 1].span.end - 1] not in ".!?"
    ):
        last += 1
    start = next((n for n in range(1, first) if _BY.match(blocks[n].span.of(text))), first)
    return [*blocks[:start], *blocks[last + 1 :]]
