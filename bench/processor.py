"""`python -m bench --processor`: processor time, which other programs on the machine disturb less than the clock: of
reading beside bare spaCy, and of the first answer of a command."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from rich.table import Table

from bench import articles
from bench.contenders import PURPORT, SPACY

SHORT = "The Velmark foreign minister, Mara Denk, denied on Tuesday that the bridge had been hit.\n"
TIMES = 7
"""How often a command is run: the median is told."""


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, the figure, in what, and what it should be: at least, or at most."""

    what: str
    value: float
    unit: str
    bound: float
    at_least: bool = False

    @property
    def holds(self) -> bool:
        """Whether the figure is as it should be."""
        return self.value >= self.bound if self.at_least else self.value <= self.bound


def measured(texts: Sequence[str], rounds: int, processes: Sequence[int]) -> list[Row]:
    """All figures; reading takes `rounds` rounds of both programs in turn."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder, place = Path(scratch) / "articles", Path(scratch)
        articles.write(list(texts), folder)
        for count in processes:
            spent: dict[str, list[float]] = {SPACY: [], PURPORT: []}
            for number in range(rounds):
                for name, own in spent.items():
                    print(f"  round {number + 1} of {rounds}, {count} processes: {name}", file=sys.stderr, flush=True)
                    own.append(_reading(name, count, folder))
            ratio = median(spent[SPACY]) / median(spent[PURPORT])
            least = 0.52 if count > 1 else 0.48
            rows.append(Row(f"reading with {count} processes", ratio, "of spaCy's speed", least, at_least=True))
        (place / "short.txt").write_text(SHORT)
        demo = place / "demo.db"
        read = ["read", "examples/corpus", "--metadata", "examples/metadata.csv", "--store", str(demo)]
        _command(read)
        rows += [
            Row("reading one short file", _often(["read", str(place / "short.txt"), "--store"], place), "s", 1.6),
            Row("purport --help", _often(["--help"]), "s", 0.35),
            Row("purport statements, of the demo's store", _often(["statements", "--store", str(demo)]), "s", 0.45),
            Row("purport actors, of the demo's store", _often(["actors", "--store", str(demo)]), "s", 0.45),
        ]
    return rows


def _reading(name: str, processes: int, folder: Path) -> float:
    command = [sys.executable, "-m", "bench.contenders", name, str(processes), str(folder)]
    done = subprocess.run(command, cwd=articles.ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"bench: {name} ended with exit status {done.returncode}: {done.stderr.strip()[-300:]}")
    return float(done.stdout.split()[1])


def _often(arguments: Sequence[str], place: Path | None = None) -> float:
    """Seconds that a command takes; with a `place` its last argument is a store there, another each time."""
    stores = ([str(place / f"{number}.db")] if place is not None else [] for number in range(TIMES))
    return median(_command([*arguments, *store]) for store in stores)


def _command(arguments: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "purport.cli", *arguments], cwd=articles.ROOT, capture_output=True, check=False,
        env={**os.environ, "COLUMNS": "120"},
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"bench: purport {' '.join(arguments)} failed: {done.stderr.decode()[-300:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def table(rows: Sequence[Row]) -> Table:
    """Rows for people."""
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("processor time", "measured", "asked"):
        shown.add_column(name, justify="left" if name == "processor time" else "right")
    for row in rows:
        bound = f"{'at least' if row.at_least else 'at most'} {row.bound:.2f}"
        shown.add_row(row.what, f"{row.value:.2f} {row.unit}", bound + ("" if row.holds else ", missed"))
    return shown
