"""What stands behind the figures, and the same texts in other dress."""

from __future__ import annotations

import pytest

from bench import report, robust
from purport.corpus.reading import process_texts
from purport.evaluate import Gold, Pair, places_of, score


def test_nested_cases_are_many_and_each_is_nested() -> None:
    cases = report.nested_cases()
    assert len(cases) >= 60
    assert all(len(marked) >= 2 for _, marked in cases)


@pytest.mark.parametrize("name", robust.DRESSES)
def test_a_dress_moves_the_gold_along(name: str) -> None:
    text = "Denk said: “It isn't so.”\n\n'No,' Tessel replied, and so did all the others on both banks.\n"
    gold = [{"source": [(0, 4)], "content": [(11, 25)]}, {"source": [(33, 39)], "content": [(27, 32)]}]
    new, moved = robust.dressed(text, gold, robust.DRESSES[name])
    assert [new[s:e].lower() for one in moved for s, e in one["source"]] == ["denk", "tessel"]
    assert "so." in new[slice(*moved[0]["content"][0])].lower()
    assert score([Pair(new, moved, moved)])["relation"].f1 == 1.0


def test_calibration_is_the_gap_between_confidence_and_what_is_right() -> None:
    texts = ["“The dam is safe,” Denk said.", "Tessel denied that the road was closed."]
    records = process_texts(texts)
    right = [Gold(text, text, (places_of(record.attributions),)) for text, record in zip(texts, records, strict=True)]
    error, rows = report.calibration(right, records)
    sure = [one.confidence for record in records for one in record.attributions]
    assert error == pytest.approx(1 - sum(sure) / len(sure))
    assert sum(count for *_, count in rows) == len(sure)
