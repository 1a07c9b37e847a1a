"""Make the table of short forms of given names that ships: `purport/lexicons/nicknames.tsv`.

    pip download --no-deps nicknames==1.0.1, unpack it, and
    python -m training.nicknames UNPACKED/nicknames/names.csv

Each line of that file (Apache-2.0) is a name and a short form of it. Pairs of a man's and a woman's name by the table
of given names, and names of less than two letters, are left out. One line a name: name, its short forms.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from pathlib import Path

from purport.lexicons.given import given

OUT = Path(__file__).parents[1] / "purport" / "lexicons" / "nicknames.tsv"
HEADER = """\
# What: given names with their short forms ("William": "Bill")
# Source: nicknames 1.0.1 (Apache-2.0); training/nicknames.py makes it.
# Licence: Apache-2.0
# Order: name. Columns: see README.md in this folder.
name\tshort
"""
_APART = 0.6


def main() -> int:
    """Write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", type=Path, help="names.csv of the package")
    options = parser.parse_args()
    found: defaultdict[str, set[str]] = defaultdict(set)
    shares = given()
    with options.names.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            name, short = row["name1"].strip().lower(), row["name2"].strip().lower()
            apart = name in shares and short in shares and abs(shares[name] - shares[short]) > _APART
            if min(len(name), len(short)) > 1 and name.isalpha() and short.isalpha() and not apart:
                found[name].add(short)
    # The file has short forms of short forms, and the whole name as a short form of some.
    found = defaultdict(set, {name: {one for one in shorts if len(one) <= len(name)} for name, shorts in found.items()})
    short_forms = {one for name, shorts in found.items() for one in shorts if len(one) < len(name)}
    found = defaultdict(set, {name: shorts for name, shorts in found.items() if shorts and name not in short_forms})
    rows = (f"{name}\t{'|'.join(sorted(found[name]))}\n" for name in sorted(found))
    OUT.write_text(HEADER + "".join(rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
