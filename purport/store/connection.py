"""Opening a store's file: its mode, its lock, its pages' checksums, its version. Only `purport.store` knows SQL."""

from __future__ import annotations

import ctypes
import fcntl
import os
from functools import cache
from pathlib import Path
from weakref import WeakSet

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


def connect(path: Path, *, write: bool) -> apsw.Connection:
    """A connection to the store at `path`, which is made where it is missing and `write` is set.

    Raises `StoreError` where there is no store, where the file is none, or where a newer purport made it.
    """
    fresh = not path.exists() or path.stat().st_size == 0
    if fresh and not write:
        raise StoreError(f"{path}: there is no store here; `purport read PATH... --store {path}` makes one")
    if fresh:
        _create(path)
    flags = apsw.SQLITE_OPEN_READWRITE if write else apsw.SQLITE_OPEN_READONLY
    try:
        connection = apsw.Connection(str(path), flags=flags, vfs=_checked_vfs())
        if fresh and _checked_vfs():
            reserved = ctypes.c_int(RESERVED)
            connection.file_control("main", apsw.SQLITE_FCNTL_RESERVE_BYTES, ctypes.addressof(reserved))
        connection.set_busy_timeout(int(WAIT * 1000))
        _set_up(path, connection, fresh=fresh, write=write)
    except apsw.NotADBError:
        raise StoreError(f"{path}: this file is not a store of purport; name another with --store") from None
    except apsw.IOError as error:
        raise StoreError(f"{path}: a page of the store is damaged or cannot be read ({error})") from None
    except apsw.Error as error:
        raise StoreError(f"{path}: the store cannot be opened ({error})") from None
    return connection


def _create(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(f"{path}: the store cannot be made ({error.strerror}); name another place") from None


def _set_up(path: Path, connection: apsw.Connection, *, fresh: bool, write: bool) -> None:
    if fresh:
        connection.execute("PRAGMA page_size = 8192; PRAGMA secure_delete = ON; PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
    application, version = int(connection.pragma("application_id")), int(connection.pragma("user_version"))
    if application != APPLICATION:
        raise StoreError(f"{path}: this is a database, but not a store of purport; name another with --store")
    if version > VERSION:
        raise StoreError(
            f"{path}: made by a newer purport (store version {version}, this one knows {VERSION}); upgrade purport"
        )
    if version < VERSION and not write:
        raise StoreError(
            f"{path}: made by an older purport (store version {version}); `purport read --store {path}` upgrades it"
        )
    connection.execute("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL")
    for step in range(version, VERSION):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(MIGRATIONS[step])
        connection.execute(f"PRAGMA user_version = {step + 1}")
        connection.execute("COMMIT")


class WriterLock:
    """The right to write to a store, held by one process at a time and given back when that ends, however it ends.

    It is a `flock` on the store's own file, which SQLite's own locks (fcntl) do not touch; it must be released
    only after the connection is closed, since closing a descriptor drops fcntl locks.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock. Raises `StoreError` where another process holds it."""
        self._descriptor: int | None = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.release()
            raise StoreError(
                f"{path}: another process is writing to this store; wait until it is done, or stop it"
            ) from None
        _held.add(self)

    def release(self) -> None:
        """Give the right back; once is enough."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


_held: WeakSet[WriterLock] = WeakSet()


def _drop_in_child() -> None:
    """A forked worker shares its parent's lock and would hold it on after the parent was killed."""
    for lock in _held:
        lock.release()


os.register_at_fork(after_in_child=_drop_in_child)
