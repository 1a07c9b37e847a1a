"""How many statements fit, and how many of them have which act, kind, outlet and month: of all, however many there are.

A store of a million statements would answer that in seconds. So what they are counted by is taken out of the store
once, as columns of small numbers; of what only the store can tell (words, names, dates) it gives the keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from purport.model import codec
from purport.model.record import Certainty, Kind
from purport.model.vocabulary import ACTS
from purport.store.browse import Wanted
from purport.store.conditions import Bearers, Values, acts_of, nobody, of_document, of_words
from purport.store.store import Store

Bools = NDArray[np.bool_]
_ACTS = ("", *sorted(ACTS))
_KINDS = tuple(Kind)
_CERTAINTIES = tuple(Certainty)
_CHUNK = 100_000
"""Statements that are fetched at a time: their numbers are one text of some megabytes."""

Counts = tuple[tuple[str, int], ...]
"""Values, and how many statements have each; the most frequent first."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many statements fit. `unsure` fit but for their confidence and are not among the `number`; `acts`, `kinds`
    and `outlets` count the `number` by what is known of them, `months` those of documents with a date, newest first."""

    number: int
    unsure: int
    acts: Counts
    kinds: Counts
    outlets: Counts
    months: Counts


@dataclass(frozen=True, slots=True, eq=False)
class Cards:
    """What statements are counted by: a place a statement, in the order of `key`. `document` is the place of its
    document in `documents`, which are keys in order; `said` says whether it is a statement, and not only asked,
    planned or imputed; `held` has a bit for each certainty of what it vouches for. `outlet` and `month` are of the
    documents: places in `outlets` and `months`."""

    key: NDArray[np.int64]
    document: NDArray[np.int64]
    act: NDArray[np.int8]
    kind: NDArray[np.int8]
    said: Bools
    confidence: NDArray[np.float64]
    held: NDArray[np.uint16]
    documents: NDArray[np.int64]
    outlet: NDArray[np.int64]
    month: NDArray[np.int64]
    outlets: tuple[str, ...]
    months: tuple[str, ...]

    @classmethod
    def of(cls, store: Store) -> Cards:
        """Those of all statements of a store. Raises `StoreError` where it cannot be read."""
        with store.snapshot():
            rows = list(
                store.query(
                    "SELECT key, coalesce(outlet, ''), substr(coalesce(published, ''), 1, 7) "
                    "FROM document INDEXED BY document_card ORDER BY key"
                )
            )
            told = _numbers(store)
            held = _held(store, told[:, 0].astype(np.int64))
        keys = np.array([key for key, _, _ in rows], np.int64)
        outlets, outlet = _coded([name for _, name, _ in rows])
        months, month = _coded([name for _, _, name in rows])
        return cls(
            key=told[:, 0].astype(np.int64),
            document=np.searchsorted(keys, told[:, 1].astype(np.int64)),
            act=told[:, 2].astype(np.int8),
            kind=told[:, 3].astype(np.int8),
            said=told[:, 4] > 0,
            confidence=told[:, 5].copy(),
            held=held,
            documents=keys,
            outlet=outlet,
            month=month,
            outlets=outlets,
            months=months,
        )

    def tally(self, store: Store, wanted: Wanted, bearers: Bearers = nobody) -> Tally:
        """How many statements fit, by `purport.store.browse.survey`'s meaning of that. What was put into the store
        since is not counted yet. Raises `StoreError` where the store cannot be read."""
        fits = self._fitting(store, wanted, bearers)
        asked = wanted.filter
        sure = fits & (self.confidence >= asked.least)
        if asked.accepted and asked.least > 0:
            sure |= fits & self._among(_keys(store, asked.accepted))
        number = int(np.count_nonzero(sure))
        document = self.document[sure]
        months = _counted(self.month[document], self.months)
        return Tally(
            number,
            int(np.count_nonzero(fits)) - number,
            _counted(self.act[sure], _ACTS),
            _counted(self.kind[sure], _KINDS),
            _counted(self.outlet[document], self.outlets),
            tuple(sorted(months, reverse=True)),
        )

    def _fitting(self, store: Store, wanted: Wanted, bearers: Bearers) -> Bools:
        asked = wanted.filter
        fits = np.ones(len(self.key), np.bool_)
        if not asked.unsaid:
            fits &= self.said
            if asked.kind is None:
                fits &= self.kind != _KINDS.index(Kind.BLOCK)
        if acts := acts_of(asked):
            fits &= np.isin(self.act, [_ACTS.index(act) for act in acts if act in _ACTS])
        if asked.kind is not None:
            fits &= self.kind == (_KINDS.index(Kind(asked.kind)) if asked.kind in _KINDS else -1)
        if wanted.below is not None:
            fits &= self.confidence < wanted.below
        if wanted.certainty is not None:
            fits &= (self.held & (1 << _CERTAINTIES.index(Certainty(wanted.certainty)))) > 0
        if told := of_document(asked):
            where = " AND ".join(one for one, _ in told)
            values = [value for _, some in told for value in some]
            found = _list(store, f"SELECT d.key FROM document d WHERE {where}", values)
            fits &= np.isin(self.documents, found)[self.document]
        for query, values in of_words(asked, bearers):
            fits &= self._among(_list(store, query, values))
        if wanted.only is not None:
            fits &= self._among(_keys(store, wanted.only))
        if wanted.apart:
            fits &= ~self._among(_keys(store, wanted.apart))
        return fits

    def _among(self, keys: NDArray[np.int64]) -> Bools:
        found = np.zeros(len(self.key), np.bool_)
        if len(self.key):
            at = np.minimum(np.searchsorted(self.key, keys), len(self.key) - 1)
            found[at[self.key[at] == keys]] = True
        return found


def _coded(texts: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    own = sorted(set(texts))
    place = {text: at for at, text in enumerate(own)}
    return tuple(own), np.fromiter((place[text] for text in texts), np.int64, len(texts))


def _counted(places: NDArray[np.int64] | NDArray[np.int8], texts: Sequence[str]) -> Counts:
    counts = np.bincount(places, minlength=len(texts)).tolist()
    told = [(text, number) for text, number in zip(texts, counts, strict=True) if text and number]
    return tuple(sorted(told, key=lambda one: (-one[1], one[0])))


def _parsed(text: str | None, width: int) -> NDArray[np.float64]:
    found = np.fromstring(text or "", np.float64, sep=",") if text else np.empty(0)
    return found.reshape(-1, width)


def _numbers(store: Store) -> NDArray[np.float64]:
    """A row a statement, by key: key, document, act, kind, whether it is one, confidence."""
    acts, kinds = (",".join(("", *some, "")) for some in (_ACTS, _KINDS))
    ((last,),) = store.query("SELECT coalesce(max(key), 0) FROM attribution")
    chunks = [np.empty((0, 6))]
    for start in range(0, int(last), _CHUNK):
        ((text,),) = store.query(
            "SELECT group_concat(printf('%d,%d,%d,%d,%d,%.17g', key, document, instr(?, ',' || act || ','), "
            "instr(?, ',' || kind || ','), NOT (act = '' AND cue != '[]') AND NOT imputed, confidence)) "
            "FROM (SELECT * FROM attribution WHERE key > ? AND key <= ? ORDER BY key)",
            (acts, kinds, start, start + _CHUNK),
        )
        chunks.append(_parsed(text, 6))
    told = np.concatenate(chunks)
    for column, texts in ((2, _ACTS), (3, _KINDS)):
        told[:, column] = _places(texts)[told[:, column].astype(np.int64)]
    return told


def _places(texts: Sequence[str]) -> NDArray[np.int64]:
    """For each place at which `instr` finds a text between commas, counted from 1, the number of that text."""
    found = np.zeros(sum(len(text) + 1 for text in texts) + 2, np.int64)
    at = 1
    for number, text in enumerate(texts):
        found[at] = number
        at += len(text) + 1
    return found


def _held(store: Store, keys: NDArray[np.int64]) -> NDArray[np.uint16]:
    """For each statement a bit for each certainty of what it vouches for."""
    held = np.zeros(len(keys), np.uint16)
    for bit, certainty in enumerate(_CERTAINTIES):
        query = (
            "SELECT a.key FROM proposition p INDEXED BY proposition_by_view "
            "CROSS JOIN attribution a ON a.id = p.voucher WHERE p.voucher IS NOT NULL AND p.certainty = ?"
        )
        found = _list(store, query, [certainty.value])
        held[np.searchsorted(keys, found)] |= np.uint16(1 << bit)
    return held


def _list(store: Store, query: str, values: Values) -> NDArray[np.int64]:
    """The numbers that a query gives, as one text: a thread that fetches many rows waits for its turn at each."""
    ((text,),) = store.query(f"WITH found (key) AS ({query}) SELECT group_concat(key) FROM found", values)
    return _parsed(text, 1)[:, 0].astype(np.int64)


def _keys(store: Store, ids: Iterable[str]) -> NDArray[np.int64]:
    query = "SELECT key FROM attribution WHERE id IN (SELECT value FROM json_each(?))"
    return _list(store, query, [codec.dumps(list(ids))])
