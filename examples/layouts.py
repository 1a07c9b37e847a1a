"""Bytes of the example documents that have a layout: HTML, DOCX, PDF; the same page always gives the same bytes."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import docx
from reportlab.lib.pagesizes import A5
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

_ZIP_DATE = (2031, 3, 1, 0, 0, 0)
_MARGIN = 72
_SIZES = {0: 9.5, 1: 13.0, 2: 10.5}


@dataclass(frozen=True, slots=True)
class Page:
    """The header of a marked source, and its plain blocks with the depth of a heading (0: a paragraph)."""

    header: dict[str, str]
    blocks: tuple[tuple[int, str], ...]


def html_bytes(page: Page) -> bytes:
    """A news page with what surrounds a story on a real one: navigation, a cookie bar, a script, a footer."""
    head = {key: html.escape(value) for key, value in page.header.items()}
    outlet = head["outlet"]
    author = f'\n<meta name="author" content="{head["author"]}">' if "author" in head else ""
    story = "\n".join(
        f"<h{depth}>{html.escape(text, quote=False)}</h{depth}>"
        if depth
        else f"<p>{html.escape(text, quote=False)}</p>"
        for depth, text in page.blocks
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{head["title"]} | {outlet}</title>{author}
<meta property="og:site_name" content="{outlet}">
<meta property="og:title" content="{head["title"]}">
<meta property="og:type" content="article">
<meta property="og:url" content="{head["url"]}">
<meta property="article:published_time" content="{head["published"]}">
<link rel="canonical" href="{head["url"]}">
<style>.story {{ max-width: 40em }}</style>
<script>window.visits = (window.visits || 0) + 1; document.title += "";</script>
</head>
<body>
<div id="cookie-bar" role="dialog" aria-label="Cookies"><p>We use cookies. <button>Accept</button></p></div>
<header><nav><ul>
<li><a href="/">Home</a></li><li><a href="/valley">The valley</a></li><li><a href="/sport">Sport</a></li>
</ul></nav></header>
<main>
<article class="story">
{story}
</article>
</main>
<footer><p>© 2031 {outlet}</p><ul><li><a href="/imprint">Imprint</a></li><li><a href="/rss">Feed</a></li></ul></footer>
<script src="/static/counter.js"></script>
</body>
</html>
""".encode()


def docx_bytes(page: Page) -> bytes:
    """A Word document; the dates inside it and in its package are fixed."""
    made = docx.Document()
    date = datetime.fromisoformat(page.header["published"])
    properties = made.core_properties
    properties.title = page.header["title"]
    properties.author = properties.last_modified_by = page.header["author"]
    properties.created = properties.modified = date
    properties.comments = ""
    for depth, text in page.blocks:
        if depth:
            made.add_heading(text, level=depth)
        else:
            made.add_paragraph(text)
    stream = io.BytesIO()
    made.save(stream)
    return _fixed_dates(stream.getvalue())


def _fixed_dates(package: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            new.writestr(entry, old.read(name))
    return stream.getvalue()


def pdf_bytes(page: Page) -> bytes:
    """A PDF of small pages with a running head, page numbers, and words divided at the ends of lines."""
    stream = io.BytesIO()
    width, height = A5
    canvas = Canvas(stream, pagesize=A5, invariant=True)
    canvas.setTitle(page.header["title"])
    canvas.setAuthor(page.header["author"])
    number = 1
    top = height - _MARGIN - 30
    y = top
    _furniture(canvas, page.header.get("running", ""), number)
    for depth, text in page.blocks:
        size = _SIZES[depth]
        font = "Helvetica-Bold" if depth else "Times-Roman"
        lines = list(_lines(text, font, size, width - 2 * _MARGIN, divide=not depth))
        if y - len(lines) * size * 1.25 < _MARGIN + 10:
            canvas.showPage()
            number += 1
            y = top
            _furniture(canvas, page.header.get("running", ""), number)
        canvas.setFont(font, size)
        for line in lines:
            canvas.drawString(_MARGIN, y, line)
            y -= size * 1.25
        y -= 9
    canvas.showPage()
    canvas.save()
    if number != int(page.header["pages"]):
        raise ValueError(f"{page.header['stem']}: {number} pages, not {page.header['pages']}")
    return stream.getvalue()


def _furniture(canvas: Canvas, running: str, number: int) -> None:
    width, height = A5
    canvas.setFont("Helvetica", 7.5)
    canvas.drawString(_MARGIN, height - 35, running)
    canvas.drawCentredString(width / 2, 30, str(number))


def _lines(text: str, font: str, size: float, width: float, *, divide: bool) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".lstrip()
        if stringWidth(longer, font, size) <= width:
            line = longer
            continue
        cut = _division(line, word, font, size, width) if divide else 0
        if cut:
            yield f"{line} {word[:cut]}-"
            line = word[cut:]
        else:
            yield line
            line = word
    yield line


def _division(line: str, word: str, font: str, size: float, width: float) -> int:
    """Where to divide a long word in lower case: before a consonant that a vowel follows; 0 for not at all."""
    if len(word) < 8 or not word.isalpha() or not word.islower():
        return 0
    for cut in range(len(word) - 3, 2, -1):
        syllable = word[cut] not in "aeiouy" and word[cut + 1] in "aeiou" and any(c in "aeiou" for c in word[:cut])
        if syllable and stringWidth(f"{line} {word[:cut]}-", font, size) <= width:
            return cut
    return 0
