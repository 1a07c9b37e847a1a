from __future__ import annotations

import pytest

from bench.stance import Pair
from bench.swap import PAIRS, back, put


@pytest.mark.parametrize("names", [("Ardania", "Velmark"), ("Mara Denk", "Guard"), ("A", "B")])
def test_names_are_put_in_and_places_led_back(names: tuple[str, str]) -> None:
    pair = Pair("In May Orlo blamed the Hill Guard again.", (7, 11), (23, 33), 3)
    text, p, q = put(pair, names)
    assert (text[slice(*p)], text[slice(*q)]) == names
    for word in ("May", "blamed", "again"):
        assert back(pair, names, text.index(word)) == pair.text.index(word)
        assert back(pair, names, text.index(word) + len(word)) == pair.text.index(word) + len(word)
    assert back(pair, names, p[0]) == 7
    assert back(pair, names, q[0]) == 23


def test_pairs_of_names_are_twenty_and_none_is_there_twice() -> None:
    assert len({frozenset(pair) for pair in PAIRS}) == 20
