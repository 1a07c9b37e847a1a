"""What a file says about itself, as strings -> `Metadata`, with notes on what could not be understood."""

from __future__ import annotations

import re
from collections.abc import Mapping

from purport.model.document import Metadata
from purport.read.dates import iso_date

SURROGATES = re.compile("[\ud800-\udfff]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CODE = re.compile(r"([A-Za-z]{2})(?:[-_].*)?")


UNDATED = re.compile(r"published: (?P<quote>['\"])(?P<date>.*)(?P=quote) is not surely a date")
"""The note on a date that was not understood, as `metadata_of` writes it."""


def whole(text: str) -> str:
    """`text` with U+FFFD for each lone surrogate, which no encoding can write."""
    return _SURROGATE.sub("\ufffd", text)


def metadata_of(said: Mapping[str, str]) -> tuple[Metadata, tuple[str, ...]]:
    """Metadata of field -> value as the file has it. A date or language that is none is left out, with a note."""
    known = {field: " ".join(whole(value).split()) for field, value in said.items()}
    known = {field: value for field, value in known.items() if value}
    notes: list[str] = []
    if "published" in known:
        date = iso_date(known["published"])
        if date is None:
            notes.append(f"published: {known['published'][:60]!r} is not surely a date; it was left out")
            del known["published"]
        else:
            known["published"] = date
    if "language" in known:
        code = _CODE.fullmatch(known["language"])
        if code is None:
            notes.append(f"language: {known['language'][:60]!r} is no two-letter code; it was left out")
            del known["language"]
        else:
            known["language"] = code[1].lower()
    return Metadata.of(known), tuple(notes)
