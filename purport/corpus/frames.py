"""A pandas frame as documents: its rows in a file of JSON Lines beside the store, to which every place leads back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from purport.errors import ReadError, UsageError
from purport.read.options import COLUMNS
from purport.resolve.corpus.nearly import nearly

if TYPE_CHECKING:
    import pandas as pd


def saved(frame: pd.DataFrame, named: Mapping[str, str | None], store: Path) -> Path:
    """The file of JSON Lines that the rows are written to, one object a row, beside the store; the same rows give the
    same file. `named` says which column holds which field ("text", "outlet", ...), where its name does not.

    Raises `UsageError` for a column that the frame has not, or where none holds texts; `ReadError` where the file
    cannot be written.
    """
    taken = {field: _column(frame, field, name) for field, name in named.items()}
    columns = {field: name for field, name in taken.items() if name is not None}
    if "text" not in columns:
        there = ", ".join(map(str, frame.columns))
        raise UsageError(f"no column of the frame holds texts; say which with text=...: there are {there}", "text")
    lines = [
        json.dumps({field: told for field, name in columns.items() if (told := _said(row[name]))}, ensure_ascii=False)
        for row in frame.to_dict("records")
    ]
    data = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
    path = store.with_name(f"{store.stem}-frame-{hashlib.sha256(data).hexdigest()[:12]}.jsonl")
    try:
        path.write_bytes(data)
        path.chmod(0o600)
    except OSError as error:
        raise ReadError(f"{path}: the rows of the frame cannot be kept there ({error.strerror})") from None
    return path


def _column(frame: pd.DataFrame, field: str, name: str | None) -> str | None:
    """The column of a field: the one that is named, else the first that is called as such columns are."""
    there = {str(column): column for column in frame.columns}
    if name is not None:
        if name not in there:
            near = ", ".join(nearly(name, there)) or ", ".join(there)
            raise UsageError(f"the frame has no column {name!r}; there are {near}", field)
        return name
    lowered = {column.strip().lower(): column for column in there}
    return next((lowered[known] for known in COLUMNS[field] if known in lowered), None)


def _said(value: Any) -> str:
    """A cell as text: "" for what is missing, a day without its clock where that is midnight."""
    if value is None or value != value:  # NaN and NaT are not what they are
        return ""
    if hasattr(value, "isoformat"):
        told = str(value.isoformat())
        return told.removesuffix("T00:00:00")
    return str(value)
