"""DOCX: paragraphs, headings, items, cells, captions and notes in document order, as the text stands after changes.

Tracked deletions are left out and insertions are in. A place is the number of the paragraph in document order
(empty ones count, notes come last) and the character in it.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from purport.errors import ReadError
from purport.model.document import BlockKind, Document, Segment, Unit
from purport.read.assemble import Piece, assemble
from purport.read.bulk import articles
from purport.read.fields import metadata_of
from purport.read.limits import FLOOR, Limits
from purport.read.options import Failure, Options

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = frozenset(
    {f"{_W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr", "footnoteReference")}
    | {f"{_MC}Fallback"}
)
_MARKS = {
    f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-",
    f"{_W}softHyphen": "",
}  # fmt: skip
_NOTES = ("footnotes", "endnotes")
_GENERATED = re.compile(r"(?:untitled|document\d*|microsoft word\b.*|.*\.(?:docx?|odt|rtf|txt))", re.I)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style (or one it is based on) makes of a paragraph."""

    kind: BlockKind
    level: int = 0
    quotes: bool = False
    indent: int = 0


def read(data: bytes, name: str, options: Options) -> Iterator[Document | Failure]:
    """One document. Raises `ReadError` for a broken package, one with a DTD, or one that unpacks past the limits."""
    _check(data, name, options.limits)
    import docx  # 0.2 s to import

    package = docx.Document(io.BytesIO(data))
    styles = {style.style_id: _style(style) for style in package.styles}
    number = 0
    pieces: list[Piece] = []
    found = [one for root in (package.element.body, *_notes(package.part)) for one in _paragraphs(root)]
    usual = _usual_indent((paragraph for paragraph, _ in found), styles)
    before, parts = "", list[Segment]()
    hidden = 0
    for paragraph, cell in found:
        number += 1
        hidden += _hidden(paragraph)
        words = _text(paragraph)
        parts.append(Segment(len(before), number, 0))
        if _goes_on(paragraph):
            before += words
            continue
        kind = _kind(paragraph, styles)
        if cell is not None and kind.kind is not BlockKind.HEADING:
            kind = _Style(BlockKind.CELL)
        set_in = kind.kind is BlockKind.PARAGRAPH and _indent(paragraph, styles) >= usual + _SET_IN
        pieces.append(
            Piece(
                before + words,
                tuple(parts),
                kind.kind,
                kind.level,
                int(kind.quotes or set_in),
                _strong(paragraph),
                cell,
            )
        )
        before, parts = "", []
    if before:
        pieces.append(Piece(before, tuple(parts)))
    text, blocks, source_map = assemble(pieces, Unit.PARAGRAPH)
    properties = package.core_properties
    title = (properties.title or "").strip()
    said = {"title": "" if _GENERATED.fullmatch(title) else title, "author": properties.author or ""}
    if said["author"].strip().lower() in ("python-docx", "unknown", "user"):
        del said["author"]
    metadata, notes = metadata_of(said)
    if hidden:
        notes = (*notes, f"{hidden} characters of hidden text were left out")
    yield from articles(Document(text, blocks, source_map, "docx", data, metadata, notes=notes), options)


def _check(data: bytes, name: str, limits: Limits) -> None:
    """Refuse what would hurt to open: a package that grows without measure, or XML with entities of its own."""
    import zipfile  # with what it imports, 20 ms

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            total = sum(entry.file_size for entry in entries)
            if total > limits.whole:
                raise ReadError(f"{name}: unpacks to {total} bytes, more than {limits.crossed('whole')}")
            if total > max(limits.ratio * len(data), FLOOR):
                times = f"{total // len(data)} times its size, more than the limit of"
                raise ReadError(f"{name}: unpacks to {total} bytes, {times} {limits.crossed('ratio')}")
            if "word/document.xml" not in package.namelist() and "[Content_Types].xml" not in package.namelist():
                raise ReadError(f"{name}: is a ZIP file but no DOCX; unpack it and give the files in it")
            for entry in entries:
                if entry.filename.lower().endswith((".xml", ".rels")):
                    _check_part(package.read(entry), name, entry)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError) as error:
        what = "it may be encrypted, or a .doc by another name; open it in a word processor and save it as .docx"
        raise ReadError(f"{name}: is no valid DOCX file ({error}); {what}") from None


def _check_part(xml: bytes, name: str, entry: Any) -> None:
    squeezed = xml.replace(b"\x00", b"")
    if len(xml) != entry.file_size or b"<!DOCTYPE" in squeezed or b"<!ENTITY" in squeezed:
        raise ReadError(f"{name}: its part {entry.filename} declares entities; that is not safe to read")


def _notes(part: Any) -> Iterator[Any]:
    """The roots of the footnotes and the endnotes, without the separators that are notes by form only."""
    from docx.opc.oxml import parse_xml

    for kind in _NOTES:
        for relation in part.rels.values():
            if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
                root = parse_xml(relation.target_part.blob)
                for note in list(root):
                    if note.get(f"{_W}type") not in (None, "normal"):
                        root.remove(note)
                yield root


_SET_IN = 360
"""Twentieths of a point by which a quotation is set in at least."""


def _indent(paragraph: Any, styles: Mapping[str, _Style]) -> int:
    """By how many twentieths of a point a paragraph is set in, by itself or by its style."""
    found = paragraph.find(f"{_W}pPr/{_W}ind")
    value = (found.get(f"{_W}left") or found.get(f"{_W}start") or "") if found is not None else ""
    if value.lstrip("-").isdigit():
        return int(value)
    named = paragraph.find(f"{_W}pPr/{_W}pStyle")
    style = styles.get(named.get(f"{_W}val")) if named is not None else None
    return style.indent if style is not None else 0


