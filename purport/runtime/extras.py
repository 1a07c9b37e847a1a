"""Packages that only some jobs need: `pip install 'purport[tables]'` brings pyarrow and pandas, `'purport[cluster]'`
Dask's scheduler and workers, and DuckDB, `'purport[remote]'` folders of other file systems."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from purport.errors import UsageError


def arrow(module: str = "pyarrow") -> Any:
    """pyarrow, or a module in it; loaded at the first call, which takes a third of a second.

    Raises `UsageError`, which says what to install, where it is not there.
    """
    return _loaded(module, "Arrow tables and Parquet need pyarrow")


def pandas() -> Any:
    """pandas, loaded at the first call. Raises `UsageError`, which says what to install, where it is not there."""
    return _loaded("pandas", "data frames need pandas")


def cluster_engine() -> Any:
    """Dask's `distributed`, loaded at the first call. Raises `UsageError`, which says what to install, where it is not
    there."""
    return _loaded("distributed", "reading on a cluster needs Dask", "cluster")


def duckdb() -> Any:
    """DuckDB, loaded at the first call. Raises `UsageError`, which says what to install, where it is not there."""
    return _loaded("duckdb", "tables of a dataset need DuckDB", "cluster")


def upath() -> Any:
    """`upath`, folders of any file system that fsspec knows; loaded at the first call. Raises `UsageError`, which says
    what to install, where it is not there."""
    return _loaded("upath", "a folder of another file system needs universal-pathlib", "remote")


def _loaded(module: str, need: str, extra: str = "tables") -> Any:
    try:
        return import_module(module)
    except ImportError:
        raise UsageError(f"{need}, which is not installed: pip install 'purport[{extra}]'") from None
