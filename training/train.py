"""Train the tagger on gold in brat standoff.

    python -m training.train --gold ../shared/data/polnear/train --out training/runs/tagger

Goes on from the last checkpoint in `--out`, which is written every few minutes. The same gold, seed and settings give
the same weights on the same machine and number of threads, stopped and gone on or not.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from bench import gap, gum
from purport.analyse.models.linking import ASKS, WIDTH, features
from purport.analyse.models.pieces import laid_out, windows
from purport.model.analysis import Link
from training.data import (
    MARKS,
    ROLES,
    Article,
    Example,
    Happening,
    Shuffle,
    articles,
    examples,
    happenings,
    labels,
)
from training.model import Tagger, pretrained, shipped_before, tokenizer
from training.pronouns import Comparing, of_gap, of_gum
from training.pronouns import loss_of as pronoun_loss
from training.pronouns import padded as meant_padded

EVENTS = 24
"""Sentences of UDS-IH2 that are learned from in each step."""
PRONOUNS = (10, 3)
"""Texts of GAP, and windows of GUM, that are learned from in each step."""
EVERY = 100
"""Steps between two checkpoints."""
AVERAGED = 0.99
"""Share of the averaged weights that a step keeps."""


def batches(chosen: Sequence[Article], seed: int, epoch: int, size: int) -> list[list[Example]]:
    """The epoch's windows in random order, those of like length together."""
    cutter = tokenizer()
    found: list[Example] = []
    for article in chosen:
        rng = Random(f"{seed}/{epoch}/{article.gold.name}")
        found += examples(article, rng, Shuffle(cutter, rng), hidden=0.05, single=0.15, missed=0.1)
    rng = Random(f"{seed}/{epoch}")
    rng.shuffle(found)
    pool = size * 16
    cut: list[list[Example]] = []
    for first in range(0, len(found), pool):
        near = sorted(found[first : first + pool], key=lambda e: len(e.ids))
        cut += [near[n : n + size] for n in range(0, len(near), size)]
    rng.shuffle(cut)
    return cut


