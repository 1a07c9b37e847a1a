"""From gold to the files that ship, in one go.

    python -m training --gold ../shared/data/polnear/train

Trains (`training.train`), makes the 8-bit model (`training.ship`), and settles on the articles held out what it needs
beside its weights (`training.tune`). Stopped and begun again it goes on from the last checkpoint.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from training.ship import MODELS


def main() -> int:
    """The command line; whatever else is given goes to `training.train`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold", type=Path, required=True, help="brat standoff: text/*.txt, attributions/*.ann")
    parser.add_argument("--out", type=Path, default=Path("training/runs/tagger"), help="for checkpoints and the log")
    told, rest = parser.parse_known_args()

    def step(name: str, *arguments: object) -> None:
        subprocess.run([sys.executable, "-m", f"training.{name}", *map(str, arguments)], check=True)

    step("train", "--gold", told.gold, "--out", told.out, *rest)
    step("ship", "--weights", told.out / "tagger.pt")
    step("tune", "--gold", told.gold)
    shutil.copyfile(told.out / "log.jsonl", MODELS / "tagger.log.jsonl")
    return 0


if __name__ == "__main__":
    sys.exit(main())
