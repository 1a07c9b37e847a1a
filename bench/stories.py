"""Stories: short texts of one AllSides story, and ECB+'s articles on one event, each set clustered with one threshold.

    python -m bench.stories

Two figures, B-cubed F1 (Bagga and Baldwin 1998) with the default threshold: NeuS val, three short texts a story
(Lee et al. 2022), and ECB+ dev (Cybulska and Vossen 2014), where documents of one topic and part tell one event. No
text has a date.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench import clusters, ecb
from bench.articles import SHARED
from bench.clusters import Figures
from purport.stories.cluster import stories
from purport.stories.texts import StoryText

NEUS = SHARED / "stories" / "neus" / "val.jsonl"
ECB = SHARED / "ecbplus" / "dev"
Told = tuple[StoryText, str]
"""A text and the name of its story."""
_PARTS = re.compile(r"TITLE=>\s*(.*?)\s*ARTICLE=>\s*(.*)", re.DOTALL)


def of_neus(path: Path = NEUS) -> list[Told]:
    """The texts of NeuS, each with its story. Raises `OSError` where the file cannot be read."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        for number, source in enumerate(row["source"].split("[SEP]")):
            parts = _PARTS.match(source.strip())
            if parts is not None:
                found.append((StoryText(f"{row['story']}-{number}", parts[2], parts[1]), row["story"]))
    return found


def of_ecb(folder: Path = ECB) -> list[Told]:
    """The documents of ECB+, each with its topic and part (ECB's own, or added). Raises as `bench.ecb.topics`."""
    return [
        (StoryText(gold.name, gold.text), f"{topic} {'added' if 'ecbplus' in gold.name else 'first'}")
        for topic, golds in ecb.topics(folder)
        for gold in golds
    ]


def scored(told: Sequence[Told]) -> Figures:
    """B-cubed of the stories that are found."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for text, story in told:
        wanted[story].add(text.id)
    found = [one.documents for one in stories(text for text, _ in told)]
    return clusters.scores(clusters.counts(wanted.values(), found))["B3"]


def measured() -> Mapping[str, Figures]:
    """The figures by their names."""
    return {"NeuS val stories": scored(of_neus()), "ECB+ dev stories": scored(of_ecb())}


def main() -> int:
    """Print both figures; exit status 2 where the texts are not on this machine."""
    if not (NEUS.is_file() and ECB.is_dir()):
        print(f"{NEUS.parent}, {ECB}: not on this machine", file=sys.stderr)
        return 2
    for name, one in measured().items():
        print(f"{name}: B3 F1 {one.f1:.4f} (precision {one.precision:.4f}, recall {one.recall:.4f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
