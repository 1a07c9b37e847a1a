from __future__ import annotations

import pytest

from purport.lexicons.actors import actors, named
from purport.lexicons.partisan import HOWS, PartisanRow, parse_partisans, partisans

PERSONS = {
    "Ahmad Shah Massoud", "Bashar al-Assad", "Benjamin Netanyahu", "Hillary Clinton", "Joe Biden", "Kim Jong Il",
    "Kim Jong Un", "Mao Zedong", "Margaret Thatcher", "Qasem Soleimani", "Saddam Hussein", "Vladimir Putin",
}  # fmt: skip


def test_there_are_many_of_each_kind() -> None:
    assert len(partisans()) >= 80
    assert {row.how for row in partisans()} == set(HOWS)
    assert all(any(row.tone == tone and row.how == how for row in partisans())
               for tone in ("hostile", "laudatory") for how in HOWS)  # fmt: skip


@pytest.mark.parametrize("row", partisans(), ids=lambda row: f"{row.name} ({row.how})")
def test_whom_it_means_has_a_neutral_name(row: PartisanRow) -> None:
    assert not row.of or row.of in PERSONS or row.of in {one.name for one in actors()}
    assert row.name in row.example
    assert row.name not in named()


def test_no_side_is_spared() -> None:
    hostile = {row.of for row in partisans() if row.tone == "hostile"}
    assert {"Iran", "Israel", "Russia", "Ukraine", "United States", "China", "Syria", "North Korea", "Hamas"} <= hostile


@pytest.mark.parametrize(
    "line, message",
    [
        ("regime\t\thostile\tsuffix", "5 columns"),
        ("regime\t\tneutral\tsuffix\tThe Velmark regime fell.", "'neutral'"),
        ("regime\t\thostile\tinfix\tThe Velmark regime fell.", "'infix'"),
        ("regime\t\thostile\tsuffix\tVelmark fell.", "no example"),
        ("regime\tIran\thostile\tsuffix\tThe Velmark regime fell.", "no whole name"),
        ("junta\t\thostile\tsuffix\tA junta.\njunta\t\thostile\tsuffix\tA junta.", "repeated"),
        ("junta\t\thostile\tsuffix\tA junta.\nhero\t\tlaudatory\tprefix\tA hero.", "out of order"),
    ],
)
def test_a_malformed_row_is_named(line: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"partisan.tsv, line .*{message}"):
        parse_partisans(line)
