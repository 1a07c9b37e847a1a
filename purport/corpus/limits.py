"""How far a worker process may go with one document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """How far one document may go before it is given up, so that it cannot take the others with it.

    `seconds` are those in which nothing came of it (a long text that goes on may take longer), `memory` the bytes of
    address space that one worker may use beside what it begins with.
    """

    seconds: float = 300.0
    memory: int = 4 * 2**30
