"""The marked text that other tests are written in."""

from __future__ import annotations

import pytest

from tests.marked import MarkedAttribution, parse


def test_roles_and_act() -> None:
    text, found = parse("[S:Denk] [C/deny:denied] [X:that it was hit].")
    assert text == "Denk denied that it was hit."
    assert found == [MarkedAttribution(1, ((0, 4),), ((5, 11),), ((12, 27),), "deny")]


def test_broken_content_shared_source_and_nesting() -> None:
    text, found = parse("[X1:“No,”] [S1,2:she] [C1:said], [C2:adding] [X2:that [S3:he] [C3:said] [X3:so]] [X1:“ever.”]")
    first, second, third = found
    assert [text[a:b] for a, b in first.content] == ["“No,”", "“ever.”"]
    assert first.source == second.source
    assert [text[a:b] for a, b in second.content] == ["that he said so"]
    assert [text[a:b] for a, b in third.content] == ["so"]
    assert second.content[0][0] < third.source[0][0] < third.content[0][1] == second.content[0][1]


@pytest.mark.parametrize(
    "marked, message",
    [
        ("a [Q1:b]", "position 2: .* does not begin a mark"),
        ("a ]", "position 2: .* closes no mark"),
        ("a [X1:b", "position 2: .* is not closed"),
        ("a [X1:]", "position 2: .* holds no words"),
        ("[X1/deny:b]", "position 0: .* not a cue"),
        ("[C1/deny:a] [C1/assert:b] [X1:c]", "position 12: .* both 'deny' and 'assert'"),
        ("[S1:a] [C1:b]", "attribution 1 has no content"),
        ("[X1:a [X1:b]]", "attribution 1: two spans of its role X overlap"),
    ],
)
def test_malformed(marked: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse(marked)
