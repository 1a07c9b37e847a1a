"""The program that makes the pages of the network beside the server (see `purport.web.server.network_process`)."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import sys
import threading
from pathlib import Path
from typing import BinaryIO

from starlette.applications import Starlette
from starlette.types import Message

from purport.web.server.app import pages
from purport.web.server.network_process import Answer, Question


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
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides what an interrupt means
    sys.setswitchinterval(0.001)
    asyncio.run(serving(pages(Path(sys.argv[1])), sys.stdin.buffer, sys.stdout.buffer))


if __name__ == "__main__":
    main()
