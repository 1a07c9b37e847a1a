"""Train the ranker: which spans name something, and which two name the same.

    python -m training.coreference --gum ../shared/data/gum/train --gap ../shared/data/gap/gap-development.tsv

Two small networks over the states of the tagger's encoder, which stays as it is: of spans (nothing, named once, named
again; and what type), and of antecedents (mention ranking: the likelihood of all right antecedents together, Durrett
and Klein 2013). GAP's pronouns are learned from too: there only the right names are known, so that other pronouns of
the same kind neither count for nor against. Writes `purport/models/ranker.npz` and `ranker.json`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bench import gap, gum
from purport.analyse import parse
from purport.analyse.ranking import HEADS, Ranking
from purport.analysis import Analysis
from purport.document import Document
from purport.lexicons.given import given
from purport.read import read_bytes
from purport.resolve.candidates import Candidate, candidates, person_of
from purport.resolve.coreference import Named, evidence, mentions
from purport.resolve.features import PAIRS, described, known, paired, quotes
from training.ship import MODELS

TYPES = ("person", "place", "organization", "object", "event", "time", "substance", "animal", "plant", "abstract")
"""Types of what GUM's mentions name."""
OFTEN = 8
"""Times that a feature must be seen to be learned."""
LENGTH = 32
"""Numbers of each of the ways in which the states of two mentions are compared."""
EVIDENCE = 6
WHOLE = 0.01
"""How much a mention of GUM counts."""
APART = 500
"""Mentions back to which antecedents are learned."""


def analysed(text: str) -> Analysis:
    """The analysis of a text of the gold. Raises `SystemExit` where reading changes it."""
    document = next(iter(read_bytes(text.encode(), "text.txt")))
    if not isinstance(document, Document) or document.text != text:
        raise SystemExit(f"the reader's text is not the gold's: {text[:60]}")
    return parse(document)


def span_of(analysis: Analysis, one: Candidate) -> tuple[int, int]:
    """The characters of a candidate."""
    return analysis.tokens[one.first].start, analysis.tokens[one.last].end


class Bag(nn.Module):
    """The sum of the rows of features."""

    def __init__(self, features: int, size: int) -> None:
        super().__init__()
        self.rows = nn.Parameter(torch.randn(features, size) * 0.05)

    def forward(self, ids: Tensor, starts: Tensor) -> Tensor:
        """One sum for each bag."""
        return functional.embedding_bag(ids, self.rows, starts, mode="sum")


class Spans(nn.Module):
    """Which spans name something, and what: `purport.analyse.ranking.Ranking.spans` for training."""

    def __init__(self, features: int, state: int, size: int = 64) -> None:
        super().__init__()
        self.features = Bag(features, size)
        self.head, self.last = nn.Linear(state, size, bias=False), nn.Linear(state, size, bias=False)
        self.after = nn.Linear(state, size)
        self.out = nn.Linear(size, 3 + len(TYPES))
        self.drop = nn.Dropout(0.3)

    def forward(self, ids: Tensor, starts: Tensor, head: Tensor, last: Tensor, after: Tensor) -> Tensor:
        """Scores of the three chances and of `TYPES`, a row a span."""
        hidden = self.features(ids, starts) + self.head(self.drop(head))
        hidden = hidden + self.last(self.drop(last)) + self.after(self.drop(after))
        said: Tensor = self.out(self.drop(functional.relu(hidden)))
        return said


@dataclass
class Prepared:
    """A document as the networks take it; `right` says which antecedents are right, of `asked` mentions alone."""

    ids: Tensor
    starts: Tensor
    head: Tensor
    evidence: Tensor
    later: Tensor
    earlier: Tensor
    pairs: Tensor
    right: Tensor
    counted: Tensor
    weight: float = WHOLE


