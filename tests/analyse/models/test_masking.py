from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.analyse.models.masking import LONGEST, MARKS, named, shown
from purport.analyse.models.tagger import words


def masked(text: str, *actors: str) -> str:
    """The sentence as the network sees it, with A and B for the actors."""
    cutter = words()
    spans = [(text.index(actor), text.index(actor) + len(actor)) for actor in actors]
    marks = [cutter.vocabulary[mark] for mark in MARKS]
    ids, places = shown(text, list(cutter.pieces(text)), spans, marks)
    assert all(ids[place] in marks for place in places)
    names = {number: word for word, number in cutter.vocabulary.items()} | {marks[0]: "A", marks[1]: "B"}
    return " ".join(names[one] for one in ids)


@pytest.mark.parametrize(
    "text, actors, seen",
    [
        ("Denk blamed Orlo.", ("Denk", "Orlo"), "A blamed B ."),
        ("Orlo was blamed by Denk.", ("Denk", "Orlo"), "A was blamed by B ."),
        ("Mara Denk blamed Velmark. Denk left.", ("Mara Denk", "Velmark"), "A blamed B . A left ."),
        ("She blamed him.", ("She", "him"), "A blamed B ."),
        ("The company blamed Orlo.", ("The company", "Orlo"), "A the company blamed B ."),
        ("The Guard blamed Velmark's army.", ("The Guard", "Velmark"), "the A blamed B ' s army ."),
        ("Ardanians left.", ("Ardanian",), "A left ."),
    ],
)
def test_names_are_not_seen(text: str, actors: tuple[str, ...], seen: str) -> None:
    assert masked(text, *actors) == seen


NAMES = st.sampled_from(["Ardania", "Velmark", "Mara Denk", "Tomas Orlo", "Hill Guard", "Concord of Nations"])


@given(NAMES, NAMES, NAMES, NAMES)
def test_other_names_in_the_same_places_look_the_same(a: str, b: str, c: str, d: str) -> None:
    def seen(one: str, other: str) -> str:
        return masked(f"In May {one} shelled the town, and x{other}".replace(" x", " "), one, other)

    if len({a, b}) == 2 == len({c, d}) and not any(x in y for x, y in ((a, b), (b, a), (c, d), (d, c))):
        assert seen(a, b) == seen(c, d)


@given(st.text(min_size=1, max_size=80), st.data())
def test_any_text_and_places_can_be_shown(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    cutter = words()
    ids, places = shown(text, list(cutter.pieces(text)), [(start, end)], [1, 2])
    assert 0 < len(ids) <= LONGEST
    assert 0 <= places[0] < len(ids)


def test_a_long_sentence_is_cut_around_its_actors() -> None:
    text = "word " * 400 + "Denk blamed Orlo " + "word " * 400
    seen = masked(text, "Denk", "Orlo")
    assert "A blamed B" in seen
    assert len(seen.split()) == LONGEST


def test_what_of_a_span_is_a_name() -> None:
    text = "former president Mara Denk's aides"
    assert named(text, (0, 26)) == (17, 26)
    assert named(text, (27, len(text))) is None
