"""GAP: which of two names an ambiguous pronoun stands for (Webster et al. 2018).

Each row has two decisions, one for each name; both may be wrong, as the pronoun may stand for a third person. They are
counted as GAP's own scorer does: F1 over all decisions, over those on masculine and on feminine pronouns, and bias,
which is the feminine F1 divided by the masculine.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.articles import SHARED
from bench.clusters import Figures, Tally

DEVELOPMENT = SHARED / "gap" / "gap-development.tsv"
VALIDATION = SHARED / "gap" / "gap-validation.tsv"
FEMININE = frozenset({"she", "her", "hers"})
MASCULINE = frozenset({"he", "him", "his"})

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text, and whether the pronoun stands for whom it names."""

    span: Span
    coreferent: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A text with a pronoun and two names; spans are in code points."""

    id: str
    text: str
    pronoun: Span
    a: Name
    b: Name
    url: str

    @property
    def feminine(self) -> bool:
        """Whether the pronoun is feminine."""
        return self.text[slice(*self.pronoun)].lower() in FEMININE


@dataclass(frozen=True, slots=True)
class Result:
    """The figures over all decisions and by the pronoun's gender."""

    overall: Figures
    masculine: Figures
    feminine: Figures

    @property
    def bias(self) -> float:
        """The feminine F1 divided by the masculine; not a number where that is 0."""
        return self.feminine.f1 / self.masculine.f1 if self.masculine.f1 else math.nan


def rows(path: Path) -> list[Row]:
    """All rows of a file of GAP."""
    return read(path.read_text("utf-8"))


def read(table: str) -> list[Row]:
    """All rows of GAP's table; ValueError where a string is not at its offset or a pronoun is neither gender's."""
    header, *lines = table.split("\n")
    names = header.rstrip("\r").split("\t")
    return [_row(dict(zip(names, line.rstrip("\r").split("\t"), strict=True))) for line in lines if line.rstrip("\r")]


def _row(told: Mapping[str, str]) -> Row:
    def span(of: str) -> Span:
        start = int(told[f"{of}-offset"])
        end = start + len(told[of])
        if told["Text"][start:end] != told[of]:
            raise ValueError(f"{told['ID']}: {told[of]!r} is not at {start}")
        return start, end

    def name(of: str) -> Name:
        return Name(span(of), {"TRUE": True, "FALSE": False}[told[f"{of}-coref"].upper()])

    if told["Pronoun"].lower() not in FEMININE | MASCULINE:
        raise ValueError(f"{told['ID']}: {told['Pronoun']!r} is no pronoun of GAP's")
    return Row(told["ID"], told["Text"], span("Pronoun"), name("A"), name("B"), told["URL"])


def scores(gold: Iterable[Row], said: Mapping[str, tuple[bool, bool]]) -> Result:
    """The figures of what is said of A and B by the rows' ids; a row that nothing is said of counts as twice no."""
    tallies = {False: Tally(), True: Tally()}
    for row in gold:
        for name, yes in zip((row.a, row.b), said.get(row.id, (False, False)), strict=True):
            right = name.coreferent and yes
            tallies[row.feminine] += Tally(right, yes, right, name.coreferent)
    masculine, feminine = tallies[False], tallies[True]
    return Result((masculine + feminine).figures, masculine.figures, feminine.figures)
