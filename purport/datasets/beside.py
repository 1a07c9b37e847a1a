"""`python -m purport.datasets.beside`: reads one shard for a worker of a cluster, so that the worker outlives it.

A `ShardTask` comes on standard input and what came of it goes to standard output, both pickled: the two processes are
one user's, on one machine, and of one installation.
"""

from __future__ import annotations

import os
import pickle
import sys
from typing import TYPE_CHECKING

from purport.datasets.cluster import Outcome, Refused
from purport.errors import PurportError
from purport.runtime.pool import die_with_parent

if TYPE_CHECKING:
    from purport.datasets.cluster import ShardTask


def answer(task: ShardTask) -> Outcome:
    """What comes of a task. Errors come as `Refused`."""
    from purport.datasets.reading import read_shard

    try:
        return read_shard(task)
    except PurportError as error:
        return Refused(f"{error} (on the machine {os.uname().nodename})")


def main() -> None:
    """Answer the one task that stands on standard input."""
    die_with_parent()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints meanwhile must not stand among the answer
    pickle.dump(answer(pickle.load(sys.stdin.buffer)), answers)
    answers.close()


if __name__ == "__main__":
    main()
