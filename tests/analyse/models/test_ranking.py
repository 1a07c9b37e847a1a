from __future__ import annotations

import numpy as np

from purport.analyse.models.ranking import WIDTH, ranker
from purport.model.analysis import Pairs
from purport.resolve.document.pairs import PAIRS


def test_a_text_in_two_stretches_is_weighed_as_in_one() -> None:
    ranking = ranker()
    assert ranking is not None
    chance = np.random.default_rng(7)
    count, first = 12, 5
    words = [list(ranking.features)[at :: count + 3][:40] for at in range(count)]
    states = chance.normal(size=(count, WIDTH + 64)).astype(np.float32)  # a name's own vector behind the encoder's
    pronoun = np.arange(count) % 3 == 0
    later, earlier = (side.astype(np.int64) for side in np.nonzero(np.tri(count, k=-1)))
    pairs = chance.random((len(later), len(PAIRS))).astype(np.float32)
    evidence = chance.random((count, 6)).astype(np.float32)
    whole = ranking.linking().links(words, states, evidence, Pairs(later, earlier, pairs), pronoun)
    assert whole.shape == (count, count + 1)
    linking, parts = ranking.linking(), []
    for begin, end in ((0, first), (first, count)):
        own = (begin <= later) & (later < end)
        told = Pairs(later[own], earlier[own], pairs[own])
        here = slice(begin, end)
        parts.append(linking.links(words[here], states[here], evidence[here], told, pronoun[here]))
    assert parts[0].shape == (first, first + 1)
    np.testing.assert_allclose(parts[0], whole[:first, : first + 1], rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(parts[1], whole[first:], rtol=1e-4, atol=1e-4)
