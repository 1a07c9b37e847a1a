"""DuckDB as datasets use it: in memory, within a limit, offline, and tables as Parquet files that are there whole."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from purport.datasets.files import FILE_MODE, PartFile, explained, part_path
from purport.datasets.places import far, near, private_folder, put
from purport.errors import StoreError
from purport.model import codec
from purport.runtime.extras import duckdb

MEMORY = "1GB"
"""What DuckDB may use of the memory for itself; what needs more is put beside it on the disk."""
Values = Sequence[object]


def connected(threads: int | None = None) -> Any:
    """A connection of its own. Raises `UsageError` where DuckDB is not installed."""
    config: dict[str, Any] = {
        "memory_limit": MEMORY,
        # A folder a process: two would write over each other's files.
        "temp_directory": str(private_folder() / str(os.getpid())),
        # Nothing is ever fetched: what is not in the program itself is not used.
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    if threads is not None:
        config["threads"] = threads
    return duckdb().connect(config=config)


class TableFile:
    """A table that is being written: rows as lines of JSON, which DuckDB then makes a Parquet file of."""

    def __init__(self, folder: Path, name: str, columns: Mapping[str, str]) -> None:
        """Begin the table called `name`, with the types of its `columns` by their names. Raises `StoreError`."""
        self._folder, self._name, self._columns = folder, name, columns
        self._lines = PartFile(folder, f"{name}.lines")
        self._waiting: list[str] = []
        self._longest = 2**16

    def add(self, row: Values) -> None:
        """Add a row, with a value a column. Raises `StoreError`."""
        line = codec.dumps(dict(zip(self._columns, row, strict=True)))
        self._longest = max(self._longest, 4 * len(line))  # in UTF-8 at most
        self._waiting.append(line)
        if len(self._waiting) >= _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            self._lines.write(("\n".join(self._waiting) + "\n").encode())
            self._waiting.clear()

    def finish(self, connection: Any) -> Path:
        """Put the Parquet file in its place. Raises `StoreError`."""
        self._flush()
        types = ", ".join(f"{name}: '{type_}'" for name, type_ in self._columns.items())
        lines = (
            f"read_json('{quoted(self._lines.path)}', format = 'newline_delimited', columns = {{{types}}}, "
            f"maximum_object_size = {self._longest})"
        )
        try:
            return written(connection, f"SELECT * FROM {lines}", self._folder / self._name)
        finally:
            self.discard()

    def discard(self) -> None:
        """Let go of the rows."""
        self._lines.discard()


_AT_ONCE = 500


def written(connection: Any, query: str, path: Path, values: Values = ()) -> Path:
    """Write what a query gives as the Parquet file at `path`, which is there whole or not at all. Raises
    `StoreError`."""
    part = part_path(private_folder() if far(path) else path.parent, path.name)
    try:
        run(connection, f"COPY ({query}) TO '{quoted(part)}' (FORMAT parquet, COMPRESSION zstd)", values, path)
        with explained(path):
            if far(path):
                put(part, path)
            else:
                part.chmod(FILE_MODE)
                part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return path


def run(connection: Any, query: str, values: Values, path: Path) -> Any:
    """Run a query about what is at `path`. Raises `StoreError`, in one line, where it cannot be."""
    with _told_of(path):
        return connection.execute(query, list(values))


def fetched(connection: Any, query: str, path: Path, values: Values = ()) -> Iterator[tuple[Any, ...]]:
    """The rows of a query about what is at `path`, some at a time. Raises `StoreError` as `run`."""
    cursor = connection.cursor()
    run(cursor, query, values, path)
    while True:
        with _told_of(path):
            rows = cursor.fetchmany(_ROWS)  # what is damaged may show only now
        if not rows:
            return
        yield from rows


_ROWS = 10_000


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    try:
        yield
    except duckdb().Error as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise StoreError(
            f"{path}: the tables cannot be read or written ({reason}); where they are damaged, delete the folder "
            "`tables` of the dataset and run `purport link` again"
        ) from None


def files(paths: Iterable[Path]) -> str:
    """The files, each a part of one table, as what a query can be made from; those of another file system are brought
    to this machine first."""
    here: list[str] = []
    for path in paths:
        with explained(path):
            here.append(f"'{quoted(near(path))}'")
    told = ", ".join(here)
    return f"read_parquet([{told}])"


def quoted(path: Path) -> str:
    """A path as it stands between single marks in a query."""
    return str(path).replace("'", "''")
