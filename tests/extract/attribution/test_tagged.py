from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from purport import read_text
from purport.extract.attribution.tagged import LABELS, likeliest, tagged_roles
from purport.model.analysis import Analysis

SCORES = st.lists(
    st.lists(st.lists(st.integers(-40, 40), min_size=LABELS, max_size=LABELS), min_size=1, max_size=3),
    min_size=1,
    max_size=3,
)


@given(SCORES, arrays(np.int64, (LABELS + 1, LABELS), elements=st.integers(-40, 40)))
def test_the_best_path_is_the_best_of_all_paths(blocks: list[list[list[int]]], steps: np.ndarray) -> None:
    scores = np.array([row for block in blocks for row in block], np.float64)
    number = np.repeat(np.arange(len(blocks)), [len(block) for block in blocks]).astype(np.int64)
    found = likeliest(scores, number, steps.astype(np.float64))
    at = 0
    for block in blocks:

        def total(path: tuple[int, ...], rows: list[list[int]] = block) -> int:
            before = (LABELS, *path)
            return sum(row[label] + int(steps[one, label]) for row, one, label in zip(rows, before, path, strict=False))

        best = max(map(total, product(range(LABELS), repeat=len(block))))
        assert total(tuple(found[at : at + len(block)].tolist())) == best
        at += len(block)


def test_without_a_tagger_there_are_no_roles() -> None:
    analysis = Analysis(read_text("Denk said so.").document, (), ())
    roles, likely = tagged_roles(analysis)
    assert roles == []
    assert likely.__name__ == "_unknown"
