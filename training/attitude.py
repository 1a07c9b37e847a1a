"""Train the network that reads attitudes: of one actor to another, and the tone toward one.

    python -m training.attitude --stance ../shared/data/stance --out training/runs/attitude

DSE gives who favours or opposes whom of two (Park, Pan and Joo 2021), NewsMTSC the tone toward one (Hamborg and Donnay
2021). Names are masked (`purport.analyse.models.masking`). One encoder learns both; a step takes a batch of each. Goes
on from the last checkpoint in `--out`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bench.stance import HELD, dse, macro, newsmtsc, share_of
from purport.analyse.models.masking import MARKS, shown
from purport.analyse.models.wordpiece import WordPiece
from purport.analyse.parser.plain_view import doubled, plain
from purport.lexicons.deeds import deeds
from training.model import Encoder, Linear, begun, taught, tokenizer
from training.train import AVERAGED, groups

PAIR = ("none", "p favours q", "q favours p", "p opposes q", "q opposes p")
"""DSE's classes; p stands before q in the text."""
TONES = ("negative", "neutral", "positive")
HIDDEN = 256
EVERY = 50
"""Steps between two checkpoints."""


class Case(NamedTuple):
    """A sentence with its actors masked: ids, where the actors stand, and the class."""

    ids: tuple[int, ...]
    places: tuple[int, ...]
    label: int


class Attitude(Encoder):
    """Sentences with masked actors in; scores of `PAIR` for two actors, of `TONES` for one."""

    def __init__(self) -> None:
        super().__init__()
        size = self.words.embedding_dim
        self.pair_in, self.pair_out = Linear(4 * size, HIDDEN), Linear(HIDDEN, 2)
        self.none_in, self.none_out = Linear(2 * size, HIDDEN), Linear(HIDDEN, 1)
        self.tone_in, self.tone_out = Linear(2 * size, HIDDEN), Linear(HIDDEN, len(TONES))

    def _at(self, states: Tensor, places: Tensor, which: int) -> Tensor:
        return states[torch.arange(len(states)), places[:, which]][:, None]

    def pairs(self, ids: Tensor, mask: Tensor, places: Tensor) -> Tensor:
        """Scores of `PAIR`, batch by five; `places` is batch by two."""
        states = self.encoded(ids, mask)
        whole, p, q = states[:, :1], self._at(states, places, 0), self._at(states, places, 1)

        def directed(one: Tensor, other: Tensor) -> Tensor:
            joined = torch.cat([one, other, one * other, whole], dim=-1)
            said: Tensor = self.pair_out(self.drop(functional.gelu(self.pair_in(joined))))
            return said[:, 0]

        there, back = directed(p, q), directed(q, p)
        none = self.none_out(self.drop(functional.gelu(self.none_in(torch.cat([p + q, whole], dim=-1)))))[:, 0]
        return torch.stack([none[:, 0], there[:, 0], back[:, 0], there[:, 1], back[:, 1]], dim=1)

    def tones(self, ids: Tensor, mask: Tensor, places: Tensor) -> Tensor:
        """Scores of `TONES`, batch by three; `places` is batch by one."""
        states = self.encoded(ids, mask)
        joined = torch.cat([self._at(states, places, 0), states[:, :1]], dim=-1)
        said: Tensor = self.tone_out(self.drop(functional.gelu(self.tone_in(joined))))
        return said[:, 0]


def case(text: str, spans: Sequence[tuple[int, int]], label: int, cutter: WordPiece) -> Case:
    """One case of the gold."""
    view = plain(text, 0, len(text))
    forward = np.searchsorted(np.asarray(view.back), np.arange(len(text) + 1))
    at = [(int(forward[start]), int(forward[end])) for start, end in spans]
    vocabulary = cutter.vocabulary
    marks = [vocabulary[name] for name in MARKS]
    ids, places = shown(view.text, list(cutter.pieces(doubled(view.text))), at, marks)
    ids = [vocabulary["[CLS]"], *ids, vocabulary["[SEP]"]]
    return Case(tuple(ids), tuple(place + 1 for place in places), label)


def of_dse(path: Path, cutter: WordPiece) -> list[tuple[str, Case]]:
    """The pairs of a file of DSE, each with its bare sentence."""
    return [(pair.text, case(pair.text, [pair.p, pair.q], pair.label, cutter)) for pair in dse(path)]


_NAME = re.compile(r"(?<!^)\b[A-Z][a-z]+(?: [A-Z][a-z]+)*\b")


