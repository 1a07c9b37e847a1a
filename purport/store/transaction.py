"""A transaction of a store, with its errors in the words of a person who keeps one."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import apsw

from purport.store.connection import explained


class Transaction:
    """All or nothing: what is written inside is there as a whole, or, after an error or a kill, not at all."""

    def __init__(self, path: Path, connection: apsw.Connection) -> None:
        self._path = path
        self._connection = connection

    def __enter__(self) -> None:
        self._run("BEGIN IMMEDIATE")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._run("COMMIT")
        elif self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        if isinstance(error, apsw.Error):
            raise explained(self._path, error) from error

    def _run(self, statement: str) -> None:
        try:
            self._connection.execute(statement)
        except apsw.Error as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise explained(self._path, error) from None
