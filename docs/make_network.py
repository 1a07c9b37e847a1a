"""Write docs/network.svg: the network of the examples that two sides tell.

`--check` writes nothing and fails where the picture is not what would be drawn.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import purport
from docs.blocks import ROOT
from purport.export.picture import picture

PICTURE = Path(__file__).parent / "network.svg"


def drawn() -> str:
    """The SVG."""
    folder = ROOT / "examples" / "stances"
    with tempfile.TemporaryDirectory() as scratch, purport.open(Path(scratch) / "stances.db") as corpus:
        corpus.add(
            [folder],
            metadata=ROOT / "examples" / "stances-metadata.csv",
            actors=ROOT / "examples" / "world.csv",
            workers=1,
        )
        balance = purport.balance(purport.network(corpus, directed=False))
        return picture(purport.network(corpus), balance)


def main() -> int:
    """Write the picture, or with `--check` only compare; exit status 1 where it is not up to date."""
    now = drawn()
    if "--check" in sys.argv[1:]:
        if not PICTURE.exists() or PICTURE.read_text("utf-8") != now:
            print("docs/network.svg is not up to date; run make docs", file=sys.stderr)
            return 1
        return 0
    PICTURE.write_text(now, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
