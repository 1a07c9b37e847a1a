from __future__ import annotations

import re

import pytest

import purport
from purport.lexicons.deeds import QUADS, DeedRow, deeds
from purport.model.record import Basis


def test_there_are_many_of_every_root_type() -> None:
    assert len(deeds()) >= 250
    assert {row.root for row in deeds().values()} == set(QUADS)
    assert len(QUADS) == 16


@pytest.mark.parametrize("row", deeds().values(), ids=lambda row: row.lemma)
def test_the_example_is_a_deed_of_its_actors(row: DeedRow) -> None:
    text = re.sub(r"\[[HT]:([^]]*)\]", r"\1", row.example)
    holder, target = (re.search(rf"\[{which}:([^]]*)\]", row.example) for which in "HT")
    assert holder is not None
    assert target is not None
    record = purport.read_text(text, language="en")
    found = [one for one in record.stances if one.basis is Basis.DEED and one.deed == row.root]
    assert any(
        one.sign == row.sign
        and holder[1] in record.text(one.holder_spans)
        and target[1] in record.text(one.target_spans)
        for one in found
    )
