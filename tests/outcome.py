"""A hostile file with the outcome that reading it must have, and how such files are written down."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

WORDS = "Mara Denk denied that the bridge had been hit. “The river is calm,” she said to reporters in Halvenna.\n"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file and what must come of it.

    `documents` is how many documents must be read (None: any number), `failures` how many problems must be listed
    (None: any number); `says` are words that one of the reasons must hold. `encoded` file names may hold what a
    path can: everything but "/" and NUL.
    """

    name: str
    data: bytes
    documents: int | None
    failures: int | None
    says: str = ""


def reads(name: str, data: bytes | str, documents: int = 1, failures: int = 0, says: str = "") -> Hostile:
    return Hostile(name, data.encode() if isinstance(data, str) else data, documents, failures, says)


def refused(name: str, data: bytes | str, says: str = "") -> Hostile:
    return Hostile(name, data.encode() if isinstance(data, str) else data, 0, 1, says)


def anything(name: str, data: bytes | str) -> Hostile:
    return Hostile(name, data.encode() if isinstance(data, str) else data, None, None)


def zipped(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()
