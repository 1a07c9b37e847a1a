"""What every part of a corpus asks of it: the store, the actors, the documents."""

from __future__ import annotations

from abc import abstractmethod

from purport import store as stores
from purport.corpus.actors import Cast
from purport.corpus.asked import offered
from purport.corpus.kept import KeptCast
from purport.errors import UsageError
from purport.model.rows import DocumentRow
from purport.resolve.corpus.nearly import nearly


class CorpusPart:
    """A part of what a corpus can be asked, over what all parts need."""

    @property
    @abstractmethod
    def store(self) -> stores.Store:
        """The open store."""

    @property
    @abstractmethod
    def cast(self) -> Cast:
        """The actors as they are now."""

    def _kept(self) -> KeptCast | None:
        """The actors as the store keeps them, if it does: they need not be found anew."""
        return None

    @abstractmethod
    def documents(self, limit: int | None = None) -> list[DocumentRow]:
        """All documents, or the first of them."""


def actors_called(name: str, cast: Cast, option: str) -> set[str]:
    """The ids of the actors that are called so. Raises `UsageError`, for that option, where there is none, with those
    nearly so."""
    entities = set(cast.bearing(name))
    found = {one.id for one in cast.judged.clusters if any(link.entity in entities for link in one.links)}
    if not found:
        near = offered(nearly(name, (one.name for one in cast.ranked())))
        raise UsageError(f"nobody is called {name!r}{near}", option)
    return found
