from __future__ import annotations

import math

import pytest

from bench.floors import Floor, load
from docs.figures import PAGES, rewritten, stale, used

FLOORS = {"x F1": Floor(0.7, math.inf, 0.01, 0.7364, "g", "c", {"of": 12345})}


def test_the_pages_have_the_figures_of_the_floors() -> None:
    assert [path.name for path in stale(load())] == [], "run make docs, and read the difference"
    assert all(used(path.read_text("utf-8")) for path in PAGES)


@pytest.mark.parametrize(
    "told, shown",
    [
        ("x F1", ".736"), ("x F1; measured; .2", ".74"), ("x F1; low; %", "70.0 %"),
        ("x F1; of; count", "12,345"), ("x F1; measured; in ten", "seven"),
    ],
)  # fmt: skip
def test_a_figure_is_written_as_its_mark_says(told: str, shown: str) -> None:
    page = f"F1 is <!-- floor {told} -->old<!-- end --> here."
    new = f"F1 is <!-- floor {told} -->{shown}<!-- end --> here."
    assert rewritten(page, FLOORS) == new
    assert rewritten(new, FLOORS) == new
    assert used(page) == ["x F1"]


@pytest.mark.parametrize("wrong", ["y F1", "x F1; recall", "x F1; low; .9"])
def test_a_mark_that_names_nothing_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="F1"):
        rewritten(f"<!-- floor {wrong} -->.5<!-- end -->", FLOORS)
