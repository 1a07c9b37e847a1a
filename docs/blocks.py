"""The runnable blocks of a page: shell sessions and Python, run in order in one folder, and what they print.

A ```console block holds lines "$ command" and below each what it prints. A ```python block is run by itself; a ```text
block right behind it holds what it prints. A line "..." in either stands for any lines. Commands of one page share a
folder that holds a copy of examples/ (corpus/, gold/, stances/ and three tables) and scan.pdf, which holds a picture.
Blocks of any other kind are for reading only.

`python -m docs.blocks PAGE...` writes anew what the blocks of a page are said to print: a block without "..." whole,
one with "..." with as many lines before and behind it as there were.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = tuple(
    ROOT / name
    for name in (
        "README.md",
        "docs/tutorial.md",
        "docs/howto.md",
        "docs/large.md",
        "docs/method.md",
        "docs/measuring.md",
        "docs/architecture.md",
    )
)
"""The pages whose blocks are run."""
ANY = "..."
_PROGRESS = re.compile(r"^read \d+ of \d+ files, .*\n", re.MULTILINE)
"""A line of progress, which comes only on a slow machine."""
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """Something to run and what the page says it prints; `start` and `end` of that in the page's text."""

    command: tuple[str, ...]
    name: str
    printed: str
    start: int
    end: int


def steps(page: str) -> Iterator[Step]:
    """The steps of a page, in order. Raises `ValueError` for output that stands before any command."""
    fences = list(_FENCE.finditer(page))
    for fence, behind in pairwise([*fences, None]):
        assert fence is not None
        if fence[1] == "console":
            yield from _session(fence[2], fence.start(2))
        elif fence[1] == "python":
            shown = behind is not None and behind[1] == "text" and not page[fence.end() : behind.start()].strip()
            begin, end = (
                (behind.start(2), behind.end(2)) if shown and behind is not None else (fence.end(), fence.end())
            )
            yield Step((sys.executable, "-W", "error", "-c", fence[2]), _first(fence[2]), page[begin:end], begin, end)


def _session(block: str, offset: int) -> Iterator[Step]:
    starts = [match.start() for match in re.finditer(r"^\$ ", block, re.MULTILINE)]
    if not starts or starts[0] != 0:
        raise ValueError(f"a console block begins with a command: {_first(block)}")
    for start, end in pairwise([*starts, len(block)]):
        line = re.match(r"\$ ((?:[^\n]*\\\n)*[^\n]*)\n", block[start:end])
        assert line is not None
        begin = start + line.end()
        yield Step(("bash", "-c", line[1]), line[1], block[begin:end], offset + begin, offset + end)


def _first(block: str) -> str:
    return block.split("\n", 1)[0]


def run(step: Step, folder: Path) -> str:
    """What a step prints in `folder`, on both outputs, without white space at the ends of lines and progress."""
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "FORCE_COLOR", "COLUMNS")
    }
    environment |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        step.command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode < 0:
        return f"ended by signal {-done.returncode}\n"
    return _PROGRESS.sub("", "".join(f"{line.rstrip()}\n" for line in done.stdout.decode().splitlines()))


def fits(printed: str, said: str) -> bool:
    """Whether what was printed is what the page says, where a line "..." stands for any lines, also for none.

    A figure between 0 and 1 may be a hundredth off: the network's last digits hang on the processor it runs on.
    """
    if not said.strip():
        return not printed.strip()
    parts = re.split(rf"^{re.escape(ANY)}\n", said, flags=re.MULTILINE)
    pattern = r"(?:[^\n]*\n)*?".join(
        rf"({_FIGURE.pattern})".join(re.escape(words) for words in _FIGURE.split(part)) for part in parts
    )
    match = re.fullmatch(pattern, printed)
    figures = [figure for part in parts for figure in _FIGURE.findall(part)]
    return match is not None and all(
        len(one) == len(other) and abs(float(one) - float(other)) < _OFF
        for one, other in zip(match.groups(), figures, strict=True)
    )


_FIGURE = re.compile(r"\b0\.[0-9]{2,4}(?![.\w])")
_OFF = 0.0101


def prepare(folder: Path) -> None:
    """Make `folder` what a page's commands run in."""
    for name in ("corpus", "gold", "stances"):
        shutil.copytree(ROOT / "examples" / name, folder / "examples" / name)
    for name in ("metadata.csv", "stances-metadata.csv", "world.csv"):
        shutil.copy(ROOT / "examples" / name, folder / "examples")
    shutil.copy(ROOT / "tests" / "read" / "golden" / "inputs" / "picture.pdf", folder / "scan.pdf")


def anew(page: str, folder: Path) -> str:
    """The page with what its steps print now."""
    pieces, last = [], 0
    for step in steps(page):
        printed = run(step, folder)
        pieces += [page[last : step.start], step.printed if fits(printed, step.printed) else _cut(printed, step)]
        last = step.end
    return "".join([*pieces, page[last:]])


def _cut(printed: str, step: Step) -> str:
    if f"{ANY}\n" not in step.printed or step.printed == f"{ANY}\n":
        return printed
    parts = re.split(rf"^{re.escape(ANY)}\n", step.printed, flags=re.MULTILINE)
    lines = printed.splitlines(keepends=True)
    head, tail = parts[0].count("\n"), parts[-1].count("\n")
    return "".join([*lines[:head], f"{ANY}\n", *lines[len(lines) - tail :]])


def main(pages: list[str]) -> None:
    for path in map(Path, pages) if pages else PAGES:
        with tempfile.TemporaryDirectory() as scratch:
            prepare(Path(scratch))
            page = path.read_text()
            path.write_text(anew(page, Path(scratch)))


if __name__ == "__main__":
    main(sys.argv[1:])
