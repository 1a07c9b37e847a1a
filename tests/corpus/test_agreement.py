from __future__ import annotations

import pytest

from purport.corpus.agreement import alpha, coincidences, wilson

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", C: twelve units, four observers, missing data.
RELIABILITY = [
    "1  2  3  3  2  1  4  1  2  .  .  .",
    "1  2  3  3  2  2  4  1  2  5  .  3",
    ".  3  3  3  2  3  4  2  2  5  1  .",
    "1  2  3  3  2  4  4  1  2  5  1  .",
]


def test_the_published_example() -> None:
    columns = zip(*(row.split() for row in RELIABILITY), strict=True)
    units = [[value for value in column if value != "."] for column in columns]
    assert alpha(coincidences(unit for unit in units if len(unit) > 1)) == pytest.approx(0.743, abs=0.0005)


def test_two_observers() -> None:
    """The same, B: nominal data of two observers, ten units."""
    one, two = "a a b b d c c c e d d a".split(), "b a b b b c c c e d d d".split()
    assert alpha(coincidences(zip(one, two, strict=True))) == pytest.approx(0.692, abs=0.0005)


def test_what_has_no_alpha() -> None:
    assert alpha(coincidences([])) is None
    assert alpha(coincidences([("accept", "accept")])) is None
    assert alpha(coincidences([("accept", "reject"), ("reject", "accept")])) == pytest.approx(-0.5)


def test_wilson() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=0.0005)
    assert wilson(5, 50) == pytest.approx((0.0435, 0.2136), abs=0.0005)  # Newcombe 1998
    assert wilson(10, 10)[1] == 1.0
