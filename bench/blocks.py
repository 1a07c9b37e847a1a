"""Whose words a block is, beside what people say: `python -m bench.blocks [NAME...] [--wrong]`.

NAME is a folder of `bench/voices` (all by default), with documents and `expected.tsv`: file, whose, words. The words
stand in the document (white space apart), and whose they are is one of

    NAME      the innermost attribution over them has that word in its source, or in the name of who is meant by it
    A>B       the same of B, and of A for one around it
    text      no attribution covers them: the text's own voice
    other     some attribution covers them, whoever it is
    !NAME     an attribution covers them that is not that one's
    gone      they are not in the text

In every row but `text` it is wrong as well where a claim on the words is the text's own, certain and plain.
Exit status: 0 scored, 2 where a folder is missing or cannot be read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.articles import ROOT
from bench.floors import Better, Measured

FOLDER = ROOT / "bench" / "voices"
OUTLET = "Radio Orrin"
_RUN = "from purport.cli import main; main()"
_COVERED = 0.9
"""Share of the words that a content must hold: a mark or a stop may stay outside."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of `expected.tsv`, and what is wrong with what was found ("" where it holds). `own` where the words come
    out as the text's own though they are somebody's."""

    file: str
    whose: str
    words: str
    wrong: str
    own: bool


def _squeezed(text: str) -> tuple[str, list[int]]:
    keep = [at for at, char in enumerate(text) if not char.isspace()]
    return "".join(text[at] for at in keep), keep


def _place(text: str, words: str) -> tuple[int, int] | None:
    flat, keep = _squeezed(text)
    own = re.sub(r"\s+", "", words)
    at = flat.find(own)
    return None if at < 0 else (keep[at], keep[at + len(own) - 1] + 1)


def _covers(spans: Sequence[Sequence[int]], start: int, end: int) -> bool:
    held = sum(max(0, min(right, end) - max(left, start)) for left, right in spans)
    return held >= _COVERED * (end - start)


def _names(record: Mapping[str, Any], one: Mapping[str, Any]) -> str:
    text = record["document"]["text"]
    held = {entity["id"]: entity for entity in record["entities"]}.get(one.get("holder") or "")
    names = [held["name"] or "", *held["names"]] if held else []
    return " | ".join([" ".join(text[a:b] for a, b in one["source"]), *names]).casefold()


def judged(record: Mapping[str, Any], whose: str, words: str) -> tuple[str, bool]:
    """What is wrong with a record's answer ("" for nothing), and whether the words are the text's own in it."""
    at = _place(record["document"]["text"], words)
    if at is None:
        return "not in the text", False
    over = [one for one in record["attributions"] if one["content"] and _covers(one["content"], *at)]
    over.sort(key=lambda one: sum(b - a for a, b in one["content"]))
    chain = [_names(record, one) for one in reversed(over)]
    told = " > ".join(chain) or "the text itself"
    if whose == "text":
        return (told, False) if over else ("", False)
    for claim in record["propositions"]:
        inside = claim["predicate"] and all(at[0] <= a and b <= at[1] for a, b in claim["predicate"])
        if inside and (claim["voucher"], claim["certainty"], claim["frame"]) == (None, "CT+", "plain"):
            return "a claim of the text's own", True
    if not over:
        return told, True
    if whose == "other":
        return "", False
    if whose.startswith("!"):
        return ("", False) if whose[1:].casefold() not in chain[-1] else (told, False)
    wanted = [part.strip().casefold() for part in whose.split(">")]
    right = wanted[-1] in chain[-1] and (len(wanted) == 1 or any(wanted[0] in one for one in chain[:-1]))
    return ("", False) if right else (told, False)


def _records(files: Sequence[Path], work: Path) -> list[dict[str, Any]]:
    def run(*arguments: str | Path) -> None:
        subprocess.run([sys.executable, "-c", _RUN, *map(str, arguments)], capture_output=True, check=True, cwd=ROOT)

    store, out = work / "cases.db", work / "out"
    run("read", *files, "--store", store, "--outlet", OUTLET, "--published", "2031-03-04", "--language", "en")
    run("export", "--store", store, "--format", "jsonl", "--out", out)
    lines = (line for path in sorted(out.rglob("*.jsonl")) for line in path.read_text("utf-8").split("\n"))
    return [json.loads(line) for line in lines if line]


def rows(folder: Path) -> Iterator[Row]:
    """The rows of a folder, judged. Raises `ValueError` where the folder is none, or its documents cannot be read."""
    expected = folder / "expected.tsv"
    if not expected.is_file():
        raise ValueError(f"{folder}: there is no expected.tsv in it")
    files = [path for path in sorted(folder.iterdir()) if path != expected]
    with tempfile.TemporaryDirectory() as work:
        try:
            records = _records(files, Path(work))
        except subprocess.CalledProcessError as error:
            raise ValueError(f"{folder}: cannot be read: {error.stderr.decode()[-300:]}") from None
    by_digest: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        by_digest.setdefault(record["document"]["sha256"], []).append(record)
    for line in expected.read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, whose, words = line.split("\t")
        # Several documents may come of one file: a row holds where it holds in one that has its words.
        own = by_digest.get(hashlib.sha256((folder / name).read_bytes()).hexdigest(), records)
        having = [one for one in own if _place(one["document"]["text"], words)]
        if whose == "gone":
            yield Row(name, whose, words, "still in the text" if having else "", own=False)
            continue
        found = min((judged(one, whose, words) for one in having), default=("in no document's text", False))
        yield Row(name, whose, words, *found)


def measured() -> dict[str, Measured]:
    """The share of rows that hold in each folder, and how many come out as the text's own though they are not."""
    found: dict[str, Measured] = {}
    for folder in folders():
        every = list(rows(folder))
        right = sum(not one.wrong for one in every)
        also = {"of": len(every)}
        found[f"voices {folder.name}, rows right"] = Measured(right, also, epsilon=0)
        own = sum(one.own for one in every)
        found[f"voices {folder.name}, somebody's words the text's own"] = Measured(own, also, Better.LOWER, 0)
    return found


def folders() -> list[Path]:
    """The folders of cases."""
    return sorted(path.parent for path in FOLDER.glob("*/expected.tsv"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how many rows of each folder hold."""
    told = argparse.ArgumentParser(prog="python -m bench.blocks", description=__doc__.split("\n")[0] if __doc__ else "")
    told.add_argument("names", nargs="*", metavar="NAME")
    told.add_argument("--wrong", action="store_true", help="show the rows that do not hold")
    asked = told.parse_args(arguments)
    known = {path.name: path for path in folders()}
    for name in asked.names or known:
        try:
            every = list(rows(known.get(name, FOLDER / name)))
        except ValueError as error:
            print(f"bench.blocks: {error}", file=sys.stderr)
            return 2
        if asked.wrong:
            for one in every:
                if one.wrong:
                    print(f"{one.file}: wanted {one.whose}: {one.words!r}: {one.wrong[:120]}")
        right, own = sum(not one.wrong for one in every), sum(one.own for one in every)
        print(f"{name}: {right} of {len(every)} rows hold; {own} of somebody's words are the text's own")
    return 0


if __name__ == "__main__":
    sys.exit(main())
