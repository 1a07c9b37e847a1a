"""What is known of two spans of word pieces that may belong to one attribution, beside what the tagger's encoder
makes of their words: how far they are apart, in which blocks they stand, and how many rivals stand between."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from purport.model.analysis import Link

Ints = NDArray[np.int64]

WIDTH = 64
"""Numbers in a span's vector."""
DISTANCES, BLOCKS, RIVALS = 17, 5, 4
"""How many values the three features have."""
ASKS = {Link.CUE_OF_CONTENT: (0, 1), Link.SOURCE_OF_CUE: (2, 3), Link.SOURCE_OF_CONTENT: (4, 3)}
"""For each kind of link which of a piece's vectors asks and which is offered."""


def features(asking: Ints, offered: Ints, block: Ints) -> tuple[Ints, Ints, Ints]:
    """Distance, block and rivals for each pair, as matrices of `len(asking)` by `len(offered)` small numbers.

    `asking` and `offered` are spans of pieces, n by 2, half-open; `block` the block's number of each piece.
    """
    a, b = asking[:, None, :], offered[None, :, :]
    after, before = b[..., 0] - a[..., 1], a[..., 0] - b[..., 1]
    gap = np.maximum(np.maximum(after, before), 0)
    steps = np.minimum(np.floor(np.log2(1 + gap)).astype(np.int64), 7)
    distance = np.where(after >= 0, 9 + steps, np.where(before >= 0, 7 - steps, 8))
    apart = np.clip(block[b[..., 0]] - block[a[..., 0]], -2, 2) + 2
    low, high = np.minimum(a[..., 0], b[..., 0]), np.maximum(a[..., 0], b[..., 0])
    begins = np.sort(offered[:, 0])
    between = np.searchsorted(begins, high, side="left") - np.searchsorted(begins, low, side="right")
    return distance, apart, np.clip(between, 0, RIVALS - 1)
