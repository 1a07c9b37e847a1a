"""Read every document of the example corpus with purport and compare its text and metadata with the sources.

    $ python -m examples.check_gold

Prints what differs; the exit status is 1 where something does. The known metadata of HTML, JSON Lines and CSV are
compared too; those of the other formats stand in `metadata.csv`.
"""

from __future__ import annotations

import sys
from dataclasses import fields

from examples.make_corpus import HERE, Source, sources
from purport.errors import ReadError
from purport.model.document import Document, Metadata
from purport.read.files import read_bytes
from purport.read.options import Failure


def differences() -> list[str]:
    """One line for each document whose text, or stated metadata, is not what its marked source says."""
    files: dict[str, list[Source]] = {}
    for source in sources():
        files.setdefault(source.header["path"], []).append(source)
    found: list[str] = []
    for name, parts in files.items():
        path = HERE / "corpus" / name
        try:
            documents = list(read_bytes(path.read_bytes(), path.name))
        except ReadError as error:
            found.append(f"{name}: {error}")
            continue
        if len(documents) != len(parts):
            found.append(f"{name}: {len(documents)} documents, not {len(parts)}")
        for part, document in zip(parts, documents, strict=False):
            found += [f"{part.stem}: {line}" for line in _compared(part, document)]
    return found


def _compared(part: Source, document: Document | Failure) -> list[str]:
    if isinstance(document, Failure):
        return [str(document)]
    found = []
    text, wanted = document.text, part.text
    if text != wanted:
        at = next(
            (i for i, (a, b) in enumerate(zip(text, wanted, strict=False)) if a != b), min(len(text), len(wanted))
        )
        near = slice(max(0, at - 30), at + 40)
        found.append(f"text differs at {at}: read {text[near]!r}, gold {wanted[near]!r}")
    if part.header["format"] in ("html", "jsonl", "csv"):
        for field in fields(Metadata):
            known, read = part.header.get(field.name), getattr(document.metadata, field.name)
            if known is not None and read != known and not (field.name == "author" and part.header["format"] != "html"):
                found.append(f"{field.name} is {read!r}, not {known!r}")
    return found


def main() -> int:
    found = differences()
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