class Links(nn.Module):
    """Which mention goes back to which: `purport.analyse.ranking.Ranking.links` for training."""

    def __init__(self, features: int, state: int, size: int, dropped: float) -> None:
        super().__init__()
        self.mine, self.other, self.new = (Bag(features, size) for _ in range(3))
        self.state, self.other_state = nn.Linear(state, size, bias=False), nn.Linear(state, size, bias=False)
        self.new_state = nn.Linear(state, size)
        self.asks, self.offers = (nn.Linear(state, HEADS * LENGTH, bias=False) for _ in range(2))
        self.pair = nn.Linear(len(PAIRS) + HEADS, size)
        self.hidden, self.out = nn.Linear(size, 64), nn.Linear(64, 1)
        self.new_hidden, self.new_out = nn.Linear(size + EVIDENCE, 64), nn.Linear(64, 1)
        self.drop, self.drop_state = nn.Dropout(dropped), nn.Dropout(0.4)
        for layer in (self.asks, self.offers):
            nn.init.normal_(layer.weight, std=0.02)

    def forward(self, one: Prepared) -> Tensor:
        """For each mention the scores of none and of each mention, mentions by one more."""
        head = self.drop_state(one.head)
        mine = self.mine(one.ids, one.starts) + self.state(head)
        other = self.other(one.ids, one.starts) + self.other_state(head)
        asks, offers = (layer(head).view(len(head), HEADS, LENGTH) for layer in (self.asks, self.offers))
        alike = (asks[one.later] * offers[one.earlier]).sum(-1) / math.sqrt(LENGTH)
        hidden = mine[one.later] + other[one.earlier] + self.pair(torch.cat([one.pairs.float(), alike], 1))
        hidden = self.drop(functional.relu(hidden))
        scores = self.out(self.drop(functional.relu(self.hidden(hidden))))[:, 0]
        new = self.drop(functional.relu(self.new(one.ids, one.starts) + self.new_state(head)))
        new = self.drop(functional.relu(self.new_hidden(torch.cat([new, one.evidence], 1))))
        whole = torch.full((len(head), len(head) + 1), -1e9)
        whole[one.later, one.earlier + 1] = scores
        whole[:, 0] = self.new_out(new)[:, 0]
        return whole


def bags(words: Sequence[Sequence[str]], features: Mapping[str, int]) -> tuple[Tensor, Tensor]:
    """Ids of features one after another, and where each bag begins."""
    ids = [[features[name] for name in names if name in features] for names in words]
    starts = np.cumsum([0, *map(len, ids)])[:-1]
    return torch.tensor([one for own in ids for one in own]), torch.from_numpy(starts)


def prepared(analysis: Analysis, found: Sequence[Named], features: Mapping[str, int]) -> Prepared:
    """The mentions of a document with all that is known of each two; nothing is right yet."""
    chosen = [one.candidate for one in found]
    pairs = paired(known(analysis, chosen, given(), quotes(analysis)))
    later, earlier = np.tril_indices(len(found), -1)
    near = later - earlier <= APART
    later, earlier = later[near], earlier[near]
    ids, starts = bags([one.described for one in found], features)
    assert analysis.states is not None
    count = len(found)
    return Prepared(
        ids,
        starts,
        torch.from_numpy(analysis.states[[one.head for one in chosen]].astype(np.float32)),
        torch.from_numpy(evidence(found, pairs)),
        torch.from_numpy(later),
        torch.from_numpy(earlier),
        torch.from_numpy(pairs[later, earlier]).half(),
        torch.zeros(count, count + 1, dtype=torch.bool),
        torch.ones(count, count + 1, dtype=torch.bool),
    )


def of_gum(analysis: Analysis, gold: gum.Gold, found: Sequence[Named], features: Mapping[str, int]) -> Prepared:
    """A document of GUM, where every mention has its right antecedents or none."""
    one = prepared(analysis, found, features)
    cluster = {mention.span: mention.cluster for mention in gold.mentions}
    own = [cluster.get(span_of(analysis, mention.candidate)) for mention in found]
    for later, name in enumerate(own):
        alike = [n for n in range(max(0, later - APART), later) if name is not None and own[n] == name]
        one.right[later, [n + 1 for n in alike] or [0]] = True
    return one


