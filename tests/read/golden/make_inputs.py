"""Makes the binary inputs of the golden files again: `python tests/read/golden/make_inputs.py` (needs reportlab).

With LibreOffice and Chromium installed, also makes PDFs of the DOCX and the HTML input in the folder that is named as
the first argument, to be looked at by hand; they are not kept, since other versions write other bytes.
"""

from __future__ import annotations

import gzip
import io
import shutil
import subprocess
import sys
import warnings
import zipfile
from email.mime.image import MIMEImage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

INPUTS = Path(__file__).parent / "inputs"

LEFT = [
    "  The Ministry of Information of Ardania",
    "said on Tuesday that the bridge over the",
    "Sarn had been opened to traffic. The mi-",
    "nister, Mara Denk, told reporters that the",
    "work had been finished early.",
    "  Officials in Velmark disputed the ac-",
    "count. A spokesman said that self-",
    "declared inspectors had not been let in,",
    "and that the well-known eastern pier was",
    "still closed. The pier, he added, is well-",
    "known to the engineers of both states.",
]
RIGHT = [
    "  “We have seen no proof,” he said. “The",
    "river commission has asked for it twice.”",
    "  The commission, which has members",
    "from both states, meets in May. Its chair",
    "declined to comment on the dis-",
]
SECOND = [
    "puted report. A third meeting is expected",
    "to be held in Ardan City.",
    "  Traders on both banks said that they",
    "would wait before they changed the roads",
    "that their lorries take.",
]


