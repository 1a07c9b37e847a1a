"""The texts that two builds are compared on: all examples, the tests' inputs and sentences, articles of PolNeAR.

They are this checkout's files and are handed on as bytes, so that both builds read the same. Of texts with the same
bytes the first is kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bench.articles import ROOT, SHARED
from purport.lexicons.tables import content_lines
from tests.claims import cases
from tests.extract.cases import CASES
from tests.marked import parse

POLNEAR_TRAIN = SHARED / "polnear" / "train" / "text"
EXAMPLES = ROOT / "examples"
LEXICONS = ROOT / "purport" / "lexicons"
SENTENCES = ("examples/claims.txt", "examples/nested.txt")
"""Files of one text a line, which are taken line by line."""
_MARK = re.compile(r"\[[A-Z]\d*(?:,\d+)*(?:/[a-z_]+)?:|\]")


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts that are read in one go: the files by their paths below the batch's folder, options of `purport read`
    that go with them, and a table of metadata, by its path below the same folder."""

    name: str
    files: dict[str, bytes]
    options: tuple[str, ...] = ()
    metadata: str = ""


def batches(articles: int, polnear: Path = POLNEAR_TRAIN) -> list[Batch]:
    """All texts, no two with the same bytes; of PolNeAR's training part the first `articles` by the hash of their
    names, none where the folder is not there."""
    made = [
        Batch("example corpus", _files("corpus/**/*"), metadata="examples/metadata.csv"),
        Batch("example stances", _files("stances/*.txt"), metadata="examples/stances-metadata.csv"),
        Batch("other example texts", _other_examples()),
        Batch("test inputs", _golden()),
        Batch("sentences", dict(_sentences()), ("--language", "en")),
        Batch("PolNeAR train", _polnear(polnear, articles)),
    ]
    seen: set[bytes] = set()
    return [replace(one, files=dict(_unseen(one.files, seen))) for one in made]


def _unseen(files: dict[str, bytes], seen: set[bytes]) -> Iterator[tuple[str, bytes]]:
    for name, data in sorted(files.items()):
        if data not in seen:
            seen.add(data)
            yield name, data


def _files(pattern: str) -> dict[str, bytes]:
    found = sorted(path for path in EXAMPLES.glob(pattern) if path.is_file())
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in found}


def _other_examples() -> dict[str, bytes]:
    texts = {**_files("**/*.txt"), **_files("**/*.md")}
    taken = ("examples/corpus/", "examples/stances/", *SENTENCES)
    return {name: data for name, data in texts.items() if not name.startswith(taken)}


def _golden() -> dict[str, bytes]:
    folder = ROOT / "tests" / "read" / "golden" / "inputs"
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in found}


def _sentences() -> Iterator[tuple[str, bytes]]:
    """The texts of cases and the examples of lexicons, each as a file of its own, named by where it stands."""
    for number, case in enumerate(cases(EXAMPLES / "claims.txt"), 1):
        yield f"examples/claims/{number:04}.txt", case.text.encode()
    for number, line in enumerate((EXAMPLES / "nested.txt").read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            yield f"examples/nested/{number:04}.txt", parse(line)[0].encode()
    for name, marked in CASES.items():
        yield f"tests/extract/cases/{re.sub(r'[^A-Za-z0-9]+', '-', name)}.txt", parse(marked)[0].encode()
    for table in sorted(LEXICONS.rglob("*.tsv")):
        for number, text in _lexicon_examples(table):
            yield f"{table.relative_to(ROOT).with_suffix('').as_posix()}/{number:04}.txt", text.encode()


def _lexicon_examples(table: Path) -> Iterator[tuple[int, str]]:
    """The number of the line and the plain text of each example of a lexicon."""
    lines = content_lines(table.read_text("utf-8"))
    columns = next(lines)[1].split("\t")
    if "example" in columns:
        for number, line in lines:
            yield number, _MARK.sub("", line.split("\t")[columns.index("example")])


def _polnear(folder: Path, articles: int) -> dict[str, bytes]:
    ordered = sorted(folder.glob("*.txt"), key=lambda path: hashlib.sha256(path.stem.encode()).hexdigest())
    return {f"polnear/{path.name}": path.read_bytes() for path in ordered[:articles]}
