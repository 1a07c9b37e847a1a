"""Real processes, interrupted: what was read is kept, and the same command goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import purport
import purport.pipeline
from bench.endure import write_documents
from purport.corpus.limits import WorkerLimits


def started(texts: Path, store: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "purport.cli", "read", str(texts), "--store", str(store), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def documents(store: Path) -> int:
    try:
        with purport.open(store) as corpus:
            return len(corpus.store.ids())
    except purport.StoreError:
        return 0


def wait_for(store: Path, count: int, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while documents(store) < count and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.02)


def test_an_interrupt_finishes_the_documents_in_hand(tmp_path: Path) -> None:
    write_documents(tmp_path / "texts", 400)
    store = tmp_path / "s.db"
    process = started(tmp_path / "texts", store, "--workers", "2")
    wait_for(store, 3, process)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "finishing the documents in hand" in errors
    assert "Traceback" not in errors
    assert "stopped when it was told to" in out
    kept = documents(store)
    assert 3 <= kept < 400
    with purport.open(store) as corpus:
        assert corpus.verify() == []


def test_a_second_interrupt_stops_at_once(tmp_path: Path) -> None:
    write_documents(tmp_path / "texts", 2)
    (tmp_path / "texts" / "long.txt").write_text("Denk said that the dam was safe. " * 40_000)
    store = tmp_path / "s.db"
    process = started(tmp_path / "texts", store, "--workers", "1")
    wait_for(store, 1, process)
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    _, errors = process.communicate(timeout=60)
    assert time.monotonic() - began < 10
    assert process.returncode == 130
    assert "Traceback" not in errors


def test_a_worker_that_is_killed_costs_nothing(tmp_path: Path) -> None:
    write_documents(tmp_path / "texts", 12)
    calm, store = tmp_path / "calm.db", tmp_path / "s.db"
    with purport.open(calm) as corpus:
        corpus.add([tmp_path / "texts"], workers=1)
        corpus.export("jsonl", tmp_path / "calm")
    process = started(tmp_path / "texts", store, "--workers", "2")
    wait_for(store, 2, process)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    os.kill(int(children[0]), signal.SIGKILL)
    process.communicate(timeout=90)
    assert process.returncode == 0
    with purport.open(store) as corpus:
        corpus.export("jsonl", tmp_path / "killed")
    assert (tmp_path / "killed" / "records.jsonl").read_bytes() == (tmp_path / "calm" / "records.jsonl").read_bytes()


def test_a_document_that_hangs_is_given_up_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_documents(tmp_path / "texts", 3)
    (tmp_path / "texts" / "hang.txt").write_text("HANG. Denk said so.")
    real = purport.pipeline.steps

    def hanging(document: purport.Document, *told: object):  # type: ignore[no-untyped-def]
        while document.text.startswith("HANG"):
            time.sleep(1)
        return real(document, *told)  # type: ignore[arg-type]

    monkeypatch.setattr("purport.pipeline.steps", hanging)
    with purport.open(tmp_path / "s.db") as corpus:
        summary = corpus.add([tmp_path / "texts"], workers=2, limits=WorkerLimits(seconds=12))
    assert summary.new == 3
    assert [Path(p.path).name for p in summary.failed] == ["hang.txt"]
    assert "12 seconds" in summary.failed[0].reason


def test_a_document_that_eats_memory_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_documents(tmp_path / "texts", 2)
    (tmp_path / "texts" / "hungry.txt").write_text("HUNGRY. Denk said so.")
    real = purport.pipeline.steps

    def eating(document: purport.Document, *told: object):  # type: ignore[no-untyped-def]
        held = []
        while document.text.startswith("HUNGRY"):
            held.append(bytearray(50_000_000))
        return real(document, *told)  # type: ignore[arg-type]

    monkeypatch.setattr("purport.pipeline.steps", eating)
    with purport.open(tmp_path / "s.db") as corpus:
        summary = corpus.add([tmp_path / "texts"], workers=1, limits=WorkerLimits(memory=5 * 2**30))
    assert summary.new == 2
    assert "memory" in summary.failed[0].reason