def of_gap(analysis: Analysis, row: gap.Row, found: Sequence[Named], features: Mapping[str, int]) -> Prepared | None:
    """A text of GAP, where of one pronoun it is known which of two names it goes back to, if any; None where there is
    nothing to learn."""
    spans = [span_of(analysis, mention.candidate) for mention in found]
    asked = next((n for n, span in enumerate(spans) if span == row.pronoun), None)
    if asked is None:
        return None

    def named(name: gap.Name) -> list[int]:
        start, end = name.span
        words = set(row.text[start:end].split())
        heads = (analysis.tokens[mention.candidate.head] for mention in found[:asked])
        return [
            n
            for n, head in enumerate(heads)
            if start <= head.start < end or (head.pos == "PROPN" and analysis.word(head.i) in words)
        ]

    right = [n for name in (row.a, row.b) if name.coreferent for n in named(name)]
    wrong = [n for name in (row.a, row.b) if not name.coreferent for n in named(name)]
    if not right and (row.a.coreferent or row.b.coreferent or not wrong):
        return None
    one = prepared(analysis, found, features)
    person = [person_of(analysis.word(mention.candidate.head)) for mention in found]
    alike = [n for n in range(asked) if person[n] == person[asked]]
    one.counted[:] = False
    one.counted[asked] = True
    one.counted[asked, [n + 1 for n in alike if n not in right]] = False
    if right:
        one.right[asked, [n + 1 for n in right]] = True
    else:
        one.right[asked] = True
        one.right[asked, [n + 1 for n in wrong]] = False
    return one


def loss_of(scores: Tensor, one: Prepared) -> Tensor:
    """How unlikely the right antecedents are, summed; to find one too many costs half of what it costs to miss one."""
    rows = one.counted.any(dim=1)
    all_, right = (mask[rows] for mask in (one.counted, one.right))
    scores = scores[rows]
    total = scores.masked_fill(~all_, -1e9).logsumexp(1)
    good = scores.masked_fill(~(right & all_), -1e9).logsumexp(1)
    weight = torch.where(right[:, 0] & ~right[:, 1:].any(dim=1), 0.5, 1.0)
    return ((total - good) * weight).sum()


def learn_spans(
    read: Sequence[tuple[Analysis, gum.Gold]], features: Mapping[str, int], told: argparse.Namespace
) -> Spans:
    """The first network."""
    every = []
    for analysis, gold in read:
        flat = [one for group in candidates(analysis) for one in group]
        by_span = {mention.span: mention for mention in gold.mentions}
        size = Counter(mention.cluster for mention in gold.mentions)
        found = [by_span.get(span_of(analysis, one)) for one in flat]
        labels = torch.tensor([0 if m is None else 2 if size[m.cluster] > 1 else 1 for m in found])
        kinds = torch.tensor([-100 if m is None or m.kind not in TYPES else TYPES.index(m.kind) for m in found])
        assert analysis.states is not None
        states = torch.from_numpy(analysis.states.astype(np.float32))
        at = [torch.tensor([getattr(one, which) for one in flat]) for which in ("head", "last")]
        after = (at[1] + 1).clamp(max=len(states) - 1)
        words = bags([described(analysis, one) for one in flat], features)
        every.append((words, (states[at[0]], states[at[1]], states[after]), labels, kinds))
    network = Spans(len(features), every[0][1][0].shape[1])
    optimizer = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=0.01)
    for epoch in range(told.span_epochs):
        order = list(range(len(every)))
        Random(f"{told.seed}/{epoch}").shuffle(order)
        total = 0.0
        for number in order:
            words, states_, labels, kinds = every[number]
            said = network(*words, *states_)
            loss = functional.cross_entropy(said[:, :3], labels) + 0.3 * functional.cross_entropy(said[:, 3:], kinds)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        print(f"spans, epoch {epoch}: loss {total / len(every):.3f}", flush=True)
    network.eval()
    return network


