"""Nothing leaves the machine and nothing is fetched: with every way out closed, all of the examples are read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES, ROOT

CLOSED = """
import socket, sys

class Closed(socket.socket):
    def __init__(self, family=-1, *more, **other):
        if family != socket.AF_UNIX:
            # urllib3, which trafilatura imports, tries whether "::1" can be bound; it connects to nothing.
            raise OSError("no sockets here")
        super().__init__(family, *more, **other)

def refused(*asked, **more):
    print("ASKED FOR A NAME", asked, file=sys.stderr, flush=True)
    raise RuntimeError("no names here")

socket.socket = Closed
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refused
sys.addaudithook(lambda event, given: refused(event) if event in ("socket.connect", "socket.getaddrinfo") else None)

import purport
folder, store = sys.argv[1:]
with purport.open(store) as corpus:
    summary = corpus.add([f"{folder}/corpus"], metadata=f"{folder}/metadata.csv", workers=2)
    assert summary.new == 22 and not summary.failed, summary
    assert corpus.verify() == []
    assert len(corpus.statements()) > 200
    for format in ("jsonl", "csv", "parquet", "brat"):
        corpus.export(format, store + "-out")
"""


def test_all_is_read_without_a_network_in_workers_too(tmp_path: Path) -> None:
    command = [sys.executable, "-c", CLOSED, str(EXAMPLES), str(tmp_path / "made.db")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")


READS_AND_STAYS = """
import time
import purport, onnxruntime
text = "Velmark accused Ardania of shelling the bridge, and Mara Denk denied that it had fired. " * 3
record = purport.read_text(text, language="en")
assert record.attributions and record.mentions
purport.stance("Velmark condemned Ardania.", holder=(0, 7), target=(18, 25))
time.sleep(15)
"""
"""What a library tells its maker it may tell only after a while (ONNX Runtime 1.32: ten seconds)."""


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize(
    "command",
    [["-m", "purport.cli", "demo", "--store", "demo.db"], ["-c", READS_AND_STAYS]],
    ids=["demo", "long"],
)
def test_the_kernel_is_asked_for_no_socket_but_local_ones(tmp_path: Path, command: list[str]) -> None:
    trace = tmp_path / "trace"
    own = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    subprocess.run(
        ["strace", "-f", "-qq", "-e", "trace=socket,connect,sendto,bind", "-o", str(trace), sys.executable, *command],
        check=True,
        capture_output=True,
        cwd=tmp_path,
        env={**own, "PYTHONPATH": str(ROOT)},
    )
    lines = trace.read_text(errors="replace").splitlines()
    asked = [line for line in lines if "socket(" in line and "AF_UNIX" not in line]
    # urllib3, which trafilatura imports, tries whether "::1" can be bound, and closes it.
    assert [line for line in asked if "AF_INET6, SOCK_STREAM" not in line] == []
    assert not [line for line in lines if "sendto(" in line or ("connect(" in line and "AF_UNIX" not in line)]
    assert all('"::1"' in line for line in lines if "bind(" in line and "AF_INET" in line)


TRAINS = """
import os, sys, training
assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
assert "onnxruntime" not in sys.modules
"""


def test_training_is_as_quiet() -> None:
    own = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    subprocess.run([sys.executable, "-c", TRAINS], check=True, cwd=ROOT, env=own)
