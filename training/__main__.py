"""From gold to the files that ship, in one go.

    python -m training --gold ../shared/data/polnear/train --events ../shared/data/factuality/uds-ih2/train.jsonl

Trains in two stages (`training.train`): four epochs on the gold, then one at a lower rate in which the network reckons
as it does in 8 bits and learns from the events too. Makes the 8-bit model (`training.ship`), and settles on the
articles held out what it needs beside its weights (`training.tune`). Stopped and begun again it goes on from the last
checkpoint.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from training.ship import MODELS


def main() -> int:
    """The command line; whatever else is given goes to all stages of `training.train`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold", type=Path, required=True, help="brat standoff: text/*.txt, attributions/*.ann")
    parser.add_argument("--events", type=Path, help="how surely acts took place, in the form of UDS-IH2")
    parser.add_argument("--out", type=Path, default=Path("training/runs"), help="for checkpoints and the logs")
    told, rest = parser.parse_known_args()
    first, second, third = (told.out / name for name in ("first", "second", "third"))

    def step(name: str, *arguments: object) -> None:
        subprocess.run([sys.executable, "-m", f"training.{name}", *map(str, arguments)], check=True)

    step("train", "--gold", told.gold, "--out", first, *rest)
    events = ("--events", told.events) if told.events else ()
    step("train", "--gold", told.gold, *events, "--out", second, "--begin", first / "tagger.pt", "--epochs", 1,
         "--rate", 1e-4, "--heads", 3e-4, "--exact", 0, *rest)  # fmt: skip
    # The third stage learns whom pronouns stand for, and that names may be any; what ships lies on the way there.
    step("train", "--gold", told.gold, *events, "--out", third, "--begin", second / "tagger.pt", "--epochs", 2,
         "--rate", 1.2e-4, "--heads", 4e-4, "--exact", 0.5, "--pronouns", 0.5, *rest)  # fmt: skip
    step("ship", "--weights", third / "tagger.pt", "--before", second / "tagger.pt", "--share", 0.48)
    step("tune", "--gold", told.gold, "--steps", 0.25, 1.0, 0.2)
    log = "".join((one / "log.jsonl").read_text() for one in (first, second, third))
    (MODELS / "tagger.log.jsonl").write_text(log)
    return 0


if __name__ == "__main__":
    sys.exit(main())