def learn_links(every: Sequence[Prepared], features: int, told: argparse.Namespace) -> Links:
    """The second network."""
    network = Links(features, every[0].head.shape[1], told.size, told.dropped)
    optimizer = torch.optim.AdamW(network.parameters(), lr=told.rate, weight_decay=0.02)
    large = [one for one in every if one.weight == WHOLE]
    small = [one for one in every if one.weight != WHOLE]
    steps = told.epochs * (len(large) + len(small) // GROUP)
    step = 0
    for epoch in range(told.epochs):
        rng = Random(f"{told.seed}/links/{epoch}")
        rng.shuffle(small)
        work = [[one] for one in large] + [small[n : n + GROUP] for n in range(0, len(small) - GROUP + 1, GROUP)]
        rng.shuffle(work)
        total, began = 0.0, time.monotonic()
        for batch in work:
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = told.rate * min(1, step / 100) * (1 - step / (steps + 1))
            loss = torch.stack([loss_of(network(one), one) * one.weight for one in batch]).sum()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            total += loss.item()
        print(f"links, epoch {epoch}: loss {total / len(work):.3f}, {time.monotonic() - began:.0f} s", flush=True)
    network.eval()
    return network


GROUP = 8
"""Texts of GAP that are learned from in one step."""


def weights(spans: Spans, links: Links | None) -> dict[str, np.ndarray]:
    """The weights of the networks by the names under which they ship."""
    found: dict[str, np.ndarray] = {}
    for prefix, network in (("span", spans), ("link", links)):
        for name, values in network.state_dict().items() if network is not None else ():
            found[f"{prefix}.{name.removesuffix('.rows')}"] = values.numpy().astype(np.float16)
    return found


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gum", type=Path, default=gum.TRAIN)
    parser.add_argument("--gap", type=Path, default=gap.DEVELOPMENT)
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--epochs", type=int, default=9)
    parser.add_argument("--span-epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--size", type=int, default=128, help="of the hidden layer")
    parser.add_argument("--dropped", type=float, default=0.3)
    parser.add_argument("--pronouns", type=float, default=0.075, help="how much a pronoun of GAP counts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    told = parser.parse_args()
    torch.manual_seed(told.seed)
    torch.set_num_threads(told.threads)
    read = [(analysed(gold.text), gold) for gold in gum.documents(told.gum)]
    counts = Counter(name for a, _ in read for group in candidates(a) for one in group for name in described(a, one))
    features = {name: n for n, name in enumerate(sorted(name for name, times in counts.items() if times >= OFTEN))}
    spans = learn_spans(read, features, told)
    ranking = Ranking(
        {name: values.astype(np.float32) for name, values in weights(spans, None).items()}, features, TYPES
    )
    every: list[Prepared] = []
    for analysis, gold in read:
        object.__setattr__(analysis, "ranker", ranking)
        one = of_gum(analysis, gold, mentions(analysis), features)
        every.append(one)
    for row in gap.rows(told.gap):
        analysis = analysed(row.text)
        object.__setattr__(analysis, "ranker", ranking)
        pronoun = of_gap(analysis, row, mentions(analysis), features)
        if pronoun is not None:
            pronoun.weight = told.pronouns
            every.append(pronoun)
    print(f"{len(read)} documents of GUM, {len(every) - len(read)} texts of GAP, {len(features)} features", flush=True)
    links = learn_links(every, len(features), told)
    path = told.models / "ranker.npz"
    np.savez_compressed(path, allow_pickle=False, **weights(spans, links))
    about = {
        "sha256": {"ranker.npz": hashlib.sha256(path.read_bytes()).hexdigest()},
        "types": TYPES,
        "features": list(features),
    }
    (told.models / "ranker.json").write_text(json.dumps(about, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
