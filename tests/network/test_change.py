from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.errors import UsageError
from purport.model.networks import Balance, Network
from purport.network.change import compared, matched
from tests.network.made import edge, nodes_of, signed


def camps(**named: int) -> Balance:
    return Balance(named, 0, 0, (), 0)


def test_who_moved_who_came_who_went() -> None:
    change = matched(camps(ardania=0, velmark=1, ostrel=1, halm=0), camps(ardania=1, velmark=0, ostrel=1, league=1))
    assert change.turned
    assert change.camps == {"ardania": 0, "velmark": 1, "ostrel": 0, "league": 0}
    assert (change.stayed, change.moved) == (("ardania", "velmark"), ("ostrel",))
    assert (change.came, change.went) == (("league",), ("halm",))


@given(
    st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 1)),
    st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 1)),
)
def test_what_a_camp_is_called_does_not_matter(before: dict[str, int], after: dict[str, int]) -> None:
    change = matched(camps(**before), camps(**after))
    turned = matched(camps(**before), camps(**{one: 1 - camp for one, camp in after.items()}))
    assert len(change.moved) <= len(change.stayed)
    assert len(change.moved) == len(turned.moved)
    if len(change.moved) != len(change.stayed):
        assert change.camps == turned.camps


def test_two_outlets_side_by_side() -> None:
    herald = signed([("a", "b", 1), ("a", "c", -1), ("b", "c", 1), ("c", "d", 0), ("d", "e", 1)])
    wire = signed([("a", "b", 1), ("a", "c", 1), ("b", "c", 0), ("c", "d", 0), ("e", "f", -1)])
    found = compared(herald, wire)

    def ends(pairs: tuple[tuple[object, object], ...]) -> list[str]:
        return [f"{one.holder}{one.target}" for one, _ in pairs]  # type: ignore[attr-defined]

    assert ends(found.agreed) == ["ab", "cd"]
    assert ends(found.contrary) == ["ac"]
    assert ends(found.unsure) == ["bc"]
    assert [one.target for one in found.only_one] == ["e"]
    assert [one.target for one in found.only_other] == ["f"]
    with pytest.raises(UsageError, match="fold both or neither"):
        compared(herald, Network(tuple(nodes_of("ab").values()), (edge("a", "b", 1),)))
