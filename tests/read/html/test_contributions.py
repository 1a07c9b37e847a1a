"""Who wrote which part of a page, whatever the page calls its parts."""

from __future__ import annotations

import pytest

from purport.extract.voices.turns import turns
from purport.model.document import BlockKind, Document
from purport.read.files import read_bytes

SAID = ["Lorries leave the pit at five in the morning.", "The permit was changed in April without a vote.",
        "The pit has not been on our table for two years."]  # fmt: skip


HEADS = ("Dues", "Boats", "Votes")


def read(body: str) -> Document:
    found = next(iter(read_bytes(f"<html><body><main><h1>The pit</h1>{body}</main></body></html>".encode(), "x.html")))
    assert isinstance(found, Document)
    return found


def kinds(document: Document) -> list[tuple[str, str]]:
    told = (BlockKind.LABEL, BlockKind.SIGNATURE)
    return [(b.kind.value, b.span.of(document.text).split("\n")[0]) for b in document.blocks if b.kind in told]


SHAPES = {
    "posts": '<div class="post"><div class="userinfo"><b>{}</b><br>Member</div><div class="c"><p>{}</p></div></div>',
    "cards": '<div class="x1"><p class="n">{}</p><p class="j">of the parish</p><p>{}</p></div>',
    "named by the page": '<section class="a"><p>{1}</p><p class="author">{0}</p></section>',
    "items": '<li class="q"><p>{1}</p><p class="foot">{0}, Orrin</p></li>',
    "without an element of its own": '<p class="t"><span class="w">{}</span>{}</p>',
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_name_in_the_same_place_of_each_part_is_set_apart(shape: str) -> None:
    names = ["Runa Sel", "Kai Koll", "Runa Sel"]
    body = "".join(SHAPES[shape].format(name, said) for name, said in zip(names, SAID, strict=True))
    body = f"<ul>{body}</ul>" if shape == "items" else body
    found = kinds(read(body))
    assert [name.split(",")[0] for _, name in found] == names
    assert len({kind for kind, _ in found}) == 1


def test_a_part_ends_where_the_page_ends_it() -> None:
    shape = SHAPES["posts"]
    body = "".join(shape.format(name, said) for name, said in zip(["sel", "koll", "sel"], SAID, strict=True))
    document = read(body + "<p>This topic is closed.</p>")
    said = [span.of(document.text) for one in turns(document.text, document.blocks) for span in one.content]
    assert SAID[2] in said
    assert "This topic is closed." not in said


def test_the_same_words_in_two_parts_are_both_kept() -> None:
    body = "".join(SHAPES["posts"].format(name, SAID[0]) for name in ("sel", "koll", "vane"))
    assert read(body).text.count(SAID[0]) == 3


def test_an_answer_within_a_part_is_of_whom_it_names() -> None:
    reply = '<div class="owner-reply"><b>Orrin Mill</b> (owner)<p>The lift passed its test in May.</p></div>'
    part = '<div class="review"><div class="name">{}</div><p>{}</p>{}</div>'
    parts = [("Runa Sel", SAID[0], reply), ("Kai Koll", SAID[1], ""), ("Ask Vane", SAID[2], "")]
    names = [name for _, name in kinds(read("".join(part.format(*one) for one in parts)))]
    assert names == ["Runa Sel", "Orrin Mill", "Kai Koll", "Ask Vane"]


@pytest.mark.parametrize("body", [
    "".join(f'<div class="box"><h3>{head}</h3><p>{said}</p></div>' for head, said in zip(HEADS, SAID, strict=True)),
    "".join(f'<p class="t"><b>{head}.</b> {said}</p>' for head, said in zip(HEADS, SAID, strict=True)),
    "".join(f"<p>{said}</p>" for said in SAID),
])  # fmt: skip
def test_boxes_with_headings_are_nobodys(body: str) -> None:
    assert kinds(read(body)) == []


def test_cards_of_one_build_may_have_a_colour_each() -> None:
    card = (
        '<li class="statement"><div class="when">{} Aug, 09:00</div>'
        '<div class="card {}"><div class="src">{}</div><p>{}</p></div></li>'
    )
    bodies = ("Front for a Free Pit", "Pit Authority", "Dockers' Lodge No. 3")
    rows = zip(range(2, 5), ("blue", "red", "green"), bodies, SAID, strict=True)
    document = read(f"<ol>{''.join(card.format(*row) for row in rows)}</ol>")
    assert [words for kind, words in kinds(document) if kind == "label"] == list(bodies)


def test_parts_whose_colour_a_key_explains_are_set_apart() -> None:
    document = read(
        '<ul><li><span class="a">Blue: Runa Sel, smith</span></li>'
        '<li><span class="b">Brown: Kai Koll, the mine</span></li></ul>'
        f'<p class="a">{SAID[0]}</p><p class="b">{SAID[1]}</p><p class="a">{SAID[2]}</p>'
    )
    deep = [b.span.of(document.text) for b in document.blocks if b.depth]
    assert deep == SAID


def test_what_a_button_opens_is_part_of_the_page() -> None:
    document = read(
        '<h3><button aria-controls="r1">Runa Sel</button></h3><div id="r1" role="region" hidden>'
        f"<p>{SAID[0]}</p></div><div hidden><p>{SAID[1]}</p></div>"
    )
    assert SAID[0] in document.text
    assert "Runa Sel" in document.text
    assert SAID[1] not in document.text
