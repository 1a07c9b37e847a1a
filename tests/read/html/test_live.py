"""A live blog is read as its posts."""

from __future__ import annotations

from purport.model.document import Document
from purport.read.files import read_bytes, reread

POST = (
    '<article class="post"><time datetime="2031-03-09T{0}">{0}</time>'
    '<p class="author">{1}</p><h2>{2}</h2><p>{3}</p></article>'
)
POSTS = [
    ("23:10", "Runa Sel", "Lights out", "The power failed at ten."),
    ("22:41", "Kai Koll", "Vote", "The vote is over."),
    ("22:05", "Runa Sel", "Doors", "The doors are open."),
]


def read(title: str) -> list[Document]:
    body = "".join(POST.format(*post) for post in POSTS)
    head = f"<html><head><title>{title}</title></head>"
    page = f"{head}<body><h1>{title}</h1><p>We follow the night.</p>{body}</body></html>"
    return [one for one in read_bytes(page.encode(), "x.html") if isinstance(one, Document)]


def test_each_post_is_a_document_with_its_time_and_writer() -> None:
    lead, *posts = read("Flood in the valley: live")
    assert lead.part == "lead"
    assert [post.metadata.author for post in posts] == ["Runa Sel", "Kai Koll", "Runa Sel"]
    assert [post.metadata.title for post in posts] == ["Lights out", "Vote", "Doors"]
    assert [(post.metadata.published or "")[:10] for post in posts] == ["2031-03-09"] * 3
    assert "The vote is over." in posts[1].text
    assert "The vote is over." not in posts[0].text


def test_posts_have_ids_of_their_own_and_are_found_again() -> None:
    documents = read("Flood in the valley: live")
    assert len({one.id for one in documents}) == 4
    for one in documents:
        again = reread(one.source, one.format, one.selector, one.part)
        assert (again.text, again.blocks, again.id) == (one.text, one.blocks, one.id)


def test_a_page_that_is_not_live_is_one_document() -> None:
    assert len(read("Three views of the flood")) == 1
