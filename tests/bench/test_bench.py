"""What speed and memory are measured on, and how."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench import articles, memory


def test_accuracy_is_printed_beside_its_floors() -> None:
    command = [sys.executable, "-m", "bench", "--accuracy", "--gold", "examples, rules alone"]
    done = subprocess.run(command, cwd=articles.ROOT, check=False, text=True, capture_output=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "examples, rules alone relation" in done.stdout


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
