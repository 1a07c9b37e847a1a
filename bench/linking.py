"""`python -m bench.linking`: how long it takes to find who is who in a large dataset, and how much memory.

The tables are those of `bench.tables`, real records many times, but each time with names of its own: of whom two of the
real documents name every copy tells, of all others only one ("Mara Denkbadibo" for "Mara Denk"). So there are at least
as many names as in a corpus of that size, and some that a large part of its documents have.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from bench.tables import COPIES, made, real_records
from purport.datasets import actors
from purport.datasets.duck import connected
from purport.datasets.linked import Linked
from purport.datasets.linking import linked
from purport.datasets.tables import TABLES, table_path

_SYLLABLES = "ba be bi bo da de di do fa fe fi fo ga ge gi go ka ke ki ko".split()
"""Endings of names: three of them tell 8,000 copies apart."""


def renamed(tables: Linked, real: Linked) -> int:
    """Give the entities of each copy names of their own; how many entities there are."""
    connection, entities = connected(), 0
    (source,) = real.shards
    connection.execute(
        f"CREATE TABLE often AS SELECT folded FROM '{table_path(real.dataset, source, 'entities')}' "
        "GROUP BY folded HAVING count(DISTINCT line) > 1"
    )
    syllables = f"({_SYLLABLES!r}::VARCHAR[])"
    for number, marker in enumerate(tables.shards):
        path = table_path(tables.dataset, marker, "entities")
        copy = f"({number * COPIES} + line % {COPIES})"
        code = " || ".join(f"{syllables}[1 + ({copy} // {20**at}) % 20]" for at in range(3))
        own = "known = '' AND folded NOT IN (FROM often) AND regexp_matches(name, '[a-z]{2}$')"
        own += " AND name[-2:] = folded[-2:]"
        ends = {
            "name": f"name || {code}",
            "names": f"regexp_replace(names, '([a-z])\"', '\\1' || {code} || '\"', 'g')",
            "folded": f"folded || {code}",
        }
        told = ", ".join(f"CASE WHEN {own} THEN {other} ELSE {name} END AS {name}" for name, other in ends.items())
        query = f"SELECT {', '.join(TABLES['entities'])} FROM (SELECT * REPLACE ({told}) FROM '{path}')"
        connection.execute(f"COPY ({query}) TO '{path}.new' (FORMAT parquet, COMPRESSION zstd)")
        Path(f"{path}.new").replace(path)
        entities += connection.execute(f"SELECT count(*) FROM '{path}'").fetchone()[0]
    connection.close()
    return entities


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.linking", description=__doc__)
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--dataset", type=Path, metavar="DIR", help="as for `bench.tables`")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        real, folder = real_records(told.dataset, Path(place)), Path(place) / "made"
        made(real, folder, told.documents)
        tables = linked(folder, refresh=False)
        entities = renamed(tables, linked(real, refresh=False))
        start, spent = time.monotonic(), _spent()
        connection = connected()
        found = actors.find_actors(tables, connection, told.workers)
        connection.close()
        seconds, spent = time.monotonic() - start, _spent() - spent
        both = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
        own, worker = (resource.getrusage(who).ru_maxrss / 2**20 for who in both)
        print(
            f"{tables.documents:,} documents name {entities:,} entities: {found:,} actors in {seconds:.0f} s, "
            f"{spent:.0f} s of processor time; {own:.1f} GB, and {worker:.1f} GB for the largest worker"
        )


def _spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
