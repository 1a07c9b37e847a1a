"""The known networks' figures and the times of 200,000 ties are `python -m bench.network`."""

from __future__ import annotations

from itertools import islice

from bench import network


def test_what_is_measured_is_the_same_every_time() -> None:
    assert list(islice(network.ties(), 500)) == list(islice(network.ties(), 500))
    assert list(islice(network.texts(), 20)) == list(islice(network.texts(), 20))
    assert sum(id.endswith("r") for id, _ in islice(network.texts(), 24)) == 4
