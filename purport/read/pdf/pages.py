"""PDF, through pdfium: the text layer in reading order. A place is the page and pdfium's index of the character.

Running heads, running feet and page numbers are left out; words that were parted at line ends are joined.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

from purport.errors import ReadError
from purport.model.document import Document, Unit
from purport.read.assemble import assemble
from purport.read.fields import metadata_of, whole
from purport.read.options import Failure, Options
from purport.read.pdf.lines import Glyph, Line, lines_of, without_running
from purport.read.pdf.margins import columns_again, with_notes_apart
from purport.read.pdf.paragraphs import pieces_of
from purport.read.turns import with_labels

_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.I)
_GENERATED = re.compile(
    r"untitled|unknown|anonymous|none|microsoft \w+ - .*|powerpoint .*|print|[\w .-]*\.\w{2,5}|document\d*|[\W\d_]*",
    re.I,
)


def read(data: bytes, name: str, options: Options) -> Iterator[Document | Failure]:  # noqa: ARG001 - all readers' form
    """One document. Raises `ReadError` for a file that is encrypted, broken, or holds pictures of text only."""
    import pypdfium2 as pdfium  # it loads the library, 0.1 s

    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(f"{name}: is encrypted; save it without a password first") from None
        raise ReadError(f"{name}: is no valid PDF ({error}); open it in a viewer and save it anew") from None
    notes: list[str] = []
    try:
        pages, pictures = _pages(pdf, notes)
        said = _info(pdf)
    finally:
        pdf.close()
    if pictures and not any(pages):
        raise ReadError(f"{name}: no text layer: its pages are pictures; run OCR first, e.g. ocrmypdf")
    notes += [f"page {number}: no text layer, only a picture; it was left out" for number in pictures]
    text, blocks, source_map = assemble(
        pieces_of(list(columns_again(with_notes_apart(without_running(pages))))), Unit.PAGE
    )
    metadata, remarks = metadata_of(said)
    yield Document(text, with_labels(text, blocks), source_map, "pdf", data, metadata, notes=(*notes, *remarks))


def _pages(pdf: Any, notes: list[str]) -> tuple[list[list[Line]], list[int]]:
    """The lines of each page, and the numbers of the pages that hold pictures but no text."""
    pages: list[list[Line]] = []
    pictures: list[int] = []
    for number in range(1, len(pdf) + 1):
        glyphs: list[Glyph] = []
        height = 0.0
        try:
            page = pdf[number - 1]
            try:
                height = page.get_height()
                glyphs = _glyphs(page)
                if not glyphs and _has_picture(page):
                    pictures.append(number)
            finally:
                page.close()
        # One page may be broken in ways of its own (its stream, its fonts); the others are still good.
        except Exception as error:
            notes.append(f"page {number}: could not be read ({error}); it was left out")
        pages.append(lines_of(glyphs, number, height))
    return pages, pictures


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as raw

    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None


def _glyphs(page: Any) -> list[Glyph]:
    """The characters of a page in pdfium's order, with pdfium's own spaces, without its line ends."""
    import pypdfium2.raw as raw

    textpage = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(textpage)
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        x, y = ctypes.c_double(), ctypes.c_double()
        bold: dict[str, bool] = {}
        found: list[Glyph] = []
        for index in range(count):
            char = _character(raw, textpage, index, found)
            if not char:
                continue
            made = bool(raw.FPDFText_IsGenerated(textpage, index) == 1)
            if char == " " and (made or not found):
                if found:
                    found.append(Glyph(" ", index, found[-1].right, found[-1].right, found[-1].y, 0.0, False))
                continue
            raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
            raw.FPDFText_GetCharOrigin(textpage, index, x, y)
            matrix = raw.FS_MATRIX()
            raw.FPDFText_GetMatrix(textpage, index, matrix)
            size = raw.FPDFText_GetFontSize(textpage, index) * ((matrix.c**2 + matrix.d**2) ** 0.5 or 1.0)
            heavy = _heavy(raw, textpage, index, bold)
            found.append(Glyph(char, index, left.value, right.value, y.value, size, heavy))
        return found
    finally:
        textpage.close()


def _character(raw: Any, textpage: Any, index: int, found: list[Glyph]) -> str:
    """The character at `index`: "" for what is no text, U+00AD for a hyphen that pdfium marks."""
    code = int(raw.FPDFText_GetUnicode(textpage, index))
    if code in (0x02, 0xFFFE) or (code == 0xAD):
        return "\u00ad"
    if code in (0x20, 0xA0, 0x09):
        return " " if code != 0xA0 else "\u00a0"
    if code < 0x20 or code in (0x7F, 0xFEFF, 0x200B, 0xFFFF) or code > 0x10FFFF:
        return ""
    if 0xDC00 <= code <= 0xDFFF and found and "\ud800" <= found[-1].char <= "\udbff":
        high = found.pop()
        joined = chr(0x10000 + ((ord(high.char) - 0xD800) << 10) + (code - 0xDC00))
        found.append(Glyph(joined, high.index, high.left, high.right, high.y, high.size, high.bold))
        return ""
    return chr(code)


def _heavy(raw: Any, textpage: Any, index: int, known: dict[str, bool]) -> bool:
    """Whether the character is set in bold type, by the weight or the name of its font."""
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(128)
    length = raw.FPDFText_GetFontInfo(textpage, index, buffer, 128, flags)
    font = buffer.raw[: max(0, min(length, 128) - 1)].decode("utf-8", "replace")
    if font not in known:
        known[font] = bool(_BOLD.search(font))
    return known[font] or bool(raw.FPDFText_GetFontWeight(textpage, index) >= 600 and not font)


def _info(pdf: Any) -> dict[str, str]:
    """Title and author as the file states them, unless a program made them up. Its dates are not of publication."""
    stated = {key: whole(str(pdf.get_metadata_value(key) or "")).strip() for key in ("Title", "Author")}
    return {key.lower(): value for key, value in stated.items() if not _GENERATED.fullmatch(value)}
