"""What documents say that a name is: a newspaper, a town, a land that has ministers, the initials of a long name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from purport.model.rows import EntityRow
from purport.resolve.corpus.entities import CLASSES, Entities
from purport.resolve.corpus.folding import fold, fold_name

Key = tuple[str, ...]
SMALL = frozenset("a an and at by de for in of on the to und y".split())


_BEFORE = re.compile(
    r"\b(?:newspaper|paper|daily|weekly|magazine|broadcaster|station|channel|agency|club|team|band|company|firm|party"
    r"|militia) ([A-Z]\w+)$"
)
_TOWN = re.compile(r"\b(?:town|city|village|port|island|province|country|republic|kingdom) of ([A-Z]\w+)$")
_CLUB = re.compile(r"(?:[Tt]he )?(([A-Z]\w+)(?: \w+)?? (?:FC|SC|Club|United|Rovers|Athletic|Wanderers))$")


def says_what(row: EntityRow) -> bool:
    """Whether the names of an entity may say what a word in them is."""
    return any(_BEFORE.search(name) or _TOWN.search(name) or _CLUB.match(name) for name in row.names)


def said_to_be(entities: Entities, saying: Collection[str]) -> dict[tuple[str, str], Key]:
    """For a document and a word in it what the word is there, which the type that a reader gives it may miss: "the
    newspaper Velmark" and "the town of Skerrin" are named by it, "Skerrin Football Club" is called by its town's.
    `saying` are the folded names of those whose names say so (`says_what`)."""
    found: dict[tuple[str, str], Key] = {}
    clubs: dict[tuple[str, str], Key] = {}
    for row in sorted(entities.named(saying), key=lambda one: one.id):
        for name in row.names:
            for word in _BEFORE.findall(name):
                found[row.document, fold(word)] = ("body", fold(word))
            for word in _TOWN.findall(name):
                found.setdefault((row.document, fold(word)), ("place", fold(word)))
            club = _CLUB.match(name)
            if club is not None and CLASSES.get(row.type) == "body" and not row.known:
                clubs[row.document, fold(club[2])] = ("body", fold_name(row.name))
    towns = {
        (row.document, fold_name(row.name))
        for row in entities.named({word for _, word in clubs})
        if CLASSES.get(row.type) == "place"
    }
    return found | {where: club for where, club in clubs.items() if where not in towns}


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
