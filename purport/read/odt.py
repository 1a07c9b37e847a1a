"""ODT: paragraphs, headings, items, cells, captions and notes in document order, as the text stands after changes.

Tracked deletions and comments are left out and insertions are in. A place is the number of the paragraph in document
order (empty ones count, notes come last) and the character in it.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from purport.errors import ReadError
from purport.model.document import BlockKind, Document, Segment, Unit
from purport.read.assemble import Piece, assemble
from purport.read.bulk import articles
from purport.read.containers.zip import opened_archive
from purport.read.fields import metadata_of
from purport.read.options import Failure, Options
from purport.read.xml_parts import check_archive, part_of, root_of

if TYPE_CHECKING:
    import zipfile

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _OFFICE = f"{{{_OASIS}text:1.0}}", f"{{{_OASIS}table:1.0}}", f"{{{_OASIS}office:1.0}}"
_STYLE, _DRAW, _META = f"{{{_OASIS}style:1.0}}", f"{{{_OASIS}drawing:1.0}}", f"{{{_OASIS}meta:1.0}}"
_FO, _DC = f"{{{_OASIS}xsl-fo-compatible:1.0}}", "{http://purl.org/dc/elements/1.1/}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_LEFT_OUT = frozenset(
    [f"{_TEXT}{tag}" for tag in ("tracked-changes", "table-of-content", "note-citation", "hidden-text", "ruby-text")]
    + [f"{_OFFICE}{tag}" for tag in ("annotation", "forms", "event-listeners")]
)
_MARKS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_SPACE = re.compile(r"[ \t\r\n]+")
_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,6})?)(cm|mm|in|pt|pc)")
_POINTS = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0, "pc": 12.0}
_GENERATED = re.compile(r"(?:untitled\s*\d*|.*\.(?:docx?|odt|rtf|txt))", re.I)
_SET_IN = 18
"""Points by which a quotation is set in at least."""

_MOST_SPACES = 1000
"""Spaces that one element may stand for."""


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says itself, and the name of the one that it is based on."""

    parent: str
    shown: str
    bold: bool | None
    italic: bool | None
    indent: float | None
    hidden: bool


def _shown(name: str) -> str:
    """A style's name as a user sees it, in small letters."""
    return name.replace("_20_", " ").lower()


@dataclass(slots=True)
class _Styles:
    """The styles of a document by name."""

    styles: dict[str, _Style] = field(default_factory=dict)

    def add(self, root: Any) -> None:
        """Add those that are defined below `root`."""
        for style in root.iter(f"{_STYLE}style"):
            words, shape = style.find(f"{_STYLE}text-properties"), style.find(f"{_STYLE}paragraph-properties")
            weight = words.get(f"{_FO}font-weight") if words is not None else None
            slant = words.get(f"{_FO}font-style") if words is not None else None
            length = _LENGTH.fullmatch(shape.get(f"{_FO}margin-left") or "") if shape is not None else None
            name = style.get(f"{_STYLE}name") or ""
            self.styles[name] = _Style(
                style.get(f"{_STYLE}parent-style-name") or "",
                _shown(style.get(f"{_STYLE}display-name") or name),
                None if weight is None else weight in ("bold", "600", "700", "800", "900"),
                None if slant is None else slant in ("italic", "oblique"),
                None if length is None else float(length[1]) * _POINTS[length[2]],
                words is not None and words.get(f"{_TEXT}display") == "none",
            )

    def line(self, name: str) -> list[_Style]:
        """A style and those that it is based on, the nearest first."""
        found: list[_Style] = []
        while name in self.styles and len(found) < 20:
            found.append(self.styles[name])
            name = found[-1].parent
        return found

    def names(self, name: str) -> list[str]:
        """The names of a style and of those it is based on, as a user sees them; also where it is not defined."""
        line = self.line(name)
        return [*(style.shown for style in line), _shown(line[-1].parent if line else name)]

    def indent(self, name: str) -> float:
        """By how many points a paragraph of the style is set in."""
        return next((style.indent for style in self.line(name) if style.indent is not None), 0.0)


