from __future__ import annotations

import pytest

from purport.cli.limits import parse_limits
from purport.corpus.limits import WorkerLimits
from purport.errors import UsageError
from purport.read.limits import Limits


def test_limits_are_set_by_name() -> None:
    files, workers = parse_limits(["entries=1000", "text=100MB", "whole=2g", "row=500 KB", "unpacked=12345"])
    assert (files.entries, files.text, files.whole) == (1000, 100 * 2**20, 2 * 2**30)
    assert (files.row, files.unpacked, files.depth) == (500 * 2**10, 12345, Limits().depth)
    assert workers == WorkerLimits()


@pytest.mark.parametrize(
    "settings, workers",
    [
        ([], WorkerLimits()),
        (["seconds=5"], WorkerLimits(seconds=5)),
        (["seconds=1.5"], WorkerLimits(seconds=1.5)),
        (["memory=2GB"], WorkerLimits(memory=2**31)),
        (["memory=3000 mb", "seconds=7"], WorkerLimits(7, 3000 * 2**20)),
        (["memory=1.5gb"], WorkerLimits(memory=3 * 2**29)),
    ],
)
def test_limits_of_workers_too(settings: list[str], workers: WorkerLimits) -> None:
    assert parse_limits(settings) == (Limits(), workers)


@pytest.mark.parametrize(
    "setting",
    ["", "entries", "entries=", "entries=0", "entries=-1", "entries=1.5", "colour=3", "depth=5MB", "text=x",
     "seconds=0", "seconds=soon", "seconds=5MB", "memory=5", "memory=-1GB"],
)  # fmt: skip
def test_what_sets_no_limit_is_refused(setting: str) -> None:
    with pytest.raises(UsageError, match=r"limit|less than"):
        parse_limits([setting])


@pytest.mark.parametrize("name", Limits.__dataclass_fields__)
def test_what_is_said_of_a_crossed_limit_raises_it(name: str) -> None:
    for limits in (Limits(), parse_limits([f"{name}=777"])[0]):
        raised = limits.crossed(name).rpartition("raise this limit: ")[2]
        assert getattr(parse_limits([raised])[0], name) == 2 * getattr(limits, name)
