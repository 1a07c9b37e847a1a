"""How well attitudes are read, and that names alone change nothing; where ../shared/data is on this machine."""

from __future__ import annotations

import json

import pytest

from bench import stance, swap
from bench.articles import ROOT, SHARED

FLOORS = json.loads((ROOT / "bench" / "floors.json").read_text("utf-8"))
pytestmark = pytest.mark.skipif(
    not (SHARED / "stance").is_dir(), reason="DSE and NewsMTSC are not on this machine (../shared/data/stance)"
)


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    found = stance.figures(SHARED / "stance")
    print(*(f"{name}: {value:.4f}" for name, value in found.items()), sep="\n")
    return found


@pytest.mark.parametrize("name", ["DSE valid", "DSE valid, fresh sentences", "NewsMTSC, a tenth"])
def test_no_figure_falls_below_its_floor(figures: dict[str, float], name: str) -> None:
    assert figures[name] >= FLOORS[f"{name} macro F1"]


def test_names_alone_never_change_a_sign() -> None:
    found = swap.changes(swap.sentences(50), claimed=False)
    assert found.readings == 50 * 2 * len(swap.PAIRS)
    assert found.signs == 0
