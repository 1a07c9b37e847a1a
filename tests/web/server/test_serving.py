from __future__ import annotations

import http.client
import re
import socket
import subprocess
import sys
from pathlib import Path

from purport import store as stores
from tests.conftest import Run
from tests.web.conftest import client_of


def test_a_judgement_answered_with_success_outlives_a_kill(copied: Path) -> None:
    items = re.findall(r'<li id="s-(\w+)"', client_of(copied).get("/statements").text)[:5]
    command = [sys.executable, "-m", "purport.cli", "serve", "--store", str(copied), "--port", "0"]
    for number, item in enumerate(items, 1):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            found = re.search(r":(\d+)/", server.stdout.readline())
            assert found is not None
            asked = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=30)
            head = {"Origin": f"http://127.0.0.1:{found[1]}", "Cookie": "purport_reviewer=Ana",
                    "Content-Type": "application/x-www-form-urlencoded"}  # fmt: skip
            asked.request("POST", f"/items/{item}/judge", "deed=accept&after=0", head)
            status = asked.getresponse().status
            server.kill()
            asked.close()
        assert status == 303
        with stores.Store(copied) as store:
            assert [one.item for one in stores.reviews(store)] == items[:number]


def test_what_cannot_be_served_is_said_to_be_so(purport_command: Run, copied: Path, tmp_path: Path) -> None:
    none = purport_command("serve", "--store", tmp_path / "none.db", "--port", 0)
    assert none.returncode == 2
    assert "there is no store here" in none.stderr
    with socket.create_server(("127.0.0.1", 0)) as taken:
        busy = purport_command("serve", "--store", copied, "--port", taken.getsockname()[1])
    assert busy.returncode == 2
    assert "name another port (--port)" in busy.stderr


def test_judging_goes_on_while_documents_are_read_in(copied: Path) -> None:
    with stores.Store(copied, write=True):
        client = client_of(copied, "Ana")
        item = re.findall(r'<li id="s-(\w+)"', client.get("/statements").text)[0]
        assert client.post(f"/items/{item}/judge", data={"deed": "accept", "after": "0"}).status_code == 303
