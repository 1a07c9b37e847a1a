"""Ctrl-C in a command that takes long: the first one ends it in good order."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import typer


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Whether an interrupt (Ctrl-C) has asked to stop after the documents in hand; a second one stops at once."""
    asked = False

    def ask(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        typer.echo("purport: finishing the documents in hand; once more stops at once", err=True)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)
