"""`python -m bench.planted`: how much of what was copied from one article into another, lightly changed, is found.

The copies are made by `planting.txt`, a script by somebody who had not seen how passages are found: stretches of one
PolNeAR article stand in another, each sentence with two or three changes of the kinds that journalists make. Two
figures, in characters of both articles: how many of the planted ones are found, and how many of those that are found
were planted; between articles that share nothing, none were.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from bench.articles import ROOT, SHARED
from purport.stories.passages import passages
from purport.stories.texts import StoryText

TEXTS = [SHARED / "polnear" / part / "text" for part in ("dev", "train")]
SCRIPT = ROOT / "bench" / "planting.txt"
LEAST = 0.95
_SIDES = ("donor", "host")


def scored(folder: Path) -> tuple[float, float]:
    """The share of planted characters that are found, and of those found that were planted (0..1 both)."""
    told = [json.loads(line) for line in (folder / "planted.jsonl").read_text("utf-8").splitlines()]
    planted: dict[tuple[str, str], set[int]] = defaultdict(set)
    for one in told:
        for side, other in (_SIDES, _SIDES[::-1]):
            planted[one[side], one[other]] |= set(range(one[f"{side}_start"], one[f"{side}_end"]))
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    texts = [StoryText(path.name, path.read_text("utf-8")) for path in sorted(folder.glob("*.txt"))]
    for passage in passages(texts):
        found[passage.a, passage.b] |= set(range(passage.a_start, passage.a_end))
        found[passage.b, passage.a] |= set(range(passage.b_start, passage.b_end))
    both = sum(len(own & found.get(pair, set())) for pair, own in planted.items())
    return both / sum(map(len, planted.values())), both / sum(map(len, found.values()))


def main() -> int:
    """Exit status 0; 1 where a figure is below .95, 2 where the articles are not on this machine."""
    parser = argparse.ArgumentParser(prog="python -m bench.planted", description=__doc__)
    parser.add_argument("--pairs", type=int, default=120)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    told = parser.parse_args()
    if not all(folder.is_dir() for folder in TEXTS):
        print(f"{TEXTS[0]}: not on this machine", file=sys.stderr)
        return 2
    low = 1.0
    for seed in told.seeds:
        with tempfile.TemporaryDirectory() as place:
            made = ["--out", place, "--pairs", str(told.pairs), "--seed", str(seed)]
            subprocess.run([sys.executable, SCRIPT, *TEXTS, *made], check=True, stdout=subprocess.DEVNULL)
            recall, precision = scored(Path(place))
        print(
            f"seed {seed}, {told.pairs} pairs: {recall:.3f} of what was planted is found, {precision:.3f} was planted"
        )
        low = min(low, recall, precision)
    return int(low < LEAST)


if __name__ == "__main__":
    raise SystemExit(main())
