"""Given names, and how often each is a woman's."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files


@cache
def given() -> dict[str, float]:
    """The share of women (0 to 1) among those who bear a name, by the name in lower case."""
    packed = (files(__package__) / "given.tsv.gz").read_bytes()
    return parse_given(gzip.decompress(packed).decode("utf-8"))


def parse_given(table: str) -> dict[str, float]:
    """The rows of a table (tab-separated; lines that begin with "#" are comments), by the name in lower case.

    Raises `ValueError`, naming the line, on a row that is malformed, repeated or out of order.
    """
    rows: dict[str, float] = {}
    before = ""
    for number, line in enumerate(table.splitlines(), start=1):
        if line.startswith("#"):
            continue
        where = f"given.tsv, line {number}"
        columns = line.split("\t")
        if len(columns) != 2:
            raise ValueError(f"{where}: a row has 2 columns, this one {len(columns)}")
        name, share = columns
        try:
            value = float(share)
        except ValueError:
            value = -1.0
        if not 0 <= value <= 1:
            raise ValueError(f"{where}: {share!r} is no share")
        if not name or name != name.strip():
            raise ValueError(f"{where}: {name!r} is no name")
        if name.lower() <= before:
            raise ValueError(f"{where}: {name!r} is repeated or out of order")
        before = name.lower()
        rows[before] = value
    return rows
