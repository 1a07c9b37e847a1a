"""The quotations of a store that travel from document to document: what is asked of them, and their rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from purport import store as stores
from purport.corpus.part import CorpusPart, actors_called
from purport.model.rows import DocumentRow, QuotationTelling
from purport.store.kept_actors import ids_of, speaking_actors

if TYPE_CHECKING:
    from purport.stories.quotations import Quoted, Telling, Travelling


class Speaker(NamedTuple):
    """An actor whose statement there is: its id, its name, "" where it has none, and its type."""

    id: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class QuotationRow:
    """A quotation that several documents have, and the documents by id."""

    quotation: Travelling
    documents: Mapping[str, DocumentRow]

    def rows(self) -> list[QuotationTelling]:
        """The quotation as rows of a table, one for each of its tellings."""
        from purport.stories.quotations import marked

        return [
            QuotationTelling(
                self.quotation.id, self.quotation.first, one.quoted.document, one.quoted.start, one.quoted.end,
                one.quoted.published or None, one.quoted.outlet or None, one.quoted.name or None, one.other_speaker,
                one.how, marked(one),
            )
            for one in self.quotation.tellings
        ]  # fmt: skip

    def told(self) -> dict[str, object]:
        """The row as JSON has it: `id`, `first` (a document, null where dates do not tell), and `tellings`."""
        one = self.quotation
        return {"id": one.id, "first": one.first, "tellings": [_told(telling) for telling in one.tellings]}


def _told(telling: Telling) -> dict[str, object]:
    own = telling.quoted
    return {
        "document": own.document, "start": own.start, "end": own.end, "statement": own.statement,
        "published": own.published or None, "outlet": own.outlet or None, "speaker": own.name or None,
        "other_speaker": telling.other_speaker, "how": telling.how, "words": own.text,
        "changes": [
            {"start": one.start, "end": one.end, "here": one.here, "there": one.there} for one in telling.changes
        ],
    }  # fmt: skip


class CorpusQuotations(CorpusPart):
    """The part of a corpus that tells which quotations travel."""

    def quotations(self, *, by: str | None = None, altered: bool = False) -> list[QuotationRow]:
        """The quotations that at least two documents have, the earliest first (those without a date last).

        With `by` those of which one telling is in the mouth of that actor, by whatever name; with `altered` those that
        somebody has other words of, or gives to another speaker. Raises `UsageError` for a name that nobody has.
        """
        from purport.stories.quotations import quotations  # here: who asks for none need not load it

        actors = self._speakers()
        wanted = self._ids_called(by) if by is not None else None
        rows = {row.id: row for row in self.documents()}
        found = quotations(_quoted(row, rows[row.document], actors) for row in stores.quoted_words(self.store))
        return [
            QuotationRow(one, rows)
            for one in found
            if (wanted is None or any(telling.quoted.speaker in wanted for telling in one.tellings))
            and not (altered and all(t.how != "altered" and not t.other_speaker for t in one.tellings))
        ]

    def _speakers(self) -> Mapping[str, Speaker]:
        """The actors whose statements there are, by their entities."""
        if self._kept() is not None:
            return {entity: Speaker(*told) for entity, *told in speaking_actors(self.store)}
        clusters = self.cast.judged.clusters
        return {link.entity: Speaker(one.id, one.name, one.type) for one in clusters for link in one.links}

    def _ids_called(self, name: str) -> set[str]:
        """The ids of the actors called so. Raises `UsageError` where there is none."""
        kept = self._kept()
        found = ids_of(self.store, kept.bearing(name)) if kept is not None else set()
        return found or actors_called(name, self.cast, "by")


def _quoted(row: stores.QuotedRow, document: DocumentRow, actors: Mapping[str, Speaker]) -> Quoted:
    from purport.stories.quotations import Quoted

    actor = actors.get(row.holder or "")
    named = actor is not None and actor.type != "role" and bool(actor.name)  # "the minister" may be anybody
    return Quoted.of(
        row.document,
        row.pieces,
        row.statement,
        speaker=actor.id if actor is not None and named else "",
        name=actor.name if actor is not None else "",
        published=document.published or "",
        outlet=document.outlet or "",
    )