def beside(text: str, target: tuple[int, int]) -> tuple[int, int] | None:
    """Another name in the sentence, the same one for the same sentence; None where there is none."""
    names = [one.span() for one in _NAME.finditer(text) if one.end() <= target[0] or one.start() >= target[1]]
    return Random(text).choice(names) if names else None


def of_newsmtsc(path: Path, cutter: WordPiece) -> list[tuple[str, Case, Case]]:
    """The targets of a file of NewsMTSC, each with the article it is of, alone and with another name masked too, as
    where the attitude of one to another is asked at the same time."""
    found = []
    for one in newsmtsc(path):
        alone = case(one.text, [one.target], one.label + 1, cutter)
        other = beside(one.text, one.target)
        both = alone if other is None else case(one.text, [one.target, other], one.label + 1, cutter)
        found.append((one.story, alone, both._replace(places=both.places[:1])))
    return found


def padded(batch: Sequence[Case]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ids, mask, places and labels of a batch."""
    length = max(len(one.ids) for one in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    mask = torch.zeros(len(batch), length, dtype=torch.bool)
    for row, one in enumerate(batch):
        ids[row, : len(one.ids)] = torch.tensor(one.ids)
        mask[row, : len(one.ids)] = True
    return ids, mask, torch.tensor([one.places for one in batch]), torch.tensor([one.label for one in batch])


def batches(cases: Sequence[Case], size: int, seed: str) -> list[list[Case]]:
    """All cases in random order, those of like length together."""
    rng = Random(seed)
    order = list(cases)
    rng.shuffle(order)
    cut = []
    for first in range(0, len(order), size * 16):
        near = sorted(order[first : first + size * 16], key=lambda one: len(one.ids))
        cut += [near[n : n + size] for n in range(0, len(near), size)]
    rng.shuffle(cut)
    return cut


def hidden(ids: Tensor, places: Tensor, mask: Tensor, share: float, unknown: int) -> Tensor:
    """The ids with a share of them made unknown, the marks left as they are."""
    chosen = (torch.rand(ids.shape) < share) & mask & (ids > 2)
    chosen[torch.arange(len(ids))[:, None], places] = False
    chosen[:, 0] = False
    return torch.where(chosen, unknown, ids)


def scored(model: Attitude, cases: Sequence[Case]) -> np.ndarray:
    """The scores of cases of one kind, in their order."""
    model.eval()
    order = sorted(range(len(cases)), key=lambda n: len(cases[n].ids))
    found: dict[int, np.ndarray] = {}
    with torch.inference_mode():
        for first in range(0, len(order), 64):
            own = order[first : first + 64]
            ids, mask, places, _ = padded([cases[n] for n in own])
            scores = (model.pairs if places.shape[1] == 2 else model.tones)(ids, mask, places)
            found.update(zip(own, scores.numpy(), strict=True))
    model.train()
    return np.array([found[n] for n in range(len(cases))])


def judged(model: Attitude, cases: Sequence[Case]) -> float:
    """Macro F1 over the classes."""
    scores = scored(model, cases)
    labels = [one.label for one in cases]
    return round(macro(scores.argmax(1).tolist(), labels, range(scores.shape[1])), 4)


_PASSIVE = re.compile(
    r"^(?P<h>[^\[\]]*)\[H:(?P<holder>[^]]+)\] (?P<verb>\w+ed) \[T:(?P<target>[^]]+)\](?P<rest>[^\[]*)\.$"
)
_AROUND = (
    "{}",
    "{}, officials said.",
    "According to a report, {}",
    "A statement on Monday said that {}",
    "{}, it was reported.",
    "In a speech, {}",
    "On Tuesday {}",
    "The paper wrote that {}",
    "{}, and the talks went on.",
    "Last year, {}",
)


def of_deeds(cutter: WordPiece) -> list[Case]:
    """The examples of the lexicon of deeds as pairs, in several settings: as they are and, of regular verbs, in the
    passive, which news has too seldom to be learned from."""
    found = []
    for number, row in enumerate(sorted(deeds().values(), key=lambda row: row.lemma)):
        texts = [row.example]
        if (match := _PASSIVE.match(row.example)) and "obj" in row.takes:
            aux = "were" if match["target"].endswith("s") else "was"
            texts.append(
                f"{match['h']}[T:{match['target']}] {aux} {match['verb']} by [H:{match['holder']}]{match['rest']}."
            )
        for way, text in enumerate(texts):
            for turn in range(2):
                around = _AROUND[(number * 7 + way * 3 + turn * 5) % len(_AROUND)]
                whole = around.format(text if around == "{}" else text.rstrip("."))
                whole = whole if whole.endswith(".") else whole + "."
                spans: dict[str, tuple[int, int]] = {}
                plain_text = ""
                for part in re.split(r"(\[[HT]:[^]]+\])", whole):
                    if part.startswith("["):
                        spans[part[1]] = (len(plain_text), len(plain_text) + len(part) - 4)
                        part = part[3:-1]
                    plain_text += part
                first = spans["H"] < spans["T"]
                label = 0 if row.sign == 0 else (1 if first else 2) if row.sign > 0 else (3 if first else 4)
                found.append(case(plain_text, sorted(spans.values()), label, cutter))
    return found


class Split(NamedTuple):
    """Cases to learn from, to tune on and to report; `varied` are those to learn from with another name masked too."""

    learned: list[Case]
    tuned: list[Case]
    reported: list[Case]
    varied: list[Case]


def splits(folder: Path, cutter: WordPiece) -> tuple[Split, Split]:
    """DSE: train but for a twentieth of its sentences, that twentieth, valid. NewsMTSC: train but for a tenth of its
    articles, a twentieth of what is left, that tenth."""
    train = of_dse(folder / "dse" / "train.txt", cutter)
    pairs = Split(
        [one for text, one in train if share_of(text) >= 0.05],
        [one for text, one in train if share_of(text) < 0.05],
        [one for _, one in of_dse(folder / "dse" / "valid.txt", cutter)],
        [],
    )
    every = of_newsmtsc(folder / "newsmtsc" / "train.jsonl", cutter)
    tones = Split(
        [one for name, one, _ in every if share_of(name) >= HELD + 0.05],
        [one for name, one, _ in every if HELD <= share_of(name) < HELD + 0.05],
        [one for name, one, _ in every if share_of(name) < HELD],
        [both for name, _, both in every if share_of(name) >= HELD + 0.05],
    )
    return pairs, tones


LEANS = (0.0, 0.15, 0.3, 0.45, 0.6)
HEATS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3)


def settled(model: Attitude, pairs: Sequence[Case], tones: Sequence[Case]) -> dict[str, object]:
    """What is added to the score of no view, by macro F1, and what scores are divided by so that probabilities are
    right (Guo et al. 2017), on cases to tune on; reckoned as in 8 bits."""
    model.round_from_now()
    scores, toned = scored(model, pairs), scored(model, tones)
    labels, tone_labels = ([one.label for one in cases] for cases in (pairs, tones))

    def leant(by: float) -> np.ndarray:
        found: np.ndarray = scores + np.array([by, 0, 0, 0, 0])
        return found

    def unlikely(values: np.ndarray, right: Sequence[int], heat: float) -> float:
        return float(functional.cross_entropy(torch.from_numpy(values / heat).float(), torch.tensor(right)))

    lean = max(LEANS, key=lambda by: macro(leant(by).argmax(1).tolist(), labels, range(5)))
    heat = min(HEATS, key=lambda heat: unlikely(leant(lean), labels, heat))
    tone_heat = min(HEATS, key=lambda heat: unlikely(toned, tone_labels, heat))
    return {"lean": [lean, 0.0, 0.0, 0.0, 0.0], "heat": heat, "tone_heat": tone_heat}


def train(told: argparse.Namespace) -> None:
    torch.manual_seed(told.seed)
    torch.set_num_threads(told.threads)
    cutter = tokenizer()
    pairs, tones = splits(told.stance, cutter)
    model = begun(Attitude()) if told.begin is None else taught(Attitude(), told.begin)
    model.dropping(told.dropped)
    lexicon = of_deeds(cutter)
    with torch.no_grad():  # the marks begin as what names are like
        names = [cutter.vocabulary[word] for word in ("smith", "johnson", "france", "germany", "party", "he", "it")]
        for mark in MARKS:
            model.words.weight[cutter.vocabulary[mark]] = model.words.weight[names].mean(0)
    averaged = Attitude()
    averaged.load_state_dict(model.state_dict())
    optimizer = torch.optim.AdamW(groups(model, told.rate, told.decay, told.heads), betas=(0.9, 0.98), fused=True)
    counts = np.bincount([one.label for one in pairs.learned], minlength=len(PAIR))
    weights = torch.tensor((counts.sum() / counts) ** told.lift, dtype=torch.float32)
    weights = weights / (weights * torch.tensor(counts / counts.sum(), dtype=torch.float32)).sum()
    work = []
    for epoch in range(told.epochs):
        pair_batches = batches([*pairs.learned, *lexicon], told.batch, f"{told.seed}/{epoch}")
        rng = Random(f"{told.seed}/varied/{epoch}")
        mixed = [rng.choice(two) for two in zip(tones.learned, tones.varied, strict=True)]
        size = max(1, told.batch * len(tones.learned) // len(pairs.learned))
        work.append(list(zip(pair_batches, batches(mixed, size, f"t{epoch}"), strict=False)))
    total = sum(map(len, work))
    told.out.mkdir(parents=True, exist_ok=True)
    checkpoint = told.out / "checkpoint.pt"
    done = 0
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(kept["model"])
        averaged.load_state_dict(kept["averaged"])
        optimizer.load_state_dict(kept["optimizer"])
        done = kept["done"]
    log = (told.out / "log.jsonl").open("a", encoding="utf-8")

    def say(**what: object) -> None:
        print(json.dumps(what), file=log, flush=True)

    say(
        pairs=[len(own) for own in pairs],
        tones=[len(own) for own in tones],
        steps=total,
        begins=done,
        settings={name: str(value) for name, value in vars(told).items()},
    )
    model.train()
    step, began, sums = 0, time.monotonic(), np.zeros(3)
    for epoch, steps in enumerate(work):
        for one, other in steps:
            step += 1
            if step <= done:
                continue
            if step > total * told.exact:
                model.round_from_now()
                averaged.round_from_now()
            warm = max(1, total // 10)
            share = min(step / warm, (total - step + 1) / max(1, total - warm))
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * share
            torch.manual_seed(told.seed * 1_000_003 + step)
            losses = []
            for batch, kind in ((one, model.pairs), (other, model.tones)):
                ids, mask, places, labels = padded(batch)
                ids = hidden(ids, places, mask, told.hidden, cutter.vocabulary["[MASK]"])
                weight = weights if kind == model.pairs else None
                with torch.autocast("cpu", dtype=torch.bfloat16, enabled=told.half and step <= total * told.exact):
                    scores = kind(ids, mask, places)
                losses.append(
                    functional.cross_entropy(scores.float(), labels, weight=weight, label_smoothing=told.smooth)
                )
            optimizer.zero_grad()
            (losses[0] + losses[1]).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            with torch.no_grad():
                keep = min(AVERAGED, step / (step + 10))
                torch._foreach_lerp_(list(averaged.parameters()), list(model.parameters()), 1 - keep)
            sums += 1, losses[0].item(), losses[1].item()
            if step % EVERY == 0 or step == total:
                seconds = (time.monotonic() - began) / sums[0]
                say(epoch=epoch, step=step, pair=sums[1] / sums[0], tone=sums[2] / sums[0], seconds=round(seconds, 2))
                saved = {"model": model.state_dict(), "averaged": averaged.state_dict(), "done": step}
                torch.save({**saved, "optimizer": optimizer.state_dict()}, checkpoint.with_suffix(".new"))
                checkpoint.with_suffix(".new").replace(checkpoint)
                began, sums = time.monotonic(), np.zeros(3)
        if step > done:
            say(epoch=epoch, pair=judged(averaged, pairs.tuned), tone=judged(averaged, tones.tuned))
            began = time.monotonic()
    torch.save(averaged.state_dict(), told.out / "attitude.pt")
    say(
        pair=judged(averaged, pairs.reported),
        tone=judged(averaged, tones.reported),
        of="DSE valid, NewsMTSC's tenth",
    )


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--stance", type=Path, required=True, help="folder that holds dse and newsmtsc")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=2.5e-4)
    parser.add_argument("--decay", type=float, default=0.9, help="what a layer learns of what the one above it does")
    parser.add_argument("--heads", type=float, default=1e-3, help="the rate of what stands above the encoder")
    parser.add_argument("--hidden", type=float, default=0.05, help="share of the pieces that are hidden")
    parser.add_argument("--lift", type=float, default=0.4, help="how far rare classes weigh more: 0 not, 1 all alike")
    parser.add_argument("--begin", type=Path, help="a network that ships, whose encoder to go on from (tagger.onnx)")
    parser.add_argument("--dropped", type=float, default=0.1, help="share of what each layer adds that is left out")
    parser.add_argument("--smooth", type=float, default=0.1, help="share of certainty taken from labels")
    parser.add_argument("--exact", type=float, default=0.85, help="share of the steps before it reckons as in 8 bits")
    parser.add_argument("--half", action="store_true", help="reckon in bfloat16 until it reckons as in 8 bits")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    train(parser.parse_args())
    return 0


if __name__ == "__main__":
    sys.exit(main())
