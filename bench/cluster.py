"""`python -m bench.cluster`: 2,000 documents through a Dask scheduler whose workers are killed, and through shares that
are; what is gathered from either must be, to the byte, what one machine reads into a store.

Scheduler and workers are started by the engine's own commands, as programs with addresses of their own. Workers are
killed by their process number at moments that a fixed seed decides, each replaced by a new one.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import purport
from bench import articles
from bench.articles import ROOT
from purport.datasets import gather, make_dataset
from purport.lexicons import lexicon_with
from purport.pipeline import current_run

SIZE = 24_000
"""Bytes of files in a shard: some forty of the documents."""
FORMATS = ("csv", "jsonl")
_SENTENCE = re.compile(r"(?<=[.!?”])\s+")


def made(folder: Path, count: int, seed: int) -> Path:
    """A folder with so many documents, each of some sentences of the examples; a few are there twice, one is broken."""
    chance = random.Random(seed)
    _, texts = articles.found(None, examples=True)
    sentences = [one.strip() for text in texts for one in _SENTENCE.split(text) if 20 < len(one) < 300]
    for number in range(count):
        path = folder / f"{number % 40:02}" / f"{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        again = number % 97 == 96
        chosen = chance.sample(sentences, chance.randint(2, 6))
        text = " ".join(chosen) + f"\n\nReport {number}.\n"
        path.write_text(path.with_name(f"{number - 40:05}.txt").read_text() if again else text, "utf-8")
    (folder / "00" / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    return folder


class Programs:
    """A scheduler and its workers, by the engine's own commands."""

    def __init__(self, scratch: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self.scratch, self.killed = scratch, 0
        host, _, port = self.address.removeprefix("tcp://").rpartition(":")
        self.scheduler = self._start("scheduler", "--host", host, "--port", port, "--no-dashboard")
        self.workers: list[subprocess.Popen[bytes]] = []

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        dask = str(Path(sys.executable).with_name("dask"))
        log = (self.scratch / "programs.log").open("ab")
        return subprocess.Popen([dask, *command], stdout=log, stderr=log, cwd=self.scratch)

    def add_worker(self) -> None:
        """Start another worker of one thread, without anybody who would start it again."""
        own = self.scratch / f"worker-{len(self.workers)}-{self.killed}"
        self.workers.append(
            self._start("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                        "--local-directory", str(own))
        )  # fmt: skip

    def kill(self, place: int) -> None:
        """Kill a worker, and start another in its place."""
        self.workers[place].send_signal(signal.SIGKILL)
        self.workers.pop(place).wait()
        self.killed += 1
        self.add_worker()

    def close(self) -> None:
        """End all of them."""
        for one in (*self.workers, self.scheduler):
            one.kill()
            one.wait()


def digest(store: Path, scratch: Path) -> str:
    """SHA-256 over all that a store is exported to; the store must be sound."""
    found = hashlib.sha256()
    with purport.open(store) as corpus:
        faults = corpus.verify()
        if faults:
            raise SystemExit(f"bench: {store} is not sound: {faults[0]}")
        for format in FORMATS:
            for path in sorted(corpus.export(format, scratch / f"{store.stem}-{format}")):
                found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def command(*told: str) -> list[str]:
    return [sys.executable, "-m", "purport.cli", *told]


def processor_time(job: Callable[[], object]) -> tuple[float, float]:
    """Seconds of processor time that a job's programs took, and of the clock."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    job()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.monotonic() - start


def run(*told: str, status: tuple[int, ...] = (0, 1)) -> str:
    done = subprocess.run(command(*told), capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode not in status:
        raise SystemExit(f"bench: purport {' '.join(told[:1])} ended with {done.returncode}: {done.stderr[-500:]}")
    return done.stdout


def new_dataset(folder: Path) -> Path:
    make_dataset(folder, current_run(lexicon_with(None)), SIZE)
    return folder


def by_cluster(texts: Path, folder: Path, scratch: Path, kills: int, seed: int) -> tuple[int, float]:
    """Read with two workers, so many of which are killed and replaced; how many were, and seconds of the clock."""
    chance, programs = random.Random(seed), Programs(scratch)
    new_dataset(folder)
    start = time.monotonic()
    try:
        for _ in range(2):
            programs.add_worker()
        reading = subprocess.Popen(
            command("read", str(texts), "--dataset", str(folder), "--scheduler", programs.address),
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        due = time.monotonic() + 12
        while reading.poll() is None:
            time.sleep(0.05)
            if programs.killed < kills and time.monotonic() > due:
                programs.kill(chance.randrange(2))
                due = time.monotonic() + chance.uniform(2, 9)
        if reading.returncode not in (0, 1):
            raise SystemExit(
                f"bench: reading on the cluster failed: {(reading.communicate()[1] or b'').decode()[-800:]}"
            )
    finally:
        programs.close()
    return programs.killed, time.monotonic() - start


def by_shares(texts: Path, folder: Path, seed: int, count: int = 7) -> None:
    """Read in shares, out of order, two at a time, one of them twice and one killed and begun again."""
    chance = random.Random(seed)
    new_dataset(folder)
    order = list(range(1, count + 1))
    chance.shuffle(order)
    told = [("read", str(texts), "--dataset", str(folder), "--workers", "1", "--shard", f"{k}/{count}") for k in order]
    killed = subprocess.Popen(command(*told[2]), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(chance.uniform(6, 12))
    killed.kill()
    killed.wait()

    def half(shares: list[tuple[str, ...]]) -> None:
        for share in shares:
            run(*share)

    todo = [*told, told[4]]
    threads = [threading.Thread(target=half, args=(todo[start::2],)) for start in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def main() -> int:
    """Exit status 0; 1 where what is gathered is not what was read."""
    parser = argparse.ArgumentParser(prog="python -m bench.cluster", description=__doc__)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--seed", type=int, default=7)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        scratch = Path(place)
        texts = made(scratch / "texts", told.documents, told.seed)
        one = scratch / "one.db"
        spent, clock = processor_time(lambda: run("read", str(texts), "--store", str(one), "--workers", "2"))
        wanted = digest(one, scratch)
        print(f"purport read --store: {spent:.0f} s of processor time, {clock:.0f} s; export {wanted[:16]}")
        killed, clock = by_cluster(texts, scratch / "cluster", scratch, told.kills, told.seed)
        same = [_gathered(scratch / "cluster", scratch, wanted)]
        print(f"--scheduler: {killed} workers killed and replaced, {clock:.0f} s; the same export: {same[-1]}")
        before = {path.name: path.stat().st_mtime_ns for path in (scratch / "cluster").iterdir()}
        run("read", str(texts), "--dataset", str(scratch / "cluster"))
        changed = sum(before.get(path.name) != path.stat().st_mtime_ns for path in (scratch / "cluster").iterdir())
        same.append(not changed)
        print(f"reading again: {changed} files of {len(before)} changed")
        by_shares(texts, scratch / "shares", told.seed)
        same.append(_gathered(scratch / "shares", scratch, wanted))
        print(f"--shard: 7 shares out of order, one twice, one killed; the same export: {same[-1]}")
        local = scratch / "local"
        own, clock = processor_time(
            lambda: run("read", str(texts), "--dataset", str(new_dataset(local)), "--workers", "2")
        )
        print(f"--dataset --workers 2: {own:.0f} s of processor time, {clock:.0f} s: {own / spent:.2f} of the store's")
        return int(not all(same) or killed < told.kills)


def _gathered(folder: Path, scratch: Path, wanted: str) -> bool:
    store = scratch / f"{folder.name}.db"
    gather(folder, store)
    return digest(store, scratch) == wanted


if __name__ == "__main__":
    raise SystemExit(main())
