"""Adding documents: what is dropped on a page goes into a folder of its own, and a process of its own reads it in.

A process, since reading forks workers, and a server of many threads and open connections must not fork. What a browser
calls a file is never a path here: of its name only harmless letters are kept, for the reader to tell the format by.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from purport.errors import UsageError
from purport.web.view.page import go, session, shown

FILES = 200
"""Files of one drop."""
_UNSAFE = re.compile(r"[^\w.,()+=@ -]")
_JOBS = 20


@dataclass(slots=True)
class Job:
    """Files that are being read in, and how far that is."""

    number: int
    names: tuple[str, ...]
    done: int = 0
    documents: int = 0
    finished: bool = False
    failed: list[str] = field(default_factory=list)


class Adding:
    """The readings that this server has begun, one after the other."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._jobs: list[Job] = []
        self._turn = threading.Lock()

    def latest(self) -> Job | None:
        """The last that was begun."""
        return self._jobs[-1] if self._jobs else None

    def job(self, number: int) -> Job | None:
        """One of the last of them."""
        return next((one for one in self._jobs if one.number == number), None)

    def begin(self, folder: Path, names: tuple[str, ...], told: dict[str, str]) -> Job:
        """Read the files in a folder in, then remove it."""
        job = Job((self._jobs[-1].number if self._jobs else 0) + 1, names)
        self._jobs = [*self._jobs[-_JOBS:], job]
        threading.Thread(target=self._read, args=(job, folder, told), daemon=True).start()
        return job

    def _read(self, job: Job, folder: Path, told: dict[str, str]) -> None:
        try:
            with self._turn:
                # -P: what lies in the folder in which the server was started is never taken for a module.
                command = [
                    sys.executable,
                    "-P",
                    "-m",
                    "purport.web.server.reader_process",
                    str(self.path.absolute()),
                    str(folder),
                ]
                with subprocess.Popen(
                    [*command, json.dumps(told)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
                ) as process:
                    for line in process.stdout or ():
                        _take(job, line)
                    status = process.wait()
            if status:
                job.failed.append("the reading was stopped before its end; add the files again")
        finally:
            job.finished = True
            shutil.rmtree(folder, ignore_errors=True)


def _take(job: Job, line: str) -> None:
    said = json.loads(line)
    job.done, job.documents = said.get("files", job.done), said.get("documents", job.documents)
    job.failed += said.get("failed", [])


async def add(request: Request) -> Response:
    """Take the files of a form."""
    async with request.form(max_files=FILES, max_fields=20) as form:
        given = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
        if not given:
            raise UsageError("choose or drop at least one file")
        told = {name: str(form.get(name, "")).strip()[:300] for name in ("outlet", "published", "author")}
        folder = Path(tempfile.mkdtemp(prefix="purport-"))
        names = []
        try:
            for number, one in enumerate(given, 1):
                name = safe_name(one.filename or "")
                names.append(name if name not in names else f"{number}-{name}")
                with (folder / names[-1]).open("xb") as file:
                    while chunk := await one.read(1 << 20):
                        file.write(chunk)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    job = request.app.state.adding.begin(folder, tuple(names), told)
    return go(f"/adding/{job.number}")


def safe_name(told: str) -> str:
    """Of what a browser calls a file, what is harmless as a name of one."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", told))[-1]
    safe = _UNSAFE.sub("_", last).strip(" .")[-120:].strip(" .")
    return safe if safe.strip("_") else "document.txt"


def progress(request: Request) -> Response:
    """How far a reading is, as a page or, for the script of that page, as JSON."""
    session(request)
    job = request.app.state.adding.job(int(request.path_params["number"]))
    if job is None:
        raise HTTPException(404)
    if request.query_params.get("as") == "json":
        return JSONResponse(
            {"done": job.done, "of": len(job.names), "documents": job.documents, "finished": job.finished}
        )
    return shown(request, "adding.html", job=job)
