from __future__ import annotations

from pathlib import Path

import pytest

from purport.errors import ReadError
from purport.model.document import Document
from purport.read.files import read_bytes
from purport.read.formats import reader_for
from purport.read.options import Options
from tests.outcome import zipped
from tests.read.checks import check

INPUTS = Path(__file__).parent / "golden" / "inputs"
RDF = """<?xml version="1.0" encoding="ISO-8859-1"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://a.example"><title>Sarn Review</title></channel>
<item rdf:about="https://a.example/1"><title>The bridge</title><link>https://a.example/1</link>
<description>Mara Denk said “no”&nbsp;&mdash; café.</description><dc:date>2031-04-02</dc:date></item>
</rdf:RDF>"""


def documents(data: bytes | str, name: str = "a.xml", options: Options = Options()) -> list[Document]:
    found = list(read_bytes(data if isinstance(data, bytes) else data.encode(), name, options))
    for document in found:
        assert isinstance(document, Document), str(document)
        check(document)
    return [document for document in found if isinstance(document, Document)]


def rss(item: str, before: str = "") -> list[Document]:
    return documents(f"{before}<rss><channel><title>Sarn Review</title><item>{item}</item></channel></rss>")


def test_rdf_in_an_encoding_of_its_own() -> None:
    (found,) = documents(RDF.replace("“no”", '"no"').encode("latin-1"))
    assert found.text == 'The bridge\n\nMara Denk said "no"\u00a0— café.'
    assert (found.metadata.outlet, found.metadata.published) == ("Sarn Review", "2031-04-02")
    assert (found.metadata.url, found.part) == ("https://a.example/1", "item 1")


def test_the_fullest_text_is_taken() -> None:
    (found,) = rss(
        "<title>A</title><description>Mara Denk said no. She said it twice.</description><summary>No</summary>"
    )
    assert found.text == "A\n\nMara Denk said no. She said it twice."


def test_html_that_is_not_escaped() -> None:
    (found,) = rss("<description>Denk <b>denied</b> it.<p>Reth did not.</p></description>")
    assert found.text == "Denk denied it.\n\nReth did not."


def test_signs_that_are_no_html() -> None:
    (found,) = rss("<description>Denk said that 3 &lt; 4, and R &amp; D stays.</description>")
    assert found.text == "Denk said that 3 < 4, and R & D stays."


def test_a_page_behind_the_suffix_xml() -> None:
    head = b'<?xml version="1.0"?><!DOCTYPE html><html><body><p>Denk said no.</p></body></html>'
    assert reader_for("a.xml", head).name == "html"
    assert reader_for("a", b"<?xml version='1.0'?>\n<!-- x --><rss version='2.0'>").name == "feed"


@pytest.mark.parametrize(
    "data, says",
    [
        ("<map><a/></map>", "another kind than a feed"),
        ("Mara Denk said no.", "no valid XML"),
        ("<rss><channel><title>A</title></channel></rss>", "nothing that can be read"),
        ("<rss/>", "nothing that can be read"),
        (
            '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><item>&b;</item></channel></rss>',
            "declares entities",
        ),
        ("<rss>" * 100_000, "."),
        ("<" * 100_000, "."),
    ],
)
def test_what_cannot_be_read(data: str, says: str) -> None:
    with pytest.raises(ReadError, match=f"^a.xml: .*{says}") as raised:
        list(read_bytes(data.encode(), "a.xml"))
    assert "\n" not in str(raised.value)


def test_nothing_elsewhere_is_looked_at(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret")
    dtd = f'<!DOCTYPE rss SYSTEM "{secret.as_uri()}">'
    (found,) = rss("<title>A bridge</title><description>Denk said &x; no.</description>", dtd)
    assert "secret" not in found.text


@pytest.mark.parametrize("size", [0.6, 0.9, 0.99])
def test_a_feed_that_is_cut_off(size: float) -> None:
    data = (INPUTS / "feed.rss").read_bytes()
    found = documents(data[: int(size * len(data))], "a.rss")
    assert found[0].metadata.author == "Ilse Marn"
    assert "no valid XML" in "".join(found[0].notes)


def test_an_item_with_a_title_alone() -> None:
    (found,) = rss("<title>Denk denies it</title>")
    assert found.text == "Denk denies it"


def test_many_items_and_deep_ones() -> None:
    item = "<item><description>Denk said no.</description></item>"
    assert len(documents(f"<rss><channel>{item * 500}</channel></rss>")) == 500
    deep = "<item><description>" + "<b>" * 5000 + "Denk said no.</description></item>"
    found = list(read_bytes(f"<rss><channel>{item}{deep}</channel></rss>".encode(), "a.rss"))
    assert isinstance(found[0], Document)
    assert len(found) < 3


def test_in_an_archive() -> None:
    found = documents(zipped({"f.rss": (INPUTS / "feed.rss").read_bytes()}), "a.zip")
    assert [one.part for one in found] == ["f.rss, item 1", "f.rss, item 2"]


def test_the_encoding_that_a_user_names() -> None:
    (found,) = documents(RDF.replace("“no”", "Őze").encode("cp1250"), options=Options(encoding="cp1250"))
    assert "Őze" in found.text
