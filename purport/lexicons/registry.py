"""Every table of words that ships, one row each."""

from __future__ import annotations

from typing import Any

from purport.lexicons.actors import ACTORS
from purport.lexicons.classes import CLASSES
from purport.lexicons.cues import CUES
from purport.lexicons.deeds import DEEDS
from purport.lexicons.embedding import EMBEDDINGS
from purport.lexicons.foreign_tables import FOREIGN_TYPES
from purport.lexicons.given import GIVEN
from purport.lexicons.loaded import LOADED
from purport.lexicons.nicknames import NICKNAMES
from purport.lexicons.nominals import NOMINALS
from purport.lexicons.operators import OPERATORS
from purport.lexicons.partisan import PARTISANS
from purport.lexicons.performed import PERFORMED
from purport.lexicons.places import PLACES
from purport.lexicons.tables import Table
from purport.lexicons.titles import TITLES

TABLES: tuple[Table[Any], ...] = (
    ACTORS, CLASSES, CUES, DEEDS, EMBEDDINGS, FOREIGN_TYPES, GIVEN, LOADED, NICKNAMES, NOMINALS, OPERATORS, PARTISANS,
    PERFORMED, PLACES, TITLES,
)  # fmt: skip
"""By name."""
