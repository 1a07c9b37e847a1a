"""Peak memory of a process and all its children, sampled from /proc (see proc(5)); Linux only."""

from __future__ import annotations

import os
import threading
from pathlib import Path

EVERY = 0.05
"""Seconds between two samples."""
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PARENT, _RESIDENT = 1, 21
"""Fields of /proc/PID/stat behind the command's name: the parent's id, and resident pages."""


class Peak:
    """Samples process `root` and its children in a thread while the `with` block lasts.

    `bytes` is the largest sum of resident memory seen. A page that several processes share is counted once for
    each, so the sum is an upper bound of what is really taken.
    """

    def __init__(self, root: int) -> None:
        self.bytes = 0
        self._root = root
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Peak:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.is_set():
            self.bytes = max(self.bytes, resident(self._root))
            self._over.wait(EVERY)


def resident(root: int) -> int:
    """Bytes of resident memory of process `root` and all that descend from it, now; 0 where it is gone."""
    known = dict(_processes())
    tree = {root}
    grown = True
    while grown:
        children = {pid for pid, (parent, _) in known.items() if parent in tree} - tree
        tree |= children
        grown = bool(children)
    return sum(known[pid][1] for pid in tree if pid in known) * _PAGE


def _processes() -> list[tuple[int, tuple[int, int]]]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:  # it ended meanwhile
                continue
            fields = stat.rpartition(")")[2].split()
            found.append((int(entry.name), (int(fields[_PARENT]), int(fields[_RESIDENT]))))
    return found
