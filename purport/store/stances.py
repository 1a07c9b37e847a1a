"""What a store holds of stances, for the networks they make."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from purport.model import codec
from purport.model.document import Block, Span
from purport.model.rows import Evidence, StanceRow, place, words
from purport.model.said import said
from purport.store.questions import Page, chain_of
from purport.store.store import Store
from purport.store.transaction import Transaction

_AT_ONCE = 10_000
"""Stances of a transaction."""


def stances(store: Store) -> Iterator[StanceRow]:
    """All stances, by document and in the order of the text."""
    for *row, known, sentence in store.query(
        "SELECT s.id, d.id, s.holder, s.target, s.sign, s.basis, s.voucher IS NULL, s.vouched, s.certainty, "
        "s.confidence, s.deed, coalesce(d.outlet, d.author, ''), coalesce(d.published, ''), s.said, "
        "CASE WHEN s.said < 0 THEN substr(d.text, s.first + 1, s.last - s.first) END "
        "FROM stance s JOIN document d ON d.key = s.document ORDER BY d.id, s.key"
    ):
        name, document, holder, target, sign, basis, own, vouched, *rest = row
        rest.append(known if sentence is None else said(sentence))
        yield StanceRow(name, document, holder, target, sign, basis, bool(own), vouched or None, *rest)


def keep_said(store: Store) -> None:
    """Work out what the sentences of stances say that an earlier build has kept. Raises `StoreError` where it cannot be
    written."""
    query = (
        "SELECT s.key, substr(d.text, s.first + 1, s.last - s.first) FROM stance s "
        "JOIN document d ON d.key = s.document WHERE s.said < 0 LIMIT ?"
    )
    while rows := [(said(sentence), key) for key, sentence in store.query(query, (_AT_ONCE,))]:
        with Transaction(store.path, store.connection):
            store.connection.executemany("UPDATE stance SET said = ? WHERE key = ?", rows)


def with_stances(store: Store) -> list[str]:
    """The ids of the documents that have a stance, in order."""
    rows = store.query("SELECT d.id FROM document d WHERE d.key IN (SELECT document FROM stance) ORDER BY d.id")
    return [id for (id,) in rows]


def texts(store: Store, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The ids and the texts of some documents."""
    yield from store.query(
        "SELECT d.id, d.text FROM document d WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.id",
        (codec.dumps(list(ids)),),
    )


def text(store: Store, id: str) -> str:
    """The text of a document that is there."""
    return "".join(found for (found,) in store.query("SELECT text FROM document WHERE id = ?", (id,)))


def state_of_stances(store: Store) -> tuple[int, int]:
    """Two numbers that are others once stances came in or went: the last key and how many there are."""
    ((last, number),) = store.query("SELECT (SELECT coalesce(max(key), 0) FROM stance), (SELECT count(*) FROM stance)")
    return int(last), int(number)


def evidence(store: Store, ids: Sequence[str], name_of: Callable[[str | None, str], str]) -> Iterator[Evidence]:
    """The stances of these ids with their words, by date of publication (unknown last), document and place.

    `name_of` gives an actor's name for an entity's id, or for None and the outlet where the text speaks for itself.
    """
    page: Page | None = None
    for document, first, last, *told in store.query(
        "SELECT d.key, s.first, s.last, s.id, s.holder, s.target, s.sign, s.basis, s.deed, s.voucher, s.certainty, "
        "s.confidence FROM stance s JOIN document d ON d.key = s.document "
        "WHERE s.id IN (SELECT value FROM json_each(?)) "
        "ORDER BY d.published IS NULL, d.published, d.id, s.first, s.key",
        (codec.dumps(list(ids)),),
    ):
        if page is None or page.key != document:
            page = Page.load(store, document)
        yield evidence_of(page, Span(first, last), name_of, *told)


def evidence_of(
    page: Page,
    span: Span,
    name_of: Callable[[str | None, str], str],
    id_: str,
    holder: str | None,
    target: str,
    sign: int,
    basis: str,
    deed: str,
    voucher: str | None,
    certainty: str,
    confidence: float,
) -> Evidence:
    """A stance of the document, at that place, with its words; see `evidence`."""
    own = page.outlet or page.author or ""
    return Evidence(
        id_, page.id, name_of(holder, own), name_of(target, own), sign, basis, deed,
        chain_of(page, voucher) if voucher is not None else (own,), certainty, confidence,
        words(page.text, (_sentence(page.text, page.blocks, span),)), page.outlet, page.published, page.title,
        page.url, page.path, place(page.map, (span,)), (span,),
    )  # fmt: skip


_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[^\W\d_a-z])")
"""Where a sentence seems to end: a mark, white space, and no small letter behind it."""


def _sentence(text: str, blocks: Sequence[Block], span: Span) -> Span:
    """The sentence around a place, as far as its block goes."""
    own = next((block.span for block in blocks if block.span.start <= span.start < block.span.end), span)
    ends = [match.end() for match in _END.finditer(text, own.start, own.end)]
    start = max((end for end in ends if end <= span.start), default=own.start)
    end = min((end for end in ends if end >= span.end), default=own.end)
    return Span(start, end)
