from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import purport
from purport.corpus.compare import Fate, Told, differences
from purport.errors import UsageError
from purport.store import Added, Sighting, Store
from tests.made import record

ONE = Told("Denk", "said", "that the dam was safe", "assert", "indirect")


def fates(before: list[Told], after: list[Told]) -> list[Fate]:
    return [change.fate for change in differences("d", before, after)]


@pytest.mark.parametrize(
    "before, after, expected",
    [
        ([ONE], [ONE], []),
        ([], [ONE], [Fate.CAME]),
        ([ONE], [], [Fate.WENT]),
        ([ONE, ONE], [ONE], [Fate.WENT]),
        ([ONE], [replace(ONE, act="deny")], [Fate.CHANGED]),
        ([ONE], [replace(ONE, content="that the dam was safe and dry")], [Fate.CHANGED]),
        ([ONE], [replace(ONE, content="nothing of the kind")], [Fate.WENT, Fate.CAME]),
    ],
)
def test_differences(before: list[Told], after: list[Told], expected: list[Fate]) -> None:
    assert fates(before, after) == expected


def test_an_earlier_run_stays_comparable(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    first = record()
    second = replace(
        first, run=purport.Run("9.9"), attributions=tuple(replace(a, act="doubt") for a in first.attributions)
    )
    with Store(path, write=True) as store:
        store.add(first, Sighting("a.txt"))
        assert store.replace(second, Sighting("a.txt")) is Added.AGAIN
        assert store.replace(second, Sighting("a.txt")) is Added.SEEN
        assert store.record(first.document.id).attributions == second.attributions
    with purport.open(path) as corpus:
        assert corpus.verify() == []
        (change,) = corpus.diff(first.run.id, second.run.id[:6])
        assert change.before is not None
        assert change.after is not None
        assert (change.fate, change.before.act, change.after.act) == (Fate.CHANGED, "deny", "doubt")
        assert len(corpus.statements(act="doubt")) == 1
        assert not corpus.statements(act="deny")
        with pytest.raises(UsageError, match="runs are called"):
            corpus.diff("0000", second.run.id)


def test_going_back_to_the_earlier_run_gives_the_first_store_back(tmp_path: Path) -> None:
    first = record()
    second = replace(first, run=purport.Run("9.9"), attributions=(), propositions=())
    with Store(tmp_path / "s.db", write=True) as store:
        store.add(first, Sighting("a.txt"))
        store.replace(second, Sighting("a.txt"))
        store.replace(first, Sighting("a.txt"))
        assert store.record(first.document.id) == first
        assert store.record_under(first.document.id, second.run.id) is not None
        assert store.record_under(first.document.id, "0" * 16) is None
