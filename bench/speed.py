"""Words a second and peak memory of the whole of `purport read`, beside bare spaCy and the peers installed here.

All read the same articles in turn (A B A B ...), so that what else the machine does falls on all alike; medians.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from rich.table import Table

from bench import articles, memory
from bench.contenders import PEERS, PURPORT, SPACY, TAGGER, missing

WHOLE = "purport read, with start-up"


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds that one run took and the most memory it held, in bytes."""

    seconds: float
    peak: int


def measured(texts: Sequence[str], rounds: int, processes: Sequence[int]) -> dict[int, dict[str, Run]]:
    """For each number of processes, the medians of each contender over `rounds` rounds."""
    names = [WHOLE, PURPORT, TAGGER, SPACY, *(peer for peer in PEERS if not missing(peer))]
    found: dict[int, dict[str, Run]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "articles"
        articles.write(list(texts), folder)
        for count in processes:
            runs: dict[str, list[Run]] = {name: [] for name in names}
            for number in range(rounds):
                for name in names:
                    print(f"  round {number + 1} of {rounds}, {count} processes: {name}", file=sys.stderr, flush=True)
                    runs[name].append(_run(name, count, folder, Path(scratch)))
            found[count] = {
                name: Run(median(run.seconds for run in each), int(median(run.peak for run in each)))
                for name, each in runs.items()
            }
    return found


def _run(name: str, processes: int, folder: Path, scratch: Path) -> Run:
    store = scratch / "bench.db"
    if name == WHOLE:
        command = [sys.executable, "-m", "purport.cli", "read", str(folder), "--store", str(store)]
        command += ["--workers", str(processes)]
    else:
        command = [sys.executable, "-m", "bench.contenders", name, str(processes), str(folder)]
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=articles.ROOT) as child:
        with memory.Peak(child.pid) as peak:
            told, _ = child.communicate()
        seconds = time.perf_counter() - begun
    if child.returncode:
        raise SystemExit(f"bench: {name} ended with exit status {child.returncode}: {' '.join(command)}")
    for left in scratch.glob("bench.db*"):
        left.unlink()
    return Run(seconds if name == WHOLE else float(told.split()[0]), peak.bytes)


def table(texts: Sequence[str], found: dict[int, dict[str, Run]]) -> Table:
    """Rows for people; the ratio is to bare spaCy with as many processes."""
    total = sum(map(articles.words, texts))
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("processes", "", "seconds", "words a second", "of spaCy's", "peak MB"):
        shown.add_column(name, justify="left" if name == "" else "right")
    for count, runs in found.items():
        for name, run in runs.items():
            speed, ratio = total / run.seconds, runs[SPACY].seconds / run.seconds
            shown.add_row(
                str(count), name, f"{run.seconds:.1f}", f"{speed:,.0f}", f"{ratio:.2f}", f"{run.peak / 1e6:,.0f}"
            )
    return shown


def cores() -> int:
    """How many cores this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
