"""Records as people have judged them: without what they reject, with what they amend and add.

What a judgement leaves open stays open. A proposition whose voucher people have changed is held by the new one as
unknown, and says so, since nobody has told how the new one holds it: nothing becomes certain by that.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, TypeVar

from purport.corpus.actors import Cast
from purport.corpus.review import ADD, AMEND, REJECT, State, added, effective, rejected
from purport.export.formats import Material
from purport.model.document import Span
from purport.model.record import Attribution, Certainty, Held, Proposition, Record, Stance
from purport.model.rows import Claim, DocumentRow, Statement
from purport.store import questions
from purport.store.filters import ClaimFilter, Filter
from purport.store.store import Sighting, Store

_VOUCHER = "voucher"


def judged(record: Record, states: Mapping[str, State]) -> Record:
    """The record with all that stands of people's judgements; `states` may hold those of other documents too."""
    own = [one.standing for one in states.values() if one.standing is not None]
    missed = [added(by) for by in own if by.deed == ADD and by.document == record.document.id]
    before = {one.id: one for one in record.attributions}
    gone = {name: one.inside for name, one in before.items() if rejected(states.get(name))}
    kept = [
        replace(effective(one, states.get(one.id)), inside=_standing(one.inside, gone))
        for one in record.attributions
        if one.id not in gone
    ]
    every = sorted([*kept, *(one for one in missed if one.id not in before)], key=lambda one: (one.extent, one.id))
    changed = [one for one in every if one != before.get(one.id) and one.content]
    now = {one.id: one for one in every}
    claims = [
        _claim(one, before, now, gone, changed, states.get(one.id))
        for one in record.propositions
        if not rejected(states.get(one.id))
    ]
    there = {one.id for one in claims}
    return replace(
        record,
        attributions=tuple(every),
        propositions=tuple(claims),
        stances=tuple(one for one in record.stances if _stands(one, gone, changed, there)),
    )


def _standing(voucher: str | None, gone: Mapping[str, str | None]) -> str | None:
    """The innermost voucher that is not rejected."""
    seen: set[str] = set()
    while voucher is not None and voucher in gone and voucher not in seen:
        seen.add(voucher)
        voucher = gone[voucher]
    return None if voucher is not None and voucher in seen else voucher


def _claim(
    one: Proposition,
    before: Mapping[str, Attribution],
    now: Mapping[str, Attribution],
    gone: Mapping[str, str | None],
    changed: Sequence[Attribution],
    state: State | None,
) -> Proposition:
    spans = (*one.predicate, *one.subject, *one.object)
    voucher = _standing(one.voucher, gone)
    old = now.get(voucher) if voucher is not None else None
    if old is not None and old in changed and not _covers(old, spans):
        voucher = old.inside
    for other in changed:
        inner = now.get(voucher) if voucher is not None else None
        if _covers(other, spans) and (inner is None or _narrower(other, inner)):
            voucher = other.id
    spoken = voucher is not None and voucher in before and now[voucher].act != before[voucher].act
    if voucher != one.voucher or spoken:
        held = () if voucher is None else (Held(voucher, Certainty.UU),)
        unsure = one.unsure if _VOUCHER in one.unsure else (*one.unsure, _VOUCHER)
        one = replace(one, voucher=voucher, certainty=Certainty.UU, held=held, endorsed=False, unsure=unsure)
    elif any(each.by in gone for each in one.held):
        one = replace(one, held=tuple(each for each in one.held if each.by not in gone))
    by = state.standing if state is not None else None
    if by is not None and by.deed == AMEND and (value := dict(by.told).get("certainty")) is not None:
        certainty = Certainty(json.loads(value))
        others = tuple(each for each in one.held if each.by != one.voucher)
        one = replace(one, certainty=certainty, held=(*others, Held(one.voucher, certainty)))
    return one


def _covers(one: Attribution, spans: Sequence[Span]) -> bool:
    """Whether all of it stands within what the attribution says."""
    return all(any(part.start <= span.start and span.end <= part.end for part in one.content) for span in spans)


def _narrower(one: Attribution, other: Attribution) -> bool:
    """Whether what one says stands within what the other says."""
    return one.id != other.id and _covers(other, one.content)


def _stands(
    one: Stance, gone: Mapping[str, str | None], changed: Sequence[Attribution], claims: Collection[str]
) -> bool:
    """Whether nothing that people have judged takes away what it rests on, or on whose word it stands."""
    if one.voucher in gone or (one.proposition is not None and one.proposition not in claims):
        return False
    return not any(one.voucher == other.id or _covers(other, [one.evidence]) for other in changed)


def by_date(others: Iterable[Row], judged_: Iterable[Row]) -> Iterator[Row]:
    """Rows of documents that nobody judged and of those that people did, in the order of `purport.store.questions`."""
    return heapq.merge(others, judged_, key=_date)


@contextmanager
def material(
    store: Store,
    states: Mapping[str, State],
    cast: Cast,
    further: Callable[[], Iterable[tuple[str, type, Iterable[object]]]] = tuple,
) -> Iterator[Material]:
    """What there is to write of a store as people have judged it; actors and `further` tables are as they are."""
    with overlaid(store, states) as over:
        names = set(over.ids())

        def both(rows: Callable[[Store], Iterator[Row]]) -> Iterator[Row]:
            return by_date((row for row in rows(store) if row.document not in names), rows(over))

        yield Material(
            lambda: ((over if name in names else store).record(name) for name in store.ids()),
            lambda: _documents(store, over, names),
            lambda: both(lambda every: questions.statements(every, Filter(unsaid=True))),
            lambda: both(lambda every: questions.claims(every, ClaimFilter(with_reporting=True))),
            cast.actors,
            cast.all_links,
            further,
        )


Row = TypeVar("Row", Statement, Claim)


class Records(Protocol):
    """What keeps records, and where their documents were met."""

    def has(self, document_id: str) -> bool:
        """Whether the document is there."""

    def record(self, document_id: str) -> Record:
        """The record of one document."""

    def sightings(self, document_id: str) -> list[Sighting]:
        """Where a document was met, by path."""


def _date(row: Statement | Claim) -> tuple[bool, str, str]:
    """The order of `purport.store.questions`."""
    return row.published is None, row.published or "", row.document


def _documents(store: Store, over: Store, names: Collection[str]) -> Iterator[DocumentRow]:
    judged_ = {row.id: row for row in questions.documents(over)} if names else {}
    return (judged_.get(row.id, row) for row in questions.documents(store))


@contextmanager
def overlaid(store: Records, states: Mapping[str, State]) -> Iterator[Store]:
    """A store, in a folder that is removed afterwards, of the documents in which people changed anything, as they have
    it; places and what users told of them are those of the store."""
    standing = [one.standing for one in states.values() if one.standing is not None]
    names = {one.document for one in standing if one.deed in (REJECT, AMEND, ADD)}
    with TemporaryDirectory(prefix="purport-") as folder, Store(Path(folder) / "judged.db", write=True) as made:
        made.connection.execute("PRAGMA synchronous = OFF").fetchall()
        for name in sorted(filter(store.has, names)):
            record = judged(store.record(name), states)
            for met in store.sightings(name):
                made.add(record, Sighting(met.path, met.part))
        yield made
