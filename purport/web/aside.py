"""A process beside the server that answers the pages of the network: what they reckon takes seconds of a core for a
large store, for which everybody else would wait.

A process of its own program, since a server of many threads and open connections must not fork. Questions go to it as
lines of JSON, answers come back as a line of JSON and the bytes of the page; it ends when the server's end of its
standard input does.
"""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import subprocess
import sys
import threading
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

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


class Aside:
    """The process, as the server sees it; begun at once, and anew should it die."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._number = 0
        self._waiting: dict[int, tuple[subprocess.Popen[bytes], Future[Answer]]] = {}
        self._process = self._begun()

    def _begun(self) -> subprocess.Popen[bytes]:
        # -P: what lies in the folder in which the server was started is never taken for a module.
        command = [sys.executable, "-P", "-c", "from purport.web.aside import main; main()", str(self._path)]
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
    aside: Aside = request.app.state.aside
    told = request.headers
    question = Question(request.url.path, request.url.query, told.get("cookie", ""), told.get("host", ""))
    found = await aside.answer(question)
    return Response(found.body, found.status, dict(found.headers))


async def answered(app: Starlette, question: Question) -> Answer:
    """What the application answers."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", question.host.encode("latin-1", "replace"))]
    headers.append((b"cookie", question.cookie.encode("latin-1", "replace")))
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "root_path": "", "client": None,
        "path": question.path, "raw_path": question.path.encode(), "query_string": question.query.encode(),
        "headers": headers, "server": None,
    }  # fmt: skip
    await app(scope, receive, send)
    begin = next(one for one in sent if one["type"] == "http.response.start")
    # The server tells the length itself.
    own = ((name.decode("latin-1"), value.decode("latin-1")) for name, value in begin["headers"])
    return Answer(
        begin["status"],
        tuple((name, value) for name, value in own if name != "content-length"),
        b"".join(one.get("body", b"") for one in sent[1:]),
    )


async def serving(app: Starlette, asked: BinaryIO, out: BinaryIO) -> None:
    """Answer all that is asked, several at once, until no more is."""
    loop = asyncio.get_running_loop()
    writing = threading.Lock()
    ahead: set[asyncio.Task[None]] = set()

    def write(number: int, found: Answer) -> None:
        told = {"number": number, "status": found.status, "headers": found.headers, "size": len(found.body)}
        with writing:
            out.write(json.dumps(told).encode() + b"\n" + found.body)
            out.flush()

    async def one(line: bytes) -> None:
        told = json.loads(line)
        number = told.pop("number")
        try:
            found = await answered(app, Question(**told))
        except Exception:  # the application has said what it was, and has answered that it did not work
            logging.getLogger("purport.web").exception("a page of the network failed")
            found = Answer(500, (("content-type", "text/plain; charset=utf-8"),), b"This did not work.\n")
        await loop.run_in_executor(None, write, number, found)

    while line := await loop.run_in_executor(None, asked.readline):
        task = asyncio.create_task(one(line))
        ahead.add(task)
        task.add_done_callback(ahead.discard)


def main() -> None:
    """Answer what standard input asks about the store that the command line names."""
    from purport.web.app import pages  # here, since that module knows this one

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides what an interrupt means
    sys.setswitchinterval(0.001)
    asyncio.run(serving(pages(Path(sys.argv[1])), sys.stdin.buffer, sys.stdout.buffer))
