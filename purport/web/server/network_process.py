"""The process that makes the pages of the network, as the server sees it.

What these pages compute takes seconds of a core for a large store, for which everybody else would wait. It is a program
of its own (`purport.web.server.network_worker`), since a server of many threads and open connections must not fork.
Questions go to it as lines of JSON, answers come back as a line of JSON and the bytes of the page; it ends when the
server's end of its standard input does.
"""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
import threading
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from purport.errors import StoreError

_TRIES = 2
"""How often a page is asked for before it is given up: a kill from outside is forgiven once."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the path and query of an address within the server, and the headers that tell who asks and by
    which name of the server."""

    path: str
    query: str
    cookie: str
    host: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: the status of HTTP, the headers by name, and the page in bytes."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class NetworkProcess:
    """The process: started at once, and again should it die."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._number = 0
        self._waiting: dict[int, tuple[subprocess.Popen[bytes], Future[Answer]]] = {}
        self._process = self._begun()

    def _begun(self) -> subprocess.Popen[bytes]:
        # -P: what lies in the folder in which the server was started is never taken for a module.
        command = [sys.executable, "-P", "-m", "purport.web.server.network_worker", str(self._path)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._listening = threading.Thread(target=self._listen, args=(process,), daemon=True)
        self._listening.start()
        return process

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        """Hand answers to those who wait for them, until there are no more; then nobody waits any longer."""
        assert process.stdout is not None
        while line := process.stdout.readline():
            told = json.loads(line)
            body = process.stdout.read(told["size"])
            if len(body) < told["size"]:
                break
            headers = tuple((name, value) for name, value in told["headers"])
            with self._lock:
                _, waiting = self._waiting.pop(told["number"])
            if waiting.set_running_or_notify_cancel():  # whoever asked may have gone
                waiting.set_result(Answer(told["status"], headers, body))
        process.wait()
        process.stdout.close()
        with self._lock:
            assert process.stdin is not None
            with suppress(OSError):  # a question may be left in it
                process.stdin.close()
            lost = [number for number, (asked, _) in self._waiting.items() if asked is process]
            alone = [self._waiting.pop(number)[1] for number in lost]
        for waiting in alone:
            if waiting.set_running_or_notify_cancel():
                waiting.set_exception(EOFError())

    def _asked(self, question: Question) -> Future[Answer]:
        with self._lock:
            if self._process.poll() is not None:
                self._process = self._begun()
            self._number += 1
            waiting = Future[Answer]()
            self._waiting[self._number] = (self._process, waiting)
            line = json.dumps({"number": self._number, **asdict(question)}) + "\n"
            assert self._process.stdin is not None
            with suppress(OSError):  # it has just died: whoever listens to it finds who is left waiting
                self._process.stdin.write(line.encode())
                self._process.stdin.flush()
        return waiting

    async def answer(self, question: Question) -> Answer:
        """The page that is asked for. Raises `StoreError` where the process dies over it, as often as it is begun."""
        for _ in range(_TRIES):
            try:
                return await asyncio.wrap_future(self._asked(question))
            except EOFError:
                logging.getLogger("purport.web").error("the process that works out networks died: begun anew")
        raise StoreError("the process that works this out died; too little memory is the usual cause")

    @property
    def process(self) -> int:
        """The number of the process, by which the operating system knows it."""
        return self._process.pid

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._listening.join()


async def elsewhere(request: Request) -> Response:
    """A page that the process beside the server makes."""
    process: NetworkProcess = request.app.state.network_process
    told = request.headers
    question = Question(request.url.path, request.url.query, told.get("cookie", ""), told.get("host", ""))
    found = await process.answer(question)
    return Response(found.body, found.status, dict(found.headers))
