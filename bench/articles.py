"""The articles that speed is measured on, as plain text files in one folder."""

from __future__ import annotations

from itertools import count
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"
POLNEAR_DEV = SHARED / "polnear" / "dev"
"""PolNeAR's development set (Newell, Margolin and Ruths, LREC 2018), which is not part of this project."""
EXAMPLES_GOLD = ROOT / "examples" / "gold"
ENOUGH = 60_000
"""Words that the repeated examples are to come to."""


def found(asked: Path | None, *, examples: bool) -> tuple[str, list[str]]:
    """What the articles are called in the table, and their texts: those in `asked` (all *.txt below it), else
    PolNeAR's where they are and `examples` is not set, else the example corpus over and over."""
    if asked is not None:
        return str(asked), [_text(path) for path in sorted(asked.rglob("*.txt"))]
    if not examples and (POLNEAR_DEV / "text").is_dir():
        return "PolNeAR, dev", [_text(path) for path in sorted((POLNEAR_DEV / "text").glob("*.txt"))]
    return "the examples, repeated", repeated(ENOUGH)


def repeated(enough: int) -> list[str]:
    """The texts of the example corpus again and again until they come to `enough` words, each copy with a last line
    of its own, so that no two have the same bytes."""
    texts = [_text(path) for path in sorted((EXAMPLES_GOLD / "text").glob("*.txt"))]
    made: list[str] = []
    total = 0
    for copy in count(1):
        for text in texts:
            if total >= enough:
                return made
            made.append(f"{text}\n\nCopy {copy}.\n" if copy > 1 else text)
            total += words(made[-1])
    return made


def write(texts: list[str], folder: Path) -> None:
    """Each text as a file of its own, UTF-8, line ends as they are."""
    folder.mkdir(parents=True)
    for number, text in enumerate(texts, 1):
        (folder / f"{number:05}.txt").write_bytes(text.encode())


def read(folder: Path) -> list[str]:
    """The texts that `write` wrote, in order."""
    return [_text(path) for path in sorted(folder.glob("*.txt"))]


def words(text: str) -> int:
    """Stretches without white space, which is what `purport read` counts too."""
    return len(text.split())


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig", errors="replace")
