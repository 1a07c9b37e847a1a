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
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional

from bench import clusters, gap, gum
from purport.analyse import parse
from purport.analyse.models.ranking import ATTENDED, ATTENTION, HEADS, Ranking, attended
from purport.lexicons.given import given
from purport.model.analysis import Analysis
from purport.model.document import Document
from purport.read.files import read_bytes
from purport.resolve.document.candidates import Candidate, candidates, person_of
from purport.resolve.document.coreference import Linked, Named, chains, evidence, mentions
from purport.resolve.document.features import Describer, described, known, quotes
from purport.resolve.document.pairs import PAIRS, offered, paired
from training.ship import MODELS, STATES

READ, WIDE = STATES[:2], 384
"""Layers whose states are read as they are, and how many numbers each has."""
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
    """Which spans name something, and what: `purport.analyse.models.ranking.Ranking.spans` for training."""

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
    pronoun: Tensor
    evidence: Tensor
    later: Tensor
    earlier: Tensor
    pairs: Tensor
    right: Tensor
    counted: Tensor
    weight: float = WHOLE


class Links(nn.Module):
    """Which mention goes back to which: `purport.analyse.models.ranking.Ranking.links` for training."""

    def __init__(self, features: int, state: int, size: int, dropped: float) -> None:
        super().__init__()
        self.mine, self.other, self.new = (Bag(features, size) for _ in range(3))
        self.state, self.other_state = nn.Linear(state, size, bias=False), nn.Linear(state, size, bias=False)
        self.new_state = nn.Linear(state, size)
        self.asks, self.offers = (nn.Linear(state, HEADS * LENGTH, bias=False) for _ in range(2))
        self.pair = nn.Linear(len(PAIRS) + 2 * ATTENTION * len(ATTENDED) + HEADS, size)
        self.hidden, self.out = nn.Linear(size, 64), nn.Linear(64, 1)
        self.new_hidden, self.new_out = nn.Linear(size + EVIDENCE, 64), nn.Linear(64, 1)
        self.drop, self.drop_state = nn.Dropout(dropped), nn.Dropout(0.4)
        for layer in (self.asks, self.offers):
            nn.init.normal_(layer.weight, std=0.02)

    def forward(self, one: Prepared) -> Tensor:
        """For each mention the scores of none and of each mention, mentions by one more."""
        head, spoken = self.drop_state(one.head), one.pronoun[:, None]
        mine = self.mine(one.ids, one.starts) + self.state(head) * spoken
        other, other_state = self.other(one.ids, one.starts), self.other_state(head)
        asks, offers = (layer(head).view(len(head), HEADS, LENGTH) for layer in (self.asks, self.offers))
        asking = spoken[one.later]
        alike = (asks[one.later] * offers[one.earlier]).sum(-1) / math.sqrt(LENGTH) * asking
        hidden = mine[one.later] + other[one.earlier] + other_state[one.earlier] * asking
        hidden = hidden + self.pair(torch.cat([one.pairs.float(), alike], 1))
        hidden = self.drop(functional.relu(hidden))
        scores = self.out(self.drop(functional.relu(self.hidden(hidden))))[:, 0]
        new = self.drop(functional.relu(self.new(one.ids, one.starts) + self.new_state(head) * spoken))
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


def prepared(analysis: Analysis, found: Sequence[Named], ranking: Ranking) -> Prepared:
    """The mentions of a document with all that is known of each two; nothing is right yet."""
    chosen = [one.candidate for one in found]
    types = np.array([one.types for one in found], np.float32)
    describer = Describer(analysis, given(), quotes(analysis))
    of = known([describer.row(one) for one in chosen], types)
    later, earlier = offered(of)
    near = later - earlier <= APART
    later, earlier = later[near], earlier[near]
    pairs = paired(of, later, earlier)
    ids, starts = bags([one.described for one in found], ranking.features)
    assert analysis.states is not None
    count = len(found)
    states = analysis.states[[one.head for one in chosen]].astype(np.float32)
    told = [pairs]
    for layer, at in ATTENDED:
        look = attended(ranking.looked(layer, at, states))
        told += [look[:, later, earlier].T, look[:, earlier, later].T]
    offers = torch.zeros(count, count + 1, dtype=torch.bool)
    offers[:, 0] = True
    offers[later, earlier + 1] = True
    return Prepared(
        ids,
        starts,
        torch.from_numpy(ranking.first(states)),
        torch.tensor([float(bool(person_of(analysis.word(one.head)))) for one in chosen]),
        torch.from_numpy(evidence(found, later, pairs)),
        torch.from_numpy(later),
        torch.from_numpy(earlier),
        torch.from_numpy(np.concatenate(told, axis=1)).half(),
        torch.zeros(count, count + 1, dtype=torch.bool),
        offers,
    )


