"""The joiner knows nothing of who found the roles: here they are given by hand."""

from __future__ import annotations

import pytest

from purport import read_text
from purport.analyse import parse as analyse
from purport.extract.attribution.join import join
from purport.extract.attribution.roles import Part, Role
from purport.model.document import Span
from tests.extract.cases import CASES
from tests.marked import parse


@pytest.mark.parametrize("name", CASES)
def test_roles_given_by_hand_are_joined_as_they_were_marked(name: str) -> None:
    text, expected = parse(CASES[name])
    analysis = analyse(read_text(text, language="en").document)
    parts = {Part.SOURCE: "source", Part.CUE: "cue", Part.CONTENT: "content"}
    roles = {
        Role(tuple(Span(*pair) for pair in spans), part)
        for one in expected
        for part, name in parts.items()
        if (spans := getattr(one, name))
    }
    joined = join(analysis, sorted(roles))
    found = {(j.source.spans if j.source else (), j.cue.spans if j.cue else (), j.content) for j in joined}
    wanted = {
        tuple(tuple(Span(*pair) for pair in spans) for spans in (one.source, one.cue, one.content)) for one in expected
    }
    assert found == wanted


def test_the_order_of_roles_makes_no_difference() -> None:
    text, expected = parse(CASES["shared source"])
    analysis = analyse(read_text(text, language="en").document)
    roles = [
        Role(tuple(Span(*pair) for pair in spans), part)
        for one in expected
        for part, spans in ((Part.SOURCE, one.source), (Part.CUE, one.cue), (Part.CONTENT, one.content))
    ]
    assert join(analysis, roles) == join(analysis, roles[::-1])
