"""Open information extraction beside hand-made tuples, by the published protocols.

    python -m bench.openie

CaRB (Bhardwaj, Aggarwal and Mausam 2019): words in common part by part; each annotated tuple takes the best recall
that any tuple found has for it, each tuple found is matched to one annotated tuple for precision. WiRe57 (Léchelle,
Gotti and Langlais 2019): the same by words, but tuples are matched one to one for both, and a match must share a word
in each of its first three parts.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.articles import SHARED
from purport.analyse import parse
from purport.extract.claims.triples import readings
from purport.model.analysis import Analysis
from purport.model.document import Document
from purport.read.files import read_bytes
from purport.syntax.clauses import clauses
from purport.syntax.phrases import Phrases

CARB = SHARED / "openie" / "carb-dev" / "gold.tsv"
WIRE = SHARED / "openie" / "wire57" / "WiRe57_343-manual-oie.json"
PUBLISHED = {
    "CaRB": {"OpenIE6 (test)": 0.527, "ClausIE (test)": 0.450},
    "WiRe57": {"MinIE": 0.358, "ClausIE": 0.342, "Stanford": 0.198},
}
SAYING = ("said", "told", "added", "adds", "says")

Parts = tuple[str, ...]
"""Relation, first argument, second, and what stands further."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def extracted(text: str) -> list[Parts]:
    """What is found in a sentence, n-ary, as plain strings."""
    document = next(iter(read_bytes(text.encode(), "sentence.txt")))
    assert isinstance(document, Document)
    analysis = parse(document, tagger=False)
    phrases, found = Phrases(analysis), clauses(analysis)
    embedding = frozenset(one.head for one in found if one.led)
    return [
        (
            words(analysis, one.relation) or one.implied,
            words(analysis, one.subject),
            words(analysis, one.object),
            *(words(analysis, further.whole) for further in one.further),
        )
        for clause in found
        for one in readings(phrases, clause, embedding)
    ]


def words(analysis: Analysis, indices: Sequence[int]) -> str:
    """The words as they stand, a space where something is left out."""
    told: list[str] = []
    last = -2
    for index in sorted(set(indices)):
        token = analysis.tokens[index]
        start = analysis.tokens[last].end if index == last + 1 else token.start
        told.append(("" if index == last + 1 else " ") + analysis.document.text[start : token.end])
        last = index
    return "".join(told).strip()


def carb_gold(path: Path) -> dict[str, list[Parts]]:
    """Sentences with their tuples."""
    found: dict[str, list[Parts]] = {}
    for line in path.read_text("utf-8-sig").splitlines():
        columns = [column.strip() for column in line.split("\t")]
        if len(columns) >= 3:
            found.setdefault(columns[0], []).append(tuple(columns[1:]))
    return found


def carb_match(gold: Parts, found: Parts) -> tuple[float, float]:
    """Precision and recall of one tuple for another; all arguments after the first count as one."""
    wanted = (*gold[:2], *([" ".join(gold[2:])] if len(gold) > 2 else []))
    said = (*found[:2], *([" ".join(found[2:])] if len(found) > 2 else []))
    own = _in_common(wanted, said)
    if any(word in gold[0] for word in SAYING) and len(said) > 2:
        own = max(own, _in_common(wanted, (said[0], said[2], said[1])))
    return own


def _in_common(gold: Parts, found: Parts) -> tuple[float, float]:
    right = said = wanted = 0
    for number, part in enumerate(gold):
        left = part.split()
        wanted += len(left)
        if number >= len(found):
            continue
        mine = found[number].split()
        said += len(mine)
        common = sum(min(left.count(word), mine.count(word)) for word in set(left))
        if number == 0 and not common:
            return 0.0, 0.0
        right += common
    return right / max(1, said), right / max(1, wanted)


def carb(gold: Mapping[str, Sequence[Parts]], found: Mapping[str, Sequence[Parts]]) -> Figures:
    """CaRB's figures over all tuples found."""
    precise = recalled = 0.0
    for sentence, tuples in gold.items():
        scores = [[carb_match(one, other) for other in found[sentence]] for one in tuples]
        recalled += sum(max((recall for _, recall in row), default=0.0) for row in scores)
        pairs = ((p, i, j) for i, row in enumerate(scores) for j, (p, _) in enumerate(row) if p)
        precise += sum(p for p, *_ in _one_to_one(sorted(pairs, key=lambda pair: (-pair[0], pair[1:]))))
    return Figures(precise / max(1, sum(map(len, found.values()))), recalled / max(1, sum(map(len, gold.values()))))