def of_gum(analysis: Analysis, gold: gum.Gold, found: Sequence[Named], ranking: Ranking) -> Prepared:
    """A document of GUM, where every mention has its right antecedents or none."""
    one = prepared(analysis, found, ranking)
    cluster = {mention.span: mention.cluster for mention in gold.mentions}
    own = [cluster.get(span_of(analysis, mention.candidate)) for mention in found]
    for later, name in enumerate(own):
        alike = [n + 1 for n in range(later) if name is not None and own[n] == name and one.counted[later, n + 1]]
        one.right[later, alike or [0]] = True
    return one


def of_gap(analysis: Analysis, row: gap.Row, found: Sequence[Named], ranking: Ranking) -> Prepared | None:
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
    one = prepared(analysis, found, ranking)
    person = [person_of(analysis.word(mention.candidate.head)) for mention in found]
    alike = [n for n in range(asked) if person[n] == person[asked]]
    one.counted[:asked] = False
    one.counted[asked + 1 :] = False
    one.counted[asked, [n + 1 for n in alike if n not in right]] = False
    right = [n for n in right if one.counted[asked, n + 1]]
    if right:
        one.right[asked, [n + 1 for n in right]] = True
    elif row.a.coreferent or row.b.coreferent:
        return None
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
        whole = analysis.states.astype(np.float32)
        states = torch.from_numpy(np.concatenate([whole[:, : len(READ) * WIDE], whole[:, len(STATES) * WIDE :]], 1))
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


