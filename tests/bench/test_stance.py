"""Names alone change nothing in what rules find; how much they change otherwise is checked in test_figures."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from bench import swap
from bench.articles import SHARED
from purport.extract.attribution.find import attributions
from purport.extract.claims.propositions import propositions

pytestmark = pytest.mark.skipif(
    not (SHARED / "stance").is_dir(), reason="DSE is not on this machine (../shared/data/stance)"
)


def test_names_alone_change_nothing_in_what_rules_find(monkeypatch: pytest.MonkeyPatch) -> None:
    untagged = partial(replace, tagged=None)
    monkeypatch.setattr("purport.pipeline.attributions", lambda section: attributions(untagged(section)))
    monkeypatch.setattr("purport.pipeline.propositions", lambda section, own: propositions(untagged(section), own))
    found = swap.changes(swap.sentences(8))
    assert found.compared > 500
    assert found.claims == 0
