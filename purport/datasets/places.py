"""Where a dataset is: a folder of this machine, or one of any file system that fsspec knows ("s3://bucket/papers").

The latter is handled by `upath`, whose paths answer as those of pathlib do; what they cannot is in here.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import re
import shutil
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path, PurePath
from typing import Any, cast

from purport.errors import UsageError
from purport.runtime.extras import upath

_HERE = ("file", "local")
_ADDRESS = re.compile(r"(?P<protocol>[A-Za-z][A-Za-z0-9+.-]*)://(?:[^/@]*@)?(?P<rest>.+)")
"""Who comes, and by which password, is never printed."""


def located(named: str | Path) -> Path:
    """The folder that is meant. Raises `UsageError` for a file system that is not known or not installed."""
    if far(named):
        return cast("Path", named)
    address = _ADDRESS.fullmatch(str(named))
    if address is None:
        return Path(named)
    if address["protocol"].lower() in _HERE:
        return Path(address["rest"].removeprefix("localhost"))
    try:
        # What other machines write is to be seen at once.
        found = upath().UPath(str(named), use_listings_cache=False)
        found.fs  # noqa: B018 - loads what is needed to reach it
    except UsageError:
        raise
    except Exception as error:  # each file system has errors of its own
        told = (str(error).splitlines() or [""])[0]
        shown = f"{address['protocol']}://{address['rest']}"
        raise UsageError(f"{shown}: this file system cannot be reached ({type(error).__name__}: {told})") from None
    return cast("Path", found)


def far(path: object) -> bool:
    """Whether a path is of another file system than this machine's."""
    return not isinstance(path, (PurePath, str))


def file_system(path: Path) -> Any:
    """That of fsspec in which a far path is."""
    return cast("Any", path).fs


def name_there(path: Path) -> str:
    """What its file system calls a far path."""
    return str(cast("Any", path).path)


def changed_at(path: Path) -> int:
    """When a file was last written, in nanoseconds; 0 where its file system does not tell. Raises `OSError`."""
    if not far(path):
        return path.stat().st_mtime_ns
    try:
        told = file_system(path).modified(name_there(path))
    except NotImplementedError:  # as FTP's, and others that do not know
        return 0
    return int(told.timestamp() * 1e9) if isinstance(told, datetime) else 0


def bytes_at(path: Path, offset: int, length: int) -> bytes:
    """So many bytes of a file from that one on. Raises `OSError`."""
    if far(path):
        return bytes(file_system(path).cat_file(name_there(path), start=offset, end=offset + length))
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(length)


def near(path: Path) -> Path:
    """A file as it is on this machine; one from far is brought here once, as a table never changes under its name.
    Raises `OSError`."""
    if not far(path):
        return path
    here = private_folder() / f"{hashlib.sha256(str(path).encode()).hexdigest()[:16]}-{path.name}"
    if not here.exists():
        part = here.with_name(f".{here.name}.{os.getpid()}.part")
        file_system(path).get_file(name_there(path), str(part))
        part.replace(here)
    return here


def put(local: Path, path: Path) -> None:
    """Bring a file of this machine to a far place, where it is there whole or not at all. Raises `OSError`."""
    # Not every file system shows a file only when all of it has come.
    system, part = file_system(path), name_there(path.parent / f".{path.name}.{os.uname().nodename}.{os.getpid()}.part")
    system.put_file(str(local), part)
    system.mv(part, name_there(path))


@cache
def private_folder() -> Path:
    """A folder of this machine that nobody else may read, for what does not fit into memory; it goes when this process
    ends. Workers that are forked later share it."""
    made = Path(tempfile.mkdtemp(prefix="purport-"))
    atexit.register(_removed, made, os.getpid())
    return made


def _removed(folder: Path, owner: int) -> None:
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