def _one_to_one(pairs: Sequence[tuple[float, int, int]]) -> Iterator[tuple[float, int, int]]:
    """The pairs in their order, each side once."""
    rows: set[int] = set()
    columns: set[int] = set()
    for score, row, column in pairs:
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            yield score, row, column


def _split(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text)


WireTuple = tuple[list[str], list[str], list[str], list[list[str]]]
"""The words of the first argument, the relation, the second argument, and of what stands further."""


def wire_gold(path: Path) -> dict[str, list[WireTuple]]:
    """Sentences with their tuples; words that annotators put in brackets count as words."""

    def told(part: Mapping[str, Sequence[str]]) -> list[str]:
        return [word for one in part["words"] for word in _split(re.sub(r"[\[\]]", "", one))]

    documents = json.loads(path.read_text("utf-8"))
    return {
        sentence["sent"]: [
            (told(one["arg1"]), told(one["rel"]), told(one["arg2"]), [told(x) for x in one.get("arg3+") or []])
            for one in sentence["tuples"]
        ]
        for sentences in documents.values()
        for sentence in sentences
    }


def wire_match(gold: WireTuple, found: WireTuple) -> tuple[float, float] | None:
    """Precision and recall of one tuple for another; None where one of the first three parts shares no word."""
    right = said = wanted = had = 0
    for part in range(3):
        left, mine = gold[part], found[part]
        if not left and not mine:
            continue
        common = sum(word in left for word in mine)
        if not common:
            return None
        right, said = right + common, said + len(mine)
        had, wanted = had + min(common, len(left)), wanted + len(left)
    for number, left in enumerate(gold[3]):
        wanted += len(left)
        if number < len(found[3]):
            common = sum(word in left for word in found[3][number])
            right, said = right + common, said + len(found[3][number])
            had += min(common, len(left))
    return right / max(1, said), had / max(1, wanted)


def wire(gold: Mapping[str, Sequence[WireTuple]], found: Mapping[str, Sequence[Parts]]) -> Figures:
    """WiRe57's figures."""
    precise = recalled = 0.0
    for sentence, tuples in gold.items():
        own: list[WireTuple] = [
            (_split(one[1]), _split(one[0]), _split(one[2]), [_split(part) for part in one[3:]])
            for one in found[sentence]
        ]
        scores = {
            (i, j): match
            for i, one in enumerate(tuples)
            for j, other in enumerate(own)
            if (match := wire_match(one, other)) is not None
        }
        ordered = sorted(((Figures(*match).f1, i, j) for (i, j), match in scores.items()), key=lambda p: (-p[0], p[1:]))
        for _, i, j in _one_to_one(ordered):
            precise += scores[i, j][0]
            recalled += scores[i, j][1]
    return Figures(precise / max(1, sum(map(len, found.values()))), recalled / max(1, sum(map(len, gold.values()))))


def of_carb() -> Figures:
    """CaRB's figures on its dev part."""
    gold = carb_gold(CARB)
    return carb(gold, {sentence: extracted(sentence) for sentence in gold})


def of_wire() -> Figures:
    """WiRe57's figures."""
    gold = wire_gold(WIRE)
    return wire(gold, {sentence: extracted(sentence) for sentence in gold})


def measured() -> dict[str, Figures]:
    """The figures on what is on this machine."""
    return {
        name: figures()
        for name, path, figures in (("CaRB dev", CARB, of_carb), ("WiRe57", WIRE, of_wire))
        if path.is_file()
    }


def main() -> int:
    """The command line."""
    found = measured()
    if not found:
        print(f"bench.openie: the gold is not on this machine ({CARB.parents[1]})")
    for name, one in found.items():
        print(f"{name}: precision {one.precision:.3f}, recall {one.recall:.3f}, F1 {one.f1:.3f}")
        for system, f1 in PUBLISHED[name.split()[0]].items():
            print(f"  {system}, as published: F1 {f1:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