def columns_pdf() -> bytes:
    """Two pages: a title over two columns, words parted at line and page ends, running heads and page numbers."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    canvas.setTitle("Bridge over the Sarn opened")
    canvas.setAuthor("Ardan Gazette desk")
    for page, columns in enumerate(((LEFT, RIGHT), (SECOND, ())), 1):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 805, f"ARDAN GAZETTE   No. {page + 40}")
        canvas.drawCentredString(297, 30, str(page))
        if page == 1:
            canvas.setFont("Helvetica-Bold", 18)
            canvas.drawString(60, 760, "Bridge over the Sarn opened, ministry says")
        canvas.setFont("Times-Roman", 11)
        # Row by row across the columns, as some programs write: the reader must not read it so.
        for row in range(max(map(len, columns))):
            for x, lines in zip((60, 310), columns, strict=True):
                if row < len(lines):
                    indent = 12 if lines[row].startswith("  ") else 0
                    canvas.drawString(x + indent, 725 - 14 * row, lines[row].strip())
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def picture_pdf() -> bytes:
    """A page with a picture and no text, as a scanner makes it."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    canvas.drawImage(ImageReader(Image.new("RGB", (40, 60), "gray")), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def encrypted_pdf() -> bytes:
    """A page of text behind a password."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, encrypt=StandardEncryption("secret", strength=40), invariant=True)
    canvas.drawString(60, 700, "The minister denied it.")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _tracked(paragraph: Any) -> None:
    for xml in (
        '<w:r {}><w:t xml:space="preserve">The council </w:t></w:r>',
        "<w:del {} w:id='1'><w:r><w:delText>rejected</w:delText></w:r></w:del>",
        "<w:ins {} w:id='2'><w:r><w:t>accepted</w:t></w:r></w:ins>",
        '<w:r {}><w:t xml:space="preserve"> the plan.</w:t><w:br/><w:t>It named no date.</w:t></w:r>',
    ):
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))


def statement_docx() -> bytes:
    """Headings, a tracked change, a list, a table with a table's text, a caption, and a title in the properties."""
    document = docx.Document()
    document.core_properties.title = "Statement on the river"
    document.core_properties.author = "Mara Denk"
    document.add_heading("Statement on the river", 0)
    document.add_heading("What was agreed", 1)
    document.add_paragraph("Minister Mara Denk said that Ardania “will keep to every word” of the accord.")
    document.add_paragraph("")
    _tracked(document.add_paragraph())
    document.add_paragraph("Velmark opens two locks.", style="List Bullet")
    document.add_paragraph("Ardania pays half the cost.", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("State", "Share"), ("Velmark", "50 per cent")), strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    document.add_paragraph("Table 1. Shares of the cost", style="Caption")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def mixed_zip() -> bytes:
    """Files of several formats, an archive in the archive, a name twice, a picture, and a page that is broken."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.txt"), "Mara Denk said no.\n")
        archive.writestr(
            zipfile.ZipInfo("posts.jsonl"), '{"text": "One."}\nnope\n{"text": "Two.", "date": "2031-04-02"}\n'
        )
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")  # that a name is there twice
        for name, data in (
            ("statements/", b""),
            ("statements/first.txt", "Velmark denied it, “twice”.\n".encode("cp1252")),
            ("statements/first.txt", b"Ardania denied it too.\n"),
            ("../outside.md", b"# Denk\n\nShe said yes.\n"),
            ("inner.zip", inner.getvalue()),
            ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            ("broken.pdf", b"%PDF-1.4 broken"),
            ("__MACOSX/._first.txt", b"a\0b"),
        ):
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def mail_eml() -> bytes:
    """A message in plain text and HTML, with two attachments, a picture, and a message that is forwarded."""
    first = MIMEMultipart("mixed", boundary="outer")
    first["From"] = "=?iso-8859-1?q?Zo=E9_M=E1rkes?= <markes@sarn-review.invalid>"
    first["To"] = "desk@velmark-courier.invalid"
    first["Date"] = "Wed, 02 Apr 2031 23:30:00 +0300"
    first["Subject"] = "=?utf-8?q?The_bridge_=E2=80=93_a_statement?="
    forms = MIMEMultipart("alternative", boundary="inner")
    forms.attach(MIMEText("Zoé Márkes said: the bridge is open.\n", "plain", "iso-8859-1"))
    forms.attach(MIMEText("<p>Zoé Márkes said: the <b>bridge</b> is open.", "html", "utf-8"))
    first.attach(forms)
    for name, kind, text in (
        ("notes.md", "markdown", "# Notes\n\nShe said it twice.\n"),
        ("a\u202eb.txt", "plain", "No.\n"),
    ):
        part = MIMEText(text, kind, "utf-8")
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
        first.attach(part)
    first.attach(MIMEImage(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "png"))
    second = MIMEText("The Ministry denied it.\n")
    second["From"], second["Date"], second["Subject"] = "press@ministry.invalid", "soon", "Denial"
    first.attach(MIMEMessage(second))
    return first.as_bytes()


def crawl_warc() -> bytes:
    """A request, a page, a packed page in chunks, a picture, a page that was not found, and a text by itself."""
    page = "<html><head><title>{0}</title></head><body><p>{0}, Mara Denk said.</body></html>"
    packed = gzip.compress(page.format("It is shut").encode(), mtime=0)
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (packed[:20], packed[20:], b""))
    html = "Content-Type: text/html; charset={}\r\n"
    return b"".join(
        (
            _record("warcinfo", "", b"software: none\r\n", "application/warc-fields"),
            _record("request", "http://lantern.invalid/a", b"GET /a HTTP/1.1\r\n\r\n", _HTTP.format("request")),
            _response("a", "200 OK", html.format("windows-1250"), page.format("Ő").encode("cp1250")),
            _response(
                "b",
                "200 OK",
                html.format("utf-8") + "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
                chunked,
            ),
            _response("c", "200 OK", "Content-Type: image/png\r\n", b"\x89PNG"),
            _response("d", "404 Not Found", html.format("utf-8"), page.format("Nothing here").encode()),
            _record("conversion", "http://lantern.invalid/e", b"She said no.", "text/plain"),
        )
    )


_HTTP = "application/http; msgtype={}"


def _response(path: str, status: str, headers: str, body: bytes) -> bytes:
    content = f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body
    return _record("response", f"http://lantern.invalid/{path}", content, _HTTP.format("response"))


def _record(kind: str, url: str, content: bytes, content_type: str) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
    head += f"WARC-Target-URI: {url}\r\n" if url else ""
    head += f"WARC-Date: 2031-04-05T00:00:00Z\r\nContent-Type: {content_type}\r\nContent-Length: {len(content)}\r\n"
    return f"{head}\r\n".encode() + content + b"\r\n\r\n"


def main() -> None:
    for name, make in (
        ("columns.pdf", columns_pdf),
        ("picture.pdf", picture_pdf),
        ("encrypted.pdf", encrypted_pdf),
        ("statement.docx", statement_docx),
        ("mixed.zip", mixed_zip),
        ("mail.eml", mail_eml),
        ("crawl.warc", crawl_warc),
        ("crawl.warc.gz", lambda: gzip.compress(crawl_warc(), mtime=0)),
        ("posts.jsonl.gz", lambda: gzip.compress((INPUTS / "rows.jsonl").read_bytes(), mtime=0)),
    ):
        (INPUTS / name).write_bytes(make())
    if len(sys.argv) > 1:
        out = Path(sys.argv[1])
        out.mkdir(parents=True, exist_ok=True)
        if shutil.which("soffice"):
            command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(out)]
            subprocess.run([*command, str(INPUTS / "statement.docx")], check=True, timeout=120)
        if shutil.which("chromium"):
            page, printed = INPUTS / "article.html", out / "article.pdf"
            command = ["chromium", "--headless", "--no-sandbox", f"--print-to-pdf={printed}"]
            subprocess.run([*command, page.as_uri()], check=True, timeout=120)


if __name__ == "__main__":
    main()
