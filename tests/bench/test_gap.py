from __future__ import annotations

import math

import pytest

from bench import gap
from bench.clusters import Figures

HEADER = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL"
TABLE = f"""{HEADER}
t-1\t🐝 Orla met Ines; she slept.\tshe\t17\tOrla\t2\tTRUE\tInes\t11\tFALSE\thttp://velmark.example/1
t-2\tHer aunt, "Ines, saw Orla.\tHer\t0\tInes\t11\tFALSE\tOrla\t21\tFALSE\thttp://velmark.example/2
t-3\tDenk told Ruben he won.\the\t16\tDenk\t0\tFALSE\tRuben\t10\tTRUE\thttp://velmark.example/3
"""


def test_rows_are_read_with_offsets_in_code_points() -> None:
    first, second, third = gap.read(TABLE)
    assert [first.text[slice(*span)] for span in (first.pronoun, first.a.span, first.b.span)] == ["she", "Orla", "Ines"]
    assert (first.a.coreferent, first.b.coreferent, first.url) == (True, False, "http://velmark.example/1")
    assert [row.feminine for row in (first, second, third)] == [True, True, False]
    assert gap.read(TABLE.replace("\n", "\r\n")) == [first, second, third]


@pytest.mark.parametrize("wrong", [TABLE.replace("she\t17", "she\t18"), TABLE.replace("Her", "Our")])
def test_what_is_not_as_it_should_be_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"t-[12]: "):
        gap.read(wrong)


def test_scores_are_those_made_by_hand() -> None:
    rows = gap.read(TABLE)
    # Feminine: one hit, one false alarm; masculine: one hit and one false alarm in the same row.
    found = gap.scores(rows, {"t-1": (True, False), "t-2": (False, True), "t-3": (True, True)})
    assert found.feminine == Figures.of(1 / 2, 1.0)
    assert found.masculine == Figures.of(1 / 2, 1.0)
    assert found.overall == Figures.of(2 / 4, 1.0)
    assert found.overall.f1 == pytest.approx(2 / 3)
    assert found.bias == 1.0
    worse = gap.scores(rows, {"t-1": (True, True), "t-2": (True, True), "t-3": (False, True)})
    assert worse.feminine.f1 == pytest.approx(2 / 5)
    assert worse.masculine.f1 == 1.0
    assert worse.bias == pytest.approx(2 / 5)
    assert (worse.overall.precision, worse.overall.recall) == (2 / 5, 1.0)


def test_a_row_nothing_is_said_of_is_missed() -> None:
    found = gap.scores(gap.read(TABLE), {"t-1": (True, False)})
    assert found.overall == Figures.of(1.0, 1 / 2)
    assert math.isnan(found.bias)


@pytest.mark.skipif(not gap.DEVELOPMENT.is_file(), reason="GAP is not on this machine (../shared/data/gap)")
def test_gap_is_read() -> None:
    for path, size in ((gap.DEVELOPMENT, 2000), (gap.VALIDATION, 454)):
        rows = gap.rows(path)
        assert (len(rows), sum(row.feminine for row in rows)) == (size, size // 2)
        assert gap.scores(rows, {row.id: (row.a.coreferent, row.b.coreferent) for row in rows}).overall.f1 == 1.0
