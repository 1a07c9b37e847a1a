"""Items of a list below "The Guard demanded:" are the Guard's, a quoted headline is whose name stands beside it."""

from __future__ import annotations

import pytest

from purport import read_text
from tests.extract.attribution.test_find import check, parts_found, parts_marked
from tests.marked import parse

LISTS = {
    "items": (
        "[S1:The Guard] [C1/assert:said] that:\n\n- [X1:the mine had been flooded];\n- [X1:two boats were lost]."
        "\n\nThe river rose."
    ),
    "items demanded": (
        "On Friday [S1:the miners] [C1/demand:demanded]:\n\n• [X1:the release of Reth]\n• [X1:a count of the dead]"
    ),
    "items of nobody": "Here is what we know:\n\n- The mine is closed.\n- Nobody was hurt.",
}


@pytest.mark.parametrize("name", LISTS)
def test_items_belong_to_who_is_said_to_say_them(name: str) -> None:
    check(LISTS[name])


@pytest.mark.parametrize(
    "marked",
    [
        "[X1:'We lost the mine'][C1/assert::] [S1:bishop] blames the army",
        "[S1:The Lantern][C1/assert::] [X1:'Reth fled']",
        "'Go home': how a slogan won the valley",
    ],
)
def test_a_quoted_headline_is_whose_it_is_said_to_be(marked: str) -> None:
    text, expected = parse(marked)
    record = read_text(text, language="en")
    told = {parts_found(record, one) for one in record.attributions}
    assert {parts_marked(text, one) for one in expected} <= told
    assert not any(words == ":" for _, (words,), _, _ in told) or expected
