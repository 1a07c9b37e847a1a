"""Who is who in small texts: rows of actors and places that hold, in each table of cases.

    python -m bench.whois [TABLE...] [--wrong]

The tables are those in `bench/whois` and, where it is, the one in `shared/cases`. A table in `bench/whois` was written
by somebody who had seen neither the code nor its tests, and is scored once before anything is mended for it
(`bench/whois/README.md`). The rows are checked by `shared/tools/check_actors.py`, which tells their form.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from bench.articles import SHARED

HERE = Path(__file__).parent / "whois"
TOOL = SHARED.parent / "tools" / "check_actors.py"
HANDED = SHARED.parent / "cases" / "whois.tsv"


def main() -> int:
    """Check the tables; exit status 1 where the checker is not there."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("tables", nargs="*", type=Path, metavar="TABLE")
    parser.add_argument("--wrong", action="store_true", help="the rows that do not hold too")
    options = parser.parse_args()
    if not TOOL.exists():
        print(f"{TOOL} is not there: nothing can be checked", file=sys.stderr)
        return 1
    handed = [HANDED] if HANDED.exists() else []
    for table in options.tables or [*handed, *sorted(HERE.glob("*.tsv"))]:
        run = [sys.executable, str(TOOL), str(table), "--python", sys.executable]
        told = subprocess.run(run, capture_output=True, text=True, check=False).stdout.splitlines()
        if options.wrong:
            print("\n".join(told[:-1]))
        print(f"{table.name}: {told[-1] if told else 'nothing was checked'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
