"""Python's collector of cyclic garbage, held off while millions of objects are made that are none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected(*, kept: bool = False) -> Iterator[None]:
    """Within it the collector does not run: it would look through all there is again and again, as what is made grows.

    With `kept` it never looks through what there is at the end either; for what is held for long, and is let go of by
    its count of references all the same.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if kept:
            gc.freeze()
        if was:
            gc.enable()
