"""Names of lands that are persons' in a document: "Israel" after "Israel Kest"."""

from __future__ import annotations

import re
from collections import Counter

from purport.model.analysis import Analysis
from purport.resolve.document.names import Name
from purport.resolve.document.nouns import BODIES


class Lands:
    """Which names of lands are persons' in a document: "Israel" after "Israel Kest", where nothing else in it is of
    that land."""

    def __init__(self, analysis: Analysis, full: Counter[tuple[str, ...]]) -> None:
        self._text = analysis.document.text
        self._borne = {word for core in full if core[-1].lower() not in BODIES for word in (core[0], core[-1])}
        self._found: dict[str, bool] = {}

    def __call__(self, name: Name) -> bool:
        """Whether a name that a lexicon has for a land is a person's here."""
        row = name.row
        if row is None or row.type not in ("state", "place") or len(name.core) != 1 or name.core[0] not in self._borne:
            return False
        word = name.core[0]
        if word not in self._found:
            others = "|".join(map(re.escape, (*row.adjectives, *row.metonyms, f"of {word}", f"in {word}")))
            there = rf"\b(?:to|from|across|inside|outside|into)\s{re.escape(word)}\b(?!\s[A-Z])"
            self._found[word] = re.search(rf"\b(?:{others})\b(?!\s[A-Z])|{there}", self._text) is None
        return self._found[word]
