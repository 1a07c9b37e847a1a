from __future__ import annotations

import pytest

from purport.model.document import Document
from purport.read.files import read_bytes
from tests.read.checks import check

LONG = "".join(
    f"<p>The ministry said on day {n} that nothing had changed since the day before, and it named no reason.</p>"
    for n in range(12)
)


def page(source: str, encoding: str = "utf-8") -> Document:
    (found,) = read_bytes(source.encode(encoding), "a.html")
    assert isinstance(found, Document)
    check(found)
    return found


def test_hidden_things_are_never_in_the_text() -> None:
    hidden = "<div hidden>HID</div><p style='color:red; display: none'>HID</p><!-- HID --><noscript></noscript>"
    found = page(f"<body><style>HID</style>{hidden}<script>HID</script>She said no.<script>HID</script> Twice.")
    assert found.text == "She said no. Twice."


def test_a_short_release_is_not_lost() -> None:
    assert page("<p>The ministry denies it.").text == "The ministry denies it."


def test_entities_emoji_and_right_to_left() -> None:
    text = page("<p>Denk &amp; Co &#128512; 😀 قالت مارا</p>").text
    assert text == "Denk & Co 😀 😀 قالت مارا"


@pytest.mark.parametrize(
    "encoding, declared", [("utf-8", "iso-8859-1"), ("cp1251", "windows-1251"), ("utf-16", "x"), ("cp1252", "none")]
)
def test_charsets(encoding: str, declared: str) -> None:
    words = "Денк сказала нет" if encoding == "cp1251" else "Denk said “no” – café"
    found = page(f'<meta charset="{declared}"><p>{words}</p>', encoding)
    assert found.text == words


def test_broken_and_deep_pages() -> None:
    assert page("<p><b>She <i>said</b> no.</i></div></p><table><tr>It").text.startswith("She said no.")
    assert "said no" in page("<div>" * 10_000 + "She said no." + "</div>" * 10_000).text


def test_the_lead_of_a_long_page_is_kept() -> None:
    found = page(f"<title>T | S</title><body><nav><a href='/'>Home</a></nav><main><h1>Title here</h1>{LONG}</main>")
    assert found.text.startswith("Title here\n\nThe ministry said on day 0")
    assert "day 11" in found.text
    assert "Home" not in found.text


def test_the_date_is_what_the_page_says() -> None:
    assert page(f"<article><time datetime='2031-04-02'>2 Apr</time>{LONG}</article>").metadata.published == "2031-04-02"
    undated = page(f"<p>Updated 3 May 2029.</p>{LONG}")
    assert undated.metadata.published is None
    bad = page(f"<meta name='date' content='03/04/2031'>{LONG}")
    assert bad.metadata.published is None
    assert "03/04/2031" in bad.notes[0]


KNOWN = (
    "Here is what we know:</p><ul><li>Three guns were heard at ten.</li><li>Denk blames Velmark.</li>"
    "<li>The Guard, which holds the ridge, blames nobody yet, and waits for the observers.</li></ul><p>"
    "More is not known at this hour, and nobody was at the bridge to see it."
)
POSTS = (
    ("14:32", "Foreign Minister Sel has just spoken to reporters. She says that Velmark denies any part."),
    ("13:50", KNOWN),
    ("13:10", "Our reporter writes from the bridge: people here say that they have seen nothing at all."),
    ("12:45", "Correction: an earlier version of this page said that the army had confirmed it. It has not."),
)


def test_lists_within_the_text_are_of_it() -> None:
    posts = "".join(f"<div><h2>{hour}</h2><p>{text}</p></div>" for hour, text in POSTS)
    menu = "<ul><li><a href='/a'>Home</a></li><li><a href='/b'>Sport</a></li></ul>"
    text = page(f"<html><body>{menu}{posts}<ul><li>All rights are with the paper</li></ul></body></html>").text
    order = [text.index(words) for words in ("we know", "Three guns", "Denk blames", "More is not known")]
    assert order == sorted(order)
    assert "Sport" not in text


@pytest.mark.parametrize(
    "mark",
    [
        '<sup><a href="#n1">1</a></sup>', '<sup class="reference"><a href="#cite-2">[2]</a></sup>',
        '<a href="#fn1" role="doc-noteref">1</a>', '<a class="footnote-ref" href="#fn1"><sup>1</sup></a>',
    ],
)  # fmt: skip
def test_numbers_of_notes_stick_to_no_word(mark: str) -> None:
    assert (
        page(f"<p>The ministry denied it in May.{mark} She left.</p>").text
        == "The ministry denied it in May. She left."
    )


@pytest.mark.parametrize(
    "kept", ["10<sup>6</sup> people left.", 'See <a href="#2">2</a> above.', "The 1<sup>st</sup> of May."]
)
def test_other_small_numbers_stay(kept: str) -> None:
    text = page(f"<p>{kept}</p>").text
    assert "".join(char for char in kept if char.isdigit())[-1] in text
