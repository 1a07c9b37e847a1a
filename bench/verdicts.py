"""Readers' verdicts: one file of `bench/readings/` a reading, a verdict a line, and no word of any text.

Columns, set apart by tabs: `sha256` of the text's raw file, by its bytes; `start` and `end` of the item, in code points
of the text as it is read, the end not included; `question`, a code of `bench.questions`; `verdict`; `reader`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.questions import QUESTIONS
from purport.model.document import Span

FOLDER = Path(__file__).parent / "readings"
COLUMNS = ("sha256", "start", "end", "question", "verdict", "reader")
LONGEST = 80
"""Characters of a verdict: a name, no sentence."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class MalformedError(ValueError):
    """A file of verdicts, or a sheet, that is not as it must be: which, in which line, and why."""


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """The item that a verdict is of."""

    sha256: str
    span: Span
    question: str


@dataclass(frozen=True, slots=True, order=True)
class Verdict:
    """What a reader says of an item."""

    key: Key
    verdict: str
    reader: str


def path_of(name: str) -> Path:
    """The file of a reading. Raises `MalformedError` for a name that no file can have."""
    if not _NAME.fullmatch(name):
        raise MalformedError(f"{name!r} is no name of a reading: letters, digits, - and _")
    return FOLDER / f"{name}.tsv"


def load(path: Path) -> list[Verdict]:
    """The verdicts of a file, in its order. Raises `MalformedError`, naming file and line."""
    found = []
    for number, cells in rows(path, COLUMNS):
        key = key_of(path, number, cells[:4])
        check(path, number, key.question, cells[4])
        if not _NAME.fullmatch(cells[5]):
            raise MalformedError(
                f"{path}, line {number}: {cells[5]!r} is no name of a reader: letters, digits, - and _"
            )
        found.append(Verdict(key, cells[4], cells[5]))
    return found


def save(path: Path, verdicts: Iterable[Verdict]) -> None:
    """Write verdicts, in the order of their items."""
    lines = ["\t".join(COLUMNS)]
    for one in sorted(verdicts):
        span = one.key.span
        cells = (one.key.sha256, str(span.start), str(span.end), one.key.question, one.verdict, one.reader)
        lines.append("\t".join(cells))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The number and the cells of each line of a table below its header; lines that begin with `#` are passed over.

    Raises `MalformedError` where the table cannot be read, has another header, or a line has not as many cells.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise MalformedError(f"{path}: cannot be read ({error})") from None
    told = [(number, line.split("\t")) for number, line in enumerate(lines, 1) if line and not line.startswith("#")]
    if not told or told[0][1] != list(columns):
        raise MalformedError(f"{path}, line {told[0][0] if told else 1}: the columns must be {', '.join(columns)}")
    for number, cells in told[1:]:
        if len(cells) != len(columns):
            raise MalformedError(f"{path}, line {number}: {len(cells)} cells, there must be {len(columns)}")
        yield number, cells


def key_of(path: Path, number: int, cells: Sequence[str]) -> Key:
    """The item that the first four cells of a line name. Raises `MalformedError`."""
    sha256, start, end, question = cells
    if not _SHA256.fullmatch(sha256):
        raise MalformedError(f"{path}, line {number}: {sha256!r} is no SHA-256 in 64 hexadecimal digits")
    try:
        span = Span(int(start), int(end))
    except ValueError:
        raise MalformedError(f"{path}, line {number}: {start!r} to {end!r} is no place in a text") from None
    if question not in QUESTIONS:
        raise MalformedError(f"{path}, line {number}: no question is called {question!r}; {', '.join(QUESTIONS)}")
    return Key(sha256, span, question)


def check(path: Path, number: int, question: str, verdict: str) -> None:
    """Raises `MalformedError` for a verdict that the question does not allow."""
    if not QUESTIONS[question].allows(verdict) or len(verdict) > LONGEST:
        allowed = ", ".join(QUESTIONS[question].verdicts) or f"a name of at most {LONGEST} characters"
        raise MalformedError(f"{path}, line {number}: {verdict!r} is no verdict for {question}: {allowed}, or ?")
