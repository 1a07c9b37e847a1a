from __future__ import annotations

import gc
import weakref

import pytest

from purport.runtime.gc_pause import uncollected


class Cycle:
    def __init__(self) -> None:
        self.own = self


def test_the_collector_rests_within_and_goes_on_afterwards_whatever_happens() -> None:
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="x"), uncollected(kept=True):
        raise ValueError("x")
    assert gc.isenabled()
    gc.unfreeze()


def test_what_is_kept_is_not_looked_through_and_still_let_go_of() -> None:
    gc.collect()
    with uncollected(kept=True):
        held = {number: [number] for number in range(10)}
    assert gc.get_freeze_count() > 10
    gone = weakref.ref(Cycle())  # a cycle that is made later is found as ever
    gc.collect()
    assert gone() is None
    held.clear()
    gc.unfreeze()