def padded(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, labels and mask of a batch."""
    length = max(len(one.ids) for one in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    tags = torch.full((len(batch), length), -100)
    for row, one in enumerate(batch):
        ids[row, : len(one.ids)] = torch.from_numpy(one.ids)
        tags[row, : len(one.ids)] = torch.from_numpy(one.labels)
    mask = torch.tensor([[n < len(one.ids) for n in range(length)] for one in batch])
    return ids, tags, mask


def pooled(vectors: Tensor, spans: np.ndarray, number: int) -> Tensor:
    """The mean of vector `number` over each span of positions; `vectors` are those of one window."""
    total = functional.pad(vectors[:, number * WIDTH : (number + 1) * WIDTH].cumsum(0), (0, 0, 1, 0))
    first, last = torch.from_numpy(spans[:, 0]), torch.from_numpy(spans[:, 1])
    return (total[last] - total[first]) / (last - first)[:, None]


def link_losses(model: Tagger, vectors: Tensor, one: Example) -> Iterator[tuple[Tensor, int, int]]:
    """For each kind of link its summed loss, how many links there are, and how many are right."""
    for kind in Link:
        asking, answers = one.asking[kind], one.answers[kind]
        offered = one.cues if kind is Link.CUE_OF_CONTENT else one.sources
        if not len(asking) or not len(offered):
            continue
        ask, offer = ASKS[kind]
        known = features(asking, offered, one.block)
        scores = model.link(
            kind,
            pooled(vectors, asking, ask),
            pooled(vectors, offered, offer),
            (torch.from_numpy(known[0]), torch.from_numpy(known[1]), torch.from_numpy(known[2])),
        )
        right = torch.from_numpy(answers)
        loss = functional.cross_entropy(scores, right, reduction="sum")
        yield loss, len(answers), int((scores.argmax(1) == right).sum())


def loss_of(model: Tagger, batch: Sequence[Example]) -> tuple[Tensor, float, float]:
    """The loss to go down, and its two parts: of labels and of links."""
    ids, tags, mask = padded(batch)
    scores, vectors, _ = model(ids, mask)
    tagging = functional.cross_entropy(scores.flatten(0, 1), tags.flatten())
    total, count = torch.zeros(()), 0
    for row, one in enumerate(batch):
        for loss, links, _ in link_losses(model, vectors[row], one):
            total, count = total + loss, count + links
    linking = total / max(1, count)
    return tagging + 0.3 * linking, tagging.item(), linking.item()


def event_loss(model: Tagger, batch: Sequence[Happening], shuffle: Shuffle) -> Tensor:
    """How far off the network is about whether acts took place (Huber's loss)."""
    length = max(len(one.ids) for one in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    mask = torch.zeros(len(batch), length, dtype=torch.bool)
    for row, one in enumerate(batch):
        ids[row, : len(one.ids)] = torch.from_numpy(shuffle(one.ids))
        mask[row, : len(one.ids)] = True
    said = model(ids, mask)[2][..., 0]
    rows = torch.tensor([row for row, one in enumerate(batch) for _ in one.places])
    places = torch.cat([torch.from_numpy(one.places) for one in batch])
    wanted = torch.cat([torch.from_numpy(one.labels) for one in batch])
    return functional.smooth_l1_loss(said[rows, places], wanted, beta=0.5)


def groups(model: Tagger, rate: float, decay: float, heads: float) -> list[dict[str, object]]:
    """Parameters with their rates: lower layers learn more slowly, heads faster; norms and biases do not decay."""
    found: list[dict[str, object]] = []
    depth = len(model.layers)
    for name, parameter in model.named_parameters():
        if name.startswith("layers."):
            own = rate * decay ** (depth - 1 - int(name.split(".")[1]))
        elif name.startswith(("words", "positions", "norm", "kind")):
            own = rate * decay**depth
        else:
            own = 1e-3 if name.startswith("reality") else heads
        plain = parameter.ndim < 2 or "norm" in name or name.startswith(("by_", "no"))
        found.append({"params": [parameter], "lr": own, "peak": own, "weight_decay": 0.0 if plain else 0.01})
    return found


def judged(model: Tagger, chosen: Sequence[Article]) -> dict[str, float]:
    """F1 of each role by word piece, over the first annotator's labels."""
    model.eval()
    right, said, gold = np.zeros(3), np.zeros(3), np.zeros(3)
    with torch.inference_mode():
        for article in chosen:
            tags = (labels(len(article.pieces), article.annotated[0]) + 1) // 2
            found = np.zeros(len(tags), np.int64)
            for window in windows(article.pieces.block):
                ids, place = laid_out(article.pieces, window, MARKS)
                scores = model(torch.from_numpy(ids)[None])[0][0].argmax(-1).numpy()
                core = place[window.first - window.begin : window.last - window.begin]
                found[window.first : window.last] = (scores[core] + 1) // 2
            for role in range(3):
                p, g = found == role + 1, tags == role + 1
                right[role] += (p & g).sum()
                said[role] += p.sum()
                gold[role] += g.sum()
    model.train()
    return {
        name: round(float(2 * r / max(1, s + g)), 4) for name, r, s, g in zip(ROLES, right, said, gold, strict=True)
    }


def train(told: argparse.Namespace) -> None:
    torch.manual_seed(told.seed)
    torch.set_num_threads(told.threads)
    every = [one for one in articles(told.gold, tokenizer()) if one.publisher != told.without]
    held = [one for one in every if one.held_out(told.held)]
    chosen = [one for one in every if not one.held_out(told.held)]
    events = happenings(told.events, tokenizer()) if told.events else []
    meant = [of_gap(gap.DEVELOPMENT, tokenizer()), of_gum(gum.TRAIN, tokenizer())] if told.pronouns else []
    model = pretrained()
    comparing = Comparing(model.words.embedding_dim)
    if told.begin is not None and told.begin.suffix == ".onnx":
        model = shipped_before(told.begin)
    elif told.begin:
        # Heads that these weights were not trained with stay as they begin.
        model.load_state_dict(torch.load(told.begin, weights_only=True), strict=False)
    averaged = pretrained()
    averaged.load_state_dict(model.state_dict())
    every_group = groups(model, told.rate, told.decay, told.heads)
    every_group.append({"params": list(comparing.parameters()), "lr": 1e-3, "peak": 1e-3, "weight_decay": 0.01})
    optimizer = torch.optim.AdamW(every_group, betas=(0.9, 0.98), eps=1e-6, fused=True)
    epochs = [batches(chosen, told.seed, epoch, told.batch) for epoch in range(told.epochs)]
    cutter = tokenizer()
    total = sum(map(len, epochs))
    told.out.mkdir(parents=True, exist_ok=True)
    checkpoint = told.out / "checkpoint.pt"
    done = 0
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(kept["model"])
        comparing.load_state_dict(kept["comparing"])
        averaged.load_state_dict(kept["averaged"])
        optimizer.load_state_dict(kept["optimizer"])
        done = kept["done"]
    log = (told.out / "log.jsonl").open("a", encoding="utf-8")

    def say(**what: object) -> None:
        print(json.dumps(what), file=log, flush=True)

    say(
        articles=len(chosen),
        tuned=len(held),
        steps=total,
        begins=done,
        settings={k: str(v) for k, v in vars(told).items()},
    )
    model.train()
    step, began, sums = 0, time.monotonic(), [0.0] * 6
    for epoch, cut in enumerate(epochs):
        for batch in cut:
            step += 1
            if step <= done:
                continue
            warm = max(1, total // 10)
            if step > total * told.exact:
                model.round_from_now()
                averaged.round_from_now()
            share = min(step / warm, (total - step + 1) / max(1, total - warm))
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * share
            torch.manual_seed(told.seed * 1_000_003 + step)
            loss, tagging, linking = loss_of(model, batch)
            shuffle = Shuffle(cutter, Random(f"{told.seed}/shuffle/{step}"))
            if events:
                some_events = Random(f"{told.seed}/events/{step}").sample(events, EVENTS)
                happened = event_loss(model, some_events, shuffle)
                loss, sums[3] = loss + 0.5 * happened, sums[3] + happened.item()
            for part, own in enumerate(meant):
                some = Random(f"{told.seed}/pronouns/{part}/{step}").sample(own, PRONOUNS[part])
                who, good = pronoun_loss(model.encoded(*meant_padded(some, shuffle)), some, comparing)
                loss, sums[4 + part] = loss + told.pronouns * who, sums[4 + part] + good
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            with torch.no_grad():
                keep = min(AVERAGED, step / (step + 10))
                torch._foreach_lerp_(list(averaged.parameters()), list(model.parameters()), 1 - keep)
            sums = [sums[0] + 1, sums[1] + tagging, sums[2] + linking, *sums[3:]]
            if step % 50 == 0:
                speed = (time.monotonic() - began) / 50
                say(
                    epoch=epoch,
                    step=step,
                    tagging=sums[1] / sums[0],
                    linking=sums[2] / sums[0],
                    events=sums[3] / sums[0],
                    pronouns=[round(own / sums[0], 3) for own in sums[4:]],
                    seconds=round(speed, 2),
                )
                began, sums = time.monotonic(), [0.0] * 6
            if step % EVERY == 0 or step == total:
                saved = {"model": model.state_dict(), "averaged": averaged.state_dict(), "done": step}
                saved["comparing"] = comparing.state_dict()
                torch.save({**saved, "optimizer": optimizer.state_dict()}, checkpoint.with_suffix(".new"))
                checkpoint.with_suffix(".new").replace(checkpoint)
        if step > done and held and not told.unjudged:
            say(epoch=epoch, held=judged(averaged, held), last=judged(model, held[: len(held) // 2]))
    torch.save(averaged.state_dict(), told.out / "tagger.pt")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--events", type=Path, help="UDS-IH2's train.jsonl: how surely acts took place")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=2.5e-4)
    parser.add_argument("--decay", type=float, default=0.9, help="what a layer learns of what the one above it does")
    parser.add_argument("--heads", type=float, default=1e-3, help="the rate of what stands above the encoder")
    parser.add_argument("--held", type=float, default=0.07, help="share of the articles kept for tuning")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--begin", type=Path, help="weights to go on from, instead of MiniLM's (.pt or .onnx)")
    parser.add_argument("--pronouns", type=float, default=0.0, help="how much whom pronouns stand for counts")
    parser.add_argument("--exact", type=float, default=1.0, help="share of the steps before it reckons as in 8 bits")
    parser.add_argument("--without", default="", help="a publisher whose articles are left out")
    parser.add_argument("--unjudged", action="store_true", help="do not judge what is held out after each epoch")
    train(parser.parse_args())
    return 0


if __name__ == "__main__":
    sys.exit(main())