def read(data: bytes, name: str, options: Options) -> Iterator[Document | Failure]:
    """One document. Raises `ReadError` for a broken or encrypted package, or one that unpacks past the limits."""
    with opened_archive(io.BytesIO(data), name, options.limits) as package:
        check_archive(package, len(data), name, options.limits)
        if b"encryption-data" in (part_of(package, "META-INF/manifest.xml", name) or b""):
            raise ReadError(f"{name}: is encrypted; save it without a password first")
        content = _root(package, "content.xml", name)
        if content is None or (body := content.find(f"{_OFFICE}body/{_OFFICE}text")) is None:
            what = "is a ZIP file but no text of OpenDocument"
            raise ReadError(f"{name}: {what}; open it in a word processor and save it as .odt or .docx")
        styles = _Styles()
        for root in (_root(package, "styles.xml", name), content):
            if root is not None:
                styles.add(root)
        said = _said(_root(package, "meta.xml", name))
    pieces, hidden = _pieces(body, styles)
    text, blocks, source_map = assemble(pieces, Unit.PARAGRAPH)
    if not text:
        raise ReadError(f"{name}: is empty: there is no text in it")
    metadata, notes = metadata_of(said)
    if hidden:
        notes = (*notes, f"{hidden} characters of hidden text were left out")
    yield from articles(Document(text, blocks, source_map, "odt", data, metadata, notes=notes), options)


def is_odt(head: bytes) -> bool:
    """Whether a file that begins with these bytes surely is an ODT."""
    return head.startswith(b"PK\x03\x04") and b"mimetypeapplication/vnd.oasis.opendocument.text" in head[:256]


def _root(package: zipfile.ZipFile, part: str, name: str) -> Any:
    data = part_of(package, part, name)
    return None if data is None else root_of(data, f"{name}: its part {part}")


def _said(meta: Any) -> dict[str, str]:
    """Title and author. When a file was made or changed is not when its text was published."""
    if meta is None:
        return {}

    def words(tag: str) -> str:
        found = next(meta.iter(tag), None)
        return "" if found is None else " ".join("".join(found.itertext()).split())[:500]

    title = words(f"{_DC}title")
    author = words(f"{_META}initial-creator") or words(f"{_DC}creator")
    unknown = author.lower() in ("unknown", "user")
    return {"title": "" if _GENERATED.fullmatch(title) else title, "author": "" if unknown else author}


