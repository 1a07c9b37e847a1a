"""Texts in which it is known whom pronouns stand for, as word pieces: GAP's development part and GUM's train part.

The encoder learns from them beside attribution, so that its states tell who is who (`training.train --pronouns`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from bench import gap, gum
from purport.analyse.models.pieces import LENGTH, Pieces, Window, laid_out, windows
from purport.analyse.models.wordpiece import WordPiece
from purport.analyse.parser.english import cut
from purport.model.document import Document
from purport.read.files import read_bytes
from training.data import MARKS, Shuffle

HEADS, WIDE = 8, 32
"""Of the comparison of two mentions."""
THIRD = frozenset("he him his himself she her hers herself it its itself they them their theirs themselves".split())
Range = tuple[int, int]


@dataclass(frozen=True)
class Meant:
    """A window with its ids, the positions of pronouns and of what they may stand for, and which of those are right:
    pronouns by offered ones and, in the last column, none; `open` says which are asked about."""

    ids: NDArray[np.int64]
    asking: NDArray[np.int64]
    offered: NDArray[np.int64]
    right: NDArray[np.bool_]
    open: NDArray[np.bool_]


def _cut(text: str, tokenizer: WordPiece) -> Pieces | None:
    document = next(iter(read_bytes(text.encode(), "text.txt")))
    if not isinstance(document, Document) or document.text != text:
        return None
    return cut(document, tokenizer)


def _last_word(found: Pieces, span: Range) -> Range | None:
    """The pieces of the last word in a span."""
    first, last = int(np.searchsorted(found.end, span[0], "right")), int(np.searchsorted(found.start, span[1]))
    while first < last and not found.first[last - 1]:
        last -= 1
    if first >= last:
        return None
    end = last
    while end < len(found) and not found.first[end]:
        end += 1
    return last - 1, end


def _positions(place: NDArray[np.int64], window: Window, ranges: Sequence[Range]) -> NDArray[np.int64]:
    held = [(int(place[a - window.begin]), int(place[b - 1 - window.begin]) + 1) for a, b in ranges]
    return np.array(held, np.int64).reshape(-1, 2)


def of_gap(path: Path, tokenizer: WordPiece) -> list[Meant]:
    """GAP's rows, each with its pronoun and its two names."""
    made = []
    for row in gap.rows(path):
        found = _cut(row.text, tokenizer)
        if found is None:
            continue
        ranges = [_last_word(found, span) for span in (row.pronoun, row.a.span, row.b.span)]
        known = [one for one in ranges if one is not None]
        if len(known) < len(ranges):
            continue
        begin = max(0, min(min(a for a, _ in known), max(b for _, b in known) + 40 - (LENGTH - 20)))
        window = Window(begin, min(len(found), begin + LENGTH - 20), 0, 0)
        if any(a < window.begin or b > window.end for a, b in known):
            continue
        ids, place = laid_out(found, window, MARKS)
        right = np.array([[row.a.coreferent, row.b.coreferent, not (row.a.coreferent or row.b.coreferent)]])
        asked = _positions(place, window, known)
        made.append(Meant(ids, asked[:1], asked[1:], right, np.ones_like(right)))
    return made


def of_gum(folder: Path, tokenizer: WordPiece) -> list[Meant]:
    """GUM's documents, window by window, with their pronouns of the third person and the mentions before each."""
    made = []
    for gold in gum.documents(folder):
        found = _cut(gold.text, tokenizer)
        if found is None:
            continue
        placed = [(mention, _last_word(found, mention.head)) for mention in gold.mentions]
        for window in windows(found.block):
            own = [(m, at) for m, at in placed if at is not None and window.begin <= at[0] and at[1] <= window.end]
            own.sort(key=lambda two: two[1])
            asks = [n for n, (m, _) in enumerate(own) if gold.text[slice(*m.span)].lower() in THIRD]
            if not asks:
                continue
            ids, place = laid_out(found, window, MARKS)
            right = np.zeros((len(asks), len(own) + 1), np.bool_)
            held = np.zeros_like(right)
            for row, n in enumerate(asks):
                held[row, :n] = held[row, -1] = True
                right[row, :n] = [own[k][0].cluster == own[n][0].cluster for k in range(n)]
                right[row, -1] = not right[row].any()
            asking = _positions(place, window, [own[n][1] for n in asks])
            made.append(Meant(ids, asking, _positions(place, window, [at for _, at in own]), right, held))
    return made


class Comparing(nn.Module):
    """What pronouns ask and mentions offer, over the encoder's states; thrown away after training."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.asks, self.offers = nn.Linear(size, HEADS * WIDE), nn.Linear(size, HEADS * WIDE)
        self.weigh = nn.Sequential(nn.Linear(HEADS, 32), nn.GELU(), nn.Linear(32, 1))
        self.none = nn.Linear(size, 1)
        for layer in (self.asks, self.offers):
            nn.init.normal_(layer.weight, std=0.02)

    def forward(self, states: Tensor, one: Meant) -> Tensor:
        """Scores of `one.asking` by what is offered and none; `states` are those of its window."""
        asking, offered = pooled(states, one.asking), pooled(states, one.offered)
        asks = self.asks(asking).view(-1, 1, HEADS, WIDE)
        offers = self.offers(offered).view(1, -1, HEADS, WIDE)
        scores = self.weigh((asks * offers).sum(-1))[..., 0]
        return torch.cat([scores, self.none(asking)], dim=1)


def pooled(states: Tensor, ranges: NDArray[np.int64]) -> Tensor:
    """The mean state of each range of positions."""
    total = functional.pad(states.cumsum(0), (0, 0, 1, 0))
    first, last = torch.from_numpy(ranges[:, 0]), torch.from_numpy(ranges[:, 1])
    return (total[last] - total[first]) / (last - first)[:, None]


def padded(batch: Sequence[Meant], shuffle: Shuffle) -> tuple[Tensor, Tensor]:
    """Ids and mask of a batch."""
    length = max(len(one.ids) for one in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    mask = torch.zeros(len(batch), length, dtype=torch.bool)
    for row, one in enumerate(batch):
        ids[row, : len(one.ids)] = torch.from_numpy(shuffle(one.ids))
        mask[row, : len(one.ids)] = True
    return ids, mask


def loss_of(states: Tensor, batch: Sequence[Meant], comparing: Comparing) -> tuple[Tensor, float]:
    """How unlikely the right ones are, by pronoun, and the share of pronouns that are read rightly."""
    losses, good, count = [], 0, 0
    for row, one in enumerate(batch):
        right = torch.from_numpy(one.right)
        scores = comparing(states[row], one).masked_fill(~torch.from_numpy(one.open), -1e9)
        losses.append(scores.logsumexp(1) - scores.masked_fill(~right, -1e9).logsumexp(1))
        good += int(right[torch.arange(len(right)), scores.argmax(1)].sum())
        count += len(right)
    return torch.cat(losses).mean(), good / max(1, count)
