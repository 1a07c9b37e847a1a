"""Actors across documents take time in proportion to the mentions; the full sizes are `python -m bench.actors`."""

from __future__ import annotations

from bench.actors import LIMIT, MENTIONS, synthetic, timed


def test_synthetic_mentions_are_the_same_every_time_and_many_are_variants() -> None:
    first = list(synthetic(2000))
    assert first == list(synthetic(2000))
    assert 500 < len({row.name for row in first}) < 1500


def test_eight_times_the_mentions_take_little_more_than_eight_times_the_time() -> None:
    (_, few, _), (_, many, actors) = (min(timed(size) for _ in range(2)) for size in (5_000, 40_000))
    assert many < 30 * few  # of the processor; 8 for a step in proportion, 64 for one that compares all with all
    assert many < LIMIT * 40_000 / MENTIONS
    assert 4_000 < actors < 40_000
