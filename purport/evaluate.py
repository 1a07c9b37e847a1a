"""Attributions scored against gold in brat standoff, by the figures that PolNeAR's systems are compared with.

exact span   every unbroken run of one role's word tokens is a span; micro F1 of exact matches over the three roles.
token        precision, recall and F1 of each role's word tokens.
relation     attributions matched one to one, right pairs first, then by overlap. A pair is right where the contents'
             tokens overlap by at least half (Jaccard) and the sources share a token, or both have none.

PolNeAR's gold is flat, so an attribution whose cue and content lie inside another's content is left out of what is
scored, but for the figure "relation, nested too", which is the one to look at where gold is nested. An article that
several annotators coded is scored against each, with equal weight for every article.
"""

from __future__ import annotations

import glob
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from purport.errors import UsageError
from purport.export.brat import read_standoff
from purport.model.record import Attribution

ROLES = ("source", "cue", "content")
_WORD = re.compile(r"\w+|[^\w\s]")

Places = Mapping[str, Sequence[tuple[int, int]]]
"""One attribution: by role ("source", "cue", "content") its (start, end) pairs; a role may be missing."""
_Tokens = dict[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, 0..1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean; 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class _Count:
    right: float = 0.0
    predicted: float = 0.0
    gold: float = 0.0

    def add(self, right: int, predicted: int, gold: int, weight: float) -> None:
        self.right += weight * right
        self.predicted += weight * predicted
        self.gold += weight * gold

    def score(self) -> Score:
        return Score(self.right / max(1.0, self.predicted), self.right / max(1.0, self.gold))


@dataclass(frozen=True, slots=True)
class Pair:
    """One text with what was found in it and what an annotator found; `weight` is 1 / annotators of the text."""

    text: str
    predicted: Sequence[Places]
    gold: Sequence[Places]
    weight: float = 1.0


def score(pairs: Iterable[Pair]) -> dict[str, Score]:
    """The figures over all pairs: "exact span", "source", "cue", "content" (by token), "relation"."""
    counts = {name: _Count() for name in ("exact span", *ROLES, "relation", "relation, nested too")}
    for pair in pairs:
        every, gold = _tokens(pair.text, pair.predicted), _tokens(pair.text, pair.gold)
        predicted = _flat(every)
        counts["relation, nested too"].add(len(_matched(every, gold)), len(every), len(gold), pair.weight)
        for role in ROLES:
            p, g = _union(predicted, role), _union(gold, role)
            counts[role].add(len(p & g), len(p), len(g), pair.weight)
            runs, gold_runs = _runs(predicted, role), _runs(gold, role)
            counts["exact span"].add(len(runs & gold_runs), len(runs), len(gold_runs), pair.weight)
        counts["relation"].add(len(_matched(predicted, gold)), len(predicted), len(gold), pair.weight)
    return {name: count.score() for name, count in counts.items()}


def _tokens(text: str, found: Sequence[Places]) -> list[_Tokens]:
    words = [match.span() for match in _WORD.finditer(text)]
    starts, ends = [start for start, _ in words], [end for _, end in words]

    def inside(places: Sequence[tuple[int, int]]) -> frozenset[int]:
        return frozenset(
            n for first, last in places for n in range(bisect_left(starts, first), bisect_right(ends, last))
        )

    return [{role: inside(one.get(role, ())) for role in ROLES} for one in found]


def _flat(found: list[_Tokens]) -> list[_Tokens]:
    def inside(one: _Tokens, other: _Tokens) -> bool:
        parts = one["cue"] | one["content"]
        return one is not other and bool(parts) and parts <= other["content"]

    return [one for one in found if not any(inside(one, other) for other in found)]


def _union(found: Sequence[_Tokens], role: str) -> frozenset[int]:
    return frozenset().union(*(one[role] for one in found))


def _runs(found: Sequence[_Tokens], role: str) -> set[tuple[int, int]]:
    runs: set[tuple[int, int]] = set()
    for one in found:
        first = last = None
        for number in sorted(one[role]):
            if last is not None and number == last + 1:
                last = number
                continue
            if first is not None and last is not None:
                runs.add((first, last))
            first = last = number
        if first is not None and last is not None:
            runs.add((first, last))
    return runs


def _matched(predicted: Sequence[_Tokens], gold: Sequence[_Tokens]) -> set[int]:
    """The numbers of those that are right, when each is given to one of the others at most: right pairs first, then by
    overlap."""
    candidates = []
    for i, one in enumerate(predicted):
        for j, other in enumerate(gold):
            common = len(one["content"] & other["content"])
            if common:
                overlap = common / len(one["content"] | other["content"])
                same = bool(one["source"] & other["source"]) or not (one["source"] or other["source"])
                candidates.append((overlap >= 0.5 and same, overlap, i, j))
    taken: set[int] = set()
    given: set[int] = set()
    found: set[int] = set()
    for good, _, i, j in sorted(candidates, reverse=True):
        if i not in taken and j not in given:
            taken.add(i)
            given.add(j)
            if good:
                found.add(i)
    return found


def right(text: str, predicted: Sequence[Places], gold: Sequence[Places]) -> list[bool]:
    """For each predicted attribution whether it is right, as the figure "relation" counts it."""
    matched = _matched(_tokens(text, predicted), _tokens(text, gold))
    return [number in matched for number in range(len(predicted))]


def places_of(attributions: Iterable[Attribution]) -> list[dict[str, list[tuple[int, int]]]]:
    """Attributions of a record in the form that is scored."""
    return [
        {role: [(s.start, s.end) for s in getattr(one, role)] for role in ROLES if getattr(one, role)}
        for one in attributions
    ]


@dataclass(frozen=True, slots=True)
class Gold:
    """A text and, for each of its annotators, what they found."""

    name: str
    text: str
    annotated: tuple[Sequence[Places], ...]


def read_gold(folder: Path) -> list[Gold]:
    """Gold in brat standoff: `text/*.txt` and, for each, `attributions/<name>.ann` or `<name>_<annotator>.ann`.

    A folder that holds both kinds of file side by side is taken too. Raises `UsageError` where there is no gold, a
    place lies outside its text, or a file is malformed.
    """
    texts, marks = folder / "text", folder / "attributions"
    if not texts.is_dir():
        texts = marks = folder
    found = []
    for path in sorted(texts.glob("*.txt")):
        name = path.stem
        files = sorted(marks.glob(f"{glob.escape(name)}_????.ann")) or sorted(marks.glob(f"{glob.escape(name)}.ann"))
        if files:
            try:
                text = path.read_bytes().decode("utf-8")
            except (UnicodeDecodeError, OSError) as error:
                raise UsageError(f"{path}: cannot be read as UTF-8 ({error})") from None
            found.append(Gold(name, text, tuple(_annotated(file, text) for file in files)))
    if not found:
        raise UsageError(f"{folder}: holds no gold; there should be text/NAME.txt and attributions/NAME.ann")
    return found


def _annotated(path: Path, text: str) -> Sequence[Places]:
    try:
        found = read_standoff(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise UsageError(f"{path}: cannot be taken as brat standoff ({error})") from None
    for one in found:
        for start, end in (pair for pairs in one.values() for pair in pairs):
            if not 0 <= start < end <= len(text):
                raise UsageError(f"{path}: the place {start} {end} lies outside its text of {len(text)} characters")
    return found
