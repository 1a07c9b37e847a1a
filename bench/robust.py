"""F1 on the same articles in other dress: other quotation marks, capitals, line ends, hard line breaks.

    python -m bench.robust [--gold DIR]

Exit status 1 where one of them loses more relation F1 than floors.json lets the examples lose.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench import floors
from bench.accuracy import GOLD
from purport.corpus.reading import process_texts
from purport.evaluate import Pair, Places, places_of, read_gold, score

COLUMNS = 72
Dressed = list[str]
"""For each character of a text what stands in its place."""


def _opens(text: str, place: int) -> bool:
    return place == 0 or text[place - 1].isspace() or text[place - 1] in "([—–-“‘\"'"


def _quoted(double: tuple[str, str], single: tuple[str, str]) -> Callable[[str], Dressed]:
    def dress(text: str) -> Dressed:
        found = list(text)
        for place, char in enumerate(text):
            if char in '“”"':
                opens = char == "“" or (char == '"' and _opens(text, place))
                found[place] = double[not opens]
            elif char in "‘’'":
                inside = 0 < place < len(text) - 1 and text[place - 1].isalnum() and text[place + 1].isalnum()
                opens = not inside and (char == "‘" or (char == "'" and _opens(text, place)))
                found[place] = single[not opens]
        return found

    return dress


def _capitals(text: str) -> Dressed:
    return [char.upper() for char in text]


def _crlf(text: str) -> Dressed:
    return ["\r\n" if char == "\n" else char for char in text.replace("\r", " ")]


def _broken(text: str) -> Dressed:
    found = list(text)
    start = space = 0
    for place, char in enumerate(text):
        if char == "\n":
            start = place + 1
        elif char == " ":
            space = place
        if place - start >= COLUMNS and space > start:
            found[space] = "\n"
            start = space + 1
    return found


DRESSES: dict[str, Callable[[str], Dressed]] = {
    "as they are": list,
    "straight marks": _quoted(('"', '"'), ("'", "'")),
    "curly marks": _quoted(("“", "”"), ("‘", "’")),
    "single marks": _quoted(("‘", "’"), ("“", "’")),
    "French marks": _quoted(("«\u00a0", "\u00a0»"), ("‹", "’")),
    "capitals": _capitals,
    "CRLF": _crlf,
    "lines of 72 columns": _broken,
}


def dressed(text: str, gold: Sequence[Places], dress: Callable[[str], Dressed]) -> tuple[str, list[Places]]:
    """The text in that dress, with the gold's places moved along."""
    pieces = dress(text)
    at = [0]
    for piece in pieces:
        at.append(at[-1] + len(piece))
    moved = [{role: [(at[s], at[e]) for s, e in places] for role, places in one.items()} for one in gold]
    return "".join(pieces), list[Mapping[str, Sequence[tuple[int, int]]]](moved)


def measured(folder: Path, names: Sequence[str] = tuple(DRESSES), workers: int | None = None) -> dict[str, float]:
    """Relation F1 by dress."""
    gold = read_gold(folder)
    found: dict[str, float] = {}
    for name in names:
        worn = [[dressed(one.text, marked, DRESSES[name]) for marked in one.annotated] for one in gold]
        records = process_texts([each[0][0] for each in worn], workers)
        pairs = [
            Pair(text, places_of(record.attributions), marked, 1 / len(each))
            for each, record in zip(worn, records, strict=True)
            for text, marked in each
        ]
        found[name] = score(pairs)["relation"].f1
    return found


def faults(found: Mapping[str, float]) -> list[str]:
    """A line for each dress that costs more than floors.json lets it."""
    most = floors.load()["examples in other dress, relation F1 lost"].high
    plain = found["as they are"]
    return [f"{name}: {plain - f1:.3f} lost" for name, f1 in found.items() if plain - f1 > most]


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold", type=Path, default=GOLD["PolNeAR dev"])
    told = parser.parse_args()
    found = measured(told.gold)
    for name, f1 in found.items():
        print(f"{name}: relation F1 {f1:.3f} ({f1 - found['as they are']:+.3f})")
    for line in faults(found):
        print(f"FAILED: {line}")
    return 1 if faults(found) else 0


if __name__ == "__main__":
    sys.exit(main())
