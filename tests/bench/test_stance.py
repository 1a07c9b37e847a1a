"""How well attitudes are read, and that names alone change nothing; where ../shared/data is on this machine."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial

import pytest

from bench import stance, swap
from bench.articles import ROOT, SHARED
from purport.extract.attribution.find import attributions
from purport.extract.claims.propositions import propositions

FLOORS = json.loads((ROOT / "bench" / "floors.json").read_text("utf-8"))
CHANGED = 0.02
"""Share of claims that names alone may change; it only falls."""
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


def test_names_alone_change_few_claims() -> None:
    found = swap.changes(swap.sentences(8))
    assert found.compared > 500
    share = found.claims / found.compared
    print(f"certainty or voucher changed in {share:.2%} of {found.compared} claims")
    assert share <= CHANGED


def test_names_alone_change_nothing_in_what_rules_find(monkeypatch: pytest.MonkeyPatch) -> None:
    untagged = partial(replace, tagged=None)
    monkeypatch.setattr("purport.pipeline.attributions", lambda section: attributions(untagged(section)))
    monkeypatch.setattr("purport.pipeline.propositions", lambda section, own: propositions(untagged(section), own))
    found = swap.changes(swap.sentences(8))
    assert found.compared > 500
    assert found.claims == 0
