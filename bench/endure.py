"""Kill a reading again and again, and prove that nothing was lost and nothing came twice.

    python -m bench.endure --kills 100 --documents 300

`purport read` with two workers is killed (SIGKILL) at random instants and started again each time; then it runs to
its end. Its export must be byte for byte that of a reading that was left alone, and `purport verify` must pass.
Half as often again a single worker is killed instead: its document is tried again, and the reading goes on.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

PLACES = ("Tamsin bridge", "Greywater dam", "lower road", "ferry of Skerrin", "ridge above Orrin", "mill at Hallow")
PEOPLE = ("Mara Denk", "Ilian Denk", "Petra Valk", "Colonel Bram Tessel", "Hanne Brock", "Fenn Arlo")
CUES = ("said", "denied", "claimed", "insisted", "warned", "confirmed")


def document(number: int) -> str:
    """One invented news story of some 300 words; each number gives another."""
    chance = random.Random(number)
    paragraphs = [f"Report {number} from the Sorrel valley"]
    for _ in range(8):
        who, other = chance.sample(PEOPLE, 2)
        where = chance.choice(PLACES)
        paragraphs.append(
            f"{who} {chance.choice(CUES)} that the {where} had been closed on day {chance.randint(1, 90)} of the year. "
            f"“Nobody was on the {where},” {other} said. “We counted {chance.randint(2, 40)} trucks.” According to "
            f"the water board, the river fell by {chance.randint(1, 9)} hands in the night."
        )
    return "\n\n".join(paragraphs) + "\n"


def write_documents(folder: Path, count: int) -> None:
    """`count` documents as text files."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"report-{number:05}.txt").write_text(document(number), encoding="utf-8")


def purport(*words: str | Path) -> list[str]:
    """The command line of this build."""
    return [sys.executable, "-m", "purport.cli", *map(str, words)]


def run(*words: str | Path) -> None:
    """Run a command to its end; raises where it fails."""
    subprocess.run(purport(*words), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def exported(store: Path, folder: Path) -> bytes:
    """The store's JSON Lines export, after `verify`."""
    run("verify", "--store", store)
    run("export", "--store", store, "--format", "jsonl", "--out", folder)
    return (folder / "records.jsonl").read_bytes()


def children(pid: int) -> list[int]:
    """The processes that a process has started and that still run."""
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def count(store: Path) -> int:
    """How many documents are committed, as another program sees it."""
    try:
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=5)) as connection:
            return int(connection.execute("SELECT count(*) FROM document").fetchone()[0])
    except sqlite3.Error:
        return 0


def disturbed(texts: Path, store: Path, kills: int, documents: int, seed: int) -> tuple[int, int]:
    """Read with up to `kills` kills, spread over the documents; returns how many hit the whole reading and how many
    a worker alone. A third of the kills come at any moment of the start, the others amid the documents."""
    chance = random.Random(seed)
    whole = alone = 0
    for _ in range(kills):
        process = subprocess.Popen(
            purport("read", texts, "--store", store, "--workers", "2"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if chance.random() < 1 / 3:
            time.sleep(chance.uniform(0.0, 4.0))
        else:
            enough = count(store) + chance.randint(0, max(1, 2 * documents // kills))
            while process.poll() is None and count(store) < enough:
                time.sleep(0.02)
            if chance.random() < 1 / 4:
                for worker in children(process.pid)[:1]:
                    os.kill(worker, signal.SIGKILL)
                    alone += 1
                time.sleep(chance.uniform(0.0, 1.0))
            time.sleep(chance.uniform(0.0, 0.1))
        if process.poll() is None:
            process.kill()
            whole += 1
        process.wait()
        if process.returncode not in (0, -signal.SIGKILL):
            raise SystemExit(f"the reading ended with status {process.returncode}")
    return whole, alone


def main() -> int:
    """The command line; exit status 1 where anything was lost or came twice."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = folder / "texts"
        write_documents(texts, told.documents)
        run("read", texts, "--store", folder / "calm.db", "--workers", "2")
        calm = exported(folder / "calm.db", folder / "calm")
        whole, alone = disturbed(texts, folder / "killed.db", told.kills, told.documents, told.seed)
        run("read", texts, "--store", folder / "killed.db", "--workers", "2")
        killed = exported(folder / "killed.db", folder / "killed")
    same = calm == killed and calm.count(b"\n") == told.documents
    print(
        f"{whole} kills of the whole, {alone} of a worker, {told.documents} documents: "
        f"{'the export is the same to the byte' if same else 'THE EXPORT DIFFERS'}"
    )
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
