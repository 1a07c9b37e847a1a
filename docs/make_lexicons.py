"""Write the list of tables into purport/lexicons/README.md from the tables themselves.

`--check` writes nothing and fails where the list is not what would be written.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from docs.blocks import ROOT
from purport.lexicons.registry import TABLES
from purport.lexicons.tables import header

PAGE = ROOT / "purport" / "lexicons" / "README.md"
BEGIN = "<!-- written by make docs, from the headers of the tables -->"
END = "<!-- end of the list -->"


def listed() -> Iterator[str]:
    """The list, a line for each table."""
    yield from ("| table | what it is | rows | licence |", "|---|---|---:|---|")
    for table in TABLES:
        told = header(table.text())
        yield f"| {table.name} | {told.what.rstrip('.')} | {len(table.load()):,} | {told.licence} |"


def main() -> int:
    """Write the page, or with `--check` only compare; exit status 1 where it is not up to date."""
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(BEGIN)
    made = "\n".join([before + BEGIN, "", *listed(), "", END + rest.partition(END)[2]])
    if "--check" in sys.argv[1:]:
        if made != page:
            print(f"{PAGE} is not up to date; run make docs", file=sys.stderr)
        return int(made != page)
    PAGE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
