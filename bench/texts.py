"""The texts that readers judge: files, told by the SHA-256 of their bytes, and what this build makes of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import purport
from bench.articles import ROOT, SHARED
from purport.errors import PurportError
from purport.model.record import Record

EXAMPLES = ROOT / "examples"
FOLDERS = (EXAMPLES, SHARED)
"""Where texts are looked for; folders that are not on this machine are passed over."""
INVENTED = (EXAMPLES / "corpus", EXAMPLES / "actors", EXAMPLES / "stances")
"""Where this project's own texts are that items are drawn from: not lists of cases, which hold the right answers."""
SUFFIXES = frozenset({".txt", ".md", ".html", ".docx", ".pdf"})
"""Of files that are one text each."""


@dataclass(frozen=True, slots=True)
class Text:
    """A file that holds one text, and the SHA-256 of its bytes."""

    sha256: str
    path: Path


def found(folders: Sequence[Path]) -> list[Text]:
    """The texts below folders, in the order of their paths; of those with the same bytes the first."""
    texts: dict[str, Text] = {}
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES and path.is_file()):
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
            texts.setdefault(sha256, Text(sha256, path))
    return list(texts.values())


@lru_cache(maxsize=128)
def record_of(text: Text) -> Record | None:
    """What this build makes of a text; None where the file cannot be read, or holds several texts or none."""
    try:
        return purport.read(text.path)
    except PurportError:
        return None
