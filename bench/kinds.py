"""Texts in which statements are counted by eye: `python -m bench.kinds FOLDER` writes them there, for bench.readings.

Twenty articles of PolNeAR dev into FOLDER/polnear, and twenty texts of other kinds (speeches, interviews, courts' words
and news of GUM train; reports of FNC-1) into FOLDER/other, each chosen by the SHA-256 of its words. Exit status: 0
written; 2 where the data is not on this machine.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from bench import gum
from bench.articles import POLNEAR_DEV, SHARED

REPORTS = SHARED / "positions" / "fnc1-dev-bodies.jsonl"
GENRES = ("court", "interview", "news", "speech")


def chosen(texts: Mapping[str, str], most: int) -> dict[str, str]:
    """So many of the texts, by the SHA-256 of their words."""
    digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
    return {name: texts[name] for name in sorted(texts, key=lambda one: digests[one])[:most]}


def articles() -> dict[str, str]:
    """The articles of PolNeAR dev by the names of their files."""
    return {path.stem: path.read_text("utf-8") for path in sorted((POLNEAR_DEV / "text").glob("*.txt"))}


def documents() -> dict[str, str]:
    """The documents of GUM train in genres of public speech and news, by their names."""
    paths = [path for genre in GENRES for path in sorted(gum.TRAIN.glob(f"GUM_{genre}_*.conllu"))]
    return {path.stem: "\n\n".join(one.text for one in gum.read(path.read_text("utf-8"))) for path in paths}


def reports() -> dict[str, str]:
    """The reports of FNC-1's half that is for development, by their numbers."""
    rows = (json.loads(line) for line in REPORTS.read_text("utf-8").splitlines())
    return {f"report_{row['body']}": row["text"] for row in rows}


def write(folder: Path, texts: Mapping[str, str]) -> int:
    """Write each text into a file of its name; how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return len(texts)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; see above."""
    told = list(islice(sys.argv[1:] if arguments is None else arguments, 2))
    needed: Iterable[Path] = (POLNEAR_DEV / "text", gum.TRAIN, REPORTS)
    missing = [str(path) for path in needed if not path.exists()]
    if len(told) != 1 or missing:
        print(f"bench.kinds: {'no ' + missing[0] if missing else 'name one folder to write to'}", file=sys.stderr)
        return 2
    folder = Path(told[0])
    number = write(folder / "polnear", chosen(articles(), 20))
    number += write(folder / "other", {**chosen(documents(), 16), **chosen(reports(), 4)})
    print(f"{folder}: {number} texts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
