from __future__ import annotations

from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.clusters import METRICS, Counts, Figures, Tally, best, counts, scores, without_singletons

Told = tuple[tuple[float, float], tuple[float, float], tuple[float, float]]
"""MUC's, B-cubed's and CEAFe's numerator and denominator."""

CASES: dict[str, tuple[str, str, Told, Told]] = {
    # Bagga and Baldwin's, with two clusters taken for one.
    "too much joined": (
        "12345 67 89ABC",
        "12345 6789ABC",
        ((9, 10), (5 + (4 + 25) / 7, 12), (1 + 10 / 12, 2)),
        ((9, 9), (12, 12), (1 + 10 / 12, 3)),
    ),
    # Pradhan et al. 2014, with e found by nobody and h, i by the response alone.
    "twinless on both sides": (
        "abc defg",
        "ab cd fghi",
        ((2, 5), (4 / 2 + 1 / 2 + 1 / 2 + 4 / 4, 8), (4 / 5 + 4 / 8, 3)),
        ((2, 5), (4 / 3 + 1 / 3 + 1 / 4 + 4 / 4, 7), (4 / 5 + 4 / 8, 2)),
    ),
    "the same": ("a bc def", "a bc def", ((3, 3), (6, 6), (3, 3)), ((3, 3), (6, 6), (3, 3))),
    "some missing": ("a bc def", "a de", ((1, 1), (3, 3), (1.8, 2)), ((1, 3), (1 + 4 / 3, 6), (1.8, 3))),
    "some invented": (
        "a bc def",
        "a bcx defy z",
        ((3, 5), (1 + 4 / 3 + 9 / 4, 9), (1 + 4 / 5 + 6 / 7, 4)),
        ((3, 3), (6, 6), (1 + 4 / 5 + 6 / 7, 3)),
    ),
    "all apart": ("abcdef", "a b c d e f", ((0, 0), (6, 6), (2 / 7, 6)), ((0, 5), (1, 6), (2 / 7, 1))),
    "all joined": ("a b c d e f", "abcdef", ((0, 5), (1, 6), (2 / 7, 1)), ((0, 0), (6, 6), (2 / 7, 6))),
    "crosswise": ("ab cd", "ac bd", ((0, 2), (2, 4), (1, 2)), ((0, 2), (2, 4), (1, 2))),
    "the greedy match is not the best": (
        "abcde fg",
        "abcfg de",
        ((4, 5), (13 / 5 + 4 / 2, 7), (4 / 7 + 4 / 7, 2)),
        ((4, 5), (13 / 5 + 4 / 2, 7), (4 / 7 + 4 / 7, 2)),
    ),
    "nothing in common": ("ab", "xy", ((0, 1), (0, 2), (0, 1)), ((0, 1), (0, 2), (0, 1))),
    "nothing found": ("ab", "", ((0, 0), (0, 0), (0, 0)), ((0, 1), (0, 2), (0, 1))),
}


def parts(counted: Counts) -> tuple[Tally, Tally, Tally]:
    return counted.muc, counted.b3, counted.ceafe


@pytest.mark.parametrize("case", CASES)
def test_counts_are_those_made_by_hand(case: str) -> None:
    gold, said, precise, recalled = CASES[case]
    for tally, for_precision, for_recall in zip(
        parts(counts(gold.split(), said.split())), precise, recalled, strict=True
    ):
        assert (tally.precise, tally.said) == pytest.approx(for_precision)
        assert (tally.recalled, tally.wanted) == pytest.approx(for_recall)


def test_figures_of_the_best_known_example() -> None:
    found = scores(counts("12345 67 89ABC".split(), "12345 6789ABC".split()))
    told = {name: (round(one.precision, 3), round(one.recall, 3), round(one.f1, 3)) for name, one in found.items()}
    assert told == {
        "MUC": (0.9, 1.0, 0.947),
        "B3": (0.762, 1.0, 0.865),
        "CEAFe": (0.917, 0.611, 0.733),
        "CoNLL": (0.860, 0.870, 0.849),
    }
    assert tuple(found) == METRICS


def test_a_corpus_is_scored_by_adding_up() -> None:
    both = sum((counts(["ab"], ["ab"]), counts(["cdef"], ["cd"])), Counts())
    assert both.muc == Tally(2, 2, 2, 4)
    assert scores(both)["MUC"] == Figures.of(1.0, 0.5)
    assert scores(Counts())["CoNLL"] == Figures(0.0, 0.0, 0.0)


def test_singletons_are_dropped() -> None:
    assert without_singletons(["ab", "c", "", "dd"]) == [frozenset("ab")]


def test_of_a_mention_said_twice_the_first_counts() -> None:
    assert counts(["abc"], ["ab", "bc"]) == counts(["abc"], ["ab", "c"])


clusterings = st.dictionaries(st.integers(0, 12), st.integers(0, 5)).map(
    lambda labels: [[m for m, own in labels.items() if own == label] for label in sorted(set(labels.values()))]
)


@given(clusterings)
def test_perfect_is_one(clusters: list[list[int]]) -> None:
    found = scores(counts(clusters, clusters))
    assert found["B3"].f1 == found["CEAFe"].f1 == pytest.approx(float(bool(clusters)))
    assert found["MUC"].f1 == float(bool(without_singletons(clusters)))


@given(clusterings, clusterings)
def test_precision_one_way_is_recall_the_other(gold: list[list[int]], said: list[list[int]]) -> None:
    there, back = scores(counts(gold, said)), scores(counts(said, gold))
    for name in METRICS:
        assert there[name].precision == pytest.approx(back[name].recall)
        assert there[name].recall == pytest.approx(back[name].precision)
        assert there[name].f1 == pytest.approx(back[name].f1)
        assert -1e-9 <= there[name].f1 <= 1 + 1e-9


@given(clusterings, clusterings, st.randoms(use_true_random=False))
def test_order_does_not_matter(gold: list[list[int]], said: list[list[int]], random: Random) -> None:
    before = scores(counts(gold, said))
    for side in (gold, said):
        random.shuffle(side)
        for cluster in side:
            random.shuffle(cluster)
    after = scores(counts(gold, said))
    assert [one.f1 for one in after.values()] == pytest.approx([one.f1 for one in before.values()])


@given(st.lists(st.lists(st.floats(0, 1), min_size=4, max_size=4), min_size=1, max_size=5))
def test_the_best_match_is_the_best_of_all(weights: list[list[float]]) -> None:
    height, width = len(weights), 4
    if height <= width:
        tried = (sum(weights[i][j] for i, j in enumerate(chosen)) for chosen in permutations(range(width), height))
    else:
        tried = (sum(weights[i][j] for j, i in enumerate(chosen)) for chosen in permutations(range(height), width))
    assert best(weights) == pytest.approx(max(tried))


def test_nothing_matches_nothing() -> None:
    assert best([]) == 0.0
