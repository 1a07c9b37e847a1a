from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from purport.corpus.review import ACCEPT, REJECT, UNDO, nearest, states, undone
from purport.model.document import Span
from purport.model.rows import Review


def judged(*deeds: tuple[str, str, int]) -> list[Review]:
    return [
        Review(number, "item", "attribution", "d", deed, undoes=undoes, who=who)
        for number, (who, deed, undoes) in enumerate(deeds, 1)
    ]


def test_the_last_that_stands_holds() -> None:
    state = states(judged(("Ana", ACCEPT, 0), ("Ben", REJECT, 0)))["item"]
    assert state.standing is not None
    assert (state.standing.who, state.last) == ("Ben", 2)
    assert {who: one.deed for who, one in state.by.items()} == {"Ana": ACCEPT, "Ben": REJECT}


def test_what_is_taken_back_gives_way_to_what_was_before() -> None:
    made = judged(("Ana", ACCEPT, 0), ("Ben", REJECT, 0), ("Ben", UNDO, 2))
    state = states(made)["item"]
    assert state.standing is not None
    assert (state.standing.deed, state.last) == (ACCEPT, 3)


def test_an_undo_can_be_undone() -> None:
    made = judged(("Ana", ACCEPT, 0), ("Ana", UNDO, 1), ("Ana", UNDO, 2))
    assert undone(made) == {2}
    assert states(made)["item"].standing is made[0]


@given(some.lists(some.tuples(some.sampled_from(["Ana", "Ben"]), some.sampled_from([ACCEPT, REJECT, UNDO]),
                              some.integers(1, 8)), max_size=8))  # fmt: skip
def test_any_order_of_judgements_has_a_state(told: list[tuple[str, str, int]]) -> None:
    made = judged(*((who, deed, min(undoes, at) if deed == UNDO else 0) for at, (who, deed, undoes) in enumerate(told)))
    for state in states(made).values():
        assert state.last == len(made)
        assert state.standing is None or state.standing.number not in undone(made)


def test_words_are_found_near_their_place() -> None:
    text = "He said no. She said\n  no. They said so, he added, and no more."
    assert nearest(text, "said no", 20) == (Span(16, 25),)
    assert nearest(text, "said no", 0) == (Span(3, 10),)
    assert nearest(text, "They said so … and no more", 30) == (Span(27, 39), Span(51, 62))
    assert nearest(text, "", 0) == ()
    assert nearest(text, "nobody wrote this", 0) is None
