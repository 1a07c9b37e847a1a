"""Processor time of reading with this build and with that of another checkout, in turn."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench import articles
from bench.articles import ROOT


def measured(texts: Sequence[str], old: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds of processor time that `purport read` of the texts took with one worker: of the other build and of this
    one, a value a round. Raises `ValueError` for a folder that is no checkout, or where a build cannot read them."""
    if not (old / "purport" / "__init__.py").is_file():
        raise ValueError(f"{old} is no checkout of purport")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "articles"
        articles.write(list(texts), folder)
        found: tuple[list[float], list[float]] = ([], [])
        for number in range(rounds):
            for which, build in enumerate((old, ROOT)):
                print(f"  round {number + 1} of {rounds}: {build}", file=sys.stderr, flush=True)
                found[which].append(_seconds(build, folder, Path(scratch) / f"{number}-{which}.db"))
    return found


def _seconds(build: Path, folder: Path, store: Path) -> float:
    command = [sys.executable, "-m", "purport.cli", "read", str(folder), "--store", str(store), "--workers", "1"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, cwd=build, env={**os.environ, "PYTHONPATH": str(build)}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ValueError(f"{build} cannot read the articles: {done.stderr.strip()[-300:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def told(old: Sequence[float], new: Sequence[float]) -> str:
    """What is printed of two builds: the medians and their ratio."""
    first, second = median(old), median(new)
    return f"the other build {first:.1f} s, this one {second:.1f} s of processor time: {second / first:.3f} of it"
