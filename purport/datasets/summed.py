"""What reading into a dataset did, on one machine or on several."""

from __future__ import annotations

from dataclasses import dataclass

from purport.corpus.reading import Summary


@dataclass(slots=True)
class Reading:
    """What reading into a dataset did: the `summary` of its documents, and shards: `finished` now, `there` already,
    `changed` not written, since files changed while they were read. `planned` are those of all shares, `mine` those of
    this one."""

    summary: Summary
    planned: int = 0
    mine: int = 0
    finished: int = 0
    there: int = 0
    changed: int = 0

    def add(self, other: Reading) -> None:
        """Count what another reading did, of other shards."""
        self.finished += other.finished
        self.there += other.there
        self.changed += other.changed
        self.summary.add(other.summary)