def _usual_indent(paragraphs: Iterable[Any], styles: Mapping[str, _Style]) -> int:
    """The indent of most of the text."""
    sizes: Counter[int] = Counter()
    for paragraph in paragraphs:
        sizes[_indent(paragraph, styles)] += len(_text(paragraph))
    return sizes.most_common(1)[0][0] if sizes else 0


def _on(element: Any) -> bool:
    """Whether a property that may be switched off is there and on."""
    return element is not None and element.get(f"{_W}val", "1") not in ("0", "false", "none")


def _strong(paragraph: Any) -> bool:
    """Whether all of its words are in bold letters, or all in italic ones."""
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(t.text or "" for t in run.iter(f"{_W}t")).strip()]
    return bool(runs) and any(all(_on(run.find(f"{_W}rPr/{_W}{tag}")) for run in runs) for tag in ("b", "i"))


def _is_hidden(run: Any) -> bool:
    return run.tag == f"{_W}r" and _on(run.find(f"{_W}rPr/{_W}vanish"))


def _hidden(paragraph: Any) -> int:
    """Characters of runs that Word does not show."""
    runs = (run for run in paragraph.iter(f"{_W}r") if _is_hidden(run))
    return sum(len(t.text or "") for run in runs for t in run.iter(f"{_W}t"))


def _goes_on(paragraph: Any) -> bool:
    """Whether its mark is deleted, so that the next one is its end."""
    mark = paragraph.find(f"{_W}pPr/{_W}rPr")
    return mark is not None and (mark.find(f"{_W}del") is not None or mark.find(f"{_W}moveFrom") is not None)


def _paragraphs(root: Any) -> Iterator[tuple[Any, tuple[int, int, int] | None]]:
    """The paragraphs below `root` in order, with the numbers of the cell that each is in; a text box's follow its
    anchor's.

    Walked with a stack of its own, since tables within tables may be nested deeper than Python recurses.
    """
    stack: list[tuple[Any, tuple[int, int, int] | None]] = [(child, None) for child in reversed(root)]
    tables = 0
    while stack:
        element, cell = stack.pop()
        if element.tag in _LEFT_OUT:
            continue
        if element.tag == f"{_W}p":
            yield element, cell
        if element.tag == f"{_W}tbl":
            rows = [row for row in element if row.tag == f"{_W}tr"]
            cells = [
                (one, (tables, at, column))
                for at, row in enumerate(rows)
                for column, one in enumerate(child for child in row if child.tag == f"{_W}tc")
            ]
            stack += reversed(cells)
            tables += 1
        else:
            stack += [(child, cell) for child in reversed(element)]


def _text(paragraph: Any) -> str:
    """A paragraph's text: runs, also those in links and insertions; not deletions, nor the text boxes in it."""
    parts: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag in _LEFT_OUT or element.tag == f"{_W}p" or _is_hidden(element):
            continue
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        elif element.tag in _MARKS:
            parts.append(_MARKS[element.tag])
        else:
            stack += reversed(element)
    return _CONTROL.sub("\ufffd", "".join(parts).replace("\u00ad", ""))


def _style(style: Any) -> _Style:
    """What a style means, by its name or that of the nearest style it is based on that has a meaning."""
    format_ = getattr(style, "paragraph_format", None)
    indent = int(getattr(format_, "left_indent", 0) or 0) // 635
    for _ in range(20):
        name = (getattr(style, "name", "") or "").lower()
        if found := re.fullmatch(r"heading (\d)", name):
            return _Style(BlockKind.HEADING, int(found[1]))
        if name == "title":
            return _Style(BlockKind.HEADING, 1)
        if name == "subtitle":
            return _Style(BlockKind.HEADING, 2)
        if name == "caption":
            return _Style(BlockKind.CAPTION)
        if "quot" in name or name in ("block text", "zitat"):
            return _Style(BlockKind.PARAGRAPH, quotes=True)
        if name.startswith("list"):
            return _Style(BlockKind.ITEM)
        style = getattr(style, "base_style", None)
        if style is None:
            break
    return _Style(BlockKind.PARAGRAPH, indent=indent)


def _named(style: str, styles: Mapping[str, _Style]) -> _Style:
    """What a style means, by its id where the document does not define it ("Quote")."""
    return styles.get(style) or (_Style(BlockKind.PARAGRAPH, quotes="quot" in style.lower()))


def _kind(paragraph: Any, styles: dict[str, _Style]) -> _Style:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return _Style(BlockKind.PARAGRAPH)
    named = properties.find(f"{_W}pStyle")
    style = _named(named.get(f"{_W}val") or "", styles) if named is not None else None
    numbered = properties.find(f"{_W}numPr/{_W}numId")
    if style is not None and (style.kind is not BlockKind.PARAGRAPH or style.quotes):
        return style
    outline = properties.find(f"{_W}outlineLvl")
    if outline is not None and outline.get(f"{_W}val", "9") in "012345678":
        return _Style(BlockKind.HEADING, int(outline.get(f"{_W}val")) + 1)
    if numbered is not None and numbered.get(f"{_W}val") != "0":
        return _Style(BlockKind.ITEM)
    return _Style(BlockKind.PARAGRAPH)
