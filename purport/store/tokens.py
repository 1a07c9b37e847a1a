"""Words as the store's full-text indexes know them, for who searches elsewhere and must find the same."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import apsw

from purport.errors import UsageError
from purport.store.search import PARTS

BREAK = " | "
"""Stands between texts in which no phrase goes from one to the next."""


@cache
def _tokenizer() -> tuple[apsw.Connection, Any]:
    connection = apsw.Connection(":memory:")
    return connection, connection.fts5_tokenizer("unicode61", ["remove_diacritics", "2"])


def tokens(text: str) -> str:
    """The words of a text, without case, accents and marks, with a blank before and behind each; "" for none."""
    found = _tokenizer()[1](
        text.encode("utf-8", "replace"), apsw.FTS5_TOKENIZE_DOCUMENT, None, include_offsets=False,
        include_colocated=False,
    )  # fmt: skip
    return f" {' '.join(found)} " if found else ""


def sought(asked: str, *, phrase: bool = False, beginning: bool = False) -> list[str]:
    """What must stand in the `tokens` of a text, all of it, where `purport.store.search.match` would find the text.

    Raises `UsageError` where nothing is left to search for.
    """
    parts = [asked] if phrase else [quoted or bare for quoted, bare in PARTS.findall(asked)]
    found: list[str] = []
    for part in parts:
        prefix = beginning or part.endswith("*")
        own = tokens(_HIDDEN.sub(" ", part.rstrip("*")))
        if own:
            found.append(own[:-1] if prefix else own)
    if not found:
        raise UsageError(f"there is no word in {asked!r} to search for")
    return found


_HIDDEN = re.compile(r"[\"\x00]")
