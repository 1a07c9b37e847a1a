"""What people decide of who is who, in Python: merge, apart, split, rename, undo, and tables of one's own."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from purport import store as stores
from purport.corpus.actors import Cast
from purport.corpus.kept import keep_cast
from purport.corpus.own_table import Imported, judgements_by, table_of
from purport.corpus.same import Candidate, candidates
from purport.lexicons.user_table import read_user_table
from purport.model.lexicon import ActorRow
from purport.model.rows import Judgement


class Judging:
    """The part of a corpus by which people correct its actors."""

    path: Path

    @property
    @abstractmethod
    def cast(self) -> Cast:
        """The actors as they are now."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the store."""

    def merge(self, name: str, *others: str, who: str = "", note: str = "") -> int:
        """Judge that the other actors are the first; the number of the last judgement. Names may be ids.

        Judgements are only ever added, stand when documents are read again, and leave mentions and entities as they
        are. `who` and `note` are kept with it. Raises as `actor`, `StoreError` where the store cannot be written.
        """
        return self._judge(self.cast.merged((name, other) for other in others), who, note)

    def apart(self, name: str, *others: str, who: str = "", note: str = "") -> int:
        """Judge that none of the other actors is the first, so that nothing ever makes them one. Else as `merge`."""
        return self._judge([self.cast.apart(name, other) for other in others], who, note)

    def actors_table(self, least: int = 1) -> tuple[list[ActorRow], Mapping[str, int]]:
        """The actors as a table of one's own, those named in `least` documents or more, and how many were passed over,
        by reason. Read with it (`add(actors=…)`), texts name the same actors."""
        return table_of(self.cast, least)

    def import_actors(self, table: str | Path, *, who: str = "", note: str = "") -> Imported:
        """Judge by a table of actors, one's own or that of others (`purport.lexicons.user_table`): all who bear the
        names of a row are one actor, which is called as the row says. What judgements keep apart stays so. Raises
        `UsageError` for a malformed table, `StoreError` where the store cannot be written."""
        imported = judgements_by(self.cast, read_user_table(Path(table)))
        if imported.judgements:
            self._judge(imported.judgements, who, note)
        return imported

    def candidates(self, name: str | None = None, limit: int = 50) -> list[Candidate]:
        """Pairs of actors that may be one, those most likely first, with what speaks for and against it; with a
        `name`, those of that actor. Raises as `actor`."""
        return candidates(self.cast, self.cast.dominant(name)[0] if name is not None else None, limit)

    def split(self, name: str, what: str, *, who: str = "", note: str = "") -> int:
        """Judge that an entity of the actor, by its id, or all that have a name, are another. Else as `merge`."""
        return self._judge([self.cast.split(name, what)], who, note)

    def rename(self, name: str, new: str, *, who: str = "", note: str = "") -> int:
        """Judge that the actor is to be called otherwise. Else as `merge`."""
        return self._judge([self.cast.rename(name, new)], who, note)

    def undo(self, number: int | None = None, *, who: str = "", note: str = "") -> int:
        """Take back a judgement, the last that stands if none is named, by another one. Else as `merge`."""
        return self._judge([self.cast.undo(number)], who, note)

    def judgements(self) -> list[Judgement]:
        """All that people decided of actors, in order; what of it stands, `cast.judged` tells."""
        return list(self.cast.judgements)

    def _judge(self, judgements: Sequence[Judgement], who: str, note: str) -> int:
        self.close()
        who, note = " ".join(who.split()), " ".join(note.split())
        told = [replace(one, who=who, note=note) for one in judgements]
        with stores.Store(self.path, write=True) as store:
            number = stores.judge(store, told)
            keep_cast(store)
        return number