def learn_links(every: Sequence[Prepared], features: int, told: argparse.Namespace, seed: int) -> Links:
    """The second network."""
    network = Links(features, every[0].head.shape[1], told.size, told.dropped)
    optimizer = torch.optim.AdamW(network.parameters(), lr=told.rate, weight_decay=0.02)
    averaged = Links(features, every[0].head.shape[1], told.size, told.dropped)
    large = [one for one in every if one.weight == WHOLE]
    small = [one for one in every if one.weight != WHOLE]
    steps = told.epochs * (len(large) + len(small) // GROUP)
    step = 0
    for epoch in range(told.epochs):
        rng = Random(f"{seed}/links/{epoch}")
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
            with torch.no_grad():
                keep = min(told.average, step / (step + 10))
                torch._foreach_lerp_(list(averaged.parameters()), list(network.parameters()), 1 - keep)
        print(f"links, epoch {epoch}: loss {total / len(work):.3f}, {time.monotonic() - began:.0f} s", flush=True)
    averaged.eval()
    return averaged


GROUP = 8
"""Texts of GAP that are learned from in one step."""


def attention(path: Path) -> dict[str, np.ndarray]:
    """What the encoder's layers ask with and are asked for, from the model in 8 bits."""
    told = {one.name: numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}
    found: dict[str, np.ndarray] = {}
    for layer, _ in ATTENDED:
        name = f"layer{layer}.attention"
        whole = told[f"{name}.weight_quantized"].astype(np.float32) * told[f"{name}.weight_scale"]
        for number, which in enumerate(("query", "key")):
            part = slice(number * WIDE, (number + 1) * WIDE)
            found[f"attention.{layer}.{which}.weight"] = whole[:, part].T.astype(np.float16)
            found[f"attention.{layer}.{which}.bias"] = told[f"{name}.bias"][part].astype(np.float16)
    return found


def leaning(networks: Sequence[Links], held: Sequence[tuple[Prepared, list[Span], list[list[Span]]]]) -> float:
    """What is to be added for having no antecedent, so that the CoNLL average on the documents held out is best."""
    best = (0.0, 0.0)
    with torch.inference_mode():
        scored = [
            (np.mean([network(one).numpy() for network in networks], axis=0), spans, gold) for one, spans, gold in held
        ]
    for lean in LEANS:
        total = clusters.Counts()
        for scores, spans, gold in scored:
            leant = scores.copy()
            leant[:, 0] += lean
            found = leant.argmax(axis=1)
            links = [Linked(((None if at == 0 else int(at) - 1, 1.0),)) for at in found]
            said = [[spans[number] for number in chain] for chain in chains(links)]
            total += clusters.counts(clusters.without_singletons(gold), clusters.without_singletons(said))
        best = max(best, (clusters.scores(total)["CoNLL"].f1, lean))
        print(f"leaning {lean:+.2f} to no antecedent: CoNLL F1 {clusters.scores(total)['CoNLL'].f1:.4f}", flush=True)
    return best[1]


LEANS = (-1.5, -1.25, -1.0, -0.75, -0.5, -0.25, 0.0, 0.25)
HELD = 0.12
"""Share of GUM's documents that are held out to settle the leaning."""
Span = tuple[int, int]


def held_out(gold: gum.Gold) -> bool:
    """Whether a document is held out; a function of its name alone."""
    return int(hashlib.sha256(gold.name.encode()).hexdigest()[:8], 16) < HELD * 2**32


def weights(spans: Spans, links: Sequence[Links]) -> dict[str, np.ndarray]:
    """The weights of the networks by the names under which they ship."""
    found: dict[str, np.ndarray] = {}
    named: list[tuple[str, nn.Module]] = [("span", spans)]
    named += [(f"link{number or ''}", one) for number, one in enumerate(links)]
    for prefix, network in named:
        for name, values in network.state_dict().items():
            found[f"{prefix}.{name.removesuffix('.rows')}"] = values.numpy().astype(np.float16)
    return found


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gum", type=Path, default=gum.TRAIN)
    parser.add_argument("--gap", type=Path, default=gap.DEVELOPMENT)
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--span-epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--size", type=int, default=128, help="of the hidden layer")
    parser.add_argument("--dropped", type=float, default=0.3)
    parser.add_argument("--pronouns", type=float, default=0.19, help="how much a pronoun of GAP counts")
    parser.add_argument("--average", type=float, default=0.998, help="share of the averaged weights a step keeps")
    parser.add_argument("--members", type=int, default=1, help="networks for links, whose scores are averaged")
    parser.add_argument(
        "--lean", type=float, help="what is added for having no antecedent; with it all documents are learned from"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    told = parser.parse_args()
    torch.manual_seed(told.seed)
    torch.set_num_threads(told.threads)
    read = [(analysed(gold.text), gold) for gold in gum.documents(told.gum)]
    counts = Counter(name for a, _ in read for group in candidates(a) for one in group for name in described(a, one))
    features = {name: n for n, name in enumerate(sorted(name for name, times in counts.items() if times >= OFTEN))}
    spans = learn_spans(read, features, told)
    looks = attention(told.models / "tagger.onnx")
    ranking = Ranking(
        {name: values.astype(np.float32) for name, values in {**weights(spans, ()), **looks}.items()}, features, TYPES
    )
    every: list[Prepared] = []
    held: list[tuple[Prepared, list[Span], list[list[Span]]]] = []
    for analysis, gold in read:
        own = replace(analysis, ranker=ranking)
        found = mentions(own)
        one = of_gum(own, gold, found, ranking)
        if told.lean is None and held_out(gold):
            wanted = [list(cluster) for cluster in gum.clusters(gold.mentions)]
            held.append((one, [span_of(own, mention.candidate) for mention in found], wanted))
        else:
            every.append(one)
    documents = len(every)
    for row in gap.rows(told.gap):
        own = replace(analysed(row.text), ranker=ranking)
        pronoun = of_gap(own, row, mentions(own), ranking)
        if pronoun is not None:
            pronoun.weight = told.pronouns
            every.append(pronoun)
    texts = len(every) - documents
    print(f"{documents} documents of GUM, {texts} texts of GAP, {len(features)} features", flush=True)
    links = []
    for member in range(told.members):
        torch.manual_seed(told.seed + member)
        links.append(learn_links(every, len(features), told, told.seed + member))
    path = told.models / "ranker.npz"
    np.savez_compressed(path, allow_pickle=False, **weights(spans, links), **looks)
    about = {
        "sha256": {"ranker.npz": hashlib.sha256(path.read_bytes()).hexdigest()},
        "types": TYPES,
        "lean": leaning(links, held) if told.lean is None else told.lean,
        "features": list(features),
    }
    (told.models / "ranker.json").write_text(json.dumps(about, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
