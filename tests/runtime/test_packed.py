"""A packed sequence is the tuple of its items in all but what it takes."""

from __future__ import annotations

import pickle
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.runtime.packed import CHUNK, Packed, packed

LENGTHS = st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7])


@given(LENGTHS, st.integers(-3 * CHUNK, 3 * CHUNK), st.integers(-3 * CHUNK, 3 * CHUNK))
def test_it_is_the_tuple_of_its_items(length: int, one: int, other: int) -> None:
    items = tuple((number, "word") for number in range(length))
    held = Packed(iter(items))
    assert len(held) == length
    assert tuple(held) == items
    assert held == items
    assert items == held
    assert hash(held) == hash(items)
    assert held[one:other] == items[one:other]
    assert pickle.loads(pickle.dumps(held)) == held
    if -length <= one < length:
        assert held[one] == items[one]
    else:
        with pytest.raises(IndexError, match=str(one)):
            held[one]


def test_what_differs_is_not_equal() -> None:
    held = Packed(range(CHUNK + 5))
    assert held != Packed(range(CHUNK + 4))
    assert held != (*range(CHUNK + 4), -1)
    assert held != "text"


def test_only_many_are_packed() -> None:
    assert packed(range(CHUNK)) == tuple(range(CHUNK))
    many = packed(range(CHUNK + 1))
    assert isinstance(many, Packed)
    assert list(many) == list(range(CHUNK + 1))


def test_it_takes_a_fraction_of_the_memory() -> None:
    items = [f"the same words, number {number}" for number in range(10 * CHUNK)]
    held = Packed(items)
    assert len(pickle.dumps(held)) < sum(map(sys.getsizeof, items)) / 5
