from __future__ import annotations

import pytest

from purport.errors import ReadError
from purport.model.document import Document
from purport.read.files import read_bytes
from purport.read.formats import reader_for
from purport.read.limits import Limits
from purport.read.options import Failure, Options
from tests.outcome import zipped
from tests.read.checks import check

CONTAINER = b"""<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package version="3.0" unique-identifier="id" xmlns="http://www.idpf.org/2007/opf">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:title>The Sarn Papers</dc:title><dc:creator opf:role="aut">Ilse Marn</dc:creator>
<dc:creator>Jora Fenn</dc:creator><dc:publisher>Sarn Review</dc:publisher><dc:date>2031-04-02</dc:date>
<dc:language>en-GB</dc:language></metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="cover" href="Text/cover.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="Text/chapter%202.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="Text/chapter1.xhtml" media-type="application/xhtml+xml"/>
<item id="lost" href="Text/lost.xhtml" media-type="application/xhtml+xml"/>
<item id="css" href="Styles/a.css" media-type="text/css"/>
</manifest>
<spine toc="ncx"><itemref idref="cover"/><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/>EXTRA</spine>
</package>"""


def page(words: str, title: str = "<title/>") -> bytes:
    head = f"<head>{title}<style>p {{ color: red }}</style></head>"
    html = f'<html xmlns="http://www.w3.org/1999/xhtml">{head}<body>{words}</body></html>'
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{html}'.encode()


def book(changed: dict[str, bytes] | None = None, extra: str = "") -> bytes:
    parts = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/content.opf": PACKAGE.replace("EXTRA", extra).encode(),
        "OEBPS/nav.xhtml": page("<nav><ol><li>One</li></ol></nav>"),
        "OEBPS/Text/cover.xhtml": page("<div><img src='a.png' alt='A cover'/></div>", "<title>Cover</title>"),
        "OEBPS/Text/chapter1.xhtml": page("<h1>One</h1><p>Mara Denk<a id='p1'/> denied it.</p>"),
        "OEBPS/Text/chapter 2.xhtml": page("<h1>Two</h1><p>Hollan Reth said “no”.</p>"),
    }
    return zipped(parts | (changed or {}))


def test_chapters_in_the_order_of_the_book() -> None:
    found = list(read_bytes(book(), "a.epub"))
    assert [one.part for one in found] == ["OEBPS/Text/chapter1.xhtml", "OEBPS/Text/chapter 2.xhtml"]
    for one in found:
        assert isinstance(one, Document)
        check(one)
        metadata = one.metadata
        assert (metadata.title, metadata.author, metadata.outlet) == (
            "The Sarn Papers",
            "Ilse Marn, Jora Fenn",
            "Sarn Review",
        )
        assert (metadata.published, metadata.language) == ("2031-04-02", "en")
    assert [one.text for one in found if isinstance(one, Document)] == [
        "One\n\nMara Denk denied it.",
        "Two\n\nHollan Reth said “no”.",
    ]


def test_in_an_archive_and_without_a_suffix() -> None:
    assert reader_for("a", zipped({"mimetype": b"application/epub+zip"}, 0)).name == "epub"
    found = list(read_bytes(zipped({"b/a.epub": book()}), "a.zip"))
    assert found[0].part == "b/a.epub, OEBPS/Text/chapter1.xhtml"


def test_chapters_that_cannot_be_read_are_listed() -> None:
    found = list(read_bytes(book(extra='<itemref idref="lost"/><itemref idref="one"/>'), "a.epub"))
    assert [isinstance(one, Failure) for one in found] == [False, False, True]
    locked = b'<encryption><e:CipherReference xmlns:e="x" URI="OEBPS/Text/chapter1.xhtml"/></encryption>'
    found = list(read_bytes(book({"META-INF/encryption.xml": locked}), "a.epub"))
    assert [isinstance(one, Failure) for one in found] == [True, False]
    assert "encrypted" in str(found[0])


@pytest.mark.parametrize(
    "data, says",
    [
        (zipped({"a.txt": b"Denk said no."}), "no EPUB"),
        (b"Denk said no.", "no valid ZIP"),
        (book()[:400], "no valid ZIP"),
        (book({"OEBPS/content.opf": b"<package>"}), "no valid XML"),
        (book({"META-INF/container.xml": b"<container/>"}), "no valid EPUB"),
        (book({"META-INF/container.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><container/>'}), "declares entities"),
        (book({"OEBPS/content.opf": b"<package/>"}), "nothing that can be read"),
        (book({"OEBPS/Text/chapter1.xhtml": b" " * 60_000_000}), "unpacks to"),
    ],
)
def test_what_cannot_be_read(data: bytes, says: str) -> None:
    with pytest.raises(ReadError, match=f"^a.epub: .*{says}") as raised:
        list(read_bytes(data, "a.epub"))
    assert "\n" not in str(raised.value)


def test_a_path_out_of_the_book_leads_nowhere() -> None:
    package = PACKAGE.replace("EXTRA", "").replace("Text/chapter1.xhtml", "../../../../etc/passwd")
    found = list(read_bytes(book({"OEBPS/content.opf": package.encode()}), "a.epub"))
    assert [isinstance(one, Failure) for one in found] == [True, False]


def test_limits() -> None:
    with pytest.raises(ReadError, match="whole="):
        list(read_bytes(book(), "a.epub", Options(limits=Limits(whole=1000))))
