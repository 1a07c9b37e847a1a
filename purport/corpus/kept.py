"""The actors of a store without finding them anew: as they are kept in it, by this code and of the store as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from purport import store as stores
from purport.corpus.actors import forms_of
from purport.corpus.casting import bring_up_to_date
from purport.corpus.likeness import keep_likeness
from purport.corpus.sharing import keep_sharing
from purport.errors import UsageError
from purport.model.rows import Actor
from purport.model.vocabulary import TYPES
from purport.resolve.corpus.folding import fold
from purport.resolve.corpus.link import RULES
from purport.store.conditions import known_as
from purport.store.kept_actors import entities_called, has_kept_actors, kept_actors
from purport.store.stances import keep_said
from purport.version import __version__

MADE_BY = f"{__version__}, rules {RULES}"
"""What finding actors depends on besides the store."""


class KeptCast:
    """The actors as they are kept; answers as `Cast` does."""

    def __init__(self, store: stores.Store) -> None:
        self._store = store

    @classmethod
    def of(cls, store: stores.Store) -> KeptCast | None:
        """Those of a store; None where none are kept, or of another state of it."""
        return cls(store) if has_kept_actors(store, MADE_BY) else None

    def actors(self, search: str | None = None, type_: str | None = None, limit: int | None = None) -> Iterator[Actor]:
        """As `Cast.actors`."""
        if type_ is not None and type_ not in TYPES:
            raise UsageError(f"no type of actor is called {type_!r}; there are {', '.join(TYPES)}")
        asked = f" {fold(search)} " if search is not None else None
        return kept_actors(self._store, asked, type_, limit)

    def names(self) -> Iterator[str]:
        """The names of all actors, those named most first."""
        return (one.name for one in self.actors())

    def bearing(self, name: str) -> list[str]:
        """As `Cast.bearing`."""
        return entities_called(self._store, name.strip().lower(), forms_of(name), known_as(name))


def is_id(name: str) -> bool:
    """Whether a name has the form of an actor's id."""
    return re.fullmatch("[0-9a-f]{16}", name.strip().lower()) is not None


def keep(store: stores.Store) -> None:
    """Keep what is made of the documents of a store that can be written, where it is not kept already: the actors, and
    what is needed to tell stories, passages and copies of one text. Raises `StoreError`."""
    from purport.corpus.copying import keep_copies  # here, since who only asks for actors need not load it

    keep_said(store)
    keep_likeness(store)
    keep_sharing(store)
    keep_copies(store)
    keep_cast(store)


def keep_cast(store: stores.Store) -> None:
    """Keep the actors alone. Raises `StoreError`."""
    if not has_kept_actors(store, MADE_BY):
        bring_up_to_date(store, MADE_BY)
