"""Train the sieve of the network for attitudes: which pairs of actors it is asked about at all.

    python -m training.sieve --texts ../shared/data/polnear/train

The network itself is the teacher: it is asked about every pair of actors of the articles, and what is learned is of
which it says something (`purport.extract.stance.find.SAID`), from the states that the tagger's encoder has made of
their sentences already. A fifth of the articles is held out; the score from which a pair is asked about is the highest
with which `KEPT` of theirs on which the network speaks are kept. Writes `sieve.npz` and `attitude.json` of
`purport/models`. To be done anew after the tagger or the network for attitudes.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from purport import analyse
from purport.extract.attribution.find import attributions
from purport.extract.claims.propositions import propositions
from purport.extract.stance.find import SAID, stances
from purport.model.analysis import Attitudes, Floats
from purport.model.document import Document, Span
from purport.read.files import read_bytes
from purport.resolve.document.entities import resolve
from training.ship import MODELS

KEPT = 0.97
"""Share of the pairs on which the network speaks that must be asked about."""
HIDDEN = 32
EPOCHS, RATE, DECAY, DROP = 30, 1e-3, 0.05, 0.4


@dataclass
class Heard:
    """The network, with all that it is asked and says of pairs written down."""

    network: Attitudes
    rows: list[Floats] = field(default_factory=list)
    said: list[float] = field(default_factory=list)

    def worth(self, states: Floats) -> NDArray[np.bool_]:
        """All are."""
        self.rows.extend(states)
        return np.ones(len(states), np.bool_)

    def between(self, sentence: Span, one: Span, other: Span) -> Floats:
        """What the network says."""
        found = self.network.between(sentence, one, other)
        self.said.append(float(found[1:].max()))
        return found

    def tone(self, sentence: Span, target: Span) -> Floats:
        """What the network says."""
        return self.network.tone(sentence, target)


def heard(path: Path) -> tuple[NDArray[np.float16], Floats]:
    """The states of the pairs of an article, and with what probability the network says most of each."""
    rows: list[Floats] = []
    said: list[float] = []
    for document in read_bytes(path.read_bytes(), path.name):
        if not isinstance(document, Document):
            continue
        for section in analyse.sections(document):
            if section.attitudes is None:
                raise SystemExit("no network for attitudes ships")
            ear = Heard(section.attitudes)
            own = attributions(section)
            here = resolve(section, own)
            claims = list(propositions(section, own))
            stances(replace(section, attitudes=ear), own, claims, here.mentions, here.entities, here.holders)
            rows += ear.rows
            said += ear.said
    return np.array(rows, np.float16), np.array(said, np.float32)


def gathered(texts: Path, kept: Path, limit: int) -> list[tuple[NDArray[np.float16], Floats]]:
    """The same of every article under `texts`, from the folder `kept` where an article was heard before."""
    kept.mkdir(parents=True, exist_ok=True)
    found = []
    paths = sorted(texts.rglob("*.txt"))[:limit]
    begun = time.monotonic()
    for number, path in enumerate(paths):
        own = kept / f"{path.stem}.npz"
        if not own.exists():
            states, said = heard(path)
            whole = own.with_suffix(".new.npz")
            np.savez(whole, states=states, said=said)
            whole.rename(own)
        with np.load(own) as arrays:
            found.append((arrays["states"], arrays["said"]))
        if number % 50 == 49:
            print(
                f"{number + 1} of {len(paths)} articles, {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True
            )
    return found


class Network(nn.Module):
    """`purport.analyse.models.attitude.Sieve` for training."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.hidden, self.out = nn.Linear(size, HIDDEN), nn.Linear(HIDDEN, 1)
        self.drop = nn.Dropout(DROP)

    def forward(self, states: Tensor) -> Tensor:
        """A score a row."""
        found: Tensor = self.out(self.drop(functional.relu(self.hidden(self.drop(states)))))[:, 0]
        return found


def learned(states: Tensor, said: Tensor, seed: int = 1) -> Network:
    """The sieve for pairs of those states, of which the network says so much."""
    torch.manual_seed(seed)
    network = Network(states.shape[1])
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * (len(states) // 64)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, steps)
    for step in range(steps):
        chosen = torch.randint(len(states), (64,))
        # What the network nearly says is nearly worth asking about.
        wanted = (said[chosen] / (2 * SAID)).clamp(max=1.0) + 0.5 * (said[chosen] >= SAID)
        loss = functional.binary_cross_entropy_with_logits(network(states[chosen]), wanted.clamp(max=1.0))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 500 == 0:
            print(f"step {step} of {steps}: {loss.item():.3f}", file=sys.stderr, flush=True)
    network.eval()
    return network


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--texts", type=Path, required=True, help="folder of articles as plain text")
    parser.add_argument("--kept", type=Path, default=Path("training/runs/sieve"))
    parser.add_argument("--limit", type=int, default=10_000, help="articles at most")
    parser.add_argument("--models", type=Path, default=MODELS)
    told = parser.parse_args()
    torch.set_num_threads(1)
    every = gathered(told.texts, told.kept, told.limit)
    sides = {"learned": [one for n, one in enumerate(every) if n % 5], "held out": every[::5]}
    data = {
        name: tuple(
            torch.from_numpy(np.concatenate([one[part] for one in own if len(one[1])])).float() for part in (0, 1)
        )
        for name, own in sides.items()
    }
    network = learned(*data["learned"])
    states, said = data["held out"]
    with torch.no_grad():
        scores = network(states)
    speaks = scores[said >= SAID].sort().values
    least = round(float(speaks[int((1 - KEPT) * len(speaks))]), 3)
    asked = float((scores >= least).float().mean())
    kept = float((speaks >= least).float().mean())
    print(f"{len(data['learned'][1])} pairs learned from; of {len(said)} held out the network speaks on {len(speaks)};")
    print(f"from {least} on {asked:.1%} of all and {kept:.1%} of those are asked about")
    arrays = {
        "hidden": network.hidden.weight, "hidden_bias": network.hidden.bias,
        "out": network.out.weight[0], "out_bias": network.out.bias,
    }  # fmt: skip
    whole = io.BytesIO()
    np.savez(whole, **{name: values.detach().numpy().astype(np.float16) for name, values in arrays.items()})
    (told.models / "sieve.npz").write_bytes(whole.getvalue())
    about = json.loads((told.models / "attitude.json").read_text("utf-8"))
    about["sha256"]["sieve.npz"] = hashlib.sha256(whole.getvalue()).hexdigest()
    about["least"] = least
    (told.models / "attitude.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
