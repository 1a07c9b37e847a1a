from __future__ import annotations

import pickle

import pytest

from purport.errors import UsageError
from purport.read import Limits, Options


def test_limits_are_told_by_name() -> None:
    limits = Limits.parse("entries=1000", "text=100MB", "whole=2g", "row=500 KB", "unpacked=12345")
    assert (limits.entries, limits.text, limits.whole) == (1000, 100 * 2**20, 2 * 2**30)
    assert (limits.row, limits.unpacked, limits.depth) == (500 * 2**10, 12345, Limits().depth)
    assert pickle.loads(pickle.dumps(Options(limits=limits))).limits == limits


@pytest.mark.parametrize(
    "told", ["", "entries", "entries=", "entries=0", "entries=-1", "colour=3", "depth=5MB", "text=x"]
)
def test_what_is_no_limit_is_refused(told: str) -> None:
    with pytest.raises(UsageError, match="limit"):
        Limits.parse(told)


@pytest.mark.parametrize("name", Limits.__dataclass_fields__)
def test_what_is_said_raises_the_limit(name: str) -> None:
    for limits in (Limits(), Limits.parse(f"{name}=777")):
        raised = limits.crossed(name).rpartition("--limit ")[2]
        assert getattr(Limits.parse(raised), name) == 2 * getattr(limits, name)
