"""Entities that are one while actors are made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from purport.model.rows import EntityRow

Key = tuple[str, ...]
"""What an actor is known by: what it is, its folded name, and, of one that its name does not tell, where it is named;
("known", neutral name) of one in the lexicon; ("entity", id) of one that has no name."""
EXACT = "exact name"
ONLY = "the only one of its name"
MENDED = "exact name; most documents take it for what this is"
SURE = 0.98


@dataclass(slots=True)
class Form:
    """A full name of persons as it is spelled, and who bears it; `born` are the years of birth that ages tell."""

    words: tuple[str, ...]
    generation: str
    rows: list[EntityRow] = field(default_factory=list)
    genders: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    born: set[int] = field(default_factory=set)

    @property
    def key(self) -> Key:
        """What a person of this name is known by."""
        return ("person", " ".join((*self.words, self.generation)).strip())

    @property
    def initial(self) -> bool:
        """Whether its first name is but a letter."""
        return len(self.words[0]) == 1


class Group:
    """Entities that are one: forms or names, the first of which names it."""

    def __init__(self, key: Key) -> None:
        self.key = key
        self.forms: list[Form] = []
        self.acronyms: set[str] = set()
        self.links: list[tuple[EntityRow, Key, str, float]] = []

    def take(self, rows: Iterable[EntityRow], key: Key, reason: str, confidence: float) -> None:
        """Add entities, each with the key that its own name gives and why it is held to be one of these."""
        self.links += [(row, key, reason, confidence) for row in rows]

    def absorb(self, other: Group, reason: str, confidence: float) -> None:
        """Take in all of the other, for that reason; what is less sure stays so."""
        self.forms += other.forms
        for row, key, before, sure in other.links:
            own = before not in (EXACT, ONLY)
            self.links.append((row, key, f"{reason}; {before}" if own else reason, min(sure, confidence)))