def _pieces(body: Any, styles: _Styles) -> tuple[list[Piece], int]:
    """The paragraphs as pieces, and how many characters of them are hidden."""
    found = [(one, _words(one.element, styles)) for one in _paragraphs(body)]
    sizes: Counter[float] = Counter()
    for one, words in found:
        sizes[styles.indent(one.style)] += len(words.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    pieces: list[Piece] = []
    for number, (one, words) in enumerate(found, 1):
        kind, level, quotes = _kind(one, styles)
        set_in = kind is BlockKind.PARAGRAPH and styles.indent(one.style) >= usual + _SET_IN
        strong = words.strong if words.text.strip() else False
        depth = int(quotes or set_in)
        cell = one.cell if kind in (BlockKind.CELL, BlockKind.HEADING) else None
        pieces.append(Piece(words.text, (Segment(0, number, 0),), kind, level, depth, strong, cell))
    return pieces, sum(words.hidden for _, words in found)


@dataclass(frozen=True, slots=True)
class _Found:
    """A paragraph, the name of its style, the numbers of the cell it is in, and whether it is in a list."""

    element: Any
    style: str
    cell: tuple[int, int, int] | None
    item: bool


def _paragraphs(body: Any) -> Iterator[_Found]:
    """The paragraphs in order; a text box's follow its anchor's, those of notes come last.

    Walked with a stack of its own, so that no nesting is too deep for it.
    """
    stack: list[tuple[Any, tuple[int, int, int] | None, bool]] = [(child, None, False) for child in reversed(body)]
    notes: list[Any] = []
    tables = 0
    while stack:
        element, cell, item = stack.pop()
        if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
            continue
        if element.tag == f"{_TEXT}note":
            notes += element.findall(f"{_TEXT}note-body")
            continue
        if element.tag in _PARAGRAPHS:
            yield _Found(element, element.get(f"{_TEXT}style-name") or "", cell, item)
        if element.tag == f"{_TABLE}table":
            stack += reversed([(one, (tables, row, column), False) for one, row, column in _cells(element)])
            tables += 1
        else:
            # The heading of a list says what the list is of.
            inside = (item or element.tag == f"{_TEXT}list-item") and element.tag != f"{_TEXT}list-header"
            stack += [(child, cell, inside) for child in reversed(element)]
        if not stack and notes:
            stack = [(note, None, False) for note in reversed(notes)]
            notes = []


def _cells(table: Any) -> Iterator[tuple[Any, int, int]]:
    """The cells of a table with the numbers of their row and column, those of tables in it left aside."""
    stack, row = list(reversed(table)), -1
    while stack:
        element = stack.pop()
        if element.tag != f"{_TABLE}table-row":
            groups = ("table-header-rows", "table-rows", "table-row-group")
            stack += reversed(element) if element.tag in [f"{_TABLE}{tag}" for tag in groups] else ()
            continue
        row, column = row + 1, 0
        for cell in element:
            if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                yield cell, row, column
                repeated = cell.get(f"{_TABLE}number-columns-repeated") or "1"
                column += int(repeated) if repeated.isdecimal() and len(repeated) < 6 else 1


@dataclass(slots=True)
class _Words:
    """The text of a paragraph; whether all of it is in bold letters, or in italic ones; characters that are hidden."""

    text: str = ""
    bold: bool = True
    italic: bool = True
    hidden: int = 0

    @property
    def strong(self) -> bool:
        """Whether all of it stands out."""
        return self.bold or self.italic


def _words(paragraph: Any, styles: _Styles) -> _Words:
    """The words of a paragraph without those of notes, comments, text boxes and tracked deletions in it."""
    found = _Words()
    parts: list[str] = []

    def add(words: str, shown: tuple[bool, bool, bool]) -> None:
        words = _SPACE.sub(" ", words)
        if parts and parts[-1][-1:].isspace() and words.startswith(" "):
            words = words[1:]
        if not words:
            return
        if shown[2]:
            found.hidden += len(words)
            return
        parts.append(words)
        if not words.isspace():
            found.bold, found.italic = found.bold and shown[0], found.italic and shown[1]

    looks = _look(paragraph, (False, False, False), styles)
    stack: list[tuple[Any, str, tuple[bool, bool, bool]]] = [(paragraph, "", looks)]
    while stack:
        element, tail, look = stack.pop()
        if element is None:
            add(tail, look)
            continue
        add(element.text or "", look)
        for child in reversed(element):
            stack.append((None, child.tail or "", look))
            tag = child.tag
            if not isinstance(tag, str) or tag in _LEFT_OUT or tag == f"{_TEXT}note" or tag.startswith(_DRAW):
                continue
            stack.append((child, "", _look(child, look, styles)))
        if element.tag in _MARKS:
            parts.append(_MARKS[element.tag])
        elif element.tag == f"{_TEXT}s":
            count = element.get(f"{_TEXT}c") or "1"
            parts.append(" " * min(int(count) if count.isdecimal() and len(count) < 9 else 1, _MOST_SPACES))
    found.text = "".join(parts).replace("\u00ad", "")
    return found


def _look(element: Any, outer: tuple[bool, bool, bool], styles: _Styles) -> tuple[bool, bool, bool]:
    """Whether an element's words are bold, italic, hidden, where those around it are as `outer` says."""
    name = element.get(f"{_TEXT}style-name")
    if not name:
        return outer
    line = styles.line(name)
    bold = next((style.bold for style in line if style.bold is not None), outer[0])
    italic = next((style.italic for style in line if style.italic is not None), outer[1])
    return bold, italic, outer[2] or any(style.hidden for style in line)


def _kind(one: _Found, styles: _Styles) -> tuple[BlockKind, int, bool]:
    """The kind of a paragraph's block, its level, and whether its style is one of quotations."""
    names = styles.names(one.style)
    if one.element.tag == f"{_TEXT}h":
        level = one.element.get(f"{_TEXT}outline-level") or "1"
        return BlockKind.HEADING, int(level) if level in "123456789" else 1, False
    if "title" in names:
        return BlockKind.HEADING, 1, False
    if "subtitle" in names:
        return BlockKind.HEADING, 2, False
    if one.cell is not None:
        return BlockKind.CELL, 0, False
    if "caption" in names:
        return BlockKind.CAPTION, 0, False
    quotes = any("quot" in name or name == "block text" for name in names)
    return (BlockKind.ITEM if one.item and not quotes else BlockKind.PARAGRAPH), 0, quotes
