"""Claims that a page says in its data to check (schema.org, ClaimReview), and who is said there to have made them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

from purport.model.document import BlockKind
from purport.read.html.elements import Shown, folded

_DATA = re.compile(
    r"<script\b[^>]{0,200}\btype\s*=\s*[\"']?application/ld\+json\b[^>]{0,200}>(.{2,200000}?)</script>", re.I | re.S
)
_CLAIM = re.compile(r'"claimReviewed"\s*:\s*("(?:[^"\\]|\\.){3,2000}")')
_LEAST, _MOST = 3, 100
"""Characters of a name."""


def reviewed(blocks: list[Shown], source: str) -> list[Shown]:
    """The blocks, those that are a claim which the page checks set in as a quotation, signed by whoever made it."""
    claims = _claims(source)
    if not claims:
        return blocks
    found: list[Shown] = []
    for block in blocks:
        who = claims.get(folded(block.text))
        if who is None:
            found.append(block)
            continue
        quoted = replace(block, depth=max(1 + block.part, block.depth))
        found.append(quoted)
        if who:
            found.append(replace(quoted, text=who, kind=BlockKind.SIGNATURE))
    return found


def _claims(source: str) -> dict[str, str]:
    """The claims, folded, each with who made it; "" where that is not said."""
    found: dict[str, str] = {}
    for match in _DATA.finditer(source) if "claimReviewed" in source else ():
        with suppress(ValueError, RecursionError):
            for one in _reviews(json.loads(match[1])):
                found.setdefault(folded(str(one["claimReviewed"])), _author(one.get("itemReviewed")))
    for match in _CLAIM.finditer(source):
        with suppress(ValueError):
            found.setdefault(folded(json.loads(match[1])), "")
    return found


def _reviews(data: Any) -> Iterator[dict[str, Any]]:
    """The objects in it that check a claim; without recursion, as data may be nested as deep as anyone likes."""
    left = [data]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            if isinstance(one.get("claimReviewed"), str):
                yield one
            left += one.values()
        elif isinstance(one, list):
            left += one


def _author(item: Any) -> str:
    """Who is said to have made a claim: the name of the author, or of the first of them."""
    author = item.get("author") if isinstance(item, dict) else None
    author = author[0] if isinstance(author, list) and author else author
    name = author.get("name") if isinstance(author, dict) else author
    words = " ".join(name.split()) if isinstance(name, str) else ""
    return words if _LEAST <= len(words) <= _MOST else ""
