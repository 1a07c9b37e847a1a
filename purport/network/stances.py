"""Stances as columns, as networks are made of them: a store of a million statements has hundreds of thousands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from purport.model.rows import StanceRow
from purport.network.columns import Bools, Ints


class Told(NamedTuple):
    """The document of a stance: its id, its outlet or author, and its date; "" for what is not known."""

    id: str
    outlet: str
    published: str


@dataclass(frozen=True, slots=True, eq=False)
class StanceColumns:
    """What `StanceRow` has of stances, a place a stance; those of a document are in the order of the text. `document`
    is the place of its own in `documents`; "" is no holder and no voucher."""

    documents: Sequence[Told]
    document: Ints
    ids: Sequence[str]
    holder: Sequence[str]
    target: Sequence[str]
    voucher: Sequence[str]
    basis: Sequence[str]
    certainty: Sequence[str]
    sign: Ints
    own: Bools
    confidence: NDArray[np.float64]
    said: Ints

    @classmethod
    def of(cls, rows: Iterable[StanceRow]) -> StanceColumns:
        """The columns of rows."""
        own = list(rows)
        documents: dict[str, Told] = {}
        for row in own:
            documents.setdefault(row.document, Told(row.document, row.outlet, row.published))
        place = {id: at for at, id in enumerate(documents)}
        return cls(
            tuple(documents.values()),
            np.array([place[row.document] for row in own], dtype=np.int64),
            [row.id for row in own],
            [row.holder or "" for row in own],
            [row.target for row in own],
            [row.voucher or "" for row in own],
            [row.basis for row in own],
            [row.certainty for row in own],
            np.array([row.sign for row in own], dtype=np.int64),
            np.array([row.own for row in own], dtype=np.bool_),
            np.array([row.confidence for row in own], dtype=np.float64),
            np.array([row.said for row in own], dtype=np.int64),
        )

    def joined(self, other: StanceColumns) -> StanceColumns:
        """These and those of another, which are of other documents."""
        at = len(self.documents)
        return StanceColumns(
            (*self.documents, *other.documents),
            np.r_[self.document, other.document + at],
            [*self.ids, *other.ids],
            [*self.holder, *other.holder],
            [*self.target, *other.target],
            [*self.voucher, *other.voucher],
            [*self.basis, *other.basis],
            [*self.certainty, *other.certainty],
            np.r_[self.sign, other.sign],
            np.r_[self.own, other.own],
            np.r_[self.confidence, other.confidence],
            np.r_[self.said, other.said],
        )

    def without(self, documents: Collection[str]) -> StanceColumns:
        """Those of all documents but these, by id."""
        gone = set(documents)
        left = np.array([told.id not in gone for told in self.documents], dtype=np.bool_)
        return self._at(np.flatnonzero(left[self.document])) if len(left) else self

    def by_document(self) -> Ints:
        """The places of all, by the ids of their documents; those of a document stay in their order."""
        rank = np.empty(len(self.documents), dtype=np.int64)
        rank[sorted(range(len(rank)), key=lambda at: self.documents[at].id)] = np.arange(len(rank))
        return np.argsort(rank[self.document], kind="stable") if len(rank) else self.document

    def _at(self, places: Ints) -> StanceColumns:
        at = places.tolist()
        return StanceColumns(
            self.documents,
            self.document[places],
            [self.ids[place] for place in at],
            [self.holder[place] for place in at],
            [self.target[place] for place in at],
            [self.voucher[place] for place in at],
            [self.basis[place] for place in at],
            [self.certainty[place] for place in at],
            self.sign[places],
            self.own[places],
            self.confidence[places],
            self.said[places],
        )


def origins_of(stances: StanceColumns) -> dict[int, str]:
    """The sentences that several documents have, by what stands for each (`StanceRow.said`), with the document that had
    it first: the earliest, those without a date last, then the one with the smallest id."""
    if not len(stances.ids):
        return {}
    documents = stances.documents
    in_time = sorted(range(len(documents)), key=lambda at: (documents[at].published[:10] or "~", documents[at].id))
    rank = np.empty(len(documents), dtype=np.int64)
    rank[in_time] = np.arange(len(documents))
    order = np.argsort(stances.said, kind="stable")
    said, ranks = stances.said[order], rank[stances.document[order]]
    starts = np.flatnonzero(np.r_[True, said[1:] != said[:-1]])
    first, last = np.minimum.reduceat(ranks, starts), np.maximum.reduceat(ranks, starts)
    several = (first != last) & (said[starts] != 0)
    return {
        one: documents[in_time[at]].id
        for one, at in zip(said[starts][several].tolist(), first[several].tolist(), strict=True)
    }


def independent(
    stances: StanceColumns, groups: Mapping[str, str], origins: Mapping[int, str]
) -> tuple[Sequence[str], Ints]:
    """For each stance the key of the documents that count as one with its own: keys, and a place among them a stance.
    `groups` are the keys of documents that are copies, `origins` as `origins_of` gives them."""
    keys = [groups.get(told.id, told.id) for told in stances.documents]
    number = stances.document.copy()
    if origins:
        known = np.array(sorted(origins), dtype=np.int64)
        at = np.minimum(np.searchsorted(known, stances.said), len(known) - 1)
        copied = known[at] == stances.said
        first = [origins[one] for one in known.tolist()]
        number[copied] = len(keys) + at[copied]
        keys += [groups.get(id, id) for id in first]
    return keys, number
