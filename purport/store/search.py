"""What a person types into a search, as an expression of SQLite's full-text index that can never be malformed."""

from __future__ import annotations

import re

from purport.errors import UsageError

PARTS = re.compile(r'"([^"]*)"|(\S+)')
"""What is typed, part by part: what stands in "double quotes", or a word."""


def match(asked: str, column: str | None = None, *, phrase: bool = False, beginning: bool = False) -> str:
    """An FTS5 expression for what was typed: all the words, those in "double quotes" in that order.

    `phrase` takes all of it as one phrase (a name); `column` restricts it. A word that ends in * matches every word
    that begins so, and with `beginning` the last word of each does. Raises `UsageError` where nothing is left to search
    for.
    """
    parts = [asked] if phrase else [quoted or bare for quoted, bare in PARTS.findall(asked)]
    terms = [
        _term(f"{part.rstrip('*')}*" if beginning else part) for part in parts if any(char.isalnum() for char in part)
    ]
    if not terms:
        raise UsageError(f"there is no word in {asked!r} to search for")
    joined = " AND ".join(terms)
    return f"{{{column}}} : ({joined})" if column else f"({joined})"


def _term(part: str) -> str:
    prefix = part.endswith("*")
    quoted = part.rstrip("*").replace('"', " ").replace("\x00", " ")
    return f'"{quoted}"' + (" *" if prefix else "")
