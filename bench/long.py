"""Memory over time while a corpus of many documents, or one very long document, is read.

    python -m bench.long many --documents 20000
    python -m bench.long single --megabytes 20

Resident memory of the reading and all its workers is sampled twice a second, written as CSV to `bench/out/` and drawn
as `docs/memory-<which>.svg`. Exit status 1 where it goes past 2 GB.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.endure import document, purport
from bench.memory import resident

ROOT = Path(__file__).parents[1]
LIMIT = 2 * 10**9
"""Bytes that reading may take in all, however much there is to read."""

_FONT = 'font-family="sans-serif" font-size="12"'

Samples = Sequence[tuple[float, int]]
"""Seconds from the start, bytes of resident memory."""


def write_many(folder: Path, count: int) -> None:
    """`count` short documents, a thousand a folder."""
    for number in range(count):
        below = folder / f"{number // 1000:03}"
        below.mkdir(parents=True, exist_ok=True)
        text = "\n\n".join(document(number).split("\n\n")[:3])
        (below / f"{number:06}.txt").write_text(text, encoding="utf-8")


def write_single(path: Path, megabytes: int) -> None:
    """One document on one line of that size."""
    with path.open("w", encoding="utf-8") as file:
        size = number = 0
        while size < megabytes * 10**6:
            size += file.write(" ".join(document(number).split()) + " ")
            number += 1


def measured(command: Sequence[str]) -> list[tuple[float, int]]:
    """Run it to its end and sample what it takes. Raises `SystemExit` where it fails."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    samples: list[tuple[float, int]] = []
    while process.poll() is None:
        samples.append((time.monotonic() - began, resident(process.pid)))
        time.sleep(0.5)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with status {process.returncode}")
    return samples


def plot(samples: Samples, title: str) -> str:
    """Memory over time as an SVG picture, with the limit as a dashed line."""
    width, height, left, bottom = 640, 280, 60, 40
    last = max(1.0, samples[-1][0])
    top = LIMIT * 1.1

    def place(second: float, size: float) -> str:
        x = left + (width - left - 10) * second / last
        return f"{x:.1f},{height - bottom - (height - bottom - 30) * size / top:.1f}"

    every = max(1, len(samples) // 600)
    line = " ".join(place(*sample) for sample in samples[::every])
    peak = max(size for _, size in samples)
    marks = "".join(
        f'<text x="{left - 6}" y="{place(0, gb * 10**9).split(",")[1]}" text-anchor="end">{gb:g} GB</text>'
        for gb in (0, 0.5, 1, 1.5, 2)
    )
    start, end = place(0, LIMIT), place(last, LIMIT)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {_FONT}>'
        f'<title>{title}</title><rect width="{width}" height="{height}" fill="white"/>'
        f'<text x="{left}" y="18" font-size="14">{title}: {peak / 10**6:,.0f} MB at most</text>{marks}'
        f'<polyline points="{start} {end}" fill="none" stroke="#a00" stroke-dasharray="6 4"/>'
        f'<polyline points="{line}" fill="none" stroke="#036" stroke-width="1.5"/>'
        f'<text x="{left}" y="{height - 12}">0</text>'
        f'<text x="{width - 10}" y="{height - 12}" text-anchor="end">{last:,.0f} seconds</text></svg>\n'
    )


def main() -> int:
    """The command line; exit status 1 past the limit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("which", choices=("many", "single"))
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--megabytes", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        source, store = Path(name) / "texts", Path(name) / "store.db"
        if told.which == "many":
            write_many(source, told.documents)
            title = f"{told.documents:,} documents, {told.workers} workers"
        else:
            source = Path(name) / "long.txt"
            write_single(source, told.megabytes)
            title = f"One text file of {told.megabytes} MB on one line"
        samples = measured(purport("read", source, "--store", store, "--workers", str(told.workers)))
        measured(purport("verify", "--store", store))
    peak = max(size for _, size in samples)
    out = ROOT / "bench" / "out"
    out.mkdir(parents=True, exist_ok=True)
    (out / f"memory-{told.which}.csv").write_text("".join(f"{t:.1f},{size}\n" for t, size in samples))
    (ROOT / "docs" / f"memory-{told.which}.svg").write_text(plot(samples, title), encoding="utf-8")
    print(f"{title}: {peak / 10**6:,.0f} MB at most, {samples[-1][0]:,.0f} seconds")
    return 0 if peak <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
