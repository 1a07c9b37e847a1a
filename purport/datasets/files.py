"""Files of a dataset: each is there whole or not at all, and nobody but its owner may read it."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from purport.datasets.places import far, private_folder, put
from purport.errors import PurportError, StoreError

FILE_MODE, FOLDER_MODE = 0o600, 0o700
_PART = re.compile(r"\..+\.([A-Za-z0-9-]*)\.(\d+)\.part")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """What the operating system refuses inside, as a `StoreError` in the words of a person who keeps a dataset."""
    try:
        yield
    except OSError as error:
        refused = isinstance(error, PermissionError) or error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            reason = "the disk is full; free some space and run the same again: what is finished is kept"
        elif refused:
            reason = "may not be read or written here; change its permissions, or name another folder"
        else:
            told = error.strerror or (str(error).splitlines() or [type(error).__name__])[0]
            reason = f"cannot be read or written ({told}); run the same again: what is finished is kept"
        raise StoreError(f"{path}: {reason}") from None
    except (PurportError, GeneratorExit):
        raise
    except Exception as error:
        if not far(path):
            raise
        # Each file system has errors of its own.
        told = (str(error).splitlines() or [""])[0]
        raise StoreError(f"{path}: cannot be read or written ({type(error).__name__}: {told})") from None


def part_path(folder: Path, name: str) -> Path:
    """Where this process writes what is to be called `name` in the folder, before it is whole."""
    return folder / f".{name}.{_machine()}.{os.getpid()}.part"


class PartFile:
    """A file that is being written beside its place, and that gets its name when all of it is on the disk.

    Its temporary name holds the machine and the process, so that two jobs never write to the same one. What was
    written is unbuffered: a forked worker has nothing of it to flush.
    """

    def __init__(self, folder: Path, name: str) -> None:
        """Begin a file in the folder, for a shard or file called `name`. Raises `StoreError`."""
        self.path = part_path(private_folder() if far(folder) else folder, name)
        self.size = 0
        self._sum = hashlib.sha256()
        with explained(self.path):
            self.path.unlink(missing_ok=True)  # of a process with the same number that was killed
            self._file = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, FILE_MODE)
        self._open = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()

    @property
    def sha256(self) -> str:
        """The SHA-256 of what was written so far, 64 hexadecimal digits."""
        return self._sum.hexdigest()

    def write(self, data: bytes) -> None:
        """Add bytes at the end. Raises `StoreError` where the disk is full."""
        left = memoryview(data)
        with explained(self.path):
            while left:
                left = left[os.write(self._file, left) :]
        self.size += len(data)
        self._sum.update(data)

    def finish(self, path: Path, *, replace: bool = True) -> bool:
        """Put it at `path`, after it is on the disk; False, and nothing done, where something is there that is not to
        be replaced. Raises `StoreError`."""
        with explained(path):
            os.fsync(self._file)
            done = self._put_far(path, replace) if far(path) else self._put(path, replace)
        self.discard()
        return done

    def _put_far(self, path: Path, replace: bool) -> bool:
        if not replace and path.exists():
            return False
        put(self.path, path)
        return True

    def _put(self, path: Path, replace: bool) -> bool:
        done = replace or _linked(self.path, path)
        if replace:
            self.path.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return done

    def discard(self) -> None:
        """Let go of it; what has no name yet is removed. May be called again."""
        if self._open:
            os.close(self._file)
            self._open = False
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


def _linked(part: Path, path: Path) -> bool:
    """Whether the file has got its name, which it does not where that is taken. Raises `OSError`."""
    try:
        os.link(part, path)
    except FileExistsError:
        return False
    except OSError:  # not every file system has links
        if path.exists():
            return False
        part.replace(path)
    return True


def write_whole(path: Path, data: bytes, *, replace: bool = True) -> bool:
    """Write a file that is there whole or not at all; see `PartFile.finish`. Raises `StoreError`."""
    with PartFile(path.parent, path.name) as part:
        part.write(data)
        return part.finish(path, replace=replace)


def remove_dead_parts(folder: Path) -> None:
    """Remove what processes of this machine were writing when they were killed. Those of other machines stay."""
    if far(folder):
        return  # what is on its way there is in a folder of this machine
    for path in folder.glob(".*.part"):
        found = _PART.fullmatch(path.name)
        if found is not None and found[1] == _machine() and not _alive(int(found[2])):
            with suppress(OSError):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _machine() -> str:
    return re.sub("[^A-Za-z0-9-]", "", os.uname().nodename)[:40]


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, 64 hexadecimal digits. Raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
