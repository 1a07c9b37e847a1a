"""What documents say that a name is: a newspaper, a town, a land that has ministers, the initials of a long name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from purport.model.rows import EntityRow
from purport.resolve.corpus.folding import fold, fold_name

Key = tuple[str, ...]
CLASSES = {
    "state": "place", "place": "place", "government": "body", "organisation": "body", "armed group": "body",
    "outlet": "body", "movement": "body", "person": "person", "role": "person", "people": "people",
    "document": "document", "other": "other",
}  # fmt: skip
"""Types that documents tell apart less surely than they tell these from each other."""
SMALL = frozenset("a an and at by de for in of on the to und y".split())


_BEFORE = re.compile(
    r"\b(?:newspaper|paper|daily|weekly|magazine|broadcaster|station|channel|agency|club|team|band|company|firm|party"
    r"|militia) ([A-Z]\w+)$"
)
_TOWN = re.compile(r"\b(?:town|city|village|port|island|province|country|republic|kingdom) of ([A-Z]\w+)$")
_CLUB = re.compile(r"(?:[Tt]he )?(([A-Z]\w+)(?: \w+)?? (?:FC|SC|Club|United|Rovers|Athletic|Wanderers))$")


def said_to_be(rows: Iterable[EntityRow]) -> dict[tuple[str, str], Key]:
    """For a document and a word in it what the word is there, which the type that a reader gives it may miss: "the
    newspaper Velmark" and "the town of Skerrin" are named by it, "Skerrin Football Club" is called by its town's."""
    rows = list(rows)
    towns = {(row.document, fold(row.name)) for row in rows if CLASSES.get(row.type) == "place"}
    found: dict[tuple[str, str], Key] = {}
    for row in rows:
        for name in row.names:
            for word in _BEFORE.findall(name):
                found[row.document, fold(word)] = ("body", fold(word))
            for word in _TOWN.findall(name):
                found.setdefault((row.document, fold(word)), ("place", fold(word)))
            club = _CLUB.match(name)
            if club is None or (row.document, fold(club[2])) in towns:
                continue
            if CLASSES.get(row.type) == "body" and not row.known:
                found[row.document, fold(club[2])] = ("body", fold_name(row.name))
    return found


_OFFICES = re.compile(
    r"\b(?i:minist(?:er|ry) of [\w ]+ of|(?:prime minister|president|king|queen|government|army|republic|kingdom"
    r"|parliament|ambassador|capital|foreign ministry|city|town|village) of) (?:the )?([A-Z]\w+)"
)


def lands_of(rows: Iterable[EntityRow]) -> frozenset[str]:
    """The words, folded, that somebody in the corpus is prime minister, ambassador or the like of."""
    found = (_OFFICES.findall(name) for row in rows for name in row.names if " of " in name)
    return frozenset(fold(word) for words in found for word in words)


def acronyms(row: EntityRow) -> set[str]:
    """Those of its names that are the first letters of its long name."""
    words = fold_name(row.name).split()
    if len(words) < 2:
        return set()
    initials = {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in SMALL)}
    written = (fold_name(name) for name in row.names if _letters(name))
    return {name.replace(" ", "") for name in written if name.replace(" ", "") in initials}


def _letters(name: str) -> bool:
    bare = name.removeprefix("the ").removeprefix("The ").replace(".", "")
    return 2 <= len(bare) <= 8 and bare.isupper()
