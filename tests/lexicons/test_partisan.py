from __future__ import annotations

import pytest

from purport.lexicons import shipped_lexicon
from purport.model.lexicon import HOWS, PartisanRow

SHIPPED = shipped_lexicon()
PERSONS = {
    "Ahmad Shah Massoud", "Bashar al-Assad", "Benjamin Netanyahu", "Hillary Clinton", "Joe Biden", "Kim Jong Il",
    "Kim Jong Un", "Mao Zedong", "Margaret Thatcher", "Qasem Soleimani", "Saddam Hussein", "Vladimir Putin",
}  # fmt: skip


def test_there_are_many_of_each_kind() -> None:
    assert len(SHIPPED.partisans) >= 80
    assert {row.how for row in SHIPPED.partisans} == set(HOWS)
    assert all(any(row.tone == tone and row.how == how for row in SHIPPED.partisans)
               for tone in ("hostile", "laudatory") for how in HOWS)  # fmt: skip


@pytest.mark.parametrize("row", SHIPPED.partisans, ids=lambda row: f"{row.name} ({row.how})")
def test_whom_it_means_has_a_neutral_name(row: PartisanRow) -> None:
    assert not row.of or row.of in PERSONS or row.of in {one.name for one in SHIPPED.actors}
    assert row.name in row.example
    assert row.name not in SHIPPED.named


def test_no_side_is_spared() -> None:
    hostile = {row.of for row in SHIPPED.partisans if row.tone == "hostile"}
    assert {"Iran", "Israel", "Russia", "Ukraine", "United States", "China", "Syria", "North Korea", "Hamas"} <= hostile
