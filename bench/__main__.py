"""`python -m bench`: speed and memory beside bare spaCy and peers, then accuracy beside its floors."""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import accuracy, against, articles, floors, processor, speed
from bench.contenders import PEERS, missing
from bench.figures import MEASUREMENTS
from purport.version import __version__


def main() -> int:
    """Exit status 0; 1 where a figure is below its floor."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--accuracy", action="store_true", help="only accuracy, which takes some seconds")
    parser.add_argument("--gold", choices=accuracy.GOLD, help="only this gold")
    parser.add_argument("--articles", type=Path, metavar="DIR", help="measure speed on all *.txt below this folder")
    parser.add_argument("--examples", action="store_true", help="measure speed on the bundled examples, repeated")
    parser.add_argument("--rounds", type=int, default=2, help="how often each contender runs (2)")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2], help="with so many processes (1 2)")
    parser.add_argument(
        "--against", type=Path, metavar="CHECKOUT", help="only speed, beside the build in that checkout"
    )
    parser.add_argument("--processor", action="store_true", help="only processor time, beside bare spaCy's")
    told = parser.parse_args()
    out = Console(width=None if sys.stdout.isatty() else 110, highlight=False)
    out.print(
        f"purport {__version__}, spaCy {version('spacy')}, Python {sys.version.split()[0]}, {speed.cores()} cores"
    )
    if told.against is not None:
        return _against(out, told)
    if told.processor:
        return _processor(out, told)
    if not told.accuracy:
        _speed(out, told)
    return _accuracy(out, [told.gold] if told.gold else list(accuracy.GOLD))


def _against(out: Console, told: argparse.Namespace) -> int:
    name, texts = articles.found(told.articles, examples=told.examples)
    if not texts:
        raise SystemExit(f"bench: {name}: no *.txt is there")
    try:
        old, new = against.measured(texts, told.against, told.rounds)
    except ValueError as error:
        raise SystemExit(f"bench: {error}") from None
    out.print(f"{name}, {len(texts)} articles, {told.rounds} rounds in turn: {against.told(old, new)}")
    return 0


def _processor(out: Console, told: argparse.Namespace) -> int:
    name, texts = articles.found(told.articles, examples=told.examples)
    rows = processor.measured(texts, told.rounds, told.processes)
    out.print(f"\n{name}, {len(texts)} articles, models loaded; medians of {told.rounds} rounds in turn")
    out.print(processor.table(rows))
    return 0 if all(row.holds for row in rows) else 1


def _speed(out: Console, told: argparse.Namespace) -> None:
    name, texts = articles.found(told.articles, examples=told.examples)
    if not texts:
        raise SystemExit(f"bench: {name}: no *.txt is there")
    found = speed.measured(texts, told.rounds, told.processes)
    words = sum(map(articles.words, texts))
    out.print(f"\nSpeed: {name}, {len(texts)} articles, {words:,} words; medians of {told.rounds} rounds in turn")
    out.print(speed.table(texts, found))
    for peer in PEERS:
        if absent := missing(peer):
            out.print(f"{peer}: not measured; not installed here: {', '.join(absent)}")


def _accuracy(out: Console, names: list[str]) -> int:
    kept = floors.load()
    wrong: list[str] = []
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("figure", "precision", "recall", "F1", "floor"):
        table.add_column(column, justify="left" if column == "figure" else "right")
    for name in names:
        row = MEASUREMENTS[name]
        if not row.gold():
            out.print(f"{name}: not on this machine ({row.home}), not measured")
            continue
        found = row.measure()
        wrong += floors.faults(found, row.digest(), kept)
        for figure, one in found.items():
            if figure.endswith(" F1"):
                numbers = (f"{value:.3f}" for value in (one.also["precision"], one.also["recall"], one.value))
                table.add_row(
                    figure.removesuffix(" F1"), *numbers, f"{kept[figure].low:.3f}" if figure in kept else "-"
                )
    out.print("\nAccuracy: found beside annotated, as in `purport evaluate`")
    out.print(table)
    for line in wrong:
        out.print(f"FAILED: {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
