"""`python -m bench.scaling`: how many documents a second a cluster reads, from one worker to 512: measured with one and
two, simulated beyond from what was measured, as `docs/scaling.svg`.

The simulation hands shards of random size to workers, one at a time, through one scheduler and one shared disk. What
each of those takes is measured here; the disk is taken to be a slow network share.
"""

from __future__ import annotations

import argparse
import heapq
import math
import random
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bench import articles
from bench.articles import ROOT
from bench.cluster import processor_time, run
from purport.datasets import link, make_dataset
from purport.lexicons import lexicon_with
from purport.pipeline import current_run
from purport.runtime.extras import cluster_engine

DISK = 100e6
"""Bytes a second that the shared disk writes and reads: a gigabit network share."""
SHARD = 2 * 2**20
WORKERS = (1, 2, 8, 64, 512)


@dataclass(frozen=True, slots=True)
class Costs:
    """What reading takes: seconds of a worker for a document, and for a shard beside its documents; of the scheduler
    for a task; bytes that a document has, and that are written of it; seconds that linking takes for a document: for
    tables, and of the one process that finds the actors."""

    document: float
    shard: float
    task: float
    size: float
    written: float
    tables: float
    actors: float


def measured() -> tuple[Costs, dict[int, float]]:
    """The costs on this machine, and documents a second with one worker and with two."""
    _, texts = articles.found(None, examples=False)
    size = sum(len(text.encode()) for text in texts) / len(texts)
    speed: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        articles.write(texts, folder / "texts")
        (folder / "one").mkdir()
        (folder / "one" / "one.txt").write_text("Mara Denk denied it.")
        spent = {}
        for workers in (1, 2):
            dataset = folder / f"ds{workers}"
            make_dataset(dataset, current_run(lexicon_with(None)), 200_000)
            told = ("read", str(folder / "texts"), "--dataset", str(dataset), "--workers", str(workers))
            spent[workers], clock = processor_time(partial(run, *told))
            speed[workers] = len(texts) / clock
        start, _ = processor_time(
            lambda: run("read", str(folder / "one"), "--dataset", str(folder / "small"), "--workers", "1")
        )
        written = sum(path.stat().st_size for path in (folder / "ds1").glob("*.gz")) / len(texts)
        before = time.process_time()
        seconds, _ = processor_time(lambda: link(folder / "ds1", workers=2))
        actors = time.process_time() - before
    costs = Costs(
        (spent[1] - start) / len(texts), start, task_cost(folder=ROOT), size, written, seconds / len(texts),
        actors / len(texts),
    )  # fmt: skip
    return costs, speed


def task_cost(folder: Path, tasks: int = 1000) -> float:
    """Seconds of the clock that a task takes that does nothing: of scheduler, worker and client together."""
    engine = cluster_engine()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    dask, address = str(Path(sys.executable).with_name("dask")), f"tcp://127.0.0.1:{port}"
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    with tempfile.TemporaryDirectory() as place:
        worker = [
            dask,
            "worker",
            address,
            "--nthreads",
            "1",
            "--no-nanny",
            "--no-dashboard",
            "--local-directory",
            place,
        ]
        programs = [
            subprocess.Popen([dask, "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"], **quiet),
            subprocess.Popen(worker, **quiet),
        ]
        try:
            with engine.Client(address, timeout=60) as client:
                client.wait_for_workers(1)
                client.gather(client.map(abs, range(100), pure=False))
                start = time.perf_counter()
                client.gather(client.map(abs, range(tasks), pure=False))
                return (time.perf_counter() - start) / tasks
        finally:
            for one in programs:
                one.kill()
                one.wait()


def simulated(costs: Costs, workers: int, shards: int, seed: int = 7) -> float:
    """Documents a second that so many workers read."""
    chance = random.Random(seed)
    free = [0.0] * workers
    heapq.heapify(free)
    scheduler = disk = end = documents = 0.0
    for _ in range(shards):
        own = min(4 * SHARD, chance.expovariate(1 / SHARD)) / costs.size
        start = max(heapq.heappop(free), scheduler)
        scheduler = start + costs.task
        begun = max(scheduler, disk)
        disk = begun + own * (costs.size + costs.written) / DISK
        done = max(disk, begun + costs.shard + own * costs.document)
        heapq.heappush(free, done)
        end, documents = max(end, done), documents + own
    return documents / end


def plot(costs: Costs, speed: dict[int, float], found: dict[int, float]) -> str:
    """The figures as a picture, both axes by powers of ten."""
    width, height, left, bottom = 640, 360, 70, 50
    ideal = {workers: workers / (costs.document + costs.shard * costs.size / SHARD) for workers in found}
    top = max(ideal.values()) * 1.4

    def at(workers: float, value: float) -> tuple[float, float]:
        share = math.log(value / 0.5) / math.log(top / 0.5)
        x = left + (width - left - 30) * math.log(workers) / math.log(WORKERS[-1])
        return x, height - bottom - (height - bottom - 40) * share

    def line(values: dict[int, float], style: str) -> str:
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*one) for one in values.items()))
        return f'<polyline points="{points}" fill="none" {style}/>'

    font = 'font-family="system-ui, sans-serif" font-size="12"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {font}>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        '<text x="20" y="22" font-size="14">Documents a second, by workers: measured, and simulated beyond two</text>',
        line(ideal, 'stroke="#999" stroke-dasharray="4 3"'),
        line(found, 'stroke="#0e7490" stroke-width="2"'),
    ]
    for workers, value in found.items():
        x, y = at(workers, value)
        dot = "#a21caf" if workers in speed else "#0e7490"
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{dot}"/>')
        parts.append(f'<text x="{x - 4:.1f}" y="{y - 10:.1f}" text-anchor="end">{value:,.1f}</text>')
        parts.append(f'<text x="{x:.1f}" y="{height - bottom + 20}" text-anchor="middle">{workers}</text>')
    parts.append(f'<text x="{width / 2}" y="{height - 8}" text-anchor="middle">workers, a core each</text></svg>\n')
    return "\n".join(parts)


def main() -> int:
    """Exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m bench.scaling", description=__doc__)
    parser.parse_args()
    costs, speed = measured()
    print(
        f"a document of {costs.size / 1e3:.1f} kB: {costs.document:.2f} s of a worker, {costs.written / 1e3:.0f} kB "
        f"written, {1000 * costs.tables:.0f} ms for tables, {1000 * costs.actors:.1f} ms for actors; a shard "
        f"{costs.shard:.1f} s beside; a task {1000 * costs.task:.1f} ms"
    )
    found = {workers: simulated(costs, workers, 60 * workers) for workers in WORKERS}
    found.update(speed)
    for workers, value in found.items():
        print(f"{workers:4} workers: {value:8.1f} documents a second{' (measured)' if workers in speed else ''}")
    print(f"the disk bounds at {DISK / (costs.size + costs.written):,.0f} documents a second, the scheduler at "
          f"{SHARD / costs.size / costs.task:,.0f}, finding actors at {1 / costs.actors:,.0f}")  # fmt: skip
    (ROOT / "docs" / "scaling.svg").write_text(plot(costs, speed, found), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
