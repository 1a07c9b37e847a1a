"""What each rule does in real text: `python -m bench.rules [--texts FOLDER...] [--limit N] [--keep]`.

For each row of operators.tsv: in how many texts its pattern fires, how often, and how often what is made of the act
would be another without the row. For each correction of the parse: how many tokens it changes, in how many texts.
Texts are the examples and, where they are on this machine, those of ../shared/data: news of PolNeAR, stories, reports
and GUM's documents. A row that fires in fewer than two texts must say in its column `rare` why it is kept, and no more
than one row in ten may be so. With `--keep` the counts are written to bench/rules.tsv, which a test reads.

Exit status: 0 all rows earn their place; 1 some do not, and they are listed.
"""

from __future__ import annotations

import argparse
import inspect
import json
import multiprocessing
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bench import kinds
from bench.articles import ROOT, SHARED
from purport.analyse import parse
from purport.analyse.parser import corrections
from purport.extract.factuality.evaluate import Factuality
from purport.extract.factuality.operators import Operators
from purport.lexicons.operators import operators
from purport.model.analysis import Analysis, Token
from purport.model.document import Document
from purport.read.files import read_bytes
from purport.read.options import Options

KEPT = ROOT / "bench" / "rules.tsv"
COLUMNS = ("kind", "rule", "texts", "fires", "changes")
LEAST = 2
"""Texts in which a row must fire."""
SHARE = 0.1
"""Share of rows that may be rare."""
Counts = Counter[tuple[str, str, str]]
"""By what it is ("operator", "correction"), its name, and what is counted ("texts", "fires", "changes")."""


def texts(folders: Sequence[Path]) -> Iterator[str]:
    """The texts below folders; without any, of the examples and of what is on this machine."""
    for folder in folders or (ROOT / "examples" / "corpus", SHARED / "polnear" / "dev" / "text",
                              SHARED / "polnear" / "train" / "text"):  # fmt: skip
        yield from (path.read_text("utf-8") for path in sorted(folder.glob("*.txt")))
    if not folders and kinds.REPORTS.exists():
        yield from kinds.documents().values()
        yield from kinds.reports().values()
        stories = SHARED / "stories" / "neus" / "val.jsonl"
        yield from (json.loads(line)["source"] for line in stories.read_text("utf-8").splitlines())


def counted(text: str) -> Counts:
    """What fires and what it changes in one text."""
    found: Counts = Counter()
    with_corrections = {name: partial(_watched, found, name, rule) for name, rule in _corrections().items()}
    for name, watched in with_corrections.items():
        setattr(corrections, name, watched)
    try:
        documents = (one for one in read_bytes(text.encode(), "text.txt", Options(encoding="utf-8")))
        analyses = [parse(one, tagger=False) for one in documents if isinstance(one, Document)]
    finally:
        for name, watched in with_corrections.items():
            setattr(corrections, name, watched.args[2])
    for analysis in analyses:
        found += _fired(analysis)
    for kind, name, _ in list(found):
        found[kind, name, "texts"] = 1
    return found


def _fired(analysis: Analysis) -> Counts:
    """How often each operator fires, and what is made of the act would be another without it."""
    found: Counts = Counter()
    whole, matches = Factuality(analysis), Operators(analysis)
    for token in analysis.tokens:
        if token.pos not in ("VERB", "AUX", "NOUN", "ADJ"):
            continue
        above = matches.above(token.i)
        for match in (*matches.within(token.i), *((above,) if above is not None else ())):
            found["operator", match.row.id, "fires"] += 1
            without = Factuality(analysis, without=match.row.id).outlook(token.i)
            found["operator", match.row.id, "changes"] += without != whole.outlook(token.i)
    return found


def _corrections() -> dict[str, Callable[..., None]]:
    own = ((name, one) for name, one in vars(corrections).items() if inspect.isfunction(one))
    return {name: one for name, one in own if "result" in inspect.signature(one).parameters}


def _watched(found: Counts, name: str, rule: Callable[..., None], *arguments: Any) -> None:
    result: list[Token] = arguments[-1]
    before = list(result)
    rule(*arguments)
    changed = sum(one != other for one, other in zip(before, result, strict=True))
    if changed:
        found["correction", name.strip("_"), "fires"] += 1
        found["correction", name.strip("_"), "changes"] += changed


def total(every: Sequence[str], processes: int = 2) -> Counts:
    """The sum over all texts."""
    found: Counts = Counter()
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for number, one in enumerate(pool.imap_unordered(counted, every, 8), 1):
            found.update(one)
            if number % 100 == 0:
                print(f"  {number} of {len(every)} texts", file=sys.stderr, flush=True)
    return found


def rows(found: Counts) -> list[tuple[str, str, int, int, int]]:
    """The counts as rows of the table: every operator and every correction, also those that never fire."""
    names = [("operator", row.id) for row in operators()]
    names += [("correction", name.strip("_")) for name in sorted(_corrections())]
    return [
        (kind, name, found[kind, name, "texts"], found[kind, name, "fires"], found[kind, name, "changes"])
        for kind, name in names
    ]


def faults(table: Sequence[tuple[str, str, int, int, int]]) -> list[str]:
    """What of the operators does not earn its place: seldom and not marked so, or too many that are marked."""
    rare = {row.id: row.rare for row in operators()}
    seldom = [name for kind, name, seen, *_ in table if kind == "operator" and seen < LEAST]
    wrong = [f"{name}: fires in fewer than {LEAST} texts and does not say why it is kept" for name in seldom
             if not rare.get(name)]  # fmt: skip
    marked = [name for name, reason in rare.items() if reason]
    if len(marked) > SHARE * len(rare):
        wrong.append(f"{len(marked)} of {len(rare)} rows are rare; one in ten may be: {', '.join(marked)}")
    return wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; see above."""
    parser = argparse.ArgumentParser(prog="python -m bench.rules", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--texts", type=Path, nargs="+", default=[], metavar="FOLDER", help="only the *.txt in these")
    parser.add_argument("--limit", type=int, metavar="N", help="at most so many texts, spread over all")
    parser.add_argument("--keep", action="store_true", help=f"write the counts to {KEPT.relative_to(ROOT)}")
    told = parser.parse_args(arguments)
    every = list(texts(told.texts))
    if told.limit and len(every) > told.limit:
        every = every[:: -(-len(every) // told.limit)]
    table = rows(total(every))
    lines = ["\t".join(COLUMNS), *("\t".join(map(str, row)) for row in table)]
    if told.keep:
        KEPT.write_text(f"# How often each rule fires in {len(every):,} texts, and changes something: "
                        "python -m bench.rules --keep\n" + "\n".join(lines) + "\n", "utf-8")  # fmt: skip
    print("\n".join(lines))
    wrong = faults(table)
    for line in wrong:
        print(f"FAILED: {line}", file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
