from __future__ import annotations

import asyncio
import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from purport.errors import StoreError
from purport.web import application
from purport.web.server.network_process import Answer, NetworkProcess, Question
from purport.web.server.security import Door
from tests.web.conftest import FORM, HOME, client_of


@pytest.fixture(scope="module")
def beside(example_store: Path) -> Iterator[TestClient]:
    """A browser whose pages of the network are made by another process."""
    with closing(NetworkProcess(example_store)) as network_process:
        client = TestClient(
            application(example_store, Door("127.0.0.1", 8765), network_process), base_url=HOME, follow_redirects=False
        )
        client.headers.update(FORM)
        yield client


@pytest.mark.parametrize(
    "address",
    [
        "/network", "/network?outlet=Ardania+Herald&month=2031-04", "/network?month=never", "/network?kind=%22%3E",
        "/network/edge?holder=x&target=y", "/network/timeline/none", "/network/download.csv", "/network/download.exe",
        "/network/download.gexf?least=2", "/network?outlet=%E2%80%AE%00",
    ],
)  # fmt: skip
def test_its_pages_are_those_of_the_server_itself(beside: TestClient, example_store: Path, address: str) -> None:
    own, other = client_of(example_store).get(address), beside.get(address)
    assert (other.status_code, other.text) == (own.status_code, own.text)
    assert dict(other.headers) == dict(own.headers)


def test_a_judgement_is_in_the_next_page(copied: Path) -> None:
    with closing(NetworkProcess(copied)) as network_process:
        app = application(copied, Door("127.0.0.1", 8765), network_process)
        client = TestClient(app, base_url=HOME, follow_redirects=False, cookies={"purport_reviewer": "Ana"})
        client.headers.update(FORM)
        before = client.get("/network").text
        actor, name = re.findall(r'href="/network/timeline/(\w+)"><bdi>([^<]+)<', before)[0]
        answer = client.post(f"/actors/{actor}/judge", data={"deed": "rename", "value": "Somebody Renamed"})
        assert answer.status_code == 303, answer.text
        assert name in before
        assert "Somebody Renamed" in client.get("/network").text


def test_killed_it_is_begun_anew_and_given_up_only_if_it_dies_again(example_store: Path) -> None:
    question = Question("/network", "", "", "127.0.0.1:8765")
    with closing(NetworkProcess(example_store)) as network_process:
        first = asyncio.run(network_process.answer(question))
        os.kill(network_process.process, signal.SIGKILL)
        assert asyncio.run(network_process.answer(question)) == first

        async def killed() -> None:
            asking = asyncio.create_task(network_process.answer(Question("/network", "least=2", "", "127.0.0.1:8765")))
            while not asking.done():
                with suppress(ProcessLookupError):  # it is about to be begun anew
                    # Stopped first, so that it dies over the question, however fast it is.
                    os.kill(network_process.process, signal.SIGSTOP)
                    os.kill(network_process.process, signal.SIGKILL)
                await asyncio.sleep(0.01)
            await asking

        with pytest.raises(StoreError, match="too little memory"):
            asyncio.run(killed())
        assert asyncio.run(network_process.answer(question)) == first


def test_who_does_not_wait_any_longer_holds_up_nobody(example_store: Path) -> None:
    question = Question("/network", "", "", "127.0.0.1:8765")
    with closing(NetworkProcess(example_store)) as network_process:

        async def gone() -> Answer:
            asking = asyncio.create_task(network_process.answer(question))
            await asyncio.sleep(0)
            asking.cancel()
            with suppress(asyncio.CancelledError):
                await asking
            return await network_process.answer(question)

        assert asyncio.run(gone()).status == 200


def test_it_ends_with_the_server_however_that_ends(copied: Path) -> None:
    command = [sys.executable, "-m", "purport.cli", "serve", "--store", str(copied), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        found = re.search(r":(\d+)/", server.stdout.readline())
        assert found is not None
        asked = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=60)
        asked.request("GET", "/network")
        assert asked.getresponse().status == 200
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        server.kill()
        asked.close()
    assert children
    until = time.monotonic() + 20
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < until, "it outlived its server"
        time.sleep(0.1)
