"""Opening a store's file: its mode, its lock, its pages' checksums, its version. Only `purport.store` knows SQL."""

from __future__ import annotations

import ctypes
import fcntl
import os
import stat
from functools import cache
from pathlib import Path
from urllib.parse import quote

import apsw
import apsw.sqlite_extra

from purport.errors import StoreError
from purport.store.schema import APPLICATION, MIGRATIONS, VERSION

RESERVED = 8
"""Bytes at the end of each page for its checksum."""
WAIT = 10.0
"""Seconds that a reader or writer waits for another's short lock."""


@cache
def _checked_vfs() -> str | None:
    """The file layer that puts a checksum on every page (SQLite's cksumvfs), None where it was not shipped."""
    if not apsw.sqlite_extra.has("cksumvfs"):
        return None
    loader = apsw.Connection(":memory:")
    apsw.sqlite_extra.load(loader, "cksumvfs")
    loader.close()
    return "cksmvfs"


def there(path: Path) -> bool:
    """Whether something stands at `path`; an empty file is nothing. Raises `StoreError` for what can be no store."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise StoreError(f"{path}: no store can be here ({_reason(error)}); name another place") from None
    if stat.S_ISDIR(found.st_mode):
        raise StoreError(f"{path}: is a folder, not a file; name a file in it, such as {path / 'my.db'}", "store")
    if not stat.S_ISREG(found.st_mode):
        raise StoreError(f"{path}: is no regular file; name another", "store")
    return found.st_size > 0


_HEADER = b"SQLite format 3\0"


def surely_none(path: Path) -> bool:
    """Whether a file that is there is surely no store, by how it begins."""
    try:
        with path.open("rb") as file:
            begun = file.read(len(_HEADER))
    except OSError:
        return False  # whoever opens it is told why it cannot be read
    return bool(begun) and begun != _HEADER


def create(path: Path) -> None:
    """Make an empty file, which nobody else may read, where there is none. Raises `StoreError`."""
    there(path)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDONLY, 0o600))
    except (OSError, ValueError) as error:
        raise StoreError(f"{path}: the store cannot be made ({_reason(error)}); name another place") from None


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def connect(path: Path, *, write: bool) -> apsw.Connection:
    """A connection to the store at `path`. With `write`, which the `WriterLock` must allow, an empty file is set up.

    Raises `StoreError` where there is no store, where the file is none, or where a newer purport made it.
    """
    fresh = not there(path)
    if fresh and not write:
        raise StoreError(f"{path}: there is no store here; reading documents into it makes one", "store")
    connection: apsw.Connection | None = None
    try:
        connection = _opened(path, write=write)
        connection.set_busy_timeout(int(WAIT * 1000))
        _set_up(path, connection, fresh=fresh, write=write)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, apsw.Error):
            raise explained(path, error) from None
        raise
    return connection


def _opened(path: Path, *, write: bool) -> apsw.Connection:
    """A reader is given the right to write where there is one, and forgoes it: else it would leave its -wal and -shm
    files behind. Where there is none and no writer has left a -wal file, the store is read as it stands."""
    ours = all(os.access(place, os.W_OK) for place in (path, path.absolute().parent))
    if write or ours or path.with_name(f"{path.name}-wal").exists():
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE, vfs=_checked_vfs())
        if not write:
            connection.execute("PRAGMA query_only = ON").fetchall()
        return connection
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    return apsw.Connection(f"file:{quote(str(path.absolute()))}?immutable=1", flags=flags, vfs=_checked_vfs())


def explained(path: Path, error: apsw.Error) -> StoreError:
    """The same error in the words of a person who keeps a store."""
    if isinstance(error, apsw.NotADBError):
        return StoreError(f"{path}: this file is not a store of purport; name another", "store")
    if isinstance(error, (apsw.IOError, apsw.CorruptError)):
        return StoreError(
            f"{path}: a page of the store is damaged or cannot be read ({error}); verifying the store tells more"
        )
    if isinstance(error, apsw.ReadOnlyError):
        return StoreError(f"{path}: the store is read-only; copy it or change its mode")
    if isinstance(error, apsw.FullError):
        return StoreError(f"{path}: the disk is full; free some space and run the same again")
    if isinstance(error, apsw.BusyError):
        return StoreError(f"{path}: another process keeps the store busy; try again when it is done")
    return StoreError(f"{path}: the store cannot be used ({error})")


def _set_up(path: Path, connection: apsw.Connection, *, fresh: bool, write: bool) -> None:
    if fresh and _checked_vfs():
        _reserved(connection, RESERVED)
    if fresh:
        for setting in ("page_size = 8192", "secure_delete = ON", "journal_mode = WAL"):
            connection.execute(f"PRAGMA {setting}").fetchall()  # a statement runs only as far as its rows are taken
    application, version = int(connection.pragma("application_id")), int(connection.pragma("user_version"))
    if write and application == 0 and _half_made(connection):
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        application = APPLICATION
    if application != APPLICATION:
        raise StoreError(f"{path}: this is a database, but not a store of purport; name another", "store")
    if version > VERSION:
        raise StoreError(
            f"{path}: made by a newer purport (store version {version}, this one knows {VERSION}); upgrade purport"
        )
    if version < VERSION and not write:
        raise StoreError(f"{path}: made by an older purport (store version {version}); reading into it upgrades it")
    for setting in ("foreign_keys = ON", "secure_delete = ON", "synchronous = FULL"):
        connection.execute(f"PRAGMA {setting}").fetchall()
    for step in range(version, VERSION):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(MIGRATIONS[step]).fetchall()
        connection.execute(f"PRAGMA user_version = {step + 1}")
        connection.execute("COMMIT")


def _half_made(connection: apsw.Connection) -> bool:
    """Whether nothing is in the file yet: it is new, or its making was killed before it got its name."""
    wanted = RESERVED if _checked_vfs() else 0
    empty: int = connection.execute("SELECT count(*) FROM sqlite_schema").get
    return empty == 0 and int(connection.pragma("user_version")) == 0 and _reserved(connection) == wanted


def _reserved(connection: apsw.Connection, wanted: int = -1) -> int:
    """Bytes at the end of each page that SQLite leaves alone, set to `wanted` where that is not negative."""
    number = ctypes.c_int(wanted)
    connection.file_control("main", apsw.SQLITE_FCNTL_RESERVE_BYTES, ctypes.addressof(number))
    return number.value


class WriterLock:
    """The right to write to a store, held by one process at a time and given back when that ends, however it ends.

    It is a `flock` on the store's own file, which SQLite's own locks (fcntl) do not touch. But closing any descriptor
    of a file drops all fcntl locks that the process has on it, those of open connections too (sqlite.org,
    howtocorrupt.html, 2.2), so a descriptor is not closed once opened: it is kept for the next lock on that file.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock on the file at `path`. Raises `StoreError` where it is held, here or by another process."""
        found = path.stat()
        self._file = (found.st_dev, found.st_ino)
        descriptor = _descriptors.get(self._file)
        if descriptor is None:
            descriptor = _descriptors[self._file] = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            if self._file in _held:
                raise BlockingIOError
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StoreError(
                f"{path}: another process is writing to this store; wait until it is done, or stop it"
            ) from None
        _held.add(self._file)
        self._mine = True

    def release(self) -> None:
        """Give the right back; once is enough. In a forked child it is the parent's, and nothing is done."""
        if self._mine and self._file in _held:
            self._mine = False
            _held.remove(self._file)
            fcntl.flock(_descriptors[self._file], fcntl.LOCK_UN)


_descriptors: dict[tuple[int, int], int] = {}
_held: set[tuple[int, int]] = set()


def _drop_in_child() -> None:
    """A forked worker shares its parent's lock and would hold it on after the parent was killed."""
    for descriptor in _descriptors.values():
        os.close(descriptor)
    _descriptors.clear()
    _held.clear()


os.register_at_fork(after_in_child=_drop_in_child)
