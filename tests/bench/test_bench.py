"""This build is no worse than its floors; floors only rise; what is measured is measured rightly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench import accuracy, articles, memory
from bench.accuracy import GOLD, faults, raised
from purport.evaluate import Score


@pytest.mark.parametrize("name", GOLD)
def test_accuracy_is_not_below_its_floors(name: str) -> None:
    if not GOLD[name].is_dir():
        pytest.skip(f"the gold standard {name} is not part of this project and not here")
    command = [sys.executable, "-m", "bench", "--accuracy", "--gold", name]
    done = subprocess.run(command, cwd=articles.ROOT, check=False, text=True, capture_output=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_figure_below_its_floor_or_without_one_is_a_fault() -> None:
    found = {"relation": Score(0.5, 0.5), "exact span": Score(0.4, 0.4)}
    assert faults("x", found, {"x relation F1": 0.5, "x exact span F1": 0.4}) == []
    assert faults("x", found, {"x relation F1": 0.6, "x exact span F1": 0.4}) == [
        "x relation F1 is 0.500, below its floor of 0.600"
    ]
    [line] = faults("x", found, {"x relation F1": 0.5})
    assert "x exact span F1 is 0.400 and has no floor" in line


def test_floors_only_rise() -> None:
    kept = {"x relation F1": 0.3, "x exact span F1": 0.9, "y relation F1": 0.1}
    found = {"relation": Score(0.5, 0.5), "exact span": Score(0.4, 0.4)}
    assert raised("x", found, kept) == {"x relation F1": 0.495, "x exact span F1": 0.9, "y relation F1": 0.1}


def test_floors_are_of_known_gold_in_order() -> None:
    told = json.loads(accuracy.FLOORS.read_text())
    assert list(told) == sorted(told)
    assert all(
        key.endswith(" F1") and key.startswith((*GOLD, "DSE", "NewsMTSC")) and 0 < value < 1
        for key, value in told.items()
    )


def test_repeated_examples_are_many_and_all_different(tmp_path: Path) -> None:
    texts = articles.repeated(12_000)
    assert 12_000 <= sum(map(articles.words, texts)) < 14_000
    assert len(set(texts)) == len(texts)
    articles.write(texts, tmp_path / "articles")
    assert articles.read(tmp_path / "articles") == texts


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux's /proc")
def test_memory_of_a_process_and_its_children() -> None:
    script = (
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'x = bytes(range(256)) * 400_000; input()'])"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE) as child:
        with memory.Peak(child.pid) as peak:
            for _ in range(400):
                if peak.bytes > 100_000_000:
                    break
                peak._over.wait(memory.EVERY)
        child.communicate(b"\n")
    assert 100_000_000 < peak.bytes < 400_000_000
    assert memory.resident(os.getpid()) > 1_000_000
