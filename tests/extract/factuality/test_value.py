"""The algebra of outlooks: what holds of the six operations whatever they work on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from purport.extract.factuality.operators import applied
from purport.extract.factuality.value import (
    KEEP,
    NEGATE,
    OPEN,
    Kind,
    Operation,
    Outlook,
    compose,
    fix,
    leaning,
    put,
    toward,
    unplanned,
    weaken,
)
from purport.lexicons.operators import EFFECTS
from purport.model.record import Frame

CERTAINTIES = st.integers(-3, 3)
OUTLOOKS = st.builds(Outlook, CERTAINTIES, st.sampled_from(Frame), st.booleans(), st.booleans())
WEAKENINGS = st.integers(0, 3).map(weaken)
OPERATIONS: st.SearchStrategy[Operation] = st.one_of(
    st.sampled_from((KEEP, NEGATE, OPEN)),
    WEAKENINGS,
    st.builds(fix, CERTAINTIES, st.sampled_from(Frame)),
    st.sampled_from(Frame).map(put),
)
SEQUENCES = st.lists(OPERATIONS, max_size=6)


def test_there_are_six() -> None:
    assert [kind.value for kind in Kind] == ["keep", "negate", "weaken", "open", "fix", "frame"]


@given(OUTLOOKS, SEQUENCES)
def test_a_value_stays_a_value_and_what_is_said_of_it_stays(value: Outlook, operations: list[Operation]) -> None:
    made = compose(value, *operations)
    assert -3 <= made.certainty <= 3
    assert (made.false, made.doubtful) == (value.false, value.doubtful)


@given(OUTLOOKS, SEQUENCES, SEQUENCES)
def test_sequences_are_joined_as_they_are_laid_on_each_other(
    value: Outlook, first: list[Operation], then: list[Operation]
) -> None:
    assert compose(compose(value, *first), *then) == compose(value, *first, *then)


@given(OUTLOOKS)
def test_negating_twice_keeps(value: Outlook) -> None:
    assert compose(value, NEGATE, NEGATE) == compose(value, KEEP) == value


@given(OUTLOOKS, WEAKENINGS, WEAKENINGS)
def test_weakening_is_monotone_and_does_not_change_sides(value: Outlook, one: Operation, other: Operation) -> None:
    made = compose(value, one)
    assert abs(made.certainty) <= abs(value.certainty)
    assert made.certainty * value.certainty >= 0
    assert compose(value, one, other) == compose(value, other, one) == compose(value, max(one, other))
    assert compose(value, one, NEGATE) == compose(value, NEGATE, one)


@given(OUTLOOKS, CERTAINTIES, st.lists(OPERATIONS, max_size=4))
def test_settling_absorbs_what_was_done_before(value: Outlook, certainty: int, before: list[Operation]) -> None:
    assert compose(value, *before, fix(certainty)) == compose(value, fix(certainty))


@given(OUTLOOKS, st.lists(st.one_of(st.sampled_from((KEEP, NEGATE, OPEN)), WEAKENINGS), max_size=5))
def test_what_is_open_stays_open_unless_it_is_settled(value: Outlook, after: list[Operation]) -> None:
    assert compose(value, OPEN, *after).certainty == 0


@given(OUTLOOKS, st.sampled_from(Frame), st.sampled_from(Frame))
def test_what_is_put_in_a_way_keeps_it(value: Outlook, frame: Frame, other: Frame) -> None:
    made = compose(value, put(frame), put(other))
    assert made.certainty == value.certainty
    expected = next((one for one in (value.frame, frame, other) if one is not Frame.PLAIN), Frame.PLAIN)
    assert made.frame is expected


@given(OUTLOOKS, CERTAINTIES)
def test_a_words_own_value_is_what_it_makes_of_what_is_certainly_so(value: Outlook, certainty: int) -> None:
    assert compose(Outlook(), *leaning(certainty)).certainty == certainty
    made = compose(value, *toward(value, certainty)).certainty
    assert abs(made) == min(abs(value.certainty), abs(certainty))
    assert made * certainty >= 0


@given(OUTLOOKS)
def test_no_plan_is_left_of_what_is_denied(value: Outlook) -> None:
    planned = (Frame.INTENDED, Frame.ATTEMPTED, Frame.ORDERED, Frame.PREDICTED)
    left = unplanned(value)
    assert left.frame not in planned
    assert left == value or value.frame in planned


@given(OUTLOOKS, st.sampled_from(EFFECTS))
def test_effects_of_the_lexicon_never_make_surer_but_where_they_settle(value: Outlook, effect: str) -> None:
    made = applied(effect, value).certainty
    if effect.startswith("fix"):
        assert made == (3 if effect == "fix +" else -3)
    else:
        assert abs(made) <= abs(value.certainty)
